// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "piececipher.h"

#include <QtDelivery/error.h>

namespace QtDelivery {

// Why files cannot be had with the keys that were given, in words: AccessDenied, but for one.

/*! StorageFailed: memory that stays out of swap is short. */
[[nodiscard]] Error noLockedMemory();
/*! Of \a keys, which may be null, there is no cipher for the file \a path, which is encrypted with
   the key \a keyId: it is not there, or noLockedMemory(). */
[[nodiscard]] Error noCipher(const CipherKeys *keys, const QString &path, const QByteArray &keyId);
/*! There are keys, and the file \a path, of a consumer's progress, is not encrypted. */
[[nodiscard]] Error progressNotEncrypted(const QString &path);
/*! There are keys, and the journal's file \a path is not encrypted. */
[[nodiscard]] Error journalNotEncrypted(const QString &path);
/*! There are keys, and the file \a path, with a payload, does not begin as one that is encrypted:
 * StorageCorrupt. */
[[nodiscard]] Error payloadNotEncrypted(const QString &path);

} // namespace QtDelivery
