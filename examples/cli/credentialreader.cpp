// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "credentialreader.h"

#include "keychainservice.h"

#include <QtDelivery/keychaincredentialstore.h>

#include <QEventLoop>

#include <optional>

namespace Cli {

using QtDelivery::CredentialReference;
using QtDelivery::Error;
using QtDelivery::Result;

Result<QByteArray> CredentialReader::read(const CredentialReference &reference)
{
    const bool isInKeychain = reference.place() == CredentialReference::Place::Store;
    // Who has no secret in the keychain does not wake it.
    std::optional<QtDelivery::KeychainCredentialStore> keychain;
    if (isInKeychain)
        keychain.emplace(keychainService());
    QEventLoop loop;
    Result<QByteArray> secret = QByteArray();
    reference.read(isInKeychain ? &*keychain : nullptr, &loop, [&](const Result<QByteArray> &read) {
        secret = read;
        loop.quit();
    });
    loop.exec();
    if (!isInKeychain || secret.error().code() != Error::Code::CredentialNotFound)
        return secret;
    return Error(Error::Code::CredentialNotFound,
                 //: %1 is the name of a credential
                 tr("The keychain has no secret named '%1'. 'qtdelivery credentials set %1' keeps "
                    "one there, 'qtdelivery credentials list' shows which there are.")
                     .arg(reference.name()));
}

} // namespace Cli
