// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "settingsfile.h"

#include <QCoreApplication>
#include <QFile>

namespace Monitor {

namespace {

const QString VersionKey = QStringLiteral("version");

std::unique_ptr<QSettings> opened(const QString &path)
{
    if (path.isEmpty())
        return std::make_unique<QSettings>(QSettings::IniFormat, QSettings::UserScope,
                                           QStringLiteral("QtDelivery"),
                                           QStringLiteral("qtdelivery-monitor"));
    return std::make_unique<QSettings>(path, QSettings::IniFormat);
}

/*! An empty file is a new one. */
bool isReadable(const QSettings &settings)
{
    if (settings.status() != QSettings::NoError)
        return false;
    if (settings.allKeys().isEmpty())
        return true;
    bool isNumber = false;
    const int version = settings.value(VersionKey).toInt(&isNumber);
    return isNumber && version >= 1 && version <= SettingsFile::Version;
}

} // namespace

SettingsFile::SettingsFile(const QString &path)
    : m_settings(opened(path))
{
    if (!isReadable(*m_settings)) {
        const QString name = m_settings->fileName();
        const QString aside = name + QStringLiteral(".unreadable");
        m_settings.reset();
        QFile::remove(aside);
        QFile::rename(name, aside);
        //: %1 is a file name
        m_problem = QCoreApplication::translate(
                        "Monitor",
                        "The settings could not be read, so the defaults are used. The "
                        "old file is now %1.")
                        .arg(aside);
        m_settings = opened(path);
    }
    m_settings->setValue(VersionKey, Version);
}

} // namespace Monitor
