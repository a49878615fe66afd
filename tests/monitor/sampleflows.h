// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/flowsnapshot.h>

namespace TestSupport {

/*! The producer "orders" on the node "shop", attached to "packing" on "warehouse": 10 confirmed, up
   to 15 received, up to 20 sent, up to 24 accepted, granted up to 30. */
inline QtDelivery::FlowSnapshot sampleProducer()
{
    QtDelivery::FlowSnapshot flow;
    flow.id = QStringLiteral("orders");
    flow.nodeId = QStringLiteral("shop");
    flow.peerId = QStringLiteral("packing");
    flow.peerNodeId = QStringLiteral("warehouse");
    flow.state = QtDelivery::FlowSnapshot::State::Attached;
    flow.epoch = 1;
    flow.time = 50'000'000;
    flow.confirmedSeqNr = flow.deliveredSeqNr = 10;
    flow.receivedSeqNr = 15;
    flow.sentSeqNr = 20;
    flow.storedSeqNr = 24;
    flow.nextSeqNr = 25;
    flow.grantedSeqNr = 30;
    flow.unconfirmedBytes = 1400;
    flow.oldestUnconfirmedAt = 48'000'000;
    return flow;
}

/*! Its consumer: 10 confirmed, 11 delivered, up to 15 received, and 18 and 19 behind a hole. */
inline QtDelivery::FlowSnapshot sampleConsumer()
{
    QtDelivery::FlowSnapshot flow;
    flow.role = QtDelivery::FlowSnapshot::Role::Consumer;
    flow.id = QStringLiteral("packing");
    flow.nodeId = QStringLiteral("warehouse");
    flow.peerId = QStringLiteral("orders");
    flow.peerNodeId = QStringLiteral("shop");
    flow.state = QtDelivery::FlowSnapshot::State::Attached;
    flow.epoch = 1;
    flow.time = 90'000'000; // another clock
    flow.confirmedSeqNr = 10;
    flow.deliveredSeqNr = 11;
    flow.receivedSeqNr = 15;
    flow.ranges = {{12, 15}, {18, 19}};
    flow.sentSeqNr = 20;
    flow.grantedSeqNr = 30;
    return flow;
}

} // namespace TestSupport
