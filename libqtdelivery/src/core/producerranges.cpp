// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

// How ProducerMachine transmits one message, in ranges or whole.

#include "producermachine.h"

namespace QtDelivery {

bool ProducerMachine::isRanged(SeqNr seqNr) const
{
    return m_chunkSize > 0 && m_buffer.size(seqNr) > quint64(m_chunkSize)
        && !m_skipped.contains(seqNr);
}

bool ProducerMachine::isGranted(SeqNr seqNr, quint64 offset) const
{
    return m_buffer.bytesBefore(seqNr) + offset < m_limitBytes;
}

/*! A message that was begun is completed first: the consumer assembles one at a time. */
bool ProducerMachine::mayTransmitHole() const
{
    if (m_holes.isEmpty() || isHeld() || (m_offset > 0 && mayTransmitNext()))
        return false;
    const ResendList::Range &hole = m_holes.front();
    return hole.offset == 0 || isGranted(hole.from, hole.offset);
}

bool ProducerMachine::transmitMessage(FrameWriter &writer, SeqNr seqNr, quint64 *offset,
                                      qsizetype end)
{
    if (isRanged(seqNr)) {
        if (!transmitRanges(writer, seqNr, offset, end))
            return false;
    } else if (!m_skipped.empty() && m_skipped.contains(seqNr)) {
        writer.write(m_channel, SkipFrame{seqNr});
    } else if (!m_buffer.source(seqNr)) {
        writer.write(m_channel, MessageFrame{seqNr, m_buffer.payload(seqNr), m_buffer.name(seqNr)});
    } else if (m_ranges.writeWhole(writer, m_channel, m_buffer, seqNr)
                   == RangeWriter::Outcome::SourceFailed
               && !giveUp(writer, seqNr)) {
        return false;
    }
    *offset = 0;
    if (seqNr <= m_highestSent)
        ++m_counters.resent;
    else
        m_highestSent = seqNr;
    return true;
}

/*! It cannot be read, and never again; but what is stored is kept until it can: false. */
bool ProducerMachine::giveUp(FrameWriter &writer, SeqNr seqNr)
{
    m_sourceFailed.pushBack(SeqNr(seqNr));
    if (m_buffer.source(seqNr)->isStored()) {
        m_isUnreadable = true;
        return false;
    }
    skip(seqNr);
    writer.write(m_channel, SkipFrame{seqNr});
    return true;
}

bool ProducerMachine::transmitRanges(FrameWriter &writer, SeqNr seqNr, quint64 *offset,
                                     qsizetype end)
{
    const quint64 total = m_buffer.size(seqNr);
    while (*offset < total) {
        if (writer.size() >= end || (*offset > 0 && !isGranted(seqNr, *offset)))
            return false;
        switch (m_ranges.write(writer, m_channel, m_buffer, seqNr, m_chunkSize, offset)) {
        case RangeWriter::Outcome::Written:
            ++m_counters.ranges;
            m_progressTold = false;
            m_highestBegun = std::max(m_highestBegun, seqNr);
            break;
        case RangeWriter::Outcome::CatchingUp:
            return false;
        case RangeWriter::Outcome::SourceFailed:
            return giveUp(writer, seqNr);
        }
    }
    return true;
}

void ProducerMachine::transmitHoles(FrameWriter &writer, qsizetype end)
{
    while (writer.size() < end && mayTransmitHole()) {
        ResendList::Range &hole = m_holes.front();
        if (!transmitMessage(writer, hole.from, &hole.offset, end))
            return;
        m_holes.dropFront();
    }
}

} // namespace QtDelivery
