// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QCoreApplication>

namespace Monitor {

/*! The monitor's words where no class with Q_OBJECT speaks: Words::tr("...") is translated in the
    context "Monitor".

    A class, because that is what lupdate takes a context from. */
class Words
{
    Q_DECLARE_TR_FUNCTIONS(Monitor)
};

} // namespace Monitor
