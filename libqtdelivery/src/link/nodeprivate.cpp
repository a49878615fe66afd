// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "nodeprivate.h"

#include "linkerrors.h"
#include "logging.h"

#include <QCoreApplication>
#include <QThread>

namespace QtDelivery {

namespace {

// Peers remembered to tell a reconnect from a first link; beyond that the count may miss some.
constexpr qsizetype MaxPeersSeen = 10'000;

/*! What a name in the directory takes, with all that refers to it. */
qint64 offerMemory(const QString &id)
{
    constexpr qint64 Entry = 96;
    return Entry + 2 * id.size();
}

/*! One frame of the longest kind always passes: a buffer for it that has grown too far, one that it
   is written to, and the rest of a link. */
qint64 leastHeldBytes(const NodeSettings &settings)
{
    constexpr qint64 Rest = 1024 * 1024;
    return 3 * settings.maxFrameLength + settings.writeHighWaterMark + Rest;
}

QString nameFor(const NodeSettings &settings, Incarnation incarnation)
{
    if (!settings.nodeId.isEmpty())
        return settings.nodeId;
    return QStringLiteral("%1").arg(incarnation.high, 16, 16, QLatin1Char('0'));
}

} // namespace

NodePrivate::NodePrivate(DeliveryNode *node, const NodeSettings &settings,
                         std::unique_ptr<NodeEnvironment> environment)
    : q(node)
    , m_settings(settings)
    , m_environment(std::move(environment))
    , m_incarnation(drawIncarnation(*m_environment))
    , m_nodeId(nameFor(settings, m_incarnation))
    , m_state(settings.validate())
    , m_held(std::max(settings.maxBytesHeldPerPeer, leastHeldBytes(settings)),
             std::max(settings.maxBytesHeld, leastHeldBytes(settings)))
    , m_turns(*m_environment, {settings.maxMessagesPerTurn, settings.maxTurnTime}, &m_turnTime,
              [this] { reapLinks(); })
{
    m_environment->setWakeUp([this] { wakeUp(); });
}

NodePrivate::~NodePrivate()
{
    m_destroying = true;
    m_monitor.reset(); // it looks at what ends here
    for (FlowEndpoint *endpoint : m_directory.locals()) {
        if (Link *link = endpoint->route.link)
            link->release(endpoint, Reason::Stopped);
        endpoint->hostGone();
    }
    for (const auto &link : m_links) {
        link->close(Reason::GoingAway);
        link->pump(); // what the system takes now; close() would have waited for the rest
    }
}

// ---- the public node

Error NodePrivate::usable() const
{
    if (QThread::currentThread() != m_turns.thread()) {
#ifdef QTDELIVERY_PARANOID
        qFatal("DeliveryNode was called from another thread than its own");
#endif
        return {Error::Code::WrongThread,
                QCoreApplication::translate(
                    "QtDelivery", "The node was called from another thread than its own.")};
    }
    return m_state;
}

Error NodePrivate::listen(const QUrl &url)
{
    if (const Error error = usable())
        return error;
    Error error;
    auto listener = m_environment->listen(
        url, m_settings, m_tls,
        [this](std::unique_ptr<Connection> connection) { accept(std::move(connection)); }, &error);
    if (listener)
        m_listeners.push_back(std::move(listener));
    return error;
}

Error NodePrivate::connectTo(const QUrl &url)
{
    if (const Error error = usable())
        return error;
    if (const Error error = checkConnectUrl(url, m_settings))
        return error;
    for (const auto &dialer : m_dialers) {
        if (dialer->url() == url)
            return {};
    }
    m_dialers.push_back(std::make_unique<Dialer>(
        *this, url,
        DialerConfig{m_settings.connectTimeout, m_settings.reconnectIntervalMin,
                     m_settings.reconnectIntervalMax, m_settings.reconnectJitter}));
    m_dialers.back()->number = ++m_numbers;
    m_dialers.back()->start();
    return {};
}

Error NodePrivate::disconnectFrom(const QUrl &url)
{
    if (const Error error = usable())
        return error;
    const auto it = std::find_if(m_dialers.begin(), m_dialers.end(),
                                 [&](const auto &d) { return d->url() == url; });
    if (it == m_dialers.end())
        return {Error::Code::InvalidArgument,
                //: %1 is an address
                QCoreApplication::translate("QtDelivery", "The node does not connect to %1.")
                    .arg(url.toString())};
    Link *const link = (*it)->link();
    m_timers.remove(it->get());
    m_dialers.erase(it);
    if (link)
        link->close(Reason::GoingAway);
    return {};
}

void NodePrivate::close()
{
    if (m_closing || QThread::currentThread() != m_turns.thread())
        return;
    m_closing = true;
    m_state = {Error::Code::Stopped,
               QCoreApplication::translate("QtDelivery", "The node is closed.")};
    m_listeners.clear();
    for (const auto &dialer : m_dialers)
        m_timers.remove(dialer.get());
    m_dialers.clear();
    for (FlowEndpoint *endpoint : m_directory.locals())
        endpoint->hostClosing();
    for (const auto &link : m_links)
        link->close(Reason::GoingAway);
    finishClose();
}

void NodePrivate::finishClose()
{
    const bool linksGone = std::all_of(m_links.begin(), m_links.end(),
                                       [](const auto &link) { return link->isGone(); });
    if (!m_closing || !linksGone || std::exchange(m_closedTold, true))
        return;
    for (FlowEndpoint *endpoint : m_directory.locals()) {
        remove(endpoint, Reason::None);
        endpoint->hostGone();
    }
    notify([](DeliveryNode *node) { Q_EMIT node->closed(); });
}

// ---- turns

void NodePrivate::notify(Notice notice)
{
    if (!m_destroying)
        m_turns.addNotice([this, notice = std::move(notice)] { notice(q); });
}

void NodePrivate::scheduleTransmit(FlowEndpoint *endpoint)
{
    if (endpoint->route.link)
        endpoint->route.link->enqueue(endpoint);
}

void NodePrivate::reapLinks()
{
    endWhatHoldsTooMuch();
    std::erase_if(m_links, [this](const auto &link) {
        if (!link->isGone())
            return false;
        m_held.close(&link->share);
        m_timers.remove(link.get());
        m_turns.remove(link.get());
        return true;
    });
}

// ---- time

void NodePrivate::updateTimeout(Timed *item)
{
    m_timers.update(item);
    rearm();
}

void NodePrivate::rearm()
{
    const auto next = m_timers.next();
    if (next && (!m_alarm || *next < *m_alarm)) {
        m_alarm = next;
        m_environment->setAlarm(m_alarm);
    }
}

void NodePrivate::wakeUp()
{
    m_alarm.reset();
    const TimePoint now = m_environment->now();
    while (Timed *const item = m_timers.takeDue(now)) {
        item->handleTimeout(now);
        m_timers.update(item);
    }
    rearm();
    m_turns.serveNestedLoop();
}

Incarnation NodePrivate::newIncarnation()
{
    return drawIncarnation(*m_environment);
}

double NodePrivate::chance()
{
    return double(m_environment->random() >> 11) / double(quint64(1) << 53);
}

// ---- links

Link *NodePrivate::addLink(std::unique_ptr<Connection> connection, bool initiator)
{
    LinkConfig config{.initiator = initiator,
                      .node = m_incarnation,
                      .nodeId = m_nodeId,
                      .connectionNumber = initiator ? ++m_connections : 0,
                      .maxFrameLength = quint32(m_settings.maxFrameLength),
                      .handshakeTimeout = m_settings.handshakeTimeout,
                      .heartbeatInterval = m_settings.heartbeatInterval,
                      .heartbeatTimeout = m_settings.heartbeatTimeout,
                      .secrets = m_secrets,
                      .nonce = m_secrets.empty() ? QByteArray() : drawNonce(*m_environment)};
    const LinkLimits limits{m_settings.writeHighWaterMark, m_settings.maxFlowsPerLink,
                            m_settings.closeTimeout, m_settings.maxRegistrationsPerSecond};
    m_links.push_back(
        std::make_unique<Link>(*this, std::move(connection), std::move(config), limits));
    Link *const link = m_links.back().get();
    link->number = ++m_numbers;
    link->share = m_held.open(countedAs(link->peer(), initiator));
    return link;
}

Link *NodePrivate::dial(const QUrl &url)
{
    return addLink(m_environment->connectTo(url, m_settings, m_tls), true);
}

void NodePrivate::retryScheduled(const QUrl &url, Duration delay, const Error &reason)
{
    const auto pause = std::chrono::duration_cast<std::chrono::milliseconds>(delay);
    qCInfo(lcLink, "%s: %s Next attempt in %lld ms.", qUtf8Printable(m_nodeId),
           qUtf8Printable(reason.message()), static_cast<long long>(pause.count()));
    notify([url, pause, reason](DeliveryNode *node) {
        Q_EMIT node->reconnectScheduled(url, pause, reason);
    });
}

Dialer *NodePrivate::dialerOf(const Link *link) const
{
    for (const auto &dialer : m_dialers) {
        if (dialer->link() == link)
            return dialer.get();
    }
    return nullptr;
}

void NodePrivate::linkEstablished(Link *link)
{
    qCInfo(lcLink, "%s: link to %s is up", qUtf8Printable(m_nodeId),
           qUtf8Printable(link->peerNodeId()));
    if (Dialer *dialer = dialerOf(link))
        dialer->linkEstablished();
    if (!settleDuplicates(link))
        return;
    const Incarnation peer = link->machine().peer().node;
    if (m_peersSeen.contains(peer))
        ++m_reconnects;
    else if (m_peersSeen.size() < MaxPeersSeen)
        m_peersSeen.insert(peer);
    for (const FlowEndpoint *endpoint : m_directory.locals()) {
        if (endpoint->isOffered())
            offerTo(link, endpoint);
    }
    noticeUp(link);
    lookAtCertificate(link->peerNodeId(), link->peer().certificateExpiry);
}

// One notice for each signal: the node may be gone after the first.
void NodePrivate::noticeUp(Link *link)
{
    link->isAnnounced = true;
    notify([id = link->peerNodeId()](DeliveryNode *node) { Q_EMIT node->linkUp(id); });
    notify([](DeliveryNode *node) { Q_EMIT node->linkCountChanged(); });
}

void NodePrivate::noticeDown(Link *link, const Error &reason)
{
    link->isAnnounced = false;
    notify([id = link->peerNodeId(), reason](DeliveryNode *node) {
        Q_EMIT node->linkDown(id, reason);
    });
    notify([](DeliveryNode *node) { Q_EMIT node->linkCountChanged(); });
}

void NodePrivate::linkEnded(Link *link, const Error &reason)
{
    const Incarnation peer = link->machine().peer().node;
    countEnd(*link);
    qCInfo(lcLink, "%s: %s", qUtf8Printable(m_nodeId), qUtf8Printable(reason.message()));
    QList<FlowEndpoint *> orphans = link->endpoints();
    for (FlowEndpoint *endpoint : std::as_const(orphans)) {
        link->release(endpoint, Reason::None);
        endpoint->linkLost();
    }
    // First, so that a slot can tell an offer that is gone with its link from one that was
    // withdrawn.
    if (link->isAnnounced)
        noticeDown(link, reason);
    else if (!peer.isNull() && link->machine().reason() != Reason::Superseded)
        notify([id = link->peerNodeId(), reason](DeliveryNode *node) {
            Q_EMIT node->linkDown(id, reason); // the peer introduced itself and was refused
        });
    for (const OfferKind kind : {OfferKind::Producer, OfferKind::Consumer}) {
        const QSet<QString> ids = m_directory.offers(link, kind);
        for (const QString &id : ids)
            noticeOffer(false, link, kind, id);
    }
    m_directory.removeLink(link);
    link->offerBytes = 0;
    if (m_destroying)
        return;
    for (FlowEndpoint *endpoint : std::as_const(orphans))
        seek(endpoint);
    if (Dialer *dialer = dialerOf(link))
        dialer->linkEnded(link->machine().reason(), peer, reason);
    if (peer == m_incarnation || hasLinkTo(peer))
        return;
    for (const auto &dialer : m_dialers)
        dialer->peerLost(peer, reason);
}

bool NodePrivate::hasLinkTo(Incarnation peer) const
{
    return std::any_of(m_links.begin(), m_links.end(), [&](const auto &link) {
        return link->isUp() && link->machine().peer().node == peer;
    });
}

void NodePrivate::linkGone(Link *)
{
    if (m_destroying)
        return;
    m_turns.addHousekeeping();
    finishClose();
}

// ---- who meets whom

Error NodePrivate::add(FlowEndpoint *endpoint)
{
    if (const Error error = usable())
        return error;
    if (!m_directory.add(endpoint))
        return {Error::Code::IdInUse,
                //: %1 is the id of a producer or consumer
                QCoreApplication::translate("QtDelivery", "The id %1 is in use on this node.")
                    .arg(endpoint->id())};
    if (endpoint->isOffered())
        offer(endpoint);
    if (m_blockLog.add(endpoint, now()))
        updateTimeout(&m_blockLog);
    return {};
}

void NodePrivate::offer(FlowEndpoint *endpoint)
{
    for (const auto &link : m_links) {
        if (link->isUp())
            offerTo(link.get(), endpoint);
    }
    seek(endpoint);
}

void NodePrivate::remove(FlowEndpoint *endpoint, Reason reason)
{
    detach(endpoint, reason);
    m_directory.remove(endpoint);
    m_blockLog.remove(endpoint);
    m_timers.remove(endpoint);
    m_turns.remove(endpoint);
    for (const auto &link : m_links) {
        if (link->isUp() && mayKnow(link.get(), endpoint))
            link->writeControl(WithdrawFrame{endpoint->kind(), endpoint->id()});
    }
}

void NodePrivate::registrationChanged(FlowEndpoint *endpoint, const QString &before)
{
    m_directory.updateWanted(endpoint, before);
    seek(endpoint);
}

void NodePrivate::seek(FlowEndpoint *endpoint)
{
    if (!endpoint->isSeeking())
        return;
    Link *const link = m_directory.partnerLink(
        endpoint, [&](const Link *candidate) { return mayMeet(candidate, endpoint); });
    if (link)
        endpoint->partnerFound(link, now());
}

qint64 NodePrivate::maxPayload() const
{
    return m_settings.maxFrameLength - (MessageFrameOverhead - FrameHeaderSize);
}

ChannelNr NodePrivate::openChannel(FlowEndpoint *endpoint, Link *link)
{
    const ChannelNr channel = link->newChannel();
    link->bind(endpoint, channel);
    return channel;
}

void NodePrivate::adopt(FlowEndpoint *endpoint, Link *link)
{
    link->adopt(endpoint);
}

void NodePrivate::bind(FlowEndpoint *endpoint, Link *link, ChannelNr channel)
{
    link->bind(endpoint, channel);
}

void NodePrivate::refuse(Link *link, ChannelNr channel, Reason reason)
{
    link->writeDetach(channel, reason);
}

void NodePrivate::flush(FlowEndpoint *endpoint)
{
    if (endpoint->route.link)
        endpoint->route.link->flush(endpoint);
}

void NodePrivate::detach(FlowEndpoint *endpoint, Reason reason)
{
    if (endpoint->route.link)
        endpoint->route.link->release(endpoint, reason);
}

bool NodePrivate::offeredElsewhere(const Link *link, OfferKind kind, const QString &id) const
{
    return std::any_of(m_links.begin(), m_links.end(), [&](const auto &other) {
        return other.get() != link && other->isUp()
            && other->machine().peer().node == link->machine().peer().node
            && m_directory.offers(other.get(), kind).contains(id);
    });
}

void NodePrivate::noticeOffer(bool offered, Link *link, OfferKind kind, const QString &id)
{
    if (offeredElsewhere(link, kind, id))
        return; // two links to one node, for a moment
    notify([offered, kind, id, nodeId = link->peerNodeId()](DeliveryNode *node) {
        if (kind == OfferKind::Producer)
            offered ? Q_EMIT node->producerOffered(id, nodeId)
                    : Q_EMIT node->producerWithdrawn(id, nodeId);
        else
            offered ? Q_EMIT node->consumerOffered(id, nodeId)
                    : Q_EMIT node->consumerWithdrawn(id, nodeId);
    });
}

Reason NodePrivate::handleNodeFrame(Link *link, const Frame &frame)
{
    if (const auto *offer = std::get_if<OfferFrame>(&frame))
        return handleOffer(link, *offer);
    if (const auto *withdraw = std::get_if<WithdrawFrame>(&frame)) {
        handleWithdraw(link, *withdraw);
        return Reason::None;
    }
    if (const auto *invite = std::get_if<InviteFrame>(&frame)) {
        handleInvite(link, *invite);
        return Reason::None;
    }
    return Reason::UnexpectedFrame;
}

Reason NodePrivate::handleOffer(Link *link, const OfferFrame &frame)
{
    if (!mayOffer(link, frame)) {
        countRefusedFlow(link, frame.id);
        return Reason::None;
    }
    if (m_directory.addOffer(link, frame.kind, frame.id)) {
        if (m_directory.offerCount(link) > m_settings.maxFlowsPerLink)
            return Reason::LimitReached;
        link->offerBytes += offerMemory(frame.id);
        noticeOffer(true, link, frame.kind, frame.id);
    }
    const QList<FlowEndpoint *> wanting = m_directory.wanting(frame.kind, frame.id);
    for (FlowEndpoint *endpoint : wanting) {
        const Link *current = endpoint->route.link;
        if (!endpoint->wantedNode().isEmpty() && endpoint->wantedNode() != link->peerNodeId())
            continue;
        if (!mayMeet(link, endpoint))
            continue;
        if (endpoint->isSeeking())
            endpoint->partnerFound(link, now());
        else if (current && current->machine().peer().node != link->machine().peer().node)
            endpoint->rivalFound(link->peerNodeId());
    }
    return Reason::None;
}

void NodePrivate::handleWithdraw(Link *link, const WithdrawFrame &frame)
{
    if (m_directory.removeOffer(link, frame.kind, frame.id)) {
        link->offerBytes -= offerMemory(frame.id);
        noticeOffer(false, link, frame.kind, frame.id);
    }
    const QList<FlowEndpoint *> wanting = m_directory.wanting(frame.kind, frame.id);
    for (FlowEndpoint *endpoint : wanting) {
        if (endpoint->route.link == link && endpoint->route.channel == 0) {
            link->release(endpoint, Reason::None); // it was invited, and is gone before it came
            endpoint->linkLost();
        }
        seek(endpoint); // another node may offer it
    }
}

void NodePrivate::handleInvite(Link *link, const InviteFrame &frame)
{
    if (!m_authorizer->mayProduce(link->peer(), frame.producerId))
        countRefusedFlow(link, frame.producerId);
    else if (FlowEndpoint *consumer = m_directory.local(OfferKind::Consumer, frame.consumerId))
        consumer->invited(link, frame.producerId, now());
}

Reason NodePrivate::handleAttach(Link *link, ChannelNr channel, const AttachFrame &frame)
{
    FlowEndpoint *const producer = m_directory.local(OfferKind::Producer, frame.producerId);
    // Whether there is such a flow is not told to who has no right to it.
    if (!m_authorizer->mayConsume(link->peer(), frame.producerId)) {
        countRefusedFlow(link, frame.producerId);
        refuse(link, channel, Reason::NotAllowed);
        return Reason::None;
    }
    if (producer && producer->isOffered())
        return producer->handleAttach(link, channel, frame, now());
    refuse(link, channel, Reason::UnknownProducer);
    return Reason::None;
}

} // namespace QtDelivery
