// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "syncedlog.h"

#include <fcntl.h>
#include <unistd.h>

namespace Bench {

namespace {

// As much as the library takes for a journal without unconfirmed messages.
constexpr std::int64_t fileSize = 16 << 20;

} // namespace

SyncedLog::SyncedLog(const std::string &directory)
    : m_file(open((directory + "/log").c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600))
{
    const std::string zeros(1 << 16, '\0');
    bool isWritten = true;
    for (std::int64_t end = 0; end < fileSize; end += std::int64_t(zeros.size()))
        isWritten = isWritten && pwrite(m_file, zeros.data(), zeros.size(), end) > 0;
    if (!isWritten || fsync(m_file) != 0)
        fail("cannot make a file in " + directory);
}

SyncedLog::~SyncedLog()
{
    close(m_file);
}

void SyncedLog::append(const char *data, std::size_t size)
{
    if (m_end + std::int64_t(size) > fileSize)
        m_end = 0;
    if (pwrite(m_file, data, size, m_end) != ssize_t(size) || fdatasync(m_file) != 0)
        fail("cannot store");
    m_end += std::int64_t(size);
}

SyncThread::SyncThread(const std::string &directory, std::function<void()> stored)
    : m_log(directory)
    , m_stored(std::move(stored))
    , m_thread([this] { run(); })
{ }

SyncThread::~SyncThread()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isStopping = true;
        m_wake.notify_one();
    }
    m_thread.join();
}

void SyncThread::store(FrameBatch &batch)
{
    m_batch.clear();
    std::swap(m_batch, batch);
    const std::lock_guard lock(m_mutex);
    m_hasWork = true;
    m_wake.notify_one();
}

void SyncThread::run()
{
    for (;;) {
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_hasWork || m_isStopping; });
            if (!m_hasWork)
                return;
            m_hasWork = false;
        }
        m_log.append(m_batch.data(), m_batch.size());
        m_stored();
    }
}

} // namespace Bench
