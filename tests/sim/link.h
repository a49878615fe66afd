// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "connection.h"

namespace QtDelivery::Simulation {

/*! \brief The way between two processes: one connection after the other.

    The consumer's side opens them. The producer's side may still believe in an old one when the
   next is up. */
class Link
{
public:
    Link(Environment &environment, Weather &weather, Endpoint &producer, Endpoint &consumer);

    void connect();
    [[nodiscard]] bool isConnected() const { return m_connection != nullptr; }
    [[nodiscard]] Connection *connection() const { return m_connection.get(); }

    struct Cut
    {
        Duration producerLearns{};
        Duration consumerLearns{};
        Duration refused{}; //!< so long after the consumer's side has learned no connection opens
    };
    void cut(const Cut &cut);

private:
    Environment &m_environment;
    Weather &m_weather;
    Endpoint &m_producer;
    Endpoint &m_consumer;
    ConnectionPtr m_connection;
};

} // namespace QtDelivery::Simulation
