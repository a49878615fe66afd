// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <QtDelivery/producercontroller.h>

#include "producercontrollerprivate.h"

namespace QtDelivery {

ProducerController::ProducerController(const QString &producerId, DeliveryNode *node,
                                       QObject *parent)
    : ProducerController(producerId, ProducerSettings(), node, parent)
{ }

ProducerController::ProducerController(const QString &producerId, const ProducerSettings &settings,
                                       DeliveryNode *node, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<ProducerControllerPrivate>(this, producerId, settings, node))
{
    d->join();
}

ProducerController::ProducerController(const QString &producerId, const ProducerSettings &settings,
                                       DurableProducerQueue *queue, DeliveryNode *node,
                                       QObject *parent)
    : QObject(parent)
    , d(std::make_unique<ProducerControllerPrivate>(this, producerId, settings, node))
{
    d->join(queue);
}

ProducerController::~ProducerController() = default;

Error ProducerController::start(QObject *producer)
{
    return d->start(producer);
}

Error ProducerController::registerConsumer(const QString &consumerId, const QString &nodeId)
{
    return d->registerConsumer(consumerId, nodeId);
}

SendResult ProducerController::send(const QByteArray &payload, const QByteArray &context)
{
    return d->send(payload, context);
}

SendResult ProducerController::sendDevice(std::unique_ptr<QIODevice> device, const QString &name,
                                          const QByteArray &context)
{
    return d->send(std::move(device), name, context);
}

SendResult ProducerController::sendFile(const QString &path, const QString &name,
                                        const QByteArray &context)
{
    return d->sendFile(path, name, context);
}

Error ProducerController::cancel(qint64 seqNr)
{
    return d->cancel(seqNr);
}

void ProducerController::pause()
{
    d->setPaused(true);
}

void ProducerController::resume()
{
    d->setPaused(false);
}

bool ProducerController::isPaused() const
{
    return d->machine().isTransmissionPaused();
}

QFuture<SendResult> ProducerController::sendTracked(const QByteArray &payload,
                                                    Completion completion,
                                                    const QByteArray &context)
{
    return d->sendTracked(payload, completion, context);
}

Error ProducerController::retry()
{
    return d->retry();
}

QString ProducerController::producerId() const
{
    return d->id();
}

const ProducerSettings &ProducerController::settings() const
{
    return d->settings();
}

bool ProducerController::demand() const
{
    return d->demand();
}

bool ProducerController::isAttached() const
{
    return d->machine().isAttached();
}

qint64 ProducerController::confirmedSeqNr() const
{
    return d->machine().confirmedSeqNr();
}

qint64 ProducerController::storedSeqNr() const
{
    return d->queue() ? d->machine().storedSeqNr() : 0;
}

QByteArray ProducerController::storedContext() const
{
    return d->queue() ? d->queue()->context() : QByteArray();
}

bool ProducerController::needsRetry() const
{
    return d->queue() && d->queue()->state() == QueueClient::State::Broken;
}

Error ProducerController::storageError() const
{
    return d->queue() ? d->queue()->error() : Error();
}

bool ProducerController::isLoaded() const
{
    return d->isOffered();
}

qint64 ProducerController::currentSeqNr() const
{
    return d->machine().nextSeqNr();
}

qint64 ProducerController::unconfirmedCount() const
{
    return d->machine().nextSeqNr() - 1 - d->machine().confirmedSeqNr();
}

FlowStatistics ProducerController::statistics() const
{
    const ProducerCounters &counters = d->machine().counters();
    FlowStatistics statistics;
    statistics.messages = counters.messages;
    statistics.bytes = counters.bytes;
    statistics.confirmed = quint64(d->machine().confirmedSeqNr());
    statistics.resent = counters.resent;
    statistics.attachments = counters.attachments;
    return statistics;
}

FlowSnapshot ProducerController::snapshot() const
{
    return d->snapshot();
}

void ProducerController::setRecording(bool on)
{
    d->setRecording(on);
}

QList<FlowEvent> ProducerController::eventsAfter(qint64 number) const
{
    return d->eventsAfter(number);
}

} // namespace QtDelivery
