// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "transfers.h"

#include "words.h"

#include <algorithm>

namespace Monitor {

using QtDelivery::ChunkProgress;
using QtDelivery::FlowSnapshot;
using QtDelivery::SeqRange;

QString chunkStateText(ChunkState state)
{
    switch (state) {
    case ChunkState::Missing:
        return Words::tr("Missing");
    case ChunkState::InFlight:
        return Words::tr("In flight");
    case ChunkState::Received:
        return Words::tr("Received");
    case ChunkState::Verified:
        return Words::tr("Verified");
    case ChunkState::Resent:
        return Words::tr("Sent again");
    }
    return {};
}

qint64 overlap(const QList<SeqRange> &ranges, qint64 from, qint64 to)
{
    qint64 count = 0;
    for (const SeqRange &range : ranges)
        count += qMax<qint64>(0, qMin(range.to, to) - qMax(range.from, from) + 1);
    return count;
}

QList<SeqRange> without(const QList<SeqRange> &ranges, const QList<SeqRange> &others)
{
    QList<SeqRange> left;
    for (SeqRange range : ranges) {
        for (const SeqRange &other : others) {
            if (other.to < range.from || other.from > range.to)
                continue;
            if (other.from > range.from)
                left.append({range.from, other.from - 1});
            range.from = other.to + 1;
        }
        if (range.from <= range.to)
            left.append(range);
    }
    return left;
}

QList<SeqRange> united(const QList<SeqRange> &ranges, const QList<SeqRange> &others)
{
    QList<SeqRange> all = ranges + others;
    std::sort(all.begin(), all.end(),
              [](const SeqRange &a, const SeqRange &b) { return a.from < b.from; });
    QList<SeqRange> result;
    for (const SeqRange &range : std::as_const(all)) {
        if (range.to < range.from)
            continue;
        if (!result.isEmpty() && range.from <= result.last().to + 1)
            result.last().to = qMax(result.last().to, range.to);
        else
            result.append(range);
    }
    return result;
}

qint64 Transfer::doneBytes() const
{
    return isVerified ? totalBytes : received.isEmpty() ? transmittedBytes : receivedBytes;
}

qint64 Transfer::timeLeft() const
{
    return rate <= 0 ? -1 : qint64(double(totalBytes - doneBytes()) / rate * 1e6);
}

ChunkState Transfer::stateOf(qint64 from, qint64 to) const
{
    const qint64 size = qMax<qint64>(1, to - from + 1);
    if (isVerified)
        return ChunkState::Verified;
    if (2 * overlap(received, from, to) >= size)
        return overlap(resent, from, to) * 2 >= size ? ChunkState::Resent : ChunkState::Received;
    if (2 * overlap(transmitted, from, to) >= size)
        return ChunkState::InFlight;
    return ChunkState::Missing;
}

void Transfers::learn(QList<Transfer> &transfers, const FlowSnapshot &flow, qint64 time)
{
    for (const ChunkProgress &progress : flow.transfers) {
        auto known =
            std::find_if(transfers.begin(), transfers.end(), [&](const Transfer &transfer) {
                return transfer.seqNr == progress.seqNr;
            });
        if (known == transfers.end()) {
            transfers.prepend({.seqNr = progress.seqNr, .begin = time});
            known = transfers.begin();
        }
        known->totalBytes = progress.totalBytes;
        if (flow.role == FlowSnapshot::Role::Producer) {
            known->resent = united(known->resent, without(known->transmitted, progress.ranges));
            known->transmitted = progress.ranges;
            known->transmittedBytes = progress.doneBytes;
        } else {
            known->received = progress.ranges;
            known->receivedBytes = progress.doneBytes;
        }
        // What arrives counts, where that is known.
        const bool counts = flow.role == FlowSnapshot::Role::Consumer || known->received.isEmpty();
        if (counts && progress.bytesPerSecond >= 0 && !known->isVerified)
            known->rate = double(progress.bytesPerSecond);
    }
}

void Transfers::add(const FlowSnapshot &flow, qint64 time)
{
    const bool isProducer = flow.role == FlowSnapshot::Role::Producer;
    const FlowName name =
        isProducer ? FlowName{flow.nodeId, flow.id} : FlowName{flow.peerNodeId, flow.peerId};
    if (flow.transfers.isEmpty() && !m_flows.contains(name))
        return;
    if (!m_flows.contains(name) && m_flows.size() >= MaxFlows)
        return;
    QList<Transfer> &transfers = m_flows[name];
    learn(transfers, flow, time);
    // The receiver hands a message on only when its digest is right.
    for (Transfer &transfer : transfers) {
        if (!transfer.isVerified && transfer.seqNr <= flow.receivedSeqNr) {
            transfer.isVerified = true;
            transfer.end = time;
            if (time > transfer.begin)
                transfer.rate = double(transfer.totalBytes) * 1e6 / double(time - transfer.begin);
        }
    }
    std::stable_sort(transfers.begin(), transfers.end(),
                     [](const Transfer &a, const Transfer &b) { return a.seqNr > b.seqNr; });
    while (transfers.size() > MaxOfFlow)
        transfers.removeLast();
}

} // namespace Monitor
