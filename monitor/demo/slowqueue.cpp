// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "slowqueue.h"

namespace Monitor {

namespace {

constexpr int LongPauseOf = 40; // answers
constexpr int LongPause = 5000; // ms
constexpr qint64 SegmentBytes = 8 * 1024 * 1024;

} // namespace

SlowQueue::SlowQueue(quint32 seed, QObject *parent)
    : DurableProducerQueue(parent)
    , m_random(seed)
{
    m_state.streamId = QUuid::createUuid();
    m_timer.setParent(this); // so that it goes to another thread with the queue
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &SlowQueue::answer);
}

void SlowQueue::load(const QString &)
{
    ++m_state.generation;
    QMetaObject::invokeMethod(
        this, [this] { Q_EMIT loaded(m_state); }, Qt::QueuedConnection);
}

void SlowQueue::store(const QList<QtDelivery::DurableMessage> &messages)
{
    for (const QtDelivery::DurableMessage &message : messages) {
        if (m_state.stepOf(message.seqNr) == QtDelivery::DurableProducerState::Step::New)
            m_state.addMessageSent(message);
    }
    m_unanswered.push_back(messages.last().seqNr);
    if (!m_timer.isActive())
        beginSync(m_random.bounded(5, 120));
}

void SlowQueue::beginSync(int milliseconds)
{
    m_timer.start(milliseconds);
    m_sync.start();
}

void SlowQueue::answer()
{
    const qint64 seqNr = m_unanswered.back(); // one sync serves all that wait
    m_unanswered.clear();
    m_shown.addSync(m_sync.nsecsElapsed() / 1000);
    Q_EMIT stored(seqNr);
    if (!m_unanswered.empty() && !m_timer.isActive())
        beginSync(m_random.bounded(LongPauseOf) == 0 ? LongPause : m_random.bounded(20, 240));
}

void SlowQueue::confirm(qint64 seqNr, const QString &qualifier)
{
    m_state.confirm(seqNr, qualifier);
}

qint64 SlowQueue::maxMessages() const
{
    return 100'000;
}

qint64 SlowQueue::maxBytes() const
{
    return 64 * 1024 * 1024;
}

/*! As the journal that it stands for would show it: segments that are used in turn. */
QtDelivery::StorageSnapshot SlowQueue::storageSnapshot() const
{
    QtDelivery::StorageSnapshot shown = m_shown;
    shown.files = 2;
    shown.bytes = shown.files * SegmentBytes;
    return shown;
}

} // namespace Monitor
