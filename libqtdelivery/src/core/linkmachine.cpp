// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "linkmachine.h"

namespace QtDelivery {

LinkMachine::LinkMachine(LinkConfig config)
    : m_config(std::move(config))
    , m_heartbeat(m_config.heartbeatInterval, m_config.heartbeatTimeout)
{ }

void LinkMachine::start(TimePoint now, const QByteArray &channelBinding)
{
    m_channelBinding = channelBinding;
    m_handshakeDeadline = now + m_config.handshakeTimeout;
    m_heartbeat.start(now);
}

void LinkMachine::commit(qsizetype size, TimePoint now)
{
    m_decoder.commit(size);
    m_heartbeat.heard(now);
}

LinkMachine::Result LinkMachine::handleHello(const HelloFrame &frame)
{
    m_peer = frame;
    if (frame.node == m_config.node)
        close(Reason::SelfConnection);
    else if (frame.initiator == m_config.initiator)
        close(Reason::UnexpectedFrame); // two openers or two accepters: not a connection of ours
    else if (frame.versionMin > ProtocolVersionMax || frame.versionMax < ProtocolVersionMin)
        close(Reason::UnsupportedVersion);
    else if (frame.nonce.isEmpty() != m_config.secrets.empty())
        close(Reason::SecretMissing);
    else if (m_config.secrets.empty())
        return goUp();
    else
        m_state = State::Proving;
    if (m_state != State::Proving)
        return Result::Ended;
    if (m_config.initiator)
        m_proofPending = ProofFrame{proof(Prover::Initiator, m_config.secrets.front())};
    return Result::NeedMore;
}

LinkMachine::Result LinkMachine::goUp()
{
    m_decoder.setMaxLength(m_config.maxFrameLength);
    m_decoder.setUnpacking(peerUnpacks());
    m_state = State::Up;
    return Result::Up;
}

// ---- the secret

/*! The one that this link is about; null if this side does not have it. */
const LinkSecret *LinkMachine::secret() const
{
    if (m_config.initiator)
        return &m_config.secrets.front();
    for (const LinkSecret &candidate : m_config.secrets) {
        if (candidate.name == m_peer.secretName)
            return &candidate;
    }
    return nullptr;
}

QByteArray LinkMachine::proof(Prover prover, const LinkSecret &secret) const
{
    const HelloFrame own = ownHello();
    const LinkTranscript transcript{m_config.initiator ? own : m_peer,
                                    m_config.initiator ? m_peer : own, m_channelBinding};
    return linkProof(prover, secret.key, transcript);
}

LinkMachine::Result LinkMachine::handleProof(const ProofFrame &frame)
{
    const LinkSecret *const known = secret();
    const Prover peer = m_config.initiator ? Prover::Acceptor : Prover::Initiator;
    if (!known || !equalInConstantTime(frame.mac, proof(peer, *known))) {
        close(Reason::AuthenticationFailed);
        return Result::Ended;
    }
    m_provedSecret = known->name;
    if (!m_config.initiator)
        m_proofPending = ProofFrame{proof(Prover::Acceptor, *known)};
    return goUp();
}

LinkMachine::Result LinkMachine::next(ChannelNr *channel, Frame *frame)
{
    while (m_state != State::Closing && m_state != State::Closed) {
        switch (m_decoder.next(channel, frame)) {
        case FrameDecoder::Result::NeedMore:
            return Result::NeedMore;
        case FrameDecoder::Result::Failed:
            close(m_decoder.reason());
            return Result::Ended;
        case FrameDecoder::Result::Frame:
            break;
        }
        if (m_state == State::Proving && !std::holds_alternative<CloseFrame>(*frame)) {
            if (const auto *proved = std::get_if<ProofFrame>(frame))
                return handleProof(*proved);
            close(Reason::UnexpectedFrame);
            return Result::Ended;
        }
        if (*channel != 0)
            return Result::Frame;
        if (const auto *hello = std::get_if<HelloFrame>(frame)) {
            if (m_state != State::Handshaking) {
                close(Reason::UnexpectedFrame);
            } else if (const Result result = handleHello(*hello); result != Result::NeedMore) {
                return result;
            }
        } else if (std::holds_alternative<ProofFrame>(*frame)) {
            close(Reason::UnexpectedFrame);
        } else if (const auto *ping = std::get_if<PingFrame>(frame)) {
            m_pongPending = ping->token;
        } else if (const auto *pong = std::get_if<PongFrame>(frame)) {
            handlePong(pong->token); // its bytes were the sign of life
        } else if (const auto *end = std::get_if<CloseFrame>(frame)) {
            m_reason = end->reason;
            m_reasonText = end->text;
            m_closedByPeer = true;
            m_state = State::Closed;
        } else {
            return Result::Frame;
        }
    }
    return Result::Ended;
}

bool LinkMachine::skipToClose()
{
    ChannelNr channel = 0;
    Frame frame;
    for (;;) {
        switch (m_decoder.next(&channel, &frame)) {
        case FrameDecoder::Result::NeedMore:
        case FrameDecoder::Result::Failed: // nothing legible comes any more: until the peer ends it
            return false;
        case FrameDecoder::Result::Frame:
            if (std::holds_alternative<CloseFrame>(frame))
                return true;
        }
    }
}

void LinkMachine::close(Reason reason, const QString &text)
{
    if (m_state == State::Closing || m_state == State::Closed)
        return;
    m_reason = reason;
    m_reasonText = text;
    m_state = State::Closing;
}

void LinkMachine::closeAndForget(Reason reason)
{
    close(reason);
    m_decoder.stop(reason);
}

void LinkMachine::handleDown()
{
    if (m_state != State::Closed && m_reason == Reason::None)
        m_reason = Reason::ConnectionLost;
    m_state = State::Closed;
}

bool LinkMachine::hasTransmit() const
{
    switch (m_state) {
    case State::Handshaking:
    case State::Proving:
        return m_helloPending || m_proofPending;
    case State::Up:
        return m_helloPending || m_proofPending || m_pingPending || m_pongPending;
    case State::Closing:
        return true;
    case State::Closed:
        return false;
    }
    return false;
}

HelloFrame LinkMachine::ownHello() const
{
    HelloFrame hello{.initiator = m_config.initiator,
                     .features = PackedPayloadsFeature,
                     .node = m_config.node,
                     .connectionNumber = m_config.initiator ? m_config.connectionNumber : 0,
                     .maxFrameLength = m_config.maxFrameLength,
                     .nodeId = m_config.nodeId,
                     .nonce = m_config.nonce};
    if (m_config.initiator && !m_config.secrets.empty())
        hello.secretName = m_config.secrets.front().name;
    return hello;
}

void LinkMachine::pollTransmit(FrameWriter &writer)
{
    if (m_state == State::Closed)
        return;
    if (m_helloPending) {
        m_helloPending = false;
        writer.write(ownHello());
    }
    if (m_state == State::Closing) {
        writer.write(CloseFrame{m_reason, m_reasonText});
        m_state = State::Closed;
        return;
    }
    if (m_proofPending)
        writer.write(*std::exchange(m_proofPending, std::nullopt));
    if (m_pongPending) {
        writer.write(PongFrame{*m_pongPending});
        m_pongPending.reset();
    }
    if (m_pingPending) {
        m_pingPending = false;
        writer.write(PingFrame{m_pingToken});
    }
}

void LinkMachine::ping(TimePoint now)
{
    ++m_pingToken;
    m_pingPending = true;
    m_pingAt = now;
}

void LinkMachine::measureRoundTrip(TimePoint now)
{
    if (m_state == State::Up && !m_pingAt)
        ping(now);
}

void LinkMachine::handlePong(quint64 token)
{
    if (!m_pingAt || token != m_pingToken)
        return; // of a Ping that was repeated since, or of none
    m_roundTrip = std::max(m_heartbeat.heardAt() - *m_pingAt, Duration::zero());
    m_pingAt.reset();
}

std::optional<TimePoint> LinkMachine::nextTimeout() const
{
    switch (m_state) {
    case State::Handshaking:
    case State::Proving:
        return m_handshakeDeadline;
    case State::Up:
        return m_heartbeat.deadline();
    case State::Closing:
    case State::Closed:
        break;
    }
    return std::nullopt;
}

void LinkMachine::handleTimeout(TimePoint now)
{
    if (m_state == State::Handshaking || m_state == State::Proving) {
        if (now >= m_handshakeDeadline)
            close(Reason::HandshakeTimeout);
        return;
    }
    if (m_state != State::Up)
        return;
    switch (m_heartbeat.expire(now)) {
    case Heartbeat::Verdict::Fine:
        break;
    case Heartbeat::Verdict::Ask:
        ping(now);
        break;
    case Heartbeat::Verdict::Dead:
        m_reason = Reason::HeartbeatTimeout;
        m_state = State::Closed;
        break;
    }
}

bool winsAgainst(const LinkMachine &a, const LinkMachine &b)
{
    if (a.initiatorNode() != b.initiatorNode())
        return a.initiatorNode() > b.initiatorNode();
    return a.connectionNumber() > b.connectionNumber();
}

} // namespace QtDelivery
