// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "benchrows.h"

// What measures are made of. Nothing comes out if something is missing that goes in.
namespace Bench {

using Figure = std::optional<double>;

Figure field(const QJsonObject &report, QStringView name);
Figure over(Figure numerator, Figure denominator);
Figure difference(Figure left, Figure right);
Figure larger(Figure left, Figure right);
Figure scaled(Figure figure, double factor);
// By how much one side of `left` holds more memory than the same side of `right`; the worse side.
Figure extraKiB(const Round &round, const QString &left, const QString &right, QStringView name);
Figure rateOver(const Round &round, const QString &left, const QString &right);
Figure cpuOver(const Round &round, const QString &left, const QString &right);
Figure percentileOver(const Round &round, const QString &left, const QString &right,
                      QStringView percentile);
Figure idleCpuPercent(const Round &round, const QString &label);
Figure slowdownPercent(const Round &round, const QString &brief, const QString &lengthy);
// Dearer in time or in CPU, whichever is worse.
Figure costOver(const Round &round, const QString &left, const QString &right);
Figure messagesPerSecond(const RunResult &result);
Figure cpuSecondsPerMillion(const RunResult &result);
Figure microseconds(const RunResult &result, QStringView percentile);

} // namespace Bench
