// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "benchrows.h"

// What durable delivery costs.
namespace Bench {

QList<Scenario> durableScenarios(bool quick);
QList<Row> durableRows();

} // namespace Bench
