// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "synccount.h"

#include "benchsupport.h"

#include <algorithm>
#include <mutex>

#include <sys/syscall.h>
#include <unistd.h>

namespace Bench {

namespace {

// Two locks are nothing beside a sync.
std::mutex mutex;
SyncCount total;
std::int64_t inFlight = 0;

int counted(long call, int descriptor)
{
    {
        const std::lock_guard lock(mutex);
        total.mostInFlight = std::max(total.mostInFlight, ++inFlight);
    }
    const std::int64_t begin = nanosecondsNow();
    const long result = syscall(call, descriptor);
    const std::int64_t end = nanosecondsNow();
    const std::lock_guard lock(mutex);
    --inFlight;
    total.durationsNs.push_back(end - begin);
    return int(result);
}

} // namespace

void resetSyncCount()
{
    const std::lock_guard lock(mutex);
    total.durationsNs.clear();
    total.mostInFlight = inFlight;
}

SyncCount syncCount()
{
    const std::lock_guard lock(mutex);
    return total;
}

} // namespace Bench

// Visible, else shared libraries would go on with the C library's.
extern "C" __attribute__((visibility("default"))) int fdatasync(int descriptor)
{
    return Bench::counted(SYS_fdatasync, descriptor);
}

extern "C" __attribute__((visibility("default"))) int fsync(int descriptor)
{
    return Bench::counted(SYS_fsync, descriptor);
}
