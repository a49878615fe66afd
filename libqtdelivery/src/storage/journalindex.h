// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/types.h"
#include "journalformat.h"

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <vector>

namespace QtDelivery {

/*! Where a message lies. */
struct MessagePlace
{
    qint64 seqNr = 0;
    quint64 segment = 0;
    quint32 at = 0; //!< in units of JournalAlignment
    quint32 length = 0; //!< of the record in bytes

    [[nodiscard]] qint64 offset() const { return qint64(at) * JournalAlignment; }
    [[nodiscard]] qint64 size() const { return aligned(length); }
};

/*! \brief What a journal holds, without the messages themselves: DurableProducerState for large
   queues.

    The rules are those of DurableProducerState, which tests compare it with; confirming costs as
   much as there are messages confirmed, storing one costs the same whatever is stored. */
class JournalIndex
{
public:
    struct Qualifier
    {
        QByteArray utf8; //!< the name as it is written
        qint64 confirmedSeqNr = 0; //!< 0 = nothing
        std::deque<MessagePlace> live; //!< unconfirmed, ascending
        std::set<qint64> files; //!< those of them whose payload lies in a file
        TimePoint lastUsed{};

        [[nodiscard]] bool isKnown() const { return confirmedSeqNr > 0 || !live.empty(); }
    };
    using Qualifiers = std::map<QString, Qualifier>;

    [[nodiscard]] qint64 currentSeqNr() const { return m_currentSeqNr; }
    [[nodiscard]] const QByteArray &context() const { return m_context; }
    [[nodiscard]] qint64 generation() const { return m_generation; }
    void setGeneration(qint64 generation) { m_generation = generation; }
    [[nodiscard]] const Qualifiers &qualifiers() const { return m_qualifiers; }
    /*! Bytes of the records of unconfirmed messages, in one segment and in all. */
    [[nodiscard]] qint64 liveBytes(quint64 segment) const;
    [[nodiscard]] qint64 liveBytes() const { return m_liveBytes; }

    /*! The qualifier's name as it is written. */
    [[nodiscard]] const QByteArray &utf8(const QString &qualifier)
    {
        return entry(qualifier)->second.utf8;
    }
    /*! The next message was written. */
    void add(const QString &qualifier, const MessagePlace &place, const QByteArray &context,
             TimePoint now);
    /*! The payload of the message that was added last, under \a qualifier, lies in a file. */
    void addFile(const QString &qualifier);
    /*! The number that everything is confirmed up to now, or nothing if that was known. Those
     * whose payload lies in a file are appended to \a files. */
    [[nodiscard]] std::optional<qint64> confirm(qint64 seqNr, const QString &qualifier,
                                                TimePoint now, std::vector<qint64> *files);
    /*! Message \a seqNr was stored under \a qualifier and is not confirmed. */
    [[nodiscard]] bool isLive(qint64 seqNr, const QString &qualifier) const;
    /*! A message under \a qualifier is skipped, by a record at \a place; true if its payload lies
     * in a file, which is not needed any more. */
    [[nodiscard]] bool skip(const QString &qualifier, const MessagePlace &place);
    /*! Forgets the named qualifiers that have no message and were not used for \a age. */
    [[nodiscard]] std::vector<QString> dropUnused(TimePoint now, Duration age);
    /*! Takes back what is not stored: everything from \a currentSeqNr on. */
    void rollBack(qint64 currentSeqNr, const QByteArray &context);

    /*! All of it but the segments. */
    [[nodiscard]] SnapshotRecord snapshot() const;
    /*! The unconfirmed messages of \a segment, in the order in which they lie there. */
    [[nodiscard]] std::vector<MessagePlace> placesIn(quint64 segment) const;
    /*! All unconfirmed messages, ascending, with their qualifiers. */
    [[nodiscard]] std::vector<std::pair<MessagePlace, const QString *>> places() const;
    /*! The unconfirmed messages whose payload lies in a file. */
    [[nodiscard]] std::set<qint64> files() const;
    /*! These messages lie elsewhere now; ascending. */
    void move(const std::vector<MessagePlace> &places);

    // ---- reading a journal: its records in order, then finishReplay()
    /*! False if \a record cannot be at this place. */
    [[nodiscard]] bool replay(const RecordView &record, quint64 segment);
    /*! Returns a message that cannot be: its number is another qualifier's message's, too. */
    [[nodiscard]] std::optional<MessagePlace> finishReplay(TimePoint now);

private:
    using Entry = Qualifiers::iterator;
    [[nodiscard]] Entry entry(const QString &qualifier);
    [[nodiscard]] Entry entryOf(QByteArrayView utf8);
    void erase(Entry entry);
    void count(const MessagePlace &place, qint64 sign);
    [[nodiscard]] bool replayMessage(const RecordView &record, quint64 segment);
    [[nodiscard]] bool replaySnapshot(const SnapshotRecord &snapshot);

    qint64 m_generation = 0;
    qint64 m_currentSeqNr = 1;
    qint64 m_highestConfirmedSeqNr = 0;
    QByteArray m_context;
    Qualifiers m_qualifiers;
    std::optional<Entry> m_last; // nearly always the next one too
    std::map<quint64, qint64> m_liveBytesOf;
    qint64 m_liveBytes = 0;
};

} // namespace QtDelivery
