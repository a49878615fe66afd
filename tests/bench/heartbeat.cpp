// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "heartbeat.h"

namespace Bench {

namespace {

constexpr std::chrono::milliseconds interval(1);

} // namespace

Heartbeat::Heartbeat(std::function<bool()> isMeasuring)
    : m_isMeasuring(std::move(isMeasuring))
{
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.callOnTimeout([this] { beat(); });
    m_timer.start(interval);
}

void Heartbeat::beat()
{
    const std::int64_t now = nanosecondsNow();
    const std::int64_t lateness = now - m_lastNs - std::chrono::nanoseconds(interval).count();
    // A tick that makes up for a late one comes early.
    if (m_isMeasuring() && m_lastNs != 0)
        m_latenessNs.push_back(std::max<std::int64_t>(lateness, 0));
    m_lastNs = now;
}

void Heartbeat::addTo(Report &report) const
{
    std::vector<std::int64_t> lateness = m_latenessNs;
    report.add("beats", std::int64_t(lateness.size()));
    report.add("latenessP50us", percentileUs(lateness, 0.5));
    report.add("latenessP999us", percentileUs(lateness, 0.999));
    report.add("latenessMaxUs", percentileUs(lateness, 1));
}

} // namespace Bench
