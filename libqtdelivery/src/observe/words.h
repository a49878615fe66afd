// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QCoreApplication>
#include <QString>

namespace QtDelivery {

/*! \a microseconds for people, in whole units: "340 ms", "12 s", "3 min", "5 h". */
inline QString durationText(qint64 microseconds)
{
    const qint64 milliseconds = qMax<qint64>(0, microseconds) / 1000;
    if (milliseconds < 1000)
        //: %1 is a number of milliseconds
        return QCoreApplication::translate("QtDelivery", "%1 ms").arg(milliseconds);
    if (milliseconds < 120'000)
        //: %1 is a number of seconds
        return QCoreApplication::translate("QtDelivery", "%1 s").arg(milliseconds / 1000);
    if (milliseconds < 2 * 3'600'000)
        //: %1 is a number of minutes
        return QCoreApplication::translate("QtDelivery", "%1 min").arg(milliseconds / 60'000);
    //: %1 is a number of hours
    return QCoreApplication::translate("QtDelivery", "%1 h").arg(milliseconds / 3'600'000);
}

} // namespace QtDelivery
