// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "socketerrors.h"

#include "words/text.h"

#include <QHostAddress>

namespace QtDelivery {

Error networkError(QAbstractSocket::SocketError code, const QString &address, const QString &detail)
{
    switch (code) {
    case QAbstractSocket::ConnectionRefusedError:
        //: %1 is an address
        return {Error::Code::ConnectionRefused, Text::tr("Nobody listens on %1.").arg(address)};
    case QAbstractSocket::HostNotFoundError:
        //: %1 is an address
        return {Error::Code::HostNotFound, Text::tr("The host of %1 is unknown.").arg(address)};
    case QAbstractSocket::RemoteHostClosedError:
        //: %1 is an address
        return {Error::Code::ConnectionLost, Text::tr("%1 closed the connection.").arg(address)};
    case QAbstractSocket::AddressInUseError:
        //: %1 is an address
        return {Error::Code::AddressInUse,
                Text::tr("%1 is in use by another program.").arg(address)};
    case QAbstractSocket::SocketAccessError:
        //: %1 is an address
        return {Error::Code::AccessDenied, Text::tr("Access to %1 is denied.").arg(address)};
    case QAbstractSocket::SocketTimeoutError:
        //: %1 is an address
        return {Error::Code::TimedOut, Text::tr("Connecting to %1 took too long.").arg(address)};
    default:
        //: %1 is an address, %2 the system's words
        return {Error::Code::NetworkError,
                Text::tr("The connection to %1 failed: %2.").arg(address, detail)};
    }
}

QString peerAddress(QStringView scheme, const QAbstractSocket &socket)
{
    return QStringLiteral("%1://%2:%3")
        .arg(scheme, socket.peerAddress().toString(), QString::number(socket.peerPort()));
}

} // namespace QtDelivery
