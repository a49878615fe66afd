// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/error.h>

#include <QDebug>

namespace Monitor {

/*! Says that \a error has come to the demonstration, if it is one: nobody else would. */
inline void complain(const QtDelivery::Error &error)
{
    if (error)
        qWarning() << "demo:" << error;
}

} // namespace Monitor
