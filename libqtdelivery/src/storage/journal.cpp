// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "journal.h"

#include "journalerrors.h"
#include "journalrecovery.h"
#include "keyerrors.h"

#include <algorithm>
#include <utility>

namespace QtDelivery {

namespace {

constexpr qint64 PageSize = 4096;
constexpr qsizetype LargestIdleBuffer = 1 << 20;

std::set<quint64> numbersOf(const SnapshotRecord &snapshot)
{
    std::set<quint64> numbers;
    for (const SegmentExtent &segment : snapshot.segments)
        numbers.insert(segment.number);
    return numbers;
}

} // namespace

/*! Unconfirmed messages on their way into a new segment. */
struct Journal::Copies
{
    std::vector<RecordView> records;
    std::vector<MessagePlace> places; // as they were
    QByteArray bytes; // that the records are views of
};

Result<DurableProducerState> Journal::open(const QString &producerId, const QUuid &newStreamId,
                                           TimePoint now)
{
    Error error = recover(producerId, newStreamId, now);
    if (!error)
        error = beginSegment(0);
    if (!error) {
        Result<DurableProducerState> state =
            readState(m_files, m_config.keys.get(), m_index, m_header.streamId);
        if (state) {
            m_payloads.loaded(m_index.files(), m_index.currentSeqNr());
            return state;
        }
        error = state.error();
    }
    m_file.reset();
    m_lock.reset();
    return error;
}

Error Journal::recover(const QString &producerId, const QUuid &newStreamId, TimePoint now)
{
    if (Error error = m_files.createDirectory())
        return error;
    Result<std::unique_ptr<FileLock>> lock = m_files.lock(lockFileName());
    if (!lock)
        return lock.error();
    m_lock = *std::move(lock);
    if (Error error = m_store.load())
        return error;
    std::vector<quint64> numbers;
    for (const auto &[number, segment] : m_store.segments())
        numbers.push_back(number);
    Result<RecoveredJournal> recovered = recoverJournal(m_files, m_config.keys.get(), numbers, now);
    if (!recovered)
        return recovered.error();
    RecoveredJournal found = *std::move(recovered);
    m_header = {newStreamId, 0, 0, producerId};
    if (!found.isNew) {
        const QString newest = segmentFileName(found.newest.number);
        if (found.newest.producerId != producerId)
            return journalOfAnother(m_files.path(newest), found.newest.producerId);
        m_header.streamId = found.newest.streamId;
        if (Error error = checkPayloadKeys(m_files, m_config.keys.get(), found.index.files()))
            return error;
        if (Error error = secure(newest, found.provenEnd, found.segments.back().end))
            return error;
    }
    std::set<quint64> listed;
    for (const SegmentExtent &extent : found.segments) {
        m_store.segment(extent.number).end = extent.end;
        (void)m_store.sizeOf(extent.number);
        listed.insert(extent.number);
    }
    m_store.setListed(listed);
    m_index = std::move(found.index);
    m_index.setGeneration(m_index.generation() + 1);
    m_lastNumber = m_store.newest();
    m_storedSeqNr = m_index.currentSeqNr();
    m_storedContext = m_index.context();
    m_isSuspect = true;
    return {};
}

/*! The process before may have been killed before it synced what is between \a from and \a end, or
    because that failed: then what is read is in the system's memory only, and only writing makes it
    be synced. */
Error Journal::secure(const QString &name, qint64 from, qint64 end)
{
    const auto file = m_files.open(name, FileSystem::Access::ReadWrite);
    if (!file)
        return file.error();
    QByteArray tail(end - from, Qt::Uninitialized);
    if (Error error = (*file)->read(from, tail.data(), tail.size()))
        return error;
    if (Error error = (*file)->write(from, tail))
        return error;
    return (*file)->sync();
}

Error Journal::append(const QList<DurableMessage> &messages, TimePoint now)
{
    if (!isOpen())
        return journalNotLoaded();
    (void)writeSkips(); // that have failed
    for (const DurableMessage &message : messages) {
        if (message.seqNr >= 1 && message.seqNr < m_index.currentSeqNr())
            continue; // known
        if (message.seqNr != m_index.currentSeqNr())
            return fail(journalGap(message.seqNr, m_index.currentSeqNr()));
        if (Error error = message.reader ? appendFile(message, now) : appendOne(message, now))
            return fail(error);
    }
    return {};
}

/*! Before anything refers to the payload it is on the disk; and a former message of this number
   that was taken back is gone for good, since its record would find this one's payload. */
Error Journal::appendFile(const DurableMessage &message, TimePoint now)
{
    if (m_isSuspect) {
        if (Error error = beginSegment(0))
            return error;
    }
    const Result<QByteArray> digest = m_payloads.spool(message.seqNr, *message.reader);
    if (!digest)
        return digest.error();
    DurableMessage spooled = message;
    spooled.payload.clear();
    spooled.fileSize = message.reader->size();
    spooled.digest = *digest;
    if (Error error = appendOne(spooled, now))
        return error;
    m_index.addFile(message.qualifier);
    return {};
}

Error Journal::appendOne(const DurableMessage &message, TimePoint now)
{
    // Not the index's copy: beginning a segment may fail and take the qualifier back.
    const QByteArray qualifier = m_index.utf8(message.qualifier);
    const qint64 size = messageRecordSize(message, qualifier.size());
    if (size > MaxRecordLength)
        return journalMessageTooLong(message.seqNr);
    if (!hasRoom(size)) {
        if (Error error = beginSegment(size))
            return error;
    }
    m_index.add(message.qualifier, write(message, qualifier), message.context, now);
    countEvent();
    return {};
}

MessagePlace Journal::write(const DurableMessage &message, const QByteArray &qualifier)
{
    const qint64 offset = end();
    const qsizetype before = m_buffer.size();
    writer().writeMessage(message, qualifier);
    return {message.seqNr, m_header.number, quint32(offset / JournalAlignment),
            quint32(m_buffer.size() - before)};
}

void Journal::confirm(qint64 seqNr, const QString &qualifier, TimePoint now)
{
    if (!isOpen())
        return;
    std::vector<qint64> payloads;
    const std::optional<qint64> upTo = m_index.confirm(seqNr, qualifier, now, &payloads);
    if (!upTo)
        return;
    const QByteArray &utf8 = m_index.utf8(qualifier);
    if (!hasRoom(confirmedRecordSize(utf8.size()))) {
        m_payloads.confirmedUnwritten(payloads);
        return; // the next segment's snapshot will have it
    }
    writer().writeConfirmed(*upTo, utf8);
    m_payloads.confirmed(payloads, end());
    countEvent();
}

void Journal::dropUnusedQualifiers(TimePoint now)
{
    if (!isOpen())
        return;
    for (const QString &name : m_index.dropUnused(now, m_config.cleanupUnusedAfter)) {
        const QByteArray utf8 = name.toUtf8();
        if (hasRoom(aligned(RecordHeaderSize + utf8.size())))
            writer().writeQualifierDropped(utf8);
    }
}

Error Journal::flush()
{
    if (m_buffer.isEmpty())
        return {};
    if (Error error = m_file->write(m_end, m_buffer)) {
        m_isSuspect = true;
        return fail(error);
    }
    m_end += m_buffer.size();
    if (m_buffer.capacity() > LargestIdleBuffer)
        m_buffer = {};
    else
        m_buffer.resize(0);
    m_store.segment(m_header.number).end = m_end;
    return {};
}

Error Journal::sync()
{
    if (!isOpen())
        return journalNotLoaded();
    if (m_index.currentSeqNr() == m_storedSeqNr)
        return flush();
    return syncAll();
}

void Journal::release()
{
    if (!writeSkips()) {
        if (beginSegment(0) || !writeSkips())
            return; // after the next append() it is tried again
    }
    if (!syncAll()) // otherwise another segment will set them free
        mark();
}

Error Journal::syncAll()
{
    if (Error error = flush())
        return error;
    if (m_end == m_syncedEnd)
        return {};
    if (Error error = m_file->sync()) {
        m_isSuspect = true;
        return fail(error);
    }
    m_syncedEnd = m_end;
    skipsSynced();
    m_payloads.synced(m_syncedEnd);
    m_storedSeqNr = m_index.currentSeqNr();
    m_storedContext = m_index.context();
    if (m_listed)
        m_store.setListed(*std::exchange(m_listed, std::nullopt));
    return {};
}

void Journal::mark()
{
    if (!isOpen() || m_isSuspect || m_end != m_syncedEnd)
        return;
    QByteArray mark;
    RecordWriter(mark, m_seed, m_end, m_syncedEnd).writeMark();
    if (m_end + mark.size() <= m_header.size)
        (void)m_file->write(m_end, mark); // whatever is there then, the next record covers it
}

Error Journal::fail(const Error &error)
{
    // What was written and is taken back must not be found behind what would be written in its
    // place.
    if (m_end != m_syncedEnd)
        m_isSuspect = true;
    m_buffer.clear();
    m_end = m_syncedEnd;
    m_payloads.takenBack(m_syncedEnd);
    for (Skip &skip : m_skips)
        skip.place.reset();
    m_listed.reset();
    m_store.segment(m_header.number).end = m_end;
    m_index.rollBack(m_storedSeqNr, m_storedContext);
    return error;
}

bool Journal::hasRoom(qint64 size) const
{
    return !m_isSuspect && end() + size + sealSize() + RecordHeaderSize <= m_header.size;
}

RecordWriter Journal::writer()
{
    return {m_buffer, m_seed, m_end, m_syncedEnd, m_cipher.get()};
}

void Journal::countEvent()
{
    if (++m_events >= m_config.snapshotEvery)
        appendSnapshot();
}

void Journal::appendSnapshot()
{
    const SnapshotRecord record = snapshot({});
    if (!hasRoom(snapshotRecordSize(record)))
        return;
    writer().writeSnapshot(record);
    m_listed = numbersOf(record);
    m_events = 0;
}

SnapshotRecord Journal::snapshot(const std::vector<quint64> &without) const
{
    SnapshotRecord record = m_index.snapshot();
    for (const auto &[number, segment] : m_store.segments()) {
        const bool isCopied = std::find(without.begin(), without.end(), number) != without.end();
        if (number != m_header.number && !isCopied && m_index.liveBytes(number) > 0)
            record.segments.push_back({number, segment.end});
    }
    return record;
}

// ---- a new segment

/*! Everything in the newest segment is made to last, for the next one says that it does. If
    that sets free a segment that can be used again, a snapshot says so. */
Error Journal::finishSegment()
{
    if (m_isSuspect)
        return {};
    for (const auto &[number, segment] : m_store.segments()) {
        if (segment.isListed && m_index.liveBytes(number) == 0) {
            appendSnapshot();
            break;
        }
    }
    if (Error error = syncAll())
        return error;
    mark();
    return {};
}

Error Journal::beginSegment(qint64 room)
{
    if (Error error = finishSegment())
        return error;
    Q_ASSERT(m_buffer.isEmpty());
    SegmentHeader header = m_header;
    header.number = ++m_lastNumber;
    const quint64 before = std::exchange(m_header.number, 0); // one of the others from now on
    std::vector<quint64> moved;
    std::vector<Copies> copies;
    for (const quint64 number : pinnedSegments()) {
        Copies found = copyForward(number);
        if (found.places.empty())
            continue;
        moved.push_back(number);
        copies.push_back(std::move(found));
    }
    const SnapshotRecord record = snapshot(moved);
    m_header.number = before;

    header.size = m_config.segmentSize;
    std::unique_ptr<PieceCipher> cipher;
    if (Error error = encrypt(&header, &cipher))
        return error;
    QByteArray head(header.length(), '\0');
    RecordWriter writer(head, header.seed(), 0, 0, cipher.get());
    writer.writeSnapshot(record);
    std::vector<MessagePlace> places;
    for (const Copies &from : copies) {
        for (size_t i = 0; i < from.records.size(); ++i) {
            MessagePlace place = from.places[i];
            place.segment = header.number;
            place.at = quint32(writer.end() / JournalAlignment);
            writer.writeBody(from.records[i].type, from.records[i].body);
            places.push_back(place);
        }
    }
    const qint64 needed = head.size() + room + sealSize() + RecordHeaderSize;
    if (needed > header.size)
        header.size = (needed + PageSize - 1) / PageSize * PageSize;
    head.replace(0, header.length(), encodeSegmentHeader(header));

    bool isVisible = false;
    Result<std::unique_ptr<File>> file = m_store.create(header, head, &isVisible);
    if (!file) {
        m_isSuspect = m_isSuspect || isVisible;
        return file.error();
    }
    m_file = *std::move(file);
    m_header = header;
    m_cipher = std::move(cipher);
    m_seed = header.seed();
    m_end = m_syncedEnd = head.size();
    m_isSuspect = false;
    m_events = 0;
    m_listed.reset();
    std::sort(places.begin(), places.end(),
              [](const auto &a, const auto &b) { return a.seqNr < b.seqNr; });
    m_index.move(places);
    m_store.setListed(numbersOf(record));
    m_payloads.segmentBegun();
    mark();
    m_store.removeUnneeded();
    return {};
}

/*! If there are keys: with the newest, and a salt that no other segment has. */
Error Journal::encrypt(SegmentHeader *header, std::unique_ptr<PieceCipher> *cipher) const
{
    if (!m_config.keys)
        return {};
    header->keyId = m_config.keys->ids().constFirst();
    header->salt = m_config.keys->newSalt();
    *cipher = header->cipher(m_config.keys.get());
    const QString path = m_files.path(segmentFileName(header->number));
    return *cipher ? Error() : noCipher(m_config.keys.get(), path, header->keyId);
}

/*! Segments that few unconfirmed messages keep from being used again, emptiest first: so many that
    what the others waste is less than one segment, or than half of what is unconfirmed. */
std::vector<quint64> Journal::pinnedSegments() const
{
    struct Pinned
    {
        quint64 number;
        qint64 live;
        qint64 waste;
    };
    std::vector<Pinned> pinned;
    qint64 waste = 0;
    for (const auto &[number, segment] : m_store.segments()) {
        const qint64 live = m_index.liveBytes(number);
        if (live == 0)
            continue;
        pinned.push_back({number, live, std::max(segment.size, segment.end) - live});
        waste += pinned.back().waste;
    }
    std::sort(pinned.begin(), pinned.end(),
              [](const Pinned &a, const Pinned &b) { return a.live < b.live; });
    const qint64 allowed = std::max(m_config.segmentSize, m_index.liveBytes() / 2);
    qint64 room = m_config.segmentSize / 2;
    std::vector<quint64> chosen;
    for (const Pinned &one : pinned) {
        if (waste <= allowed || one.live > room)
            break;
        chosen.push_back(one.number);
        waste -= one.waste;
        room -= one.live;
    }
    return chosen;
}

/*! Nothing if \a number cannot be read: then it stays where it is, and whoever opens the journal
 * next is told. */
Journal::Copies Journal::copyForward(quint64 number) const
{
    Copies copies;
    SegmentHeader header;
    if (readSegment(m_files, m_config.keys.get(), number, &copies.bytes, &header))
        return {};
    copies.places = m_index.placesIn(number);
    for (const MessagePlace &place : copies.places) {
        const auto record = readRecord(copies.bytes, place.offset(), header.seed());
        if (!record || !decodeMessage(*record))
            return {};
        copies.records.push_back(*record);
    }
    return copies;
}

} // namespace QtDelivery
