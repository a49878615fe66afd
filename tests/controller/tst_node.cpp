// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "nodelog.h"

#include <QtDelivery/consumercontroller.h>
#include <QtDelivery/producercontroller.h>

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <thread>

using namespace QtDelivery;
using namespace TestSupport;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

// What a node offers, accepts and refuses, seen by its application.

class TestDeliveryNode : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void nodeId();
    void offers();
    void offersEndWithTheLink();
    void replacedControllerIsOfferedAnew();
    void badUrls_data();
    void badUrls();
    void listen();
    void maxLinks();
    void maxPendingHandshakes();
    void ownAttemptsAreNoHandshakes();
    void maxFlowsPerLink();
    void impossibleSettings();
    void wrongThread();
};

void TestDeliveryNode::nodeId()
{
    VirtualWorld world;
    const TestNode known(world, named(u"press-7"_s));
    const TestNode unnamed(world);
    const TestNode other(world);
    QCOMPARE(known.nodeId(), u"press-7"_s);
    QVERIFY(!unnamed.nodeId().isEmpty());
    QVERIFY(unnamed.nodeId() != other.nodeId());
}

void TestDeliveryNode::offers()
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

void TestDeliveryNode::offersEndWithTheLink()
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

void TestDeliveryNode::replacedControllerIsOfferedAnew()
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

void TestDeliveryNode::badUrls_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("mayListen");
    for (const char *url :
         {"", "left", "/tmp/left", "http://127.0.0.1:80", "ssl://127.0.0.1:1", "tcp:", "tcp://",
          "tcp://127.0.0.1", "tcp://:4711", "tcp://127.0.0.1:70000", "tcp://127.0.0.1:1/path",
          "tcp://[::1:4711", "local:", "local://host/name", "local://name"})
        QTest::addRow("%s", url) << QString::fromLatin1(url) << false;
    QTest::newRow("port 0") << u"tcp://127.0.0.1:0"_s << true;
}

void TestDeliveryNode::badUrls()
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

void TestDeliveryNode::listen()
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

// ---- limits

void TestDeliveryNode::maxLinks()
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

void TestDeliveryNode::maxPendingHandshakes()
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

void TestDeliveryNode::ownAttemptsAreNoHandshakes()
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

void TestDeliveryNode::maxFlowsPerLink()
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

void TestDeliveryNode::impossibleSettings()
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

void TestDeliveryNode::wrongThread()
{
#ifdef QTDELIVERY_PARANOID
    QSKIP("such a call aborts in this build");
#endif
    Pair pair;
    QVERIFY(pair.ok);
    pair.world.time.settle();
    QList<Error> answers;
    std::thread thread([&] {
        answers = {pair.left.listen(Right), pair.left.connectTo(Right),
                   pair.right.disconnectFrom(Left)};
        pair.left.close();
    });
    thread.join();
    for (const Error &error : std::as_const(answers))
        QCOMPARE(error.code(), Error::Code::WrongThread);
    pair.world.time.settle();
    QCOMPARE(pair.left.listeningUrls(), QList<QUrl>({Left}));
    QCOMPARE(pair.left.linkCount(), 1);
}

QTEST_GUILESS_MAIN(TestDeliveryNode)
#include "tst_node.moc"
