// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <core/types.h>

#include <algorithm>
#include <functional>
#include <vector>

namespace QtDelivery::Simulation {

/*! \brief Virtual time: what is due runs in order of time, then of the order it was planned in. */
class Timeline
{
public:
    [[nodiscard]] TimePoint now() const { return m_now; }

    void at(TimePoint when, std::function<void()> what)
    {
        m_heap.push_back({std::max(when, m_now), m_planned++, std::move(what)});
        std::push_heap(m_heap.begin(), m_heap.end(), later);
    }
    void after(Duration delay, std::function<void()> what) { at(m_now + delay, std::move(what)); }

    /*! Runs the next thing that is due up to \a limit; if there is none it is \a limit now. */
    bool runNext(TimePoint limit)
    {
        if (m_heap.empty() || m_heap.front().when > limit) {
            m_now = std::max(m_now, limit);
            return false;
        }
        std::pop_heap(m_heap.begin(), m_heap.end(), later);
        const Entry entry = std::move(m_heap.back());
        m_heap.pop_back();
        m_now = entry.when;
        entry.what();
        return true;
    }

private:
    struct Entry
    {
        TimePoint when;
        quint64 order = 0;
        std::function<void()> what;
    };

    static bool later(const Entry &a, const Entry &b)
    {
        return a.when != b.when ? a.when > b.when : a.order > b.order;
    }

    std::vector<Entry> m_heap;
    quint64 m_planned = 0;
    TimePoint m_now{std::chrono::hours(1)};
};

} // namespace QtDelivery::Simulation
