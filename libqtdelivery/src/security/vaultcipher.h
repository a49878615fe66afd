// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/result.h>

#include <QByteArray>

#include <memory>

namespace QtDelivery {

/*!
    \brief Encrypts what a vault file holds, with a key derived from a passphrase.

    A sealed vault, numbers little endian:

        0    8   "QDVAULT\n"
        8    4   version, 1
        12   4   of the key derivation: passes
        16   8   and bytes of memory
        24   16  and salt
        40   32  check: the other half of what was derived; says whether the passphrase is right
        72   24  nonce, another one with each sealing
        96   n   what is encrypted, with an authenticator of 16 bytes; all before is authenticated
   with it 96+n 16  BLAKE2b of all before: says whether the file is whole, before anything is
   derived

    The passphrase and the key are in locked memory, out of swap and core dumps, which is wiped in
   the end. The key of the salt used last is kept: deriving it takes long. Blocks; may be used in
   every thread, in one at a time.
*/
class VaultCipher
{
public:
    explicit VaultCipher(const QByteArray &passphrase);
    ~VaultCipher();
    Q_DISABLE_COPY_MOVE(VaultCipher)

    [[nodiscard]] static bool isSupported();

    /*! \a path: for messages. AccessDenied: the passphrase is wrong; StorageCorrupt, UnknownFormat,
       StorageFailed: there is no memory to derive the key with. */
    [[nodiscard]] Result<QByteArray> open(const QByteArray &vault, const QString &path);
    /*! With the salt of what was opened last, so that its key serves again. */
    [[nodiscard]] Result<QByteArray> seal(const QByteArray &content);

private:
    class Secrets;
    const std::unique_ptr<Secrets> d;
};

/*! What is in no file that a passphrase has locked. */
[[nodiscard]] Error vaultDamaged(const QString &path);
/*! The library was built without libsodium. */
[[nodiscard]] Error vaultsUnsupported();

} // namespace QtDelivery
