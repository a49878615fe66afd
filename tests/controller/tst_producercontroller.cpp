// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "flow.h"

#include <QFuture>
#include <QRegularExpression>
#include <QTest>

using namespace QtDelivery;
using namespace TestSupport;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

// The producer's controller as an application sees it. Names PC-… and H… are ids of
// tests/coverage.md.

class TestProducerController : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void start();
    void startAgain();
    void objectDestroyed();
    void demand();
    void sendRefused();
    void tooLarge();
    void smallerPeerLimit();
    void refusesPickyConsumer();
    void pc05_answers();
    void pc09_answersWithoutResend();
    void refusedTracked();
    void destroyedAnswers();
    void pc02_resendAfterLinkLoss();
    void pc04_newConsumer();
    void pc08_noResend();
    void windowBounds_data();
    void windowBounds();
    void ownBounds();
    void statistics();
};

// ---- start

void TestProducerController::start()
{
    Flow flow;
    QSignalSpy requestNext(&flow.producer, &ProducerController::requestNext);
    QVERIFY(!flow.link());
    QVERIFY(!flow.consumer.start(&flow.application));
    QVERIFY(!flow.consumer.registerToProducerController(u"producer"_s));
    flow.world.time.settle();
    QVERIFY(flow.producer.isAttached());
    QCOMPARE(requestNext.size(), 0);
    QCOMPARE(flow.producer.send("x").error().code(), Error::Code::NotStarted);
    QVERIFY(!flow.producer.start(&flow.application));
    QCOMPARE(requestNext.size(), 0); // never from within the call
    flow.world.time.settle();
    QCOMPARE(requestNext.size(), 1);
    const auto next = requestNext[0][0].value<RequestNext>();
    QCOMPARE(next, RequestNext(u"producer"_s, 1, 0));
}

void TestProducerController::startAgain()
{
    Flow flow;
    QSignalSpy requestNext(&flow.producer, &ProducerController::requestNext);
    QVERIFY(!flow.begin());
    QCOMPARE(requestNext.size(), 1);
    QVERIFY(!flow.producer.start(&flow.application)); // the same object asks again
    flow.world.time.settle();
    QCOMPARE(requestNext.size(), 2);
    QCOMPARE(requestNext[1][0].value<RequestNext>().currentSeqNr(), 1);
    auto other = std::make_unique<QObject>();
    QVERIFY(!flow.producer.start(other.get()));
    flow.world.time.settle();
    QCOMPARE(requestNext.size(), 3);
    QVERIFY(flow.producer.send("one permission")); // not three
    QCOMPARE(flow.producer.send("x").error().code(), Error::Code::NoDemand);
    flow.world.time.settle();
    QCOMPARE(requestNext.size(), 4);
    QCOMPARE(flow.delivered, QList<qint64>({1}));
}

void TestProducerController::objectDestroyed()
{
    Flow flow;
    auto object = std::make_unique<QObject>();
    auto former = std::make_unique<QObject>();
    QSignalSpy requestNext(&flow.producer, &ProducerController::requestNext);
    QVERIFY(!flow.begin());
    QVERIFY(!flow.producer.start(former.get()));
    QVERIFY(!flow.producer.start(object.get()));
    flow.world.time.settle();
    QCOMPARE(flow.send(1), 1);
    requestNext.clear();
    former.reset(); // it was replaced: nothing happens
    QVERIFY(flow.producer.send("x"));
    flow.world.time.settle();
    QCOMPARE(requestNext.size(), 1);
    object.reset();
    // The permission that was given may still be used; then none comes.
    QVERIFY(flow.producer.send("x"));
    flow.world.time.settle();
    QCOMPARE(requestNext.size(), 1);
    QCOMPARE(flow.producer.confirmedSeqNr(), 3);
    QVERIFY(!flow.producer.demand());
    QVERIFY(!flow.producer.start(this));
    flow.world.time.settle();
    QCOMPARE(requestNext.size(), 2);
    QVERIFY(flow.producer.demand());
}

// ---- demand and refusals

void TestProducerController::demand()
{
    Flow flow({.flowControlWindow = 2});
    flow.confirms = false;
    QSignalSpy changed(&flow.producer, &ProducerController::demandChanged);
    QVERIFY(!flow.producer.demand());
    QVERIFY(!flow.begin());
    QVERIFY(flow.producer.demand());
    QCOMPARE(changed.size(), 1);
    QVERIFY(flow.producer.send("1"));
    QVERIFY(!flow.producer.demand());
    flow.world.time.settle();
    QVERIFY(flow.producer.demand());
    QVERIFY(flow.producer.send("2"));
    changed.clear();
    flow.world.time.settle();
    QVERIFY(!flow.producer.demand()); // the window is full
    QCOMPARE(changed.size(), 1);
    QCOMPARE(flow.producer.send("3").error().code(), Error::Code::NoDemand);
    QVERIFY(!flow.confirm());
    QVERIFY(flow.producer.demand());
    QCOMPARE(changed.size(), 2);
    // A lost link takes nothing back: the last grant still bounds the buffer.
    flow.world.network.cutAll();
    flow.world.time.settle();
    QVERIFY(flow.producer.demand());
    QVERIFY(!flow.producer.isAttached());
}

void TestProducerController::sendRefused()
{
    Flow flow;
    QCOMPARE(flow.producer.send("x").error().code(), Error::Code::NotStarted);
    QVERIFY(!flow.producer.start(&flow.application));
    flow.world.time.settle();
    QCOMPARE(flow.producer.send("x").error().code(), Error::Code::NoDemand); // no consumer yet
    QCOMPARE(flow.producer.currentSeqNr(), 1);
    QCOMPARE(flow.producer.unconfirmedCount(), 0);
    QVERIFY(!flow.begin());
    QCOMPARE(flow.producer.send("x").seqNr(), 1);
    QCOMPARE(flow.producer.send("y").error().code(), Error::Code::NoDemand);
    QCOMPARE(flow.producer.currentSeqNr(), 2);
    QCOMPARE(flow.producer.unconfirmedCount(), 1);
    flow.world.time.settle();
    QCOMPARE(flow.payloads, QByteArrayList({"x"}));
}

void TestProducerController::tooLarge()
{
    Flow flow({}, {.maxMessageSize = 10});
    QVERIFY(!flow.begin());
    QCOMPARE(flow.producer.send(QByteArray(11, 'x')).error().code(), Error::Code::PayloadTooLarge);
    QVERIFY(flow.producer.demand()); // the permission stays
    QVERIFY(flow.producer.send(QByteArray(10, 'x')));
    flow.world.time.settle();
    QVERIFY(flow.producer.send({})); // an empty one is a message like any other
    flow.world.time.settle();
    QCOMPARE(flow.payloads, QByteArrayList({QByteArray(10, 'x'), QByteArray()}));
}

void TestProducerController::smallerPeerLimit()
{
    Flow flow({.maxMessageSize = 5});
    QVERIFY(!flow.begin());
    QCOMPARE(flow.producer.send("123456").error().code(), Error::Code::PayloadTooLarge);
    QVERIFY(flow.producer.send("12345"));
    flow.world.time.settle();
    QCOMPARE(flow.payloads, QByteArrayList({"12345"}));
    // So does the node's longest frame, if messages do not travel in chunks.
    VirtualWorld world;
    TestNode left(world);
    TestNode right(world, {.maxFrameLength = 64 * 1024});
    ProducerController producer(u"producer"_s, {.chunkLargeMessages = 0}, &left);
    ConsumerController consumer(u"consumer"_s, &right);
    QVERIFY(!left.listen(FlowAddress));
    QVERIFY(!right.connectTo(FlowAddress));
    QVERIFY(!producer.start(this));
    QVERIFY(!consumer.start(this));
    QVERIFY(!consumer.registerToProducerController(u"producer"_s));
    QSignalSpy delivered(&consumer, &ConsumerController::delivered);
    world.time.settle();
    QCOMPARE(producer.send(QByteArray(64 * 1024, 'x')).error().code(),
             Error::Code::PayloadTooLarge);
    QVERIFY(producer.send(QByteArray(64 * 1024 - 1024, 'x')));
    world.time.settle();
    QCOMPARE(delivered.size(), 1);
    QCOMPARE(right.linkCount(), 1);
}

void TestProducerController::refusesPickyConsumer()
{
    Flow flow;
    flow.confirms = false;
    QVERIFY(!flow.begin());
    QCOMPARE(flow.send(1), 1);
    Rival picky(flow.world, {.maxMessageSize = 3});
    QVERIFY(!picky.takeFlow());
    QCOMPARE(flow.producerErrors, QList<Error::Code>({Error::Code::PayloadTooLarge}));
    QCOMPARE(picky.errors, QList<Error::Code>({Error::Code::PayloadTooLarge}));
    QVERIFY(!picky.consumer.isAttached());
    QVERIFY(flow.consumer.isAttached()); // the flow stays where it was
    QCOMPARE(flow.consumerErrors, QList<Error::Code>());
    flow.world.time.advance(1h);
    QCOMPARE(picky.errors.size(), 1); // it does not try again by itself
    QVERIFY(!flow.confirm());
    QVERIFY(!picky.takeFlow()); // now there is nothing too large
    QVERIFY(picky.consumer.isAttached());
}

// ---- futures

void TestProducerController::pc05_answers()
{
    Flow flow;
    flow.confirms = false;
    QVERIFY(!flow.begin());
    QList<qint64> answers;
    const auto ask = [&] {
        flow.producer.sendTracked("x").then(
            [&](const SendResult &result) { answers.append(result.seqNr()); });
        flow.world.time.settle();
    };
    ask();
    QCOMPARE(answers, QList<qint64>());
    QVERIFY(!flow.confirm());
    QCOMPARE(answers, QList<qint64>({1}));
    ask();
    ask();
    // Both confirmations are lost with the link and come with the next.
    flow.world.network.wire()->setHeld(MemoryWire::Initiator, true);
    QVERIFY(!flow.confirm());
    QVERIFY(!flow.confirm());
    QCOMPARE(answers, QList<qint64>({1}));
    flow.world.network.cutAll();
    flow.world.time.advance(1s);
    QCOMPARE(answers, QList<qint64>({1, 2, 3}));
    QCOMPARE(flow.delivered, QList<qint64>({1, 2, 3}));
}

void TestProducerController::pc09_answersWithoutResend()
{
    Flow flow({.onlyFlowControl = true});
    QVERIFY(!flow.begin());
    const auto wire = flow.world.network.wire();
    wire->setHeld(MemoryWire::Acceptor, true);
    QList<SendResult> answers;
    for (int i = 0; i < 3; ++i) {
        flow.producer.sendTracked("x").then(
            [&](const SendResult &result) { answers.append(result); });
        flow.world.time.settle();
    }
    wire->cut(); // the three are lost for ever
    flow.world.time.advance(10s);
    QVERIFY(flow.consumer.isAttached());
    QCOMPARE(answers.size(), 3);
    QCOMPARE(answers.last().seqNr(), 3);
    QCOMPARE(flow.delivered, QList<qint64>());
}

void TestProducerController::refusedTracked()
{
    Flow flow;
    const QFuture<SendResult> notStarted = flow.producer.sendTracked("x");
    QVERIFY(notStarted.isFinished());
    QCOMPARE(notStarted.result().error().code(), Error::Code::NotStarted);
    QVERIFY(!flow.begin());
    QVERIFY(flow.producer.send("x"));
    const QFuture<SendResult> noDemand = flow.producer.sendTracked("x");
    QVERIFY(noDemand.isFinished());
    QCOMPARE(noDemand.result().error().code(), Error::Code::NoDemand);
    QCOMPARE(noDemand.resultCount(), 1);
}

void TestProducerController::destroyedAnswers()
{
    Flow flow;
    auto producer = std::make_unique<ProducerController>(u"tracked"_s, &flow.left);
    flow.confirms = false;
    QVERIFY(!flow.begin());
    QVERIFY(!producer->start(this));
    QVERIFY(!flow.consumer.registerToProducerController(u"tracked"_s));
    flow.world.time.settle();
    const QFuture<SendResult> first = producer->sendTracked("x");
    flow.world.time.settle();
    const QFuture<SendResult> second = producer->sendTracked("y");
    flow.world.time.settle();
    QVERIFY(!flow.confirm());
    QCOMPARE(first.result().seqNr(), 1);
    QVERIFY(!second.isFinished());
    producer.reset();
    QVERIFY(second.isFinished());
    QCOMPARE(second.resultCount(), 1);
    QCOMPARE(second.result().error().code(), Error::Code::Stopped);
}

// ---- the flow

void TestProducerController::pc02_resendAfterLinkLoss()
{
    Flow flow;
    QVERIFY(!flow.begin());
    QCOMPARE(flow.send(2), 2);
    flow.world.network.wire()->setHeld(MemoryWire::Acceptor, true);
    QCOMPARE(flow.send(3), 3);
    flow.world.network.cutAll();
    flow.world.time.settle();
    QCOMPARE(flow.send(2), 2); // without a link, in the last grant
    flow.world.time.advance(1s);
    QCOMPARE(flow.delivered, QList<qint64>({1, 2, 3, 4, 5, 6, 7}));
    QCOMPARE(flow.producer.confirmedSeqNr(), 7);
    QCOMPARE(flow.producer.statistics().resent, quint64(3));
}

void TestProducerController::pc04_newConsumer()
{
    Flow flow;
    flow.confirms = false;
    QVERIFY(!flow.begin());
    QCOMPARE(flow.send(3), 3);
    QVERIFY(!flow.confirm()); // of number 1; 2 is outstanding
    Rival rival(flow.world);
    QVERIFY(!rival.takeFlow());
    QCOMPARE(rival.delivered, QList<qint64>({2, 3}));
    QCOMPARE(flow.producer.confirmedSeqNr(), 3);
    QVERIFY(!flow.confirm()); // late, and of no effect
    QCOMPARE(flow.send(1), 1);
    QCOMPARE(rival.delivered, QList<qint64>({2, 3, 4}));
    QCOMPARE(flow.delivered, QList<qint64>({1, 2}));
    QCOMPARE(rival.failures, 0);
}

void TestProducerController::pc08_noResend()
{
    Flow flow({.onlyFlowControl = true});
    QVERIFY(!flow.begin());
    QCOMPARE(flow.send(1), 1);
    flow.world.network.wire()->setHeld(MemoryWire::Acceptor, true);
    QCOMPARE(flow.send(3), 3);
    flow.world.network.cutAll();
    flow.world.time.advance(1s);
    QCOMPARE(flow.send(1), 1);
    QCOMPARE(flow.delivered, QList<qint64>({1, 5}));
    QCOMPARE(flow.producer.statistics().resent, quint64(0));
    QCOMPARE(flow.producer.confirmedSeqNr(), 5);
}

void TestProducerController::windowBounds_data()
{
    QTest::addColumn<int>("window");
    for (const int window : {1, 2, 3, 4, 5, 7, 50})
        QTest::addRow("window %d", window) << window;
}

// H5, H6, H22: a consumer that confirms nothing gets exactly its window.
void TestProducerController::windowBounds()
{
    QFETCH(const int, window);
    Flow flow({.flowControlWindow = window});
    flow.confirms = false;
    QVERIFY(!flow.begin());
    QCOMPARE(flow.send(100), window);
    flow.world.time.advance(10min);
    QCOMPARE(flow.delivered, QList<qint64>({1}));
    QCOMPARE(flow.consumer.bufferedCount(), window - 1);
    for (int i = 1; i <= 20; ++i) {
        QVERIFY(!flow.confirm());
        QCOMPARE(flow.send(100), 1); // each confirmation makes room for one
        QCOMPARE(flow.delivered.size(), i + 1);
    }
}

void TestProducerController::ownBounds()
{
    Flow messages({}, {.maxUnconfirmedMessages = 3});
    messages.confirms = false;
    QVERIFY(!messages.begin());
    QCOMPARE(messages.send(100), 3);
    QVERIFY(!messages.confirm());
    QCOMPARE(messages.send(100), 1);
    Flow bytes({}, {.maxMessageSize = 100, .maxUnconfirmedBytes = 100});
    bytes.confirms = false;
    QVERIFY(!bytes.begin());
    QVERIFY(bytes.producer.send(QByteArray(99, 'x')));
    bytes.world.time.settle();
    QVERIFY(bytes.producer.send(QByteArray(100, 'x'))); // may start below the bound
    bytes.world.time.settle();
    QVERIFY(!bytes.producer.demand());
}

void TestProducerController::statistics()
{
    Flow flow;
    flow.confirms = false;
    QSignalSpy confirmed(&flow.producer, &ProducerController::confirmed);
    QVERIFY(!flow.begin());
    QVERIFY(flow.producer.send("four"));
    flow.world.time.settle();
    QVERIFY(flow.producer.send("fives"));
    flow.world.time.settle();
    FlowStatistics expected{.messages = 2, .bytes = 9, .attachments = 1};
    QCOMPARE(flow.producer.statistics(), expected);
    QVERIFY(!flow.confirm());
    expected.confirmed = 1;
    QCOMPARE(flow.producer.statistics(), expected);
    QCOMPARE(flow.producer.unconfirmedCount(), 1);
    QCOMPARE(confirmed.size(), 1);
    QCOMPARE(confirmed[0][0].toLongLong(), 1);
    const FlowStatistics consumer = flow.consumer.statistics();
    QCOMPARE(consumer.messages, quint64(2));
    QCOMPARE(consumer.bytes, quint64(9));
    QCOMPARE(consumer.confirmed, quint64(1));
    QCOMPARE(consumer.duplicatesDropped, quint64(0));
}

QTEST_GUILESS_MAIN(TestProducerController)
#include "tst_producercontroller.moc"
