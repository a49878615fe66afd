// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/qtdeliveryglobal.h>

#include <QLocale>
#include <QString>

namespace QtDelivery {

/*! \brief Lets the library's sentences, such as those of Error, be in the languages of \a locale.

    The first of QLocale::uiLanguages() that the catalogue has is taken; if it has none, or the
    library was built without translations, the sentences are English. Call it once, after the
    QCoreApplication was made and in its thread, before anything is shown; what is a sentence
    already stays as it is. The application owns what is installed.

    \param catalogue another catalogue than the library's: it is looked for at
        `:/QtDelivery/translations/<catalogue>_<language>.qm`.
    \return whether the catalogue has one of the languages. */
QTDELIVERY_EXPORT bool installTranslations(
    const QLocale &locale = QLocale::system(),
    const QString &catalogue = QStringLiteral("libqtdelivery"));

} // namespace QtDelivery
