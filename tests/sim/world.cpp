// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "world.h"

namespace QtDelivery::Simulation {

namespace {

constexpr Duration LongestRun =
    120s; // of a world whose faults never end; the reference's own limit
constexpr Duration LatestStart = 200ms;

} // namespace

World::World(const Scenario &scenario, quint64 seed)
    : World(scenario, seed, nullptr)
{
    m_weather = std::make_unique<RandomWeather>(m_environment, scenario.faults);
    populate();
}

World::World(const Scenario &scenario, quint64 seed, std::unique_ptr<Weather> weather)
    : m_scenario(scenario)
    , m_environment(seed)
    , m_weather(std::move(weather))
    , m_population(m_environment)
    , m_chaos(m_environment, scenario.faults, m_population)
{
    if (m_weather)
        populate();
}

void World::populate()
{
    ProducerNode &producerNode = m_population.producerNode;
    for (int i = 0; i < m_scenario.consumerNodes; ++i) {
        m_population.consumerNodes.push_back(std::make_unique<ConsumerNode>(m_environment));
        m_population.links.push_back(std::make_unique<Link>(m_environment, *m_weather, producerNode,
                                                            *m_population.consumerNodes.back()));
    }
    for (int flow = 0; flow < m_scenario.flows; ++flow) {
        Ledger &ledger = m_ledgers.emplace_back(m_environment, m_scenario);
        const QString producerId = QStringLiteral("p%1").arg(flow);
        SimulatedProducer &producer = producerNode.add(
            std::make_unique<SimulatedProducer>(m_environment, m_scenario, ledger, producerId));
        for (int i = 0; i < m_scenario.consumersPerFlow; ++i) {
            const QString id = QStringLiteral("c%1.%2").arg(flow).arg(i);
            ConsumerNode &node =
                *m_population.consumerNodes[size_t(flow + i) % m_population.consumerNodes.size()];
            node.add(std::make_unique<SimulatedConsumer>(m_environment, m_scenario, ledger, id,
                                                         producerId,
                                                         [&node] { return node.nextChannel(); }));
            if (m_scenario.producerRegisters)
                producerNode.inviteFor(producer, id);
        }
    }
}

template <typename Do> void World::forEachConsumer(Do what) const
{
    for (const auto &node : m_population.consumerNodes) {
        for (const auto &consumer : node->consumers())
            what(*consumer);
    }
}

/*! Everything comes up in any order. */
void World::start()
{
    Timeline &timeline = m_environment.timeline;
    const auto soon = [&] { return m_environment.rng.upTo(LatestStart); };
    for (const auto &producer : m_population.producerNode.producers()) {
        // Its ledger needs a first generation before anybody asks.
        m_population.producerNode.begin(*producer);
    }
    for (const auto &node : m_population.consumerNodes) {
        for (const auto &consumer : node->consumers())
            timeline.after(soon(), [&] { node->begin(*consumer); });
    }
    for (const auto &link : m_population.links)
        timeline.after(soon(), [&] { link->connect(); });
    m_chaos.start();
}

bool World::isDone() const
{
    for (size_t i = 0; i < m_ledgers.size(); ++i) {
        if (m_ledgers[i].acceptedInAll() < m_scenario.messages || !m_ledgers[i].isAllConfirmed()
            || !m_population.producerNode.producers()[i]->isAlive())
            return false;
    }
    return true;
}

bool World::runUntilDone(TimePoint limit)
{
    while (!isDone() && !m_environment.hasFailed()) {
        if (!m_environment.timeline.runNext(limit))
            return false;
    }
    return true;
}

void World::runFor(Duration duration)
{
    const TimePoint limit = m_environment.now() + duration;
    while (!m_environment.hasFailed() && m_environment.timeline.runNext(limit)) { }
}

/*! The longest that everything may still take when nothing goes wrong any more. */
Duration World::settlingTime() const
{
    const FaultPlan &plan = m_scenario.faults;
    const Duration roundTrip = 2 * plan.delayMax + plan.reorderBy;
    // A black hole is cut after 10 s at the latest, a cut is noticed within 3 s, a connection
    // refused for 5 s; a stalled application wakes up after 5 s.
    const Duration mending = 25s;
    // Attach, a probe and a resend may each wait for a timer that has grown to its ceiling; all
    // that is lost comes back in one window after that.
    const Duration repairing = 3 * (m_scenario.retryMax + roundTrip);
    // With a window of one every message takes a round trip.
    const Duration rest =
        m_scenario.messages * (roundTrip + m_scenario.producerDelay + m_scenario.consumerDelay);
    return mending + repairing + rest;
}

QByteArray World::describeStandstill() const
{
    QByteArray text = "not everything is delivered and confirmed in time:";
    for (const Ledger &ledger : m_ledgers)
        text += " accepted " + QByteArray::number(ledger.acceptedInAll())
            + (ledger.isAllConfirmed() ? " confirmed" : " unconfirmed") + ';';
    return text;
}

QByteArray World::run()
{
    start();
    const TimePoint begin = m_environment.now();
    const FaultPlan &plan = m_scenario.faults;
    bool done = runUntilDone(begin + (plan.untilDone ? LongestRun : plan.lasts));
    m_weather->clearUp();
    m_chaos.stop();
    for (const auto &producer : m_population.producerNode.producers())
        producer->mendDisk();
    forEachConsumer([](SimulatedConsumer &consumer) { consumer.mendDisk(); });
    m_environment.recorder.note(m_environment.now(), [] { return QByteArray("== faults end"); });
    if (!done && !plan.untilDone)
        done = runUntilDone(m_environment.now() + settlingTime());
    if (!done)
        m_environment.fail(describeStandstill());
    if (!m_environment.hasFailed())
        checkIdle();
    if (!m_environment.hasFailed())
        checkEnd();
    return m_environment.failure;
}

void World::checkIdle()
{
    runFor(settlingTime());
    const auto checkTimers = [&] {
        for (const auto &producer : m_population.producerNode.producers())
            m_environment.check(!producer->isTimerArmed(), "an idle producer has a timer");
        forEachConsumer([&](const SimulatedConsumer &consumer) {
            m_environment.check(!consumer.isTimerArmed(), "an idle consumer has a timer");
        });
    };
    checkTimers();
    const quint64 frames = m_environment.framesWritten;
    runFor(1h);
    m_environment.check(m_environment.framesWritten == frames, "an idle flow sends frames");
    checkTimers();
}

void World::checkEnd()
{
    m_environment.check(isDone(), "something was undone after it was done");
    for (const Ledger &ledger : m_ledgers)
        m_environment.check(ledger.isEveryAskSettled(), "an ask was never answered");
    const FaultPlan &plan = m_scenario.faults;
    if (plan.deliversOnce() && !m_scenario.onlyFlowControl) {
        for (const Ledger &ledger : m_ledgers)
            m_environment.check(ledger.deliveries() == quint64(m_scenario.messages),
                                "not every message was delivered exactly once");
    }
    if (!plan.loses()) {
        for (const auto &producer : m_population.producerNode.producers())
            m_environment.check(producer->resent() == 0, "a message was sent twice for nothing");
        forEachConsumer([&](const SimulatedConsumer &consumer) {
            m_environment.check(consumer.counters().resendsAsked == 0, "a Resend for nothing");
        });
    }
    for (const auto &producer : m_population.producerNode.producers()) {
        int attached = 0;
        forEachConsumer([&](const SimulatedConsumer &consumer) {
            if (consumer.producerId() == producer->id() && consumer.isAttached())
                ++attached;
        });
        m_environment.check(attached == 1, "not exactly one consumer believes to be attached");
    }
}

} // namespace QtDelivery::Simulation
