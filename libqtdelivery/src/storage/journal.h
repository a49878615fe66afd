// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "journalindex.h"
#include "journalpayloads.h"
#include "segmentstore.h"

namespace QtDelivery {

struct JournalConfig
{
    qint64 segmentSize = qint64(8) << 20;
    int snapshotEvery = 1000; //!< messages and confirmations
    RetentionPolicy retention;
    Duration cleanupUnusedAfter = std::chrono::hours(1);
    std::shared_ptr<const CipherKeys> keys = nullptr; //!< null: it is not encrypted
};

/*!
    \brief A producer's messages in files: what DurableProducerQueue asks for, without threads and
   clocks.

    Theory of operation
    -------------------
    Events are appended to the newest segment; doc/durability.md and journalformat.h have the
   format. What is appended is gathered in memory, written with one call and synced with another by
   sync():

        appended            written              synced
        (m_buffer)  --flush()-->     --sync()-->         then a mark, not synced, at the end

   When a segment is full it is synced and another begins with a snapshot of everything but the
   messages, so segments without unconfirmed messages are not needed any more. A few unconfirmed
   messages that keep segments from that are copied into the new one.

   If writing or syncing fails, nobody knows what the rest of the segment holds, and syncing once
   more proves nothing: the system may have dropped what it could not write. So everything that is
   not synced is taken back, nothing is written into this segment any more, and the next append()
   begins another one, whose snapshot says where this one ends. The caller appends again what is not
   stored.

   A message that is skipped later is written once more, as that. Until the record is synced the
   index refers to the message as it was, since a failure would take the record back.

   A payload that comes from a reader is a file beside the segments before its record is written:
   JournalPayloads.

   With keys everything but the headers of segments is encrypted, each segment with a key of its own
   (SegmentHeader::cipher()). No place of a segment is encrypted twice and written: what was written
   is not taken back without the segment being given up, and no life goes on in a segment of a
   former one.

   open() always begins a new segment: what it has read may never have been synced by the process
   before, and the tail may be torn.
*/
class Journal
{
public:
    Journal(FileSystem &files, const JournalConfig &config)
        : m_files(files)
        , m_config(config)
        , m_store(files, config.retention)
        , m_payloads(files, m_config.keys.get(), !config.retention.deleteSegments)
    { }

    /*! Takes possession and reads everything; a new journal gets \a newStreamId. To be called once.
     */
    [[nodiscard]] Result<DurableProducerState> open(const QString &producerId,
                                                    const QUuid &newStreamId, TimePoint now);

    /*! Appends those of \a messages that are not known. They are stored when sync() has succeeded.
       After an error nothing is pending that is not stored. */
    [[nodiscard]] Error append(const QList<DurableMessage> &messages, TimePoint now);
    /*! Takes note, and writes it with what comes next. Never fails: what cannot be written is in
     * the next snapshot. */
    void confirm(qint64 seqNr, const QString &qualifier, TimePoint now);
    /*! Message \a seqNr of \a qualifier, if it is stored and not confirmed, is skipped from the
     * next sync on. Never fails: what cannot be written is tried again. */
    void skip(qint64 seqNr, const QString &qualifier);
    /*! Writes what was appended, without a sync. */
    [[nodiscard]] Error flush();
    /*! Makes what was appended last, if messages were. */
    [[nodiscard]] Error sync();
    /*! After sync(): tells the next to open the journal that everything before is synced, so that
       damage there is not taken for a torn write. It is not synced itself, since it only helps. */
    void mark();
    /*! Payload files of confirmed messages can go after one more sync, or messages are to be
     * skipped. */
    [[nodiscard]] bool hasReleasable() const
    {
        return isOpen() && (m_payloads.waitForSync() || !m_skips.empty());
    }
    /*! Makes that sync. */
    void release();
    /*! Forgets qualifiers that were not used for JournalConfig::cleanupUnusedAfter. */
    void dropUnusedQualifiers(TimePoint now);

    [[nodiscard]] bool isOpen() const { return m_file != nullptr; }
    [[nodiscard]] qint64 currentSeqNr() const { return m_index.currentSeqNr(); }
    /*! The number of the segment that is written to: another one whenever the files change. */
    [[nodiscard]] quint64 newest() const { return m_header.number; }
    [[nodiscard]] qint64 payloadCount() const { return m_payloads.count(); }
    [[nodiscard]] qint64 fileCount() const
    {
        return qint64(m_store.segments().size()) + m_payloads.count();
    }
    /*! Of all of them. May look at files. */
    [[nodiscard]] qint64 fileBytes() { return m_store.bytes() + m_payloads.bytes(); }

private:
    struct Copies;

    /*! A message that is to be skipped, until the record that says so is synced. */
    struct Skip
    {
        qint64 seqNr = 0;
        QString qualifier;
        std::optional<MessagePlace> place = {}; //!< of the record, when it is written
    };

    [[nodiscard]] Error recover(const QString &producerId, const QUuid &newStreamId, TimePoint now);
    [[nodiscard]] Error secure(const QString &name, qint64 from, qint64 end);
    [[nodiscard]] Error syncAll();
    [[nodiscard]] Error fail(const Error &error);

    [[nodiscard]] Error appendOne(const DurableMessage &message, TimePoint now);
    [[nodiscard]] Error appendFile(const DurableMessage &message, TimePoint now);
    [[nodiscard]] MessagePlace write(const DurableMessage &message, const QByteArray &qualifier);
    [[nodiscard]] bool writeSkips();
    void skipsSynced();
    [[nodiscard]] qint64 end() const { return m_end + m_buffer.size(); }
    [[nodiscard]] bool hasRoom(qint64 size) const;
    [[nodiscard]] RecordWriter writer();
    [[nodiscard]] qint64 sealSize() const { return m_config.keys ? PieceTagSize : 0; }
    void countEvent();
    void appendSnapshot();
    [[nodiscard]] SnapshotRecord snapshot(const std::vector<quint64> &without) const;

    [[nodiscard]] Error beginSegment(qint64 room);
    [[nodiscard]] Error encrypt(SegmentHeader *header, std::unique_ptr<PieceCipher> *cipher) const;
    [[nodiscard]] Error finishSegment();
    [[nodiscard]] Copies copyForward(quint64 number) const;
    [[nodiscard]] std::vector<quint64> pinnedSegments() const;

    FileSystem &m_files;
    const JournalConfig m_config;
    SegmentStore m_store;
    JournalPayloads m_payloads;
    std::unique_ptr<FileLock> m_lock;
    JournalIndex m_index;

    // the newest segment
    std::unique_ptr<File> m_file;
    SegmentHeader m_header;
    std::unique_ptr<PieceCipher> m_cipher; // null: it is not encrypted
    quint32 m_seed = 0;
    QByteArray m_buffer; // appended and not written
    qint64 m_end = 0; // behind what was written
    qint64 m_syncedEnd = 0;
    bool m_isSuspect = false; // nothing may be written to it any more

    // what is stored, to go back to
    qint64 m_storedSeqNr = 0;
    QByteArray m_storedContext;

    quint64 m_lastNumber = 0; // of a segment, whether it came to be or not
    int m_events = 0; // since the last snapshot
    std::vector<Skip> m_skips;
    std::optional<std::set<quint64>> m_listed; // by a snapshot that is not synced
};

} // namespace QtDelivery
