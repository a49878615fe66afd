// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/producermachine.h"
#include "core/ringbuffer.h"
#include "storageclient.h"
#include "storedpayload.h"

#include <QtDelivery/durableproducerqueue.h>

#include <QPointer>

#include <map>
#include <optional>
#include <set>

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

    /*! It can be given files and names. */
    [[nodiscard]] bool takesFiles() const { return m_queue && m_queue->takesFiles(); }

    /*! The message that was accepted last. */
    void add(const DurableMessage &message)
    {
        m_unstored.pushBack(message);
        ++m_gathered;
    }
    /*! The same for one with a reader; \a payload is told the file when it is stored. */
    void add(const DurableMessage &message, std::shared_ptr<StoredPayload> payload)
    {
        add(message);
        m_payloads.emplace(message.seqNr, std::move(payload));
    }
    /*! Message \a seqNr is never to be delivered; the machine knows. */
    void skip(const ProducerMachine &machine, SeqNr seqNr);
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
    /*! A stored message could not be read; the error to be told to the application. */
    [[nodiscard]] Error handleUnreadable(SeqNr seqNr);
    void retry(ProducerMachine &machine);

private:
    [[nodiscard]] RememberedMessage remembered(const DurableMessage &message) const;
    void setFile(StoredPayload &payload, SeqNr seqNr) const;
    void skipUnstorable(ProducerMachine &machine);
    void requestLoad() override;

    const QPointer<DurableProducerQueue> m_queue;
    const QString m_producerId;
    RingBuffer<DurableMessage> m_unstored;
    std::map<SeqNr, std::shared_ptr<StoredPayload>> m_payloads; // of those that have a reader
    std::set<SeqNr> m_skipped; // that are not stored: the queue is told then
    QByteArray m_context;
    int m_gathered = 0; // not handed over
    std::optional<TimePoint> m_gatheringSince;
};

} // namespace QtDelivery
