// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "producermachine.h"

namespace QtDelivery {

namespace {

// More separate holes than this are resent as one range: the bookkeeping stays bounded, the
// consumer drops what it has.
constexpr size_t MaxHoles = 64;

} // namespace

ProducerMachine::ProducerMachine(QString producerId, Incarnation incarnation, ProducerConfig config)
    : m_producerId(std::move(producerId))
    , m_incarnation(incarnation)
    , m_config(config)
    , m_probe(config.probeIntervalMin, config.probeIntervalMax)
    , m_inviteRetry(config.probeIntervalMin, config.probeIntervalMax)
{ }

ProducerMachine::ProducerMachine(QString producerId, const ProducerMemory &memory,
                                 ProducerConfig config)
    : ProducerMachine(std::move(producerId), memory.incarnation, config)
{
    m_buffer.startBehind(memory.confirmedSeqNr);
    for (const QByteArray &payload : memory.unconfirmed)
        m_buffer.append(payload);
    const SeqNr last = nextSeqNr() - 1;
    m_store.emplace(config.store, last);
    m_storedTold = last;
    m_recorded = memory.confirmedSeqNr;
    m_confirmedTold = memory.confirmedSeqNr;
    m_cursor = m_first = memory.confirmedSeqNr + 1;
    m_highestSent = last; // whatever was stored may have been transmitted
    m_epoch = memory.epoch;
}

void ProducerMachine::start()
{
    m_started = true;
    m_permissionTold = false;
}

void ProducerMachine::pause()
{
    m_started = false;
}

bool ProducerMachine::mayAccept() const
{
    const SeqNr next = m_buffer.nextSeqNr();
    const SeqNr limit = std::min(m_limit, confirmedSeqNr() + m_config.maxUnconfirmedMessages);
    if (m_store && !m_store->mayAccept(next - 1, m_buffer.bytesBefore(next) - m_buffer.bytesBefore(m_store->stored() + 1)))
        return false;
    return next <= limit
        && m_buffer.bytesBefore(next) < std::min(m_limitBytes, m_config.maxUnconfirmedBytes);
}

ProducerMachine::SendOutcome ProducerMachine::send(const QByteArray &payload)
{
    if (!m_permission)
        return SendOutcome::NoDemand;
    if (quint64(payload.size()) > maxMessageSize())
        return SendOutcome::TooLarge;
    m_permission = false;
    m_permissionTold = false;
    m_buffer.append(payload);
    ++m_counters.messages;
    m_counters.bytes += quint64(payload.size());
    return SendOutcome::Accepted;
}

bool ProducerMachine::hasEvent() const
{
    return confirmedSeqNr() > m_confirmedTold || (m_store && m_store->stored() > m_storedTold)
        || (m_started && !m_permissionTold && (m_permission || mayAccept()));
}

std::optional<ProducerEvent> ProducerMachine::pollEvent()
{
    if (m_store && m_store->stored() > m_storedTold) {
        m_storedTold = m_store->stored();
        return ProducerEvent{ProducerEvent::Kind::Stored, m_storedTold};
    }
    if (confirmedSeqNr() > m_confirmedTold) {
        m_confirmedTold = confirmedSeqNr();
        return ProducerEvent{ProducerEvent::Kind::Confirmed, m_confirmedTold};
    }
    if (m_started && !m_permissionTold && (m_permission || mayAccept())) {
        m_permission = true;
        m_permissionTold = true;
        return ProducerEvent{ProducerEvent::Kind::RequestNext, nextSeqNr()};
    }
    return std::nullopt;
}

// ---- the durable queue's side

bool ProducerMachine::hasStore() const
{
    return m_store && !m_store->next(nextSeqNr() - 1).isEmpty();
}

StorePipeline::Range ProducerMachine::pollStore()
{
    if (!m_store)
        return {};
    const StorePipeline::Range range = m_store->next(nextSeqNr() - 1);
    if (!range.isEmpty())
        m_store->handleRequested(range.to);
    return range;
}

void ProducerMachine::handleStored(SeqNr seqNr)
{
    m_store->handleStored(seqNr);
}

StorePipeline::Failure ProducerMachine::handleStoreFailed(TimePoint now)
{
    return m_store->handleFailed(now);
}

void ProducerMachine::retryStore()
{
    m_store->retry();
}

std::optional<SeqNr> ProducerMachine::pollRecord()
{
    if (!hasRecord())
        return std::nullopt;
    m_recorded = confirmedSeqNr();
    return m_recorded;
}

// ---- the link's side

bool ProducerMachine::fitsPeer(quint64 maxMessageSize) const
{
    for (SeqNr n = m_droppedUpTo + 1; n < nextSeqNr(); ++n) {
        if (n >= m_buffer.firstSeqNr() && quint64(m_buffer.payload(n).size()) > maxMessageSize)
            return false;
    }
    return true;
}

ProducerMachine::AttachAnswer ProducerMachine::handleAttach(ChannelNr channel,
                                                            const AttachFrame &frame)
{
    using Kind = AttachAnswer::Kind;
    const bool ours = frame.producer == m_incarnation;
    if (ours && std::max(frame.confirmedSeqNr, frame.receivedSeqNr) > m_highestSent)
        return {Kind::Violation, Reason::ImpossibleNumber};
    const bool sameConsumer = m_holder == frame.consumer;
    if (channel == m_channel && sameConsumer) {
        repeatAnswer(frame);
        return {};
    }
    const bool currentEpoch = ours && frame.epoch == m_epoch; // another incarnation counted anew
    if (frame.epoch != 0 && !m_holder.isNull() && !sameConsumer && !currentEpoch)
        return {Kind::Refused, Reason::Replaced};
    if (!fitsPeer(frame.maxMessageSize))
        return {Kind::Refused, Reason::MessageTooLarge};

    if (ours)
        confirm(frame.confirmedSeqNr);
    if (sameConsumer && currentEpoch) {
        m_first = std::max({confirmedSeqNr(), frame.receivedSeqNr, m_droppedUpTo}) + 1;
        m_limit = frame.requestUpToSeqNr;
    } else {
        // Another one may have gone on in between. What this one holds cannot be counted on: the
        // grants of both sides must start from the same number.
        ++m_epoch;
        confirm(m_droppedUpTo); // it cannot be sent again
        m_first = confirmedSeqNr() + 1;
        m_limit = confirmedSeqNr() + frame.requestUpToSeqNr - frame.confirmedSeqNr;
    }
    ++m_counters.attachments;
    m_limitBytes = frame.requestUpToBytes;
    m_cursor = m_first;
    m_channel = channel;
    m_holder = frame.consumer;
    m_supportResend = frame.supportResend;
    m_peerMaxMessageSize = frame.maxMessageSize;
    m_peerReceived = m_first - 1;
    m_holes.clear();
    m_attachedPending = true;
    m_sentPending = false;
    stopInviting();
    m_probe.stop(); // pollTransmit() starts it when something is unconfirmed
    return {};
}

void ProducerMachine::repeatAnswer(const AttachFrame &frame)
{
    // Numbers of ours may have been confirmed, and more granted, since the first Attach.
    if (frame.producer == m_incarnation)
        (void)takeState({frame.confirmedSeqNr, frame.receivedSeqNr, frame.requestUpToSeqNr,
                         frame.requestUpToBytes});
    m_attachedPending = true;
    m_sentPending = sentSeqNr() > confirmedSeqNr();
    m_probe.stop(); // Sent goes now; pollTransmit() starts the wait for its answer
}

void ProducerMachine::confirm(SeqNr seqNr)
{
    if (seqNr <= confirmedSeqNr())
        return;
    m_buffer.confirm(seqNr);
    m_cursor = std::max(m_cursor, seqNr + 1);
    std::erase_if(m_holes, [&](const Range &range) { return range.to <= seqNr; });
    if (!m_holes.empty())
        m_holes.front().from = std::max(m_holes.front().from, seqNr + 1);
}

Reason ProducerMachine::handleRequest(const RequestFrame &frame, TimePoint now)
{
    if (std::max(frame.confirmedSeqNr, frame.receivedSeqNr) > m_highestSent)
        return Reason::ImpossibleNumber;
    const bool progress =
        frame.confirmedSeqNr > confirmedSeqNr() || frame.receivedSeqNr > m_peerReceived;
    if (!takeState(frame))
        return Reason::None;
    if (sentSeqNr() <= confirmedSeqNr())
        m_probe.stop();
    else if (progress)
        m_probe.start(now);
    return Reason::None;
}

bool ProducerMachine::takeState(const RequestFrame &state)
{
    if (state.confirmedSeqNr < confirmedSeqNr())
        return false; // overtaken by a later one
    // The byte grant counts from the confirmed number, so it belongs to the frame that moved it.
    m_limitBytes = state.confirmedSeqNr > confirmedSeqNr()
        ? state.requestUpToBytes
        : std::max(m_limitBytes, state.requestUpToBytes);
    m_limit = std::max(m_limit, state.requestUpToSeqNr);
    m_peerReceived = std::max(m_peerReceived, state.receivedSeqNr);
    confirm(state.confirmedSeqNr);
    return true;
}

Reason ProducerMachine::handleResend(const ResendFrame &frame)
{
    if (frame.toSeqNr > m_highestSent)
        return Reason::ImpossibleNumber;
    const SeqNr from = std::max(frame.fromSeqNr, std::max(confirmedSeqNr(), m_droppedUpTo) + 1);
    const SeqNr to = std::min(frame.toSeqNr, m_cursor - 1); // the rest is still to come anyway
    if (from <= to)
        addHole(from, to);
    return Reason::None;
}

void ProducerMachine::addHole(SeqNr from, SeqNr to)
{
    const auto touches = [&](const Range &r) { return r.from <= to + 1 && from <= r.to + 1; };
    for (const Range &range : m_holes) {
        if (touches(range)) {
            from = std::min(from, range.from);
            to = std::max(to, range.to);
        }
    }
    std::erase_if(m_holes, touches);
    if (m_holes.size() >= MaxHoles) {
        from = std::min(from, m_holes.front().from);
        to = std::max(to, m_holes.back().to);
        m_holes.clear();
    }
    const auto behind =
        std::find_if(m_holes.begin(), m_holes.end(), [&](const Range &r) { return r.from > to; });
    m_holes.insert(behind, Range{from, to});
}

void ProducerMachine::handleDetach()
{
    handleLinkLost();
    m_holder = {};
}

void ProducerMachine::handleLinkLost()
{
    m_channel = 0;
    m_holes.clear();
    m_attachedPending = false;
    m_sentPending = false;
    m_probe.stop();
    stopInviting();
}

void ProducerMachine::invite(const QString &consumerId, TimePoint now)
{
    if (isAttached())
        return;
    m_invited = consumerId;
    m_invitePending = true;
    m_inviteRetry.start(now);
}

void ProducerMachine::stopInviting()
{
    m_invited.clear();
    m_invitePending = false;
    m_inviteRetry.stop();
}

bool ProducerMachine::mayTransmitNext() const
{
    return m_cursor <= storedSeqNr() && m_cursor <= m_limit
        && m_buffer.bytesBefore(m_cursor) < m_limitBytes;
}

bool ProducerMachine::hasTransmit() const
{
    if (m_invitePending)
        return true;
    return isAttached()
        && (m_attachedPending || m_sentPending || !m_holes.empty() || mayTransmitNext());
}

void ProducerMachine::transmitMessage(FrameWriter &writer, SeqNr seqNr)
{
    writer.write(m_channel, MessageFrame{seqNr, m_buffer.payload(seqNr)});
    if (seqNr <= m_highestSent)
        ++m_counters.resent;
    else
        m_highestSent = seqNr;
}

void ProducerMachine::transmitHoles(FrameWriter &writer, qsizetype end)
{
    auto range = m_holes.begin();
    while (range != m_holes.end() && writer.size() < end) {
        transmitMessage(writer, range->from++);
        if (range->from > range->to)
            ++range;
    }
    m_holes.erase(m_holes.begin(), range);
}

bool ProducerMachine::pollTransmit(FrameWriter &writer, qsizetype budget, TimePoint now)
{
    const qsizetype end = writer.size() + budget;
    if (m_invitePending) {
        m_invitePending = false;
        writer.write(InviteFrame{m_producerId, m_invited});
    }
    if (!isAttached())
        return false;
    if (m_attachedPending) {
        m_attachedPending = false;
        writer.write(m_channel, AttachedFrame{m_incarnation, m_epoch, m_first});
    }
    transmitHoles(writer, end);
    while (writer.size() < end && mayTransmitNext()) {
        transmitMessage(writer, m_cursor);
        if (!m_supportResend) {
            m_buffer.dropPayload(m_cursor);
            m_droppedUpTo = m_cursor;
        }
        ++m_cursor;
    }
    // Sent goes behind every message: only then it proves what is lost.
    if (m_sentPending && m_holes.empty() && !mayTransmitNext()) {
        m_sentPending = false;
        writer.write(m_channel, SentFrame{sentSeqNr()});
    }
    if (sentSeqNr() > confirmedSeqNr())
        m_probe.startIfStopped(now);
    return hasTransmit();
}

std::optional<TimePoint> ProducerMachine::nextTimeout() const
{
    return earliest(isAttached() ? m_probe.deadline() : m_inviteRetry.deadline(),
                    m_store ? m_store->nextTimeout() : std::nullopt);
}

void ProducerMachine::handleTimeout(TimePoint now)
{
    if (m_probe.expire(now)) {
        if (sentSeqNr() > confirmedSeqNr())
            m_sentPending = true;
        else
            m_probe.stop();
    }
    if (m_inviteRetry.expire(now))
        m_invitePending = true;
    if (m_store)
        m_store->handleTimeout(now);
}

} // namespace QtDelivery
