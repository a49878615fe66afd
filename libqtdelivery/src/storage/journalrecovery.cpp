// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "journalrecovery.h"

#include "journalerrors.h"
#include "journalpayloads.h"
#include "segmentscanner.h"

#include <algorithm>
#include <numeric>

namespace QtDelivery {

namespace {

class Recovery
{
public:
    Recovery(FileSystem &files, const CipherKeys *keys, TimePoint now)
        : m_files(files)
        , m_keys(keys)
        , m_now(now)
    { }

    Result<RecoveredJournal> run(const std::vector<quint64> &numbers)
    {
        if (numbers.empty())
            return m_found;
        m_found.isNew = false;
        Error error = readNewest(numbers.back());
        for (const SegmentExtent &extent : m_found.segments) {
            if (error)
                return error;
            const bool isThere = std::binary_search(numbers.begin(), numbers.end(), extent.number);
            error = isThere ? replay(extent) : journalSegmentMissing(path(extent.number));
        }
        if (error)
            return error;
        if (const auto place = m_found.index.finishReplay(m_now))
            return journalDamaged(path(place->segment), place->offset());
        return std::move(m_found);
    }

private:
    [[nodiscard]] QString path(quint64 number) const
    {
        return m_files.path(segmentFileName(number));
    }

    /*! Finds what is needed, and where the newest segment ends. */
    Error readNewest(quint64 number)
    {
        if (Error error = readSegment(m_files, m_keys, number, &m_bytes, &m_found.newest))
            return error;
        SegmentScanner scanner(m_bytes, m_found.newest);
        std::optional<SnapshotRecord> last;
        while (const auto record = scanner.next()) {
            if (record->type == RecordType::Snapshot)
                last = decodeSnapshot(record->body);
            if (!last) // it begins with one that was synced before the file got its name
                return journalDamaged(path(number), record->offset);
        }
        if (scanner.isDamaged() || !last)
            return journalDamaged(path(number), scanner.offset());
        m_found.segments = std::move(last->segments);
        for (const SegmentExtent &extent : m_found.segments) {
            if (extent.number >= number)
                return journalDamaged(path(number), m_found.newest.length());
        }
        m_found.provenEnd = std::max(scanner.provenEnd(), m_found.newest.length());
        m_found.segments.push_back({number, scanner.offset()});
        return {};
    }

    Error replay(const SegmentExtent &extent)
    {
        SegmentHeader header;
        if (Error error = readSegment(m_files, m_keys, extent.number, &m_bytes, &header))
            return error;
        if (header.streamId != m_found.newest.streamId
            || header.producerId != m_found.newest.producerId)
            return journalForeign(path(extent.number));
        SegmentScanner scanner(m_bytes, header, extent.end);
        while (const auto record = scanner.next()) {
            if (!m_found.index.replay(*record, extent.number))
                return journalDamaged(path(extent.number), record->offset);
        }
        return scanner.isDamaged() ? journalDamaged(path(extent.number), scanner.offset())
                                   : Error();
    }

    FileSystem &m_files;
    const CipherKeys *const m_keys;
    const TimePoint m_now;
    QByteArray m_bytes;
    RecoveredJournal m_found;
};

} // namespace

Result<RecoveredJournal> recoverJournal(FileSystem &files, const CipherKeys *keys,
                                        const std::vector<quint64> &numbers, TimePoint now)
{
    return Recovery(files, keys, now).run(numbers);
}

Result<DurableProducerState> readState(FileSystem &files, const CipherKeys *keys,
                                       const JournalIndex &index, const QUuid &streamId)
{
    const SnapshotRecord snapshot = index.snapshot();
    DurableProducerState state;
    state.streamId = streamId;
    state.generation = snapshot.generation;
    state.currentSeqNr = snapshot.currentSeqNr;
    state.highestConfirmedSeqNr = snapshot.highestConfirmedSeqNr;
    state.context = snapshot.context;
    for (const QualifierPosition &position : snapshot.qualifiers) {
        if (position.confirmedSeqNr > 0)
            state.confirmedSeqNr.insert(position.name, position.confirmedSeqNr);
    }
    const auto places = index.places();
    state.unconfirmed.resize(qsizetype(places.size()));
    // Segment by segment: copies of old messages lie in new segments.
    std::vector<qsizetype> order(places.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](qsizetype a, qsizetype b) {
        return places[size_t(a)].first.segment < places[size_t(b)].first.segment;
    });
    QByteArray bytes;
    SegmentHeader header;
    std::map<qint64, qint64> payloads; // sizes of the files
    for (const qsizetype i : order) {
        const auto &[place, qualifier] = places[size_t(i)];
        if (place.segment != header.number) {
            if (Error error = readSegment(files, keys, place.segment, &bytes, &header))
                return error;
        }
        const auto record = readRecord(bytes, place.offset(), header.seed());
        const auto message = record ? decodeMessage(*record) : std::nullopt;
        if (!message || message->seqNr != place.seqNr)
            return journalDamaged(files.path(segmentFileName(place.segment)), place.offset());
        state.unconfirmed[i] = {.seqNr = place.seqNr,
                                .payload = message->payload.toByteArray(),
                                .context = message->context.toByteArray(),
                                .qualifier = *qualifier,
                                .name = QString::fromUtf8(message->name),
                                .fileSize = message->fileSize,
                                .digest = message->digest.toByteArray(),
                                .isSkipped = message->isSkipped};
        if (message->fileSize > 0)
            payloads[place.seqNr] = message->fileSize;
    }
    if (Error error = checkPayloads(files, keys, payloads))
        return error;
    return state;
}

} // namespace QtDelivery
