// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "link.h"

namespace QtDelivery::Simulation {

Link::Link(Environment &environment, Weather &weather, Endpoint &producer, Endpoint &consumer)
    : m_environment(environment)
    , m_weather(weather)
    , m_producer(producer)
    , m_consumer(consumer)
{ }

void Link::connect()
{
    m_connection = std::make_shared<Connection>(m_environment, m_weather, m_producer, m_consumer);
    m_connection->open();
}

void Link::cut(const Cut &cut)
{
    if (!m_connection)
        return;
    const ConnectionPtr old = std::exchange(m_connection, nullptr);
    old->sever();
    Timeline &timeline = m_environment.timeline;
    timeline.after(cut.producerLearns, [old] { old->tellLost(Side::Producer); });
    timeline.after(cut.consumerLearns, [old] { old->tellLost(Side::Consumer); });
    timeline.after(cut.consumerLearns + cut.refused, [this] { connect(); });
}

} // namespace QtDelivery::Simulation
