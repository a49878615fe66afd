// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "testnode.h"

#include <QtDelivery/consumercontroller.h>
#include <QtDelivery/producercontroller.h>

#include <QSignalSpy>

namespace TestSupport {

inline const QUrl FlowAddress(QStringLiteral("local:flow"));

inline QtDelivery::NodeSettings nodeNamed(const QString &name)
{
    return {.nodeId = name};
}

/*! \brief A producer on the node "left", a consumer on the node "right", which connects to it.
    Nothing is started and nobody registers. */
struct Flow
{
    explicit Flow(const QtDelivery::ConsumerSettings &consumerSettings = {},
                  const QtDelivery::ProducerSettings &producerSettings = {})
        : producer(QStringLiteral("producer"), producerSettings, &left)
        , consumer(QStringLiteral("consumer"), consumerSettings, &right)
    {
        QObject::connect(
            &producer, &QtDelivery::ProducerController::errorOccurred, &application,
            [this](const QtDelivery::Error &error) { producerErrors.append(error.code()); });
        QObject::connect(
            &consumer, &QtDelivery::ConsumerController::errorOccurred, &application,
            [this](const QtDelivery::Error &error) { consumerErrors.append(error.code()); });
        QObject::connect(&consumer, &QtDelivery::ConsumerController::delivered, &application,
                         [this](const QtDelivery::Delivery &delivery) { take(delivery); });
    }

    /*! No error if both nodes can reach each other from here on. */
    QtDelivery::Error link()
    {
        if (const QtDelivery::Error error = left.listen(FlowAddress))
            return error;
        return right.connectTo(FlowAddress);
    }

    /*! Links, starts both sides, lets the consumer register, and settles. */
    QtDelivery::Error begin()
    {
        for (const QtDelivery::Error &error :
             {link(), producer.start(&application), consumer.start(&application),
              consumer.registerToProducerController(producer.producerId())}) {
            if (error)
                return error;
        }
        VirtualTime::settle();
        return {};
    }

    /*! Sends up to \a count messages as permission comes without any confirmation; returns how
        many were taken. */
    int send(int count)
    {
        int sent = 0;
        while (sent < count && producer.send("message " + QByteArray::number(nextPayload))) {
            ++sent;
            ++nextPayload;
            VirtualTime::settle(); // the next permission comes with a signal
        }
        return sent;
    }

    QtDelivery::Error confirm()
    {
        const QtDelivery::Error error = consumer.confirm(last);
        world.time.advance(std::chrono::milliseconds(1)); // in which it is reported at the latest
        return error;
    }

    void take(const QtDelivery::Delivery &delivery)
    {
        last = delivery;
        delivered.append(delivery.seqNr());
        payloads.append(delivery.payload());
        if (confirms && consumer.confirm(delivery))
            ++failures;
    }

    VirtualWorld world;
    QObject application;
    TestNode left{world, nodeNamed(QStringLiteral("left"))};
    TestNode right{world, nodeNamed(QStringLiteral("right"))};
    QtDelivery::ProducerController producer;
    QtDelivery::ConsumerController consumer;

    bool confirms = true; //!< the consumer confirms what is delivered
    int failures = 0; //!< of that
    int nextPayload = 1;
    QtDelivery::Delivery last;
    QList<qint64> delivered; //!< numbers
    QByteArrayList payloads;
    QList<QtDelivery::Error::Code> producerErrors;
    QList<QtDelivery::Error::Code> consumerErrors;
};

/*! One more consumer, on a node of its own that connects to the node "left". */
struct Rival
{
    explicit Rival(VirtualWorld &world, const QtDelivery::ConsumerSettings &settings = {},
                   const QString &id = QStringLiteral("rival"))
        : node(world, nodeNamed(id))
        , consumer(id, settings, &node)
    {
        QObject::connect(&consumer, &QtDelivery::ConsumerController::errorOccurred, &node,
                         [this](const QtDelivery::Error &error) { errors.append(error.code()); });
        QObject::connect(&consumer, &QtDelivery::ConsumerController::delivered, &node,
                         [this](const QtDelivery::Delivery &delivery) {
                             delivered.append(delivery.seqNr());
                             failures += consumer.confirm(delivery).isError();
                         });
        failures += consumer.start(&node).isError();
        failures += node.connectTo(FlowAddress).isError();
    }

    QtDelivery::Error takeFlow()
    {
        const QtDelivery::Error error =
            consumer.registerToProducerController(QStringLiteral("producer"));
        VirtualTime::settle();
        return error;
    }

    TestNode node;
    QtDelivery::ConsumerController consumer;
    QList<qint64> delivered;
    QList<QtDelivery::Error::Code> errors;
    int failures = 0;
};

} // namespace TestSupport
