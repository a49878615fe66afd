// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

// What ConsumerMachine does with messages in ranges, and with those that will never arrive.

#include "consumermachine.h"

namespace QtDelivery {

/*! What is to be announced now, and from now on counts as announced. */
quint64 ConsumerMachine::grantBytes()
{
    const quint64 have = m_ranges.report();
    const quint64 grant = have + grantedAhead();
    if (hasLongRanges())
        m_rangeWindow.handleReport(have, m_latest);
    m_byteGrant.announce(grant);
    return grant;
}

bool ConsumerMachine::exceedsByteGrant(const RangeFrame &frame) const
{
    // One that fills a hole started before; its size bounds it.
    const bool isNext = frame.seqNr > m_buffer.highestSeqNr();
    return isNext && !m_byteGrant.mayStart(unconfirmedBytes() + frame.offset);
}

Reason ConsumerMachine::handleRange(const RangeFrame &frame, TimePoint now)
{
    if (m_state != State::Attached)
        return Reason::None;
    m_latest = now;
    if (frame.seqNr > m_announcedUpTo || frame.totalSize > m_config.maxRangedSize
        || exceedsByteGrant(frame))
        return Reason::GrantExceeded;
    if (m_buffer.contains(frame.seqNr)) {
        ++m_counters.duplicatesDropped;
        return Reason::None;
    }
    passGapBefore(frame.seqNr);
    m_highestKnown = std::max(m_highestKnown, frame.seqNr - 1);
    switch (m_ranges.handleRange(frame, m_producer)) {
    case RangeReceiver::Outcome::Taken:
        ++m_counters.ranges;
        break;
    case RangeReceiver::Outcome::Complete:
        ++m_counters.ranges;
        m_ranges.moveTo(m_buffer);
        received(frame.seqNr, now);
        break;
    case RangeReceiver::Outcome::Verifying:
        ++m_counters.ranges;
        m_requestPending = true;
        break;
    case RangeReceiver::Outcome::Duplicate:
        ++m_counters.duplicatesDropped;
        break;
    case RangeReceiver::Outcome::Missing:
        break;
    case RangeReceiver::Outcome::Passed:
        passUpTo(frame.seqNr);
        break;
    case RangeReceiver::Outcome::Wrong:
        return Reason::WrongDigest;
    }
    if (hasLongRanges())
        m_rangeWindow.handleArrival(frame.seqNr, frame.offset, m_ranges.partial()->have(), now);
    // Also what a former life has left, as soon as that is known.
    if (m_ranges.unreported() >= grantedAhead() / ReportsPerWindow)
        m_requestPending = true;
    noticeHoles(now);
    return Reason::None;
}

/*! What a former life has left of a message is verified, a piece per turn. */
void ConsumerMachine::catchUpRanges()
{
    const SeqNr seqNr = m_ranges.partial()->seqNr();
    const auto outcome = m_ranges.catchUp();
    if (outcome == RangeReceiver::Outcome::Complete) {
        m_ranges.moveTo(m_buffer);
        received(seqNr, m_latest);
        m_requestPending = true;
    }
    noticeHoles(m_latest);
}

Reason ConsumerMachine::handleSkip(const SkipFrame &frame, TimePoint now)
{
    if (m_state != State::Attached)
        return Reason::None;
    m_latest = now;
    if (frame.seqNr > m_announcedUpTo)
        return Reason::GrantExceeded;
    if (m_buffer.contains(frame.seqNr))
        return Reason::None;
    passGapBefore(frame.seqNr);
    if (m_ranges.have(frame.seqNr) > 0)
        m_ranges.drop();
    m_buffer.skip(frame.seqNr);
    received(frame.seqNr, now);
    confirmPassed();
    return Reason::None;
}

} // namespace QtDelivery
