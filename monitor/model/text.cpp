// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "text.h"

#include "words.h"

#include <QLocale>

namespace Monitor {

using QtDelivery::BlockedReason;

namespace {

QString unknown()
{
    return QStringLiteral("–");
}

} // namespace

QString durationText(qint64 microseconds)
{
    if (microseconds < 0)
        return unknown();
    const qint64 milliseconds = microseconds / 1000;
    const QLocale locale;
    if (milliseconds < 1000)
        //: %1 is a number of milliseconds
        return Words::tr("%1 ms").arg(locale.toString(milliseconds));
    if (milliseconds < 120'000)
        //: %1 is a number of seconds
        return Words::tr("%1 s").arg(locale.toString(milliseconds / 1000));
    if (milliseconds < 2 * 3'600'000)
        //: %1 is a number of minutes
        return Words::tr("%1 min").arg(locale.toString(milliseconds / 60'000));
    //: %1 is a number of hours
    return Words::tr("%1 h").arg(locale.toString(milliseconds / 3'600'000));
}

QString latencyText(qint64 microseconds)
{
    if (microseconds < 0 || microseconds >= 1'000'000)
        return durationText(microseconds);
    //: %1 is a number of milliseconds, such as 0.25
    return Words::tr("%1 ms").arg(
        QLocale().toString(double(microseconds) / 1000, 'f', microseconds < 10'000 ? 2 : 0));
}

QString bytesText(qint64 bytes)
{
    return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
}

QString countText(qint64 count)
{
    return QLocale().toString(count);
}

QString rateText(double perSecond)
{
    //: %1 is a number of messages
    return Words::tr("%1/s").arg(
        QLocale().toString(perSecond, 'f', perSecond >= 0.05 && perSecond < 9.95 ? 1 : 0));
}

QString byteRateText(double bytesPerSecond)
{
    //: %1 is a number of bytes with its unit, such as 1.5 MB
    return Words::tr("%1/s").arg(bytesText(qRound64(bytesPerSecond)));
}

QString rangeText(qint64 from, qint64 to)
{
    //: the numbers from %1 to %2
    return from == to ? countText(from) : Words::tr("%1–%2").arg(countText(from), countText(to));
}

QString reasonTitle(BlockedReason reason)
{
    switch (reason) {
    case BlockedReason::None:
        return Words::tr("Not blocked");
    case BlockedReason::NoConsumer:
        return Words::tr("No consumer");
    case BlockedReason::WaitingForGrant:
        return Words::tr("Window used up");
    case BlockedReason::HandlerBusy:
        return Words::tr("Application busy");
    case BlockedReason::StoreSlow:
        return Words::tr("Storage slow");
    case BlockedReason::LinkDown:
        return Words::tr("Link down");
    case BlockedReason::LimitReached:
        return Words::tr("Limit reached");
    case BlockedReason::Paused:
        return Words::tr("Paused");
    case BlockedReason::Refused:
        return Words::tr("Refused");
    case BlockedReason::NoProducer:
        return Words::tr("No producer");
    }
    return {};
}

} // namespace Monitor
