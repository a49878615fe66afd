// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <QtDelivery/consumercontroller.h>

#include "consumercontrollerprivate.h"
#include "streamid.h"

namespace QtDelivery {

ConsumerController::ConsumerController(const QString &consumerId, DeliveryNode *node,
                                       QObject *parent)
    : ConsumerController(consumerId, ConsumerSettings(), node, parent)
{ }

ConsumerController::ConsumerController(const QString &consumerId, const ConsumerSettings &settings,
                                       DeliveryNode *node, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<ConsumerControllerPrivate>(this, consumerId, settings, node, false))
{
    d->join();
}

ConsumerController::ConsumerController(const QString &consumerId, const ConsumerSettings &settings,
                                       ConsumerProgress *progress, DeliveryNode *node,
                                       QObject *parent)
    : QObject(parent)
    , d(std::make_unique<ConsumerControllerPrivate>(this, consumerId, settings, node, true))
{
    d->join(progress);
}

ConsumerController::ConsumerController(const QString &consumerId, const ConsumerSettings &settings,
                                       ConsumerProgress *progress, const StorageKeys &spoolKeys,
                                       DeliveryNode *node, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<ConsumerControllerPrivate>(this, consumerId, settings, node,
                                                    progress != nullptr, spoolKeys.d))
{
    if (progress)
        d->join(progress);
    else
        d->join();
}

ConsumerController::~ConsumerController() = default;

Error ConsumerController::start(QObject *consumer)
{
    return d->start(consumer);
}

Error ConsumerController::registerToProducerController(const QString &producerId,
                                                       const QString &nodeId)
{
    return d->registerToProducerController(producerId, nodeId);
}

Error ConsumerController::confirm(const Delivery &delivery, const QByteArray &context)
{
    return d->confirm(delivery, context);
}

Error ConsumerController::retry()
{
    return d->retry();
}

void ConsumerController::deliverThenStop()
{
    d->deliverThenStop();
}

void ConsumerController::stop()
{
    d->stop();
}

QString ConsumerController::consumerId() const
{
    return d->id();
}

QString ConsumerController::producerId() const
{
    return d->machine().producerId();
}

QString ConsumerController::producerNodeId() const
{
    return d->producerNodeId();
}

const ConsumerSettings &ConsumerController::settings() const
{
    return d->settings();
}

bool ConsumerController::isAttached() const
{
    return d->machine().state() == ConsumerMachine::State::Attached;
}

bool ConsumerController::isStopped() const
{
    return d->isStopped();
}

ConsumerPosition ConsumerController::position() const
{
    if (const ProgressClient *progress = d->progress())
        return progress->position();
    const ConsumerMachine &machine = d->machine();
    return {.producerId = machine.producerId(),
            .streamId = machine.producer().isNull() ? QUuid() : toUuid(machine.producer()),
            .confirmedSeqNr = machine.confirmedSeqNr(),
            .context = {}};
}

ConsumerPosition ConsumerController::positionOf(const Delivery &delivery) const
{
    return d->positionOf(delivery);
}

bool ConsumerController::needsRetry() const
{
    return d->progress() && d->progress()->state() == ProgressClient::State::Broken;
}

Error ConsumerController::storageError() const
{
    return d->progress() ? d->progress()->error() : Error();
}

qint64 ConsumerController::bufferedCount() const
{
    return d->machine().bufferedMessages();
}

FlowStatistics ConsumerController::statistics() const
{
    const ConsumerCounters &counters = d->machine().counters();
    FlowStatistics statistics;
    statistics.messages = counters.messages;
    statistics.bytes = counters.bytes;
    statistics.confirmed = counters.confirmed;
    statistics.duplicatesDropped = counters.duplicatesDropped;
    statistics.attachments = counters.attachments;
    return statistics;
}

FlowSnapshot ConsumerController::snapshot() const
{
    return d->snapshot();
}

void ConsumerController::setRecording(bool on)
{
    d->setRecording(on);
}

QList<FlowEvent> ConsumerController::eventsAfter(qint64 number) const
{
    return d->eventsAfter(number);
}

} // namespace QtDelivery
