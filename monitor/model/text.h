// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/blocked.h>

#include <QString>

namespace Monitor {

/*! Microseconds for people, in whole units: "340 ms", "12 s", "3 min", "5 h"; "–" if negative. */
[[nodiscard]] QString durationText(qint64 microseconds);
/*! Microseconds of a latency: fractions of a millisecond count; "–" if negative. */
[[nodiscard]] QString latencyText(qint64 microseconds);
/*! "2.1 MB", in the user's manner. */
[[nodiscard]] QString bytesText(qint64 bytes);
/*! A number in the user's manner. */
[[nodiscard]] QString countText(qint64 count);
/*! "1,200/s" */
[[nodiscard]] QString rateText(double perSecond);
/*! "1.5 MB/s" */
[[nodiscard]] QString byteRateText(double bytesPerSecond);
/*! "7", or "7–12" */
[[nodiscard]] QString rangeText(qint64 from, qint64 to);
/*! Two or three words for a reason, where a sentence has no room. */
[[nodiscard]] QString reasonTitle(QtDelivery::BlockedReason reason);

} // namespace Monitor
