// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

namespace QtDelivery {

/*! \a text in quotation marks, such that it fits into one line of a message whatever it holds:
    cut after 40 characters, unprintable ones replaced. */
inline QString quoted(const QString &text)
{
    constexpr qsizetype longest = 40;
    QString shown = text.left(longest);
    for (QChar &c : shown) {
        if (!c.isPrint())
            c = QChar::ReplacementCharacter;
    }
    if (text.size() > longest)
        shown += QChar(0x2026);
    return QLatin1Char('"') + shown + QLatin1Char('"');
}

} // namespace QtDelivery
