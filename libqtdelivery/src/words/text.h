// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QCoreApplication>

namespace QtDelivery {

/*! \brief The library's words: Text::tr("...") is translated in the context "QtDelivery".

    A class, because that is what lupdate takes a context from. */
class Text
{
    Q_DECLARE_TR_FUNCTIONS(QtDelivery)
};

} // namespace QtDelivery
