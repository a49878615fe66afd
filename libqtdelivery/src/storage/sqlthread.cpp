// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "sqlthread.h"

namespace QtDelivery {

SqlThread::SqlThread(SqlConnection connection, Serve serve)
    : m_connection(std::move(connection))
    , m_serve(std::move(serve))
    , m_thread([this] { run(); })
{ }

SqlThread::~SqlThread()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_changed.notify_one();
    m_thread.join();
}

void SqlThread::run()
{
    SqlSession session(m_connection);
    while (waitForWork())
        m_serve(session);
    if (session.isOpen())
        m_serve(session);
}

void SqlThread::serveAt(Clock::time_point time)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_serveAt && *m_serveAt <= time)
            return;
        m_serveAt = time;
    }
    m_changed.notify_one();
}

bool SqlThread::waitForWork()
{
    std::unique_lock lock(m_mutex);
    while (!m_ending) {
        if (!m_serveAt) {
            m_changed.wait(lock);
        } else if (Clock::now() < *m_serveAt) {
            m_changed.wait_until(lock, *m_serveAt);
        } else {
            m_serveAt.reset();
            return true;
        }
    }
    return false;
}

} // namespace QtDelivery
