// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "simulatedconsumer.h"
#include "simulatedproducer.h"

namespace QtDelivery::Simulation {

/*! \brief The process that all producers live in: offers them, and routes frames to them. */
class ProducerNode final : public Endpoint
{
public:
    explicit ProducerNode(Environment &environment)
        : m_environment(environment)
    { }

    SimulatedProducer &add(std::unique_ptr<SimulatedProducer> producer)
    {
        return *m_producers.emplace_back(std::move(producer));
    }
    /*! \a consumerId is registered by \a producer, and invited whenever it can be reached. */
    void inviteFor(SimulatedProducer &producer, const QString &consumerId);

    void begin(SimulatedProducer &producer);
    /*! With \a withdraw the peers are told at once, else by the Offer of its successor. */
    void end(SimulatedProducer &producer, bool withdraw);
    [[nodiscard]] const auto &producers() const { return m_producers; }

    void linkUp(const ConnectionPtr &connection) override;
    void linkLost(const ConnectionPtr &connection) override;
    void linkWritable(const ConnectionPtr &connection) override;
    void frameWritten(const ConnectionPtr &connection, ChannelNr channel,
                      const Frame &frame) override;
    void frameArrived(const ConnectionPtr &connection, ChannelNr channel,
                      const Frame &frame) override;

private:
    struct Invitation
    {
        SimulatedProducer *producer;
        QString consumerId;
        ConnectionPtr offeredThrough;
        OfferFrame offer;
    };

    void attachArrived(const ConnectionPtr &connection, ChannelNr channel,
                       const AttachFrame &frame);
    void offerArrived(const ConnectionPtr &connection, const OfferFrame &offer);
    void withdrawArrived(const ConnectionPtr &connection, const WithdrawFrame &withdraw);

    Environment &m_environment;
    std::vector<std::unique_ptr<SimulatedProducer>> m_producers;
    std::vector<Invitation> m_invitations;
    std::vector<ConnectionPtr> m_connections;
};

/*! \brief A process that consumers live in: offers them, gives them channels, and routes frames to
   them. */
class ConsumerNode final : public Endpoint
{
public:
    explicit ConsumerNode(Environment &environment)
        : m_environment(environment)
    { }

    SimulatedConsumer &add(std::unique_ptr<SimulatedConsumer> consumer);
    [[nodiscard]] ChannelNr nextChannel() { return ++m_lastChannel; }

    void begin(SimulatedConsumer &consumer);
    void end(SimulatedConsumer &consumer);
    [[nodiscard]] const auto &consumers() const { return m_consumers; }

    void linkUp(const ConnectionPtr &connection) override;
    void linkLost(const ConnectionPtr &connection) override;
    void linkWritable(const ConnectionPtr &connection) override;
    void frameWritten(const ConnectionPtr &, ChannelNr, const Frame &) override { }
    void frameArrived(const ConnectionPtr &connection, ChannelNr channel,
                      const Frame &frame) override;

private:
    void offer(const SimulatedConsumer &consumer);
    void withdraw(const SimulatedConsumer &consumer);

    Environment &m_environment;
    std::vector<std::unique_ptr<SimulatedConsumer>> m_consumers;
    ConnectionPtr m_connection;
    ChannelNr m_lastChannel = 0;
};

} // namespace QtDelivery::Simulation
