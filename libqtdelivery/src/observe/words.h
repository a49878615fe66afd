// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QCoreApplication>
#include <QLocale>
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

/*! \a microseconds of a latency: fractions of a millisecond count; empty for a negative one. */
inline QString latencyText(qint64 microseconds)
{
    if (microseconds < 0)
        return {};
    if (microseconds >= 1'000'000)
        return durationText(microseconds);
    //: %1 is a number of milliseconds, such as 0.25
    return QCoreApplication::translate("QtDelivery", "%1 ms")
        .arg(QLocale().toString(double(microseconds) / 1000, 'f', microseconds < 10'000 ? 2 : 0));
}

/*! \a count in the user's manner of writing numbers. */
inline QString countText(qint64 count)
{
    return QLocale().toString(count);
}

/*! \a bytes for people: "17 kB", "2.1 MB". */
inline QString bytesText(qint64 bytes)
{
    return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
}

} // namespace QtDelivery
