// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/durableproducerqueue.h>

#include <QStringList>
#include <QTest>
#include <QThread>

#include <memory>
#include <optional>

namespace QtDelivery::Test {

/*! One signal of a durable queue. */
struct QueueAnswer
{
    enum class Kind { Loaded, Stored, Failed };

    Kind kind;
    DurableProducerState state = {}; //!< of Loaded
    qint64 seqNr = 0; //!< of Stored
    Error error = {}; //!< of Failed
};

/*! \brief A durable queue in the hands of a test: makes requests, keeps the answers in order, and
   notes what no queue may do. */
class QueueProbe
{
public:
    static constexpr int PatienceMs = 20000;

    /*! What the queue does wrong is added to \a violations. */
    QueueProbe(std::unique_ptr<DurableProducerQueue> queue, QStringList *violations)
        : m_violations(violations)
        , m_queue(std::move(queue))
    {
        using Kind = QueueAnswer::Kind;
        QObject *const context = m_queue.get();
        QObject::connect(
            m_queue.get(), &DurableProducerQueue::loaded, context,
            [this](const DurableProducerState &state) {
                note({Kind::Loaded, state});
            },
            Qt::DirectConnection);
        QObject::connect(
            m_queue.get(), &DurableProducerQueue::stored, context,
            [this](qint64 seqNr) {
                note({Kind::Stored, {}, seqNr});
            },
            Qt::DirectConnection);
        QObject::connect(
            m_queue.get(), &DurableProducerQueue::failed, context,
            [this](const Error &error) {
                note({Kind::Failed, {}, 0, error});
            },
            Qt::DirectConnection);
    }
    Q_DISABLE_COPY_MOVE(QueueProbe)
    ~QueueProbe() { end(); }

    // ---- requests
    void load(const QString &producerId)
    {
        call([&] { m_queue->load(producerId); });
    }
    void store(const QList<DurableMessage> &messages)
    {
        call([&] { m_queue->store(messages); });
    }
    void confirm(qint64 seqNr, const QString &qualifier = {})
    {
        call([&] { m_queue->confirm(seqNr, qualifier); });
    }
    /*! Destroys the queue. */
    void end()
    {
        call([&] { m_queue.reset(); });
    }

    // ---- requests that wait for their answers
    /*! Nothing if the answer was not loaded(). */
    [[nodiscard]] std::optional<DurableProducerState> loadNow(const QString &producerId)
    {
        m_seen = m_answers.size();
        load(producerId);
        const auto answer = nextAnswer();
        return answer && answer->kind == QueueAnswer::Kind::Loaded ? std::optional(answer->state)
                                                                   : std::nullopt;
    }
    /*! The code of failed(); NoError if the answer was loaded(). */
    [[nodiscard]] Error::Code loadError(const QString &producerId)
    {
        m_seen = m_answers.size();
        load(producerId);
        return errorOf(nextAnswer(), QueueAnswer::Kind::Loaded);
    }
    /*! The code of failed(); NoError if the answer was stored(). */
    [[nodiscard]] Error::Code storeNow(const QList<DurableMessage> &messages)
    {
        m_seen = m_answers.size();
        store(messages);
        return errorOf(nextAnswer(), QueueAnswer::Kind::Stored);
    }

    // ---- answers
    [[nodiscard]] const QList<QueueAnswer> &answers() const { return m_answers; }
    [[nodiscard]] qint64 lastStored() const { return m_lastStored; }
    [[nodiscard]] QString lastError() const { return m_lastError.message(); }
    [[nodiscard]] bool waitForStored(qint64 seqNr) const
    {
        return QTest::qWaitFor([&] { return m_lastStored == seqNr; }, PatienceMs);
    }
    /*! Nothing if there is none in time. */
    [[nodiscard]] std::optional<QueueAnswer> nextAnswer()
    {
        const qsizetype before = m_seen;
        (void)QTest::qWaitFor([&] { return m_answers.size() > before; }, PatienceMs);
        if (m_answers.size() <= before)
            return std::nullopt;
        m_seen = m_answers.size();
        return m_answers[before];
    }

    [[nodiscard]] DurableProducerQueue *queue() const { return m_queue.get(); }

private:
    template <typename Call> void call(Call call)
    {
        m_calling = true;
        call();
        m_calling = false;
    }

    void note(const QueueAnswer &answer)
    {
        if (m_calling)
            *m_violations += QStringLiteral("answered from within the call");
        if (QThread::currentThread() != m_queue->thread())
            *m_violations += QStringLiteral("answered in another thread");
        if (answer.kind == QueueAnswer::Kind::Stored)
            m_lastStored = answer.seqNr;
        if (answer.kind == QueueAnswer::Kind::Failed)
            noteError(answer.error);
        m_answers.append(answer);
    }

    void noteError(const Error &error)
    {
        m_lastError = error;
        if (!error.isError() || error.message().isEmpty())
            *m_violations += QStringLiteral("failed without a reason");
    }

    [[nodiscard]] static Error::Code errorOf(const std::optional<QueueAnswer> &answer,
                                             QueueAnswer::Kind success)
    {
        if (!answer)
            return Error::Code::TimedOut;
        if (answer->kind == QueueAnswer::Kind::Failed)
            return answer->error.code();
        return answer->kind == success ? Error::Code::NoError : Error::Code::ProtocolError;
    }

    QStringList *const m_violations;
    bool m_calling = false;
    qsizetype m_seen = 0;
    qint64 m_lastStored = 0;
    Error m_lastError;
    QList<QueueAnswer> m_answers;
    std::unique_ptr<DurableProducerQueue> m_queue;
};

} // namespace QtDelivery::Test
