// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "storageciphers.h"
#include "words/text.h"

#include <QtDelivery/storagekeys.h>

namespace QtDelivery {

namespace {

/*! The key that \a secret is; empty if it is none. */
QByteArray storageKeyOf(const QByteArray &secret)
{
    if (secret.size() == StorageKeySize)
        return secret;
    const auto decoded =
        QByteArray::fromBase64Encoding(secret.trimmed(), QByteArray::AbortOnBase64DecodingErrors);
    return decoded && (*decoded).size() == StorageKeySize ? *decoded : QByteArray();
}

} // namespace

StorageKeys::StorageKeys() = default;
StorageKeys::StorageKeys(const StorageKeys &other) = default;
StorageKeys::StorageKeys(StorageKeys &&other) noexcept = default;
StorageKeys &StorageKeys::operator=(const StorageKeys &other) = default;
StorageKeys &StorageKeys::operator=(StorageKeys &&other) noexcept = default;
StorageKeys::~StorageKeys() = default;

Result<StorageKeys> StorageKeys::fromSecret(const QByteArray &secret,
                                            const QList<QByteArray> &older)
{
    StorageKeys made;
    QList<QByteArray> keys;
    for (const QByteArray &given : QList<QByteArray>{secret} + older) {
        const QByteArray key = storageKeyOf(given);
        if (key.isEmpty())
            return Error(Error::Code::InvalidArgument,
                         //: %1 is a number
                         Text::tr("A storage key must be %1 random bytes, or their base64.")
                             .arg(StorageKeySize));
        keys.append(key);
    }
    const auto ciphers = makeCipherKeys(keys);
    if (!ciphers)
        return ciphers.error();
    made.d = *ciphers;
    for (const QByteArray &id : made.d->ids())
        made.m_ids.append(QString::fromLatin1(id.toHex()));
    return made;
}

QStringList StorageKeys::ids() const
{
    return m_ids;
}

} // namespace QtDelivery
