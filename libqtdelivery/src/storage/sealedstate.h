// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "piececipher.h"

#include <QtDelivery/error.h>

#include <QByteArray>

namespace QtDelivery {

// The state in one of two alternating copies (alternatingcopies.h), encrypted:
//
//    0  8 bytes   key id
//    8  24 bytes  salt, another one in each copy
//   32            the state, encrypted
//      16 bytes   authenticator of all of this, and of the copy's serial number
//
// A copy is written over and over at one place, so each has a key of its own: that of a file with
// this salt.

/*! \a state of the copy with number \a serial, encrypted by the newest of \a keys; empty if there
 * is no memory that can be locked. */
[[nodiscard]] QByteArray encryptState(const CipherKeys &keys, quint64 serial, QByteArrayView state);

/*! Decrypts \a state, of the copy with number \a serial in \a path. AccessDenied if its key is not
 * among \a keys, which may be null; StorageCorrupt if it is not as it was written. */
[[nodiscard]] Error decryptState(const CipherKeys *keys, const QString &path, quint64 serial,
                                 QByteArray *state);

} // namespace QtDelivery
