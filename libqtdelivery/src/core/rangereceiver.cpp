// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "rangereceiver.h"

namespace QtDelivery {

void RangeReceiver::restore(Incarnation producer, SeqNr seqNr)
{
    const auto total = m_spool ? m_spool->find(producer, seqNr) : std::nullopt;
    if (!total)
        return;
    if (auto sink = m_spool->open(producer, seqNr, *total))
        m_partial = std::make_unique<PartialMessage>(seqNr, *total, std::move(sink), m_newDigest);
}

RangeReceiver::Outcome RangeReceiver::handleRange(const RangeFrame &range, Incarnation producer)
{
    if (m_partial && m_partial->seqNr() != range.seqNr) {
        if (isVerifying()) {
            m_missing = range.seqNr;
            m_isAsked = true; // when the verdict is there
            return Outcome::Missing;
        }
        drop();
    }
    if (!m_partial && !begin(range, producer))
        return miss(range.seqNr);
    return add(range);
}

/*! False if this range is of no use: it is not the first one, or there is no room in the spool. */
bool RangeReceiver::begin(const RangeFrame &range, Incarnation producer)
{
    std::unique_ptr<PayloadSink> sink;
    if (m_spool && range.totalSize > m_spoolThreshold) {
        sink = m_spool->open(producer, range.seqNr, range.totalSize);
        m_spoolFailed = m_spoolFailed || (!sink && m_missing == 0);
        if (!sink && m_resends)
            return false;
    } else if (range.offset > 0 && m_resends) {
        return false;
    }
    const bool isKept = sink || range.totalSize <= m_spoolThreshold || !m_spool;
    m_partial = std::make_unique<PartialMessage>(range.seqNr, range.totalSize, std::move(sink),
                                                 m_newDigest);
    if (!isKept)
        m_partial->spoil(range.offset);
    return true;
}

RangeReceiver::Outcome RangeReceiver::add(const RangeFrame &range)
{
    const auto spoil = [&] {
        m_partial->spoil(range.offset);
        return add(range);
    };
    switch (m_partial->add(range)) {
    case PartialMessage::Outcome::Taken:
        m_missing = 0;
        m_progressed = true;
        return Outcome::Taken;
    case PartialMessage::Outcome::Complete:
        return Outcome::Complete;
    case PartialMessage::Outcome::Verifying:
        m_missing = 0;
        m_progressed = true;
        return Outcome::Verifying;
    case PartialMessage::Outcome::Duplicate:
        // Of what a former life has left: the producer need not send all of it.
        if (range.offset == 0 && m_partial->have() > quint64(range.payload.size()))
            (void)miss(range.seqNr);
        return Outcome::Duplicate;
    case PartialMessage::Outcome::Gap:
        return m_resends ? miss(range.seqNr) : spoil();
    case PartialMessage::Outcome::SinkFailed:
        if (!m_resends)
            return spoil();
        m_spoolFailed = m_spoolFailed || m_missing == 0;
        (void)miss(range.seqNr);
        m_isAsked = true; // by the retry timer: it would fail again at once
        return Outcome::Missing;
    case PartialMessage::Outcome::Spoiled:
        leave();
        return Outcome::Passed;
    case PartialMessage::Outcome::Wrong:
        break;
    }
    drop();
    return Outcome::Wrong;
}

RangeReceiver::Outcome RangeReceiver::catchUp()
{
    const SeqNr seqNr = m_partial->seqNr();
    switch (m_partial->catchUp()) {
    case PartialMessage::Outcome::Complete:
        return Outcome::Complete;
    case PartialMessage::Outcome::Verifying:
        return Outcome::Verifying;
    case PartialMessage::Outcome::SinkFailed:
    case PartialMessage::Outcome::Wrong:
        drop();
        return miss(seqNr);
    default:
        return Outcome::Taken;
    }
}

/*! One Resend is on its way at a time. */
RangeReceiver::Outcome RangeReceiver::miss(SeqNr seqNr)
{
    if (m_resends && m_missing != seqNr) {
        m_missing = seqNr;
        m_isAsked = false;
    }
    return Outcome::Missing;
}

void RangeReceiver::handleSent(SeqNr seqNr, quint64 offset)
{
    if (have(seqNr) >= offset)
        return;
    if (m_resends) {
        m_missing = seqNr;
        m_isAsked = false; // the producer probes because it waits
        return;
    }
    if (m_partial && m_partial->seqNr() != seqNr)
        drop();
    if (!m_partial) // its end is still to come; until then nobody has to know its size
        m_partial = std::make_unique<PartialMessage>(seqNr, offset + 1, nullptr);
    m_partial->spoil(offset);
}

void RangeReceiver::moveTo(ReceiveBuffer &buffer)
{
    const SeqNr seqNr = m_partial->seqNr();
    if (!m_partial->name().isEmpty())
        buffer.setName(seqNr, m_partial->name());
    if (m_partial->isSpooled())
        buffer.insertSpooled(seqNr, m_partial->finish());
    else
        buffer.insertWhole(seqNr, m_partial->takePayload());
    const SeqNr next = m_missing == seqNr ? 0 : m_missing; // it came while this was verifying
    leave();
    m_missing = next;
    m_isAsked = false;
}

void RangeReceiver::drop()
{
    if (m_partial)
        m_partial->discard();
    leave();
}

void RangeReceiver::leave()
{
    m_partial.reset();
    m_reported = 0;
    m_missing = 0;
    m_progressed = false;
}

std::optional<ResendFrame> RangeReceiver::pollResend()
{
    if (!hasResend())
        return std::nullopt;
    m_isAsked = true;
    return ResendFrame{m_missing, m_missing, have(m_missing)};
}

quint64 RangeReceiver::report()
{
    m_reported = m_partial ? m_partial->have() : 0;
    return m_reported;
}

const PartialMessage *RangeReceiver::pollProgress()
{
    return std::exchange(m_progressed, false) ? m_partial.get() : nullptr;
}

} // namespace QtDelivery
