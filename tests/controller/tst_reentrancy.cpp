// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "stage.h"
#include "stageactions.h"

#include <QEventLoop>
#include <QRegularExpression>
#include <QTest>

#include <memory>

using namespace QtDelivery;
using namespace TestSupport;
using namespace std::chrono_literals;

// A slot may do anything. H33, H34, H66, H67 of tests/coverage.md.

namespace {

#ifdef UNDER_SANITIZER
constexpr int ManyMessages = 100'000;
#else
constexpr int ManyMessages = 1'000'000;
#endif

/*! Signals that come while there is no link, or no consumer: the flow needs time to go on, or
 * cannot. */
bool needsTime(const QString &signal)
{
    return signal.endsWith(u".linkDown") || signal.endsWith(u"Withdrawn")
        || signal.endsWith(u".reconnectScheduled");
}

bool mayStandStill(const QString &signal)
{
    return signal.endsWith(u".closed") || signal == u"consumer.stopped";
}

} // namespace

class TestReentrancy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void everySignalIsEmitted();
    void actInSlot_data();
    void actInSlot();
    void nestedLoop_data();
    void nestedLoop();
    void nestedLoopServesOtherFlows();
    void confirmedThenNest();
    void restartedThenNest();
    void deliverIsNotReentered();
    void confirmThenNest();
    void nothingAfterEnd_data();
    void nothingAfterEnd();
    void manySynchronousConfirms();
    void queuedSlots();
    void sendFromContinuation();
    void deleteFromContinuation();
    void longSlot();
};

void TestReentrancy::everySignalIsEmitted()
{
    Stage stage;
    stage.play();
    for (const char *name : signalNames)
        QVERIFY2(stage.seen(QString::fromLatin1(name)) > 0, name);
    QVERIFY(stage.isWorking());
    QVERIFY(stage.isOrdered());
    QCOMPARE(stage.failures, 0);
    delete stage.producer;
    QVERIFY(stage.allAnsweredOnce());
}

void TestReentrancy::actInSlot_data()
{
    QTest::addColumn<QString>("signal");
    QTest::addColumn<int>("action");
    for (const char *signal : signalNames) {
        for (int i = 0; i < int(std::size(actions)); ++i)
            QTest::newRow((QByteArray(signal) + ": " + actions[i].name).constData())
                << QString::fromLatin1(signal) << i;
    }
}

void TestReentrancy::actInSlot()
{
    QFETCH(const QString, signal);
    QFETCH(const int, action);
    // The first time, and once again later: the surroundings differ.
    for (const int occurrence : {1, 3}) {
        Stage stage;
        int count = 0;
        stage.setHook([&](const QString &name) {
            if (name == signal && ++count == occurrence)
                actions[action].run(stage);
        });
        stage.play();
        QVERIFY(count > 0);
        QVERIFY(stage.isWorking());
        QVERIFY(stage.isOrdered());
        QCOMPARE(stage.failures, 0);
        delete stage.producer;
        QVERIFY(stage.allAnsweredOnce());
    }
}

void TestReentrancy::nestedLoop_data()
{
    QTest::addColumn<QString>("signal");
    for (const char *signal : signalNames)
        QTest::newRow(signal) << QString::fromLatin1(signal);
}

void TestReentrancy::nestedLoop()
{
    QFETCH(const QString, signal);
    Stage stage;
    bool entered = false;
    bool progressed = false;
    stage.setHook([&](const QString &name) {
        if (name != signal || std::exchange(entered, true))
            return;
        const QPointer<ProducerController> producer = stage.producer;
        const qint64 before = producer->confirmedSeqNr();
        // Its own part of the flow first; the rest must come by itself.
        stage.holdBackNoMore();
        stage.produce(3);
        progressed =
            stage.nest([&] { return producer && producer->confirmedSeqNr() >= before + 2; },
                       needsTime(signal));
    });
    stage.play();
    QVERIFY(entered);
    QVERIFY(progressed || mayStandStill(signal));
    QVERIFY(stage.isWorking());
    QVERIFY(stage.isOrdered());
    QCOMPARE(stage.failures, 0);
}

namespace {

/*! Two linked nodes and one flow, without applications. */
struct Flow
{
    explicit Flow(const ConsumerSettings &settings = {})
        : consumer(QStringLiteral("consumer"), settings, &right)
    {
        ok = !left.listen(QUrl(QStringLiteral("local:flow")))
            && !right.connectTo(QUrl(QStringLiteral("local:flow"))) && !producer.start(&left)
            && !consumer.start(&right)
            && !consumer.registerToProducerController(producer.producerId());
    }

    VirtualWorld world;
    TestNode left{world};
    TestNode right{world};
    ProducerController producer{QStringLiteral("producer"), &left};
    ConsumerController consumer;
    bool ok = false;
};

/*! Lets posted events be processed in a nested loop until \a done. */
bool nestUntil(const std::function<bool()> &done)
{
    QEventLoop loop;
    for (int i = 0; i < 1000 && !done(); ++i)
        loop.processEvents();
    return done();
}

} // namespace

void TestReentrancy::nestedLoopServesOtherFlows()
{
    // Both messages come in one turn; the slot of one waits for the other.
    Flow flow;
    QVERIFY(flow.ok);
    ProducerController otherProducer(QStringLiteral("other producer"), &flow.left);
    ConsumerController otherConsumer(QStringLiteral("other consumer"), &flow.right);
    QVERIFY(!otherProducer.start(this));
    QVERIFY(!otherConsumer.start(this));
    QVERIFY(!otherConsumer.registerToProducerController(otherProducer.producerId()));
    flow.world.time.settle();
    int delivered = 0;
    bool first = true;
    bool bothCame = false;
    const auto take = [&] {
        ++delivered;
        if (std::exchange(first, false))
            bothCame = nestUntil([&] { return delivered == 2; });
    };
    connect(&flow.consumer, &ConsumerController::delivered, this, take);
    connect(&otherConsumer, &ConsumerController::delivered, this, take);
    QVERIFY(flow.producer.send("one"));
    QVERIFY(otherProducer.send("two"));
    flow.world.time.settle();
    QVERIFY(bothCame);
}

void TestReentrancy::confirmedThenNest()
{
    // The confirmation and the permission come with the same frame.
    Flow flow({.flowControlWindow = 1});
    QVERIFY(flow.ok);
    int permissions = 0;
    bool asked = false;
    connect(&flow.producer, &ProducerController::requestNext, this, [&] { ++permissions; });
    connect(&flow.producer, &ProducerController::confirmed, this,
            [&] { asked = nestUntil([&] { return permissions == 2; }); });
    connect(&flow.consumer, &ConsumerController::delivered, this,
            [&](const Delivery &delivery) { QVERIFY(!flow.consumer.confirm(delivery)); });
    flow.world.time.settle();
    QVERIFY(flow.producer.send("x"));
    flow.world.time.settle();
    QVERIFY(asked);
}

void TestReentrancy::restartedThenNest()
{
    // The message of the new producer is here already.
    Flow flow;
    QVERIFY(flow.ok);
    auto producer = std::make_unique<ProducerController>(QStringLiteral("p"), &flow.left);
    QVERIFY(!flow.consumer.registerToProducerController(QStringLiteral("p")));
    flow.world.time.settle();
    producer.reset();
    producer = std::make_unique<ProducerController>(QStringLiteral("p"), &flow.left);
    QVERIFY(!producer->start(this));
    int delivered = 0;
    bool came = false;
    connect(&flow.consumer, &ConsumerController::delivered, this, [&] { ++delivered; });
    connect(producer.get(), &ProducerController::requestNext, this, [&] {
        if (producer->currentSeqNr() == 1)
            QVERIFY(producer->send("x"));
    });
    connect(&flow.consumer, &ConsumerController::errorOccurred, this,
            [&] { came = nestUntil([&] { return delivered == 1; }); });
    flow.world.time.settle();
    QVERIFY(came);
}

void TestReentrancy::deliverIsNotReentered()
{
    Flow flow;
    QVERIFY(flow.ok);
    int sent = 0;
    int depth = 0;
    int deepest = 0;
    connect(&flow.producer, &ProducerController::requestNext, this, [&] {
        if (sent < 5 && flow.producer.send(QByteArray::number(sent)))
            ++sent;
    });
    connect(&flow.consumer, &ConsumerController::delivered, this, [&](const Delivery &delivery) {
        deepest = std::max(deepest, ++depth);
        // The others are here, and stay in the buffer until this one is confirmed.
        (void)nestUntil([&] { return flow.consumer.bufferedCount() == 5 - delivery.seqNr(); });
        QCOMPARE(flow.consumer.bufferedCount(), 5 - delivery.seqNr());
        QVERIFY(!flow.consumer.confirm(delivery));
        --depth;
    });
    flow.world.time.settle();
    QCOMPARE(flow.producer.confirmedSeqNr(), 5);
    QCOMPARE(deepest, 1);
}

void TestReentrancy::confirmThenNest()
{
    Flow flow;
    QVERIFY(flow.ok);
    int sent = 0;
    QList<qint64> order;
    connect(&flow.producer, &ProducerController::requestNext, this, [&] {
        if (sent < 5 && flow.producer.send(QByteArray::number(sent)))
            ++sent;
    });
    connect(&flow.consumer, &ConsumerController::delivered, this, [&](const Delivery &delivery) {
        order.append(delivery.seqNr());
        QVERIFY(!flow.consumer.confirm(delivery));
        const qint64 seqNr = delivery.seqNr();
        // The next one comes while this slot still runs, and the confirmation leaves meanwhile.
        QVERIFY(nestUntil(
            [&] { return order.size() == 5 && flow.producer.confirmedSeqNr() >= seqNr; }));
    });
    flow.world.time.settle();
    QCOMPARE(order, QList<qint64>({1, 2, 3, 4, 5}));
}

void TestReentrancy::nothingAfterEnd_data()
{
    QTest::addColumn<int>("end");
    QTest::newRow("stop") << 0;
    QTest::newRow("node deleted") << 1;
    QTest::newRow("object deleted") << 2;
    QTest::newRow("moved to another producer") << 3;
}

void TestReentrancy::nothingAfterEnd()
{
    QFETCH(const int, end);
    VirtualWorld world;
    TestNode left(world);
    auto right = std::make_unique<TestNode>(world);
    auto application = std::make_unique<QObject>();
    ProducerController producer(QStringLiteral("producer"), &left);
    ConsumerController consumer(QStringLiteral("consumer"), right.get());
    QVERIFY(!left.listen(QUrl(QStringLiteral("local:flow"))));
    QVERIFY(!right->connectTo(QUrl(QStringLiteral("local:flow"))));
    QVERIFY(!producer.start(this));
    QVERIFY(!consumer.registerToProducerController(QStringLiteral("producer")));
    connect(&producer, &ProducerController::requestNext, this, [&] {
        if (producer.currentSeqNr() <= 5)
            QVERIFY(producer.send("x"));
    });
    int delivered = 0;
    connect(&consumer, &ConsumerController::delivered, this, [&](const Delivery &delivery) {
        ++delivered;
        QVERIFY(!consumer.confirm(delivery));
        switch (end) {
        case 0:
            consumer.stop();
            break;
        case 1:
            right.reset();
            break;
        case 2:
            application.reset();
            break;
        case 3:
            QVERIFY(!consumer.registerToProducerController(QStringLiteral("elsewhere")));
            break;
        }
    });
    QTest::ignoreMessage(QtWarningMsg, "consumer: messages arrive, but start() was not called");
    world.time.settle();
    QCOMPARE(consumer.bufferedCount(), 5);
    QVERIFY(!consumer.start(application.get())); // all five are there: the next would come at once
    world.time.settle();
    QCOMPARE(delivered, 1);
    QCOMPARE(consumer.isStopped(), end != 3);
    QVERIFY(!consumer.isAttached());
}

void TestReentrancy::manySynchronousConfirms()
{
    Flow flow({.flowControlWindow = 1000});
    QVERIFY(flow.ok);
    qint64 next = 1;
    quintptr lowest = ~quintptr(0);
    quintptr highest = 0;
    const auto noteStack = [&] {
        // Not a local's address: the address sanitizer keeps locals elsewhere.
        const auto here = quintptr(__builtin_frame_address(0));
        lowest = std::min(lowest, here);
        highest = std::max(highest, here);
    };
    connect(&flow.producer, &ProducerController::requestNext, this, [&] {
        noteStack();
        if (flow.producer.currentSeqNr() <= ManyMessages && !flow.producer.send("x"))
            QFAIL("refused");
    });
    connect(&flow.consumer, &ConsumerController::delivered, this, [&](const Delivery &delivery) {
        noteStack();
        if (delivery.seqNr() != next++ || flow.consumer.confirm(delivery))
            QFAIL("out of order");
    });
    flow.world.time.settle();
    QCOMPARE(flow.producer.confirmedSeqNr(), qint64(ManyMessages));
    QVERIFY2(highest - lowest < 16 * 1024, "the stack grows");
}

void TestReentrancy::queuedSlots()
{
    Flow flow;
    QVERIFY(flow.ok);
    QList<qint64> order;
    connect(
        &flow.producer, &ProducerController::requestNext, this,
        [&](const RequestNext &next) {
            if (next.currentSeqNr() <= 100)
                QCOMPARE(flow.producer.send("x").seqNr(), next.currentSeqNr());
        },
        Qt::QueuedConnection);
    connect(
        &flow.consumer, &ConsumerController::delivered, this,
        [&](const Delivery &delivery) {
            order.append(delivery.seqNr());
            QVERIFY(!flow.consumer.confirm(delivery));
        },
        Qt::QueuedConnection);
    flow.world.time.settle();
    QCOMPARE(order.size(), 100);
    QVERIFY(std::is_sorted(order.begin(), order.end()));
    QCOMPARE(flow.producer.confirmedSeqNr(), 100);
}

void TestReentrancy::sendFromContinuation()
{
    Flow flow;
    QVERIFY(flow.ok);
    flow.world.time.settle();
    connect(&flow.consumer, &ConsumerController::delivered, this,
            [&](const Delivery &delivery) { QVERIFY(!flow.consumer.confirm(delivery)); });
    int answered = 0;
    std::function<void()> sendNext = [&] {
        flow.producer.sendTracked("x").then([&](const SendResult &result) {
            QVERIFY(result);
            QCOMPARE(result.seqNr(), ++answered);
            if (answered < 100)
                sendNext();
        });
    };
    sendNext();
    flow.world.time.settle();
    QCOMPARE(answered, 100);
}

void TestReentrancy::deleteFromContinuation()
{
    // One Request confirms three of five; the continuation of the first ends it all.
    Flow flow;
    QVERIFY(flow.ok);
    auto producer = std::make_unique<ProducerController>(QStringLiteral("tracked"), &flow.left);
    QVERIFY(!producer->start(this));
    QVERIFY(!flow.consumer.registerToProducerController(QStringLiteral("tracked")));
    QList<SendResult> answers;
    connect(producer.get(), &ProducerController::requestNext, this, [&] {
        if (producer->currentSeqNr() > 5)
            return;
        producer->sendTracked("x").then([&](const SendResult &result) {
            answers.append(result);
            producer.reset();
        });
    });
    connect(&flow.consumer, &ConsumerController::delivered, this, [&](const Delivery &delivery) {
        if (delivery.seqNr() <= 3)
            QVERIFY(!flow.consumer.confirm(delivery));
    });
    flow.world.time.advance(1ms);
    QCOMPARE(answers.size(), 5);
    for (int i = 0; i < 5; ++i) {
        if (i < 3)
            QCOMPARE(answers[i].seqNr(), i + 1);
        else
            QCOMPARE(answers[i].error().code(), Error::Code::Stopped);
    }
}

void TestReentrancy::longSlot()
{
    // H65: longer than the heartbeat's timeout. It is not the peer that was silent.
    Flow flow;
    QVERIFY(flow.ok);
    int down = 0;
    connect(&flow.left, &DeliveryNode::linkDown, this, [&] { ++down; });
    connect(&flow.right, &DeliveryNode::linkDown, this, [&] { ++down; });
    connect(&flow.producer, &ProducerController::requestNext, this, [&] {
        if (flow.producer.currentSeqNr() <= 3)
            QVERIFY(flow.producer.send("x"));
    });
    connect(&flow.consumer, &ConsumerController::delivered, this, [&](const Delivery &delivery) {
        flow.world.time.jump(10min);
        QVERIFY(!flow.consumer.confirm(delivery));
    });
    flow.world.time.advance(60s);
    QCOMPARE(flow.producer.confirmedSeqNr(), 3);
    QCOMPARE(down, 0);
}

QTEST_GUILESS_MAIN(TestReentrancy)
#include "tst_reentrancy.moc"
