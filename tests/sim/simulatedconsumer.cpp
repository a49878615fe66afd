// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "simulatedconsumer.h"

namespace QtDelivery::Simulation {

namespace {

constexpr Duration TurnInterval = 100us; // between two polls of a machine that has more

} // namespace

SimulatedConsumer::SimulatedConsumer(Environment &environment, const Scenario &scenario,
                                     Ledger &ledger, const QString &id, const QString &producerId,
                                     std::function<ChannelNr()> nextChannel)
    : m_environment(environment)
    , m_scenario(scenario)
    , m_ledger(ledger)
    , m_id(id)
    , m_producerId(producerId)
    , m_nextChannel(std::move(nextChannel))
    , m_disk(environment, scenario)
    , m_spool(environment)
{
    if (scenario.spoolFails.to > 0)
        m_spool.setFailures(
            environment.rng.between(scenario.spoolFails.from, scenario.spoolFails.to));
}

template <typename What> void SimulatedConsumer::later(Duration delay, What what)
{
    m_environment.timeline.after(delay, [this, life = m_life, what] {
        if (life == m_life && m_machine)
            what();
    });
}

// ---- life

void SimulatedConsumer::begin()
{
    Rng &rng = m_environment.rng;
    ++m_life;
    m_window = rng.pick(m_scenario.windows);
    m_windowBytes = rng.pick(m_scenario.windowBytes);
    ConsumerConfig config;
    config.window = m_window;
    config.windowBytes = m_windowBytes;
    config.maxRangedSize = m_scenario.chunkSize > 0 ? quint64(m_scenario.maxPayload) : 0;
    config.spoolThreshold = m_scenario.spoolThreshold;
    config.retryMin = m_scenario.retryMin;
    config.retryMax = m_scenario.retryMax;
    config.onlyFlowControl = m_scenario.onlyFlowControl;
    if (m_scenario.durableProgress)
        config.progress = StoreConfig{.attempts = std::numeric_limits<int>::max(),
                                      .retryMin = m_scenario.retryMin,
                                      .retryMax = m_scenario.retryMax};
    m_machine.emplace(m_id, rng.incarnation(), config);
    if (m_scenario.spoolThreshold > 0)
        m_machine->setSpool(&m_spool);
    m_reader = Reader{.hasRivals = m_scenario.consumersPerFlow > 1};
    m_delay = rng.upTo(m_scenario.consumerDelay);
    m_numberings.clear();
    m_generation = -1;
    m_turnPlanned = false;
    m_redelivers = false;
    m_stopAfter.reset();
    m_armed.reset();
    m_replaced = false;
    m_registered = !m_scenario.producerRegisters;
    if (m_registered)
        setProducer();
    m_machine->start();
    attach();
}

void SimulatedConsumer::end()
{
    if (!m_machine)
        return;
    m_environment.recorder.note(m_environment.now(),
                                [&] { return "C == " + m_id.toUtf8() + " ends"; });
    if (m_machine->channel() != 0)
        writeDetach();
    m_machine.reset();
    m_disk.crash();
}

void SimulatedConsumer::setProducer()
{
    m_machine->setProducer(m_producerId);
    if (m_scenario.durableProgress && !m_recordedProducer.isNull()) {
        m_machine->restore(m_recordedProducer, m_recorded);
        m_generation = m_ledger.generationOf(m_recordedProducer);
    }
}

void SimulatedConsumer::recordProgress()
{
    const auto confirmed = m_machine->pollRecord();
    if (!confirmed)
        return;
    const Incarnation producer = m_machine->producer();
    const auto write = [this, producer, seqNr = *confirmed] {
        m_recordedProducer = producer;
        m_recorded = seqNr;
        m_ledger.recorded(m_ledger.generationOf(producer), seqNr);
    };
    m_disk.store(write, [this, producer, seqNr = *confirmed](bool ok) {
        if (ok)
            m_machine->handleRecorded(producer, seqNr);
        else
            (void)m_machine->handleRecordFailed(m_environment.now());
        pump();
    });
}

void SimulatedConsumer::restartObject(Duration absence)
{
    if (!m_machine)
        return;
    m_machine->pause();
    later(absence, [this, object = ++m_object] {
        if (object != m_object)
            return; // gone again meanwhile
        m_redelivers = m_reader.outstanding.has_value();
        m_machine->start();
        pump();
    });
}

void SimulatedConsumer::registerAgain()
{
    if (!m_machine)
        return;
    m_environment.recorder.note(m_environment.now(),
                                [&] { return "C == " + m_id.toUtf8() + " registers"; });
    m_replaced = false;
    m_machine->forgetEpoch();
    attach();
}

void SimulatedConsumer::stall(Duration duration)
{
    m_stalledUntil = std::max(m_stalledUntil, m_environment.now() + duration);
}

void SimulatedConsumer::deliverThenStop()
{
    if (!m_machine)
        return;
    m_machine->deliverThenStop();
    if (!m_stopAfter)
        m_stopAfter = Reader::Position{m_generation, m_machine->receivedSeqNr()};
    pump();
}

// ---- router

void SimulatedConsumer::attach()
{
    if (m_machine && m_connection && m_registered && !m_replaced) {
        m_machine->handleLinkLost(); // whatever channel there was
        m_machine->attach(m_nextChannel(), m_environment.now());
    }
    pump();
}

void SimulatedConsumer::writeDetach()
{
    if (!m_connection || !m_connection->isUp(Side::Consumer))
        return;
    QByteArray bytes;
    FrameWriter(bytes).write(m_machine->channel(), DetachFrame{Reason::Stopped});
    m_connection->write(Side::Consumer, bytes);
}

void SimulatedConsumer::producerOffered(const ConnectionPtr &connection)
{
    m_connection = connection;
    attach();
}

void SimulatedConsumer::producerWithdrawn()
{
    m_connection.reset();
    if (m_machine)
        m_machine->handleLinkLost();
    pump();
}

void SimulatedConsumer::invited()
{
    if (!m_machine || !m_connection)
        return;
    if (!m_registered) {
        m_registered = true;
        setProducer();
    }
    if (m_machine->state() == ConsumerMachine::State::Unattached)
        registerAgain();
}

void SimulatedConsumer::linkLost()
{
    producerWithdrawn();
}

void SimulatedConsumer::frameArrived(const Frame &frame)
{
    const TimePoint now = m_environment.now();
    Reason reason = Reason::None;
    if (const auto *attached = std::get_if<AttachedFrame>(&frame)) {
        if (m_machine->state() == ConsumerMachine::State::Attaching)
            m_generation = m_ledger.generationOf(attached->producer);
        reason = m_machine->handleAttached(*attached, now);
    } else if (const auto *message = std::get_if<MessageFrame>(&frame)) {
        reason = m_machine->handleMessage(*message, now);
    } else if (const auto *range = std::get_if<RangeFrame>(&frame)) {
        if (range->seqNr % 2 == 0) // of these less is granted ahead
            m_machine->noteLinkShared(now);
        reason = m_machine->handleRange(*range, now);
    } else if (const auto *skip = std::get_if<SkipFrame>(&frame)) {
        reason = m_machine->handleSkip(*skip, now);
    } else if (const auto *sent = std::get_if<SentFrame>(&frame)) {
        reason = m_machine->handleSent(*sent, now);
    } else if (const auto *detach = std::get_if<DetachFrame>(&frame)) {
        m_machine->handleDetach();
        if (detach->reason == Reason::Replaced)
            m_replaced = true;
    } else {
        m_environment.fail("a frame that no producer sends");
    }
    m_environment.check(reason == Reason::None, "the consumer saw a violation");
    pump();
}

// ---- turns

void SimulatedConsumer::pump()
{
    if (!m_machine || m_environment.hasFailed())
        return;
    if (m_environment.rng.below(16) == 0)
        wakeUpEarly();
    while (m_machine) {
        const auto event = m_machine->pollEvent();
        if (!event)
            break;
        handleEvent(*event);
    }
    if (!m_machine)
        return;
    m_environment.check(!m_machine->hasEvent(), "hasEvent() although all events were taken");
    recordProgress();
    transmit();
    checkBounds();
    armTimer();
}

void SimulatedConsumer::handleEvent(const ConsumerEvent &event)
{
    switch (event.kind) {
    case ConsumerEvent::Kind::Delivery:
        handleDelivery(*m_machine->outstanding());
        break;
    case ConsumerEvent::Kind::ProducerRestarted:
    case ConsumerEvent::Kind::Progress:
    case ConsumerEvent::Kind::SpoolFailed:
        break;
    case ConsumerEvent::Kind::Stopped:
        finishStopping();
        break;
    }
}

int SimulatedConsumer::generationOf(quint64 numbering)
{
    for (const auto &[known, generation] : m_numberings) {
        if (known == numbering)
            return generation;
    }
    m_numberings.emplace_back(numbering, m_generation);
    return m_generation;
}

void SimulatedConsumer::handleDelivery(const ReceivedMessage &message)
{
    const Reader::Position position{generationOf(message.numbering), message.seqNr};
    m_environment.recorder.note(m_environment.now(), [&] {
        return "C == " + m_id.toUtf8() + " delivers " + QByteArray::number(message.seqNr);
    });
    const QByteArray payload =
        message.file() ? MemorySpool::bytesOf(*message.file()) : message.payload;
    if (std::exchange(m_redelivers, false))
        m_ledger.redelivered(m_reader, position, payload);
    else
        m_ledger.delivered(m_reader, position, payload);
    planConfirmation(message.seqNr, message.numbering);
}

void SimulatedConsumer::planConfirmation(SeqNr seqNr, quint64 numbering)
{
    const Duration stalled = std::max(m_stalledUntil - m_environment.now(), Duration(0));
    later(m_delay + stalled, [this, object = m_object, seqNr, numbering] {
        if (object != m_object)
            return;
        if (m_stalledUntil > m_environment.now())
            planConfirmation(seqNr, numbering);
        else
            confirm(seqNr, numbering);
    });
}

void SimulatedConsumer::confirm(SeqNr seqNr, quint64 numbering)
{
    using Outcome = ConsumerMachine::ConfirmOutcome;
    m_environment.recorder.note(m_environment.now(), [&] {
        return "C == " + m_id.toUtf8() + " confirms " + QByteArray::number(seqNr);
    });
    m_environment.check(m_machine->confirm(seqNr + 1, numbering) != Outcome::Confirmed,
                        "confirmed what was not delivered");
    m_environment.check(m_machine->confirm(seqNr, numbering - 1) != Outcome::Confirmed
                            && m_machine->confirm(seqNr, numbering + 1) != Outcome::Confirmed,
                        "confirmed in the name of another numbering");
    if (!m_environment.check(m_machine->confirm(seqNr, numbering) == Outcome::Confirmed,
                             "the outstanding delivery could not be confirmed"))
        return;
    m_ledger.confirmed(m_reader);
    m_environment.check(m_machine->confirm(seqNr, numbering) == Outcome::AlreadyConfirmed,
                        "confirmed twice");
    pump();
}

void SimulatedConsumer::finishStopping()
{
    m_environment.check(!m_machine->outstanding(), "stopped with a delivery still out");
    // A restarted producer, another consumer or a gap that is accepted may take messages away.
    if (m_stopAfter->generation == m_generation && !m_reader.hasRivals
        && !m_scenario.onlyFlowControl && m_reader.last.generation == m_generation)
        m_environment.check(m_reader.last.seqNr == m_stopAfter->seqNr,
                            "stopped before or behind what had been received");
    transmit(); // the last confirmation goes before the Detach
    end();
    m_stopped();
}

void SimulatedConsumer::transmit()
{
    if (!m_connection || !m_machine->hasTransmit() || !m_connection->isWritable(Side::Consumer))
        return;
    QByteArray bytes;
    FrameWriter writer(bytes);
    const PartialMessage *const partial = m_machine->partial();
    const bool reads = partial && partial->isBehind(); // what a former life has left: no frame
    const bool more = m_machine->pollTransmit(writer);
    m_environment.check(!bytes.isEmpty() || reads, "hasTransmit(), but nothing was transmitted");
    m_environment.check(more == m_machine->hasTransmit(),
                        "pollTransmit() contradicts hasTransmit()");
    if (!bytes.isEmpty())
        m_connection->write(Side::Consumer, bytes);
    if (more && !m_turnPlanned) {
        m_turnPlanned = true;
        later(TurnInterval, [this] {
            m_turnPlanned = false;
            pump();
        });
    }
}

/*! Event loops also call when nothing is due: nothing may happen then. */
void SimulatedConsumer::wakeUpEarly()
{
    const auto due = m_machine->nextTimeout();
    if (due && *due <= m_environment.now())
        return;
    const bool hadTransmit = m_machine->hasTransmit();
    m_machine->handleTimeout(m_environment.now());
    m_environment.check(m_machine->nextTimeout() == due && m_machine->hasTransmit() == hadTransmit,
                        "a timer went off early");
}

void SimulatedConsumer::armTimer()
{
    const auto due = m_machine->nextTimeout();
    if (due == m_armed)
        return;
    m_armed = due;
    if (!due)
        return;
    const Duration delay = *due - m_environment.now() + m_environment.rng.upTo(2ms);
    later(delay, [this, due] {
        if (m_armed != due)
            return;
        m_armed.reset();
        m_machine->handleTimeout(m_environment.now());
        pump();
    });
}

/*! Of the message that started last, and of ranges that extend the grant. */
quint64 SimulatedConsumer::mostExtraBytes() const
{
    return quint64(m_scenario.maxPayload) * (m_scenario.chunkSize > 0 ? 2 : 1);
}

void SimulatedConsumer::checkBounds()
{
    m_environment.check(m_machine->bufferedMessages() <= m_window, "the consumer keeps too many");
    m_environment.check(m_machine->bufferedBytes() < m_windowBytes + mostExtraBytes() + 1,
                        "the consumer keeps too many bytes");
}

} // namespace QtDelivery::Simulation
