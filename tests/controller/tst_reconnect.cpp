// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "nodelog.h"

#include <QtDelivery/consumercontroller.h>
#include <QtDelivery/producercontroller.h>

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace QtDelivery;
using namespace TestSupport;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

// How a node keeps itself connected. H7, H8, H9 of tests/coverage.md.

class TestReconnect : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void reconnectDelays_data();
    void reconnectDelays();
    void delaysStartAnew();
    void delaysGrowWhileLinksAreShort();
    void nobodyAnswers();
    void handshakeNeverEnds();
    void selfConnection();
    void bothConnect_data();
    void bothConnect();
    void newLinkReplacesStuckOne();
    void disconnectFrom();
    void manyReconnects();
};

void TestReconnect::reconnectDelays_data()
{
    QTest::addColumn<double>("jitter");
    QTest::newRow("exact") << 0.0;
    QTest::newRow("default") << 0.2;
    QTest::newRow("wild") << 1.0;
}

void TestReconnect::reconnectDelays()
{
    QFETCH(const double, jitter);
    VirtualWorld world;
    TestNode node(
        world,
        {.reconnectIntervalMin = 100ms, .reconnectIntervalMax = 3s, .reconnectJitter = jitter});
    NodeLog log(&node);
    QVERIFY(!node.connectTo(Left));
    world.time.settle();
    const QList<double> exact{100, 200, 400, 800, 1600, 3000, 3000, 3000, 3000};
    int unlike = 0;
    for (int i = 0; i < exact.size(); ++i) {
        QCOMPARE(log.delays.size(), i + 1);
        const double delay = double(log.delays.last());
        QVERIFY2(delay >= exact[i] * (1 - jitter) - 1 && delay <= exact[i] * (1 + jitter),
                 qPrintable(QString::number(delay)));
        unlike += delay != exact[i];
        QCOMPARE(log.lastReason, Error::Code::ConnectionRefused);
        // The attempt comes when it was announced: the milliseconds are rounded down.
        QCOMPARE(world.network.attempts(), i + 1);
        world.time.advance(std::chrono::milliseconds(log.delays.last()) + 1ms);
        QCOMPARE(world.network.attempts(), i + 2);
    }
    QCOMPARE(unlike > 0, jitter > 0);
    QCOMPARE(log.take(), QStringList()); // there never was a link
}

void TestReconnect::delaysStartAnew()
{
    VirtualWorld world;
    TestNode node(world, {.reconnectIntervalMin = 100ms, .reconnectJitter = 0});
    NodeLog log(&node);
    QVERIFY(!node.connectTo(Left));
    world.time.advance(5s);
    QVERIFY(log.delays.last() > 1000);
    TestNode peer(world);
    QVERIFY(!peer.listen(Left));
    world.time.advance(60s);
    QCOMPARE(node.linkCount(), 1);
    log.delays.clear();
    world.network.cutAll();
    world.time.settle();
    QCOMPARE(log.delays, QList<qint64>({100}));
}

void TestReconnect::delaysGrowWhileLinksAreShort()
{
    Pair pair({}, {.reconnectIntervalMin = 100ms, .reconnectJitter = 0});
    QVERIFY(pair.ok);
    pair.world.time.settle();
    for (int i = 0; i < 4; ++i) {
        QCOMPARE(pair.right.linkCount(), 1);
        pair.world.network.cutAll(); // as soon as it is up
        pair.world.time.settle();
        pair.world.time.advance(std::chrono::milliseconds(pair.rightLog.delays.last()));
    }
    QCOMPARE(pair.rightLog.delays, QList<qint64>({100, 200, 400, 800}));
}

void TestReconnect::nobodyAnswers()
{
    VirtualWorld world;
    world.network.setSilent(true);
    TestNode node(world, {.connectTimeout = 7s, .reconnectIntervalMin = 1s, .reconnectJitter = 0});
    NodeLog log(&node);
    QVERIFY(!node.connectTo(Left));
    world.time.advance(6999ms);
    QCOMPARE(log.delays, QList<qint64>());
    world.time.advance(1ms);
    QCOMPARE(log.delays, QList<qint64>({1000}));
    QCOMPARE(log.lastReason, Error::Code::TimedOut);
    world.network.setSilent(false);
    TestNode peer(world);
    QVERIFY(!peer.listen(Left));
    world.time.advance(1s);
    QCOMPARE(node.linkCount(), 1);
}

void TestReconnect::handshakeNeverEnds()
{
    // The heartbeat is shorter: its deadline passes during the handshake.
    const NodeSettings settings{.heartbeatInterval = 1s,
                                .heartbeatTimeout = 2s,
                                .handshakeTimeout = 10s,
                                .closeTimeout = 3s};
    VirtualWorld world;
    world.network.setHeld(true);
    TestNode left(world, settings);
    TestNode right(world, settings);
    NodeLog log(&right);
    QVERIFY(!left.listen(Left));
    QVERIFY(!right.connectTo(Left));
    world.time.advance(9999ms);
    QCOMPARE(log.delays, QList<qint64>());
    world.time.advance(1ms);
    QCOMPARE(log.delays.size(), 1);
    QCOMPARE(log.lastReason, Error::Code::TimedOut);
    world.network.setHeld(false);
    world.time.advance(10s);
    QCOMPARE(right.linkCount(), 1);
    QCOMPARE(world.network.wires().size(), 1);
}

void TestReconnect::selfConnection()
{
    VirtualWorld world;
    TestNode node(world, named(u"me"_s));
    NodeLog log(&node);
    QVERIFY(!node.listen(Left));
    QVERIFY(!node.connectTo(Left));
    world.time.advance(1h);
    QCOMPARE(world.network.attempts(), 1); // it would always be the same
    QCOMPARE(world.network.wiresHeld(), 0);
    QCOMPARE(node.linkCount(), 0);
    const QStringList lines = log.take();
    QVERIFY(lines.contains(u"linkDown me InvalidArgument"_s));
    QVERIFY(!lines.contains(u"linkUp me"_s));
    QVERIFY(!node.disconnectFrom(Left));
}

void TestReconnect::bothConnect_data()
{
    QTest::addColumn<quint64>("seed"); // decides who has the larger incarnation
    for (quint64 seed = 1; seed <= 8; ++seed)
        QTest::addRow("seed %d", int(seed)) << seed;
}

void TestReconnect::bothConnect()
{
    QFETCH(const quint64, seed);
    for (const bool atOnce : {true, false}) {
        VirtualWorld world;
        world.seed = seed * 1000;
        TestNode left(world, named(u"left"_s));
        TestNode right(world, named(u"right"_s));
        const ProducerController producer(u"producer"_s, &left);
        NodeLog leftLog(&left);
        NodeLog rightLog(&right);
        QSignalSpy countChanged(&right, &DeliveryNode::linkCountChanged);
        QVERIFY(!left.listen(Left));
        QVERIFY(!right.listen(Right));
        QVERIFY(!left.connectTo(Right));
        if (!atOnce)
            world.time.settle();
        QVERIFY(!right.connectTo(Left));
        world.time.advance(1s);
        QCOMPARE(world.network.wires().size(), 1);
        for (TestNode *node : {&left, &right})
            QCOMPARE(node->linkCount(), 1);
        // Who believes the signals knows the truth.
        for (NodeLog *log : {&leftLog, &rightLog}) {
            const QStringList lines = log->take();
            QCOMPARE(log->linksUp, 1);
            QVERIFY(lines.filter(QRegularExpression(u"^link"_s)).last().startsWith(u"linkUp"));
            QVERIFY(log->delays.isEmpty());
            if (log == &rightLog)
                QVERIFY(lines.filter(u"producer"_s).last().startsWith(u"producerOffered"));
        }
        QVERIFY(countChanged.size() > 0);
    }
}

void TestReconnect::newLinkReplacesStuckOne()
{
    // Half-open, with more in its way than the connection takes. Time stands still.
    Pair pair;
    QVERIFY(pair.ok);
    ProducerController producer(u"producer"_s, &pair.left);
    ConsumerController consumer(u"consumer"_s, {.flowControlWindowBytes = 8 << 20}, &pair.right);
    connect(&consumer, &ConsumerController::delivered, this,
            [&](const Delivery &delivery) { QVERIFY(!consumer.confirm(delivery)); });
    QVERIFY(!producer.start(this));
    QVERIFY(!consumer.start(this));
    QVERIFY(!consumer.registerToProducerController(producer.producerId()));
    ProducerController forth(u"forth"_s, &pair.right);
    ConsumerController back(u"back"_s, &pair.left); // its node must find out by itself
    QSignalSpy received(&back, &ConsumerController::delivered);
    QVERIFY(!forth.start(this));
    QVERIFY(!back.start(this));
    QVERIFY(!back.registerToProducerController(forth.producerId()));
    pair.world.time.settle();
    const auto wire = pair.world.network.wire();
    wire->setCapacity(MemoryWire::Acceptor, 1000);
    wire->vanish();
    for (int i = 0; i < 10; ++i) {
        QVERIFY(producer.send(QByteArray(100'000, 'x')));
        pair.world.time.settle();
    }
    QVERIFY(wire->backlog(MemoryWire::Acceptor) > pair.left.settings().writeHighWaterMark);
    QVERIFY(!pair.right.disconnectFrom(Left));
    QVERIFY(!pair.right.connectTo(Left));
    pair.world.time.settle();
    QCOMPARE(producer.confirmedSeqNr(), 10);
    QVERIFY(forth.send("x"));
    pair.world.time.settle();
    QCOMPARE(received.size(), 1);
    QCOMPARE(pair.left.linkCount(), 1);
}

void TestReconnect::disconnectFrom()
{
    Pair pair;
    QVERIFY(pair.ok);
    pair.world.time.settle();
    QVERIFY(!pair.right.connectTo(Left)); // once more is no more
    QVERIFY(!pair.right.disconnectFrom(Left));
    pair.world.time.settle();
    QCOMPARE(pair.right.linkCount(), 0);
    QCOMPARE(pair.left.linkCount(), 0);
    QCOMPARE(pair.rightLog.take(), QStringList({u"linkUp left"_s, u"linkDown left Closed"_s}));
    QCOMPARE(pair.leftLog.take(), QStringList({u"linkUp right"_s, u"linkDown right Closed"_s}));
    QCOMPARE(pair.right.disconnectFrom(Left).code(), Error::Code::InvalidArgument);
    pair.world.time.advance(1h);
    QCOMPARE(pair.world.network.attempts(), 1);
    QCOMPARE(pair.world.time.alarmCount(), 0);
}

void TestReconnect::manyReconnects()
{
    constexpr int Cycles = 10'000;
    Pair pair({}, {.reconnectIntervalMin = 1ms, .reconnectIntervalMax = 1ms});
    QVERIFY(pair.ok);
    ProducerController producer(u"producer"_s, &pair.left);
    ConsumerController consumer(u"consumer"_s, &pair.right);
    qint64 last = 0;
    connect(&consumer, &ConsumerController::delivered, this, [&](const Delivery &delivery) {
        QCOMPARE(delivery.seqNr(), ++last);
        QVERIFY(!consumer.confirm(delivery));
    });
    QVERIFY(!producer.start(this));
    QVERIFY(!consumer.start(this));
    QVERIFY(!consumer.registerToProducerController(producer.producerId()));
    pair.world.time.settle();
    const auto objects =
        pair.left.findChildren<QObject *>().size() + pair.right.findChildren<QObject *>().size();
    for (int i = 0; i < Cycles; ++i) {
        QVERIFY(producer.send("x"));
        pair.world.network.cutAll(); // before it is transmitted
        pair.world.time.advance(3ms);
        QVERIFY(pair.world.network.wiresHeld() <= 2);
    }
    QCOMPARE(last, qint64(Cycles));
    QCOMPARE(producer.confirmedSeqNr(), qint64(Cycles));
    QCOMPARE(pair.left.reconnects(), quint64(Cycles));
    QCOMPARE(producer.statistics().attachments, quint64(Cycles) + 1);
    QCOMPARE(producer.statistics().resent, quint64(0));
    QCOMPARE(pair.world.network.wiresHeld(), 1);
    QVERIFY(pair.world.time.alarmCount() <= 2); // one for each node
    QCOMPARE(pair.left.findChildren<QObject *>().size()
                 + pair.right.findChildren<QObject *>().size(),
             objects);
}

QTEST_GUILESS_MAIN(TestReconnect)
#include "tst_reconnect.moc"
