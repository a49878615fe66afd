// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "storagekeysource.h"

#include "credentialreader.h"

namespace Cli {

using QtDelivery::CredentialReference;
using QtDelivery::StorageKeys;

QString StorageKeySource::parse(const QString &option, const QStringList &texts)
{
    for (const QString &text : texts) {
        const auto reference = CredentialReference::fromString(text);
        if (!reference)
            //: %1 is an option, such as --key-from
            return tr("%1 needs keychain:NAME, file:PATH or env:NAME.").arg(option);
        m_references.append(*reference);
    }
    return {};
}

QString StorageKeySource::fetch(StorageKeys *keys) const
{
    QList<QByteArray> secrets;
    for (const CredentialReference &reference : m_references) {
        const auto secret = CredentialReader::read(reference);
        if (!secret)
            return secret.error().message();
        secrets.append(*secret);
    }
    if (secrets.isEmpty())
        return {};
    const QByteArray current = secrets.takeFirst();
    const auto made = StorageKeys::fromSecret(current, secrets);
    if (made)
        *keys = *made;
    return made.error().message();
}

} // namespace Cli
