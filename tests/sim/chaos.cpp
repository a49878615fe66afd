// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "chaos.h"

namespace QtDelivery::Simulation {

namespace {

// World::settlingTime() knows these.
constexpr Duration LongestBlackHole = 10s;
constexpr Duration LongestRefusal = 5s;
constexpr Duration LongestUnawareness = 3s;
constexpr Duration LongestStall = 5s;
constexpr Duration LongestPause = 500ms;

} // namespace

Chaos::Chaos(Environment &environment, const FaultPlan &plan, Population &population)
    : m_environment(environment)
    , m_plan(plan)
    , m_population(population)
{ }

void Chaos::start()
{
    m_on = true;
    repeat(m_plan.cut, &Chaos::cut);
    repeat(m_plan.halfOpen, &Chaos::halfOpen);
    repeat(m_plan.notWritable, &Chaos::notWritable);
    repeat(m_plan.producerRestart, &Chaos::restartProducer);
    repeat(m_plan.consumerRestart, &Chaos::restartConsumer);
    repeat(m_plan.producerObjectRestart, &Chaos::restartProducerObject);
    repeat(m_plan.consumerObjectRestart, &Chaos::restartConsumerObject);
    repeat(m_plan.takeOver, &Chaos::takeOver);
    repeat(m_plan.deliverThenStop, &Chaos::deliverThenStop);
    repeat(m_plan.stall, &Chaos::stall);
}

void Chaos::repeat(Duration mean, void (Chaos::*fault)())
{
    if (mean == 0ns)
        return;
    m_environment.timeline.after(m_environment.rng.upTo(2 * mean), [this, mean, fault] {
        if (!m_on)
            return;
        (this->*fault)();
        repeat(mean, fault);
    });
}

SimulatedProducer &Chaos::anyProducer()
{
    return *m_environment.rng.pick(m_population.producerNode.producers());
}

size_t Chaos::anyNode()
{
    return size_t(m_environment.rng.below(m_population.consumerNodes.size()));
}

SimulatedConsumer &Chaos::anyConsumerOf(ConsumerNode &node)
{
    return *m_environment.rng.pick(node.consumers());
}

Side Chaos::anySide()
{
    return m_environment.rng.chance(0.5) ? Side::Producer : Side::Consumer;
}

// ---- links

void Chaos::cut()
{
    Rng &rng = m_environment.rng;
    // Mostly quick, so that a world sees many; at times the producer's side notices only long after
    // the next connection is up.
    m_population.links[anyNode()]->cut(
        {.producerLearns = rng.upTo(rng.chance(0.25) ? LongestUnawareness : 50ms),
         .consumerLearns = rng.upTo(100ms),
         .refused = rng.upTo(rng.chance(0.25) ? LongestRefusal : 100ms)});
}

void Chaos::halfOpen()
{
    Link &link = *m_population.links[anyNode()];
    Connection *const connection = link.connection();
    if (!connection)
        return;
    connection->blackHole(anySide());
    m_environment.timeline.after(m_environment.rng.upTo(LongestBlackHole),
                                 [this, &link, connection] {
                                     if (link.connection() == connection)
                                         link.cut({.producerLearns = m_environment.rng.upTo(1s),
                                                   .consumerLearns = m_environment.rng.upTo(1s)});
                                 });
}

void Chaos::notWritable()
{
    if (Connection *connection = m_population.links[anyNode()]->connection())
        connection->blockWriting(anySide(), m_environment.rng.upTo(LongestPause));
}

// ---- restarts

void Chaos::restartProducer()
{
    if (m_environment.rng.chance(0.5)) {
        restartProducerProcess();
        return;
    }
    SimulatedProducer &producer = anyProducer();
    m_population.producerNode.end(producer, m_environment.rng.chance(0.5));
    m_environment.timeline.after(m_environment.rng.upTo(LongestPause),
                                 [this, &producer] { m_population.producerNode.begin(producer); });
}

void Chaos::restartProducerProcess()
{
    for (const auto &link : m_population.links)
        link->cut({.consumerLearns = m_environment.rng.upTo(100ms),
                   .refused = m_environment.rng.upTo(LongestPause)});
    for (const auto &producer : m_population.producerNode.producers())
        m_population.producerNode.end(*producer, false);
    m_environment.timeline.after(m_environment.rng.upTo(LongestPause), [this] {
        for (const auto &producer : m_population.producerNode.producers())
            m_population.producerNode.begin(*producer);
    });
}

void Chaos::restartConsumer()
{
    if (m_environment.rng.chance(0.5)) {
        restartConsumerProcess();
        return;
    }
    ConsumerNode &node = *m_population.consumerNodes[anyNode()];
    SimulatedConsumer &consumer = anyConsumerOf(node);
    node.end(consumer);
    m_environment.timeline.after(m_environment.rng.upTo(LongestPause),
                                 [&node, &consumer] { node.begin(consumer); });
}

void Chaos::restartConsumerProcess()
{
    const size_t which = anyNode();
    ConsumerNode &node = *m_population.consumerNodes[which];
    m_population.links[which]->cut({.producerLearns = m_environment.rng.upTo(LongestUnawareness),
                                    .refused = m_environment.rng.upTo(LongestPause)});
    for (const auto &consumer : node.consumers())
        node.end(*consumer);
    m_environment.timeline.after(m_environment.rng.upTo(LongestPause), [&node] {
        for (const auto &consumer : node.consumers())
            node.begin(*consumer);
    });
}

void Chaos::restartProducerObject()
{
    anyProducer().restartObject(m_environment.rng.upTo(LongestPause));
}

void Chaos::restartConsumerObject()
{
    anyConsumerOf(*m_population.consumerNodes[anyNode()])
        .restartObject(m_environment.rng.upTo(LongestPause));
}

// ---- consumers

void Chaos::takeOver()
{
    anyConsumerOf(*m_population.consumerNodes[anyNode()]).registerAgain();
}

void Chaos::deliverThenStop()
{
    anyConsumerOf(*m_population.consumerNodes[anyNode()]).deliverThenStop();
}

void Chaos::stall()
{
    anyConsumerOf(*m_population.consumerNodes[anyNode()])
        .stall(m_environment.rng.upTo(LongestStall));
}

} // namespace QtDelivery::Simulation
