// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/error.h>
#include <QtDelivery/flowevent.h>
#include <QtDelivery/flowsnapshot.h>
#include <QtDelivery/linksnapshot.h>
#include <QtDelivery/nodesettings.h>
#include <QtDelivery/refusals.h>
#include <QtDelivery/sharedsecret.h>

#include <QDateTime>
#include <QList>
#include <QObject>
#include <QUrl>

#include <chrono>
#include <memory>

namespace QtDelivery {

class Authorizer;
class FlowHost;
class NodeEnvironment;
class NodePrivate;
struct TlsSettings;

/*! \brief A process's place in the network: it listens, connects, reconnects, and carries the
   flows.

    One node per process, or per thread that has flows. Between two nodes there is one link, whoever
    opened it and however many flows use it. Both may listen, both may connect; if both connect at
    the same time, one of the two links wins.

    Addresses are `tcp://host:port`, `tls://host:port` (see setTlsSettings()) and `local:name` (a
   Unix domain socket or a named pipe of the same machine; an absolute path is taken as it is).

    \code
    QtDelivery::DeliveryNode node;
    if (const QtDelivery::Error error =
   node.connectTo(QUrl(QStringLiteral("tcp://collector.example:4711")))) qFatal("%s",
   qUtf8Printable(error.message())); \endcode

    A node knows what its peers offer and says so: producerOffered() lets a server take flows that
   it did not know before. Controllers on the \e same node do not meet each other; give each side a
   node.

    Thread: all functions must be called in the node's own thread, which needs an event loop; from
    another thread they answer Error::Code::WrongThread. Destroying the node ends its links; what
    the system has not taken by then is lost, so call close() first and wait for closed(). */
class QTDELIVERY_EXPORT DeliveryNode : public QObject
{
    Q_OBJECT
    Q_PROPERTY(QString nodeId READ nodeId CONSTANT)
    Q_PROPERTY(int linkCount READ linkCount NOTIFY linkCountChanged)

public:
    /*! A node with the default NodeSettings. */
    explicit DeliveryNode(QObject *parent = nullptr);
    /*! Impossible \a settings (NodeSettings::validate()) leave a node whose functions answer that
     * error. */
    explicit DeliveryNode(const NodeSettings &settings, QObject *parent = nullptr);
    ~DeliveryNode() override;

    /*! The name from the settings, or a random one that was drawn for this node. */
    [[nodiscard]] QString nodeId() const;

    /*! Certificates, and whom to believe, for every TLS handshake that begins from now on, also on
        addresses that the node listens on or connects to already; links that are up stay up, so
        that certificates can be replaced while flows go on. An error (TlsSettings::validate())
        leaves what was. */
    Error setTlsSettings(const TlsSettings &tls);

    /*! Secrets that this node has in common with others, for every link from now on. With any, no
        peer is let in that does not prove that it has one of them, and this node proves it to every
        peer. Who connects proves the first; who listens takes any of them. An empty list, the
        default, asks for none, and no peer that asks for one accepts this node. An error
        (SharedSecret::validate(), or two with the same name) leaves what was. */
    Error setSharedSecrets(const QList<QtDelivery::SharedSecret> &secrets);

    /*! Who says what each peer may have; null for the default, see Authorizer. Counts for what
       begins from now on: set it before listen(). */
    Error setAuthorizer(std::shared_ptr<const QtDelivery::Authorizer> authorizer);

    /*! What this node has refused to its peers. */
    [[nodiscard]] QtDelivery::Refusals refusals() const;

    /*! Accepts links on \a url. Port 0 takes a free one, see listeningUrls(). A node may listen on
     * several. */
    Error listen(const QUrl &url);
    /*! Where the node listens, with real ports. */
    [[nodiscard]] QList<QUrl> listeningUrls() const;

    /*! Opens a link to \a url, and opens it again whenever it is lost, with growing pauses that
        reconnectScheduled() announces, until disconnectFrom() or close(). An error only if \a url
        itself is impossible: an unknown host may become known. */
    Error connectTo(const QUrl &url);
    /*! Ends the link to \a url in an orderly way and does not open it again. */
    Error disconnectFrom(const QUrl &url);

    /*! Links that are up. */
    [[nodiscard]] int linkCount() const;
    /*! Links that came up and were not the first to their peer: reconnects, counted since the
     * start. */
    [[nodiscard]] quint64 reconnects() const;

    /*! Orderly end: stops listening and connecting, writes everything that can be written,
       confirmations above all, then closes every link; closed() follows, after closeTimeout at the
       latest. The consumers of this node stop at once: confirm what is processed before. Its
       producers take no message more; what they hold unconfirmed then is lost. */
    void close();

    // ---- observation, see also MonitorServer
    /*! Every flow that has an end on this node, at one instant: producers and consumers, in no
       particular order. */
    [[nodiscard]] QList<QtDelivery::FlowSnapshot> flowSnapshots() const;
    /*! Every link of this node, and every address that it wants a link to and has none. */
    [[nodiscard]] QList<QtDelivery::LinkSnapshot> linkSnapshots() const;
    /*! Microseconds of the node's monotonic clock: that of all snapshots. */
    [[nodiscard]] qint64 clock() const;
    /*! Asks every peer for a sign of life; the answers are LinkSnapshot::rtt. */
    void measureRoundTrips();
    /*! Switches the flight recorder of the flow \a flowKey (FlowSnapshot::key()) on or off: the
       last 256 events are kept, in about 10 KiB. Off by default, and then it costs nothing. False
       if there is no such flow. */
    bool setRecording(const QString &flowKey, bool on);
    /*! What the flight recorder of \a flowKey holds after event number \a number, oldest first. */
    [[nodiscard]] QList<QtDelivery::FlowEvent> eventsAfter(const QString &flowKey,
                                                           qint64 number = 0) const;

    /*! The settings it was constructed with. */
    [[nodiscard]] const NodeSettings &settings() const;

    /*! \internal What controllers talk to. */
    [[nodiscard]] FlowHost &flowHost() const;

Q_SIGNALS:
    /*! A link to the node \a nodeId is up. */
    void linkUp(const QString &nodeId);
    /*! It is down; \a reason says why. Flows stay and resume with the next link. */
    void linkDown(const QString &nodeId, const QtDelivery::Error &reason);
    /*! A link came up or went down; see linkCount(). */
    void linkCountChanged();
    /*! There will be another attempt to reach \a url after \a delay, because of \a reason. */
    void reconnectScheduled(const QUrl &url, std::chrono::milliseconds delay,
                            const QtDelivery::Error &reason);

    /*! The certificate of the node \a nodeId, with which there is a link, ends at \a when; that of
        this node if \a nodeId is empty. Told when it is first used within
        TlsSettings::announceExpiry of its end, or after it, and again each day. Renew it, and call
        setTlsSettings(): links that are up stay. */
    void certificateExpires(const QString &nodeId, const QDateTime &when);

    /*! The node \a nodeId has a producer that a consumer here may register to. */
    void producerOffered(const QString &producerId, const QString &nodeId);
    /*! It has it no longer, or its link is down; the offer may come back. */
    void producerWithdrawn(const QString &producerId, const QString &nodeId);
    /*! The node \a nodeId has a consumer that a producer here may register. */
    void consumerOffered(const QString &consumerId, const QString &nodeId);
    /*! It has it no longer, or its link is down; the offer may come back. */
    void consumerWithdrawn(const QString &consumerId, const QString &nodeId);

    /*! close() is complete. */
    void closed();

protected:
    /*! \internal With a clock and a random source of one's own. */
    DeliveryNode(const NodeSettings &settings, std::unique_ptr<NodeEnvironment> environment,
                 QObject *parent);

private:
    std::unique_ptr<NodePrivate> d;
};

} // namespace QtDelivery
