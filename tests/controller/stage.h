// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "testnode.h"

#include <QtDelivery/consumercontroller.h>
#include <QtDelivery/producercontroller.h>

#include <QPointer>

#include <functional>
#include <map>

namespace TestSupport {

/*! \brief Two nodes, a producer, a consumer, and a story in which every signal of the public
   classes is emitted. A hook sees each signal from within its slot and may do what it likes,
   deleting anything here included; the story brings back what is missing and goes on. */
class Stage : public QObject
{
public:
    /*! A signal, by its name here, such as "producer.requestNext". */
    using Hook = std::function<void(const QString &signal)>;

    Stage();
    ~Stage() override;

    void setHook(Hook hook) { m_hook = std::move(hook); }

    // ---- the story
    /*! Plays everything once. */
    void play();
    /*! After the story: what is sent now arrives and is confirmed. */
    [[nodiscard]] bool isWorking();
    /*! Each future of sendTracked() so far has been answered once; call it after the end of the
     * producer. */
    [[nodiscard]] bool allAnsweredOnce() const;
    /*! Nothing was delivered out of order. */
    [[nodiscard]] bool isOrdered() const { return m_ordered; }
    /*! How often a signal was seen. */
    [[nodiscard]] int seen(const QString &signal) const;

    // ---- for hooks
    /*! Sends \a count messages more, as permission comes. */
    void produce(int count);
    /*! Takes part in what happens, without returning to the caller, until \a done; false if nothing
        happens any more. \a timePasses moves the clock meanwhile. */
    [[nodiscard]] bool nest(const std::function<bool()> &done, bool timePasses);
    void confirmOutstanding();
    /*! The consumer confirms again, should it have held back. */
    void holdBackNoMore();
    void closeProducerNode();
    void closeConsumerNode();
    /*! The consumer takes another producer's flow, which gives this one free. */
    void registerElsewhere();
    /*! Connects to the signals of everything anew. */
    void reconnectSignals();

    VirtualWorld world;
    QPointer<TestNode> producerNode;
    QPointer<TestNode> consumerNode;
    QPointer<QtDelivery::ProducerController> producer;
    QPointer<QtDelivery::ConsumerController> consumer;
    QPointer<QObject> producerApplication;
    QPointer<QObject> consumerApplication;
    QtDelivery::Delivery outstanding; //!< of consumer; number 0 = none
    QtDelivery::Delivery lastConfirmed;
    int failures = 0; //!< of calls that must not fail

private:
    void tell(const QString &signal);
    void revive();
    void reviveNodes();
    void reviveControllers();
    void connectNode(TestNode *node, const QString &name);
    void connectProducer();
    void connectConsumer();
    void sendOne();
    void take(const QtDelivery::Delivery &delivery);
    void rest();

    void sceneMessages();
    void sceneLinkLoss();
    void sceneReplaced();
    void sceneTooLarge();
    void sceneProducerRestart();
    void sceneStop();
    void sceneClose();

    Hook m_hook;
    QPointer<TestNode> m_nodeOfProducer; // null: the producer has lost it
    QPointer<TestNode> m_nodeOfConsumer;
    bool m_producerNodeClosed = false;
    bool m_consumerNodeClosed = false;
    int m_toSend = 0;
    int m_lastPayload = 0;
    bool m_holdsBack = false; // the consumer does not confirm
    qint64 m_lastDelivered = 0; // by consumer
    bool m_ordered = true;
    std::map<QString, int> m_seen;
    std::map<int, int> m_answers; // by payload
};

} // namespace TestSupport
