// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "flowhistory.h"

#include <QList>

namespace Monitor {

/*! A time in which a flow was held up for one reason. Microseconds since 1970. */
struct ReasonSpan
{
    qint64 begin = 0;
    qint64 end = 0;
    QtDelivery::BlockedReason reason = QtDelivery::BlockedReason::None;

    friend bool operator==(const ReasonSpan &, const ReasonSpan &) = default;
};

/*! Why the flow was held up from \a begin to \a end, by what both ends told; each may be null.
   Where they told different things, what explains the other counts. Spans of one reason with less
   than \a gap between them are one. */
[[nodiscard]] QList<ReasonSpan> reasonSpans(const FlowHistory *producer,
                                            const FlowHistory *consumer, qint64 begin, qint64 end,
                                            qint64 gap);

} // namespace Monitor
