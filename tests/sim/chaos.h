// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "link.h"
#include "nodes.h"

namespace QtDelivery::Simulation {

/*! \brief Whatever a fault can happen to. */
struct Population
{
    ProducerNode producerNode;
    std::vector<std::unique_ptr<ConsumerNode>> consumerNodes;
    std::vector<std::unique_ptr<Link>> links; //!< links[i] ends at consumerNodes[i]

    explicit Population(Environment &environment)
        : producerNode(environment)
    { }
};

/*! \brief The faults that do not concern single frames: cuts, restarts, stalls, take-overs. */
class Chaos
{
public:
    Chaos(Environment &environment, const FaultPlan &plan, Population &population);

    void start();
    /*! Nothing new goes wrong; what is broken already mends in its time. */
    void stop() { m_on = false; }

private:
    void repeat(Duration mean, void (Chaos::*fault)());

    void cut();
    void halfOpen();
    void notWritable();
    void restartProducer();
    void restartProducerProcess();
    void restartConsumer();
    void restartConsumerProcess();
    void restartProducerObject();
    void restartConsumerObject();
    void takeOver();
    void deliverThenStop();
    void stall();

    [[nodiscard]] SimulatedProducer &anyProducer();
    [[nodiscard]] size_t anyNode();
    [[nodiscard]] SimulatedConsumer &anyConsumerOf(ConsumerNode &node);
    [[nodiscard]] Side anySide();

    Environment &m_environment;
    const FaultPlan &m_plan;
    Population &m_population;
    bool m_on = false;
};

} // namespace QtDelivery::Simulation
