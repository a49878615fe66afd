// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "nodeprivate.h"

#include "core/retrytimer.h"
#include "logging.h"

#include <algorithm>

namespace QtDelivery {

namespace {

qint64 microseconds(TimePoint time)
{
    return std::chrono::duration_cast<std::chrono::microseconds>(time.time_since_epoch()).count();
}

LinkSnapshot::State stateOf(const Link &link)
{
    switch (link.machine().state()) {
    case LinkMachine::State::Handshaking:
    case LinkMachine::State::Proving:
        return LinkSnapshot::State::Connecting;
    case LinkMachine::State::Up:
        return LinkSnapshot::State::Up;
    case LinkMachine::State::Closing:
    case LinkMachine::State::Closed:
        break;
    }
    return LinkSnapshot::State::Closing;
}

/*! As in rules: doc/security.md. */
QString proofOf(const PeerIdentity &peer)
{
    QStringList proofs;
    if (!peer.secretName.isEmpty())
        proofs.append(QStringLiteral("secret:") + peer.secretName);
    for (const QString &name : peer.certificateNames)
        proofs.append(QStringLiteral("certificate:") + name);
    if (!peer.pin.isEmpty())
        proofs.append(QStringLiteral("pin:") + QString::fromLatin1(peer.pin.toHex()));
    proofs.removeDuplicates();
    return proofs.join(QStringLiteral(", "));
}

LinkSnapshot snapshotOf(const Link &link)
{
    LinkSnapshot shown;
    shown.number = link.number;
    shown.peerNodeId = link.peerNodeId();
    shown.state = stateOf(link);
    if (link.isUp())
        shown.since = microseconds(link.establishedAt());
    if (const auto rtt = link.machine().roundTrip())
        shown.rtt = std::chrono::duration_cast<std::chrono::microseconds>(*rtt).count();
    shown.pendingBytes = link.backlog();
    shown.bytesIn = link.bytesIn();
    shown.bytesOut = link.bytesOut();
    shown.flows = link.flowCount();
    shown.encryption = link.encryption();
    shown.peerProof = proofOf(link.peer());
    if (const QDateTime end = link.peer().certificateExpiry; end.isValid())
        shown.certificateExpires = end.toSecsSinceEpoch();
    shown.heldBytes = link.share.bytes();
    return shown;
}

LinkSnapshot snapshotOf(const Dialer &dialer)
{
    LinkSnapshot shown;
    shown.number = dialer.number;
    shown.url = dialer.url();
    shown.state = dialer.isResting() ? LinkSnapshot::State::Resting : LinkSnapshot::State::Waiting;
    if (const auto deadline = dialer.deadline(); deadline && !dialer.isResting())
        shown.retryAt = microseconds(*deadline);
    return shown;
}

} // namespace

int NodePrivate::linkCount() const
{
    return int(std::count_if(m_links.begin(), m_links.end(),
                             [](const auto &link) { return link->isAnnounced; }));
}

QList<QUrl> NodePrivate::listeningUrls() const
{
    QList<QUrl> urls;
    for (const auto &listener : m_listeners)
        urls.append(listener->url());
    return urls;
}

qint64 NodePrivate::clock() const
{
    return microseconds(now());
}

void NodePrivate::startMonitor()
{
    if (!MonitorServer::isWanted())
        return;
    m_monitor = std::make_unique<MonitorServer>(q);
    if (const Error error = m_monitor->listen())
        qCWarning(lcLink, "%s: %s", qUtf8Printable(m_nodeId), qUtf8Printable(error.message()));
}

QList<FlowSnapshot> NodePrivate::flowSnapshots() const
{
    QList<FlowSnapshot> shown;
    for (const FlowEndpoint *endpoint : m_directory.locals())
        shown.append(endpoint->snapshot());
    return shown;
}

QList<LinkSnapshot> NodePrivate::linkSnapshots() const
{
    QList<LinkSnapshot> shown;
    for (const auto &link : m_links) {
        if (link->isGone())
            continue;
        shown.append(snapshotOf(*link));
        if (const Dialer *dialer = dialerOf(link.get()))
            shown.last().url = dialer->url();
    }
    for (const auto &dialer : m_dialers) {
        if (!dialer->link())
            shown.append(snapshotOf(*dialer));
    }
    for (LinkSnapshot &link : shown) {
        link.nodeId = m_nodeId;
        link.time = clock();
    }
    return shown;
}

void NodePrivate::measureRoundTrips()
{
    for (const auto &link : m_links)
        link->measureRoundTrip();
}

FlowEndpoint *NodePrivate::endpointOf(const QString &flowKey) const
{
    const QStringView role = QStringView(flowKey).left(2);
    if (role == QStringLiteral("p/"))
        return m_directory.local(OfferKind::Producer, flowKey.mid(2));
    return role == QStringLiteral("c/") ? m_directory.local(OfferKind::Consumer, flowKey.mid(2))
                                        : nullptr;
}

bool NodePrivate::setRecording(const QString &flowKey, bool on)
{
    FlowEndpoint *const endpoint = endpointOf(flowKey);
    if (endpoint)
        endpoint->setRecording(on);
    return endpoint;
}

QList<FlowEvent> NodePrivate::eventsAfter(const QString &flowKey, qint64 number) const
{
    const FlowEndpoint *const endpoint = endpointOf(flowKey);
    return endpoint ? endpoint->eventsAfter(number) : QList<FlowEvent>();
}

LinkOutlook NodePrivate::linkOutlook(const FlowEndpoint *endpoint, const QString &peerNodeId) const
{
    LinkOutlook outlook;
    if (const Link *link = endpoint->route.link) {
        outlook.rtt = link->machine().roundTrip();
        outlook.isCongested = link->isCongested();
        outlook.isLinked = link->isUp();
    }
    if (outlook.isLinked)
        return outlook; // of the rest of the node it needs nothing
    for (const auto &link : m_links) {
        if (link->isUp() && (peerNodeId.isEmpty() || link->peerNodeId() == peerNodeId))
            outlook.isLinked = true;
    }
    for (const auto &dialer : m_dialers) {
        outlook.expectsLink = true;
        if (dialer->link() && dialer->link()->isUp())
            continue;
        const auto next = dialer->link() ? std::optional(now()) : dialer->deadline();
        outlook.nextAttempt = earliest(outlook.nextAttempt, next);
    }
    return outlook;
}

} // namespace QtDelivery
