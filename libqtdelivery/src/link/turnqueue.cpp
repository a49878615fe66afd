// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "turnqueue.h"

#include "link.h"

#include <QAbstractEventDispatcher>
#include <QCoreApplication>
#include <QPointer>
#include <QThread>

namespace QtDelivery {

namespace {

const QEvent::Type TurnEvent = QEvent::Type(QEvent::registerEventType());

// One flow's share before others have theirs; and so many are emitted before the clock is looked at
// again.
constexpr int SignalsPerSlice = 32;

template <typename T> void takeOff(RingBuffer<T *> &queue, const T *item)
{
    for (qsizetype i = 0; i < queue.size(); ++i) {
        if (queue[i] == item)
            queue[i] = nullptr;
    }
}

} // namespace

TurnQueue::TurnQueue(const NodeEnvironment &environment, Limits limits, TimePoint *turnTime,
                     Task housekeeping)
    : m_environment(environment)
    , m_limits(limits)
    , m_turnTime(turnTime)
    , m_housekeeping(std::move(housekeeping))
{
    // Both are needed: one comes before a loop sleeps, the other when it must not.
    if (QAbstractEventDispatcher *dispatcher = QAbstractEventDispatcher::instance(thread())) {
        connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, this,
                &TurnQueue::serveNestedLoop);
        connect(dispatcher, &QAbstractEventDispatcher::awake, this, &TurnQueue::serveNestedLoop);
        m_watchesLoop = true;
    }
}

void TurnQueue::addNotice(Task notice)
{
    m_notices.pushBack(std::move(notice));
    schedule();
}

void TurnQueue::addEvents(FlowEndpoint *endpoint)
{
    if (std::exchange(endpoint->route.queuedForEvents, true))
        return;
    m_events.pushBack(endpoint);
    schedule();
}

void TurnQueue::addPump(Link *link)
{
    if (std::exchange(link->pumpScheduled, true))
        return;
    m_pumps.pushBack(link);
    schedule();
}

void TurnQueue::addHousekeeping()
{
    m_housekeepingDue = true;
    schedule();
}

void TurnQueue::remove(const FlowEndpoint *endpoint)
{
    if (endpoint->route.queuedForEvents)
        takeOff(m_events, endpoint);
}

void TurnQueue::remove(const Link *link)
{
    takeOff(m_pumps, link);
}

bool TurnQueue::hasWork() const
{
    return !m_notices.isEmpty() || !m_events.isEmpty() || !m_pumps.isEmpty() || m_housekeepingDue;
}

void TurnQueue::schedule()
{
    // A running turn gets to it by itself, at the price of no event at all.
    if (m_depth == 0 || !m_watchesLoop)
        post();
}

void TurnQueue::serveNestedLoop()
{
    // A slot of the running turn has opened an event loop, and may wait for just this work.
    if (m_depth > 0 && hasWork())
        post();
}

void TurnQueue::post()
{
    if (std::exchange(m_posted, true))
        return;
    QCoreApplication::postEvent(this, new QEvent(TurnEvent));
}

void TurnQueue::customEvent(QEvent *event)
{
    if (event->type() == TurnEvent)
        run();
}

void TurnQueue::run()
{
    m_posted = false;
    ++m_depth;
    const QPointer<TurnQueue> alive(this);
    while (!m_notices.isEmpty()) {
        m_notices.takeFront()();
        if (!alive)
            return;
    }
    int budget = m_limits.maxSignals;
    int budgetAtLook = budget;
    *m_turnTime = m_environment.now();
    const TimePoint end = *m_turnTime + m_limits.maxTime;
    while (budget > 0 && !m_events.isEmpty()) {
        if (budgetAtLook - budget >= SignalsPerSlice) {
            if (m_environment.now() >= end)
                break;
            budgetAtLook = budget;
        }
        FlowEndpoint *const endpoint = m_events.takeFront();
        if (!endpoint)
            continue;
        endpoint->route.queuedForEvents = false;
        budget -= endpoint->emitEvents(std::min(budget, SignalsPerSlice));
        if (!alive)
            return;
    }
    while (!m_pumps.isEmpty()) {
        if (Link *const link = m_pumps.takeFront())
            link->pump();
    }
    if (std::exchange(m_housekeepingDue, false))
        m_housekeeping();
    --m_depth;
    if (hasWork())
        post();
}

} // namespace QtDelivery
