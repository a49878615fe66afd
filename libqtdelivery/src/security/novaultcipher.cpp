// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

// Instead of vaultcipher.cpp, without libsodium.

#include "vaultcipher.h"

namespace QtDelivery {

class VaultCipher::Secrets
{ };

VaultCipher::VaultCipher(const QByteArray & /*passphrase*/) { }

VaultCipher::~VaultCipher() = default;

bool VaultCipher::isSupported()
{
    return false;
}

Result<QByteArray> VaultCipher::open(const QByteArray & /*vault*/, const QString & /*path*/)
{
    return vaultsUnsupported();
}

Result<QByteArray> VaultCipher::seal(const QByteArray & /*content*/)
{
    return vaultsUnsupported();
}

} // namespace QtDelivery
