// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/producermachine.h"
#include "core/ringbuffer.h"

#include <QtDelivery/durableproducerqueue.h>

#include <QPointer>

namespace QtDelivery {

/*!
    \brief A producer's dealings with its durable queue.

    Theory of operation
    -------------------
        Loading --loaded()--> Ready            failed(): again after an interval,
           ^                                   or Broken, if trying again is useless
           |______retry()______ Broken

    Loading is repeated here; afterwards StorePipeline, inside the machine, says what is to be
   stored and when to try again. Kept here is what the queue gets: each message until it is stored.
*/
class QueueClient
{
public:
    enum class State { Loading, Ready, Broken };

    QueueClient(DurableProducerQueue *queue, QString producerId, const StoreConfig &config);

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] DurableProducerQueue *queue() const { return m_queue; }
    /*! The context of the message that was stored last. */
    [[nodiscard]] const QByteArray &context() const { return m_context; }
    /*! Why nothing is stored at present; no error if all is well. */
    [[nodiscard]] const Error &error() const { return m_error; }

    void load();
    /*! The queue has answered; what the machine goes on with. */
    [[nodiscard]] ProducerMemory handleLoaded(const DurableProducerState &state);

    /*! The message that was accepted last. */
    void add(const DurableMessage &message) { m_unstored.pushBack(message); }
    /*! Hands over what is due. */
    void handOver(ProducerMachine &machine);
    [[nodiscard]] bool hasWork(const ProducerMachine &machine) const
    {
        return m_state == State::Ready && (machine.hasStore() || machine.hasRecord());
    }
    /*! load() has succeeded once: there is a machine that goes on with what was stored. */
    [[nodiscard]] bool wasLoaded() const { return m_wasLoaded; }
    void handleStored(ProducerMachine &machine, SeqNr seqNr);
    /*! The error to be told to the application; none if it knows already. */
    [[nodiscard]] Error handleFailed(ProducerMachine &machine, const Error &error, TimePoint now);
    void retry(ProducerMachine &machine);

    [[nodiscard]] std::optional<TimePoint> nextTimeout() const { return m_loadRetry.deadline(); }
    void handleTimeout(TimePoint now);

private:
    const QPointer<DurableProducerQueue> m_queue;
    const QString m_producerId;
    const int m_attempts;
    State m_state = State::Loading;
    Error m_error;
    RingBuffer<DurableMessage> m_unstored;
    QByteArray m_context;
    RetryTimer m_loadRetry;
    int m_loadFailures = 0;
    bool m_wasLoaded = false;
};

} // namespace QtDelivery
