// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "storagekeysource.h"

#include "security.h"

namespace Cli {

QString StorageKeySource::refusal(const QString &option, const QStringList &sources)
{
    for (const QString &source : sources) {
        if (!Security::isSecretSource(source))
            //: %1 is an option, such as --key-from
            return tr("%1 needs keychain:NAME, file:PATH or env:NAME.").arg(option);
    }
    return {};
}

QString StorageKeySource::fetch(const QStringList &sources, QtDelivery::StorageKeys *keys)
{
    QList<QByteArray> secrets;
    for (const QString &source : sources) {
        QByteArray secret;
        if (const QString reason = Security::fetch(source, &secret); !reason.isEmpty())
            return reason;
        secrets.append(secret);
    }
    if (secrets.isEmpty())
        return {};
    const QByteArray current = secrets.takeFirst();
    const auto made = QtDelivery::StorageKeys::fromSecret(current, secrets);
    if (!made)
        return made.error().message();
    *keys = *made;
    return {};
}

} // namespace Cli
