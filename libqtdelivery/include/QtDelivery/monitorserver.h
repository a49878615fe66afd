// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/error.h>

#include <QObject>

#include <chrono>
#include <memory>

namespace QtDelivery {

class DeliveryNode;
class MonitorServerPrivate;

/*! \brief Lets a monitor watch the flows and links of one node, through a local socket that only
   the same user may open.

    With `QTDELIVERY_MONITOR=1` in the environment every DeliveryNode has one from the start.
   Otherwise

    \code
    QtDelivery::MonitorServer monitor(&node);
    if (const QtDelivery::Error error = monitor.listen())
        qWarning() << error;
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
    /*! Ends every watcher and removes the socket. */
    void close();

    /*! Listening for watchers. */
    [[nodiscard]] bool isListening() const;
    /*! Where it listens; empty = it does not. */
    [[nodiscard]] QString socketPath() const;
    /*! Watchers that are connected. */
    [[nodiscard]] int watcherCount() const;
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
    std::unique_ptr<MonitorServerPrivate> d;
};

} // namespace QtDelivery
