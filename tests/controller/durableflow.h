// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "../storage/memoryprogress.h"
#include "../storage/memoryqueue.h"
#include "flow.h"

namespace TestSupport {

using QtDelivery::Test::MemoryProgress;
using QtDelivery::Test::MemoryProgressDisk;
using QtDelivery::Test::MemoryQueue;
using QtDelivery::Test::MemoryQueueDisk;

/*! \brief One life of a producer's process: its node listens, its queue is on a disk that outlives
 * it. */
struct ProducerLife
{
    explicit ProducerLife(VirtualWorld &world, std::shared_ptr<MemoryQueueDisk> disk,
                          const QtDelivery::ProducerSettings &settings = {})
        : node(world, nodeNamed(QStringLiteral("left")))
        , queue(std::move(disk))
        , controller(QStringLiteral("producer"), settings, &queue, &node)
    {
        QObject::connect(&controller, &QtDelivery::ProducerController::requestNext, &node,
                         [this](const QtDelivery::RequestNext &next) { asked = next; });
        QObject::connect(&controller, &QtDelivery::ProducerController::errorOccurred, &node,
                         [this](const QtDelivery::Error &error) { errors.append(error.code()); });
        failures += controller.start(&node).isError();
        failures += node.listen(FlowAddress).isError();
    }

    /*! Sends each of \a payloads as permission comes; returns how many were taken. */
    int send(const QByteArrayList &payloads)
    {
        int sent = 0;
        for (const QByteArray &payload : payloads) {
            if (!controller.send(payload, "at " + payload))
                break;
            ++sent;
            VirtualTime::settle();
        }
        return sent;
    }

    TestNode node;
    MemoryQueue queue;
    QtDelivery::ProducerController controller;
    QtDelivery::RequestNext asked;
    QList<QtDelivery::Error::Code> errors;
    int failures = 0;
};

/*! \brief One life of a consumer's process; without a disk it keeps no progress. */
struct ConsumerLife
{
    explicit ConsumerLife(VirtualWorld &world,
                          const std::shared_ptr<MemoryProgressDisk> &disk = nullptr,
                          const QtDelivery::ConsumerSettings &settings = {})
        : node(world, nodeNamed(QStringLiteral("right")))
    {
        using QtDelivery::ConsumerController;
        if (disk) {
            progress = std::make_unique<MemoryProgress>(disk);
            controller = std::make_unique<ConsumerController>(QStringLiteral("consumer"), settings,
                                                              progress.get(), &node);
        } else {
            controller =
                std::make_unique<ConsumerController>(QStringLiteral("consumer"), settings, &node);
        }
        QObject::connect(controller.get(), &ConsumerController::delivered, &node,
                         [this](const QtDelivery::Delivery &delivery) {
                             last = delivery;
                             payloads.append(delivery.payload());
                             if (confirms)
                                 confirm();
                         });
        QObject::connect(controller.get(), &ConsumerController::errorOccurred, &node,
                         [this](const QtDelivery::Error &error) { errors.append(error.code()); });
        failures += controller->start(&node).isError();
        failures += controller->registerToProducerController(QStringLiteral("producer")).isError();
        failures += node.connectTo(FlowAddress).isError();
    }

    /*! Confirms what was delivered last. */
    void confirm() { failures += controller->confirm(last, "done " + last.payload()).isError(); }

    TestNode node;
    std::unique_ptr<MemoryProgress> progress;
    std::unique_ptr<QtDelivery::ConsumerController> controller;
    bool confirms = true;
    QtDelivery::Delivery last;
    QByteArrayList payloads;
    QList<QtDelivery::Error::Code> errors;
    int failures = 0;
};

} // namespace TestSupport
