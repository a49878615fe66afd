// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <QtDelivery/sqlproducerqueue.h>

#include "sqlqueuestore.h"
#include "sqlthread.h"

#include <QPointer>

#include <mutex>
#include <optional>
#include <utility>

namespace QtDelivery {

/*!
    \brief Between the object's thread and the storage thread.

    Theory of operation
    -------------------
        object's thread                          storage thread
        load(), store(), confirm() --m_waiting--> serve(): one transaction for all of it
        answer() <-------------------m_answers---

    Either side takes all that the other has left, so groups grow while one is under way. After a
   failure the storage thread takes nothing until the failure is told: whatever is requested by then
   has failed with it.
*/
class SqlProducerQueuePrivate
{
public:
    SqlProducerQueuePrivate(SqlProducerQueue *queue, SqlConnection connection, qint64 maxMessages,
                            qint64 maxBytes)
        : maxMessages(std::max(maxMessages, qint64(1)))
        , maxBytes(std::max(maxBytes, qint64(1)))
        , connection(std::move(connection))
        , q(queue)
        , m_thread(this->connection, [this](SqlSession &session) { serve(session); })
    { }

    void load(const QString &producerId);
    void store(const QList<DurableMessage> &messages);
    void confirm(qint64 seqNr, const QString &qualifier);

    const qint64 maxMessages;
    const qint64 maxBytes;
    const SqlConnection connection;

private:
    struct Waiting
    {
        SqlQueueStore::Group group; // asked for before the load, if there is one
        std::optional<QString> load; // a producer's id
    };
    struct Answers
    {
        qint64 stored = 0;
        std::optional<DurableProducerState> loaded;
        Error failed;

        [[nodiscard]] bool isEmpty() const { return stored == 0 && !loaded && !failed; }
    };

    // storage thread
    void serve(SqlSession &session);
    [[nodiscard]] Waiting takeWaiting();
    void post(const Answers &news);
    // object's thread
    void answer();

    SqlProducerQueue *const q;
    std::mutex m_mutex;
    Waiting m_waiting; // guarded by m_mutex
    Answers m_answers; // guarded by m_mutex
    qint64 m_lastRequested = 0; // object's thread
    SqlQueueStore m_store; // storage thread
    SqlThread m_thread; // the last: it ends before the rest
};

void SqlProducerQueuePrivate::load(const QString &producerId)
{
    {
        const std::lock_guard lock(m_mutex);
        m_waiting.load = producerId;
    }
    m_thread.wake();
}

void SqlProducerQueuePrivate::store(const QList<DurableMessage> &messages)
{
    if (messages.isEmpty())
        return;
    m_lastRequested = std::max(m_lastRequested, messages.last().seqNr);
    {
        const std::lock_guard lock(m_mutex);
        m_waiting.group.batches += messages;
    }
    m_thread.wake();
}

void SqlProducerQueuePrivate::confirm(qint64 seqNr, const QString &qualifier)
{
    // Not what is stored after this, though it may be in the same transaction.
    const qint64 upTo = std::min(seqNr, m_lastRequested);
    if (upTo < 1)
        return;
    {
        const std::lock_guard lock(m_mutex);
        qint64 &confirmed = m_waiting.group.confirmed[qualifier];
        confirmed = std::max(confirmed, upTo);
    }
    m_thread.wakeLater();
}

SqlProducerQueuePrivate::Waiting SqlProducerQueuePrivate::takeWaiting()
{
    const std::lock_guard lock(m_mutex);
    if (m_answers.failed)
        return {};
    return std::exchange(m_waiting, {});
}

void SqlProducerQueuePrivate::serve(SqlSession &session)
{
    const Waiting waiting = takeWaiting();
    Answers news;
    if (!waiting.group.isEmpty()) {
        const SqlQueueStore::Outcome outcome = m_store.write(session, waiting.group);
        news.stored = outcome.stored;
        // Lost confirmations are no failure: the messages will be sent again, at worst.
        if (!waiting.group.batches.isEmpty())
            news.failed = outcome.error;
    }
    if (waiting.load && !news.failed) {
        if (auto state = m_store.load(session, *waiting.load))
            news.loaded = *std::move(state);
        else
            news.failed = state.error();
    }
    if (!news.isEmpty())
        post(news);
}

void SqlProducerQueuePrivate::post(const Answers &news)
{
    const std::lock_guard lock(m_mutex);
    const bool isPosted = !m_answers.isEmpty();
    m_answers.stored = std::max(m_answers.stored, news.stored);
    if (news.loaded)
        m_answers.loaded = news.loaded;
    m_answers.failed = news.failed;
    if (!isPosted)
        QMetaObject::invokeMethod(
            q, [this] { answer(); }, Qt::QueuedConnection);
}

void SqlProducerQueuePrivate::answer()
{
    Answers answers;
    {
        const std::lock_guard lock(m_mutex);
        answers = std::exchange(m_answers, {});
        if (answers.failed) {
            m_waiting.group.batches.clear();
            m_waiting.load.reset();
        }
    }
    if (answers.loaded)
        m_lastRequested = answers.loaded->currentSeqNr - 1;
    SqlProducerQueue *const queue = q; // a slot may destroy it, and this with it
    const QPointer<SqlProducerQueue> alive(queue);
    if (answers.stored > 0)
        Q_EMIT queue->stored(answers.stored);
    if (alive && answers.loaded)
        Q_EMIT queue->loaded(*answers.loaded);
    if (alive && answers.failed)
        Q_EMIT queue->failed(answers.failed);
}

SqlProducerQueue::SqlProducerQueue(SqlConnection connection, QObject *parent)
    : SqlProducerQueue(std::move(connection), DefaultMaxMessages, DefaultMaxBytes, parent)
{ }

SqlProducerQueue::SqlProducerQueue(SqlConnection connection, qint64 maxMessages, qint64 maxBytes,
                                   QObject *parent)
    : DurableProducerQueue(parent)
    , d(std::make_unique<SqlProducerQueuePrivate>(this, std::move(connection), maxMessages,
                                                  maxBytes))
{ }

SqlProducerQueue::~SqlProducerQueue() = default;

void SqlProducerQueue::load(const QString &producerId)
{
    d->load(producerId);
}

void SqlProducerQueue::store(const QList<DurableMessage> &messages)
{
    d->store(messages);
}

void SqlProducerQueue::confirm(qint64 seqNr, const QString &qualifier)
{
    d->confirm(seqNr, qualifier);
}

qint64 SqlProducerQueue::maxMessages() const
{
    return d->maxMessages;
}

qint64 SqlProducerQueue::maxBytes() const
{
    return d->maxBytes;
}

const SqlConnection &SqlProducerQueue::connection() const
{
    return d->connection;
}

} // namespace QtDelivery
