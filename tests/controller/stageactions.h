// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "stage.h"

// What can happen on a Stage, and what an application may do in a slot.

namespace TestSupport {

inline const char *const signalNames[] = {
    "producer.requestNext",
    "producer.demandChanged",
    "producer.confirmed",
    "producer.attachedChanged",
    "producer.errorOccurred",
    "continuation", // of a future of sendTracked()
    "consumer.delivered",
    "consumer.attachedChanged",
    "consumer.registrationChanged",
    "consumer.stopped",
    "consumer.errorOccurred",
    "producerNode.linkUp",
    "producerNode.linkDown",
    "producerNode.linkCountChanged",
    "producerNode.consumerOffered",
    "producerNode.consumerWithdrawn",
    "producerNode.closed",
    "consumerNode.linkUp",
    "consumerNode.linkDown",
    "consumerNode.linkCountChanged",
    "consumerNode.reconnectScheduled",
    "consumerNode.producerOffered",
    "consumerNode.producerWithdrawn",
    "consumerNode.closed",
};

struct Action
{
    const char *name;
    void (*run)(Stage &stage);
};

inline void sendSeveral(Stage &stage)
{
    if (!stage.producer)
        return;
    const bool permitted = stage.producer->demand();
    stage.produce(1);
    if (!stage.producer)
        return;
    for (int i = 0; i < 2; ++i) {
        const QtDelivery::Error::Code code = stage.producer->send("too much").error().code();
        // Permission comes with a signal only, so never within a slot.
        if (permitted ? code != QtDelivery::Error::Code::NoDemand
                      : code == QtDelivery::Error::Code::NoError)
            ++stage.failures;
    }
}

inline void confirmTwice(Stage &stage)
{
    stage.confirmOutstanding();
    if (stage.consumer && !stage.consumer->isStopped() && stage.lastConfirmed.seqNr() > 0
        && stage.consumer->confirm(stage.lastConfirmed).code() == QtDelivery::Error::Code::NoError)
        ++stage.failures;
}

inline void startAgain(Stage &stage)
{
    if (stage.producer && stage.producerApplication)
        (void)stage.producer->start(stage.producerApplication);
    if (stage.consumer && stage.consumerApplication)
        (void)stage.consumer->start(stage.consumerApplication);
}

inline void deleteEverything(Stage &stage)
{
    delete stage.producerNode;
    delete stage.consumer;
    delete stage.consumerNode;
    delete stage.producer;
    delete stage.consumerApplication;
    delete stage.producerApplication;
}

inline void deleteEverythingLater(Stage &stage)
{
    for (QObject *object : {static_cast<QObject *>(stage.consumerNode.data()),
                            static_cast<QObject *>(stage.producer.data()),
                            static_cast<QObject *>(stage.producerNode.data()),
                            static_cast<QObject *>(stage.consumer.data())}) {
        if (object)
            object->deleteLater();
    }
}

inline void registerAgain(Stage &stage)
{
    if (stage.consumer)
        (void)stage.consumer->registerToProducerController(QStringLiteral("producer"));
}

inline void registerFromProducer(Stage &stage)
{
    if (stage.producer)
        (void)stage.producer->registerConsumer(QStringLiteral("consumer"));
}

inline void disconnectUrl(Stage &stage)
{
    const QUrl url(QStringLiteral("local:stage"));
    if (stage.consumerNode && !stage.consumerNode->disconnectFrom(url))
        stage.failures += stage.consumerNode->connectTo(url).isError();
}

// What a test does in a slot must not depend on a stack that the slot's caller deletes, so no
// captures.
inline const Action actions[] = {
    {"nothing", [](Stage &) {}},
    {"send", [](Stage &stage) { stage.produce(1); }},
    {"send several", sendSeveral},
    {"confirm", [](Stage &stage) { stage.confirmOutstanding(); }},
    {"confirm twice", confirmTwice},
    {"delete producer", [](Stage &stage) { delete stage.producer; }},
    {"delete consumer", [](Stage &stage) { delete stage.consumer; }},
    {"delete producer's node", [](Stage &stage) { delete stage.producerNode; }},
    {"delete consumer's node", [](Stage &stage) { delete stage.consumerNode; }},
    {"delete everything", deleteEverything},
    {"delete everything later", deleteEverythingLater},
    {"delete producer's object", [](Stage &stage) { delete stage.producerApplication; }},
    {"delete consumer's object", [](Stage &stage) { delete stage.consumerApplication; }},
    {"disconnect", [](Stage &stage) { stage.reconnectSignals(); }},
    {"stop",
     [](Stage &stage) {
         if (stage.consumer)
             stage.consumer->stop();
     }},
    {"deliver then stop",
     [](Stage &stage) {
         if (stage.consumer)
             stage.consumer->deliverThenStop();
     }},
    {"close producer's node", [](Stage &stage) { stage.closeProducerNode(); }},
    {"close consumer's node", [](Stage &stage) { stage.closeConsumerNode(); }},
    {"register elsewhere", [](Stage &stage) { stage.registerElsewhere(); }},
    {"register again", registerAgain},
    {"register from the producer", registerFromProducer},
    {"start again", startAgain},
    {"disconnect the link", disconnectUrl},
    {"cut the wire", [](Stage &stage) { stage.world.network.cutAll(); }},
};

} // namespace TestSupport
