// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "benchfigures.h"

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace Bench {

Figure field(const QJsonObject &report, QStringView name)
{
    const QJsonValue value = report.value(name);
    return value.isDouble() ? Figure(value.toDouble()) : std::nullopt;
}

Figure over(Figure numerator, Figure denominator)
{
    if (!numerator || !denominator || *denominator == 0)
        return std::nullopt;
    return *numerator / *denominator;
}

Figure difference(Figure left, Figure right)
{
    return left && right ? Figure(*left - *right) : std::nullopt;
}

Figure larger(Figure left, Figure right)
{
    return left && right ? Figure(std::max(*left, *right)) : std::nullopt;
}

Figure scaled(Figure figure, double factor)
{
    return figure ? Figure(*figure * factor) : std::nullopt;
}

// By how much one side of `left` holds more memory than the same side of `right`; the worse side.
Figure extraKiB(const Round &round, const QString &left, const QString &right, QStringView name)
{
    const RunResult more = round.value(left);
    const RunResult less = round.value(right);
    return larger(difference(field(more.producer, name), field(less.producer, name)),
                  difference(field(more.consumer, name), field(less.consumer, name)));
}

Figure rateOver(const Round &round, const QString &left, const QString &right)
{
    return over(messagesPerSecond(round.value(left)), messagesPerSecond(round.value(right)));
}

Figure cpuOver(const Round &round, const QString &left, const QString &right)
{
    return over(cpuSecondsPerMillion(round.value(left)), cpuSecondsPerMillion(round.value(right)));
}

Figure percentileOver(const Round &round, const QString &left, const QString &right,
                      QStringView percentile)
{
    return over(microseconds(round.value(left), percentile),
                microseconds(round.value(right), percentile));
}

Figure idleCpuPercent(const Round &round, const QString &label)
{
    const RunResult result = round.value(label);
    const auto percent = [](const QJsonObject &report) {
        return scaled(over(field(report, u"cpuSeconds"), field(report, u"seconds")), 100);
    };
    return larger(percent(result.producer), percent(result.consumer));
}

Figure slowdownPercent(const Round &round, const QString &brief, const QString &lengthy)
{
    return difference(scaled(rateOver(round, brief, lengthy), 100), 100.0);
}

// Dearer in time or in CPU, whichever is worse.
Figure costOver(const Round &round, const QString &left, const QString &right)
{
    return larger(rateOver(round, right, left), cpuOver(round, left, right));
}

Figure messagesPerSecond(const RunResult &result)
{
    return over(field(result.producer, u"messages"), field(result.producer, u"seconds"));
}

Figure cpuSecondsPerMillion(const RunResult &result)
{
    const Figure producer = field(result.producer, u"cpuSeconds");
    const Figure consumer = field(result.consumer, u"cpuSeconds");
    if (!producer || !consumer)
        return std::nullopt;
    return scaled(over(*producer + *consumer, field(result.producer, u"messages")), 1e6);
}

Figure microseconds(const RunResult &result, QStringView percentile)
{
    // Round trips are timed by the producer, latencies by the consumer.
    const Figure producer = field(result.producer, percentile);
    return producer ? producer : field(result.consumer, percentile);
}

} // namespace Bench
