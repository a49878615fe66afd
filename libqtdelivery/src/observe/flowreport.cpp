// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "flowreport.h"

#include <QCoreApplication>

namespace QtDelivery {

namespace {

using Reason = Blocked::Reason;
using Storage = FlowSurroundings::Storage;

/*
    Which reason is told when several hold: the one that has to go first before any other matters.
    A controller that cannot be used; storage that cannot; an application that is not there; the
    other end; and only then the window.
*/

Blocked refusedBy(const Error &error)
{
    return {.reason = Reason::Refused, .detail = error.message()};
}

Blocked slowStore(const FlowObserver &observer, const FlowSurroundings &around)
{
    return {.reason = Reason::StoreSlow,
            .at = observer.storage.isWaiting() ? toMicroseconds(observer.storage.since()) : -1,
            .detail = around.storageError.message()};
}

/*! What both ends look at first; None if it is not that. */
Blocked blockedBeforePartner(bool started, const FlowObserver &observer,
                             const FlowSurroundings &around)
{
    if (around.state)
        return refusedBy(around.state);
    if (around.storage == Storage::Broken)
        return refusedBy(around.storageError);
    if (around.storage == Storage::Loading)
        return slowStore(observer, around);
    if (!started)
        return {.reason = Reason::Paused};
    return {};
}

/*! There is no partner: because of the link, or because nobody is there. */
Blocked blockedByAbsence(Reason nobody, const FlowObserver &observer,
                         const FlowSurroundings &around)
{
    if (observer.refusal())
        return refusedBy(observer.refusal());
    const bool lostLink = !observer.peerNodeId().isEmpty();
    if (around.isLinked || (!lostLink && !around.expectsLink))
        return {.reason = nobody};
    return {.reason = Reason::LinkDown,
            .at = around.nextAttempt ? toMicroseconds(*around.nextAttempt) : -1};
}

Blocked blockedProducer(const ProducerMachineSnapshot &machine, const FlowObserver &observer,
                        const FlowSurroundings &around)
{
    if (const Blocked blocked = blockedBeforePartner(machine.started, observer, around);
        blocked.isBlocked())
        return blocked;
    if (!machine.attached)
        return blockedByAbsence(Reason::NoConsumer, observer, around);
    if (machine.paused && machine.sent < machine.stored)
        return {.reason = Reason::Paused,
                .detail = QCoreApplication::translate("QtDelivery",
                                                      "The application has paused the flow.")};
    switch (machine.block) {
    case AcceptBlock::None:
        break;
    case AcceptBlock::Grant:
        return {.reason = Reason::WaitingForGrant};
    case AcceptBlock::Store:
        return slowStore(observer, around);
    case AcceptBlock::OwnMessages:
        return {.reason = Reason::LimitReached, .detail = QStringLiteral("maxUnconfirmedMessages")};
    case AcceptBlock::OwnBytes:
        return {.reason = Reason::LimitReached, .detail = QStringLiteral("maxUnconfirmedBytes")};
    }
    if (around.storageError)
        return slowStore(observer, around); // it is tried again; permission goes on meanwhile
    if (around.isCongested && machine.sent < machine.stored)
        return {.reason = Reason::LimitReached, .detail = QStringLiteral("writeHighWaterMark")};
    return {};
}

Blocked blockedConsumer(const ConsumerMachineSnapshot &machine, const FlowObserver &observer,
                        const FlowSurroundings &around)
{
    if (const Blocked blocked = blockedBeforePartner(machine.started, observer, around);
        blocked.isBlocked())
        return blocked;
    if (machine.outstanding != 0) // it has this to do first, whatever else there is
        return {.reason = Reason::HandlerBusy,
                .seqNr = machine.outstanding,
                .at = toMicroseconds(observer.outstandingSince())};
    if (machine.state != ConsumerMachineSnapshot::State::Attached)
        return blockedByAbsence(Reason::NoProducer, observer, around);
    const bool windowIsUsedUp = machine.received >= machine.granted;
    if (machine.reported < machine.confirmed && (windowIsUsedUp || around.storageError))
        return slowStore(observer, around);
    return {};
}

FlowSnapshot begun(FlowSnapshot::Role role, const FlowObserver &observer,
                   const FlowSurroundings &around)
{
    FlowSnapshot shown;
    shown.role = role;
    shown.id = around.id;
    shown.nodeId = around.nodeId;
    shown.peerId = observer.peerId().isEmpty() ? around.wantedPeerId : observer.peerId();
    shown.peerNodeId =
        observer.peerNodeId().isEmpty() ? around.wantedNodeId : observer.peerNodeId();
    shown.isDurable = around.storage != Storage::None;
    shown.time = toMicroseconds(around.now);
    shown.rejected = observer.rejectedCount();
    shown.storeLatency = observer.storage.last();
    shown.storeLatencyMax = observer.storage.longest();
    shown.storage = around.measured;
    if (around.rtt)
        shown.rtt = std::chrono::duration_cast<std::chrono::microseconds>(*around.rtt).count();
    return shown;
}

FlowSnapshot::State stateOf(bool attached, bool attaching, const FlowSurroundings &around)
{
    if (around.state)
        return FlowSnapshot::State::Stopped;
    if (around.storage == Storage::Loading)
        return FlowSnapshot::State::Loading;
    if (attached)
        return FlowSnapshot::State::Attached;
    return attaching ? FlowSnapshot::State::Attaching : FlowSnapshot::State::Unattached;
}

QList<SeqRange> shownRanges(const std::vector<NumberRange> &ranges)
{
    QList<SeqRange> shown;
    shown.reserve(qsizetype(ranges.size()));
    for (const NumberRange &range : ranges)
        shown.append({range.from, range.to});
    return shown;
}

/*! Ranges are taken in their order, so what is done is one run from the first byte on. */
QList<ChunkProgress> shownTransfers(const RangedMessage &message, const TransferRate &rate,
                                    TimePoint now)
{
    if (message.seqNr == 0)
        return {};
    ChunkProgress progress;
    progress.seqNr = message.seqNr;
    progress.totalBytes = qint64(message.total);
    progress.doneBytes = qint64(message.bytes);
    if (message.bytes > 0)
        progress.ranges = {SeqRange{0, qint64(message.bytes) - 1}};
    progress.bytesPerSecond = rate.at(message.seqNr, now);
    return {progress};
}

} // namespace

FlowSnapshot flowSnapshot(const ProducerMachineSnapshot &machine, const FlowObserver &observer,
                          const FlowSurroundings &around)
{
    FlowSnapshot shown = begun(FlowSnapshot::Role::Producer, observer, around);
    shown.state = stateOf(machine.attached, machine.inviting, around);
    shown.isStarted = machine.started;
    shown.epoch = qint64(machine.epoch);
    shown.confirmedSeqNr = machine.confirmed;
    shown.deliveredSeqNr = machine.confirmed;
    shown.receivedSeqNr = machine.received;
    shown.ranges = shownRanges(machine.holes);
    shown.transfers = shownTransfers(machine.ranged, observer.transfer, around.now);
    shown.sentSeqNr = machine.sent;
    shown.grantedSeqNr = machine.granted;
    shown.storedSeqNr = machine.stored;
    shown.nextSeqNr = machine.next;
    shown.unconfirmedBytes = qint64(machine.unconfirmedBytes);
    shown.inFlightBytes = qint64(machine.inFlightBytes);
    shown.grantedBytes = qint64(machine.grantedBytes);
    shown.messages = qint64(machine.messages);
    shown.bytes = qint64(machine.bytes);
    shown.confirmed = machine.confirmed;
    shown.resent = qint64(machine.resent);
    shown.compressedFrom = qint64(machine.packedFrom);
    shown.compressedTo = qint64(machine.packedTo);
    shown.attachments = qint64(machine.attachments);
    shown.queueDepth = machine.next - 1 - machine.stored;
    shown.attempts = machine.attempts;
    shown.blocked = blockedProducer(machine, observer, around);
    return shown;
}

FlowSnapshot flowSnapshot(const ConsumerMachineSnapshot &machine, const FlowObserver &observer,
                          const FlowSurroundings &around)
{
    using State = ConsumerMachineSnapshot::State;
    FlowSnapshot shown = begun(FlowSnapshot::Role::Consumer, observer, around);
    shown.state =
        stateOf(machine.state == State::Attached, machine.state == State::Attaching, around);
    shown.isStarted = machine.started;
    shown.epoch = qint64(machine.epoch);
    shown.confirmedSeqNr = machine.confirmed;
    shown.deliveredSeqNr = machine.delivered;
    shown.receivedSeqNr = machine.received;
    shown.ranges = shownRanges(machine.buffered);
    shown.transfers = shownTransfers(machine.ranged, observer.transfer, around.now);
    shown.sentSeqNr = machine.known;
    shown.grantedSeqNr = machine.granted;
    shown.storedSeqNr = around.storage == Storage::None ? 0 : machine.reported;
    shown.unconfirmedBytes = qint64(machine.unconfirmedBytes);
    shown.grantedBytes = qint64(machine.grantedBytes);
    shown.messages = qint64(machine.messages);
    shown.bytes = qint64(machine.bytes);
    shown.received = qint64(machine.messages) + machine.bufferedMessages;
    shown.confirmed = qint64(machine.confirmedCount);
    shown.resendsAsked = qint64(machine.resendsAsked);
    shown.duplicatesDropped = qint64(machine.duplicatesDropped);
    shown.attachments = qint64(machine.attachments);
    shown.queueDepth = machine.confirmed - machine.reported;
    shown.attempts = machine.attempts;
    shown.blocked = blockedConsumer(machine, observer, around);
    return shown;
}

} // namespace QtDelivery
