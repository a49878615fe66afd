// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtGlobal>

namespace Monitor {

/*! In microseconds, as all times of snapshots. */
constexpr qint64 Second = 1'000'000;

} // namespace Monitor
