// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "simulatedproducer.h"

namespace QtDelivery::Simulation {

namespace {

constexpr Duration TurnInterval = 100us; // between two polls of a machine that has more

} // namespace

SimulatedProducer::SimulatedProducer(Environment &environment, const Scenario &scenario,
                                     Ledger &ledger, const QString &id)
    : m_environment(environment)
    , m_scenario(scenario)
    , m_ledger(ledger)
    , m_id(id)
    , m_disk(environment, scenario)
{ }

template <typename What> void SimulatedProducer::later(Duration delay, What what)
{
    m_environment.timeline.after(delay, [this, life = m_life, what] {
        if (life == m_life && m_machine)
            what();
    });
}

// ---- life

void SimulatedProducer::begin()
{
    Rng &rng = m_environment.rng;
    ++m_life;
    ProducerConfig config;
    config.chunkSize = m_scenario.chunkSize;
    config.probeIntervalMin = m_scenario.retryMin;
    config.probeIntervalMax = m_scenario.retryMax;
    config.store.retryMin = m_scenario.retryMin;
    config.store.retryMax = m_scenario.retryMax;
    config.store.attempts = std::numeric_limits<int>::max();
    if (m_scenario.durableQueue)
        m_machine.emplace(m_id, remember(), config);
    else
        m_machine.emplace(m_id, rng.incarnation(), config);
    if (m_lives <= 1) {
        m_watch.emplace(m_environment, m_ledger, m_machine->incarnation());
        m_ledger.beginGeneration(m_machine->incarnation());
    } else {
        m_watch->bornAgain(m_storedConfirmed);
        m_ledger.resumeGeneration(SeqNr(m_stored.size()), m_storedConfirmed);
    }
    m_bornWith = m_machine->nextSeqNr() - 1 - m_machine->confirmedSeqNr();
    m_bornWithBytes = m_machine->unconfirmedBytes();
    m_delay = rng.upTo(m_scenario.producerDelay);
    m_budget = rng.pick(m_scenario.budgets);
    m_permissionMayRepeat = false;
    m_turnPlanned = false;
    m_armed.reset();
    m_machine->start();
    pump();
}

void SimulatedProducer::end()
{
    if (!m_machine)
        return;
    m_environment.recorder.note(m_environment.now(),
                                [&] { return "P == " + m_id.toUtf8() + " ends"; });
    if (m_connection)
        detach(m_connection, m_machine->channel(), Reason::Stopped);
    supersede();
    m_connection.reset();
    m_inviting.reset();
    m_consumer = {};
    m_machine.reset();
    if (m_scenario.durableQueue)
        m_disk.crash();
    else
        m_watch.reset();
    m_ledger.endGeneration();
}

ProducerMemory SimulatedProducer::remember()
{
    if (m_stream.isNull())
        m_stream = m_environment.rng.incarnation();
    ProducerMemory memory{.incarnation = m_stream,
                          .epoch = ++m_lives << 32,
                          .confirmedSeqNr = m_storedConfirmed,
                          .unconfirmed = {}};
    for (auto it = m_stored.begin() + m_storedConfirmed; it != m_stored.end(); ++it)
        memory.unconfirmed.push_back({.payload = *it, .source = {}, .name = {}});
    return memory;
}

void SimulatedProducer::restartObject(Duration absence)
{
    if (!m_machine)
        return;
    m_machine->pause();
    later(absence, [this, object = ++m_object] {
        if (object != m_object)
            return; // gone again meanwhile
        m_permissionMayRepeat = true;
        m_machine->start();
        pump();
    });
}

// ---- router

bool SimulatedProducer::isOld(const Connection *connection, ChannelNr channel) const
{
    const auto over = m_over.find(connection);
    if (over != m_over.end() && channel <= over->second)
        return true;
    return m_machine->isAttached() && connection == m_connection.get()
        && channel < m_machine->channel();
}

/*! The present channel will never be listened to again. */
void SimulatedProducer::supersede()
{
    if (m_connection && m_machine->channel() != 0) {
        ChannelNr &over = m_over[m_connection.get()];
        over = std::max(over, m_machine->channel());
    }
}

void SimulatedProducer::detach(const ConnectionPtr &connection, ChannelNr channel, Reason reason)
{
    if (!connection->isUp(Side::Producer))
        return;
    QByteArray bytes;
    FrameWriter(bytes).write(channel, DetachFrame{reason});
    connection->write(Side::Producer, bytes);
}

void SimulatedProducer::attachArrived(const ConnectionPtr &connection, ChannelNr channel,
                                      const AttachFrame &frame)
{
    if (isOld(connection.get(), channel)) {
        // Of the same consumer: it has a newer channel. Of another one: it was overtaken.
        if (frame.consumer != m_consumer)
            detach(connection, channel, Reason::Replaced);
        return;
    }
    const ConnectionPtr oldConnection = m_connection;
    const ChannelNr oldChannel = m_machine->channel();
    const bool repeated = oldConnection == connection && oldChannel == channel;
    const auto answer = m_machine->handleAttach(channel, frame);
    using Kind = ProducerMachine::AttachAnswer::Kind;
    if (answer.kind == Kind::Violation) {
        m_environment.fail("an honest Attach was taken for a violation");
    } else if (answer.kind == Kind::Refused) {
        m_over[connection.get()] = channel;
        detach(connection, channel, answer.reason);
    } else {
        if (oldConnection && oldChannel != 0 && !repeated) {
            ChannelNr &over = m_over[oldConnection.get()];
            over = std::max(over, oldChannel);
            if (m_consumer != frame.consumer)
                detach(oldConnection, oldChannel, Reason::Replaced);
        }
        m_connection = connection;
        m_consumer = frame.consumer;
        m_inviting.reset();
        m_watch->attachAccepted(frame, repeated);
    }
    pump();
}

void SimulatedProducer::frameArrived(const Frame &frame)
{
    Reason reason = Reason::None;
    if (const auto *request = std::get_if<RequestFrame>(&frame)) {
        m_watch->requestArrived(*request);
        reason = m_machine->handleRequest(*request, m_environment.now());
    } else if (const auto *resend = std::get_if<ResendFrame>(&frame)) {
        m_watch->resendArrived(*resend);
        reason = m_machine->handleResend(*resend);
    } else if (std::holds_alternative<DetachFrame>(frame)) {
        giveUpConsumer();
    } else {
        m_environment.fail("a frame that no consumer sends");
    }
    m_environment.check(reason == Reason::None, "the producer saw a violation");
    pump();
}

void SimulatedProducer::giveUpConsumer()
{
    supersede();
    m_machine->handleDetach();
    m_watch->detachArrived();
    m_connection.reset();
    m_consumer = {};
}

void SimulatedProducer::frameWritten(const Frame &frame)
{
    if (const auto *attached = std::get_if<AttachedFrame>(&frame))
        m_watch->attachedWritten(*attached);
    else if (const auto *message = std::get_if<MessageFrame>(&frame))
        m_watch->messageWritten(*message);
    else if (const auto *range = std::get_if<RangeFrame>(&frame))
        m_watch->rangeWritten(*range);
    else if (const auto *sent = std::get_if<SentFrame>(&frame))
        m_watch->sentWritten(*sent);
}

void SimulatedProducer::linkLost(const ConnectionPtr &connection)
{
    m_over.erase(connection.get());
    if (connection == m_connection) {
        m_connection.reset();
        if (m_machine)
            m_machine->handleLinkLost();
    }
    consumerWithdrawn(connection);
}

void SimulatedProducer::consumerOffered(const ConnectionPtr &connection, const OfferFrame &offer)
{
    if (!m_machine)
        return;
    if (m_connection && m_consumer != offer.incarnation) {
        // The one that is attached is dead: another has its name.
        giveUpConsumer();
    }
    if (m_connection)
        return;
    m_inviting = connection;
    m_machine->invite(offer.id, m_environment.now());
    pump();
}

void SimulatedProducer::consumerWithdrawn(const ConnectionPtr &connection)
{
    if (connection != m_inviting)
        return;
    m_inviting.reset();
    if (m_machine)
        m_machine->stopInviting();
    pump();
}

// ---- turns

void SimulatedProducer::pump()
{
    if (!m_machine || m_environment.hasFailed())
        return;
    if (m_environment.rng.below(16) == 0)
        wakeUpEarly();
    while (const auto event = m_machine->pollEvent())
        handleEvent(*event);
    m_environment.check(!m_machine->hasEvent(), "hasEvent() although all events were taken");
    if (m_scenario.durableQueue)
        storeMessages();
    transmit();
    checkBounds();
    armTimer();
}

void SimulatedProducer::storeMessages()
{
    const auto range = m_machine->pollStore();
    if (!range.isEmpty()) {
        std::vector<QByteArray> batch;
        for (SeqNr n = range.from; n <= range.to; ++n)
            batch.push_back(m_ledger.payloadOf(n));
        const auto write = [this, batch, from = range.from] {
            m_stored.resize(size_t(from - 1)); // what is there already is written once more
            m_stored.insert(m_stored.end(), batch.begin(), batch.end());
            m_ledger.stored(SeqNr(m_stored.size()));
        };
        m_disk.store(write, [this, to = range.to](bool ok) {
            if (ok)
                m_machine->handleStored(to);
            else
                (void)m_machine->handleStoreFailed(m_environment.now());
            pump();
        });
    }
    // No sync is spent on confirmations: any number of the last ones may be lost.
    const auto confirmed = m_machine->pollRecord();
    if (confirmed && m_environment.rng.chance(0.5))
        m_storedConfirmed = *confirmed;
}

void SimulatedProducer::handleEvent(const ProducerEvent &event)
{
    if (event.kind == ProducerEvent::Kind::Stored) {
        m_environment.check(event.seqNr <= SeqNr(m_stored.size()), "told to be stored, but is not");
        return;
    }
    if (event.kind == ProducerEvent::Kind::Confirmed) {
        m_ledger.confirmedTold(event.seqNr);
        return;
    }
    if (event.kind != ProducerEvent::Kind::RequestNext)
        return;
    m_ledger.permitted(event.seqNr, std::exchange(m_permissionMayRepeat, false));
    if (m_ledger.acceptedInAll() < m_scenario.messages)
        later(m_delay, [this, object = m_object] {
            if (object == m_object)
                sendMessage();
        });
}

qsizetype SimulatedProducer::drawSize()
{
    Rng &rng = m_environment.rng;
    switch (rng.below(8)) {
    case 0:
        return 0;
    case 1:
        return 1;
    case 2:
        return m_scenario.maxPayload;
    default: // small ones are frequent
        return qsizetype(rng.below(quint64(m_scenario.maxPayload) + 1) >> rng.below(12));
    }
}

void SimulatedProducer::sendMessage()
{
    using Outcome = ProducerMachine::SendOutcome;
    const QByteArray payload = m_ledger.compose(drawSize());
    if (!m_environment.check(m_machine->send(payload) == Outcome::Accepted,
                             "a message was refused in spite of permission"))
        return;
    m_ledger.accepted(payload, m_environment.rng.chance(0.5));
    m_environment.check(m_machine->send(payload) == Outcome::NoDemand,
                        "a message was accepted without permission");
    pump();
}

void SimulatedProducer::transmit()
{
    const ConnectionPtr connection = m_connection ? m_connection : m_inviting;
    if (!connection || !m_machine->hasTransmit() || !connection->isWritable(Side::Producer))
        return;
    QByteArray bytes;
    FrameWriter writer(bytes);
    const bool more = m_machine->pollTransmit(writer, m_budget, m_environment.now());
    m_environment.check(!bytes.isEmpty(), "hasTransmit(), but nothing was transmitted");
    m_environment.check(more == m_machine->hasTransmit(),
                        "pollTransmit() contradicts hasTransmit()");
    connection->write(Side::Producer, bytes);
    if (more && !m_turnPlanned) {
        m_turnPlanned = true;
        later(TurnInterval, [this] {
            m_turnPlanned = false;
            pump();
        });
    }
}

/*! Event loops also call when nothing is due: nothing may happen then. */
void SimulatedProducer::wakeUpEarly()
{
    const auto due = m_machine->nextTimeout();
    if (due && *due <= m_environment.now())
        return;
    const bool hadTransmit = m_machine->hasTransmit();
    m_machine->handleTimeout(m_environment.now());
    m_environment.check(m_machine->nextTimeout() == due && m_machine->hasTransmit() == hadTransmit,
                        "a timer went off early");
}

void SimulatedProducer::armTimer()
{
    const auto due = m_machine->nextTimeout();
    if (due == m_armed)
        return;
    m_armed = due;
    if (!due)
        return;
    // Event loops are late.
    const Duration delay = *due - m_environment.now() + m_environment.rng.upTo(2ms);
    later(delay, [this, due] {
        if (m_armed != due)
            return;
        m_armed.reset();
        m_machine->handleTimeout(m_environment.now());
        pump();
    });
}

void SimulatedProducer::checkBounds()
{
    // What a former life left behind may be more than a window: confirmations that were not
    // recorded.
    const SeqNr unconfirmed = m_machine->nextSeqNr() - 1 - m_machine->confirmedSeqNr();
    m_environment.check(unconfirmed <= std::max(m_watch->widestWindow(), m_bornWith),
                        "the producer keeps too many");
    m_environment.check(m_machine->unconfirmedBytes()
                            < std::max(m_watch->widestBytes(), m_bornWithBytes)
                                + quint64(m_scenario.maxPayload) + 1,
                        "the producer keeps too many bytes");
}

} // namespace QtDelivery::Simulation
