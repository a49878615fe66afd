// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "storage/piececipher.h"

#include <QtDelivery/result.h>

#include <QByteArray>
#include <QList>

namespace QtDelivery {

constexpr qsizetype StorageKeySize = 32;

/*!
    \brief Makes the ciphers for files at rest, by libsodium.

    Of a key K (32 random bytes):

        key id        = the first 8 bytes of BLAKE2b-128 with key K of "QtDelivery: id of a key"
        key of a file = BLAKE2b-256 with key K of the file's header, which has a salt
        piece         = XChaCha20-Poly1305 with the file's key; the nonce is the place of the piece,
                        64 bits little-endian and zeros, or 24 bytes by chance

    So nothing of the header can be changed, and no piece be moved within a file or to another one,
   without being noticed. \a keys have StorageKeySize bytes each; the first is for new files. Fails
   with StorageFailed without libsodium, or without memory that can be locked. */
[[nodiscard]] Result<std::shared_ptr<const CipherKeys>> makeCipherKeys(
    const QList<QByteArray> &keys);

} // namespace QtDelivery
