// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "producermachine.h"

namespace QtDelivery {

ProducerMachine::ProducerMachine(QString producerId, Incarnation incarnation, ProducerConfig config)
    : m_producerId(std::move(producerId))
    , m_incarnation(incarnation)
    , m_config(config)
    , m_chunkSize(config.chunkSize)
    , m_probe(config.probeIntervalMin, config.probeIntervalMax)
    , m_inviteRetry(config.probeIntervalMin, config.probeIntervalMax)
{ }

ProducerMachine::ProducerMachine(QString producerId, const ProducerMemory &memory,
                                 ProducerConfig config)
    : ProducerMachine(std::move(producerId), memory.incarnation, config)
{
    m_buffer.startBehind(memory.confirmedSeqNr);
    for (const RememberedMessage &message : memory.unconfirmed)
        remember(message);
    const SeqNr last = nextSeqNr() - 1;
    m_store.emplace(config.store, last);
    m_storedTold = last;
    m_recorded = memory.confirmedSeqNr;
    m_confirmedTold = memory.confirmedSeqNr;
    m_cursor = m_first = memory.confirmedSeqNr + 1;
    m_highestSent = last; // whatever was stored may have been transmitted
    m_epoch = memory.epoch;
}

void ProducerMachine::remember(const RememberedMessage &message)
{
    if (message.source)
        m_buffer.appendSource(message.source);
    else
        m_buffer.append(message.payload);
    if (!message.name.isEmpty())
        m_buffer.nameLast(message.name);
    if (message.isSkipped)
        m_skipped.insert(nextSeqNr() - 1);
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
    if (m_store
        && !m_store->mayAccept(
            next - 1, m_buffer.bytesBefore(next) - m_buffer.bytesBefore(m_store->stored() + 1)))
        return false;
    return next <= limit
        && m_buffer.bytesBefore(next) < std::min(m_limitBytes, m_config.maxUnconfirmedBytes);
}

quint64 ProducerMachine::maxStreamedSize() const
{
    // What does not travel in ranges is one frame, with its name.
    const bool takesRanges = m_chunkSize > 0;
    const quint64 own = takesRanges ? m_config.maxStreamedSize : m_config.maxMessageSize;
    const quint64 peer = m_peerMaxMessageSize;
    return std::min(own, takesRanges ? peer : peer - std::min(peer, quint64(NameOverhead)));
}

ProducerMachine::SendOutcome ProducerMachine::judge(quint64 size, quint64 limit) const
{
    if (!m_permission)
        return SendOutcome::NoDemand;
    return size > limit ? SendOutcome::TooLarge : SendOutcome::Accepted;
}

void ProducerMachine::accepted(quint64 size)
{
    m_permission = false;
    m_permissionTold = false;
    ++m_counters.messages;
    m_counters.bytes += size;
}

ProducerMachine::SendOutcome ProducerMachine::send(const QByteArray &payload)
{
    const SendOutcome outcome = judge(quint64(payload.size()), maxMessageSize());
    if (outcome == SendOutcome::Accepted) {
        m_buffer.append(payload);
        accepted(quint64(payload.size()));
    }
    return outcome;
}

ProducerMachine::SendOutcome ProducerMachine::send(const QByteArray &payload, const QString &name)
{
    if (m_permission && quint64(payload.size()) > maxStreamedSize())
        return SendOutcome::TooLarge;
    const SendOutcome outcome = send(payload);
    if (outcome == SendOutcome::Accepted && !name.isEmpty())
        m_buffer.nameLast(name);
    return outcome;
}

ProducerMachine::SendOutcome ProducerMachine::send(std::shared_ptr<PayloadSource> source,
                                                   const QString &name)
{
    const quint64 size = source->size();
    const SendOutcome outcome = judge(size, maxStreamedSize());
    if (outcome == SendOutcome::Accepted) {
        m_buffer.appendSource(std::move(source));
        if (!name.isEmpty())
            m_buffer.nameLast(name);
        accepted(size);
    }
    return outcome;
}

ProducerMachine::CancelOutcome ProducerMachine::cancel(SeqNr seqNr)
{
    if (seqNr < 1 || seqNr >= nextSeqNr())
        return CancelOutcome::Unknown;
    if (seqNr <= m_highestSent || seqNr <= confirmedSeqNr())
        return CancelOutcome::TooLate;
    skip(seqNr);
    return CancelOutcome::Cancelled;
}

void ProducerMachine::skip(SeqNr seqNr)
{
    m_skipped.insert(seqNr);
    m_buffer.dropPayload(seqNr);
    if (seqNr == m_cursor)
        m_offset = 0;
}

bool ProducerMachine::hasEvent() const
{
    return confirmedSeqNr() > m_confirmedTold || !m_progressTold || !m_sourceFailed.isEmpty()
        || (m_store && m_store->stored() > m_storedTold)
        || (m_started && !m_permissionTold && (m_permission || mayAccept()));
}

std::optional<ProducerEvent> ProducerMachine::pollEvent()
{
    if (m_store && m_store->stored() > m_storedTold) {
        m_storedTold = m_store->stored();
        return ProducerEvent{ProducerEvent::Kind::Stored, m_storedTold};
    }
    if (!m_sourceFailed.isEmpty()) {
        const SeqNr seqNr = m_sourceFailed.takeFront();
        const bool isKept = m_isUnreadable && !m_skipped.contains(seqNr);
        return ProducerEvent{
            isKept ? ProducerEvent::Kind::Unreadable : ProducerEvent::Kind::SourceFailed, seqNr};
    }
    if (!m_progressTold) {
        m_progressTold = true;
        const SeqNr seqNr = m_ranges.seqNr();
        if (seqNr > confirmedSeqNr() && !m_skipped.contains(seqNr)) {
            const bool isNext = seqNr == m_cursor;
            const quint64 total = m_buffer.size(seqNr);
            return ProducerEvent{ProducerEvent::Kind::Progress, seqNr, isNext ? m_offset : total,
                                 total};
        }
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
    m_isUnreadable = false;
}

void ProducerMachine::handleUnstorable(SeqNr seqNr)
{
    m_store->handleRefused();
    m_sourceFailed.pushBack(SeqNr(seqNr));
    skip(seqNr);
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
        if (n >= m_buffer.firstSeqNr() && m_buffer.size(n) > maxMessageSize)
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
    // A Range frame must not be longer than the longest Message frame.
    constexpr quint64 more = RangeFrameOverhead - MessageFrameOverhead;
    const bool takesRanges =
        m_config.chunkSize > 0 && frame.maxRangedSize > 0 && frame.maxMessageSize > more;
    const quint64 longest = takesRanges ? frame.maxRangedSize : frame.maxMessageSize;
    if (!fitsPeer(longest))
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
    m_peerMaxMessageSize = longest;
    m_chunkSize = takesRanges
        ? qsizetype(std::min(quint64(m_config.chunkSize), frame.maxMessageSize - more))
        : 0;
    m_cursor = m_first;
    const bool goesOn = ours && frame.receivedSeqNr + 1 == m_first && m_first < nextSeqNr()
        && isRanged(m_first) && frame.offset < m_buffer.size(m_first);
    m_offset = goesOn ? frame.offset : 0;
    m_channel = channel;
    m_holder = frame.consumer;
    m_supportResend = frame.supportResend;
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
    m_sentPending = isUnderWay();
    m_probe.stop(); // Sent goes now; pollTransmit() starts the wait for its answer
}

void ProducerMachine::confirm(SeqNr seqNr)
{
    if (seqNr <= confirmedSeqNr())
        return;
    m_buffer.confirm(seqNr);
    if (!m_skipped.empty())
        m_skipped.erase(m_skipped.begin(), m_skipped.upper_bound(seqNr));
    if (m_cursor <= seqNr) {
        m_cursor = seqNr + 1;
        m_offset = 0;
    }
    m_holes.dropUpTo(seqNr);
}

Reason ProducerMachine::handleRequest(const RequestFrame &frame, TimePoint now)
{
    if (std::max(frame.confirmedSeqNr, frame.receivedSeqNr) > m_highestSent)
        return Reason::ImpossibleNumber;
    const bool progress = frame.confirmedSeqNr > confirmedSeqNr()
        || frame.receivedSeqNr > m_peerReceived || frame.requestUpToBytes > m_limitBytes;
    if (!takeState(frame))
        return Reason::None;
    if (!isUnderWay())
        m_probe.stop();
    else if (progress)
        m_probe.start(now);
    return Reason::None;
}

bool ProducerMachine::takeState(const RequestFrame &state)
{
    if (state.confirmedSeqNr < confirmedSeqNr())
        return false; // overtaken by a later one
    // The byte grant counts from the confirmed number; what was granted once is not taken back.
    const quint64 confirmedBytes = m_buffer.bytesBefore(state.confirmedSeqNr + 1);
    m_limitBytes =
        std::max(state.requestUpToBytes, m_limitBytes - std::min(m_limitBytes, confirmedBytes));
    m_limit = std::max(m_limit, state.requestUpToSeqNr);
    m_peerReceived = std::max(m_peerReceived, state.receivedSeqNr);
    confirm(state.confirmedSeqNr);
    return true;
}

Reason ProducerMachine::handleResend(const ResendFrame &frame)
{
    if (frame.toSeqNr > std::max(m_highestSent, m_highestBegun))
        return Reason::ImpossibleNumber;
    const SeqNr from = std::max(frame.fromSeqNr, std::max(confirmedSeqNr(), m_droppedUpTo) + 1);
    const SeqNr to = std::min(frame.toSeqNr, m_cursor - 1); // the rest is still to come anyway
    const quint64 offset = from == frame.fromSeqNr ? frame.offset : 0;
    if (from <= to)
        m_holes.add({from, to, isRanged(from) && offset < m_buffer.size(from) ? offset : 0});
    // Also forward: what a former life of the consumer has kept need not be sent.
    if (frame.toSeqNr >= m_cursor)
        m_offset = from == m_cursor && offset < m_buffer.size(m_cursor) ? offset : 0;
    return Reason::None;
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
    return m_cursor <= storedSeqNr() && m_cursor <= m_limit && !isHeld()
        && isGranted(m_cursor, m_offset);
}

bool ProducerMachine::isUnderWay() const
{
    return sentSeqNr() > confirmedSeqNr() || m_offset > 0;
}

bool ProducerMachine::hasTransmit() const
{
    if (m_invitePending)
        return true;
    return isAttached()
        && (m_attachedPending || m_sentPending || mayTransmitHole() || mayTransmitNext());
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
    while (writer.size() < end && !mayTransmitHole() && mayTransmitNext()) {
        if (!transmitMessage(writer, m_cursor, &m_offset, end))
            break;
        if (!m_supportResend) {
            m_buffer.dropPayload(m_cursor);
            m_droppedUpTo = m_cursor;
        }
        ++m_cursor;
    }
    // Sent goes behind every message: only then it proves what is lost.
    if (m_sentPending && m_holes.isEmpty() && !mayTransmitNext()) {
        m_sentPending = false;
        writer.write(m_channel, SentFrame{sentSeqNr(), m_offset});
    }
    if (isUnderWay())
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
        if (isUnderWay())
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
