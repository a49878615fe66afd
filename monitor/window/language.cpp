// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "language.h"

#include <QtDelivery/translations.h>

#include <QGuiApplication>
#include <QLibraryInfo>
#include <QTranslator>

#include <memory>

namespace Monitor {

void installLanguage(const QLocale &locale)
{
    QtDelivery::installTranslations(locale);
    if (!QtDelivery::installTranslations(locale, QStringLiteral("qtdelivery-monitor")))
        return; // English from right to left, or half a translation, is worse than none
    auto ofQt = std::make_unique<QTranslator>(QCoreApplication::instance());
    if (ofQt->load(locale, QStringLiteral("qtbase"), QStringLiteral("_"),
                   QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(ofQt.release());
    QGuiApplication::setLayoutDirection(locale.textDirection());
}

} // namespace Monitor
