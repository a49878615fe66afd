// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "benchsupport.h"

#include <QTimer>

#include <functional>

namespace Bench {

// How long the event loop keeps the application waiting: how late a timer of 1 ms is. Not a timer
// of 0 ms: a loop that never sleeps would fight with the queue's thread for a processor.
class Heartbeat
{
public:
    explicit Heartbeat(std::function<bool()> isMeasuring);
    void addTo(Report &report) const;

private:
    void beat();

    const std::function<bool()> m_isMeasuring;
    std::int64_t m_lastNs = 0;
    std::vector<std::int64_t> m_latenessNs;
    QTimer m_timer;
};

} // namespace Bench
