// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "benchrows.h"

// What large messages cost, and what they cost others.
namespace Bench {

QList<Scenario> largeScenarios(bool quick);
QList<Row> largeRows();

} // namespace Bench
