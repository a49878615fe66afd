// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "queuefeeder.h"

#include "benchsupport.h"

using namespace QtDelivery;

namespace Bench {

namespace {

constexpr qint64 batchMessages = 1000;
// So many that a batch waits whenever the queue has synced one.
constexpr qint64 mostUnstored = 4 * batchMessages;

} // namespace

QueueFeeder::QueueFeeder(DurableProducerQueue &queue, qint64 messages, std::size_t size,
                         std::function<void(qint64)> stored)
    : m_queue(queue)
    , m_messages(messages)
    , m_payload(qsizetype(size), 'x')
    , m_stored(std::move(stored))
{
    QObject::connect(&queue, &DurableProducerQueue::failed, &queue,
                     [](const Error &error) { fail(error.message().toStdString()); });
    QObject::connect(&queue, &DurableProducerQueue::loaded, &queue, [this] { feed(); });
    QObject::connect(&queue, &DurableProducerQueue::stored, &queue, [this](qint64 seqNr) {
        m_storedSeqNr = seqNr;
        feed();
        m_stored(seqNr);
    });
    queue.load(QStringLiteral("producer"));
}

void QueueFeeder::feed()
{
    while (m_requestedSeqNr < m_messages && m_requestedSeqNr - m_storedSeqNr < mostUnstored)
        storeBatch();
}

void QueueFeeder::storeBatch()
{
    const qint64 count = std::min(batchMessages, m_messages - m_requestedSeqNr);
    QList<DurableMessage> batch;
    batch.reserve(count);
    for (qint64 i = 0; i < count; ++i) {
        QByteArray payload(m_payload.constData(), m_payload.size());
        batch.append({++m_requestedSeqNr, payload, {}, {}});
    }
    m_queue.store(batch);
}

} // namespace Bench
