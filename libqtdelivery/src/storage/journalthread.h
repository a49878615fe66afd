// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "journal.h"
#include "lingeringwait.h"
#include "storagegauge.h"

#include <QPointer>

#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <variant>
#include <vector>

namespace QtDelivery {

/*!
    \brief Runs a Journal in a thread of its own and answers for a DurableProducerQueue.

    Theory of operation
    -------------------
        owner's thread                      worker
        requests   --mutex, wake-->         takes all that wait, appends them, one sync
        signals    <--one queued call--     answers for all

    Group commit comes by itself: while a sync is under way requests gather, and are the next batch.
   Confirmations are written along and never cause a sync, unless files can go then; what is to be
   skipped is synced when nobody waits for anything else. Before a
   payload is copied, which may take long, everything before is stored and answered.

   When something fails the worker stops taking requests until the owner's thread emits failed():
   what was requested before that moment has failed as well and is dropped there, and what is
   requested later counts.
*/
class JournalThread
{
public:
    /*! \a owner has this object and emits the signals. The size of the journal is told to \a
     * gauge, which may be null. */
    JournalThread(DurableProducerQueue *owner, std::unique_ptr<FileSystem> files,
                  const JournalConfig &config, StorageGauge *gauge = nullptr);
    /*! Stores what waits and joins the thread. */
    ~JournalThread();
    Q_DISABLE_COPY_MOVE(JournalThread)

    void load(const QString &producerId);
    void store(const QList<DurableMessage> &messages);
    void confirm(qint64 seqNr, const QString &qualifier);
    void skip(qint64 seqNr, const QString &qualifier);
    /*! Answers a request that cannot be carried out: failed() with \a error. */
    void refuse(const Error &error);

private:
    struct Load
    {
        QString producerId;
    };
    struct Confirm
    {
        qint64 seqNr = 0;
        QString qualifier;
    };
    struct Skip
    {
        qint64 seqNr = 0;
        QString qualifier;
    };
    using Store = QList<DurableMessage>;
    using Request = std::variant<Load, Store, Confirm, Skip>;
    /*! What was loaded, the last number that is stored, or what has failed. */
    using Answer = std::variant<DurableProducerState, qint64, Error>;

    void request(Request request);
    /*! It counts although what was requested before it has failed. */
    [[nodiscard]] static bool isLasting(const Request &request)
    {
        return std::holds_alternative<Confirm>(request) || std::holds_alternative<Skip>(request);
    }

    // in the worker
    void run();
    [[nodiscard]] bool take(std::vector<Request> *batch);
    void process(const std::vector<Request> &batch);
    [[nodiscard]] Error carryOut(const Request &request);
    [[nodiscard]] Error load(const Load &load);
    [[nodiscard]] Error append(const Store &messages);
    [[nodiscard]] Error commit();
    void answer(Answer answer);
    void noteSize();

    // in the owner's thread
    void deliver();
    void dropFailed();

    DurableProducerQueue *const m_owner;
    const std::unique_ptr<FileSystem> m_files;
    const JournalConfig m_config;
    StorageGauge *const m_gauge;

    std::mutex m_mutex; // for these
    LingeringWait m_wake;
    std::vector<Request> m_requests;
    std::vector<Answer> m_answers;
    bool m_isPosted = false; // deliver() is going to be called
    bool m_isFailing = false; // until failed() is emitted
    bool m_isStopping = false;

    // the worker's own
    std::optional<Journal> m_journal;
    qint64 m_unanswered = 0; // the last number that was appended and not answered
    TimePoint m_lastCleanup{};
    quint64 m_notedSegment = 0; // the newest when the size was noted
    qint64 m_notedPayloads = 0; // how many there were then

    std::thread m_thread; // not a QThread, for the end of which the thread sanitizer is blind
};

} // namespace QtDelivery
