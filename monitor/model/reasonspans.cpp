// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "reasonspans.h"

#include "flowpair.h"

#include <algorithm>

namespace Monitor {

using QtDelivery::BlockedReason;

namespace {

/*! The changes of the reason of one end. */
class Changes
{
public:
    Changes(const FlowHistory *history, qint64 begin)
        : m_history(history)
    {
        if (!history)
            return;
        const auto &samples = history->samples();
        const auto after = std::upper_bound(
            samples.begin(), samples.end(), begin,
            [](qint64 time, const FlowSample &sample) { return time < sample.time; });
        m_next = size_t(after - samples.begin());
        m_reason = m_next > 0 ? samples[m_next - 1].reason : BlockedReason::None;
    }

    [[nodiscard]] BlockedReason reason() const { return m_reason; }
    /*! When something is told next; \a end if nothing is before. */
    [[nodiscard]] qint64 nextTime(qint64 end) const
    {
        return m_history && m_next < m_history->samples().size()
            ? qMin(end, m_history->samples()[m_next].time)
            : end;
    }
    void goTo(qint64 time)
    {
        while (m_history && m_next < m_history->samples().size()
               && m_history->samples()[m_next].time <= time)
            m_reason = m_history->samples()[m_next++].reason;
    }

private:
    const FlowHistory *m_history;
    size_t m_next = 0;
    BlockedReason m_reason = BlockedReason::None;
};

void append(QList<ReasonSpan> &spans, const ReasonSpan &span, qint64 gap)
{
    if (span.reason == BlockedReason::None || span.end <= span.begin)
        return;
    if (!spans.isEmpty() && spans.last().reason == span.reason
        && span.begin - spans.last().end <= gap)
        spans.last().end = span.end;
    else
        spans.append(span);
}

} // namespace

QList<ReasonSpan> reasonSpans(const FlowHistory *producer, const FlowHistory *consumer,
                              qint64 begin, qint64 end, qint64 gap)
{
    QList<ReasonSpan> spans;
    Changes left(producer, begin);
    Changes right(consumer, begin);
    for (qint64 time = begin; time < end;) {
        const qint64 next = qMin(left.nextTime(end), right.nextTime(end));
        const bool isLeft = explanatoryWeight(left.reason()) > explanatoryWeight(right.reason());
        append(spans, {time, next, isLeft ? left.reason() : right.reason()}, gap);
        left.goTo(next);
        right.goTo(next);
        time = next;
    }
    return spans;
}

} // namespace Monitor
