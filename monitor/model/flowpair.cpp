// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "flowpair.h"

#include "times.h"
#include "words.h"

#include <array>

namespace Monitor {

using QtDelivery::BlockedReason;
using QtDelivery::FlowSnapshot;

namespace {

// Held up for longer is not the usual come and go of back-pressure.
constexpr qint64 LongTime = 10 * Second;

QString endText(const QString &id, const QString &node)
{
    //: the id %1 on the node %2
    return node.isEmpty() ? id : Words::tr("%1 on %2").arg(id, node);
}

} // namespace

int explanatoryWeight(BlockedReason reason)
{
    static constexpr std::array order{BlockedReason::None,         BlockedReason::WaitingForGrant,
                                      BlockedReason::NoProducer,   BlockedReason::NoConsumer,
                                      BlockedReason::Paused,       BlockedReason::HandlerBusy,
                                      BlockedReason::LimitReached, BlockedReason::StoreSlow,
                                      BlockedReason::LinkDown,     BlockedReason::Refused};
    for (size_t i = 0; i < order.size(); ++i) {
        if (order[i] == reason)
            return int(i);
    }
    return 0;
}

qint64 FlowEnd::age() const
{
    return flow.oldestUnconfirmedAt < 0
        ? -1
        : qMax<qint64>(0, qMax(now, flow.time) - flow.oldestUnconfirmedAt);
}

FlowName FlowPair::name() const
{
    if (producer)
        return {producer->flow.nodeId, producer->flow.id};
    if (consumer)
        return {consumer->flow.peerNodeId, consumer->flow.peerId};
    return {};
}

QString FlowPair::title() const
{
    if (isEmpty())
        return {};
    const QString &id = producer ? producer->flow.id : consumer->flow.peerId;
    return id.isEmpty() ? anyEnd().flow.id : id;
}

QString FlowPair::producerText() const
{
    if (producer)
        return endText(producer->flow.id, producer->flow.nodeId);
    return consumer ? endText(consumer->flow.peerId, consumer->flow.peerNodeId) : QString();
}

QString FlowPair::consumerText() const
{
    if (consumer)
        return endText(consumer->flow.id, consumer->flow.nodeId);
    return producer ? endText(producer->flow.peerId, producer->flow.peerNodeId) : QString();
}

const FlowEnd *FlowPair::blockedEnd() const
{
    const int ofProducer = producer ? explanatoryWeight(producer->flow.blocked.reason) : 0;
    const int ofConsumer = consumer ? explanatoryWeight(consumer->flow.blocked.reason) : 0;
    if (ofProducer == 0 && ofConsumer == 0)
        return nullptr;
    return ofProducer > ofConsumer ? &*producer : &*consumer;
}

BlockedReason FlowPair::reason() const
{
    const FlowEnd *const end = blockedEnd();
    return end ? end->flow.blocked.reason : BlockedReason::None;
}

Culprit FlowPair::culprit() const
{
    const FlowEnd *const end = blockedEnd();
    if (!end)
        return Culprit::Nobody;
    const Culprit own =
        end->flow.role == FlowSnapshot::Role::Producer ? Culprit::Producer : Culprit::Consumer;
    switch (end->flow.blocked.reason) {
    case BlockedReason::None:
        return Culprit::Nobody;
    case BlockedReason::NoConsumer:
    case BlockedReason::WaitingForGrant:
    case BlockedReason::HandlerBusy:
        return Culprit::Consumer;
    case BlockedReason::NoProducer:
        return Culprit::Producer;
    case BlockedReason::StoreSlow:
        return Culprit::Storage;
    case BlockedReason::LinkDown:
        return Culprit::Link;
    case BlockedReason::LimitReached:
    case BlockedReason::Paused:
    case BlockedReason::Refused:
        return own;
    }
    return Culprit::Nobody;
}

QString FlowPair::sentence() const
{
    const FlowEnd *const end = blockedEnd();
    return end ? end->flow.blocked.sentence(qMax(end->now, end->flow.time)) : QString();
}

Health FlowPair::health() const
{
    const FlowEnd *const end = blockedEnd();
    const bool hasWork = backlog() > 0 || inFlight() > 0;
    if (!end)
        return rate() > 0 || hasWork ? Health::Moving : Health::Idle;
    const qint64 since = end->flow.blocked.at;
    switch (end->flow.blocked.reason) {
    case BlockedReason::Refused:
        return Health::Stuck;
    case BlockedReason::HandlerBusy:
    case BlockedReason::StoreSlow: {
        const qint64 time = since < 0 ? 0 : qMax(end->now, end->flow.time) - since;
        if (time >= LongTime)
            return Health::Stuck;
        return time >= Second ? Health::Waiting : Health::Moving;
    }
    case BlockedReason::WaitingForGrant:
        // Much of one large message may be under way while none is confirmed.
        return rate() > 0 || !anyEnd().flow.transfers.isEmpty() ? Health::Moving : Health::Waiting;
    case BlockedReason::LinkDown:
    case BlockedReason::LimitReached:
        return age() >= LongTime ? Health::Stuck : Health::Waiting;
    case BlockedReason::NoConsumer:
    case BlockedReason::NoProducer:
    case BlockedReason::Paused:
        return age() >= LongTime ? Health::Stuck : Health::Waiting;
    case BlockedReason::None:
        break;
    }
    return Health::Moving;
}

qint64 FlowPair::backlog() const
{
    if (producer)
        return qMax<qint64>(0, producer->flow.nextSeqNr - 1 - producer->flow.confirmedSeqNr);
    return consumer ? qMax<qint64>(0, consumer->flow.receivedSeqNr - consumer->flow.confirmedSeqNr)
                    : 0;
}

qint64 FlowPair::inFlight() const
{
    return isEmpty() ? 0 : anyEnd().flow.inFlight();
}

qint64 FlowPair::window() const
{
    return isEmpty() ? 0 : anyEnd().flow.window();
}

double FlowPair::rate() const
{
    return consumer ? consumer->rate : producer ? producer->rate : 0;
}

qint64 FlowPair::age() const
{
    const qint64 ofProducer = producer ? producer->age() : -1;
    const qint64 ofConsumer = consumer ? consumer->age() : -1;
    return qMax(ofProducer, ofConsumer);
}

qint64 FlowPair::resent() const
{
    if (producer)
        return producer->flow.resent;
    return consumer ? consumer->flow.resendsAsked : 0;
}

qint64 FlowPair::confirmed() const
{
    return qMax(producer ? producer->flow.confirmedSeqNr : 0,
                consumer ? consumer->flow.confirmedSeqNr : 0);
}

qint64 FlowPair::unconfirmedBytes() const
{
    return isEmpty() ? 0 : anyEnd().flow.unconfirmedBytes;
}

qint64 FlowPair::roundTrip() const
{
    return qMax(producer ? producer->flow.rtt : -1, consumer ? consumer->flow.rtt : -1);
}

QString healthText(Health health)
{
    switch (health) {
    case Health::Idle:
        //: a flow that has nothing to do
        return Words::tr("Idle");
    case Health::Moving:
        //: a flow whose messages are confirmed
        return Words::tr("Moving");
    case Health::Waiting:
        //: a flow that is held up for the moment
        return Words::tr("Waiting");
    case Health::Stuck:
        //: a flow that needs somebody
        return Words::tr("Stuck");
    }
    return {};
}

QString culpritText(Culprit culprit)
{
    switch (culprit) {
    case Culprit::Nobody:
        return {};
    case Culprit::Producer:
        return Words::tr("Producer");
    case Culprit::Consumer:
        return Words::tr("Consumer");
    case Culprit::Storage:
        return Words::tr("Storage");
    case Culprit::Link:
        return Words::tr("Link");
    }
    return {};
}

bool belongTogether(const FlowSnapshot &producer, const FlowSnapshot &consumer)
{
    if (producer.role != FlowSnapshot::Role::Producer
        || consumer.role != FlowSnapshot::Role::Consumer)
        return false;
    const auto agrees = [](const QString &wanted, const QString &is) {
        return wanted.isEmpty() || wanted == is;
    };
    const bool consumerNames =
        consumer.peerId == producer.id && consumer.peerNodeId == producer.nodeId;
    const bool producerNames =
        producer.peerId == consumer.id && producer.peerNodeId == consumer.nodeId;
    return (consumerNames && agrees(producer.peerId, consumer.id)
            && agrees(producer.peerNodeId, consumer.nodeId))
        || (producerNames && agrees(consumer.peerId, producer.id)
            && agrees(consumer.peerNodeId, producer.nodeId));
}

} // namespace Monitor
