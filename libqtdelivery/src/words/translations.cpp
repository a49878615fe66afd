// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <QtDelivery/translations.h>

#include <QCoreApplication>
#include <QTranslator>

#include <memory>

#ifdef QTDELIVERY_TRANSLATED
// Of a static library the linker takes the catalogues only if something asks for them.
static void registerCatalogues()
{
    Q_INIT_RESOURCE(libqtdelivery_translations);
}
#else
static void registerCatalogues() { }
#endif

namespace QtDelivery {

bool installTranslations(const QLocale &locale, const QString &catalogue)
{
    registerCatalogues();
    const QString directory = QStringLiteral(":/QtDelivery/translations");
    const QString separator = QStringLiteral("_");
    auto translator = std::make_unique<QTranslator>(QCoreApplication::instance());
    const bool isFound = translator->load(locale, catalogue, separator, directory);
    // English has a catalogue, too: that of its plural forms.
    if (isFound || translator->load(QLocale(QLocale::English), catalogue, separator, directory))
        QCoreApplication::installTranslator(translator.release());
    return isFound;
}

} // namespace QtDelivery
