// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "flowhistory.h"

#include <algorithm>

namespace Monitor {

using QtDelivery::FlowSnapshot;
using QtDelivery::SeqRange;

void FlowHistory::add(const FlowSnapshot &flow, qint64 time)
{
    if (!m_samples.empty() && time < m_samples.back().time)
        return; // the clock of the machine was put back; what is later is told again
    noteEpoch(flow, time);
    noteResends(flow, time);
    const FlowSample sample{.time = time,
                            .stored = qMax(flow.storedSeqNr, flow.nextSeqNr - 1),
                            .sent = flow.sentSeqNr,
                            .received = flow.receivedSeqNr,
                            .delivered = flow.deliveredSeqNr,
                            .confirmed = flow.confirmedSeqNr,
                            .granted = flow.grantedSeqNr,
                            .resent = flow.role == FlowSnapshot::Role::Producer ? flow.resent
                                                                                : flow.resendsAsked,
                            .reason = flow.blocked.reason};
    if (!m_samples.empty() && time == m_samples.back().time)
        m_samples.back() = sample;
    else
        m_samples.push_back(sample);
    if (qsizetype(m_samples.size()) > m_capacity)
        thin();
}

void FlowHistory::setCapacity(qsizetype samples)
{
    m_capacity = std::clamp(samples, MinSamples, MaxSamples);
    while (qsizetype(m_samples.size()) > m_capacity)
        thin();
}

void FlowHistory::noteEpoch(const FlowSnapshot &flow, qint64 time)
{
    if (m_epoch >= 0 && flow.epoch != m_epoch && flow.epoch > 0) {
        m_epochs.push_back({time, flow.confirmedSeqNr + 1, flow.epoch});
        if (qsizetype(m_epochs.size()) > MaxMarks)
            m_epochs.pop_front();
    }
    if (flow.epoch > 0 || m_epoch < 0)
        m_epoch = flow.epoch;
}

void FlowHistory::noteResends(const FlowSnapshot &flow, qint64 time)
{
    if (flow.role != FlowSnapshot::Role::Producer)
        return;
    for (const SeqRange &range : flow.ranges) {
        const auto overlaps = [&](const ResendMark &mark) {
            return mark.range.from <= range.to && range.from <= mark.range.to;
        };
        const auto known = std::find_if(m_resends.begin(), m_resends.end(), overlaps);
        if (known == m_resends.end()) {
            m_resends.push_back({time, range, 1});
        } else {
            // The same request, still being served; or another one, if it was quiet between.
            if (time - known->time > 1'000'000)
                ++known->times;
            known->range = {qMin(known->range.from, range.from), qMax(known->range.to, range.to)};
            known->time = time;
        }
    }
    while (qsizetype(m_resends.size()) > MaxMarks)
        m_resends.pop_front();
}

void FlowHistory::thin()
{
    const size_t older = m_samples.size() / 2;
    const size_t wanted = m_samples.size() - older / 2;
    std::deque<FlowSample> kept;
    for (size_t i = 0; i < older; ++i) {
        const bool changes = i > 0 && m_samples[i].reason != m_samples[i - 1].reason;
        if (i % 2 == 0 || changes)
            kept.push_back(m_samples[i]);
    }
    if (kept.size() + (m_samples.size() - older) > wanted + older / 4) { // it changes all the time
        kept.clear();
        for (size_t i = 0; i < older; i += 2)
            kept.push_back(m_samples[i]);
    }
    kept.insert(kept.end(), m_samples.begin() + std::ptrdiff_t(older), m_samples.end());
    m_samples = std::move(kept);
}

void FlowHistories::add(const EndKey &end, const FlowSnapshot &flow, qint64 time)
{
    const qsizetype known = m_histories.size();
    FlowHistory &history = m_histories[end];
    const qsizetype share = MaxSamplesOfAll / m_histories.size();
    if (m_histories.size() != known && share < FlowHistory::MaxSamples
        && (m_histories.size() % 64 == 0 || m_histories.size() < 512)) {
        for (FlowHistory &other : m_histories)
            other.setCapacity(share);
    } else if (m_histories.size() != known) {
        history.setCapacity(share);
    }
    history.add(flow, time);
}

void FlowHistories::removeSource(const QString &source)
{
    m_histories.removeIf([&](const std::pair<const EndKey &, FlowHistory &> &entry) {
        return entry.first.source == source;
    });
}

const FlowHistory *FlowHistories::find(const EndKey &end) const
{
    const auto found = m_histories.constFind(end);
    return found == m_histories.constEnd() ? nullptr : &*found;
}

} // namespace Monitor
