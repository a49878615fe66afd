// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "cuttingproxy.h"
#include "virtualflow.h"

#include <QLoggingCategory>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <optional>

using namespace QtDelivery;
using namespace TestSupport;
using namespace std::chrono_literals;

// Row and function names that begin with H… are the ids of tests/coverage.md.

class TestCuts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QLoggingCategory::setFilterRules(QStringLiteral("qtdelivery.*.info=false"));
    }
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral("."))); }

    // virtual time
    void everyByte_data();
    void everyByte();
    void everyByteOfAResume_data();
    void everyByteOfAResume();
    void everyByteWhileBothConnect_data();
    void everyByteWhileBothConnect();
    void cutAgainAndAgain();
    void halfOpen_data();
    void halfOpen();
    void connectOrder_data();
    void connectOrder();
    void duplicateLinksSettle_data();
    void duplicateLinksSettle();
    void flappingLeavesNothingBehind();

    // sockets
    void sockets_data();
    void sockets();
    void socketsStall_data();
    void socketsStall();
    void socketsDelayAndRefusal();
    void socketsServerRestartedElsewhere();
    void socketsBothConnect();
};

// ---- virtual time

namespace {

void addVariants()
{
    QTest::addColumn<Variant>("variant");
    QTest::addColumn<MemoryWire::Side>("writer");
    const auto add = [](const char *name, Dials dials, Registers registers,
                        Receiver::Confirm confirm) {
        const Variant variant{dials, registers, confirm};
        QTest::addRow("%s, initiator's bytes", name) << variant << MemoryWire::Initiator;
        QTest::addRow("%s, acceptor's bytes", name) << variant << MemoryWire::Acceptor;
    };
    using Confirm = Receiver::Confirm;
    add("consumer dials and registers", Dials::Consumer, Registers::Consumer, Confirm::AtOnce);
    add("producer dials, consumer registers", Dials::Producer, Registers::Consumer, Confirm::Later);
    add("consumer dials, producer registers", Dials::Consumer, Registers::Producer, Confirm::Later);
    add("producer dials and registers", Dials::Producer, Registers::Producer, Confirm::AtOnce);
}

} // namespace

void TestCuts::everyByte_data()
{
    addVariants();
}

// H1, H2, H3: from the first byte of the handshake to behind the last confirmation.
void TestCuts::everyByte()
{
    QFETCH(const Variant, variant);
    QFETCH(const MemoryWire::Side, writer);

    bool wasCut = true;
    qint64 offset = 0;
    for (; wasCut; ++offset) {
        VirtualFlow flow(variant);
        const auto first = flow.world.network.wire();
        first->cutAfter(writer, offset);
        flow.send(FewMessages);
        QVERIFY2(flow.finish(), qPrintable(QStringLiteral("cut at byte %1").arg(offset)));
        wasCut = first->delivered(writer) >= offset;
        flow.world.time.advance(50ms); // the last byte may have been the one that was cut
        QCOMPARE(flow.producerNode.linkCount(), 1);
        QCOMPARE(flow.consumerNode.linkCount(), 1);
    }
    QVERIFY2(offset > 300, qPrintable(QStringLiteral("only %1 offsets").arg(offset)));
}

void TestCuts::everyByteOfAResume_data()
{
    addVariants();
}

// The first link breaks among the messages; the second one, whose Attach resumes, breaks anywhere.
void TestCuts::everyByteOfAResume()
{
    QFETCH(const Variant, variant);
    QFETCH(const MemoryWire::Side, writer);

    const auto producerSide =
        variant.dials == Dials::Producer ? MemoryWire::Initiator : MemoryWire::Acceptor;
    bool wasCut = true;
    qint64 offset = 0;
    for (; wasCut; ++offset) {
        VirtualFlow flow(variant);
        flow.world.network.wire()->cutAfter(producerSide, 560);
        flow.send(FewMessages);
        VirtualTime::settle();
        QVERIFY(!flow.world.network.wire());
        QVERIFY(flow.receiver.received.size() > 3);
        QVERIFY(flow.receiver.received.size() < FewMessages.size());
        const auto second = nextWire(flow.world);
        QVERIFY(second);
        second->cutAfter(writer, offset);
        second->setHeld(false);
        QVERIFY2(flow.finish(), qPrintable(QStringLiteral("cut at byte %1").arg(offset)));
        wasCut = second->delivered(writer) >= offset;
    }
    QVERIFY2(offset > 250, qPrintable(QStringLiteral("only %1 offsets").arg(offset)));
}

void TestCuts::everyByteWhileBothConnect_data()
{
    QTest::addColumn<int>("wire");
    QTest::addColumn<MemoryWire::Side>("writer");
    for (const int wire : {0, 1}) {
        QTest::addRow("link %d, initiator's bytes", wire) << wire << MemoryWire::Initiator;
        QTest::addRow("link %d, acceptor's bytes", wire) << wire << MemoryWire::Acceptor;
    }
}

// H9: the one that wins or the one that loses breaks, at any byte.
void TestCuts::everyByteWhileBothConnect()
{
    QFETCH(const int, wire);
    QFETCH(const MemoryWire::Side, writer);

    bool wasCut = true;
    for (qint64 offset = 0; wasCut; ++offset) {
        VirtualFlow flow(Variant{.dials = Dials::Both}, quint64(1 + offset % 4));
        const auto cut = flow.world.network.wires().at(wire);
        cut->cutAfter(writer, offset);
        flow.send(FewMessages);
        QVERIFY2(flow.finish(), qPrintable(QStringLiteral("cut at byte %1").arg(offset)));
        flow.world.time.advance(500ms);
        QCOMPARE(flow.producerNode.linkCount(), 1);
        QCOMPARE(flow.consumerNode.linkCount(), 1);
        wasCut = cut->delivered(writer) >= offset;
    }
}

// H1: every link lives a little longer than the one before, all of 200 messages arrive.
void TestCuts::cutAgainAndAgain()
{
    VirtualFlow flow(Variant{});
    QList<qsizetype> sizes;
    for (int i = 0; i < 200; ++i)
        sizes.append(i * 7919 % 500);
    flow.world.network.wire()->setHeld(true);
    flow.send(sizes);
    VirtualTime::settle();
    int cuts = 0;
    for (qint64 bytes = 60; !flow.isDone(); bytes += 11) {
        QVERIFY(cuts < 300);
        const auto wire = nextWire(flow.world);
        QVERIFY(wire);
        wire->cutAfter(cuts % 3 == 0 ? MemoryWire::Initiator : MemoryWire::Acceptor, bytes);
        wire->setHeld(false);
        VirtualTime::settle();
        if (!wire->isOpen())
            ++cuts;
        else
            QVERIFY(flow.finish());
    }
    QVERIFY2(cuts > 20, qPrintable(QString::number(cuts)));
}

void TestCuts::halfOpen_data()
{
    QTest::addColumn<qint64>("bytes");
    QTest::newRow("during the handshake") << qint64(0);
    QTest::newRow("behind the handshake") << qint64(80);
    QTest::newRow("among the messages") << qint64(500);
    QTest::newRow("idle") << qint64(-1);
}

// H4: the peer is gone without a word.
void TestCuts::halfOpen()
{
    QFETCH(const qint64, bytes);

    VirtualFlow flow(Variant{});
    QSignalSpy producerDown(&flow.producerNode, &DeliveryNode::linkDown);
    QSignalSpy consumerDown(&flow.consumerNode, &DeliveryNode::linkDown);
    const auto wire = flow.world.network.wire();
    wire->setHeld(true);
    flow.send(FewMessages);
    VirtualTime::settle();
    if (bytes < 0) {
        wire->setHeld(false);
        QVERIFY(flow.finish());
        flow.world.time.advance(10s); // an idle link stays
        QVERIFY(wire->isOpen());
    } else {
        wire->setHeld(MemoryWire::Initiator, false);
        VirtualTime::settle();
        wire->deliver(MemoryWire::Acceptor, bytes);
    }
    const int linksUp = flow.producerNode.linkCount() + flow.consumerNode.linkCount();
    wire->vanish();
    flow.send({1, 2, 3});
    flow.world.time.advance(300ms); // the timeout of both, for the handshake and for the heartbeat
    QCOMPARE(producerDown.size() + consumerDown.size(), linksUp);
    QVERIFY(flow.finish());
    QVERIFY(!wire->isOpen());
    QCOMPARE(flow.world.network.wires().size(), 1);
}

void TestCuts::connectOrder_data()
{
    QTest::addColumn<bool>("silent");
    QTest::addColumn<std::chrono::milliseconds>("wait");
    QTest::newRow("server first") << false << 0ms;
    QTest::newRow("client first, refused once") << false << 1ms;
    QTest::newRow("client first, refused for long") << false << 10000ms;
    QTest::newRow("client first, nobody answers") << true << 10000ms;
}

// H7
void TestCuts::connectOrder()
{
    QFETCH(const bool, silent);
    QFETCH(const std::chrono::milliseconds, wait);

    VirtualWorld world;
    TestNode consumerNode(world, fastSettings());
    Receiver receiver(ConsumerId, &consumerNode);
    receiver.registerTo(ProducerId);
    world.network.setSilent(silent);
    QVERIFY(!consumerNode.connectTo(ProducerUrl));
    world.time.advance(wait);
    world.network.setSilent(false);
    TestNode producerNode(world, fastSettings());
    QVERIFY(!producerNode.listen(ProducerUrl));
    Sender sender(ProducerId, &producerNode);
    sender.send(messagesFrom(1, FewMessages));
    world.time.advance(500ms); // an attempt that nobody answers takes 300
    QVERIFY(receiver.hasExactly(sender.messages()));

    // The server's process is another one: the flow of its new producer begins at 1.
    Receiver other(QStringLiteral("other"), &consumerNode);
    other.registerTo(QStringLiteral("later"));
    auto *const server = new TestNode(world, fastSettings());
    QVERIFY(!server->listen(ConsumerUrl));
    QVERIFY(!consumerNode.connectTo(ConsumerUrl));
    world.time.advance(100ms);
    QCOMPARE(consumerNode.linkCount(), 2);
    delete server;
    world.time.advance(1s);
    QCOMPARE(consumerNode.linkCount(), 1);
    TestNode restarted(world, fastSettings());
    Sender later(QStringLiteral("later"), &restarted);
    later.send(messagesFrom(1, FewMessages));
    QVERIFY(!restarted.listen(ConsumerUrl));
    world.time.advance(100ms);
    QVERIFY(other.hasExactly(later.messages()));
}

void TestCuts::duplicateLinksSettle_data()
{
    QTest::addColumn<int>("order");
    QTest::newRow("both at once") << 0;
    QTest::newRow("the consumer's first") << 1;
    QTest::newRow("the producer's first") << 2;
    QTest::newRow("the consumer's is used already") << 3;
    QTest::newRow("the producer's is used already") << 4;
}

// H9: whichever order their bytes arrive in, one link is left and nothing comes twice.
void TestCuts::duplicateLinksSettle()
{
    QFETCH(const int, order);

    for (quint64 seed = 1; seed <= 50; ++seed) {
        VirtualFlow flow(Variant{.dials = Dials::Both}, seed);
        flow.send(FewMessages);
        const auto wires = flow.world.network.wires();
        QCOMPARE(wires.size(), 2);
        const auto &late = wires.at(order % 2 == 1 ? 1 : 0);
        if (order > 0) {
            late->setHeld(true);
            VirtualTime::settle();
            if (order > 2)
                QVERIFY(flow.finish());
            late->setHeld(false);
        }
        QVERIFY(flow.finish());
        flow.send({5, 6});
        QVERIFY(flow.finish());
        flow.world.time.advance(1s);
        QCOMPARE(flow.world.network.wires().size(), 1);
        QCOMPARE(flow.producerNode.linkCount(), 1);
        QCOMPARE(flow.consumerNode.linkCount(), 1);
        QCOMPARE(flow.world.network.attempts(), 2); // the loser does not try again
        // and is there when the winner breaks
        flow.world.network.cutAll();
        flow.send({7});
        QVERIFY(flow.finish());
        // or is given up
        QVERIFY(!flow.producerNode.disconnectFrom(ConsumerUrl));
        flow.send({8});
        QVERIFY(flow.finish());
        flow.world.time.advance(1s);
        QCOMPARE(flow.world.network.wires().size(), 1);
    }
}

// H8: no connection lives long. Nothing is left of any of them, and the pauses do not shrink.
void TestCuts::flappingLeavesNothingBehind()
{
    constexpr int Cycles = 2000;
    VirtualFlow flow(Variant{});
    flow.send({1, 2, 3});
    QVERIFY(flow.finish());
    flow.world.network.cutAll();
    const TimePoint begin = flow.world.time.now();
    for (int i = 0; i < Cycles; ++i) {
        const auto wire = nextWire(flow.world);
        QVERIFY(wire);
        wire->cutAfter(MemoryWire::Acceptor, 120);
        wire->setHeld(false);
        VirtualTime::settle();
        QVERIFY(!wire->isOpen());
        QVERIFY(wire.use_count() <= 1); // the connections are gone
        QVERIFY(flow.world.time.alarmCount() <= 2);
    }
    const auto perCycle = (flow.world.time.now() - begin) / Cycles;
    QVERIFY(perCycle > 18ms); // the longest pause, with its jitter
    QVERIFY(perCycle < 25ms);
    flow.send({4, 5, 6});
    QVERIFY(flow.finish());
}

// ---- sockets

namespace {

/*! Both ends of one flow on sockets of this machine, a proxy between them. */
class SocketFlow
{
public:
    SocketFlow()
        : producerNode(fastSettings())
        , consumerNode(fastSettings())
        , sender(ProducerId, &producerNode, fastProducer())
        , receiver(ConsumerId, &consumerNode, Receiver::Confirm::AtOnce, fastConsumer())
    {
        receiver.registerTo(ProducerId);
    }

    /*! Connects the nodes through the proxy, which has its faults already. */
    [[nodiscard]] bool connect()
    {
        return !producerNode.listen(QUrl(QStringLiteral("tcp://127.0.0.1:0")))
            && proxy.start(quint16(producerNode.listeningUrls().first().port()))
            && !consumerNode.connectTo(
                QUrl(QStringLiteral("tcp://127.0.0.1:%1").arg(proxy.port())));
    }

    [[nodiscard]] bool finish()
    {
        return waitUntil([this] { return isDone(); });
    }
    [[nodiscard]] bool isDone() const
    {
        return sender.isDone() && receiver.hasExactly(sender.messages());
    }

    DeliveryNode producerNode;
    DeliveryNode consumerNode;
    CuttingProxy proxy;
    Sender sender;
    Receiver receiver;
};

const QList<qsizetype> SocketMessages{0, 1, 300, 17, 60};

} // namespace

void TestCuts::sockets_data()
{
    using Direction = CuttingProxy::Direction;
    QTest::addColumn<Direction>("direction");
    QTest::addColumn<CutKind>("kind");
    QTest::newRow("to the producer, reset") << Direction::ToTarget << CutKind::Reset;
    QTest::newRow("to the producer, finish") << Direction::ToTarget << CutKind::Finish;
    QTest::newRow("from the producer, reset") << Direction::FromTarget << CutKind::Reset;
    QTest::newRow("from the producer, finish") << Direction::FromTarget << CutKind::Finish;
}

// As everyByte(), every 7th byte on sockets.
void TestCuts::sockets()
{
    QFETCH(const CuttingProxy::Direction, direction);
    QFETCH(const CutKind, kind);

    bool wasCut = true;
    for (qint64 offset = 1; wasCut; offset += 7) {
        SocketFlow flow;
        flow.proxy.cutAfter(direction, offset, kind);
        flow.sender.send(messagesFrom(1, SocketMessages));
        QVERIFY(flow.connect());
        QVERIFY2(flow.finish(), qPrintable(QStringLiteral("cut at byte %1").arg(offset)));
        wasCut = flow.proxy.cuts() > 0;
        QVERIFY(wasCut || offset > 300);
    }
}

void TestCuts::socketsStall_data()
{
    using Direction = CuttingProxy::Direction;
    QTest::addColumn<QList<Direction>>("directions");
    QTest::newRow("to the producer") << QList{Direction::ToTarget};
    QTest::newRow("from the producer") << QList{Direction::FromTarget};
    QTest::newRow("both") << QList{Direction::ToTarget, Direction::FromTarget};
}

// H4 on sockets: bytes are swallowed, no FIN, no RST.
void TestCuts::socketsStall()
{
    QFETCH(const QList<CuttingProxy::Direction>, directions);

    SocketFlow flow;
    QSignalSpy producerDown(&flow.producerNode, &DeliveryNode::linkDown);
    QSignalSpy consumerDown(&flow.consumerNode, &DeliveryNode::linkDown);
    flow.sender.send(messagesFrom(1, SocketMessages));
    QVERIFY(flow.connect());
    QVERIFY(flow.finish());
    for (const auto direction : directions)
        flow.proxy.setStalled(direction, true);
    flow.sender.send(messagesFrom(6, SocketMessages));
    QVERIFY(waitUntil([&] { return !producerDown.isEmpty() && !consumerDown.isEmpty(); }));
    QVERIFY(!flow.isDone());
    for (const auto direction : directions)
        flow.proxy.setStalled(direction, false);
    QVERIFY(flow.finish());
}

void TestCuts::socketsDelayAndRefusal()
{
    SocketFlow flow;
    flow.proxy.setDelay(CuttingProxy::Direction::ToTarget, 20ms);
    flow.proxy.setDelay(CuttingProxy::Direction::FromTarget, 20ms);
    QSignalSpy scheduled(&flow.consumerNode, &DeliveryNode::reconnectScheduled);
    flow.sender.send(messagesFrom(1, SocketMessages));
    QVERIFY(flow.connect());
    QVERIFY(waitUntil([&] { return flow.receiver.received.size() >= 3; }));
    flow.proxy.refuseFor(100ms);
    QVERIFY(flow.proxy.cutNow(CutKind::Reset));
    flow.sender.send(messagesFrom(6, SocketMessages));
    QVERIFY(flow.finish());
    QVERIFY2(scheduled.size() > 2, qPrintable(QString::number(scheduled.size())));
    const auto refused = std::count_if(scheduled.begin(), scheduled.end(), [](const auto &call) {
        return call.at(2).template value<Error>().code() == Error::Code::ConnectionRefused;
    });
    QVERIFY(refused > 0);
}

// H7: the server comes back on another port, with another producer of the same name.
void TestCuts::socketsServerRestartedElsewhere()
{
    SocketFlow flow;
    flow.sender.send(messagesFrom(1, SocketMessages));
    QVERIFY(flow.connect());
    QVERIFY(flow.finish());
    QSignalSpy errors(&flow.receiver.controller, &ConsumerController::errorOccurred);

    DeliveryNode restarted(fastSettings());
    Sender sender(ProducerId, &restarted, fastProducer());
    sender.send(messagesFrom(1, SocketMessages));
    QVERIFY(!restarted.listen(QUrl(QStringLiteral("tcp://127.0.0.1:0"))));
    flow.proxy.setTargetPort(quint16(restarted.listeningUrls().first().port()));
    QVERIFY(flow.proxy.cutNow(CutKind::Reset));
    QVERIFY(waitUntil([&] { return sender.isDone(); }));
    QCOMPARE(flow.receiver.received, flow.sender.messages() + sender.messages());
    QCOMPARE(errors.size(), 1);
    QCOMPARE(errors.first().first().value<Error>().code(), Error::Code::ProducerRestarted);
}

// H9 on sockets.
void TestCuts::socketsBothConnect()
{
    const QUrl any(QStringLiteral("tcp://127.0.0.1:0"));
    for (int i = 0; i < 20; ++i) {
        SocketFlow flow;
        QVERIFY(!flow.producerNode.listen(any) && !flow.consumerNode.listen(any));
        QVERIFY(!flow.consumerNode.connectTo(flow.producerNode.listeningUrls().first()));
        QVERIFY(!flow.producerNode.connectTo(flow.consumerNode.listeningUrls().first()));
        flow.sender.send(messagesFrom(1, SocketMessages));
        QVERIFY(flow.finish());
        QVERIFY(waitUntil([&] {
            return flow.producerNode.linkCount() == 1 && flow.consumerNode.linkCount() == 1;
        }));
        flow.sender.send(messagesFrom(6, SocketMessages));
        QVERIFY(flow.finish());
    }
}

QTEST_GUILESS_MAIN(TestCuts)
#include "tst_cuts.moc"
