// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/error.h>

#include <QSslError>

namespace QtDelivery {

/*! Everything that is wrong with the peer's \a certificate, a sentence each, with what mends it.
 * \a name is whom it had to be for. */
[[nodiscard]] Error certificateError(const QList<QSslError> &errors, const QString &address,
                                     const QString &name, const QSslCertificate &certificate);

/*! The peer's key is not among the pins. \a pin is what would let it pass. */
[[nodiscard]] Error pinError(const QString &address, const QByteArray &pin);

/*! The handshake failed, not because of a certificate that this side has seen. \a detail are
 * OpenSSL's words. */
[[nodiscard]] Error handshakeError(const QString &address, const QString &detail);

/*! The peer closed during the handshake or right behind it. */
[[nodiscard]] Error handshakeClosedError(const QString &address);

[[nodiscard]] Error handshakeTimeoutError(const QString &address);

} // namespace QtDelivery
