// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <QtDelivery/storagesnapshot.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

namespace QtDelivery {

void StorageSnapshot::addSync(qint64 microseconds)
{
    const auto beyond = quint64(std::max<qint64>(microseconds, 1) - 1);
    const int index = std::min(int(std::bit_width(beyond)), MaxSteps - 1);
    if (syncs.size() <= index)
        syncs.resize(index + 1);
    ++syncs[index];
    syncTime += std::max<qint64>(microseconds, 0);
}

qint64 StorageSnapshot::syncCount() const
{
    return std::accumulate(syncs.begin(), syncs.end(), qint64(0));
}

qint64 StorageSnapshot::syncTimeOf(double share) const
{
    const qint64 count = syncCount();
    const auto wanted = qint64(std::ceil(double(count) * std::clamp(share, 0.0, 1.0)));
    qint64 done = 0;
    for (int i = 0; i < int(syncs.size()); ++i) {
        done += syncs[i];
        if (syncs[i] > 0 && done >= wanted)
            return stepEnd(i);
    }
    return -1;
}

} // namespace QtDelivery
