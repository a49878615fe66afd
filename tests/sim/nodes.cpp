// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "nodes.h"

namespace QtDelivery::Simulation {

namespace {

constexpr Duration StopPause = 300ms; // before a new consumer takes the place of one that stopped

template <typename LinkFrame>
void writeTo(Connection &connection, Side side, const LinkFrame &frame)
{
    QByteArray bytes;
    FrameWriter(bytes).write(frame);
    connection.write(side, bytes);
}

} // namespace

// ---- ProducerNode

void ProducerNode::inviteFor(SimulatedProducer &producer, const QString &consumerId)
{
    m_invitations.push_back({&producer, consumerId, nullptr, {}});
}

void ProducerNode::begin(SimulatedProducer &producer)
{
    if (producer.isAlive())
        return;
    producer.begin();
    for (const ConnectionPtr &connection : m_connections)
        writeTo(*connection, Side::Producer,
                OfferFrame{OfferKind::Producer, producer.incarnation(), producer.id()});
    for (const Invitation &invitation : m_invitations) {
        if (invitation.producer == &producer && invitation.offeredThrough)
            producer.consumerOffered(invitation.offeredThrough, invitation.offer);
    }
}

void ProducerNode::end(SimulatedProducer &producer, bool withdraw)
{
    if (!producer.isAlive())
        return;
    producer.end();
    for (const ConnectionPtr &connection : m_connections) {
        if (withdraw)
            writeTo(*connection, Side::Producer, WithdrawFrame{OfferKind::Producer, producer.id()});
    }
}

void ProducerNode::linkUp(const ConnectionPtr &connection)
{
    // The peer has opened a new one: the old one is dead, whether this end has noticed or not.
    const auto former = std::find_if(
        m_connections.begin(), m_connections.end(), [&](const ConnectionPtr &candidate) {
            return candidate->endpoint(Side::Consumer) == connection->endpoint(Side::Consumer);
        });
    if (former != m_connections.end())
        ConnectionPtr(*former)->tellLost(Side::Producer);
    m_connections.push_back(connection);
    for (const auto &producer : m_producers) {
        if (producer->isAlive())
            writeTo(*connection, Side::Producer,
                    OfferFrame{OfferKind::Producer, producer->incarnation(), producer->id()});
    }
}

void ProducerNode::linkLost(const ConnectionPtr &connection)
{
    std::erase(m_connections, connection);
    for (Invitation &invitation : m_invitations) {
        if (invitation.offeredThrough == connection)
            invitation.offeredThrough.reset();
    }
    for (const auto &producer : m_producers)
        producer->linkLost(connection);
}

void ProducerNode::linkWritable(const ConnectionPtr &)
{
    for (const auto &producer : m_producers)
        producer->pump();
}

void ProducerNode::frameWritten(const ConnectionPtr &connection, ChannelNr channel,
                                const Frame &frame)
{
    for (const auto &producer : m_producers) {
        const auto *invite = std::get_if<InviteFrame>(&frame);
        if (invite && invite->producerId == producer->id())
            m_environment.check(!producer->isAttached(), "Invite although attached");
        if (channel != 0 && producer->isAttachedThrough(connection.get(), channel))
            producer->frameWritten(frame);
    }
}

void ProducerNode::frameArrived(const ConnectionPtr &connection, ChannelNr channel,
                                const Frame &frame)
{
    if (const auto *attach = std::get_if<AttachFrame>(&frame)) {
        attachArrived(connection, channel, *attach);
    } else if (const auto *offer = std::get_if<OfferFrame>(&frame)) {
        offerArrived(connection, *offer);
    } else if (const auto *withdraw = std::get_if<WithdrawFrame>(&frame)) {
        withdrawArrived(connection, *withdraw);
    } else {
        for (const auto &producer : m_producers) {
            if (producer->isAttachedThrough(connection.get(), channel)) {
                producer->frameArrived(frame);
                return;
            }
        }
    }
}

void ProducerNode::attachArrived(const ConnectionPtr &connection, ChannelNr channel,
                                 const AttachFrame &frame)
{
    for (const auto &producer : m_producers) {
        if (producer->isAlive() && producer->id() == frame.producerId) {
            producer->attachArrived(connection, channel, frame);
            return;
        }
    }
    QByteArray bytes;
    FrameWriter(bytes).write(channel, DetachFrame{Reason::UnknownProducer});
    connection->write(Side::Producer, bytes);
}

void ProducerNode::offerArrived(const ConnectionPtr &connection, const OfferFrame &offer)
{
    for (Invitation &invitation : m_invitations) {
        if (invitation.consumerId != offer.id)
            continue;
        invitation.offeredThrough = connection;
        invitation.offer = offer;
        invitation.producer->consumerOffered(connection, offer);
    }
}

void ProducerNode::withdrawArrived(const ConnectionPtr &connection, const WithdrawFrame &withdraw)
{
    for (Invitation &invitation : m_invitations) {
        if (invitation.consumerId != withdraw.id)
            continue;
        invitation.offeredThrough.reset();
        invitation.producer->consumerWithdrawn(connection);
    }
}

// ---- ConsumerNode

SimulatedConsumer &ConsumerNode::add(std::unique_ptr<SimulatedConsumer> consumer)
{
    SimulatedConsumer &added = *m_consumers.emplace_back(std::move(consumer));
    added.setStoppedHandler([this, &added] {
        withdraw(added);
        m_environment.timeline.after(m_environment.rng.upTo(StopPause),
                                     [this, &added] { begin(added); });
    });
    return added;
}

void ConsumerNode::begin(SimulatedConsumer &consumer)
{
    if (consumer.isAlive())
        return;
    consumer.begin();
    offer(consumer);
}

void ConsumerNode::end(SimulatedConsumer &consumer)
{
    if (!consumer.isAlive())
        return;
    consumer.end();
    withdraw(consumer);
}

void ConsumerNode::offer(const SimulatedConsumer &consumer)
{
    if (m_connection)
        writeTo(*m_connection, Side::Consumer,
                OfferFrame{OfferKind::Consumer, consumer.incarnation(), consumer.id()});
}

void ConsumerNode::withdraw(const SimulatedConsumer &consumer)
{
    if (m_connection)
        writeTo(*m_connection, Side::Consumer, WithdrawFrame{OfferKind::Consumer, consumer.id()});
}

void ConsumerNode::linkUp(const ConnectionPtr &connection)
{
    m_connection = connection;
    m_lastChannel = 0;
    for (const auto &consumer : m_consumers) {
        if (consumer->isAlive())
            offer(*consumer);
    }
}

void ConsumerNode::linkLost(const ConnectionPtr &connection)
{
    if (connection == m_connection)
        m_connection.reset();
    for (const auto &consumer : m_consumers)
        consumer->linkLost();
}

void ConsumerNode::linkWritable(const ConnectionPtr &)
{
    for (const auto &consumer : m_consumers)
        consumer->pump();
}

void ConsumerNode::frameArrived(const ConnectionPtr &connection, ChannelNr channel,
                                const Frame &frame)
{
    for (const auto &consumer : m_consumers) {
        if (const auto *offer = std::get_if<OfferFrame>(&frame)) {
            if (offer->id == consumer->producerId())
                consumer->producerOffered(connection);
        } else if (const auto *withdraw = std::get_if<WithdrawFrame>(&frame)) {
            if (withdraw->id == consumer->producerId())
                consumer->producerWithdrawn();
        } else if (const auto *invite = std::get_if<InviteFrame>(&frame)) {
            if (invite->consumerId == consumer->id())
                consumer->invited();
        } else if (consumer->isOn(channel)) {
            consumer->frameArrived(frame);
        }
    }
}

} // namespace QtDelivery::Simulation
