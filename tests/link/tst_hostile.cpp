// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "flowpair.h"
#include "rawpeer.h"

#include <QFile>
#include <QLoggingCategory>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QtEndian>

#include <unistd.h>

using namespace QtDelivery;
using namespace QtDelivery::Test;
using namespace TestSupport;
using namespace std::chrono_literals;

// A node that listens, an honest node with a flow in each direction, and a peer that is neither.

namespace {

// The address sanitizer keeps freed memory for a while, to find its late users.
#ifdef UNDER_SANITIZER
constexpr qint64 SanitizerSlack = 400'000'000;
#else
constexpr qint64 SanitizerSlack = 0;
#endif

constexpr int MaxFlows = 1000;
const QString Prey = QStringLiteral("prey"); // a producer that anybody may attach to
const QString Bait = QStringLiteral("bait"); // a producer id that the node's consumer wants

NodeSettings serverSettings()
{
    NodeSettings settings;
    settings.maxFlowsPerLink = MaxFlows;
    settings.maxRegistrationsPerSecond = 1'000'000; // so that what is behind it is reached
    settings.maxFrameLength = 1 << 20;
    settings.closeTimeout = 300ms;
    return settings;
}

ConsumerSettings smallWindow()
{
    ConsumerSettings settings;
    settings.flowControlWindow = 4;
    settings.flowControlWindowBytes = 1000;
    settings.maxMessageSize = 2000;
    return settings;
}

/*! Memory of this process that is in use. */
qint64 residentBytes()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toLongLong() * sysconf(_SC_PAGESIZE);
}

class Scene
{
public:
    Scene()
        : server(serverSettings())
        , prey(Prey, &server)
        , fromServer(QStringLiteral("down"), &server)
        , baited(QStringLiteral("baited"), &server, Receiver::Confirm::Never, smallWindow())
        , toServer(QStringLiteral("up"), &client)
        , atClient(QStringLiteral("reader"), &client)
        , atServer(QStringLiteral("writer"), &server)
        , clientDown(&client, &DeliveryNode::linkDown)
    {
        atClient.registerTo(QStringLiteral("down"));
        atServer.registerTo(QStringLiteral("up"));
        baited.registerTo(Bait);
    }

    [[nodiscard]] bool start()
    {
        return !server.listen(QUrl(QStringLiteral("tcp://127.0.0.1:0"))) && !client.connectTo(url())
            && honestFlowsWork();
    }
    [[nodiscard]] QUrl url() const { return server.listeningUrls().first(); }

    /*! A hundred messages in each direction, through the link that there was from the beginning. */
    [[nodiscard]] bool honestFlowsWork()
    {
        for (Sender *sender : {&fromServer, &toServer}) {
            QList<QByteArray> messages;
            for (int i = 0; i < 100; ++i)
                messages.append(payloadOf(sender->messages().size() + i + 1, 20 + i * 10));
            sender->send(messages);
        }
        return waitUntil([this] {
                   return fromServer.isDone() && toServer.isDone()
                       && atClient.hasExactly(fromServer.messages())
                       && atServer.hasExactly(toServer.messages());
               })
            && clientDown.isEmpty();
    }

    DeliveryNode server;
    DeliveryNode client;
    Sender prey;
    Sender fromServer;
    Receiver baited;
    Sender toServer;
    Receiver atClient;
    Receiver atServer;
    QSignalSpy clientDown;
};

AttachFrame attachTo(const QString &producerId)
{
    AttachFrame frame;
    frame.consumer = {7, 7};
    frame.requestUpToSeqNr = 8;
    frame.requestUpToBytes = 4096;
    frame.maxMessageSize = 4096;
    frame.producerId = producerId;
    frame.consumerId = QStringLiteral("thief");
    return frame;
}

QByteArray withByte(QByteArray frame, qsizetype at, char value, bool repair)
{
    frame[at] = value;
    if (repair)
        qToLittleEndian(frameChecksum(frame), frame.data());
    return frame;
}

using Bytes = QByteArray;

constexpr SeqNr Negative = SeqNr(quint64(1) << 63); // 2^63 on the wire

} // namespace

class TestHostile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QLoggingCategory::setFilterRules(QStringLiteral("qtdelivery.*.info=false"));
    }
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral("."))); }

    void beforeTheHandshake_data();
    void beforeTheHandshake();
    void itself();
    void afterTheHandshake_data();
    void afterTheHandshake();
    void asConsumer_data();
    void asConsumer();
    void asProducer_data();
    void asProducer();
    void giantLengthTakesNoMemory();
    void truncated();
    void attachFlood();
    void attachFloodUnread();
    void offerFlood();
    void offerAndWithdrawFlood();
    void pingFloodUnread();
    void garbageAfterClose();
    void plainNodesLoadNoOpenssl();
};

void TestHostile::beforeTheHandshake_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Reason>("reason");
    HelloFrame later = RawPeer::hello();
    later.versionMin = later.versionMax = 9;
    HelloFrame acceptor = RawPeer::hello();
    acceptor.initiator = false;
    const Bytes hello = encoded(0, RawPeer::hello());
    QTest::newRow("HTTP") << Bytes("GET / HTTP/1.1\r\nHost: x\r\n\r\n") << Reason::NotThisProtocol;
    QTest::newRow("TLS") << Bytes::fromHex("1603010200010001fc0303") + Bytes(500, 'r')
                         << Reason::NotThisProtocol;
    QTest::newRow("Ping first") << encoded(0, PingFrame{1}) << Reason::NotThisProtocol;
    QTest::newRow("Attach first") << encoded(1, attachTo(Prey)) << Reason::NotThisProtocol;
    QTest::newRow("Hello of 2 GiB") << withByte(hello, 7, '\x7f', true) << Reason::NotThisProtocol;
    QTest::newRow("later version") << encoded(0, later) << Reason::UnsupportedVersion;
    QTest::newRow("second acceptor") << encoded(0, acceptor) << Reason::UnexpectedFrame;
    QTest::newRow("damaged Hello") << withByte(hello, 50, 'x', false) << Reason::BadChecksum;
    QTest::newRow("second Hello") << hello + hello << Reason::UnexpectedFrame;
}

void TestHostile::beforeTheHandshake()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const Reason, reason);

    Scene scene;
    QVERIFY(scene.start());
    RawPeer peer;
    QVERIFY(peer.connectTo(scene.url()));
    peer.socket.write(bytes);
    QCOMPARE(peer.waitForClose(), std::optional(reason));
    QVERIFY(scene.honestFlowsWork());
}

void TestHostile::itself()
{
    Scene scene;
    QVERIFY(scene.start());
    RawPeer peer;
    QVERIFY(peer.connectTo(scene.url()));
    QVERIFY(waitUntil([&] { return peer.peer.has_value(); })); // it does not wait for ours
    HelloFrame hello = RawPeer::hello();
    hello.node = peer.peer->node;
    peer.say(hello);
    QCOMPARE(peer.waitForClose(), std::optional(Reason::SelfConnection));
    QVERIFY(scene.honestFlowsWork());
}

void TestHostile::afterTheHandshake_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Reason>("reason");
    const Bytes ping = encoded(0, PingFrame{1});
    const Bytes offer = encoded(0, OfferFrame{OfferKind::Producer, {1, 1}, QStringLiteral("id")});
    QTest::newRow("checksum") << withByte(ping, 20, '!', false) << Reason::BadChecksum;
    QTest::newRow("unknown type") << withByte(ping, 8, 99, true) << Reason::UnknownFrame;
    QTest::newRow("length 4 GiB") << withByte(ping, 7, '\xff', true) << Reason::FrameTooLarge;
    QTest::newRow("shorter than its fields")
        << withByte(ping, 4, 7, true).chopped(1) << Reason::BadChecksum;
    QTest::newRow("optional fields beyond the end")
        << withByte(ping, 11, 1, true) << Reason::MalformedFrame;
    QTest::newRow("channel of a flow") << withByte(ping, 12, 1, true) << Reason::MalformedFrame;
    QTest::newRow("Message of the link")
        << encoded(0, MessageFrame{1, "x"}) << Reason::MalformedFrame;
    QTest::newRow("not UTF-8") << withByte(offer, 35, '\xff', true) << Reason::MalformedFrame;
    QTest::newRow("control character") << withByte(offer, 35, '\n', true) << Reason::MalformedFrame;
    QTest::newRow("Offer of a third kind")
        << withByte(offer, 16, 2, true) << Reason::MalformedFrame;
    QTest::newRow("Request without Attach")
        << encoded(1, RequestFrame{0, 0, 1, 1}) << Reason::UnexpectedFrame;
    QTest::newRow("Message without Attach")
        << encoded(2, MessageFrame{1, "x"}) << Reason::UnexpectedFrame;
    QTest::newRow("Attach on the acceptor's number")
        << encoded(2, attachTo(Prey)) << Reason::UnexpectedFrame;
    AttachFrame attach = attachTo(Prey);
    attach.requestUpToSeqNr = Negative;
    QTest::newRow("Attach with 2^63") << encoded(1, attach) << Reason::ImpossibleNumber;
    attach = attachTo(Prey);
    attach.confirmedSeqNr = attach.receivedSeqNr = 1;
    QTest::newRow("Attach that confirms nobody's messages")
        << encoded(1, attach) << Reason::ImpossibleNumber;
}

void TestHostile::afterTheHandshake()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const Reason, reason);

    Scene scene;
    QVERIFY(scene.start());
    RawPeer peer;
    QVERIFY(peer.shakeHands(scene.url()));
    peer.socket.write(bytes);
    QCOMPARE(peer.waitForClose(), std::optional(reason));
    QVERIFY(scene.honestFlowsWork());
}

void TestHostile::asConsumer_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Reason>("reason");
    // Two messages were sent.
    QTest::newRow("confirms what was not sent")
        << encoded(1, RequestFrame{3, 3, 8, 1}) << Reason::ImpossibleNumber;
    QTest::newRow("received what was not sent")
        << encoded(1, RequestFrame{0, 3, 8, 1}) << Reason::ImpossibleNumber;
    QTest::newRow("confirms 2^63")
        << encoded(1, RequestFrame{Negative, Negative, Negative, 1}) << Reason::ImpossibleNumber;
    QTest::newRow("confirms 2^62 - 1")
        << encoded(1, RequestFrame{MaxSeqNr - 1, MaxSeqNr - 1, MaxSeqNr - 1, 1})
        << Reason::ImpossibleNumber;
    QTest::newRow("grants below confirmed")
        << encoded(1, RequestFrame{2, 2, 1, 1}) << Reason::ImpossibleNumber;
    QTest::newRow("resend of what was not sent")
        << encoded(1, ResendFrame{1, 3}) << Reason::ImpossibleNumber;
    QTest::newRow("resend backwards") << encoded(1, ResendFrame{2, 1}) << Reason::ImpossibleNumber;
    QTest::newRow("plays the producer")
        << encoded(1, MessageFrame{1, "x"}) << Reason::UnexpectedFrame;
    QTest::newRow("Attached") << encoded(1, AttachedFrame{{1, 1}, 1, 1}) << Reason::UnexpectedFrame;
    QTest::newRow("the channel again, for another producer")
        << encoded(1, attachTo(QStringLiteral("down"))) << Reason::UnexpectedFrame;
}

void TestHostile::asConsumer()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const Reason, reason);

    Scene scene;
    QVERIFY(scene.start());
    RawPeer peer;
    QVERIFY(peer.shakeHands(scene.url()));
    peer.say(attachTo(Prey), 1);
    scene.prey.send({"one", "two"});
    QVERIFY(waitUntil([&] { return peer.isAttached && scene.prey.sent() == 2; }));
    QSignalSpy confirmed(&scene.prey.controller, &ProducerController::confirmed);
    peer.socket.write(bytes);
    QCOMPARE(peer.waitForClose(), std::optional(reason));
    QVERIFY(confirmed.isEmpty());
    QCOMPARE(scene.prey.controller.unconfirmedCount(), 2);
    QVERIFY(scene.honestFlowsWork());
}

void TestHostile::asProducer_data()
{
    QTest::addColumn<QByteArray>("bytes"); // on the channel that the consumer opens: 2
    QTest::addColumn<Reason>("reason");
    const Bytes attached = encoded(2, AttachedFrame{{9, 9}, 1, 1});
    Bytes beyond = attached;
    for (SeqNr n = 1; n <= 5; ++n)
        beyond += encoded(2, MessageFrame{n, "x"});
    QTest::newRow("one message too many") << beyond << Reason::GrantExceeded;
    QTest::newRow("a number far beyond")
        << attached + encoded(2, MessageFrame{MaxSeqNr - 1, "x"}) << Reason::GrantExceeded;
    QTest::newRow("bytes beyond the grant") << attached
            + encoded(2, MessageFrame{1, Bytes(1000, 'x')}) + encoded(2, MessageFrame{2, "x"})
                                            << Reason::GrantExceeded;
    QTest::newRow("larger than accepted")
        << attached + encoded(2, MessageFrame{1, Bytes(2001, 'x')}) << Reason::GrantExceeded;
    QTest::newRow("number 0") << attached + encoded(2, MessageFrame{0, "x"})
                              << Reason::ImpossibleNumber;
    QTest::newRow("number 2^63") << attached + encoded(2, MessageFrame{Negative, "x"})
                                 << Reason::ImpossibleNumber;
    QTest::newRow("Sent beyond the grant")
        << attached + encoded(2, SentFrame{5}) << Reason::ImpossibleNumber;
    QTest::newRow("Attached at 0")
        << encoded(2, AttachedFrame{{9, 9}, 1, 0}) << Reason::ImpossibleNumber;
    QTest::newRow("plays the consumer")
        << attached + encoded(2, RequestFrame{0, 0, 1, 1}) << Reason::UnexpectedFrame;
    QTest::newRow("Attach on the consumer's channel")
        << attached + encoded(2, attachTo(Prey)) << Reason::UnexpectedFrame;
}

void TestHostile::asProducer()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const Reason, reason);

    Scene scene;
    QVERIFY(scene.start());
    RawPeer peer;
    QVERIFY(peer.shakeHands(scene.url()));
    peer.say(OfferFrame{OfferKind::Producer, {9, 9}, Bait});
    QVERIFY(waitUntil([&] { return peer.attachChannel != 0; }));
    QCOMPARE(peer.attachChannel, ChannelNr(2));
    peer.socket.write(bytes);
    QCOMPARE(peer.waitForClose(), std::optional(reason));
    QVERIFY(scene.baited.received.size() <= 1); // nothing is confirmed
    QVERIFY(scene.honestFlowsWork());
}

void TestHostile::giantLengthTakesNoMemory()
{
    Scene scene;
    QVERIFY(scene.start());
    const qint64 before = residentBytes();
    std::vector<std::unique_ptr<RawPeer>> peers;
    for (int i = 0; i < 50; ++i) {
        peers.push_back(std::make_unique<RawPeer>());
        QVERIFY(peers.back()->connectTo(scene.url()));
        HelloFrame hello = RawPeer::hello();
        hello.node.low += quint64(i);
        // The largest frame that is permitted is announced, and never comes.
        const Bytes frame = encoded(1, MessageFrame{1, Bytes((1 << 20) - 8, 'x')});
        peers.back()->socket.write(encoded(0, hello) + frame.first(100));
    }
    QVERIFY(waitUntil([&] { return scene.server.linkCount() == 51; }));
    QVERIFY(scene.honestFlowsWork());
    QVERIFY2(residentBytes() - before < 20'000'000 + SanitizerSlack, "50 MB were promised");
}

void TestHostile::truncated()
{
    Scene scene;
    QVERIFY(scene.start());
    const Bytes all = encoded(0, RawPeer::hello()) + encoded(1, attachTo(Prey))
        + encoded(1, RequestFrame{0, 0, 8, 1});
    for (qsizetype size = 0; size <= all.size(); size += 3) {
        RawPeer peer;
        QVERIFY(peer.connectTo(scene.url()));
        peer.socket.write(all.first(size));
        peer.socket.disconnectFromHost();
        QVERIFY(!peer.waitForClose());
    }
    QVERIFY(waitUntil([&] { return scene.server.linkCount() == 1; }));
    QVERIFY(scene.honestFlowsWork());
}

void TestHostile::attachFlood()
{
    constexpr int Count = 100'000;
    Scene scene;
    QVERIFY(scene.start());
    RawPeer peer;
    QVERIFY(peer.shakeHands(scene.url()));
    const qint64 before = residentBytes();
    const AttachFrame attach = attachTo(QStringLiteral("nobody"));
    for (int i = 0; i < Count;) {
        Bytes burst;
        for (int end = i + 500; i < end; ++i)
            appendFrame(burst, ChannelNr(2 * i + 1), attach);
        peer.socket.write(burst);
        QVERIFY(waitUntil([&] { return peer.closed || peer.detached == i; }));
    }
    QVERIFY(!peer.closed);
    QCOMPARE(peer.detached, Count);
    QVERIFY(scene.honestFlowsWork());
    QVERIFY(residentBytes() - before < 20'000'000 + SanitizerSlack);
}

// Every refusal is a frame that somebody must read.
void TestHostile::attachFloodUnread()
{
    Scene scene;
    QVERIFY(scene.start());
    RawPeer peer;
    QVERIFY(peer.shakeHands(scene.url()));
    QSignalSpy down(&scene.server, &DeliveryNode::linkDown);
    peer.isReading = false;
    peer.socket.setReadBufferSize(1);
    const qint64 before = residentBytes();
    const AttachFrame attach = attachTo(QStringLiteral("nobody"));
    for (int i = 0; i < 3'000'000 && down.isEmpty();) {
        Bytes burst;
        for (int end = i + 5000; i < end; ++i)
            appendFrame(burst, ChannelNr(2 * i + 1), attach);
        peer.socket.write(burst);
        QVERIFY(waitUntil([&] { return !down.isEmpty() || peer.socket.bytesToWrite() == 0; }));
    }
    QCOMPARE(down.size(), 1);
    QCOMPARE(down.first().at(1).value<Error>().code(), Error::Code::LimitReached);
    QVERIFY(scene.honestFlowsWork());
    QVERIFY(residentBytes() - before < 40'000'000 + SanitizerSlack);
}

void TestHostile::offerFlood()
{
    Scene scene;
    QVERIFY(scene.start());
    RawPeer peer;
    QVERIFY(peer.shakeHands(scene.url()));
    for (int i = 0; i <= MaxFlows; ++i)
        peer.say(OfferFrame{OfferKind(i % 2), {1, quint64(i)}, QString::number(i)});
    QCOMPARE(peer.waitForClose(), std::optional(Reason::LimitReached));
    QVERIFY(scene.honestFlowsWork());
}

void TestHostile::offerAndWithdrawFlood()
{
    Scene scene;
    QVERIFY(scene.start());
    RawPeer peer;
    QVERIFY(peer.shakeHands(scene.url()));
    QSignalSpy withdrawn(&scene.server, &DeliveryNode::consumerWithdrawn);
    const qint64 before = residentBytes();
    for (int i = 0; i < 20'000; ++i) {
        peer.say(OfferFrame{OfferKind::Consumer, {1, 1}, QString::number(i)});
        peer.say(WithdrawFrame{OfferKind::Consumer, QString::number(i)});
    }
    QVERIFY(waitUntil([&] { return withdrawn.size() == 20'000; }));
    QVERIFY(!peer.closed);
    QVERIFY(scene.honestFlowsWork());
    QVERIFY(residentBytes() - before < 40'000'000 + SanitizerSlack);
}

void TestHostile::pingFloodUnread()
{
    Scene scene;
    QVERIFY(scene.start());
    RawPeer peer;
    QVERIFY(peer.shakeHands(scene.url()));
    peer.isReading = false;
    peer.socket.setReadBufferSize(1);
    const qint64 before = residentBytes();
    Bytes burst;
    for (int i = 0; i < 5000; ++i)
        appendFrame(burst, 0, PingFrame{quint64(i)});
    for (int i = 0; i < 100; ++i) {
        peer.socket.write(burst);
        QVERIFY(waitUntil([&] { return peer.socket.bytesToWrite() == 0; }));
    }
    QVERIFY(scene.honestFlowsWork());
    QVERIFY(residentBytes() - before < 20'000'000 + SanitizerSlack);
}

void TestHostile::garbageAfterClose()
{
    Scene scene;
    QVERIFY(scene.start());
    RawPeer peer;
    QVERIFY(peer.shakeHands(scene.url()));
    const qint64 before = residentBytes();
    qint64 written = 0;
    // It never stops by itself.
    QObject::connect(&peer.socket, &QTcpSocket::bytesWritten, &peer, [&] {
        if (peer.socket.bytesToWrite() < 1'000'000) {
            peer.socket.write(Bytes(1'000'000, '\xee'));
            written += 1'000'000;
        }
    });
    peer.socket.write(Bytes(1'000'000, '\xee'));
    QVERIFY(waitUntil([&] { return peer.closed.has_value(); }));
    QCOMPARE(*peer.closed, Reason::FrameTooLarge);
    QVERIFY(waitUntil([&] { return peer.socket.state() == QAbstractSocket::UnconnectedState; }));
    QVERIFY(residentBytes() - before < 20'000'000 + SanitizerSlack);
    QVERIFY(written > 2'000'000);
    QVERIFY(scene.honestFlowsWork());
}

// OpenSSL is 4 MiB in each process, and code that a stranger need not reach.
void TestHostile::plainNodesLoadNoOpenssl()
{
    QFile maps(QStringLiteral("/proc/self/maps"));
    if (!maps.open(QIODevice::ReadOnly))
        QSKIP("what a process has loaded is read from /proc");
    const Bytes loaded = maps.readAll();
    QVERIFY(loaded.contains("libQt6Network"));
    QVERIFY(!loaded.contains("libssl"));
}

QTEST_GUILESS_MAIN(TestHostile)
#include "tst_hostile.moc"
