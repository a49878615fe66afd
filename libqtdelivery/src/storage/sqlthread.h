// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "sqlsession.h"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

namespace QtDelivery {

/*!
    \brief The thread in which a database is opened, used and closed.

    Theory of operation
    -------------------
    The owner keeps what is to be done and guards it by its own mutex; `serve` takes all of it at
   once, which makes groups. wake() has it served as soon as the thread is free; wakeLater() within
   LaterDelay, or together with the next wake(). The destructor has it served once more, without a
   delay, and waits for that.
*/
class SqlThread
{
public:
    using Serve = std::function<void(SqlSession &session)>;

    static constexpr std::chrono::milliseconds LaterDelay{100};

    SqlThread(SqlConnection connection, Serve serve);
    ~SqlThread();
    Q_DISABLE_COPY_MOVE(SqlThread)

    void wake() { serveAt(Clock::now()); }
    void wakeLater() { serveAt(Clock::now() + LaterDelay); }

private:
    using Clock = std::chrono::steady_clock;

    void run();
    void serveAt(Clock::time_point time);
    /*! Waits until there is something to do; false at the end. */
    bool waitForWork();

    const SqlConnection m_connection;
    const Serve m_serve;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::optional<Clock::time_point> m_serveAt; // guarded by m_mutex, as all below
    bool m_ending = false;
    std::thread m_thread; // not a QThread, for the end of which the thread sanitizer is blind
};

} // namespace QtDelivery
