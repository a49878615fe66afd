// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/consumercontroller.h>
#include <QtDelivery/deliverynode.h>

#include <QObject>

#include <map>
#include <memory>
#include <utility>

/*! \brief Takes the readings of every device that connects.

    Each device is a flow of its own, with its own ConsumerController: readings of one device are in
    order, and a device whose readings take long does not hold up the others. A flow stays when its
    link is lost, and goes on when the device is back. */
class Collector : public QObject
{
    Q_OBJECT

public:
    Collector();

    QtDelivery::Error listen(const QUrl &url) { return m_node.listen(url); }
    QUrl url() const { return m_node.listeningUrls().value(0); }
    /*! Closes the node, but not from within received(): that reading is still to be confirmed. */
    void close();

Q_SIGNALS:
    void received(const QString &device, const QtDelivery::Delivery &reading);
    void closed();

private:
    void take(const QString &producerId, const QString &nodeId);

    using Flow = std::pair<QString, QString>; // producer id, node id
    QtDelivery::DeliveryNode m_node;
    std::map<Flow, std::unique_ptr<QtDelivery::ConsumerController>> m_flows;
};
