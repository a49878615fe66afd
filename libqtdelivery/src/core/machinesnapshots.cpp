// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "machinesnapshots.h"
#include "consumermachine.h"
#include "producermachine.h"

namespace QtDelivery {

AcceptBlock ProducerMachine::acceptBlock() const
{
    const SeqNr next = m_buffer.nextSeqNr();
    const quint64 held = m_buffer.bytesBefore(next);
    if (mayAccept())
        return AcceptBlock::None;
    if (next > m_limit || held >= m_limitBytes)
        return AcceptBlock::Grant;
    if (next > confirmedSeqNr() + m_config.maxUnconfirmedMessages)
        return AcceptBlock::OwnMessages;
    return held >= m_config.maxUnconfirmedBytes ? AcceptBlock::OwnBytes : AcceptBlock::Store;
}

ProducerMachineSnapshot ProducerMachine::snapshot() const
{
    ProducerMachineSnapshot shown{.started = m_started,
                                  .attached = isAttached(),
                                  .inviting = !m_invited.isEmpty(),
                                  .paused = m_transmissionPaused,
                                  .block = acceptBlock(),
                                  .epoch = m_epoch,
                                  .confirmed = confirmedSeqNr(),
                                  .received = std::max(m_peerReceived, confirmedSeqNr()),
                                  .sent = sentSeqNr(),
                                  .stored = storedSeqNr(),
                                  .next = nextSeqNr(),
                                  .granted = m_limit,
                                  .grantedBytes = m_limitBytes,
                                  .unconfirmedBytes = unconfirmedBytes(),
                                  .inFlightBytes = m_buffer.bytesBefore(m_cursor),
                                  .holes = {},
                                  .ranged = {},
                                  .messages = m_counters.messages,
                                  .bytes = m_counters.bytes,
                                  .resent = m_counters.resent,
                                  .packedFrom = m_packer ? m_packer->packedFrom() : 0,
                                  .packedTo = m_packer ? m_packer->packedTo() : 0,
                                  .attachments = m_counters.attachments,
                                  .attempts =
                                      isAttached() ? m_probe.attempts() : m_inviteRetry.attempts()};
    if (m_offset > 0)
        shown.ranged = {m_cursor, m_offset, m_buffer.size(m_cursor)};
    for (const ResendList::Range &range : m_holes.ranges()) {
        if (shown.holes.size() < MaxShownRanges)
            shown.holes.push_back({range.from, range.to});
    }
    return shown;
}

ConsumerMachineSnapshot ConsumerMachine::snapshot() const
{
    ConsumerMachineSnapshot shown{.started = m_started,
                                  .state = ConsumerMachineSnapshot::State(m_state),
                                  .producerId = m_producerId,
                                  .epoch = m_epoch,
                                  .confirmed = m_confirmed,
                                  .reported = reportedSeqNr(),
                                  .delivered = std::max(m_buffer.firstSeqNr() - 1, m_confirmed),
                                  .received = m_buffer.receivedSeqNr(),
                                  .known = std::max(m_highestKnown, m_buffer.highestSeqNr()),
                                  .granted = m_announcedUpTo,
                                  .grantedBytes = grantedAhead(),
                                  .unconfirmedBytes = unconfirmedBytes(),
                                  .outstanding =
                                      m_outstanding && m_outstandingTold ? m_outstanding->seqNr : 0,
                                  .buffered = {},
                                  .bufferedMessages = m_buffer.count(),
                                  .ranged = {},
                                  .messages = m_counters.messages,
                                  .bytes = m_counters.bytes,
                                  .confirmedCount = m_counters.confirmed,
                                  .duplicatesDropped = m_counters.duplicatesDropped,
                                  .resendsAsked = m_counters.resendsAsked,
                                  .attachments = m_counters.attachments,
                                  .attempts = m_retry.attempts()};
    if (const PartialMessage *partial = m_ranges.partial())
        shown.ranged = {partial->seqNr(), partial->have(), partial->totalSize()};
    if (m_buffer.hasNext())
        shown.buffered.push_back({m_buffer.firstSeqNr(), m_buffer.receivedSeqNr()});
    SeqNr from = m_buffer.receivedSeqNr() + 1;
    while (from <= m_buffer.highestSeqNr() && shown.buffered.size() < MaxShownRanges) {
        const auto hole = m_buffer.nextHole(from, m_buffer.highestSeqNr());
        if (hole.from > from)
            shown.buffered.push_back({from, hole.from - 1});
        from = hole.to + 1;
    }
    return shown;
}

} // namespace QtDelivery
