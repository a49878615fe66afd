// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "flow.h"
#include "nodelog.h"

#include <QFuture>
#include <QRegularExpression>
#include <QTest>

using namespace QtDelivery;
using namespace TestSupport;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

// The end of a node, with and without close(). H5, H10, H70 of tests/coverage.md.

class TestNodeClose : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void exactlyOnce_data();
    void exactlyOnce();
    void bothAtOnce();
    void confirmationsLeaveFirst();
    void everythingAcceptedIsWritten();
    void peerNeverReads();
    void peerReadsTooSlowly();
    void peerNeverCloses();
    void peerClosesTooLate();
    void functionsAfterwards();
    void controllersEnd_data();
    void controllersEnd();
    void controllersWithoutNode();
    void confirmedFuturesSucceed();
};

namespace {

enum class Before { NoLink, Idle, Attached, Connecting, Refused, Handshaking };

} // namespace

void TestNodeClose::exactlyOnce_data()
{
    QTest::addColumn<Before>("before");
    QTest::addColumn<bool>("takesTime");
    QTest::newRow("no link") << Before::NoLink << false;
    QTest::newRow("idle link") << Before::Idle << false;
    QTest::newRow("flow") << Before::Attached << false;
    QTest::newRow("connecting") << Before::Connecting << false;
    QTest::newRow("waiting for the next attempt") << Before::Refused << false;
    QTest::newRow("handshaking") << Before::Handshaking << true;
}

void TestNodeClose::exactlyOnce()
{
    QFETCH(const Before, before);
    QFETCH(const bool, takesTime);
    Flow flow;
    QSignalSpy closed(&flow.right, &DeliveryNode::closed);
    flow.world.network.setSilent(before == Before::Connecting);
    flow.world.network.setHeld(before == Before::Handshaking);
    if (before == Before::Attached) {
        QVERIFY(!flow.begin());
        QCOMPARE(flow.send(3), 3);
    } else if (before == Before::Refused) {
        QVERIFY(!flow.right.connectTo(FlowAddress));
    } else if (before != Before::NoLink) {
        QVERIFY(!flow.link());
    }
    flow.world.time.settle();
    flow.right.close();
    flow.right.close();
    QCOMPARE(closed.size(), 0); // never from within the call
    flow.world.time.settle();
    QCOMPARE(closed.size(), takesTime ? 0 : 1);
    flow.world.time.advance(flow.right.settings().closeTimeout);
    QCOMPARE(closed.size(), 1);
    QCOMPARE(flow.right.linkCount(), 0);
    QCOMPARE(flow.left.linkCount(), 0);
    flow.right.close();
    flow.world.time.advance(1min);
    QCOMPARE(closed.size(), 1);
    QVERIFY(flow.world.network.wires().isEmpty());
}

void TestNodeClose::bothAtOnce()
{
    Flow flow;
    QVERIFY(!flow.begin());
    QSignalSpy leftClosed(&flow.left, &DeliveryNode::closed);
    QSignalSpy rightClosed(&flow.right, &DeliveryNode::closed);
    flow.left.close();
    flow.right.close();
    flow.world.time.settle();
    QCOMPARE(leftClosed.size(), 1);
    QCOMPARE(rightClosed.size(), 1);
}

void TestNodeClose::confirmationsLeaveFirst()
{
    // The slot that confirms the last message closes the node.
    Flow flow;
    NodeLog log(&flow.left);
    flow.confirms = false;
    connect(&flow.consumer, &ConsumerController::delivered, this, [&](const Delivery &delivery) {
        QVERIFY(!flow.consumer.confirm(delivery));
        if (delivery.seqNr() == 5)
            flow.right.close();
    });
    QVERIFY(!flow.begin());
    QCOMPARE(flow.send(5), 5);
    QCOMPARE(flow.producer.confirmedSeqNr(), 5);
    const QStringList lines = log.take();
    QVERIFY(lines.contains(u"linkDown right Closed"_s));
    QVERIFY(lines.contains(u"consumerWithdrawn consumer right"_s));
}

void TestNodeClose::everythingAcceptedIsWritten()
{
    Flow flow;
    QVERIFY(!flow.begin());
    const auto wire = flow.world.network.wire();
    wire->setHeld(MemoryWire::Acceptor, true);
    wire->setCapacity(MemoryWire::Acceptor, 1000);
    QCOMPARE(flow.send(500), 500);
    QSignalSpy closed(&flow.left, &DeliveryNode::closed);
    flow.left.close();
    wire->setPiece(100);
    wire->setHeld(MemoryWire::Acceptor, false);
    flow.world.time.settle();
    QCOMPARE(flow.delivered.size(), 500);
    QCOMPARE(closed.size(), 1);
}

void TestNodeClose::peerNeverReads()
{
    Flow flow({.flowControlWindowBytes = 8 << 20});
    QVERIFY(!flow.begin());
    flow.world.network.wire()->setHeld(true);
    flow.world.network.wire()->setCapacity(MemoryWire::Acceptor, 1000);
    for (int i = 0; i < 10; ++i) {
        QVERIFY(flow.producer.send(QByteArray(100'000, 'x')));
        flow.world.time.settle();
    }
    QSignalSpy closed(&flow.left, &DeliveryNode::closed);
    const auto limit = flow.left.settings().closeTimeout;
    flow.left.close();
    flow.world.time.advance(limit - 1ms);
    QCOMPARE(closed.size(), 0);
    flow.world.time.advance(1ms);
    QCOMPARE(closed.size(), 1);
}

void TestNodeClose::peerReadsTooSlowly()
{
    // There is progress all the time, and there would be for long: the limit counts from close().
    Flow flow({.flowControlWindowBytes = 8 << 20});
    QVERIFY(!flow.begin());
    const auto wire = flow.world.network.wire();
    wire->setHeld(MemoryWire::Acceptor, true);
    wire->setCapacity(MemoryWire::Acceptor, 1000);
    for (int i = 0; i < 10; ++i) {
        QVERIFY(flow.producer.send(QByteArray(100'000, 'x')));
        flow.world.time.settle();
    }
    QSignalSpy closed(&flow.left, &DeliveryNode::closed);
    const auto limit = flow.left.settings().closeTimeout;
    flow.left.close();
    for (auto time = 0ms; time < limit; time += 100ms) {
        QCOMPARE(closed.size(), 0);
        QVERIFY(wire->deliver(MemoryWire::Acceptor, 1000) > 0);
        flow.world.time.advance(100ms);
    }
    QCOMPARE(closed.size(), 1);
}

void TestNodeClose::peerNeverCloses()
{
    // All is written at once, but the peer's end of the connection stays open.
    Flow flow;
    QVERIFY(!flow.begin());
    QCOMPARE(flow.send(1), 1);
    flow.world.network.wire()->vanish();
    QSignalSpy closed(&flow.left, &DeliveryNode::closed);
    flow.left.close();
    flow.world.time.advance(flow.left.settings().closeTimeout - 1ms);
    QCOMPARE(closed.size(), 0);
    QCOMPARE(flow.left.linkCount(), 0); // that much is decided
    flow.world.time.advance(1ms);
    QCOMPARE(closed.size(), 1);
}

void TestNodeClose::peerClosesTooLate()
{
    // Our Close leaves shortly before the time is over: the peer's does not get as long again.
    Flow flow({.flowControlWindowBytes = 8 << 20});
    QVERIFY(!flow.begin());
    const auto wire = flow.world.network.wire();
    wire->setHeld(true);
    wire->setCapacity(MemoryWire::Acceptor, 1000);
    for (int i = 0; i < 10; ++i) {
        QVERIFY(flow.producer.send(QByteArray(100'000, 'x')));
        flow.world.time.settle();
    }
    QSignalSpy closed(&flow.left, &DeliveryNode::closed);
    flow.left.close();
    flow.world.time.advance(flow.left.settings().closeTimeout - 1ms);
    wire->setHeld(MemoryWire::Acceptor, false);
    flow.world.time.settle();
    QCOMPARE(flow.right.linkCount(), 0);
    QCOMPARE(closed.size(), 0);
    flow.world.time.advance(1ms);
    QCOMPARE(closed.size(), 1);
}

void TestNodeClose::functionsAfterwards()
{
    Flow flow;
    QVERIFY(!flow.begin());
    flow.left.close();
    for (const Error &error : {flow.left.listen(FlowAddress), flow.left.connectTo(FlowAddress),
                               flow.left.disconnectFrom(FlowAddress)})
        QCOMPARE(error.code(), Error::Code::Stopped);
    QVERIFY(flow.left.listeningUrls().isEmpty());
    QCOMPARE(flow.producer.send("x").error().code(), Error::Code::Stopped);
    ProducerController late(u"late"_s, &flow.left);
    QCOMPARE(late.start(this).code(), Error::Code::Stopped);
    ConsumerController lateConsumer(u"late"_s, &flow.left);
    QCOMPARE(lateConsumer.start(this).code(), Error::Code::Stopped);
    // Nobody comes in any more.
    flow.world.time.advance(1h);
    QCOMPARE(flow.right.linkCount(), 0);
    QVERIFY(flow.world.network.attempts() > 10);
}

void TestNodeClose::controllersEnd_data()
{
    QTest::addColumn<bool>("destroyed");
    QTest::newRow("closed") << false;
    QTest::newRow("destroyed") << true;
}

void TestNodeClose::controllersEnd()
{
    QFETCH(const bool, destroyed);
    VirtualWorld world;
    auto node = std::make_unique<TestNode>(world);
    QVERIFY(!node->listen(FlowAddress));
    ProducerController producer(u"producer"_s, node.get());
    ConsumerController consumer(u"unattached"_s, node.get());
    QVERIFY(!producer.start(this));
    QVERIFY(!consumer.start(this));
    Rival rival(world);
    rival.consumer.disconnect(&rival.node); // confirms nothing
    QVERIFY(!rival.takeFlow());
    QFuture<SendResult> future = producer.sendTracked("x");
    int answers = 0;
    future.then([&](const SendResult &result) {
        ++answers;
        QCOMPARE(result.error().code(), Error::Code::Stopped);
    });
    world.time.settle();
    QVERIFY(producer.demand() && producer.isAttached());
    QSignalSpy demandChanged(&producer, &ProducerController::demandChanged);
    QSignalSpy attachedChanged(&producer, &ProducerController::attachedChanged);
    QSignalSpy requestNext(&producer, &ProducerController::requestNext);
    QSignalSpy stopped(&consumer, &ConsumerController::stopped);
    if (destroyed)
        node.reset();
    else
        node->close();
    // Nothing is told from within.
    QCOMPARE(answers + demandChanged.size() + attachedChanged.size() + stopped.size(), 0);
    QVERIFY(!producer.demand());
    world.time.settle();
    QCOMPARE(answers, 1);
    QCOMPARE(demandChanged.size(), 1);
    QCOMPARE(attachedChanged.size(), 1);
    QCOMPARE(requestNext.size(), 0);
    QCOMPARE(stopped.size(), 1);
    QVERIFY(!producer.isAttached());
    QVERIFY(consumer.isStopped());
    QCOMPARE(producer.start(this).code(), Error::Code::Stopped);
    QCOMPARE(producer.registerConsumer(u"x"_s).code(), Error::Code::Stopped);
    QCOMPARE(producer.send("x").error().code(), Error::Code::Stopped);
    QCOMPARE(consumer.start(this).code(), Error::Code::Stopped);
    QCOMPARE(consumer.registerToProducerController(u"x"_s).code(), Error::Code::Stopped);
    QCOMPARE(consumer.confirm({}).code(), Error::Code::Stopped);
    consumer.stop();
    consumer.deliverThenStop();
    world.time.settle();
    QCOMPARE(stopped.size(), 1);
}

void TestNodeClose::controllersWithoutNode()
{
    // They outlive their node and are deleted in any order, as its children too.
    VirtualWorld world;
    auto node = std::make_unique<TestNode>(world);
    auto *const child = new ProducerController(u"child"_s, node.get(), node.get());
    QVERIFY(!child->start(node.get()));
    auto producer = std::make_unique<ProducerController>(u"producer"_s, node.get());
    auto consumer = std::make_unique<ConsumerController>(u"consumer"_s, node.get());
    QVERIFY(!consumer->start(this));
    node.reset();
    consumer.reset();
    world.time.settle();
    producer.reset();
    world.time.settle();
}

void TestNodeClose::confirmedFuturesSucceed()
{
    // The confirmation has arrived, its signal has not left: the end does not make it a failure.
    Flow flow;
    auto producer = std::make_unique<ProducerController>(u"tracked"_s, &flow.left);
    QVERIFY(!flow.link());
    QVERIFY(!producer->start(this));
    QVERIFY(!flow.consumer.start(this));
    QVERIFY(!flow.consumer.registerToProducerController(u"tracked"_s));
    flow.world.time.settle();
    const auto wire = flow.world.network.wire();
    wire->setHeld(MemoryWire::Initiator, true);
    const QFuture<SendResult> first = producer->sendTracked("x");
    flow.world.time.settle();
    QVERIFY(wire->deliver(MemoryWire::Initiator, 1000) > 0); // and no turn after it
    QCOMPARE(producer->confirmedSeqNr(), 1);
    QVERIFY(!first.isFinished());
    producer.reset();
    QVERIFY(first.isFinished());
    QCOMPARE(first.result().seqNr(), 1);
}

QTEST_GUILESS_MAIN(TestNodeClose)
#include "tst_nodeclose.moc"
