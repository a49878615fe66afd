// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "consumermachine.h"

namespace QtDelivery {

namespace {

// A hole list longer than this goes out in several turns of the link.
constexpr int MaxResendsPerPoll = 64;

// How long a confirmation may wait for others, at most.
constexpr Duration ReportDelay = std::chrono::milliseconds(1);

} // namespace

ConsumerMachine::ConsumerMachine(QString consumerId, Incarnation incarnation, ConsumerConfig config)
    : m_consumerId(std::move(consumerId))
    , m_incarnation(incarnation)
    , m_config(config)
    , m_ranges(config.spoolThreshold, !config.onlyFlowControl, config.newDigest)
    , m_retry(config.retryMin, config.retryMax)
{ }

// ---- the application's side

void ConsumerMachine::start()
{
    m_started = true;
    m_outstandingTold = false;
}

ConsumerMachine::ConfirmOutcome ConsumerMachine::confirm(SeqNr seqNr, quint64 numbering)
{
    if (!m_outstanding || m_outstanding->seqNr != seqNr || m_outstanding->numbering != numbering) {
        const bool wasDelivered =
            numbering < m_numbering || (numbering == m_numbering && seqNr <= m_confirmed);
        return wasDelivered && seqNr > 0 ? ConfirmOutcome::AlreadyConfirmed
                                         : ConfirmOutcome::NotDelivered;
    }
    if (numbering == m_numbering) { // otherwise of a producer that is gone: nobody to tell
        m_unreportedBytes += m_outstanding->size();
        m_byteGrant.confirm(m_outstanding->size());
        setConfirmed(seqNr);
    }
    if (SpooledPayload *file = m_outstanding->file())
        file->discard();
    m_outstanding.reset();
    ++m_counters.confirmed;
    confirmPassed();
    return ConfirmOutcome::Confirmed;
}

void ConsumerMachine::setConfirmed(SeqNr seqNr)
{
    m_confirmed = seqNr;
    if (m_record) { // told when it is recorded
        if (isRecordDue())
            m_reportAt.reset();
        else if (!m_reportAt)
            m_reportAt = reportTime();
        return;
    }
    if (m_requestPending)
        return; // it tells this, too
    m_reportPending = true;
    if (isReportDue())
        reportAtOnce();
    else if (!m_reportAt && m_state == State::Attached)
        m_reportAt = reportTime();
}

void ConsumerMachine::deliverThenStop()
{
    if (!m_stopAfter)
        m_stopAfter = m_buffer.receivedSeqNr();
}

bool ConsumerMachine::isStopDue() const
{
    return m_stopAfter && !m_outstanding && m_buffer.firstSeqNr() > *m_stopAfter
        && reportedSeqNr() == m_confirmed;
}

bool ConsumerMachine::mayDeliver() const
{
    return !m_outstanding && m_buffer.hasNext()
        && (!m_stopAfter || m_buffer.firstSeqNr() <= *m_stopAfter);
}

bool ConsumerMachine::hasEvent() const
{
    if (m_restartDropped || m_ranges.hasEvent())
        return true;
    if (m_started && ((m_outstanding && !m_outstandingTold) || mayDeliver()))
        return true;
    return isStopDue() && !m_stoppedTold;
}

std::optional<ConsumerEvent> ConsumerMachine::pollEvent()
{
    if (m_restartDropped) {
        ConsumerEvent event{.kind = ConsumerEvent::Kind::ProducerRestarted,
                            .dropped = *m_restartDropped};
        m_restartDropped.reset();
        return event;
    }
    if (m_ranges.pollSpoolFailed())
        return ConsumerEvent{.kind = ConsumerEvent::Kind::SpoolFailed};
    if (const PartialMessage *partial = m_ranges.pollProgress()) {
        return ConsumerEvent{.kind = ConsumerEvent::Kind::Progress,
                             .seqNr = partial->seqNr(),
                             .bytes = partial->have(),
                             .total = partial->totalSize()};
    }
    if (m_started) {
        if (mayDeliver()) {
            ReceivedMessage &next = m_outstanding.emplace();
            next.seqNr = m_buffer.firstSeqNr();
            next.numbering = m_numbering;
            next.extra = m_buffer.takeExtra();
            next.payload = m_buffer.takeNext();
            m_outstandingTold = false;
            ++m_counters.messages;
            m_counters.bytes += next.size();
        }
        if (m_outstanding && !m_outstandingTold) {
            m_outstandingTold = true;
            return ConsumerEvent{.kind = ConsumerEvent::Kind::Delivery};
        }
    }
    if (isStopDue() && !m_stoppedTold) {
        m_stoppedTold = true;
        reportAtOnce();
        return ConsumerEvent{.kind = ConsumerEvent::Kind::Stopped};
    }
    return std::nullopt;
}

// ---- the progress' side

void ConsumerMachine::restore(Incarnation producer, SeqNr confirmed)
{
    m_producer = producer;
    startNumbering(confirmed + 1);
    m_ranges.restore(producer, confirmed + 1);
}

bool ConsumerMachine::hasRecord() const
{
    return m_record && !m_reportAt && !m_record->next(m_confirmed).isEmpty();
}

std::optional<SeqNr> ConsumerMachine::pollRecord()
{
    if (!hasRecord())
        return std::nullopt;
    m_record->handleRequested(m_confirmed);
    return m_confirmed;
}

void ConsumerMachine::handleRecorded(Incarnation producer, SeqNr seqNr)
{
    if (!m_record || producer != m_producer)
        return; // of a numbering that is over
    m_record->handleStored(seqNr);
    m_reportPending = true;
    reportAtOnce();
}

StorePipeline::Failure ConsumerMachine::handleRecordFailed(TimePoint now)
{
    return m_record ? m_record->handleFailed(now) : StorePipeline::Failure::Retrying;
}

// ---- the link's side

void ConsumerMachine::setProducer(const QString &producerId)
{
    if (producerId == m_producerId)
        return;
    handleLinkLost();
    m_producerId = producerId;
    m_producer = {};
    m_epoch = 0;
    startNumbering(1);
}

void ConsumerMachine::startNumbering(SeqNr first)
{
    ++m_numbering;
    m_ranges.leave();
    m_buffer.reset(first);
    m_confirmed = first - 1;
    m_highestKnown = first - 1;
    m_askedUpTo = first - 1;
    m_lastReport = first - 1;
    m_unreportedBytes = 0;
    if (m_config.progress)
        m_record.emplace(*m_config.progress, m_confirmed);
    m_announcedUpTo = grantBeyond(m_confirmed);
    if (m_stopAfter)
        m_stopAfter = first - 1; // whatever was to be delivered is gone
}

/*! A producer may number from wherever it likes; what we grant must stay a possible number. */
SeqNr ConsumerMachine::grantBeyond(SeqNr confirmed) const
{
    return std::min(confirmed + m_config.window, MaxSeqNr - 1);
}

/*! Another consumer may have gone on in our absence: everything before \a first is settled, and the
 * grant counts from there. */
void ConsumerMachine::settleBefore(SeqNr first)
{
    if (m_outstanding && m_outstanding->seqNr < first)
        ++m_numbering; // a delivery that is still out is of that past
    m_buffer.discardBefore(first);
    dropRangesBefore(first);
    m_highestKnown = std::max(m_highestKnown, first - 1);
    m_announcedUpTo = std::max(m_announcedUpTo, grantBeyond(first - 1));
    if (m_confirmed < first - 1) {
        m_confirmed = first - 1;
        m_requestPending = true;
    }
    if (m_record && m_record->stored() < first - 1)
        m_record.emplace(*m_config.progress, first - 1); // the producer knows it already
}

void ConsumerMachine::attach(ChannelNr channel, TimePoint now)
{
    m_channel = channel;
    m_attachEpoch = m_epoch;
    m_state = State::Attaching;
    m_attachPending = true;
    m_rangeWindow.startAnew();
    (void)grantBytes(); // what the Attach will tell is granted, whatever overtakes it
    dropReport();
    m_retry.start(now);
}

void ConsumerMachine::reportAtOnce()
{
    m_requestPending = m_requestPending || m_reportPending;
    m_reportAt.reset();
}

/*! An Attach tells the same. */
void ConsumerMachine::dropReport()
{
    m_requestPending = false;
    m_reportPending = false;
    m_reportAt.reset();
}

void ConsumerMachine::handleLinkLost()
{
    m_channel = 0;
    m_state = State::Unattached;
    m_attachPending = false;
    dropReport();
    m_ranges.forgetMissing();
    m_retry.stop();
}

void ConsumerMachine::dropUndelivered()
{
    const SeqNr next = m_buffer.firstSeqNr();
    m_ranges.drop();
    m_buffer.reset(next);
    m_highestKnown = next - 1;
    m_askedUpTo = next - 1;
    if (m_stopAfter)
        m_stopAfter = std::min(*m_stopAfter, next - 1);
}

Reason ConsumerMachine::handleAttached(const AttachedFrame &frame, TimePoint now)
{
    if (m_state != State::Attaching)
        return Reason::None; // the answer to a repetition
    m_state = State::Attached;
    m_attachPending = false;
    reportAtOnce(); // what was confirmed since the Attach
    m_epoch = frame.epoch;
    ++m_counters.attachments;
    m_retry.stop();
    if (frame.producer != m_producer) {
        if (!m_producer.isNull()) {
            m_restartDropped = m_restartDropped.value_or(0) + quint64(m_buffer.count());
            m_ranges.drop(); // nobody sends the rest
        }
        m_producer = frame.producer;
        startNumbering(frame.firstSeqNr);
        m_byteGrant.startAnew();
        return Reason::None;
    }
    const SeqNr settled = frame.firstSeqNr - 1;
    const bool resumed = frame.epoch == m_attachEpoch;
    if (resumed && m_config.onlyFlowControl && settled <= m_announcedUpTo)
        passUpTo(settled); // what was lost with the link; what has arrived stays
    else if (!resumed || settled > m_buffer.receivedSeqNr())
        settleBefore(frame.firstSeqNr);
    // Holes that were known before the link broke are asked for anew; what is in order now is on
    // its way.
    m_askedUpTo = m_buffer.receivedSeqNr();
    m_highestKnown = m_buffer.highestSeqNr();
    noticeHoles(now);
    return Reason::None;
}

quint64 ConsumerMachine::unconfirmedBytes() const
{
    const bool current = m_outstanding && m_outstanding->numbering == m_numbering;
    return m_buffer.bytes() + (current ? m_outstanding->size() : 0);
}

bool ConsumerMachine::exceedsByteGrant(const MessageFrame &frame) const
{
    const quint64 held = unconfirmedBytes();
    if (frame.seqNr > std::max(m_buffer.highestSeqNr(), m_highestKnown))
        return !m_byteGrant.mayStart(held);
    // What fills a hole started before, so all together is less than the window and one largest
    // message, the one that started last. Without this bound a Sent would open the buffer.
    return m_byteGrant.excess(held + quint64(frame.payload.size())) > m_config.maxMessageSize;
}

Reason ConsumerMachine::handleMessage(const MessageFrame &frame, TimePoint now)
{
    if (m_state != State::Attached)
        return Reason::None; // it overtook Attached; the producer's probe brings it back
    m_latest = now;
    if (frame.seqNr > m_announcedUpTo || quint64(frame.payload.size()) > m_config.maxMessageSize)
        return Reason::GrantExceeded;
    if (m_buffer.contains(frame.seqNr)) {
        ++m_counters.duplicatesDropped;
        return Reason::None;
    }
    if (exceedsByteGrant(frame))
        return Reason::GrantExceeded;
    passGapBefore(frame.seqNr);
    if (!frame.name.isEmpty())
        m_buffer.setName(frame.seqNr, frame.name);
    (void)m_buffer.insert(frame.seqNr, frame.payload);
    received(frame.seqNr, now);
    return Reason::None;
}

void ConsumerMachine::received(SeqNr seqNr, TimePoint now)
{
    if (seqNr == m_askedUpTo + 1)
        m_askedUpTo = seqNr; // is there: the search for holes starts behind it
    m_highestKnown = std::max(m_highestKnown, seqNr);
    noticeHoles(now);
}

Reason ConsumerMachine::handleSent(const SentFrame &frame, TimePoint now)
{
    if (m_state != State::Attached)
        return Reason::None;
    if (frame.sentSeqNr > std::max(m_announcedUpTo, m_confirmed))
        return Reason::ImpossibleNumber;
    m_requestPending = true;
    if (m_config.onlyFlowControl)
        passUpTo(frame.sentSeqNr);
    m_highestKnown = std::max(m_highestKnown, frame.sentSeqNr);
    const SeqNr begun = frame.sentSeqNr + 1;
    if (frame.offset > 0 && begun <= m_announcedUpTo && !m_buffer.contains(begun))
        m_ranges.handleSent(begun, frame.offset);
    noticeHoles(now);
    return Reason::None;
}

/*! Nobody resends what is missing before \a seqNr. */
void ConsumerMachine::passGapBefore(SeqNr seqNr)
{
    if (m_config.onlyFlowControl)
        passUpTo(seqNr - 1);
}

void ConsumerMachine::passUpTo(SeqNr seqNr)
{
    if (seqNr <= m_buffer.receivedSeqNr())
        return;
    dropRangesBefore(seqNr + 1);
    m_buffer.pass(seqNr);
    m_highestKnown = std::max(m_highestKnown, seqNr);
    confirmPassed();
}

void ConsumerMachine::dropRangesBefore(SeqNr seqNr)
{
    if (m_ranges.partial() && m_ranges.partial()->seqNr() < seqNr)
        m_ranges.drop();
}

/*! What was passed counts as confirmed once everything in front of it is. */
void ConsumerMachine::confirmPassed()
{
    if (m_outstanding || m_buffer.hasNext() || m_confirmed == m_buffer.receivedSeqNr())
        return;
    setConfirmed(m_buffer.receivedSeqNr());
}

void ConsumerMachine::noticeHoles(TimePoint now)
{
    if (hasHoles() || m_ranges.isMissing())
        m_retry.startIfStopped(now);
    else
        m_retry.stop();
}

bool ConsumerMachine::searchUnaskedHole() const
{
    if (!hasHoles() || m_ranges.isVerifying())
        return false;
    const auto hole = m_buffer.nextHole(m_askedUpTo + 1, m_highestKnown);
    return hole.from <= hole.to;
}

bool ConsumerMachine::isReportDue() const
{
    return !m_buffer.hasNext() || m_confirmed - m_lastReport >= m_config.window / ReportsPerWindow
        || m_unreportedBytes >= m_config.windowBytes / ReportsPerWindow;
}

/*! A record costs a sync of the disk: unlike a report it waits for more although nothing is left to
 * deliver. */
bool ConsumerMachine::isRecordDue() const
{
    return m_state != State::Attached
        || m_confirmed - m_record->requested() >= m_config.window / ReportsPerWindow
        || m_unreportedBytes >= m_config.windowBytes / ReportsPerWindow;
}

/*! In a grid, so that the flows of a node wake it up together; at once if there was nothing to tell
 * for longer. */
TimePoint ConsumerMachine::reportTime()
{
    if (m_latest >= m_lastReportAt + ReportDelay)
        m_lastReportAt = m_latest;
    else
        m_lastReportAt = TimePoint((m_latest.time_since_epoch() / ReportDelay + 1) * ReportDelay);
    return m_lastReportAt;
}

bool ConsumerMachine::pollTransmit(FrameWriter &writer)
{
    if (m_attachPending) {
        m_attachPending = false;
        m_announcedUpTo = std::max(m_announcedUpTo, grantBeyond(reportedSeqNr()));
        const bool fresh = m_producer.isNull();
        writer.write(m_channel,
                     AttachFrame{.consumer = m_incarnation,
                                 .producer = m_producer,
                                 .epoch = m_attachEpoch,
                                 .confirmedSeqNr = fresh ? 0 : reportedSeqNr(),
                                 .receivedSeqNr = fresh ? 0 : m_buffer.receivedSeqNr(),
                                 .requestUpToSeqNr = fresh ? m_config.window : m_announcedUpTo,
                                 .requestUpToBytes = grantBytes(),
                                 .maxMessageSize = m_config.maxMessageSize,
                                 .supportResend = !m_config.onlyFlowControl,
                                 .offset = fresh ? 0 : m_ranges.have(m_buffer.receivedSeqNr() + 1),
                                 .maxRangedSize = m_config.maxRangedSize,
                                 .producerId = m_producerId,
                                 .consumerId = m_consumerId});
    }
    if (m_state != State::Attached)
        return false;
    if (m_ranges.isBehind())
        catchUpRanges();
    if (m_requestPending) {
        dropReport();
        m_lastReport = reportedSeqNr();
        m_unreportedBytes = 0;
        m_announcedUpTo = std::max(m_announcedUpTo, grantBeyond(reportedSeqNr()));
        writer.write(
            m_channel,
            RequestFrame{reportedSeqNr(), m_buffer.receivedSeqNr(), m_announcedUpTo, grantBytes()});
    }
    if (const auto resend = m_ranges.pollResend()) {
        writer.write(m_channel, *resend);
        ++m_counters.resendsAsked;
    }
    for (int i = 0; i < MaxResendsPerPoll && hasUnaskedHoles(); ++i) {
        const auto hole = m_buffer.nextHole(m_askedUpTo + 1, m_highestKnown);
        writer.write(m_channel, ResendFrame{hole.from, hole.to, m_ranges.have(hole.from)});
        m_askedUpTo = hole.to;
        ++m_counters.resendsAsked;
    }
    if (!hasUnaskedHoles() && !m_ranges.isVerifying())
        m_askedUpTo = std::max(m_askedUpTo, m_highestKnown);
    return hasTransmit();
}

std::optional<TimePoint> ConsumerMachine::nextTimeout() const
{
    return earliest(earliest(m_retry.deadline(), m_reportAt),
                    m_record ? m_record->nextTimeout() : std::nullopt);
}

void ConsumerMachine::handleTimeout(TimePoint now)
{
    if (m_reportAt && now >= *m_reportAt)
        reportAtOnce();
    if (m_record)
        m_record->handleTimeout(now);
    if (!m_retry.expire(now))
        return;
    if (m_state == State::Attaching)
        m_attachPending = true;
    else
        m_askedUpTo = m_buffer.receivedSeqNr(); // ask again for all that is missing
    m_ranges.askAgain();
}

} // namespace QtDelivery
