// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <cstdint>
#include <vector>

namespace Bench {

// What a process has synced: every fsync() and fdatasync(), whoever called it. The program's own
// functions of these names take the place of the C library's, for shared libraries too; they count
// and go to the kernel.
struct SyncCount
{
    std::vector<std::int64_t> durationsNs;
    std::int64_t mostInFlight = 0;
};

// Any thread.
void resetSyncCount();
SyncCount syncCount();

} // namespace Bench
