// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "flowlines.h"

#include <algorithm>
#include <limits>

namespace Monitor {

namespace {

/*! The last sample up to \a time; null if there is none. */
const FlowSample *sampleAt(const FlowHistory &history, qint64 time)
{
    const auto &samples = history.samples();
    const auto after = std::upper_bound(
        samples.begin(), samples.end(), time,
        [](qint64 wanted, const FlowSample &sample) { return wanted < sample.time; });
    return after == samples.begin() ? nullptr : &*std::prev(after);
}

} // namespace

qint64 valueOf(const FlowSample &sample, BoundaryLine line)
{
    switch (line) {
    case BoundaryLine::Stored:
        return sample.stored;
    case BoundaryLine::Granted:
        return sample.granted;
    case BoundaryLine::Sent:
        return sample.sent;
    case BoundaryLine::Received:
        return sample.received;
    case BoundaryLine::Delivered:
        return sample.delivered;
    case BoundaryLine::Confirmed:
        return sample.confirmed;
    }
    return 0;
}

void FlowLines::set(const FlowHistory *producer, const FlowHistory *consumer)
{
    m_producer = producer ? *producer : FlowHistory();
    m_consumer = consumer ? *consumer : FlowHistory();
}

const FlowHistory *FlowLines::historyOf(BoundaryLine line) const
{
    const bool isConsumers = line == BoundaryLine::Received || line == BoundaryLine::Delivered;
    const FlowHistory &wanted = isConsumers ? m_consumer : m_producer;
    const FlowHistory &other = isConsumers ? m_producer : m_consumer;
    if (!wanted.samples().empty())
        return &wanted;
    // A producer knows nothing of deliveries, a consumer nothing of what is stored over there.
    const bool isUnknown = line == BoundaryLine::Delivered || line == BoundaryLine::Stored;
    return isUnknown || other.samples().empty() ? nullptr : &other;
}

qint64 FlowLines::firstTime(qint64 otherwise) const
{
    qint64 first = otherwise;
    for (const FlowHistory *history : {&m_producer, &m_consumer}) {
        if (!history->samples().empty())
            first = qMin(first, history->samples().front().time);
    }
    return first;
}

std::optional<qint64> FlowLines::valueAt(BoundaryLine line, qint64 time) const
{
    const FlowHistory *const history = historyOf(line);
    const FlowSample *const sample = history ? sampleAt(*history, time) : nullptr;
    return sample ? std::optional(valueOf(*sample, line)) : std::nullopt;
}

std::optional<FlowLines::Change> FlowLines::changeOf(BoundaryLine line, qint64 begin,
                                                     qint64 end) const
{
    const FlowHistory *const history = historyOf(line);
    const FlowSample *const last = history ? sampleAt(*history, end) : nullptr;
    if (!last)
        return std::nullopt;
    const FlowSample *const known = sampleAt(*history, begin);
    const FlowSample &first = known ? *known : history->samples().front();
    Change change{.from = valueOf(first, line), .to = valueOf(*last, line)};
    if (const qint64 time = last->time - qMax(first.time, begin); time > 0)
        change.perSecond = double(change.to - change.from) * 1e6 / double(time);
    return change;
}

std::optional<FlowLines::Range> FlowLines::range(qint64 begin, qint64 end) const
{
    Range range{.low = std::numeric_limits<qint64>::max(), .high = 0};
    const auto take = [&](qint64 value) {
        if (value <= 0)
            return;
        range.low = qMin(range.low, value);
        range.high = qMax(range.high, value);
    };
    for (int i = 0; i < BoundaryLineCount; ++i) {
        const auto line = BoundaryLine(i);
        const FlowHistory *const history = historyOf(line);
        if (!history)
            continue;
        // Lines do not fall within an epoch, but they do between two.
        for (const FlowSample &sample : history->samples()) {
            if (sample.time >= begin && sample.time <= end)
                take(valueOf(sample, line));
        }
        take(valueAt(line, begin).value_or(0));
    }
    return range.low > range.high ? std::nullopt : std::optional(range);
}

} // namespace Monitor
