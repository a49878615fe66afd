// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "../model/flowhistory.h"
#include "../model/reasonspans.h"
#include "../palette/statecolours.h"

#include <optional>

namespace Monitor {

/*! What \a sample says of \a line. */
[[nodiscard]] qint64 valueOf(const FlowSample &sample, BoundaryLine line);

/*! \brief The boundary lines of a flow over time, each from the end that knows it, as numbers: what
   a picture of them draws and tells. Times are microseconds since 1970, UTC. */
class FlowLines
{
public:
    /*! Takes copies; either may be null. */
    void set(const FlowHistory *producer, const FlowHistory *consumer);

    [[nodiscard]] bool isEmpty() const
    {
        return m_producer.samples().empty() && m_consumer.samples().empty();
    }
    [[nodiscard]] const FlowHistory &producer() const { return m_producer; }
    /*! Whose history knows \a line; null if nobody's. */
    [[nodiscard]] const FlowHistory *historyOf(BoundaryLine line) const;
    /*! The first that is known; \a otherwise if nothing is. */
    [[nodiscard]] qint64 firstTime(qint64 otherwise) const;
    /*! What \a line was at \a time; nothing if that is not known. */
    [[nodiscard]] std::optional<qint64> valueAt(BoundaryLine line, qint64 time) const;

    struct Change
    {
        qint64 from = 0;
        qint64 to = 0;
        double perSecond = 0;
    };
    /*! What became of \a line from \a begin, or when it was known first, to \a end. */
    [[nodiscard]] std::optional<Change> changeOf(BoundaryLine line, qint64 begin, qint64 end) const;
    struct Range
    {
        qint64 low = 0;
        qint64 high = 0;
    };
    /*! The least and the greatest number above 0 from \a begin to \a end, of all lines. */
    [[nodiscard]] std::optional<Range> range(qint64 begin, qint64 end) const;
    /*! When the flow was held up, and why; see reasonSpans(). */
    [[nodiscard]] QList<ReasonSpan> reasons(qint64 begin, qint64 end, qint64 bridged = 0) const
    {
        return reasonSpans(&m_producer, &m_consumer, begin, end, bridged);
    }

private:
    FlowHistory m_producer;
    FlowHistory m_consumer;
};

} // namespace Monitor
