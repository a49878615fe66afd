// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "seqbands.h"

#include "text.h"
#include "words.h"

#include <algorithm>

namespace Monitor {

using QtDelivery::FlowSnapshot;
using QtDelivery::SeqRange;

namespace {

/*! Puts bands together, from left to right. */
class Bands
{
public:
    explicit Bands(qint64 from)
        : m_next(from)
    { }

    /*! Everything up to \a to that is not told yet. */
    void upTo(qint64 to, SeqState state)
    {
        if (to < m_next)
            return;
        if (!m_bands.isEmpty() && m_bands.last().state == state)
            m_bands.last().to = to;
        else
            m_bands.append({m_next, to, state});
        m_next = to + 1;
    }
    /*! Up to \a to: what is in \a ranges is \a inside, the rest \a outside. */
    void upTo(qint64 to, const QList<SeqRange> &ranges, SeqState inside, SeqState outside)
    {
        for (const SeqRange &range : ranges) {
            upTo(qMin(to, range.from - 1), outside);
            upTo(qMin(to, range.to), inside);
        }
        upTo(to, outside);
    }
    [[nodiscard]] const QList<SeqBand> &result() const { return m_bands; }

private:
    qint64 m_next;
    QList<SeqBand> m_bands;
};

QList<SeqBand> producerBands(const FlowSnapshot &flow, qint64 from)
{
    Bands bands(from);
    const qint64 accepted = qMax(flow.nextSeqNr - 1, flow.sentSeqNr);
    bands.upTo(flow.confirmedSeqNr, SeqState::Confirmed);
    bands.upTo(flow.deliveredSeqNr, SeqState::Delivered);
    bands.upTo(flow.receivedSeqNr, flow.ranges, SeqState::Resend, SeqState::Received);
    bands.upTo(flow.sentSeqNr, flow.ranges, SeqState::Resend, SeqState::InFlight);
    bands.upTo(qMin(accepted, flow.grantedSeqNr), SeqState::Ready);
    bands.upTo(accepted, SeqState::Stored);
    bands.upTo(flow.grantedSeqNr, SeqState::Granted);
    return bands.result();
}

QList<SeqBand> consumerBands(const FlowSnapshot &flow, qint64 from)
{
    Bands bands(from);
    bands.upTo(flow.confirmedSeqNr, SeqState::Confirmed);
    bands.upTo(flow.deliveredSeqNr, SeqState::Delivered);
    // In front of the last one that is here, what is not here is missing.
    const qint64 last = flow.ranges.isEmpty() ? flow.receivedSeqNr : flow.ranges.last().to;
    bands.upTo(flow.receivedSeqNr, SeqState::Received);
    bands.upTo(last, flow.ranges, SeqState::Received, SeqState::Resend);
    bands.upTo(flow.sentSeqNr, SeqState::InFlight);
    bands.upTo(flow.grantedSeqNr, SeqState::Granted);
    return bands.result();
}

} // namespace

QString seqStateText(SeqState state)
{
    switch (state) {
    case SeqState::Confirmed:
        return Words::tr("Confirmed");
    case SeqState::Delivered:
        return Words::tr("Delivered, waiting for confirmation");
    case SeqState::Received:
        return Words::tr("Received, buffered");
    case SeqState::InFlight:
        return Words::tr("In flight");
    case SeqState::Resend:
        return Words::tr("Missing, to be sent again");
    case SeqState::Ready:
        return Words::tr("Ready to be sent");
    case SeqState::Granted:
        return Words::tr("Granted, unused");
    case SeqState::Stored:
        return Words::tr("Stored, not granted");
    }
    return {};
}

QList<SeqBand> seqBands(const FlowSnapshot &flow, qint64 from)
{
    return flow.role == FlowSnapshot::Role::Producer ? producerBands(flow, from)
                                                     : consumerBands(flow, from);
}

const SeqBand *bandAt(const QList<SeqBand> &bands, qint64 seqNr)
{
    const auto found =
        std::lower_bound(bands.begin(), bands.end(), seqNr,
                         [](const SeqBand &band, qint64 number) { return band.to < number; });
    return found != bands.end() && found->from <= seqNr ? &*found : nullptr;
}

QList<Disagreement> disagreements(const FlowSnapshot &producer, const FlowSnapshot &consumer)
{
    QList<Disagreement> found;
    const auto add = [&](Disagreement::Kind kind, qint64 from, qint64 to, const char *sentence) {
        if (from <= to)
            found.append({kind, from, to, Words::tr(sentence).arg(rangeText(from, to))});
    };
    using Kind = Disagreement::Kind;
    const bool sameAttachment = producer.state == FlowSnapshot::State::Attached
        && consumer.state == FlowSnapshot::State::Attached && producer.epoch == consumer.epoch;
    add(Kind::NewsUnderWay, producer.confirmedSeqNr + 1, consumer.confirmedSeqNr,
        //: %1 are numbers of messages
        QT_TRANSLATE_NOOP("Monitor",
                          "%1: the consumer has confirmed, the producer has not heard of it yet."));
    if (!sameAttachment)
        return found; // the two are not talking to each other, or one of the two has not heard yet
    add(Kind::NewsUnderWay, producer.grantedSeqNr + 1, consumer.grantedSeqNr,
        //: %1 are numbers of messages
        QT_TRANSLATE_NOOP("Monitor",
                          "%1: the consumer allows, the producer has not heard of it yet."));
    add(Kind::Contradiction, producer.nextSeqNr, consumer.receivedSeqNr,
        //: %1 are numbers of messages
        QT_TRANSLATE_NOOP("Monitor",
                          "%1: the consumer has received what the producer never sent."));
    add(Kind::Contradiction, consumer.grantedSeqNr + 1, producer.grantedSeqNr,
        //: %1 are numbers of messages
        QT_TRANSLATE_NOOP(
            "Monitor", "%1: the producer believes it may send what the consumer never allowed."));
    add(Kind::Contradiction, consumer.confirmedSeqNr + 1, producer.confirmedSeqNr,
        //: %1 are numbers of messages
        QT_TRANSLATE_NOOP(
            "Monitor",
            "%1: the producer believes to be confirmed what the consumer has not confirmed."));
    return found;
}

} // namespace Monitor
