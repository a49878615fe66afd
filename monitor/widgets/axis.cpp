// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "axis.h"

#include <cmath>

namespace Monitor {

QList<double> roundTicks(double from, double to, int count, double least)
{
    QList<double> ticks;
    if (!(to > from) || count < 1 || !std::isfinite(to - from))
        return ticks;
    double step = std::pow(10, std::floor(std::log10((to - from) / count)));
    for (const double factor : {1.0, 2.0, 5.0, 10.0}) {
        if ((to - from) / (step * factor) <= count) {
            step *= factor;
            break;
        }
    }
    step = std::fmax(step, least);
    const double first = std::ceil(from / step);
    for (int i = 0; i <= count && (first + i) * step <= to; ++i)
        ticks.append((first + i) * step);
    return ticks;
}

} // namespace Monitor
