// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/ringbuffer.h"
#include "nodeenvironment.h"

#include <QObject>

#include <functional>

namespace QtDelivery {

class FlowEndpoint;
class Link;

/*!
    \brief The only place from which user code runs.

    A *turn* is one posted event for all flows of a node: first the node's own notices, then the
   signals of controllers, a bounded number for a bounded time, then every link that has something
   to write writes once, then housekeeping. What is added meanwhile is served by the same turn, or,
   if a slot opens an event loop of its own, by a turn within that loop.

    Slots may destroy the queue with its node: a turn notices and ends.
*/
class TurnQueue final : public QObject
{
public:
    using Task = std::function<void()>;

    struct Limits
    {
        int maxSignals; //!< per turn
        Duration maxTime; //!< of one turn's signals
    };

    /*! \a environment tells the time; each turn notes its own in \a turnTime; \a housekeeping runs
     * at the end of a turn that it was asked for. */
    TurnQueue(const NodeEnvironment &environment, Limits limits, TimePoint *turnTime,
              Task housekeeping);

    /*! Runs \a notice, which may emit one signal of the node. */
    void addNotice(Task notice);
    /*! \a endpoint has signals to emit. */
    void addEvents(FlowEndpoint *endpoint);
    /*! \a link has something to write. */
    void addPump(Link *link);
    void addHousekeeping();

    void remove(const FlowEndpoint *endpoint);
    void remove(const Link *link);

    /*! A turn runs, perhaps in an event loop that one of its slots has opened. */
    [[nodiscard]] bool isRunning() const { return m_depth > 0; }

    /*! Something was added straight from an event loop, which may be one that a slot runs. */
    void serveNestedLoop();

protected:
    void customEvent(QEvent *event) override;

private:
    [[nodiscard]] bool hasWork() const;
    void schedule();
    void post();
    void run();

    const NodeEnvironment &m_environment;
    const Limits m_limits;
    TimePoint *const m_turnTime;
    const Task m_housekeeping;
    RingBuffer<Task> m_notices;
    RingBuffer<FlowEndpoint *> m_events; // null = was removed
    RingBuffer<Link *> m_pumps; // null = was removed
    bool m_housekeepingDue = false;
    int m_depth = 0; // above 1 while a slot runs an event loop
    bool m_posted = false;
    bool m_watchesLoop = false;
};

} // namespace QtDelivery
