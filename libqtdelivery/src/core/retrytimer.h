// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "types.h"

#include <algorithm>
#include <optional>

namespace QtDelivery {

/*! The deadline that comes first; none is later than any. */
inline std::optional<TimePoint> earliest(std::optional<TimePoint> a, std::optional<TimePoint> b)
{
    return a && b ? std::min(a, b) : (a ? a : b);
}

/*! \brief One deadline whose interval grows by half at each expiry, up to a ceiling.

    The growth factor is the reference's (1.5). The timer knows no clock: expire() is told the time,
   and is a no-op when early, because event loops wake up early and late. */
class RetryTimer
{
public:
    RetryTimer(Duration minimum, Duration maximum)
        : m_minimum(minimum)
        , m_maximum(maximum)
    { }

    /*! Runs from now with the shortest interval. */
    void start(TimePoint now)
    {
        m_interval = m_minimum;
        m_deadline = now + m_interval;
        m_attempts = 0;
    }

    void startIfStopped(TimePoint now)
    {
        if (!m_deadline)
            start(now);
    }

    void stop() { m_deadline.reset(); }

    /*! How often it has expired since it was started; 0 while it is stopped. */
    [[nodiscard]] int attempts() const { return m_deadline ? m_attempts : 0; }

    [[nodiscard]] std::optional<TimePoint> deadline() const { return m_deadline; }

    /*! True if the deadline has passed; the next one is then a grown interval away, counted from \a
       now, so that a suspended machine finds one expiry when it wakes up and not a burst. */
    [[nodiscard]] bool expire(TimePoint now)
    {
        if (!m_deadline || now < *m_deadline)
            return false;
        m_interval = std::min(m_interval + m_interval / 2, m_maximum);
        m_deadline = now + m_interval;
        ++m_attempts;
        return true;
    }

private:
    Duration m_minimum;
    Duration m_maximum;
    Duration m_interval{};
    std::optional<TimePoint> m_deadline;
    int m_attempts = 0;
};

} // namespace QtDelivery
