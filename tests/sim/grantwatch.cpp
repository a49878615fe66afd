// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "grantwatch.h"

namespace QtDelivery::Simulation {

void GrantWatch::attachAccepted(const AttachFrame &frame, bool repeated)
{
    if (repeated) {
        if (frame.producer == m_producer) // it says how far the consumer is now
            requestArrived({frame.confirmedSeqNr, frame.receivedSeqNr, frame.requestUpToSeqNr,
                            frame.requestUpToBytes});
        return;
    }
    check(frame.epoch == 0 || m_holder.isNull() || m_holder == frame.consumer,
          "a consumer that was replaced has taken the flow back by itself");
    m_holder = frame.consumer;
    m_attach = frame;
    m_attached.reset();
    if (frame.producer == m_producer)
        m_everConfirmed = std::max(m_everConfirmed, frame.confirmedSeqNr);
    m_confirmedBefore = m_everConfirmed;
    m_confirmed = 0;
    m_limit = 0;
    m_written = 0;
    m_asked.clear();
    m_widestWindow = std::max(m_widestWindow, frame.requestUpToSeqNr - frame.confirmedSeqNr);
    m_widestBytes = std::max(m_widestBytes, frame.requestUpToBytes);
}

void GrantWatch::requestArrived(const RequestFrame &frame)
{
    m_everConfirmed = std::max(m_everConfirmed, frame.confirmedSeqNr);
    m_confirmed = std::max(m_confirmed, frame.confirmedSeqNr);
    m_limit = std::max(m_limit, frame.requestUpToSeqNr);
    m_asked.erase(m_asked.begin(), m_asked.upper_bound(m_confirmed));
}

void GrantWatch::resendArrived(const ResendFrame &frame)
{
    // What lies behind the highest Message is still to come anyway.
    for (SeqNr seqNr = frame.fromSeqNr; seqNr <= std::min(frame.toSeqNr, m_written); ++seqNr) {
        if (seqNr > m_confirmed)
            m_asked.insert(seqNr);
    }
}

void GrantWatch::attachedWritten(const AttachedFrame &frame)
{
    if (m_attached) {
        check(*m_attached == frame, "a repeated Attached differs from the first");
        return;
    }
    m_attached = frame;
    check(frame.firstSeqNr > m_confirmedBefore, "Attached goes back to a confirmed message");
    // A resume goes on with the grant that the consumer names. To anybody else everything before
    // the first number is settled, and the grant counts from there.
    const bool resumes = m_attach.producer == m_producer && frame.epoch == m_attach.epoch;
    const SeqNr base = resumes ? m_attach.confirmedSeqNr : frame.firstSeqNr - 1;
    // An Attach that was repeated before its answer left may have said more already.
    m_confirmed = std::max(m_confirmed, base);
    m_limit = std::max(m_limit, base + m_attach.requestUpToSeqNr - m_attach.confirmedSeqNr);
    m_limitBytes = m_attach.requestUpToBytes;
}

void GrantWatch::messageWritten(const MessageFrame &frame)
{
    if (!check(m_attached.has_value(), "a Message before Attached"))
        return;
    check(frame.seqNr >= m_attached->firstSeqNr, "a Message from before the attachment");
    check(frame.seqNr > m_confirmed, "a confirmed Message is sent again");
    check(frame.seqNr <= m_limit, "more Messages than granted");
    check(m_ledger.bytesOf(m_confirmed + 1, frame.seqNr - 1) < m_limitBytes,
          "more bytes than granted");
    m_asked.erase(frame.seqNr);
    m_written = std::max(m_written, frame.seqNr);
    m_everWritten = std::max(m_everWritten, frame.seqNr);
}

void GrantWatch::sentWritten(const SentFrame &frame)
{
    check(m_attached.has_value(), "Sent before Attached");
    check(frame.sentSeqNr <= m_everWritten, "Sent names what was not sent");
    check(m_asked.empty(), "Sent overtakes what was asked for");
}

} // namespace QtDelivery::Simulation
