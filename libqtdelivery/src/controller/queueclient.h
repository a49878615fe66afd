// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/producermachine.h"
#include "core/ringbuffer.h"
#include "storageclient.h"

#include <QtDelivery/durableproducerqueue.h>

#include <QPointer>

#include <optional>

namespace QtDelivery {

/*! \brief A producer's dealings with its durable queue. Kept here is what the queue gets: each
 * message until it is stored. */
class QueueClient final : public StorageClient
{
public:
    QueueClient(DurableProducerQueue *queue, QString producerId, const StoreConfig &config);

    [[nodiscard]] DurableProducerQueue *queue() const { return m_queue; }
    /*! The context of the message that was stored last. */
    [[nodiscard]] const QByteArray &context() const { return m_context; }
    [[nodiscard]] StorageSnapshot storageSnapshot() const override
    {
        return m_queue ? m_queue->storageSnapshot() : StorageSnapshot();
    }

    using StorageClient::load;
    /*! The queue has answered; what the machine goes on with. */
    [[nodiscard]] ProducerMemory handleLoaded(const DurableProducerState &state);

    /*! The message that was accepted last. */
    void add(const DurableMessage &message)
    {
        m_unstored.pushBack(message);
        ++m_gathered;
    }
    /*! Hands over what is due. */
    void handOver(ProducerMachine &machine);
    /*! The same if it is worth a batch; otherwise more is coming at once, and this is called again.
        A queue that is asked for a few messages syncs them alone, and the many behind them wait. */
    void gather(ProducerMachine &machine, TimePoint now);
    [[nodiscard]] bool hasWork(const ProducerMachine &machine) const
    {
        return state() == State::Ready && (machine.hasStore() || machine.hasRecord());
    }
    void handleStored(ProducerMachine &machine, SeqNr seqNr);
    /*! The error to be told to the application; none if it knows already. */
    [[nodiscard]] Error handleFailed(ProducerMachine &machine, const Error &error, TimePoint now);
    void retry(ProducerMachine &machine);

private:
    void requestLoad() override;

    const QPointer<DurableProducerQueue> m_queue;
    const QString m_producerId;
    RingBuffer<DurableMessage> m_unstored;
    QByteArray m_context;
    int m_gathered = 0; // not handed over
    std::optional<TimePoint> m_gatheringSince;
};

} // namespace QtDelivery
