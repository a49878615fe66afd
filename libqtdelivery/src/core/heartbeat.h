// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "types.h"

#include <algorithm>

namespace QtDelivery {

/*! \brief Is the peer alive? Every received byte says yes; after an interval of silence ask, after
   the timeout give up.

    A process that was suspended, or whose event loop was blocked, finds its own timer late. The
   silence is then its own fault: it asks once more and waits for another interval before it judges.
 */
class Heartbeat
{
public:
    enum class Verdict {
        Fine, //!< nothing to do before deadline()
        Ask, //!< send a Ping
        Dead, //!< the peer has been silent for the timeout
    };

    Heartbeat(Duration interval, Duration timeout)
        : m_interval(interval)
        , m_timeout(timeout)
    { }

    void start(TimePoint now)
    {
        m_heard = now;
        m_deadline = now + m_interval;
    }

    /*! Bytes arrived. Cheap: the deadline moves only when it is reached. */
    void heard(TimePoint now) { m_heard = now; }

    /*! When the last bytes arrived. */
    [[nodiscard]] TimePoint heardAt() const { return m_heard; }

    [[nodiscard]] TimePoint deadline() const { return m_deadline; }

    [[nodiscard]] Verdict expire(TimePoint now)
    {
        if (now < m_deadline)
            return Verdict::Fine;
        if (now - m_deadline > m_interval)
            m_heard =
                std::max(m_heard, now - (m_timeout - m_interval)); // we were away, not the peer
        const Duration silence = now - m_heard;
        if (silence >= m_timeout)
            return Verdict::Dead;
        m_deadline = std::min(silence < m_interval ? m_heard + m_interval : now + m_interval,
                              m_heard + m_timeout);
        return silence < m_interval ? Verdict::Fine : Verdict::Ask;
    }

private:
    Duration m_interval;
    Duration m_timeout;
    TimePoint m_heard{};
    TimePoint m_deadline{};
};

} // namespace QtDelivery
