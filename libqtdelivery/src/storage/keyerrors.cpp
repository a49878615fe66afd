// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "keyerrors.h"

#include <QCoreApplication>
#include <QDir>

namespace QtDelivery {

Error noLockedMemory()
{
    return {Error::Code::StorageFailed,
            QCoreApplication::translate(
                "QtDelivery",
                "There is not enough locked memory to keep the storage keys in: allow the program "
                "more of it (ulimit -l, LimitMEMLOCK).")};
}

Error noCipher(const CipherKeys *keys, const QString &path, const QByteArray &keyId)
{
    if (keys && keys->ids().contains(keyId))
        return noLockedMemory();
    //: %1 is the path of a file, %2 the id of a key
    return {Error::Code::AccessDenied,
            QCoreApplication::translate(
                "QtDelivery",
                "%1 is encrypted with the key %2, which was not given: give that "
                "one as well, as an older key if it is one.")
                .arg(QDir::toNativeSeparators(path), QString::fromLatin1(keyId.toHex()))};
}

Error progressNotEncrypted(const QString &path)
{
    //: %1 is the path of a file
    return {Error::Code::AccessDenied,
            QCoreApplication::translate(
                "QtDelivery",
                "%1 is not encrypted, but a key was given. Go on without a key, or begin in "
                "another directory.")
                .arg(QDir::toNativeSeparators(path))};
}

Error journalNotEncrypted(const QString &path)
{
    //: %1 is the path of a file
    return {Error::Code::AccessDenied,
            QCoreApplication::translate(
                "QtDelivery",
                "%1 is not encrypted, but a key was given. Let its messages be delivered without a "
                "key first, or begin in another directory.")
                .arg(QDir::toNativeSeparators(path))};
}

Error payloadNotEncrypted(const QString &path)
{
    //: %1 is the path of a file
    return {Error::Code::StorageCorrupt,
            QCoreApplication::translate("QtDelivery",
                                        "%1 is damaged, or not encrypted although a key was given.")
                .arg(QDir::toNativeSeparators(path))};
}

} // namespace QtDelivery
