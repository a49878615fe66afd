// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "link.h"

#include "linkerrors.h"
#include "logging.h"

namespace QtDelivery {

namespace {

constexpr qint64 ReadSize = 64 * 1024;
// One write per turn, up to this: measured, more only adds latency.
constexpr qsizetype BatchLimit = 128 * 1024;
// A flow's share per round while others wait: a few dozen small messages, or one large.
constexpr qsizetype Quantum = 4 * 1024;

} // namespace

Link::Link(LinkOwner &owner, std::unique_ptr<Connection> connection, LinkConfig config,
           LinkLimits limits)
    : m_owner(owner)
    , m_connection(std::move(connection))
    , m_machine(std::move(config))
    , m_limits(limits)
    , m_registrations(limits.maxRegistrationsPerSecond,
                      2 * limits.maxFlows + limits.maxRegistrationsPerSecond)
    , m_peer(m_connection->peer())
{
    m_connection->setObserver(this);
    if (!m_machine.config().initiator && m_connection->isReady())
        connected(); // accepted
}

Link::~Link()
{
    m_connection->abort();
}

// ---- reading

void Link::connected()
{
    m_connected = true;
    m_peer = m_connection->peer();
    m_machine.start(m_owner.now(), m_connection->channelBinding());
    m_owner.linkWantsPump(this);
    m_owner.updateTimeout(this);
}

void Link::readable()
{
    if (m_reading)
        return;
    m_reading = true;
    const TimePoint now = m_owner.now();
    while (const qint64 wanted = std::min(m_connection->available(), ReadSize)) {
        const qint64 size = m_connection->read(m_machine.prepare(wanted), wanted);
        if (size <= 0)
            break;
        m_machine.commit(size, now);
        m_bytesIn += size;
        decode(now);
        // Nothing may pile up while our Close waits for room in the connection.
        if (isOver() && m_machine.skipToClose()) {
            m_peerIsDone = true;
            if (m_ended)
                m_connection->closeGracefully(); // it has read everything that it will read
        }
    }
    m_reading = false;
    if (m_machine.hasTransmit())
        m_owner.linkWantsPump(this);
    if (m_machine.closedByPeer() && !m_ended)
        goodbye();
    else if (isOver())
        startLinger(now);
    noteHeld();
    m_owner.linkHasRead();
}

void Link::noteHeld()
{
    if (heldBytes() != share.bytes())
        m_owner.linkHolds(this);
}

void Link::decode(TimePoint now)
{
    ChannelNr channel = 0;
    Frame frame;
    for (;;) {
        switch (m_machine.next(&channel, &frame)) {
        case LinkMachine::Result::Frame:
            if (const Reason reason = handleFrame(channel, frame, now); reason != Reason::None)
                m_machine.close(reason);
            break;
        case LinkMachine::Result::Up:
            established(now);
            break;
        case LinkMachine::Result::NeedMore:
        case LinkMachine::Result::Ended:
            return;
        }
    }
}

void Link::established(TimePoint now)
{
    m_establishedAt = now;
    m_peer.nodeId = m_machine.peer().nodeId;
    m_peer.secretName = m_machine.provedSecret();
    if (m_machine.config().initiator && !m_peer.secretName.isEmpty())
        m_peer.wasChosen = true;
    m_owner.linkEstablished(this);
}

Reason Link::handleFrame(ChannelNr channel, const Frame &frame, TimePoint now)
{
    const bool registers = channel == 0 || std::holds_alternative<AttachFrame>(frame);
    if (registers && !m_registrations.take(now))
        return Reason::LimitReached;
    if (channel == 0)
        return m_owner.handleNodeFrame(this, frame);
    if (channel != m_recentChannel) { // frames mostly come in runs of one flow
        FlowEndpoint *const before = m_recentChannel ? m_recentEndpoint : nullptr;
        m_recentChannel = channel;
        m_recentEndpoint = m_channels.value(channel);
        noteShared(before, m_recentEndpoint, now);
    }
    m_recentAt = now;
    FlowEndpoint *const endpoint = m_recentEndpoint;
    const auto *attach = std::get_if<AttachFrame>(&frame);
    if (!attach) {
        if (endpoint)
            return endpoint->handleFrame(frame, now);
        // Of a channel that has ended here while the frame was under way, or of one that never was.
        const bool isOwn = (channel & 1) == ChannelNr(m_machine.config().initiator);
        return channel <= (isOwn ? m_lastOwnChannel : m_lastPeerChannel) ? Reason::None
                                                                         : Reason::UnexpectedFrame;
    }
    if ((channel & 1) == ChannelNr(m_machine.config().initiator))
        return Reason::UnexpectedFrame; // the number is ours to give
    if (endpoint)
        return endpoint->handleAttach(this, channel, *attach, now);
    if (channel <= m_lastPeerChannel)
        return Reason::None; // a repetition that came too late
    if (m_channels.size() >= m_limits.maxFlows)
        return Reason::LimitReached;
    m_lastPeerChannel = channel;
    return m_owner.handleAttach(this, channel, *attach);
}

void Link::noteShared(FlowEndpoint *before, FlowEndpoint *after, TimePoint now)
{
    if (!before || !after)
        return;
    before->route.sharedAt = now;
    after->route.sharedAt = m_recentAt; // of the last frame before, however long ago
}

// ---- flows

ChannelNr Link::newChannel()
{
    // The node that opened the connection uses odd numbers.
    m_lastOwnChannel =
        m_lastOwnChannel == 0 ? (m_machine.config().initiator ? 1 : 2) : m_lastOwnChannel + 2;
    return m_lastOwnChannel;
}

void Link::writeDetach(ChannelNr channel, Reason reason)
{
    // A peer that never reads must not make us collect the refusals of its Attaches without end.
    if (++m_detachesPending > m_limits.maxFlows) {
        m_machine.close(Reason::LimitReached);
        m_owner.linkWantsPump(this);
        return;
    }
    FrameWriter(m_control).write(channel, DetachFrame{reason});
    m_owner.linkWantsPump(this);
}

void Link::adopt(FlowEndpoint *endpoint)
{
    endpoint->route.link = this;
    m_endpoints.insert(endpoint);
}

void Link::bind(FlowEndpoint *endpoint, ChannelNr channel)
{
    adopt(endpoint);
    endpoint->route.channel = channel;
    m_channels.insert(channel, endpoint);
    m_recentChannel = 0;
}

void Link::release(FlowEndpoint *endpoint, Reason reason)
{
    endpoint->route.sharedAt.reset();
    if (const ChannelNr channel = std::exchange(endpoint->route.channel, 0)) {
        m_channels.remove(channel);
        m_recentChannel = 0;
        if (reason != Reason::None && isUp())
            writeDetach(channel, reason);
    }
    if (std::exchange(endpoint->route.queuedForTransmit, false)) {
        for (qsizetype i = 0; i < m_ready.size(); ++i) {
            if (m_ready[i] == endpoint)
                m_ready[i] = nullptr;
        }
    }
    m_endpoints.remove(endpoint);
    endpoint->route.link = nullptr;
}

void Link::flush(FlowEndpoint *endpoint)
{
    if (!isUp())
        return;
    FrameWriter writer(m_control);
    writer.setPeerUnpacks(m_machine.peerUnpacks());
    (void)endpoint->transmit(writer, Quantum, m_owner.now()); // what is more than that stays unsent
    m_owner.linkWantsPump(this);
}

void Link::enqueue(FlowEndpoint *endpoint)
{
    if (std::exchange(endpoint->route.queuedForTransmit, true))
        return;
    m_ready.pushBack(endpoint);
    m_owner.linkWantsPump(this);
}

// ---- writing

bool Link::hasOutput() const
{
    return m_machine.hasTransmit() || !m_control.isEmpty()
        || (isUp() && (!m_ready.isEmpty() || m_closeWhenDrained));
}

void Link::fillBatch()
{
    m_batch.resize(0); // keeps its memory
    FrameWriter writer(m_batch);
    writer.setPeerUnpacks(m_machine.peerUnpacks());
    if (m_machine.state() != LinkMachine::State::Closing)
        m_machine.pollTransmit(writer);
    if (!m_control.isEmpty()) {
        m_batch.append(m_control);
        m_control = {};
        m_detachesPending = 0;
    }
    if (isUp()) {
        const TimePoint now = m_owner.now();
        while (!m_ready.isEmpty() && m_batch.size() < BatchLimit) {
            FlowEndpoint *const endpoint = m_ready.takeFront();
            if (!endpoint)
                continue;
            endpoint->route.queuedForTransmit = false;
            if (endpoint->transmit(writer, Quantum, now)) {
                endpoint->route.queuedForTransmit = true;
                m_ready.pushBack(endpoint);
            }
            m_owner.updateTimeout(endpoint);
        }
    }
    if (m_closeWhenDrained && m_ready.isEmpty())
        m_machine.close(*m_closeWhenDrained);
    if (m_machine.state() == LinkMachine::State::Closing)
        m_machine.pollTransmit(writer); // Close is the last frame
}

void Link::pump()
{
    pumpScheduled = false;
    if (m_pumping || m_ended || !m_connected)
        return; // a write calls writable() from within
    m_pumping = true;
    while (hasOutput() && m_connection->backlog() < m_limits.highWaterMark) {
        fillBatch();
        if (m_batch.isEmpty())
            break;
        m_bytesOut += m_batch.size();
        m_connection->write(m_batch);
    }
    m_pumping = false;
    if (m_machine.state() == LinkMachine::State::Closed && !m_ended)
        goodbye();
    noteHeld();
    m_owner.updateTimeout(this);
}

void Link::writable()
{
    if (hasOutput())
        pump();
}

void Link::measureRoundTrip()
{
    m_machine.measureRoundTrip(m_owner.now());
    if (m_machine.hasTransmit())
        m_owner.linkWantsPump(this);
}

// ---- the end

void Link::close(Reason reason)
{
    if (m_ended)
        return;
    if (!m_connected) {
        abort(linkError(reason, peerNodeId()));
        return;
    }
    if (reason == Reason::Superseded && m_connection->backlog() >= m_limits.highWaterMark) {
        m_machine.close(reason); // the peer does not read, and the flows shall move on now
        abort(endReason());
        return;
    }
    if (isUp())
        m_closeWhenDrained = reason;
    else
        m_machine.close(reason);
    startLinger(m_owner.now());
    m_owner.linkWantsPump(this);
}

void Link::refuseMore()
{
    m_machine.closeAndForget(Reason::LimitReached);
    if (m_connection->backlog() >= m_limits.highWaterMark) {
        abort(endReason()); // it does not read, and would never hear why
    } else {
        startLinger(m_owner.now());
        m_owner.linkWantsPump(this);
    }
    noteHeld();
}

bool Link::isOver() const
{
    return m_machine.state() == LinkMachine::State::Closing
        || m_machine.state() == LinkMachine::State::Closed;
}

/*! From the first decision to end on there is a limit, whatever the peer does or does not. */
void Link::startLinger(TimePoint now)
{
    if (m_lingerDeadline || m_gone)
        return;
    m_lingerDeadline = now + m_limits.lingerTime;
    m_owner.updateTimeout(this);
}

void Link::abort(const Error &reason)
{
    m_machine.handleDown();
    end(reason);
    gone();
}

void Link::end(const Error &reason)
{
    if (m_ended)
        return;
    m_ended = true;
    m_owner.linkEnded(this, reason);
}

void Link::goodbye()
{
    // Our Close is written, or the peer's has been read, or the peer is dead.
    end(endReason());
    const Reason reason = m_machine.reason();
    if (reason == Reason::HeartbeatTimeout || reason == Reason::ConnectionLost) {
        gone();
        return;
    }
    startLinger(m_owner.now());
    if (m_machine.closedByPeer() || m_peerIsDone)
        m_connection->closeGracefully();
}

void Link::gone()
{
    if (m_gone)
        return;
    m_gone = true;
    m_lingerDeadline.reset();
    m_connection->abort();
    m_owner.linkGone(this);
}

void Link::down(const Error &reason)
{
    m_machine.handleDown();
    end(m_machine.reason() == Reason::ConnectionLost ? reason : endReason());
    gone();
}

Error Link::endReason() const
{
    return linkError(m_machine.reason(), peerNodeId(), m_machine.closedByPeer());
}

std::optional<TimePoint> Link::nextTimeout() const
{
    if (m_lingerDeadline || m_ended || !m_connected)
        return m_lingerDeadline;
    return m_machine.nextTimeout();
}

void Link::handleTimeout(TimePoint now)
{
    if (m_lingerDeadline && now >= *m_lingerDeadline) {
        m_lingerDeadline.reset();
        if (m_closeWhenDrained)
            m_machine.close(*m_closeWhenDrained); // it was not drained: the reason is the same
        abort(endReason());
        return;
    }
    if (m_ended)
        return;
    m_machine.handleTimeout(now);
    if (m_machine.state() == LinkMachine::State::Closed)
        goodbye();
    else if (m_machine.hasTransmit())
        m_owner.linkWantsPump(this);
    if (isOver())
        startLinger(now);
    m_owner.updateTimeout(this);
}

} // namespace QtDelivery
