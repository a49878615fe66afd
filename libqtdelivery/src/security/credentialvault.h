// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "vaultcipher.h"

#include <QtDelivery/credentialstore.h>

#include <QMap>

namespace QtDelivery {

/*! \brief Secrets by name in one encrypted file.

    Readers need no lock, since writers replace the file as a whole. A writer has the lock of a file
   beside it from before it reads until after it has replaced. Blocks; used in one thread. */
class CredentialVault
{
public:
    CredentialVault(QString path, const QByteArray &passphrase)
        : m_path(std::move(path))
        , m_cipher(passphrase)
        , m_hasPassphrase(!passphrase.isEmpty())
    { }

    /*! StorageInUse, with nothing done, while another writer has the lock. */
    [[nodiscard]] CredentialOutcome carryOut(const CredentialRequest &request);

private:
    using Secrets = QMap<QString, QByteArray>;

    [[nodiscard]] CredentialOutcome carryOutReading(const CredentialRequest &request);
    [[nodiscard]] Error carryOutWriting(const CredentialRequest &request);
    [[nodiscard]] Error load(Secrets *secrets);
    [[nodiscard]] Error save(const Secrets &secrets);
    [[nodiscard]] QString file() const;

    const QString m_path;
    VaultCipher m_cipher;
    const bool m_hasPassphrase;
};

} // namespace QtDelivery
