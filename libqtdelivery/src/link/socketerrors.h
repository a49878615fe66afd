// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/error.h>

#include <QAbstractSocket>

namespace QtDelivery {

/*! A socket's error in words for people. \a detail are the system's words. */
[[nodiscard]] Error networkError(QAbstractSocket::SocketError code, const QString &address,
                                 const QString &detail);

/*! Where the other side of \a socket is, as people know it. */
[[nodiscard]] QString peerAddress(QStringView scheme, const QAbstractSocket &socket);

} // namespace QtDelivery
