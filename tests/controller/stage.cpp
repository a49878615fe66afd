// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "stage.h"

#include <QEventLoop>
#include <QTimer>

using namespace QtDelivery;
using namespace std::chrono_literals;

namespace TestSupport {

namespace {

const QUrl Address(QStringLiteral("local:stage"));

NodeSettings named(const QString &name)
{
    return {.nodeId = name};
}

} // namespace

Stage::Stage() = default;

Stage::~Stage()
{
    m_hook = {};
    delete producer;
    delete consumer;
    delete producerNode;
    delete consumerNode;
    delete producerApplication;
    delete consumerApplication;
}

// ---- signals

void Stage::tell(const QString &signal)
{
    ++m_seen[signal];
    if (m_hook)
        m_hook(signal);
}

int Stage::seen(const QString &signal) const
{
    const auto it = m_seen.find(signal);
    return it == m_seen.end() ? 0 : it->second;
}

void Stage::connectNode(TestNode *node, const QString &name)
{
    const auto teller = [this, name](const char *signal) {
        return [this, text = name + QLatin1String(signal)] { tell(text); };
    };
    connect(node, &DeliveryNode::linkUp, this, teller(".linkUp"));
    connect(node, &DeliveryNode::linkDown, this, teller(".linkDown"));
    connect(node, &DeliveryNode::linkCountChanged, this, teller(".linkCountChanged"));
    connect(node, &DeliveryNode::reconnectScheduled, this, teller(".reconnectScheduled"));
    connect(node, &DeliveryNode::producerOffered, this, teller(".producerOffered"));
    connect(node, &DeliveryNode::producerWithdrawn, this, teller(".producerWithdrawn"));
    connect(node, &DeliveryNode::consumerOffered, this, teller(".consumerOffered"));
    connect(node, &DeliveryNode::consumerWithdrawn, this, teller(".consumerWithdrawn"));
    connect(node, &DeliveryNode::closed, this, teller(".closed"));
}

void Stage::connectProducer()
{
    ProducerController *const object = producer;
    connect(object, &ProducerController::requestNext, this, [this, object] {
        tell(QStringLiteral("producer.requestNext"));
        if (producer == object && m_toSend > 0 && object->demand())
            sendOne();
    });
    const auto teller = [this](const char *signal) {
        return [this, text = QString::fromLatin1(signal)] { tell(text); };
    };
    connect(object, &ProducerController::demandChanged, this, teller("producer.demandChanged"));
    connect(object, &ProducerController::confirmed, this, teller("producer.confirmed"));
    connect(object, &ProducerController::attachedChanged, this, teller("producer.attachedChanged"));
    connect(object, &ProducerController::errorOccurred, this, teller("producer.errorOccurred"));
}

void Stage::connectConsumer()
{
    ConsumerController *const object = consumer;
    connect(object, &ConsumerController::delivered, this, [this, object](const Delivery &delivery) {
        take(delivery);
        tell(QStringLiteral("consumer.delivered"));
        if (consumer == object && !m_holdsBack)
            confirmOutstanding();
    });
    const auto teller = [this](const char *signal) {
        return [this, text = QString::fromLatin1(signal)] { tell(text); };
    };
    connect(object, &ConsumerController::attachedChanged, this, teller("consumer.attachedChanged"));
    connect(object, &ConsumerController::registrationChanged, this,
            teller("consumer.registrationChanged"));
    connect(object, &ConsumerController::stopped, this, teller("consumer.stopped"));
    connect(object, &ConsumerController::errorOccurred, this, teller("consumer.errorOccurred"));
}

void Stage::reconnectSignals()
{
    for (QObject *object :
         {static_cast<QObject *>(producerNode), static_cast<QObject *>(consumerNode),
          static_cast<QObject *>(producer), static_cast<QObject *>(consumer)}) {
        if (object)
            object->disconnect(this);
    }
    if (producerNode)
        connectNode(producerNode, QStringLiteral("producerNode"));
    if (consumerNode)
        connectNode(consumerNode, QStringLiteral("consumerNode"));
    if (producer)
        connectProducer();
    if (consumer)
        connectConsumer();
}

// ---- the applications

void Stage::take(const Delivery &delivery)
{
    // Only what was not confirmed may come again.
    const bool again = delivery.seqNr() == m_lastDelivered && outstanding.seqNr() != 0;
    m_ordered &= again || delivery.seqNr() == m_lastDelivered + 1 || m_lastDelivered == 0;
    m_lastDelivered = delivery.seqNr();
    outstanding = delivery;
}

void Stage::confirmOutstanding()
{
    if (!consumer || outstanding.seqNr() == 0 || consumer->isStopped())
        return;
    lastConfirmed = std::exchange(outstanding, {});
    if (consumer->confirm(lastConfirmed))
        ++failures;
}

void Stage::sendOne()
{
    --m_toSend;
    const int number = ++m_lastPayload;
    m_answers[number] = 0;
    producer->sendTracked(QByteArrayLiteral("message ") + QByteArray::number(number))
        .then([this, number](const SendResult &) {
            ++m_answers[number];
            tell(QStringLiteral("continuation"));
        });
}

void Stage::produce(int count)
{
    m_toSend += count;
    if (producer && producer->demand() && m_toSend > 0)
        sendOne();
}

void Stage::holdBackNoMore()
{
    m_holdsBack = false;
    confirmOutstanding();
}

void Stage::closeProducerNode()
{
    m_producerNodeClosed = producerNode;
    if (producerNode)
        producerNode->close();
}

void Stage::closeConsumerNode()
{
    m_consumerNodeClosed = consumerNode;
    if (consumerNode)
        consumerNode->close();
}

void Stage::registerElsewhere()
{
    if (!consumer || consumer->isStopped())
        return;
    m_lastDelivered = 0; // what was not confirmed will come again
    failures += consumer->registerToProducerController(QStringLiteral("elsewhere")).isError();
}

bool Stage::nest(const std::function<bool()> &done, bool timePasses)
{
    QEventLoop loop;
    QTimer tick;
    int ticks = 0;
    connect(&tick, &QTimer::timeout, &loop, [&] {
        if (timePasses)
            world.time.advance(10ms);
        if (done() || ++ticks > 200)
            loop.quit();
    });
    tick.start(0);
    loop.exec();
    return done();
}

bool Stage::allAnsweredOnce() const
{
    return std::all_of(m_answers.begin(), m_answers.end(),
                       [](const auto &answer) { return answer.second == 1; });
}

// ---- the story

void Stage::reviveNodes()
{
    if (std::exchange(m_producerNodeClosed, false) || !producerNode) {
        delete producerNode;
        producerNode = new TestNode(world, named(QStringLiteral("p")));
        connectNode(producerNode, QStringLiteral("producerNode"));
        failures += producerNode->listen(Address).isError();
    }
    if (std::exchange(m_consumerNodeClosed, false) || !consumerNode) {
        delete consumerNode;
        consumerNode = new TestNode(world, named(QStringLiteral("c")));
        connectNode(consumerNode, QStringLiteral("consumerNode"));
        failures += consumerNode->connectTo(Address).isError();
    }
}

void Stage::reviveControllers()
{
    if (!producerApplication || !producer || !m_nodeOfProducer) {
        delete producerApplication;
        producerApplication = new QObject;
        if (!producer || !m_nodeOfProducer) {
            delete producer;
            producer = new ProducerController(QStringLiteral("producer"), producerNode);
            m_nodeOfProducer = producerNode;
            m_lastDelivered = 0; // numbers begin with 1
            connectProducer();
        }
        failures += producer->start(producerApplication).isError();
    }
    if (!consumer || !m_nodeOfConsumer || consumer->isStopped()) {
        delete consumer;
        delete consumerApplication;
        consumerApplication = new QObject;
        consumer = new ConsumerController(QStringLiteral("consumer"), consumerNode);
        m_nodeOfConsumer = consumerNode;
        outstanding = {};
        m_lastDelivered = 0;
        connectConsumer();
        failures += consumer->start(consumerApplication).isError();
    }
    if (consumer->producerId() != u"producer")
        failures += consumer->registerToProducerController(QStringLiteral("producer")).isError();
}

void Stage::revive()
{
    reviveNodes();
    reviveControllers();
    rest();
}

void Stage::rest()
{
    world.time.advance(100ms);
}

void Stage::sceneMessages()
{
    revive();
    produce(5);
    rest();
}

void Stage::sceneLinkLoss()
{
    revive();
    world.network.cutAll();
    rest();
    world.time.advance(2s);
    produce(3);
    rest();
}

void Stage::sceneReplaced()
{
    revive();
    TestNode node(world, named(QStringLiteral("rival")));
    ConsumerController rival(QStringLiteral("rival"), &node);
    connect(&rival, &ConsumerController::delivered, this,
            [&](const Delivery &delivery) { failures += rival.confirm(delivery).isError(); });
    failures += rival.start(&node).isError();
    failures += node.connectTo(Address).isError();
    failures += rival.registerToProducerController(QStringLiteral("producer")).isError();
    rest();
    produce(2);
    rest();
    m_lastDelivered = 0; // the rival had some
    if (consumer && !consumer->isStopped())
        failures += consumer->registerToProducerController(QStringLiteral("producer")).isError();
    rest();
}

void Stage::sceneTooLarge()
{
    revive();
    m_holdsBack = true;
    produce(1);
    rest();
    {
        TestNode node(world, named(QStringLiteral("picky")));
        ConsumerController picky(QStringLiteral("picky"), {.maxMessageSize = 4}, &node);
        failures += picky.start(&node).isError();
        failures += node.connectTo(Address).isError();
        failures += picky.registerToProducerController(QStringLiteral("producer")).isError();
        rest();
    }
    holdBackNoMore();
    rest();
}

void Stage::sceneProducerRestart()
{
    revive();
    delete producer;
    rest();
    revive();
    produce(2);
    rest();
}

void Stage::sceneStop()
{
    revive();
    if (consumer)
        consumer->stop();
    rest();
    revive();
    produce(2);
    rest();
}

void Stage::sceneClose()
{
    revive();
    closeConsumerNode();
    rest();
    revive();
    closeProducerNode();
    rest();
}

void Stage::play()
{
    sceneMessages();
    sceneLinkLoss();
    sceneReplaced();
    sceneTooLarge();
    sceneProducerRestart();
    sceneStop();
    sceneClose();
}

bool Stage::isWorking()
{
    m_hook = {};
    revive();
    world.time.advance(10s);
    revive();
    const qint64 sentBefore = producer->currentSeqNr();
    produce(3);
    rest();
    return producer->currentSeqNr() >= sentBefore + 3 && producer->unconfirmedCount() == 0
        && producer->isAttached() && consumer->isAttached() && outstanding.seqNr() == 0
        && m_lastDelivered == producer->confirmedSeqNr();
}

} // namespace TestSupport
