// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/durableproducerqueue.h>

#include <functional>

namespace Bench {

// Loads a durable queue and stores messages in it, as fast as it takes them, in batches.
class QueueFeeder
{
public:
    // `stored` is told each number that the queue answers with.
    QueueFeeder(QtDelivery::DurableProducerQueue &queue, qint64 messages, std::size_t size,
                std::function<void(qint64)> stored);

private:
    void feed();
    void storeBatch();

    QtDelivery::DurableProducerQueue &m_queue;
    const qint64 m_messages;
    const QByteArray m_payload;
    const std::function<void(qint64)> m_stored;
    qint64 m_requestedSeqNr = 0;
    qint64 m_storedSeqNr = 0;
};

} // namespace Bench
