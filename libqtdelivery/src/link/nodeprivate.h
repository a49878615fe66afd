// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "blocklog.h"
#include "dialer.h"
#include "expirywatch.h"
#include "flowdirectory.h"
#include "flowhost.h"
#include "link.h"
#include "nodeenvironment.h"
#include "timerqueue.h"
#include "transport.h"
#include "turnqueue.h"

#include <QtDelivery/authorizer.h>
#include <QtDelivery/deliverynode.h>
#include <QtDelivery/monitorserver.h>

#include <QSet>

#include <functional>
#include <vector>

namespace QtDelivery {

/*!
    \brief The node behind DeliveryNode: owns links, dialers and listeners, and brings flows
   together.
*/
class NodePrivate final : public FlowHost, public LinkOwner, public DialerOwner
{
public:
    NodePrivate(DeliveryNode *node, const NodeSettings &settings,
                std::unique_ptr<NodeEnvironment> environment);
    ~NodePrivate();

    /*! Why the node cannot be used here and now. */
    [[nodiscard]] Error usable() const;
    [[nodiscard]] const NodeSettings &settings() const { return m_settings; }
    [[nodiscard]] int linkCount() const;
    [[nodiscard]] quint64 reconnects() const { return m_reconnects; }
    [[nodiscard]] QList<QUrl> listeningUrls() const;

    /*! Valid ones, for every handshake from now on. */
    void setTls(const TlsSettings &tls);
    /*! Valid ones, for every link from now on. */
    void setSharedSecrets(const QList<SharedSecret> &secrets);
    void setAuthorizer(std::shared_ptr<const Authorizer> authorizer);
    [[nodiscard]] const Refusals &refusals() const { return m_refusals; }
    Error listen(const QUrl &url);
    Error connectTo(const QUrl &url);
    Error disconnectFrom(const QUrl &url);
    void close();
    /*! Takes an established connection, as a listener does. */
    void accept(std::unique_ptr<Connection> connection);

    // ---- for whoever watches
    [[nodiscard]] QList<FlowSnapshot> flowSnapshots() const;
    [[nodiscard]] QList<LinkSnapshot> linkSnapshots() const;
    [[nodiscard]] qint64 clock() const;
    void measureRoundTrips();
    /*! If the environment asks for it. */
    void startMonitor();
    bool setRecording(const QString &flowKey, bool on);
    [[nodiscard]] QList<FlowEvent> eventsAfter(const QString &flowKey, qint64 number) const;

    // FlowHost
    [[nodiscard]] TimePoint now() const override { return m_environment->now(); }
    [[nodiscard]] Incarnation newIncarnation() override;
    [[nodiscard]] Error state() const override { return m_state; }
    Error add(FlowEndpoint *endpoint) override;
    void offer(FlowEndpoint *endpoint) override;
    void remove(FlowEndpoint *endpoint, Reason reason) override;
    void registrationChanged(FlowEndpoint *endpoint, const QString &before) override;
    [[nodiscard]] const QString &nodeId() const override { return m_nodeId; }
    [[nodiscard]] LinkOutlook linkOutlook(const FlowEndpoint *endpoint,
                                          const QString &peerNodeId) const override;
    [[nodiscard]] qint64 maxPayload() const override;
    [[nodiscard]] QString peerNodeId(const Link *link) const override { return link->peerNodeId(); }
    [[nodiscard]] ChannelNr openChannel(FlowEndpoint *endpoint, Link *link) override;
    void adopt(FlowEndpoint *endpoint, Link *link) override;
    void bind(FlowEndpoint *endpoint, Link *link, ChannelNr channel) override;
    void refuse(Link *link, ChannelNr channel, Reason reason) override;
    void flush(FlowEndpoint *endpoint) override;
    void detach(FlowEndpoint *endpoint, Reason reason) override;
    void scheduleEvents(FlowEndpoint *endpoint) override { m_turns.addEvents(endpoint); }
    void scheduleTransmit(FlowEndpoint *endpoint) override;
    void transmitNow(FlowEndpoint *endpoint) override
    {
        if (Link *link = endpoint->route.link; link && !m_turns.isRunning())
            link->pump();
    }

    // LinkOwner
    void linkEstablished(Link *link) override;
    void linkEnded(Link *link, const Error &reason) override;
    void linkGone(Link *link) override;
    [[nodiscard]] Reason handleNodeFrame(Link *link, const Frame &frame) override;
    [[nodiscard]] Reason handleAttach(Link *link, ChannelNr channel,
                                      const AttachFrame &frame) override;
    void linkWantsPump(Link *link) override { m_turns.addPump(link); }
    void linkHasRead() override { m_turns.serveNestedLoop(); }
    void updateTimeout(Timed *item) override;
    void linkHolds(Link *link) override;

    // DialerOwner
    [[nodiscard]] double chance() override;
    [[nodiscard]] Link *dial(const QUrl &url) override;
    void giveUp(Link *link, const Error &reason) override { link->abort(reason); }
    void retryScheduled(const QUrl &url, Duration delay, const Error &reason) override;

private:
    [[nodiscard]] FlowEndpoint *endpointOf(const QString &flowKey) const;

    using Notice = std::function<void(DeliveryNode *)>;

    void reapLinks();
    void wakeUp();
    void rearm();
    void notify(Notice notice);
    Link *addLink(std::unique_ptr<Connection> connection, bool initiator);
    [[nodiscard]] bool settleDuplicates(Link *link);
    [[nodiscard]] const char *limitAgainst(const Connection &connection) const;
    [[nodiscard]] bool isPending(const Link &link) const;
    void countEnd(const Link &link);
    void endWhatHoldsTooMuch();
    /*! Links with the same answer are of one peer; each with an empty one is its own. */
    [[nodiscard]] static QString countedAs(const PeerIdentity &peer, bool initiator);
    void offerTo(Link *link, const FlowEndpoint *endpoint);
    [[nodiscard]] bool mayKnow(const Link *link, const FlowEndpoint *endpoint) const;
    [[nodiscard]] bool mayOffer(const Link *link, const OfferFrame &frame) const;
    [[nodiscard]] bool mayMeet(const Link *link, const FlowEndpoint *endpoint) const;
    [[nodiscard]] bool lookAtCertificates();
    void lookAtCertificate(const QString &nodeId, const QDateTime &end);
    void countRefusedFlow(const Link *link, const QString &producerId);
    [[nodiscard]] bool hasLinkTo(Incarnation peer) const;
    [[nodiscard]] Dialer *dialerOf(const Link *link) const;
    [[nodiscard]] bool offeredElsewhere(const Link *link, OfferKind kind, const QString &id) const;
    void seek(FlowEndpoint *endpoint);
    [[nodiscard]] Reason handleOffer(Link *link, const OfferFrame &frame);
    void handleWithdraw(Link *link, const WithdrawFrame &frame);
    void handleInvite(Link *link, const InviteFrame &frame);
    void noticeUp(Link *link);
    void noticeDown(Link *link, const Error &reason);
    void noticeOffer(bool offered, Link *link, OfferKind kind, const QString &id);
    void finishClose();

    DeliveryNode *const q;
    const NodeSettings m_settings;
    TlsSettings m_tls; // the listeners look at it
    std::vector<LinkSecret> m_secrets;
    std::shared_ptr<const Authorizer> m_authorizer = std::make_shared<Authorizer>();
    Refusals m_refusals;
    ExpiryWatch m_expiryWatch{[this] { return lookAtCertificates(); }};
    std::unique_ptr<NodeEnvironment> m_environment;
    const Incarnation m_incarnation;
    const QString m_nodeId;
    Error m_state;

    TimerQueue m_timers;
    BlockLog m_blockLog;
    std::optional<TimePoint> m_alarm;
    FlowDirectory m_directory;
    std::vector<std::unique_ptr<Listener>> m_listeners;
    std::vector<std::unique_ptr<Dialer>> m_dialers;
    std::vector<std::unique_ptr<Link>> m_links;
    HeldBytes m_held;
    bool m_holdsTooMuch = false; // perhaps
    QSet<Incarnation> m_peersSeen;
    quint64 m_connections = 0;
    qint64 m_numbers = 0; // of links and dialers, as snapshots name them
    quint64 m_reconnects = 0;

    TurnQueue m_turns;
    bool m_closing = false;
    bool m_closedTold = false;
    bool m_destroying = false;
    std::unique_ptr<MonitorServer> m_monitor; // if the environment asks for one
};

} // namespace QtDelivery
