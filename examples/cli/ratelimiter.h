// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtGlobal>

#include <algorithm>
#include <chrono>

namespace Cli {

/*! A token bucket, written as a schedule: each message is paid for before it leaves, so the last
    one's time counts too, and from the first message on the average never exceeds the rate. */
class RateLimiter
{
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    explicit RateLimiter(qint64 bytesPerSecond)
        : m_bytesPerSecond(bytesPerSecond)
    { }

    /*! When a message of \a bytes may leave. */
    [[nodiscard]] TimePoint schedule(qint64 bytes, TimePoint now)
    {
        // Late timers are made up for; a pause in which nothing could be sent is not.
        constexpr std::chrono::milliseconds burst(100);
        m_paidUntil = m_started ? std::max(m_paidUntil, now - burst) : now;
        m_started = true;
        m_paidUntil += std::chrono::nanoseconds(
            qint64(double(bytes) / double(m_bytesPerSecond) * 1'000'000'000));
        return m_paidUntil;
    }

private:
    const qint64 m_bytesPerSecond;
    bool m_started = false;
    TimePoint m_paidUntil;
};

} // namespace Cli
