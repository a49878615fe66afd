// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "flow.h"

#include <QRegularExpression>
#include <QTest>

using namespace QtDelivery;
using namespace TestSupport;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

// The consumer's controller as an application sees it. Names CC-… and H… are ids of
// tests/coverage.md.

class TestConsumerController : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void cc03_messagesBeforeStart();
    void cc07_oneAtATime();
    void startAgain();
    void cc10_objectDestroyed();
    void cc11_objectDestroyedBeforeAnyMessage();
    void replacedObjectDestroyed();
    void confirmErrors();
    void confirmOfOtherController();
    void confirmOfOldNumbering();
    void confirmWithoutLink();
    void positionOfDelivery();
    void positionOfOldNumbering();
    void cc15_stop();
    void stopIsFinal();
    void deliverThenStop();
    void deliverThenStopWithoutMessages_data();
    void deliverThenStopWithoutMessages();
    void cc19_onlyFlowControl();
    void h23_smallerWindow();
    void statistics();
};

// ---- start

void TestConsumerController::cc03_messagesBeforeStart()
{
    Flow flow({.flowControlWindow = 5});
    QVERIFY(!flow.link());
    QVERIFY(!flow.producer.start(&flow.application));
    QVERIFY(!flow.consumer.registerToProducerController(u"producer"_s));
    flow.world.time.settle();
    QTest::ignoreMessage(QtWarningMsg, "consumer: messages arrive, but start() was not called");
    QCOMPARE(flow.send(10), 5);
    QCOMPARE(flow.delivered, QList<qint64>());
    QCOMPARE(flow.consumer.bufferedCount(), 5);
    QVERIFY(!flow.consumer.start(&flow.application));
    QCOMPARE(flow.delivered, QList<qint64>()); // never from within the call
    flow.world.time.settle();
    QCOMPARE(flow.delivered, QList<qint64>({1, 2, 3, 4, 5}));
    QCOMPARE(flow.payloads.last(), "message 5");
}

void TestConsumerController::cc07_oneAtATime()
{
    Flow flow;
    flow.confirms = false;
    QVERIFY(!flow.begin());
    QCOMPARE(flow.send(4), 4);
    flow.world.time.advance(1h); // H32: nothing comes again by time
    QCOMPARE(flow.delivered, QList<qint64>({1}));
    QCOMPARE(flow.consumer.bufferedCount(), 3);
    QCOMPARE(flow.right.linkCount(), 1);
    QCOMPARE(flow.last.producerId(), u"producer"_s);
    for (int i = 2; i <= 4; ++i) {
        QVERIFY(!flow.confirm());
        QCOMPARE(flow.delivered.last(), i);
    }
    QVERIFY(!flow.confirm());
    QCOMPARE(flow.producer.confirmedSeqNr(), 4);
    QCOMPARE(flow.delivered, QList<qint64>({1, 2, 3, 4}));
}

// H35
void TestConsumerController::startAgain()
{
    Flow flow;
    flow.confirms = false;
    QVERIFY(!flow.begin());
    QCOMPARE(flow.send(2), 2);
    const Delivery first = flow.last;
    QVERIFY(!flow.consumer.start(&flow.application)); // the same object
    flow.world.time.settle();
    QCOMPARE(flow.delivered, QList<qint64>({1, 1}));
    QObject other;
    QVERIFY(!flow.consumer.start(&other));
    flow.world.time.settle();
    QCOMPARE(flow.delivered, QList<qint64>({1, 1, 1}));
    QCOMPARE(flow.last, first); // it is the same delivery: either copy confirms it
    QVERIFY(!flow.consumer.confirm(first));
    flow.world.time.settle();
    QCOMPARE(flow.consumer.confirm(flow.delivered.isEmpty() ? Delivery() : first).code(),
             Error::Code::AlreadyConfirmed);
    QVERIFY(!flow.consumer.start(&flow.application));
    flow.world.time.settle();
    QCOMPARE(flow.delivered, QList<qint64>({1, 1, 1, 2, 2}));
    QCOMPARE(flow.consumer.statistics().messages, quint64(2)); // counted once
}

void TestConsumerController::cc10_objectDestroyed()
{
    Flow flow;
    auto object = std::make_unique<QObject>();
    QSignalSpy stopped(&flow.consumer, &ConsumerController::stopped);
    QVERIFY(!flow.begin());
    QVERIFY(!flow.consumer.start(object.get()));
    QCOMPARE(flow.send(1), 1);
    flow.confirms = false;
    QCOMPARE(flow.send(2), 2);
    object.reset();
    QCOMPARE(stopped.size(), 0);
    flow.world.time.settle();
    QCOMPARE(stopped.size(), 1);
    QVERIFY(flow.consumer.isStopped());
    QCOMPARE(flow.confirm().code(), Error::Code::Stopped);
    QCOMPARE(flow.producer.confirmedSeqNr(), 1);
    QVERIFY(!flow.producer.isAttached());
    Rival next(flow.world); // it gets what was not confirmed
    QVERIFY(!next.takeFlow());
    QCOMPARE(next.delivered, QList<qint64>({2, 3}));
}

void TestConsumerController::cc11_objectDestroyedBeforeAnyMessage()
{
    for (const bool linked : {false, true}) {
        Flow flow;
        auto object = std::make_unique<QObject>();
        QSignalSpy stopped(&flow.consumer, &ConsumerController::stopped);
        if (linked)
            QVERIFY(!flow.begin());
        QVERIFY(!flow.consumer.start(object.get()));
        object.reset();
        flow.world.time.settle();
        QCOMPARE(stopped.size(), 1);
        QVERIFY(!flow.producer.isAttached());
    }
}

void TestConsumerController::replacedObjectDestroyed()
{
    Flow flow;
    auto former = std::make_unique<QObject>();
    QVERIFY(!flow.begin());
    QVERIFY(!flow.consumer.start(former.get()));
    QVERIFY(!flow.consumer.start(&flow.application));
    former.reset();
    flow.world.time.settle();
    QVERIFY(!flow.consumer.isStopped());
    QCOMPARE(flow.send(1), 1);
    QCOMPARE(flow.delivered, QList<qint64>({1}));
}

// ---- confirm

// H31
void TestConsumerController::confirmErrors()
{
    Flow flow;
    flow.confirms = false;
    QVERIFY(!flow.begin());
    QCOMPARE(flow.consumer.confirm({}).code(), Error::Code::NotDelivered);
    QCOMPARE(flow.send(3), 3);
    const Delivery first = flow.last;
    const Delivery made(u"producer"_s, 2, "message 2", first.token()); // arrived, not delivered
    QCOMPARE(flow.consumer.confirm(made).code(), Error::Code::NotDelivered);
    const Delivery forged(u"producer"_s, 1, "message 1", first.token() + 1);
    QCOMPARE(flow.consumer.confirm(forged).code(), Error::Code::NotDelivered);
    QCOMPARE(flow.consumer.confirm({}).code(), Error::Code::NotDelivered);
    flow.world.time.settle();
    QCOMPARE(flow.producer.confirmedSeqNr(), 0); // nothing was changed
    QVERIFY(!flow.consumer.confirm(first));
    QCOMPARE(flow.consumer.confirm(first).code(), Error::Code::AlreadyConfirmed);
    flow.world.time.settle();
    QCOMPARE(flow.delivered, QList<qint64>({1, 2}));
    // The second use of the first one does not confirm the second one.
    QCOMPARE(flow.consumer.confirm(first).code(), Error::Code::AlreadyConfirmed);
    flow.world.time.advance(1ms);
    QCOMPARE(flow.producer.confirmedSeqNr(), 1);
    QCOMPARE(flow.delivered, QList<qint64>({1, 2}));
}

void TestConsumerController::confirmOfOtherController()
{
    Flow flow;
    flow.confirms = false;
    QVERIFY(!flow.begin());
    Flow other;
    other.confirms = false;
    other.world.seed = 77; // other random numbers than in the first world
    TestNode node(other.world, nodeNamed(u"third"_s));
    ConsumerController third(u"third"_s, &node);
    QVERIFY(!other.link());
    QVERIFY(!other.producer.start(this));
    QVERIFY(!node.connectTo(FlowAddress));
    QVERIFY(!third.start(this));
    QVERIFY(!third.registerToProducerController(u"producer"_s));
    Delivery foreign;
    connect(&third, &ConsumerController::delivered, this,
            [&](const Delivery &delivery) { foreign = delivery; });
    other.world.time.settle();
    QCOMPARE(flow.send(1), 1);
    QCOMPARE(other.send(1), 1);
    QCOMPARE(foreign.seqNr(), flow.last.seqNr());
    QCOMPARE(flow.consumer.confirm(foreign).code(), Error::Code::NotDelivered);
    QCOMPARE(third.confirm(flow.last).code(), Error::Code::NotDelivered);
    QVERIFY(!third.confirm(foreign));
}

void TestConsumerController::confirmOfOldNumbering()
{
    Flow flow;
    flow.confirms = false;
    QVERIFY(!flow.begin());
    auto producer = std::make_unique<ProducerController>(u"other"_s, &flow.left);
    QVERIFY(!producer->start(this));
    QVERIFY(!flow.consumer.registerToProducerController(u"other"_s));
    flow.world.time.settle();
    QVERIFY(producer->send("old"));
    flow.world.time.settle();
    const Delivery old = flow.last;
    producer = nullptr;
    producer = std::make_unique<ProducerController>(u"other"_s, &flow.left);
    QVERIFY(!producer->start(this));
    flow.world.time.settle();
    QVERIFY(producer->send("new"));
    flow.world.time.settle();
    QCOMPARE(flow.last, old); // still outstanding: the new one waits
    QVERIFY(!flow.consumer.confirm(old));
    QCOMPARE(flow.consumer.confirm(old).code(), Error::Code::AlreadyConfirmed);
    flow.world.time.settle();
    QCOMPARE(flow.last.seqNr(), old.seqNr()); // the same number of the new producer
    QCOMPARE(flow.last.payload(), "new");
    QCOMPARE(producer->confirmedSeqNr(), 0);
    QCOMPARE(flow.consumer.confirm(old).code(), Error::Code::AlreadyConfirmed);
    flow.world.time.settle();
    QCOMPARE(producer->confirmedSeqNr(), 0);
    QVERIFY(!flow.confirm());
    QCOMPARE(producer->confirmedSeqNr(), 1);
}

// H3
void TestConsumerController::positionOfDelivery()
{
    const ConsumerPosition none;
    Flow flow;
    flow.confirms = false;
    QVERIFY(!flow.begin());
    QCOMPARE(flow.consumer.positionOf({}), none);
    QCOMPARE(flow.send(3), 3);
    const Delivery first = flow.last;
    const ConsumerPosition position = flow.consumer.positionOf(first);
    QCOMPARE(position.producerId, u"producer"_s);
    QCOMPARE(position.confirmedSeqNr, 1);
    QVERIFY(!position.streamId.isNull());
    QCOMPARE(flow.consumer.position().confirmedSeqNr, 0); // nothing was changed
    const Delivery forged(u"producer"_s, 1, "message 1", first.token() + 1);
    QCOMPARE(flow.consumer.positionOf(forged), none);
    const Delivery later(u"producer"_s, 2, "message 2", first.token()); // arrived, not delivered
    QCOMPARE(flow.consumer.positionOf(later), none);

    QVERIFY(!flow.consumer.confirm(first));
    QCOMPARE(flow.consumer.positionOf(first), none);
    QCOMPARE(flow.consumer.position(), position);
    flow.world.time.settle();
    QCOMPARE(flow.consumer.positionOf(flow.last).confirmedSeqNr, 2);
    QCOMPARE(flow.consumer.positionOf(flow.last).streamId, position.streamId);
}

/*! What is delivered of a producer that began anew is no position in the new numbering. */
void TestConsumerController::positionOfOldNumbering()
{
    Flow flow;
    flow.confirms = false;
    QVERIFY(!flow.begin());
    auto producer = std::make_unique<ProducerController>(u"other"_s, &flow.left);
    const auto beginAnew = [&] {
        producer.reset();
        producer = std::make_unique<ProducerController>(u"other"_s, &flow.left);
        QVERIFY(!producer->start(this));
        flow.world.time.settle();
    };
    beginAnew();
    QVERIFY(!flow.consumer.registerToProducerController(u"other"_s));
    flow.world.time.settle();
    QVERIFY(producer->send("old"));
    flow.world.time.settle();
    const ConsumerPosition old = flow.consumer.positionOf(flow.last);
    QCOMPARE(old.confirmedSeqNr, 1);
    beginAnew();
    QVERIFY(producer->send("new"));
    flow.world.time.settle();
    QCOMPARE(flow.last.payload(), "old"); // still outstanding
    QCOMPARE(flow.consumer.positionOf(flow.last), ConsumerPosition());
    QVERIFY(!flow.confirm());
    QCOMPARE(flow.last.payload(), "new");
    const ConsumerPosition anew = flow.consumer.positionOf(flow.last);
    QCOMPARE(anew.confirmedSeqNr, 1);
    QVERIFY(anew.streamId != old.streamId);
}

void TestConsumerController::confirmWithoutLink()
{
    Flow flow;
    flow.confirms = false;
    QVERIFY(!flow.begin());
    QCOMPARE(flow.send(3), 3);
    flow.world.network.cutAll();
    flow.world.time.settle();
    QVERIFY(!flow.consumer.isAttached());
    QVERIFY(!flow.confirm());
    QCOMPARE(flow.delivered, QList<qint64>({1, 2})); // what is here is delivered
    flow.world.time.advance(1s);
    QVERIFY(flow.consumer.isAttached());
    QCOMPARE(flow.producer.confirmedSeqNr(), 1);
    QCOMPARE(flow.delivered, QList<qint64>({1, 2})); // the outstanding one is not repeated
    QVERIFY(!flow.confirm());
    QCOMPARE(flow.delivered, QList<qint64>({1, 2, 3}));
    QCOMPARE(flow.producer.statistics().resent, quint64(0));
}

// ---- the end

void TestConsumerController::cc15_stop()
{
    Flow flow;
    flow.confirms = false;
    QSignalSpy stopped(&flow.consumer, &ConsumerController::stopped);
    QSignalSpy attached(&flow.consumer, &ConsumerController::attachedChanged);
    QVERIFY(!flow.begin());
    attached.clear();
    QCOMPARE(flow.send(3), 3);
    QVERIFY(!flow.confirm());
    QVERIFY(!flow.consumer.confirm(flow.last)); // and before that leaves:
    flow.consumer.stop();
    QVERIFY(flow.consumer.isStopped());
    QVERIFY(!flow.consumer.isAttached());
    QCOMPARE(stopped.size(), 0);
    flow.world.time.settle();
    QCOMPARE(stopped.size(), 1);
    QCOMPARE(attached.size(), 1);
    QCOMPARE(flow.producer.confirmedSeqNr(), 2);
    QCOMPARE(flow.delivered, QList<qint64>({1, 2}));
    QVERIFY(!flow.producer.isAttached());
}

void TestConsumerController::stopIsFinal()
{
    Flow flow;
    QSignalSpy stopped(&flow.consumer, &ConsumerController::stopped);
    QVERIFY(!flow.begin());
    flow.consumer.stop();
    flow.consumer.stop();
    flow.consumer.deliverThenStop();
    flow.world.time.settle();
    QCOMPARE(stopped.size(), 1);
    QCOMPARE(flow.consumer.start(this).code(), Error::Code::Stopped);
    QCOMPARE(flow.consumer.registerToProducerController(u"producer"_s).code(),
             Error::Code::Stopped);
    QCOMPARE(flow.consumer.producerNodeId(), QString());
    // The id is free.
    ConsumerController next(u"consumer"_s, &flow.right);
    QVERIFY(!next.start(this));
    QVERIFY(!next.registerToProducerController(u"producer"_s));
    flow.world.time.settle();
    QVERIFY(next.isAttached());
}

void TestConsumerController::deliverThenStop()
{
    Flow flow;
    flow.confirms = false;
    QSignalSpy stopped(&flow.consumer, &ConsumerController::stopped);
    QVERIFY(!flow.begin());
    QCOMPARE(flow.send(3), 3);
    flow.consumer.deliverThenStop();
    flow.consumer.deliverThenStop();
    QCOMPARE(flow.send(2), 2); // too late for this consumer
    for (int i = 1; i <= 3; ++i) {
        QCOMPARE(stopped.size(), 0);
        QCOMPARE(flow.delivered.last(), i);
        QVERIFY(!flow.confirm());
    }
    QCOMPARE(stopped.size(), 1);
    QVERIFY(flow.consumer.isStopped());
    QCOMPARE(flow.delivered, QList<qint64>({1, 2, 3}));
    QCOMPARE(flow.producer.confirmedSeqNr(), 3);
    Rival next(flow.world);
    QVERIFY(!next.takeFlow());
    QCOMPARE(next.delivered, QList<qint64>({4, 5}));
}

void TestConsumerController::deliverThenStopWithoutMessages_data()
{
    QTest::addColumn<bool>("linked");
    QTest::addColumn<bool>("started");
    QTest::newRow("attached") << true << true;
    QTest::newRow("no link") << false << true;
    QTest::newRow("not started") << false << false;
}

// H37
void TestConsumerController::deliverThenStopWithoutMessages()
{
    QFETCH(const bool, linked);
    QFETCH(const bool, started);
    Flow flow;
    QSignalSpy stopped(&flow.consumer, &ConsumerController::stopped);
    if (linked)
        QVERIFY(!flow.begin());
    else if (started)
        QVERIFY(!flow.consumer.start(&flow.application));
    flow.consumer.deliverThenStop();
    flow.world.time.settle();
    QCOMPARE(stopped.size(), 1);
}

// ---- windows and numbers

void TestConsumerController::cc19_onlyFlowControl()
{
    Flow flow({.flowControlWindow = 3, .onlyFlowControl = true});
    flow.confirms = false;
    QVERIFY(!flow.begin());
    QCOMPARE(flow.send(10), 3);
    QVERIFY(!flow.confirm());
    flow.world.network.wire()->setHeld(MemoryWire::Acceptor, true);
    QCOMPARE(flow.send(10), 1); // number 4 is lost
    flow.world.network.cutAll();
    flow.world.time.advance(1s);
    for (int i = 0; i < 2; ++i)
        QVERIFY(!flow.confirm());
    QCOMPARE(flow.delivered, QList<qint64>({1, 2, 3}));
    QCOMPARE(flow.producer.confirmedSeqNr(), 4); // the loss does not eat the window
    QCOMPARE(flow.send(10), 3);
    QVERIFY(!flow.confirm());
    QCOMPARE(flow.delivered, QList<qint64>({1, 2, 3, 5, 6}));
}

void TestConsumerController::h23_smallerWindow()
{
    Flow flow({.flowControlWindow = 20});
    flow.confirms = false;
    QVERIFY(!flow.begin());
    QCOMPARE(flow.send(10), 10);
    TestNode node(flow.world, nodeNamed(u"small"_s));
    ConsumerController small(u"small"_s, {.flowControlWindow = 2}, &node);
    Delivery last;
    connect(&small, &ConsumerController::delivered, this,
            [&](const Delivery &delivery) { last = delivery; });
    QVERIFY(!small.start(this));
    QVERIFY(!node.connectTo(FlowAddress));
    QVERIFY(!small.registerToProducerController(u"producer"_s));
    flow.world.time.settle();
    QCOMPARE(small.bufferedCount(), 1);
    for (int i = 1; i <= 10; ++i) {
        QCOMPARE(last.seqNr(), i);
        QVERIFY(small.bufferedCount() <= 1);
        QVERIFY(!small.confirm(last));
        flow.world.time.settle();
    }
    QCOMPARE(flow.producer.confirmedSeqNr(), 10);
    QCOMPARE(flow.send(10), 2);
}

void TestConsumerController::statistics()
{
    Flow flow;
    QVERIFY(!flow.begin());
    QCOMPARE(flow.send(3), 3);
    flow.world.network.cutAll();
    flow.world.time.advance(1s);
    const FlowStatistics expected{.messages = 3, .bytes = 27, .confirmed = 3, .attachments = 2};
    QCOMPARE(flow.consumer.statistics(), expected);
    QCOMPARE(flow.consumer.settings(), ConsumerSettings());
}

QTEST_GUILESS_MAIN(TestConsumerController)
#include "tst_consumercontroller.moc"
