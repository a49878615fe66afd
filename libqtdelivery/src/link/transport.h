// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "connection.h"

#include <QtDelivery/nodesettings.h>
#include <QtDelivery/tlssettings.h>

#include <QUrl>

#include <functional>
#include <memory>

QT_BEGIN_NAMESPACE
class QLocalSocket;
QT_END_NAMESPACE

namespace QtDelivery {

/*! Takes connections on one address until it is destroyed. */
class Listener
{
public:
    virtual ~Listener() = default;
    /*! The address with its real port. */
    [[nodiscard]] virtual QUrl url() const = 0;
};

using AcceptFunction = std::function<void(std::unique_ptr<Connection>)>;

/*! No error if \a url can be connected to: `tcp://host:port` or `tls://host:port` with a port from
 * 1, or `local:name`, and \a settings allow it. */
Error checkConnectUrl(const QUrl &url, const NodeSettings &settings);

/*! Begins to connect; the observer hears connected() or down(). \a url has been checked. */
[[nodiscard]] std::unique_ptr<Connection> openConnection(const QUrl &url,
                                                         const NodeSettings &settings,
                                                         const TlsSettings &tls);

/*! Of a local socket that is connected. \a address is for errors. */
[[nodiscard]] std::unique_ptr<Connection> localConnection(std::unique_ptr<QLocalSocket> socket,
                                                          const QString &address,
                                                          qint64 readBufferSize);

/*! Listens on \a url; \a accept is called with each connection. Null and \a error if that is
 * impossible. \a tls is looked at anew with each connection, and must live as long as the listener.
 */
[[nodiscard]] std::unique_ptr<Listener> openListener(const QUrl &url, const NodeSettings &settings,
                                                     const TlsSettings &tls, AcceptFunction accept,
                                                     Error *error);

} // namespace QtDelivery
