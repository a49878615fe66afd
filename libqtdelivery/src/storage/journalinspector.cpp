// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "journalinspector.h"

#include "journalerrors.h"
#include "journalpayloads.h"
#include "journalrecovery.h"
#include "segmentscanner.h"

namespace QtDelivery {

namespace {

/*! What \a record says; nothing if that makes no sense. */
std::optional<JournalRecord> describe(const RecordView &record)
{
    JournalRecord described;
    described.offset = record.offset;
    described.length = record.length;
    switch (record.type) {
    case RecordType::Message:
    case RecordType::Described: {
        const auto message = decodeMessage(record);
        if (!message)
            return std::nullopt;
        described.type = JournalRecord::Type::Message;
        described.seqNr = message->seqNr;
        described.qualifier = QString::fromUtf8(message->qualifier);
        described.context = message->context.toByteArray();
        described.payload = message->payload;
        described.name = QString::fromUtf8(message->name);
        described.fileSize = message->fileSize;
        described.isSkipped = message->isSkipped;
        return described;
    }
    case RecordType::Confirmed: {
        const auto confirmed = decodeConfirmed(record.body);
        if (!confirmed)
            return std::nullopt;
        described.type = JournalRecord::Type::Confirmed;
        described.seqNr = confirmed->seqNr;
        described.qualifier = QString::fromUtf8(confirmed->qualifier);
        return described;
    }
    case RecordType::Snapshot: {
        const auto snapshot = decodeSnapshot(record.body);
        if (!snapshot)
            return std::nullopt;
        described.type = JournalRecord::Type::Snapshot;
        described.seqNr = snapshot->currentSeqNr;
        described.context = snapshot->context;
        return described;
    }
    case RecordType::QualifierDropped:
        described.type = JournalRecord::Type::QualifierDropped;
        described.qualifier = QString::fromUtf8(record.body);
        return described;
    case RecordType::Mark:
        break;
    }
    return std::nullopt;
}

class Inspector
{
public:
    Inspector(FileSystem &files, const CipherKeys *keys,
              const std::function<void(const JournalRecord &)> &visit)
        : m_files(files)
        , m_keys(keys)
        , m_visit(visit)
    { }

    Result<JournalReport> run()
    {
        const Result<QStringList> names = m_files.list();
        if (!names)
            return names.error();
        std::set<quint64> found;
        for (const QString &name : *names) {
            if (const quint64 number = segmentNumber(name))
                found.insert(number);
        }
        const std::vector<quint64> numbers(found.begin(), found.end());
        recover(numbers);
        for (const quint64 number : numbers) {
            const Error error = inspect(number);
            if (error && !m_report.damage)
                m_report.damage = error;
        }
        for (const DurableMessage &message : std::as_const(m_report.state.unconfirmed)) {
            if (message.fileSize > 0 && !m_report.damage)
                m_report.damage = verifyPayload(m_files, m_keys, message);
        }
        return m_report;
    }

private:
    void recover(const std::vector<quint64> &numbers)
    {
        const Result<RecoveredJournal> recovered = recoverJournal(m_files, m_keys, numbers, {});
        Error error = recovered.error();
        if (recovered && !recovered->isNew) {
            m_report.producerId = recovered->newest.producerId;
            for (const SegmentExtent &extent : recovered->segments)
                m_ends[extent.number] = extent.end;
            m_newest = numbers.back();
            const auto state =
                readState(m_files, m_keys, recovered->index, recovered->newest.streamId);
            error = state.error();
            if (state)
                m_report.state = *state;
        }
        m_report.damage = error;
        m_report.isUnusable = error.isError();
    }

    Error inspect(quint64 number)
    {
        JournalSegment segment;
        segment.file = segmentFileName(number);
        SegmentHeader header;
        Error error = readSegment(m_files, m_keys, number, &m_bytes, &header);
        if (!error) {
            segment.size = header.size;
            const auto end = m_ends.find(number);
            segment.isNeeded = end != m_ends.end();
            SegmentScanner scanner(m_bytes, header,
                                   segment.isNeeded && number != m_newest ? end->second : -1);
            error = scan(scanner, &segment);
            if (m_report.producerId.isEmpty())
                m_report.producerId = header.producerId;
        }
        m_report.segments.append(segment);
        return error;
    }

    Error scan(SegmentScanner &scanner, JournalSegment *segment)
    {
        const QString path = m_files.path(segment->file);
        segment->end = scanner.offset();
        while (const auto record = scanner.next()) {
            auto described = describe(*record);
            if (!described)
                return journalDamaged(path, record->offset);
            ++segment->records;
            segment->end = scanner.offset();
            described->file = segment->file;
            if (m_visit)
                m_visit(*described);
        }
        return scanner.isDamaged() ? journalDamaged(path, scanner.offset()) : Error();
    }

    FileSystem &m_files;
    const CipherKeys *const m_keys;
    const std::function<void(const JournalRecord &)> &m_visit;
    JournalReport m_report;
    std::map<quint64, qint64> m_ends; // of what is needed
    quint64 m_newest = 0;
    QByteArray m_bytes;
};

} // namespace

Result<JournalReport> inspectJournal(FileSystem &files,
                                     const std::function<void(const JournalRecord &)> &visit,
                                     const CipherKeys *keys)
{
    return Inspector(files, keys, visit).run();
}

} // namespace QtDelivery
