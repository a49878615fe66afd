// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/flowevent.h>
#include <QtDelivery/flowsnapshot.h>
#include <QtDelivery/linksnapshot.h>

namespace QtDelivery {

/*! \file
    The members of the values that travel to a monitor, each with its key on the wire. Keys are
    never used again for anything else; doc/monitor-protocol.md lists them. */

// A visitor is called as visitor(key, member) for each; T is the value, const or not.

template <typename T, typename V> void visitBlocked(T &blocked, V &visitor)
{
    visitor(1, blocked.reason);
    visitor(2, blocked.seqNr);
    visitor(3, blocked.at);
    visitor(4, blocked.detail);
}

template <typename T, typename V> void visitProgress(T &progress, V &visitor)
{
    visitor(1, progress.seqNr);
    visitor(2, progress.totalBytes);
    visitor(3, progress.doneBytes);
    visitor(4, progress.ranges);
    visitor(5, progress.bytesPerSecond);
}

template <typename T, typename V> void visitStorage(T &storage, V &visitor)
{
    visitor(1, storage.bytes);
    visitor(2, storage.files);
    visitor(3, storage.syncTime);
    visitor(4, storage.syncs);
}

template <typename T, typename V> void visitFlow(T &flow, V &visitor)
{
    visitor(1, flow.id);
    visitor(2, flow.role);
    visitor(3, flow.nodeId);
    visitor(4, flow.peerId);
    visitor(5, flow.peerNodeId);
    visitor(6, flow.state);
    visitor(7, flow.isStarted);
    visitor(8, flow.isDurable);
    visitor(9, flow.epoch);
    visitor(10, flow.time);
    visitor(11, flow.confirmedSeqNr);
    visitor(12, flow.deliveredSeqNr);
    visitor(13, flow.receivedSeqNr);
    visitor(14, flow.ranges);
    visitor(15, flow.sentSeqNr);
    visitor(16, flow.grantedSeqNr);
    visitor(17, flow.storedSeqNr);
    visitor(18, flow.nextSeqNr);
    visitor(19, flow.unconfirmedBytes);
    visitor(20, flow.inFlightBytes);
    visitor(21, flow.grantedBytes);
    visitor(22, flow.messages);
    visitor(23, flow.bytes);
    visitor(24, flow.received);
    visitor(25, flow.confirmed);
    visitor(26, flow.resent);
    visitor(27, flow.resendsAsked);
    visitor(28, flow.duplicatesDropped);
    visitor(29, flow.attachments);
    visitor(30, flow.rejected);
    visitor(31, flow.queueDepth);
    visitor(32, flow.storeLatency);
    visitor(33, flow.storeLatencyMax);
    visitor(34, flow.oldestUnconfirmedAt);
    visitor(35, flow.rtt);
    visitor(36, flow.attempts);
    visitor(37, flow.blocked);
    visitor(38, flow.transfers);
    visitor(39, flow.storage);
    visitor(40, flow.compressedFrom);
    visitor(41, flow.compressedTo);
}

template <typename T, typename V> void visitLink(T &link, V &visitor)
{
    visitor(1, link.number);
    visitor(2, link.nodeId);
    visitor(3, link.peerNodeId);
    visitor(4, link.url);
    visitor(5, link.state);
    visitor(6, link.time);
    visitor(7, link.since);
    visitor(8, link.retryAt);
    visitor(9, link.rtt);
    visitor(10, link.pendingBytes);
    visitor(11, link.bytesIn);
    visitor(12, link.bytesOut);
    visitor(13, link.flows);
    visitor(14, link.encryption);
    visitor(15, link.peerProof);
    visitor(16, link.certificateExpires);
    visitor(17, link.heldBytes);
}

template <typename T, typename V> void visitRefusals(T &refusals, V &visitor)
{
    visitor(1, refusals.connections);
    visitor(2, refusals.handshakes);
    visitor(3, refusals.secrets);
    visitor(4, refusals.flows);
    visitor(5, refusals.limits);
}

template <typename T, typename V> void visitEvent(T &event, V &visitor)
{
    visitor(1, event.number);
    visitor(2, event.time);
    visitor(3, event.kind);
    visitor(4, event.seqNr);
    visitor(5, event.detail);
}

} // namespace QtDelivery
