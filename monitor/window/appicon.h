// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QIcon>

namespace Monitor {

/*! That of the desktop's theme; where it is not installed, the same painted. */
[[nodiscard]] QIcon applicationIcon();

} // namespace Monitor
