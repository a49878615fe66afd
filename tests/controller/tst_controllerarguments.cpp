// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "flow.h"

#include <QRegularExpression>
#include <QTest>
#include <QThread>

#include <thread>

using namespace QtDelivery;
using namespace TestSupport;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

// What both controllers accept and refuse: ids, settings, nodes, objects, threads.

class TestControllerArguments : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void ids_data();
    void ids();
    void idInUse();
    void impossibleSettings();
    void noNode();
    void foreignThread();
    void wrongThread();
    void objectIsTheController();
};

void TestControllerArguments::ids_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<bool>("valid");
    QTest::newRow("empty") << QString() << false;
    QTest::newRow("one byte") << u"a"_s << true;
    QTest::newRow("255 bytes") << QString(255, u'a') << true;
    QTest::newRow("256 bytes") << QString(256, u'a') << false;
    QTest::newRow("255 bytes, not ASCII") << QString(85, QChar(0x20ac)) << true;
    QTest::newRow("257 bytes, not ASCII") << QString(85, QChar(0x20ac)) + u"aa"_s << false;
    QTest::newRow("64 KiB") << QString(65536, u'a') << false;
    QTest::newRow("NUL") << u"a"_s + QChar(0) + u"b"_s << false;
    QTest::newRow("control character") << u"a\nb"_s << false;
    QTest::newRow("C1 control character") << u"a"_s + QChar(0x85) << false;
    QTest::newRow("half a character") << u"a"_s + QChar(0xd800) << false;
    QTest::newRow("path") << u"../../etc/passwd"_s << true;
    QTest::newRow("beyond the BMP") << QString::fromUtf8("\xf0\x9f\x93\xac") << true;
}

// H21
void TestControllerArguments::ids()
{
    QFETCH(const QString, id);
    QFETCH(const bool, valid);
    const Error::Code expected = valid ? Error::Code::NoError : Error::Code::InvalidArgument;
    Flow flow;
    ProducerController producer(id, &flow.left);
    QCOMPARE(producer.producerId(), id);
    QCOMPARE(producer.start(this).code(), expected);
    ConsumerController consumer(id, &flow.right);
    QCOMPARE(consumer.start(this).code(), expected);
    QCOMPARE(flow.consumer.registerToProducerController(id).code(), expected);
    QCOMPARE(flow.producer.registerConsumer(id).code(), expected);
    if (!valid) {
        QCOMPARE(producer.send("x").error().code(), expected);
        QCOMPARE(producer.registerConsumer(u"c"_s).code(), expected);
        QCOMPARE(consumer.confirm({}).code(), expected);
        QCOMPARE(consumer.registerToProducerController(u"p"_s).code(), expected);
        QVERIFY(!producer.demand());
        return;
    }
    // It is the same on the other side.
    QSignalSpy offered(&flow.right, &DeliveryNode::producerOffered);
    QVERIFY(!flow.link());
    QVERIFY(!flow.consumer.start(this));
    flow.world.time.settle();
    QVERIFY(flow.consumer.isAttached());
    QCOMPARE(offered.size(), 2);
    QVERIFY(offered[0][0] == id || offered[1][0] == id);
}

void TestControllerArguments::idInUse()
{
    Flow flow;
    QVERIFY(!flow.begin());
    {
        ProducerController second(u"producer"_s, &flow.left);
        QCOMPARE(second.start(this).code(), Error::Code::IdInUse);
        QCOMPARE(second.send("x").error().code(), Error::Code::IdInUse);
        ConsumerController consumer(u"consumer"_s, &flow.right);
        QCOMPARE(consumer.start(this).code(), Error::Code::IdInUse);
        // A consumer and a producer may have the same name.
        ConsumerController namesake(u"producer"_s, &flow.left);
        QVERIFY(!namesake.start(this));
        flow.world.time.settle();
    }
    // Its end does not harm the first one.
    flow.world.time.settle();
    QCOMPARE(flow.send(2), 2);
    QCOMPARE(flow.producer.confirmedSeqNr(), 2);
}

void TestControllerArguments::impossibleSettings()
{
    VirtualWorld world;
    TestNode node(world);
    ProducerController producer(u"p"_s, {.maxUnconfirmedMessages = 0}, &node);
    const Error error = producer.start(this);
    QCOMPARE(error.code(), Error::Code::InvalidSetting);
    QVERIFY(error.message().contains(u"maxUnconfirmedMessages"));
    ConsumerController consumer(u"c"_s, {.flowControlWindow = 0}, &node);
    QCOMPARE(consumer.start(this).code(), Error::Code::InvalidSetting);
    // The id is still free.
    ProducerController good(u"p"_s, &node);
    QVERIFY(!good.start(this));
}

void TestControllerArguments::noNode()
{
    ProducerController producer(u"p"_s, nullptr);
    QCOMPARE(producer.start(this).code(), Error::Code::InvalidArgument);
    QCOMPARE(producer.send("x").error().code(), Error::Code::InvalidArgument);
    ConsumerController consumer(u"c"_s, nullptr);
    QCOMPARE(consumer.start(this).code(), Error::Code::InvalidArgument);
    QCOMPARE(consumer.confirm({}).code(), Error::Code::InvalidArgument);
    consumer.stop();
    QVERIFY(!producer.isAttached() && !consumer.isAttached());
    QCOMPARE(consumer.producerNodeId(), QString());
}

void TestControllerArguments::foreignThread()
{
    // Objects of another thread than the node's are refused, whichever they are.
    VirtualWorld world;
    TestNode node(world);
    QList<Error::Code> codes;
    QThread other;
    QObject stranger;
    stranger.moveToThread(&other);
    std::thread thread([&] {
        ProducerController producer(u"p"_s, &node);
        ConsumerController consumer(u"c"_s, &node);
        QObject application;
        codes = {producer.start(&application).code(), consumer.start(&application).code()};
    });
    thread.join();
    QCOMPARE(codes, QList<Error::Code>(2, Error::Code::WrongThread));
    ProducerController producer(u"p"_s, &node);
    QCOMPARE(producer.start(&stranger).code(), Error::Code::WrongThread);
    QCOMPARE(producer.start(nullptr).code(), Error::Code::InvalidArgument);
    ConsumerController consumer(u"c"_s, &node);
    QCOMPARE(consumer.start(&stranger).code(), Error::Code::WrongThread);
    QCOMPARE(consumer.start(nullptr).code(), Error::Code::InvalidArgument);
}

void TestControllerArguments::wrongThread()
{
#ifdef QTDELIVERY_PARANOID
    QSKIP("such a call aborts in this build");
#endif
    Flow flow;
    QVERIFY(!flow.begin());
    flow.confirms = false;
    QCOMPARE(flow.send(1), 1);
    QVERIFY(flow.producer.demand());
    QList<Error::Code> codes;
    std::thread thread([&] {
        QObject object;
        codes = {flow.producer.start(&object).code(),
                 flow.producer.send("x").error().code(),
                 flow.producer.sendTracked("x").result().error().code(),
                 flow.producer.registerConsumer(u"c"_s).code(),
                 flow.consumer.start(&object).code(),
                 flow.consumer.confirm(flow.last).code(),
                 flow.consumer.registerToProducerController(u"p"_s).code()};
        flow.consumer.stop();
        flow.consumer.deliverThenStop();
    });
    thread.join();
    QCOMPARE(codes, QList<Error::Code>(7, Error::Code::WrongThread));
    flow.world.time.settle();
    QVERIFY(flow.producer.demand());
    QCOMPARE(flow.producer.currentSeqNr(), 2);
    QVERIFY(!flow.consumer.isStopped());
    QVERIFY(!flow.confirm());
    QCOMPARE(flow.producer.confirmedSeqNr(), 1);
}

void TestControllerArguments::objectIsTheController()
{
    // As in a class that is derived from a controller.
    VirtualWorld world;
    TestNode node(world);
    auto producer = std::make_unique<ProducerController>(u"p"_s, &node);
    auto consumer = std::make_unique<ConsumerController>(u"c"_s, &node);
    QVERIFY(!producer->start(producer.get()));
    QVERIFY(!consumer->start(consumer.get()));
    producer.reset();
    consumer.reset();
    world.time.settle();
    // The node as the object ends its consumer together with itself.
    auto other = std::make_unique<TestNode>(world);
    ConsumerController orphan(u"c"_s, other.get());
    QVERIFY(!orphan.start(other.get()));
    QSignalSpy stopped(&orphan, &ConsumerController::stopped);
    other.reset();
    world.time.settle();
    QCOMPARE(stopped.size(), 1);
}

QTEST_GUILESS_MAIN(TestControllerArguments)
#include "tst_controllerarguments.moc"
