// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "collector.h"

#include <QDebug>

using namespace QtDelivery;

Collector::Collector()
{
    connect(&m_node, &DeliveryNode::producerOffered, this, &Collector::take);
    connect(&m_node, &DeliveryNode::closed, this, &Collector::closed);
}

void Collector::close()
{
    QMetaObject::invokeMethod(&m_node, &DeliveryNode::close, Qt::QueuedConnection);
}

void Collector::take(const QString &producerId, const QString &nodeId)
{
    std::unique_ptr<ConsumerController> &flow = m_flows[{producerId, nodeId}];
    if (flow)
        return; // the device is back: its flow resumes by itself

    // The consumer's id only has to be unique on this node.
    const QString consumerId = QStringLiteral("collector-%1").arg(m_flows.size());
    flow = std::make_unique<ConsumerController>(consumerId, &m_node);
    connect(flow.get(), &ConsumerController::delivered, this,
            [this, nodeId, controller = flow.get()](const Delivery &reading) {
                Q_EMIT received(nodeId, reading);
                if (const Error error = controller->confirm(reading))
                    qCritical() << error;
            });
    connect(flow.get(), &ConsumerController::errorOccurred, this,
            [nodeId](const Error &error) { qWarning() << nodeId << error; });
    if (const Error error = flow->start(this))
        qCritical() << error;
    // The devices all name their producer alike, so the node belongs to the registration.
    if (const Error error = flow->registerToProducerController(producerId, nodeId))
        qCritical() << error;
}
