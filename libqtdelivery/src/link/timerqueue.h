// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "flowendpoint.h"

#include <set>

namespace QtDelivery {

/*! \brief All deadlines of a node behind one alarm.

    Deadlines mostly move later (a message was confirmed, the next is under way). Only an earlier
   one is entered at once; a later one is noticed when the old one comes, so traffic never touches
   the queue. */
class TimerQueue
{
public:
    /*! \a item has a deadline that may be earlier than the one it is queued for. */
    void update(Timed *item)
    {
        const auto wanted = item->nextTimeout();
        if (wanted && (!item->queuedFor || *wanted < *item->queuedFor)) {
            remove(item);
            item->queuedFor = wanted;
            m_queue.insert({*wanted, item});
        }
    }

    void remove(Timed *item)
    {
        if (item->queuedFor)
            m_queue.erase({*item->queuedFor, item});
        item->queuedFor.reset();
    }

    [[nodiscard]] std::optional<TimePoint> next() const
    {
        return m_queue.empty() ? std::nullopt : std::optional(m_queue.begin()->first);
    }

    /*! The next item whose time has come, taken out of the queue; null = none. */
    [[nodiscard]] Timed *takeDue(TimePoint now)
    {
        while (!m_queue.empty() && m_queue.begin()->first <= now) {
            Timed *item = m_queue.begin()->second;
            remove(item);
            const auto wanted = item->nextTimeout();
            if (wanted && *wanted <= now)
                return item;
            update(item);
        }
        return nullptr;
    }

private:
    std::set<std::pair<TimePoint, Timed *>> m_queue;
};

} // namespace QtDelivery
