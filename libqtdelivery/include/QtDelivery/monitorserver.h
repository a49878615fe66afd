// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/error.h>
#include <QtDelivery/sharedsecret.h>
#include <QtDelivery/tlssettings.h>

#include <QObject>
#include <QUrl>

#include <chrono>
#include <memory>

namespace QtDelivery {

class DeliveryNode;
class MonitorServerPrivate;

/*! \brief Lets a monitor watch the flows and links of one node, through a local socket that only
   the same user may open, or over the network with TLS and a token.

    With `QTDELIVERY_MONITOR=1` in the environment every DeliveryNode has one from the start.
   Otherwise

    \code
    QtDelivery::MonitorServer monitor(&node);
    if (const QtDelivery::Error error = monitor.listen())
        qWarning() << error;
    \endcode

    With a TLS identity and a token that the monitor has, too, from other machines:

    \code
    QtDelivery::SharedSecret token;
    QtDelivery::Error error = token.loadFile(QStringLiteral("/etc/shop/monitor-token"));
    if (!error)
        error = monitor.listen(QUrl(QStringLiteral("tls://0.0.0.0:4712")), tls, token);
    \endcode

    While nobody watches, it does nothing at all. A watcher gets everything once, then what has
   changed, at most ten times a second; making that takes at most a twentieth of the thread's time,
   or it comes less often. A watcher that does not read gets nothing more, later the newest: nothing
   is queued for it, so it can neither slow the flows nor make the process grow.
   doc/monitor-protocol.md describes what is sent.

    Thread: that of the node, always. */
class QTDELIVERY_EXPORT MonitorServer : public QObject
{
    Q_OBJECT
    Q_PROPERTY(int watcherCount READ watcherCount NOTIFY watcherCountChanged)

public:
    /*! For \a node, of the same thread. If the node ends first, the server closes. */
    explicit MonitorServer(DeliveryNode *node, QObject *parent = nullptr);
    ~MonitorServer() override;

    /*! Listens on a socket of its own in MonitorRegistry::directory(), where monitors look. */
    Error listen();
    /*! Listens on \a socketPath instead, an absolute path. Error::Code::AddressInUse if another
        program does. */
    Error listen(const QString &socketPath);
    /*! Listens on \a url instead, `tls://address:port`, where port 0 takes any; for both at once
       let a node have two servers. Nothing else is possible on the network: PlainText for another
       scheme, InvalidSetting without a certificate in \a tls or with a \a token that is not one.

        A watcher is told nothing before it has proved \a token, which does not cross the wire; the
       name of the token plays no part. It has ten seconds for that, TLS included; of those who have
       not done so, sixteen at a time are listened to, and one more is closed at once. With
       TlsSettings::requireClientCertificate or pins it must show a certificate, too. Whom it has
       refused it warns of in the category `qtdelivery.monitor`, and counts in refusedCount(). */
    Error listen(const QUrl &url, const QtDelivery::TlsSettings &tls,
                 const QtDelivery::SharedSecret &token);
    /*! Ends every watcher and removes the socket. */
    void close();

    /*! Listening for watchers. */
    [[nodiscard]] bool isListening() const;
    /*! The local socket where it listens; empty = it does not. */
    [[nodiscard]] QString socketPath() const;
    /*! The network's address where it listens, with the real port; empty = it does not. */
    [[nodiscard]] QUrl url() const;
    /*! Watchers that are connected; of those from the network, who have proved the token. */
    [[nodiscard]] int watcherCount() const;
    /*! Monitors that were turned away since the server was constructed: without the right token in
       time, without the certificate that is asked for, or above a limit. */
    [[nodiscard]] quint64 refusedCount() const;
    /*! Bytes that watchers have not taken, of all together: never more than about 384 KiB for each.
     */
    [[nodiscard]] qint64 pendingBytes() const;

    /*! The most watchers at a time: 1 … 64, default 8. One more is disconnected at once. */
    void setMaxWatchers(int count);
    /*! The shortest time between two updates: 100 ms … 1 h, default 100 ms. */
    void setInterval(std::chrono::milliseconds interval);

    /*! Whether the environment asks for a server: QTDELIVERY_MONITOR is set, and not to 0. */
    [[nodiscard]] static bool isWanted();

Q_SIGNALS:
    /*! A watcher came or went; see watcherCount(). */
    void watcherCountChanged();

private:
    [[nodiscard]] Error checkPlace() const;

    std::unique_ptr<MonitorServerPrivate> d;
};

} // namespace QtDelivery
