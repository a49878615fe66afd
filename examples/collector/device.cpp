// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "device.h"

#include <QDebug>

using namespace QtDelivery;

Device::Device(const QString &name, qint64 count)
    : m_count(count)
    , m_node(NodeSettings{.nodeId = name})
    , m_readings(QStringLiteral("readings"), &m_node)
{
    connect(&m_readings, &ProducerController::requestNext, this, &Device::sendReading);
    connect(&m_readings, &ProducerController::confirmed, this, [this](qint64 seqNr) {
        if (seqNr == m_count)
            m_node.close();
    });
    connect(&m_node, &DeliveryNode::closed, this, &Device::finished);
}

Error Device::connectTo(const QUrl &url)
{
    if (const Error error = m_readings.start(this))
        return error;
    return m_node.connectTo(url);
}

void Device::sendReading(const RequestNext &next)
{
    if (next.currentSeqNr() > m_count)
        return; // the permission stays; nothing more to say
    const QByteArray reading = "reading " + QByteArray::number(next.currentSeqNr());
    if (const SendResult result = m_readings.send(reading); !result)
        qCritical() << result.error();
}
