// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "quantities.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>
#include <limits>

namespace Cli {

namespace {

bool isDecimal(QStringView text, bool pointAllowed)
{
    for (const QChar c : text) {
        if (c == u'.' && pointAllowed)
            pointAllowed = false;
        else if (c < u'0' || c > u'9')
            return false;
    }
    return !text.isEmpty();
}

} // namespace

std::optional<qint64> parseBytes(const QString &text)
{
    QStringView digits = text;
    int shift = 0;
    if (!digits.isEmpty()) {
        constexpr QStringView suffixes = u"KMG";
        const qsizetype power = suffixes.indexOf(digits.back(), 0, Qt::CaseInsensitive) + 1;
        shift = int(power) * 10;
        digits.chop(power > 0 ? 1 : 0);
    }
    bool ok = isDecimal(digits, false);
    const qint64 number = ok ? digits.toLongLong(&ok) : 0;
    if (!ok || number <= 0 || number > (std::numeric_limits<qint64>::max() >> shift))
        return std::nullopt;
    return number << shift;
}

std::optional<std::chrono::milliseconds> parseSeconds(const QString &text)
{
    constexpr double year = 366.0 * 24 * 3600;
    bool ok = isDecimal(text, true);
    const double seconds = ok ? text.toDouble(&ok) : 0;
    if (!ok || seconds > year)
        return std::nullopt;
    return std::chrono::milliseconds(std::llround(seconds * 1000));
}

std::optional<quint64> parseCount(const QString &text)
{
    bool ok = isDecimal(text, false);
    const quint64 number = ok ? text.toULongLong(&ok) : 0;
    return ok ? std::optional(number) : std::nullopt;
}

QString transferText(const QString &name, qint64 done, qint64 total, qint64 bytesPerSecond)
{
    constexpr int width = 20;
    const QLocale locale(QLocale::C);
    const double part = total > 0 ? double(done) / double(total) : 1;
    const QString bar = QString(int(part * width), u'#').leftJustified(width);
    const QString size = locale.formattedDataSize(total, 1);
    QString text =
        QStringLiteral("%1 [%2] %3 % of %4").arg(name, bar).arg(int(part * 100)).arg(size);
    if (bytesPerSecond <= 0)
        return text;
    text += QStringLiteral(", %1/s").arg(locale.formattedDataSize(bytesPerSecond, 1));
    const qint64 seconds = (total - done) / bytesPerSecond;
    const QString left =
        QStringLiteral("%1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
    //: %1 is minutes and seconds
    return text + QStringLiteral(", ") + QCoreApplication::translate("Cli", "%1 left").arg(left);
}

} // namespace Cli
