// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

namespace Monitor {

class MainWindow;

/*! Writes a picture of every screen of \a window to \a directory. Why it cannot, as a whole
   sentence; empty if all are written. */
[[nodiscard]] QString takeScreenshots(MainWindow &window, const QString &directory);

} // namespace Monitor
