// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "benchrows.h"

namespace Bench {

// Makes one run: starts its processes in `programs`, lets them keep their files in a directory of
// its own below `directory`, and waits until both have reported. Nothing, and `why`, if one of them
// failed.
std::optional<RunResult> execute(const Run &run, const QString &programs, const QString &directory,
                                 QString *why);

} // namespace Bench
