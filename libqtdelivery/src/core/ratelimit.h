// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "types.h"

#include <algorithm>

namespace QtDelivery {

/*! \brief So many at once, and so many per second: a bucket that fills with time. */
class RateLimit
{
public:
    /*! \a perSecond and \a burst are at least 1. */
    RateLimit(int perSecond, int burst)
        : m_perSecond(perSecond)
        , m_burst(burst)
        , m_left(burst)
    { }

    /*! One more; false if that is too much. */
    [[nodiscard]] bool take(TimePoint now)
    {
        const std::chrono::duration<double> passed = now - m_at;
        m_left = std::min<double>(m_burst, m_left + std::max(passed.count(), 0.0) * m_perSecond);
        m_at = now;
        if (m_left < 1)
            return false;
        m_left -= 1;
        return true;
    }

private:
    const int m_perSecond;
    const int m_burst;
    double m_left;
    TimePoint m_at{};
};

} // namespace QtDelivery
