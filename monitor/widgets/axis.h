// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QList>

namespace Monitor {

/*! Round values from \a from to \a to, at most \a count: 1, 2 or 5 times a power of ten apart, and
    at least \a least. */
[[nodiscard]] QList<double> roundTicks(double from, double to, int count, double least = 0);

} // namespace Monitor
