// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/consumercontroller.h>
#include <QtDelivery/producercontroller.h>

#include <QObject>
#include <QRandomGenerator>
#include <QTimer>

#include <functional>

namespace Monitor {

/*! \brief An application that sends: so many messages a second, of about so many bytes, as far as
   it may. */
class DemoProducer : public QObject
{
    Q_OBJECT

public:
    struct Habits
    {
        double perSecond = 10;
        qint64 bytes = 200;
        qint64 mostUnconfirmed = 1'000'000;
    };

    /*! \a queue may be null. */
    DemoProducer(const QString &id, const QtDelivery::ProducerSettings &settings,
                 QtDelivery::DurableProducerQueue *queue, QtDelivery::DeliveryNode *node,
                 Habits habits, quint32 seed);

    void start();

private:
    void send();

    std::unique_ptr<QtDelivery::ProducerController> m_controller;
    Habits m_habits;
    QRandomGenerator m_random;
    QTimer m_timer;
    double m_due = 0; // messages that it would like to send
};

/*! \brief An application that receives, and takes its time with each message. */
class DemoConsumer : public QObject
{
    Q_OBJECT

public:
    /*! Milliseconds for a message; negative = for ever. */
    using Handling = std::function<int(qint64 seqNr, QRandomGenerator &random)>;

    DemoConsumer(const QString &id, const QtDelivery::ConsumerSettings &settings,
                 QtDelivery::DeliveryNode *node, Handling handling, quint32 seed);

    /*! Takes the flow of \a producerId; without \a isReady it never says that it can be given
        anything. */
    void start(const QString &producerId, bool isReady = true);

private:
    void take(const QtDelivery::Delivery &delivery);

    QtDelivery::ConsumerController m_controller;
    Handling m_handling;
    QRandomGenerator m_random;
    QtDelivery::Delivery m_delivery;
    QTimer m_timer;
};

} // namespace Monitor
