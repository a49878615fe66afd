// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/deliverynode.h>
#include <QtDelivery/producercontroller.h>

#include <QObject>

/*! \brief A device: sends \c count readings to the collector, one for each permission, and closes
   when the last one is confirmed. */
class Device : public QObject
{
    Q_OBJECT

public:
    /*! The node's id is the device's \a name: a fixed one, so that the collector knows the device
        again after it was restarted. */
    Device(const QString &name, qint64 count);

    QtDelivery::Error connectTo(const QUrl &url);

Q_SIGNALS:
    void finished();

private:
    void sendReading(const QtDelivery::RequestNext &next);

    const qint64 m_count;
    QtDelivery::DeliveryNode m_node;
    QtDelivery::ProducerController m_readings;
};
