// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "nodelog.h"
#include "testnode.h"

#include <QtDelivery/consumercontroller.h>
#include <QtDelivery/producercontroller.h>

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

using namespace QtDelivery;
using namespace TestSupport;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

// Links, offers and the end of a node, seen by its application. H5 to H10, H70 of
// tests/coverage.md.

namespace {

const QUrl Left(u"local:left"_s);
const QUrl Right(u"local:right"_s);

NodeSettings named(const QString &name)
{
    return {.nodeId = name};
}

/*! A node that listens and one that connects to it. */
struct Pair
{
    explicit Pair(const NodeSettings &leftSettings = named(u"left"_s),
                  const NodeSettings &rightSettings = named(u"right"_s))
        : left(world, leftSettings)
        , right(world, rightSettings)
        , leftLog(&left)
        , rightLog(&right)
    {
        ok = !left.listen(Left) && !right.connectTo(Left);
    }

    VirtualWorld world;
    TestNode left;
    TestNode right;
    NodeLog leftLog;
    NodeLog rightLog;
    bool ok = false;
};

} // namespace

class TestNodeSignals : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void nodeId();
    void offers();
    void offersEndWithTheLink();
    void replacedControllerIsOfferedAnew();
    void reconnectDelays_data();
    void reconnectDelays();
    void delaysStartAnew();
    void delaysGrowWhileLinksAreShort();
    void nobodyAnswers();
    void handshakeNeverEnds();
    void badUrls_data();
    void badUrls();
    void listen();
    void selfConnection();
    void bothConnect_data();
    void bothConnect();
    void newLinkReplacesStuckOne();
    void disconnectFrom();
    void manyReconnects();
    void maxLinks();
    void maxPendingHandshakes();
    void ownAttemptsAreNoHandshakes();
    void maxFlowsPerLink();
    void impossibleSettings();
    void wrongThread();
};

void TestNodeSignals::nodeId()
{
    VirtualWorld world;
    const TestNode known(world, named(u"press-7"_s));
    const TestNode unnamed(world);
    const TestNode other(world);
    QCOMPARE(known.nodeId(), u"press-7"_s);
    QVERIFY(!unnamed.nodeId().isEmpty());
    QVERIFY(unnamed.nodeId() != other.nodeId());
}

void TestNodeSignals::offers()
{
    Pair pair;
    QVERIFY(pair.ok);
    const ProducerController early(u"early"_s, &pair.left);
    const ConsumerController consumer(u"consumer"_s, &pair.right);
    pair.world.time.settle();
    QCOMPARE(pair.leftLog.take(),
             QStringList({u"linkUp right"_s, u"consumerOffered consumer right"_s}));
    QCOMPARE(pair.rightLog.take(),
             QStringList({u"linkUp left"_s, u"producerOffered early left"_s}));
    QCOMPARE(pair.left.linkCount(), 1);

    auto late = std::make_unique<ProducerController>(u"late"_s, &pair.left);
    pair.world.time.settle();
    QCOMPARE(pair.rightLog.take(), QStringList({u"producerOffered late left"_s}));
    late.reset();
    pair.world.time.settle();
    QCOMPARE(pair.rightLog.take(), QStringList({u"producerWithdrawn late left"_s}));
    QCOMPARE(pair.leftLog.take(), QStringList());
}

void TestNodeSignals::offersEndWithTheLink()
{
    Pair pair;
    QVERIFY(pair.ok);
    const ProducerController producer(u"producer"_s, &pair.left);
    pair.world.time.settle();
    (void)pair.rightLog.take();
    pair.world.network.cutAll();
    pair.world.time.settle();
    QCOMPARE(
        pair.rightLog.take(),
        QStringList({u"linkDown left ConnectionLost"_s, u"producerWithdrawn producer left"_s}));
    QCOMPARE(pair.right.linkCount(), 0);
    pair.world.time.advance(1s);
    QCOMPARE(pair.rightLog.take(),
             QStringList({u"linkUp left"_s, u"producerOffered producer left"_s}));
    QCOMPARE(pair.right.reconnects(), quint64(1));
    QCOMPARE(pair.left.reconnects(), quint64(1));
}

void TestNodeSignals::replacedControllerIsOfferedAnew()
{
    Pair pair;
    QVERIFY(pair.ok);
    auto producer = std::make_unique<ProducerController>(u"producer"_s, &pair.left);
    pair.world.time.settle();
    (void)pair.rightLog.take();
    producer.reset(); // and another one in the same turn
    producer = std::make_unique<ProducerController>(u"producer"_s, &pair.left);
    pair.world.time.settle();
    QCOMPARE(
        pair.rightLog.take(),
        QStringList({u"producerWithdrawn producer left"_s, u"producerOffered producer left"_s}));
}

// ---- connecting

void TestNodeSignals::reconnectDelays_data()
{
    QTest::addColumn<double>("jitter");
    QTest::newRow("exact") << 0.0;
    QTest::newRow("default") << 0.2;
    QTest::newRow("wild") << 1.0;
}

void TestNodeSignals::reconnectDelays()
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

void TestNodeSignals::delaysStartAnew()
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

void TestNodeSignals::delaysGrowWhileLinksAreShort()
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

void TestNodeSignals::nobodyAnswers()
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

void TestNodeSignals::handshakeNeverEnds()
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

void TestNodeSignals::badUrls_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("mayListen");
    for (const char *url :
         {"", "left", "/tmp/left", "http://127.0.0.1:80", "TLS://127.0.0.1:1", "tcp:", "tcp://",
          "tcp://127.0.0.1", "tcp://:4711", "tcp://127.0.0.1:70000", "tcp://127.0.0.1:1/path",
          "tcp://[::1:4711", "local:", "local://host/name", "local://name"})
        QTest::addRow("%s", url) << QString::fromLatin1(url) << false;
    QTest::newRow("port 0") << u"tcp://127.0.0.1:0"_s << true;
}

void TestNodeSignals::badUrls()
{
    QFETCH(const QString, url);
    QFETCH(const bool, mayListen);
    DeliveryNode node;
    QSignalSpy scheduled(&node, &DeliveryNode::reconnectScheduled);
    const Error connecting = node.connectTo(QUrl(url));
    QCOMPARE(connecting.code(), Error::Code::InvalidUrl);
    QVERIFY(!connecting.message().isEmpty());
    QCOMPARE(node.disconnectFrom(QUrl(url)).code(), Error::Code::InvalidArgument);
    QCOMPARE(node.listen(QUrl(url)).code(),
             mayListen ? Error::Code::NoError : Error::Code::InvalidUrl);
    QCOMPARE(node.listeningUrls().size(), mayListen ? 1 : 0);
    VirtualTime::settle();
    QVERIFY(scheduled.isEmpty());
}

void TestNodeSignals::listen()
{
    DeliveryNode node;
    const QUrl anyPort(u"tcp://127.0.0.1:0"_s);
    QVERIFY(!node.listen(anyPort));
    QVERIFY(!node.listen(anyPort));
    const QList<QUrl> urls = node.listeningUrls();
    QCOMPARE(urls.size(), 2);
    QVERIFY(urls[0].port() > 0 && urls[1].port() > 0 && urls[0].port() != urls[1].port());
    QCOMPARE(urls[0].host(), u"127.0.0.1"_s);

    DeliveryNode other;
    QCOMPARE(other.listen(urls[0]).code(), Error::Code::AddressInUse);
    QCOMPARE(other.listen(QUrl(u"tcp://no-such-host.invalid:0"_s)).code(), Error::Code::InvalidUrl);
    QVERIFY(other.listeningUrls().isEmpty());
    // The address is free again once the node has closed.
    node.close();
    QVERIFY(node.listeningUrls().isEmpty());
    QVERIFY(!other.listen(urls[0]));
}

void TestNodeSignals::selfConnection()
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

void TestNodeSignals::bothConnect_data()
{
    QTest::addColumn<quint64>("seed"); // decides who has the larger incarnation
    for (quint64 seed = 1; seed <= 8; ++seed)
        QTest::addRow("seed %d", int(seed)) << seed;
}

void TestNodeSignals::bothConnect()
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

void TestNodeSignals::newLinkReplacesStuckOne()
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
    QCOMPARE(pair.left.linkCount(), 1);
}

void TestNodeSignals::disconnectFrom()
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

void TestNodeSignals::manyReconnects()
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

// ---- limits

void TestNodeSignals::maxLinks()
{
    Pair pair({.maxLinks = 1});
    QVERIFY(pair.ok);
    pair.world.time.settle();
    TestNode third(pair.world, {.reconnectIntervalMin = 100ms, .reconnectJitter = 0});
    NodeLog log(&third);
    QTest::ignoreMessage(QtWarningMsg,
                         QRegularExpression(u"a connection is refused.*maxLinks is reached"_s));
    QVERIFY(!third.connectTo(Left));
    pair.world.time.settle();
    QCOMPARE(third.linkCount(), 0);
    QCOMPARE(pair.left.linkCount(), 1);
    QCOMPARE(log.delays, QList<qint64>({100}));
    QVERIFY(!pair.right.disconnectFrom(Left)); // there is room now
    pair.world.time.advance(100ms);
    QCOMPARE(third.linkCount(), 1);
}

void TestNodeSignals::maxPendingHandshakes()
{
    VirtualWorld world;
    TestNode server(world, {.maxPendingHandshakes = 2});
    QVERIFY(!server.listen(Left));
    world.network.setHeld(true);
    TestNode first(world);
    TestNode second(world);
    TestNode third(world, {.reconnectIntervalMin = 100ms, .reconnectJitter = 0});
    QVERIFY(!first.connectTo(Left));
    QVERIFY(!second.connectTo(Left));
    world.time.settle();
    world.network.setHeld(false);
    QTest::ignoreMessage(QtWarningMsg,
                         QRegularExpression(u"a connection is refused: maxPendingHandshakes"_s));
    QVERIFY(!third.connectTo(Left));
    world.time.settle();
    QCOMPARE(third.linkCount(), 0);
    for (const auto &wire : world.network.wires())
        wire->setHeld(false);
    world.time.advance(100ms);
    QCOMPARE(third.linkCount(), 1);
    QCOMPARE(server.linkCount(), 3);
}

void TestNodeSignals::ownAttemptsAreNoHandshakes()
{
    VirtualWorld world;
    TestNode server(world, {.maxPendingHandshakes = 1});
    QVERIFY(!server.listen(Left));
    world.network.setSilent(true);
    for (int i = 0; i < 3; ++i)
        QVERIFY(!server.connectTo(QUrl(u"local:nobody-%1"_s.arg(i))));
    world.time.settle();
    world.network.setSilent(false);
    TestNode client(world);
    QVERIFY(!client.connectTo(Left));
    world.time.settle();
    QCOMPARE(client.linkCount(), 1);
}

void TestNodeSignals::maxFlowsPerLink()
{
    Pair pair({.nodeId = u"left"_s, .maxFlowsPerLink = 3});
    QVERIFY(pair.ok);
    std::vector<std::unique_ptr<ProducerController>> producers;
    for (int i = 0; i < 3; ++i)
        producers.push_back(std::make_unique<ProducerController>(u"p%1"_s.arg(i), &pair.right));
    pair.world.time.settle();
    QCOMPARE(pair.left.linkCount(), 1);
    (void)pair.leftLog.take();
    (void)pair.rightLog.take();
    producers.push_back(std::make_unique<ProducerController>(u"p3"_s, &pair.right));
    pair.world.time.settle();
    QVERIFY(pair.leftLog.take().contains(u"linkDown right LimitReached"_s));
    QVERIFY(pair.rightLog.take().contains(u"linkDown left LimitReached"_s));
}

// ---- arguments

void TestNodeSignals::impossibleSettings()
{
    VirtualWorld world;
    TestNode node(world, {.heartbeatInterval = 10s, .heartbeatTimeout = 1s});
    QSignalSpy closed(&node, &DeliveryNode::closed);
    for (const Error &error : {node.listen(Left), node.connectTo(Left), node.disconnectFrom(Left)})
        QCOMPARE(error.code(), Error::Code::InvalidSetting);
    ProducerController producer(u"producer"_s, &node);
    QCOMPARE(producer.start(this).code(), Error::Code::InvalidSetting);
    node.close();
    world.time.settle();
    QCOMPARE(closed.size(), 1);
}

void TestNodeSignals::wrongThread()
{
#ifdef QTDELIVERY_PARANOID
    QSKIP("such a call aborts in this build");
#endif
    Pair pair;
    QVERIFY(pair.ok);
    pair.world.time.settle();
    QList<Error> answers;
    const std::unique_ptr<QThread> thread(QThread::create([&] {
        answers = {pair.left.listen(Right), pair.left.connectTo(Right),
                   pair.right.disconnectFrom(Left)};
        pair.left.close();
    }));
    thread->start();
    QVERIFY(thread->wait());
    for (const Error &error : std::as_const(answers))
        QCOMPARE(error.code(), Error::Code::WrongThread);
    pair.world.time.settle();
    QCOMPARE(pair.left.listeningUrls(), QList<QUrl>({Left}));
    QCOMPARE(pair.left.linkCount(), 1);
}

QTEST_GUILESS_MAIN(TestNodeSignals)
#include "tst_node.moc"
