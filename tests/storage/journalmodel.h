// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "simulateddisk.h"
#include "storage/journal.h"

#include <optional>

namespace QtDelivery::Test {

/*! Segments so small that a few messages fill one. */
constexpr qint64 SmallSegment = 4096;

inline JournalConfig smallConfig()
{
    JournalConfig config;
    config.segmentSize = SmallSegment;
    config.snapshotEvery = 10;
    return config;
}

/*! \brief A journal on a simulated disk, and what it must hold according to DurableProducerState.

    Every function checks what it can and remembers the first contradiction in problem(). */
class JournalModel
{
public:
    JournalModel(quint32 seed, const JournalConfig &config);

    SimulatedDisk disk;
    TimePoint now{std::chrono::hours(1)};

    [[nodiscard]] const QString &problem() const { return m_problem; }
    [[nodiscard]] const DurableProducerState &state() const { return m_state; }
    [[nodiscard]] bool isOpen() const { return m_journal.has_value(); }

    /*! Opens the journal and compares what it says. */
    Error open();
    /*! The next \a count messages under \a qualifier. */
    Error append(int count, const QString &qualifier = {}, qsizetype size = 20);
    /*! The next message under \a qualifier, whose payload of \a size bytes comes from a reader. */
    Error appendFile(const QString &qualifier = {}, qsizetype size = 1500);
    void confirm(qint64 seqNr, const QString &qualifier = {});
    /*! Message \a seqNr under \a qualifier, if there is one that is stored. */
    void skip(qint64 seqNr, const QString &qualifier = {});
    Error sync();
    /*! What can go only after a sync of its own. */
    void release();
    Error flush();
    void dropUnused();
    /*! The process ends without a word; what was written is in the system's memory. */
    void kill();
    /*! The power fails: what was not synced is lost or not. */
    void crash();
    /*! kill(), then open(): everything is there. */
    void reopen();

    [[nodiscard]] Journal &journal() { return *m_journal; }

private:
    void check(bool ok, const char *what);
    void noteSynced();
    void compare(const DurableProducerState &loaded);
    void compareFiles(const DurableProducerState &loaded);
    [[nodiscard]] Error append(const QList<DurableMessage> &batch,
                               const DurableProducerState &after);
    /*! Something has failed: what is not stored is to be appended again. */
    void rollBack();

    const JournalConfig m_config;
    std::optional<Journal> m_journal;
    DurableProducerState m_state; // everything that was done
    DurableProducerState m_loaded; // the last that open() has answered
    qint64 m_storedSeqNr = 1; // the current number at the last successful sync
    QList<DurableMessage> m_appended; // since open()
    QMap<qint64, DurableMessage> m_unsyncedSkips; // messages as they were, which may come back
    QMap<QString, qint64> m_requested; // what was ever to be confirmed
    qint64 m_failedSeqNr = 0; // what has failed was below
    quint64 m_written = 0; // makes every payload unlike all others
    QString m_problem;
};

} // namespace QtDelivery::Test
