// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "settingscopies.h"

#include "posixcalls.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSettings>
#include <QStorageInfo>

namespace QtDelivery {

namespace {

QString keyOf(int index)
{
    return QStringLiteral("copy%1/state").arg(index + 1);
}

} // namespace

Error SettingsCopies::take(std::optional<QByteArray> *state)
{
    if (const Error error = makeSyncedDirectory(QFileInfo(m_path).absolutePath()))
        return error;
    if (!isOwned()) {
        if (const Error error =
                m_owner.open(m_path + QStringLiteral(".owner"), SyncedFile::Mode::Create))
            return error;
        if (const Error error = m_owner.lock()) {
            giveUp();
            return error;
        }
    }
    const Error error = read(state);
    if (error)
        giveUp();
    return error;
}

Error SettingsCopies::read(std::optional<QByteArray> *state)
{
    state->reset();
    m_next = 0;
    m_serial = 0;
    if (!QFileInfo::exists(m_path))
        return {};
    SyncedFile readable; // QSettings takes what it may not read for an empty file
    if (const Error error = readable.open(m_path, SyncedFile::Mode::Existing))
        return error;

    std::array<QByteArray, 2> copies;
    const QSettings settings(m_path, QSettings::IniFormat);
    for (int i = 0; i < 2; ++i) {
        const QByteArray text = settings.value(keyOf(i)).toString().toLatin1();
        const auto decoded =
            QByteArray::fromBase64Encoding(text, QByteArray::AbortOnBase64DecodingErrors);
        copies.at(i) = decoded ? *decoded : text;
    }
    NewestCopy newest;
    if (const Error error = findNewestCopy(copies, m_magic, m_path, m_lone, &newest))
        return error;
    m_next = 1 - newest.index;
    m_serial = newest.serial;
    *state = newest.state;
    return {};
}

Error SettingsCopies::write(QByteArrayView state)
{
    const QByteArray copy = sealCopy(m_magic, m_serial + 1, state).toBase64();
    {
        QSettings settings(m_path, QSettings::IniFormat);
        settings.setValue(keyOf(m_next), QString::fromLatin1(copy));
        if (m_serial == 0) // from now on one that is missing is damage
            settings.setValue(keyOf(1 - m_next),
                              QString::fromLatin1(sealCopy(m_magic, 0, state).toBase64()));
        settings.sync();
        if (settings.status() == QSettings::AccessError)
            return writeError(copy.size());
    }
    SyncedFile file;
    if (const Error error = file.open(m_path, SyncedFile::Mode::Existing))
        return error;
    if (const Error error = file.sync())
        return error;
    if (const Error error = syncDirectory(QFileInfo(m_path).absolutePath()))
        return error;
    ++m_serial;
    m_next = 1 - m_next;
    return {};
}

/*! QSettings does not say why it could not write. */
Error SettingsCopies::writeError(qsizetype size) const
{
    const QStorageInfo storage(QFileInfo(m_path).absolutePath());
    const qint64 needed = size + QFileInfo(m_path).size();
    const QString path = QDir::toNativeSeparators(m_path);
    if (storage.isValid() && storage.bytesAvailable() < needed)
        return {Error::Code::StorageFull,
                //: %1 is a file
                QCoreApplication::translate("QtDelivery",
                                            "%1 cannot be written: there is no room on the disk.")
                    .arg(path)};
    return {Error::Code::StorageFailed,
            //: %1 is a file
            QCoreApplication::translate(
                "QtDelivery", "%1 cannot be written; look at the permissions of its directory.")
                .arg(path)};
}

} // namespace QtDelivery
