// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/types.h"

#include <QtDelivery/error.h>
#include <QtDelivery/storagesnapshot.h>

#include <mutex>

namespace QtDelivery {

/*! \brief What a storage's thread notes of itself, and any thread may look at.

    A lock is nothing beside a sync, and makes what is looked at one instant's. */
class StorageGauge
{
public:
    StorageGauge() = default;
    Q_DISABLE_COPY_MOVE(StorageGauge)

    void noteSize(qint64 bytes, qint64 files)
    {
        const std::lock_guard lock(m_mutex);
        m_noted.bytes = bytes;
        m_noted.files = files;
    }

    /*! Carries out \a sync and counts it, whether it succeeds or not: it has taken its time. */
    template <typename Sync> [[nodiscard]] Error timed(Sync sync)
    {
        const TimePoint begin = std::chrono::steady_clock::now();
        Error error = sync();
        const auto took =
            std::chrono::ceil<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin);
        const std::lock_guard lock(m_mutex);
        m_noted.addSync(took.count());
        return error;
    }

    [[nodiscard]] StorageSnapshot snapshot() const
    {
        const std::lock_guard lock(m_mutex);
        return m_noted;
    }

private:
    mutable std::mutex m_mutex;
    StorageSnapshot m_noted;
};

} // namespace QtDelivery
