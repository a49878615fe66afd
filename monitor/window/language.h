// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QLocale>

namespace Monitor {

/*! Lets the monitor, the library and Qt's own dialogs speak the language of \a locale, and be laid
    out in its direction, as far as there are translations. Before the first window is made. */
void installLanguage(const QLocale &locale);

} // namespace Monitor
