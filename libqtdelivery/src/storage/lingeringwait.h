// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace QtDelivery {

/*! \brief How a storage thread waits for requests: awake for a moment, then asleep.

    Who sends one message at a time has the next one soon after the last is stored, and to wake a
   thread takes a fifth of what a good disk takes. So it looks for a while first, and lets every
   other thread run meanwhile. */
class LingeringWait
{
public:
    /*! There is something to do: call it when that is noted down. */
    void wake()
    {
        m_isWoken = true;
        m_condition.notify_one();
    }

    /*! Locks \a mutex when, with it locked, \a isReady. */
    template <typename Predicate>
    [[nodiscard]] std::unique_lock<std::mutex> wait(std::mutex &mutex, Predicate isReady)
    {
        linger();
        std::unique_lock lock(mutex);
        m_condition.wait(lock, isReady);
        m_isWoken = false;
        return lock;
    }

private:
    void linger() const
    {
        using Clock = std::chrono::steady_clock;
        constexpr auto longest = std::chrono::microseconds(100);
        const Clock::time_point end = Clock::now() + longest;
        while (!m_isWoken && Clock::now() < end)
            std::this_thread::yield();
    }

    std::atomic<bool> m_isWoken = false; // since the last wait()
    std::condition_variable m_condition;
};

} // namespace QtDelivery
