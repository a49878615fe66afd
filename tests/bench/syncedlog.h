// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "benchsupport.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace Bench {

// The least that stores: one write and one fdatasync per batch, into a file of zeros that begins
// again at its end, since a sync of allocated space takes half the time. Nothing could be read back
// from it after a crash without more.
class SyncedLog
{
public:
    explicit SyncedLog(const std::string &directory);
    ~SyncedLog();
    SyncedLog(const SyncedLog &) = delete;
    SyncedLog &operator=(const SyncedLog &) = delete;

    void append(const char *data, std::size_t size);

private:
    int m_file;
    std::int64_t m_end = 0;
};

// The same in a thread of its own, one batch at a time.
class SyncThread
{
public:
    // `stored` is called in the thread when a batch is.
    SyncThread(const std::string &directory, std::function<void()> stored);
    ~SyncThread();

    // Takes what is in `batch`, and leaves an empty one. Not while another one is being stored.
    void store(FrameBatch &batch);
    // What is stored; after `stored` was called, before the next store().
    FrameBatch &batch() { return m_batch; }

private:
    void run();

    SyncedLog m_log;
    const std::function<void()> m_stored;
    FrameBatch m_batch;
    std::mutex m_mutex; // for these
    std::condition_variable m_wake;
    bool m_hasWork = false;
    bool m_isStopping = false;
    std::thread m_thread;
};

} // namespace Bench
