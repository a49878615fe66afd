// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/error.h>
#include <QtDelivery/flowevent.h>
#include <QtDelivery/flowsnapshot.h>
#include <QtDelivery/linksnapshot.h>
#include <QtDelivery/monitorregistry.h>
#include <QtDelivery/refusals.h>
#include <QtDelivery/sharedsecret.h>
#include <QtDelivery/tlssettings.h>

#include <QByteArray>
#include <QObject>
#include <QStringList>
#include <QUrl>

#include <memory>

namespace QtDelivery {

class MonitorClientPrivate;

/*! \brief Watches one node, of this or another process, through its MonitorServer.

    \code
    QtDelivery::MonitorClient client;
    connect(&client, &QtDelivery::MonitorClient::flowsUpdated, &model,
            [&](const QList<QtDelivery::FlowSnapshot> &flows) { … });
    for (const QtDelivery::MonitorProcess &process : QtDelivery::MonitorRegistry::processes())
        client.connectTo(process.socketPath);
    \endcode

    It keeps no pictures: FlowModel and LinkModel do. Whatever the other side sends, wrong, huge or
   never, ends in disconnected() with the reason, not in more than a few MiB of memory.

    Thread: its own, with an event loop. */
class QTDELIVERY_EXPORT MonitorClient : public QObject
{
    Q_OBJECT

public:
    /*! The most flows whose events one client gets. */
    static constexpr int MaxEventFlows = 64;

    /*! Watches nothing yet. */
    explicit MonitorClient(QObject *parent = nullptr);
    ~MonitorClient() override;

    /*! Begins to watch at \a socketPath, instead of what was watched before. connected() or
       disconnected() follows. */
    void connectTo(const QString &socketPath);
    /*! The same over the network, at \a url, `tls://host:port`. The process's certificate is
       checked as \a tls says; then both sides prove that they have \a token, whose name plays no
       part. Whatever is wrong with the arguments is the reason of disconnected(), too. */
    void connectTo(const QUrl &url, const QtDelivery::TlsSettings &tls,
                   const QtDelivery::SharedSecret &token);
    /*! Ends that, without a signal. */
    void close();

    /*! From connected() to disconnected(). */
    [[nodiscard]] bool isConnected() const;
    /*! Where it was told to connect to: a path, or an address as text. */
    [[nodiscard]] QString socketPath() const;
    /*! The process that is watched; valid from connected() on. */
    [[nodiscard]] MonitorProcess process() const;
    /*! The node that is watched; valid from connected() on. */
    [[nodiscard]] QString nodeId() const;
    /*! Microseconds of the node's clock, as the last update told. */
    [[nodiscard]] qint64 clock() const;
    /*! Microseconds to be added to a time of that node to get one since 1970, UTC, by the clock of
        its machine when the client connected. */
    [[nodiscard]] qint64 clockOffset() const;
    /*! What the node has refused to its peers, as the last update told. */
    [[nodiscard]] Refusals refusals() const;
    /*! Everything that there was when the client connected has been told. */
    [[nodiscard]] bool isComplete() const;
    /*! Milliseconds since the last update: more than a second or two = that thread is busy. */
    [[nodiscard]] qint64 silence() const;

    /*! The events of these flows (FlowSnapshot::key()) are wanted, and of no others; at most
        #MaxEventFlows.
       Their flight recorders are switched on for it. */
    void watchEvents(const QStringList &flowKeys);

    /*! Begins to show what another client has recorded, instead of watching a process: \a source is
       then socketPath(), whether or not there is such a socket, and replay() says the rest. */
    void beginReplay(const QString &source);
    /*! Takes \a frame, one that frameReceived() told, as if the process had sent it now: the same
       signals follow from within the call. What makes no sense ends in disconnected(), as ever. */
    void replay(const QByteArray &frame);

Q_SIGNALS:
    /*! process() and nodeId() are known. */
    void connected();
    /*! New flows, and those that have changed. */
    void flowsUpdated(const QList<QtDelivery::FlowSnapshot> &flows);
    /*! Flows that are gone, by FlowSnapshot::key(). */
    void flowsRemoved(const QStringList &keys);
    /*! New links, and those that have changed. */
    void linksUpdated(const QList<QtDelivery::LinkSnapshot> &links);
    /*! Links that are gone, by LinkSnapshot::key(). */
    void linksRemoved(const QStringList &keys);
    /*! What has happened in the flow \a flowKey since the last time. */
    void eventsRecorded(const QString &flowKey, const QList<QtDelivery::FlowEvent> &events);
    /*! The process sent \a frame, which makes sense and is told by the signals that follow; for
       recordings, see replay(). It is the CBOR map of doc/monitor-protocol.md without its length.
     */
    void frameReceived(const QByteArray &frame);
    /*! One update is told in full; \a clock is the node's. */
    void updated(qint64 clock);
    /*! The end, once, for \a reason: Closed (the node is gone, or its server), ConnectionRefused,
        ProtocolError (what it sent makes no sense), UnsupportedVersion, LimitReached (more flows or
        links than a monitor can show), TimedOut (no greeting within five seconds), NetworkError.
       Over the network, where twenty seconds are allowed, also CertificateRefused, TlsFailed,
        NotAuthenticated (one side does not have the token), LimitReached (too many monitors),
        HostNotFound, PlainText, InvalidUrl, InvalidSetting, ConnectionLost. */
    void disconnected(const QtDelivery::Error &reason);

private:
    std::unique_ptr<MonitorClientPrivate> d;
};

} // namespace QtDelivery
