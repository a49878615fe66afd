// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "linkerrors.h"
#include "logging.h"
#include "nodeprivate.h"

#include <QHostAddress>

#include <algorithm>
#include <functional>

namespace QtDelivery {

// Who is let in, how many of them, and what each may have.

namespace {

/*! What counts as one peer: of IPv6 everybody has a whole network. */
QString peerKey(const QString &address)
{
    constexpr int NetworkBits = 64;
    const QHostAddress host(address);
    bool isIpv4 = false;
    (void)host.toIPv4Address(&isIpv4); // also of ::ffff:192.0.2.1
    if (host.isNull() || isIpv4)
        return address;
    Q_IPV6ADDR bytes = host.toIPv6Address();
    for (int i = NetworkBits / 8; i < 16; ++i)
        bytes[i] = 0;
    return QHostAddress(bytes).toString();
}

/*! Whether both links can lead to one peer. Who calls and is called may show something else each
 * time, so only links of one direction are compared; rights go with what a link has shown anyway.
 */
bool mayBeTheSame(const Link &a, const Link &b)
{
    if (a.machine().config().initiator != b.machine().config().initiator)
        return true;
    return a.peer().secretName == b.peer().secretName && a.peer().pin == b.peer().pin
        && a.peer().certificateNames == b.peer().certificateNames;
}

} // namespace

void NodePrivate::setTls(const TlsSettings &tls)
{
    m_tls = tls;
    if (!tls.certificateChain.isEmpty())
        lookAtCertificate({}, tls.certificateChain.first().expiryDate());
}

void NodePrivate::lookAtCertificate(const QString &nodeId, const QDateTime &end)
{
    if (!end.isValid())
        return;
    if (ExpiryWatch::isSoon(end, m_tls.announceExpiry)) {
        qCInfo(lcLink, "%s: the certificate of %s ends at %s", qUtf8Printable(m_nodeId),
               nodeId.isEmpty() ? "this node" : qUtf8Printable(nodeId),
               qUtf8Printable(end.toString(Qt::ISODate)));
        notify([nodeId, end](DeliveryNode *node) { Q_EMIT node->certificateExpires(nodeId, end); });
    }
    m_expiryWatch.begin(now());
    updateTimeout(&m_expiryWatch);
}

bool NodePrivate::lookAtCertificates()
{
    bool any = false;
    const auto look = [&](const QString &nodeId, const QDateTime &end) {
        any |= end.isValid();
        lookAtCertificate(nodeId, end);
    };
    if (!m_tls.certificateChain.isEmpty())
        look({}, m_tls.certificateChain.first().expiryDate());
    for (const auto &link : m_links) {
        if (link->isAnnounced)
            look(link->peerNodeId(), link->peer().certificateExpiry);
    }
    return any;
}

void NodePrivate::setSharedSecrets(const QList<SharedSecret> &secrets)
{
    m_secrets.clear();
    for (const SharedSecret &secret : secrets)
        m_secrets.push_back({secret.name, secret.secret});
}

void NodePrivate::setAuthorizer(std::shared_ptr<const Authorizer> authorizer)
{
    m_authorizer = authorizer ? std::move(authorizer) : std::make_shared<Authorizer>();
}

bool NodePrivate::isPending(const Link &link) const
{
    return !link.isUp() && !link.hasEnded() && !link.machine().config().initiator;
}

/*! The setting that does not allow one more; null if all do. */
const char *NodePrivate::limitAgainst(const Connection &connection) const
{
    const PeerIdentity peer = connection.peer();
    const QString key = peerKey(peer.address);
    int pending = 0;
    int ofPeer = 0;
    for (const auto &link : m_links) {
        pending += isPending(*link);
        ofPeer += !peer.isLocal && !link->machine().config().initiator
            && peerKey(link->peer().address) == key;
    }
    if (qsizetype(m_links.size()) >= m_settings.maxLinks)
        return "maxLinks";
    if (ofPeer >= m_settings.maxLinksPerPeer)
        return "maxLinksPerPeer";
    if (const char *limit = m_held.limitAgainst(countedAs(peer, false)))
        return limit;
    return pending >= m_settings.maxPendingHandshakes ? "maxPendingHandshakes" : nullptr;
}

void NodePrivate::accept(std::unique_ptr<Connection> connection)
{
    if (m_closing)
        return; // destroying the connection ends it
    if (const char *limit = limitAgainst(*connection)) {
        ++m_refusals.connections;
        qCWarning(lcLink, "%s: a connection is refused: %s is reached", qUtf8Printable(m_nodeId),
                  limit);
        return;
    }
    addLink(std::move(connection), false);
}

QString NodePrivate::countedAs(const PeerIdentity &peer, bool initiator)
{
    return initiator || peer.isLocal ? QString() : peerKey(peer.address);
}

void NodePrivate::linkHolds(Link *link)
{
    m_held.set(&link->share, link->heldBytes());
    if (!m_held.isTooMuch() && !m_held.isTooMuch(link->share))
        return;
    m_holdsTooMuch = true; // later: now the link may be in the middle of a frame
    m_turns.addHousekeeping();
}

/*! Those that hold most first, until nobody holds too much. */
void NodePrivate::endWhatHoldsTooMuch()
{
    if (!std::exchange(m_holdsTooMuch, false))
        return;
    std::vector<Link *> links;
    for (const auto &link : m_links) {
        if (!link->isGone())
            links.push_back(link.get());
    }
    std::ranges::sort(links, std::greater<>(),
                      [](const Link *link) { return link->share.bytes(); });
    for (Link *link : links) {
        const bool isOfPeer = m_held.isTooMuch(link->share);
        if (!isOfPeer && !m_held.isTooMuch())
            continue;
        qCWarning(lcLink, "%s: the link to %s at %s is ended: %s is reached",
                  qUtf8Printable(m_nodeId), qUtf8Printable(link->peerNodeId()),
                  qUtf8Printable(link->peer().address),
                  isOfPeer ? "maxBytesHeldPerPeer" : "maxBytesHeld");
        link->refuseMore();
    }
}

bool NodePrivate::settleDuplicates(Link *link)
{
    for (const auto &other : m_links) {
        if (other.get() == link || !other->isUp()
            || other->machine().peer().node != link->machine().peer().node)
            continue;
        if (!mayBeTheSame(*other, *link)) {
            link->close(Reason::AuthenticationFailed); // somebody poses as that node
            return false;
        }
        const bool stays = winsAgainst(link->machine(), other->machine());
        if (stays && other->isAnnounced) // now: the last to be heard of a peer is that it is up
            noticeDown(other.get(), linkError(Reason::Superseded, other->peerNodeId()));
        (stays ? other.get() : link)->close(Reason::Superseded);
        if (!stays)
            return false;
    }
    return true;
}

void NodePrivate::countEnd(const Link &link)
{
    if (link.machine().closedByPeer())
        return;
    switch (link.machine().reason()) {
    case Reason::AuthenticationFailed:
    case Reason::SecretMissing:
        ++m_refusals.secrets;
        break;
    case Reason::HandshakeTimeout:
        ++m_refusals.handshakes;
        break;
    case Reason::LimitReached:
        ++m_refusals.limits;
        break;
    default:
        break;
    }
}

/*! Whether the peer is told that there is such a controller here. */
bool NodePrivate::mayKnow(const Link *link, const FlowEndpoint *endpoint) const
{
    return endpoint->kind() == OfferKind::Producer
        ? m_authorizer->mayConsume(link->peer(), endpoint->id())
        : m_authorizer->mayProduce(link->peer(), {});
}

void NodePrivate::offerTo(Link *link, const FlowEndpoint *endpoint)
{
    if (mayKnow(link, endpoint))
        link->writeControl(OfferFrame{endpoint->kind(), endpoint->incarnation(), endpoint->id()});
}

/*! A consumer is only a name until it meets a producer: then mayMeet() decides. */
bool NodePrivate::mayOffer(const Link *link, const OfferFrame &frame) const
{
    return frame.kind == OfferKind::Consumer || m_authorizer->mayProduce(link->peer(), frame.id);
}

bool NodePrivate::mayMeet(const Link *link, const FlowEndpoint *endpoint) const
{
    return endpoint->kind() == OfferKind::Producer
        ? m_authorizer->mayConsume(link->peer(), endpoint->id())
        : m_authorizer->mayProduce(link->peer(), endpoint->wantedPartner());
}

void NodePrivate::countRefusedFlow(const Link *link, const QString &producerId)
{
    ++m_refusals.flows;
    const PeerIdentity &peer = link->peer();
    QStringList names = peer.certificateNames;
    if (!peer.secretName.isEmpty())
        names.append(peer.secretName);
    qCInfo(lcLink, "%s: %s at %s (%s) has no right to the flow %s", qUtf8Printable(m_nodeId),
           qUtf8Printable(peer.nodeId), qUtf8Printable(peer.address),
           names.isEmpty() ? "not authenticated" : qUtf8Printable(names.join(u", ")),
           qUtf8Printable(producerId));
}

} // namespace QtDelivery
