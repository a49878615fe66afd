// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "types.h"

#include <algorithm>

namespace QtDelivery {

/*! \brief How long to wait before a connection is tried again: doubles with each failure, with
   jitter, up to a ceiling.

    A connection that lived for longer than the pause before it counts as a success and starts the
   series anew; one that breaks at once does not, so a peer that accepts and closes is not hammered.
 */
class ReconnectBackoff
{
public:
    ReconnectBackoff(Duration minimum, Duration maximum, double jitter)
        : m_minimum(minimum)
        , m_maximum(maximum)
        , m_jitter(jitter)
    { }

    /*! The pause before the next attempt. \a random is uniform in [0, 1); \a uptime is how long the
       last connection was up, zero if it never was. */
    [[nodiscard]] Duration next(Duration uptime, double random)
    {
        const bool wasUseful = uptime > std::max(m_pause, m_minimum);
        m_pause =
            wasUseful || m_pause == Duration::zero() ? m_minimum : std::min(2 * m_pause, m_maximum);
        const double factor = 1.0 + m_jitter * (2.0 * random - 1.0);
        return std::chrono::duration_cast<Duration>(m_pause * factor);
    }

private:
    Duration m_minimum;
    Duration m_maximum;
    double m_jitter;
    Duration m_pause{};
};

} // namespace QtDelivery
