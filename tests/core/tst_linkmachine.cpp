// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "linkmachinefixture.h"

#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTest>

using namespace QtDelivery;
using namespace QtDelivery::Test;
using namespace std::chrono_literals;

// Row and function names that begin with H… are the ids of tests/coverage.md.

class TestLinkMachine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral("."))); }

    void handshakeInEverySplit();
    void handshakeAndMoreInOnePiece();
    void bothSidesAgree();
    void version_data();
    void version();
    void notThisProtocol_data();
    void notThisProtocol();
    void wrongHello_data();
    void wrongHello();
    void h60FirstFrameIsNoHello_data();
    void h60FirstFrameIsNoHello();
    void givesOutWhatIsNotItsOwn();
    void frameLimitAfterTheHandshake();
    void damagedFrame();
    void closeInEachState_data();
    void closeInEachState();
    void peersCloseInEachState_data();
    void peersCloseInEachState();
    void ownCloseComesLast();
    void skipToClose();
    void pingFloodGivesOnePong();
    void heartbeat();
    void anyByteIsLife();
    void h65LateWakeUp();
    void h64Suspended();
    void handshakeTimeout();
    void transportEnds();
    void winnerIsAgreed();
};

void TestLinkMachine::handshakeInEverySplit()
{
    const QByteArray bytes = encoded(0, helloOf(false)) + encoded(0, PingFrame{5});
    const qsizetype helloSize = bytes.size() - 24;
    for (qsizetype split = 0; split <= bytes.size(); ++split) {
        Fixture link;
        int ups = 0;
        for (const QByteArrayView piece :
             {QByteArrayView(bytes).first(split), QByteArrayView(bytes).sliced(split)}) {
            if (piece.isEmpty())
                continue;
            link.feed(piece);
            Result result = link.next();
            if (result == Result::Up) {
                ++ups;
                result = link.next();
            }
            QCOMPARE(result, Result::NeedMore);
            if (piece.data() == bytes.constData() && split > 0)
                QCOMPARE(link.machine.isUp(), split >= helloSize);
        }
        QCOMPARE(ups, 1);
        QCOMPARE(link.machine.peer(), helloOf(false));
        QCOMPARE(link.output().size(), 2); // Hello, Pong
    }
}

void TestLinkMachine::handshakeAndMoreInOnePiece()
{
    Fixture link(false);
    link.feed(encoded(0, helloOf(true)) + encoded(0, goldenFrames().at(5).frame)
              + encoded(3, goldenAttach()));
    QCOMPARE(link.next(), Result::Up);
    QCOMPARE(link.next(), Result::Frame);
    QVERIFY(std::holds_alternative<OfferFrame>(link.given()));
    QCOMPARE(link.next(), Result::Frame);
    QCOMPARE(link.channel, ChannelNr(3));
    QCOMPARE(link.next(), Result::NeedMore);
}

void TestLinkMachine::bothSidesAgree()
{
    Fixture caller(true, configOf(true, NodeA));
    Fixture called(false, configOf(false, NodeB));
    QByteArray fromCaller;
    QByteArray fromCalled;
    FrameWriter callerWriter(fromCaller);
    FrameWriter calledWriter(fromCalled);
    caller.machine.pollTransmit(callerWriter);
    called.machine.pollTransmit(calledWriter);
    QVERIFY(!caller.machine.hasTransmit()); // Hello once
    caller.feed(fromCalled);
    called.feed(fromCaller);
    QCOMPARE(caller.next(), Result::Up);
    QCOMPARE(called.next(), Result::Up);
    for (const LinkMachine *machine : {&caller.machine, &called.machine}) {
        QCOMPARE(machine->initiatorNode(), NodeA);
        QCOMPARE(machine->connectionNumber(), quint64(7));
        QCOMPARE(machine->reason(), Reason::None);
    }
    QCOMPARE(caller.machine.peer().nodeId, QStringLiteral("called"));
    QCOMPARE(called.machine.peer().nodeId, QStringLiteral("caller"));
}

void TestLinkMachine::version_data()
{
    QTest::addColumn<int>("min");
    QTest::addColumn<int>("max");
    QTest::addColumn<bool>("fits");
    QTest::newRow("the same") << 1 << 1 << true;
    QTest::newRow("knows later ones too") << 1 << 200 << true;
    QTest::newRow("knows earlier ones too") << 0 << 1 << true;
    QTest::newRow("only later ones") << 2 << 3 << false;
    QTest::newRow("only the very last") << 255 << 255 << false;
    QTest::newRow("only earlier ones") << 0 << 0 << false;
    QTest::newRow("turned round") << 2 << 1 << false;
}

void TestLinkMachine::version()
{
    QFETCH(const int, min);
    QFETCH(const int, max);
    QFETCH(const bool, fits);

    Fixture link;
    HelloFrame hello = helloOf(false);
    hello.versionMin = quint8(min);
    hello.versionMax = quint8(max);
    QCOMPARE(link.inject(hello), fits ? Result::Up : Result::Ended);
    if (!fits)
        verifyEnd(link, Reason::UnsupportedVersion, true);
}

void TestLinkMachine::notThisProtocol_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("HTTP") << QByteArray("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QTest::newRow("TLS ClientHello")
        << QByteArray::fromHex("16030100c8010000c40303") + QByteArray(60, '\x5a');
    QTest::newRow("SSH") << QByteArray("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n");
    QTest::newRow("zeros") << QByteArray(64, '\0');
    QTest::newRow("another magic") << encoded(0, helloOf(false)).replace("QTDL", "QTDM");
}

void TestLinkMachine::notThisProtocol()
{
    QFETCH(const QByteArray, bytes);

    Fixture link(false);
    Result result = Result::NeedMore;
    qsizetype used = 0;
    for (; result == Result::NeedMore && used < bytes.size(); ++used) {
        link.feed(QByteArrayView(bytes).sliced(used, 1));
        result = link.next();
    }
    QCOMPARE(result, Result::Ended);
    QVERIFY(used <= 20); // header and magic decide
    verifyEnd(link, Reason::NotThisProtocol, true);
}

void TestLinkMachine::wrongHello_data()
{
    QTest::addColumn<bool>("initiator");
    QTest::addColumn<HelloFrame>("hello");
    QTest::addColumn<Reason>("reason");
    QTest::newRow("self, initiator") << true << helloOf(false, NodeA) << Reason::SelfConnection;
    QTest::newRow("self, acceptor") << false << helloOf(true, NodeA) << Reason::SelfConnection;
    QTest::newRow("two initiators") << true << helloOf(true) << Reason::UnexpectedFrame;
    QTest::newRow("two acceptors") << false << helloOf(false) << Reason::UnexpectedFrame;
}

void TestLinkMachine::wrongHello()
{
    QFETCH(const bool, initiator);
    QFETCH(const HelloFrame, hello);
    QFETCH(const Reason, reason);

    Fixture link(initiator);
    QCOMPARE(link.inject(hello), Result::Ended);
    verifyEnd(link, reason, true);
}

void TestLinkMachine::h60FirstFrameIsNoHello_data()
{
    QTest::addColumn<QByteArray>("bytes");
    for (const GoldenFrame &golden : goldenFrames()) {
        if (!std::holds_alternative<HelloFrame>(golden.frame))
            QTest::newRow(golden.name) << golden.bytes;
    }
}

void TestLinkMachine::h60FirstFrameIsNoHello()
{
    QFETCH(const QByteArray, bytes);

    Fixture link;
    link.feed(bytes);
    QCOMPARE(link.next(), Result::Ended);
    verifyEnd(link, Reason::NotThisProtocol, true);
}

void TestLinkMachine::givesOutWhatIsNotItsOwn()
{
    Fixture link;
    link.shakeHands();
    for (const GoldenFrame &golden : goldenFrames()) {
        const FrameType type = FrameType(golden.bytes[8]);
        if (type < FrameType::Offer || type == FrameType::Proof)
            continue;
        link.feed(golden.bytes);
        QCOMPARE(link.next(), Result::Frame);
        QCOMPARE(link.channel, golden.channel);
        QCOMPARE(link.given().index(), golden.frame.index());
    }
    QCOMPARE(link.inject(PongFrame{3}), Result::NeedMore); // an answer that nobody asked for
    QCOMPARE(link.inject(helloOf(false)), Result::Ended); // a second Hello
    verifyEnd(link, Reason::UnexpectedFrame, false);
}

void TestLinkMachine::frameLimitAfterTheHandshake()
{
    LinkConfig config = configOf(true, NodeA);
    config.maxFrameLength = 2000;
    Fixture link(true, config);
    link.shakeHands();
    QCOMPARE(link.inject(MessageFrame{1, QByteArray(2000 - 8, 'x')}, 1), Result::Frame);
    // Refused on the word of the header, before the bytes are there.
    const QByteArray tooLong = encoded(1, MessageFrame{1, QByteArray(2000 - 7, 'x')});
    link.feed(QByteArrayView(tooLong).first(FrameHeaderSize));
    QCOMPARE(link.next(), Result::Ended);
    verifyEnd(link, Reason::FrameTooLarge, false);
}

void TestLinkMachine::damagedFrame()
{
    Fixture link;
    link.shakeHands();
    QByteArray bytes = encoded(1, SentFrame{5});
    bytes.back() = char(bytes.back() ^ 1);
    link.feed(bytes + encoded(1, SentFrame{5}));
    QCOMPARE(link.next(), Result::Ended);
    verifyEnd(link, Reason::BadChecksum, false);
}

void TestLinkMachine::closeInEachState_data()
{
    QTest::addColumn<State>("state");
    QTest::newRow("Handshaking") << State::Handshaking;
    QTest::newRow("Up") << State::Up;
    QTest::newRow("Closing") << State::Closing;
    QTest::newRow("Closed") << State::Closed;
}

void TestLinkMachine::closeInEachState()
{
    QFETCH(const State, state);

    Fixture link;
    if (state != State::Handshaking)
        link.shakeHands();
    if (state == State::Closing)
        link.machine.close(Reason::Superseded);
    if (state == State::Closed)
        QCOMPARE(link.inject(CloseFrame{Reason::LimitReached, {}}), Result::Ended);
    link.machine.close(Reason::GoingAway, QStringLiteral("bye"));
    if (state == State::Closed) { // after a received Close nothing is written
        QCOMPARE(link.machine.reason(), Reason::LimitReached);
        QVERIFY(link.output().isEmpty());
        return;
    }
    const bool first = state != State::Closing; // the first reason counts
    QCOMPARE(link.machine.reasonText(), first ? QStringLiteral("bye") : QString());
    verifyEnd(link, first ? Reason::GoingAway : Reason::Superseded, state == State::Handshaking);
}

void TestLinkMachine::peersCloseInEachState_data()
{
    closeInEachState_data();
}

void TestLinkMachine::peersCloseInEachState()
{
    QFETCH(const State, state);

    Fixture link;
    const CloseFrame close{Reason(4711), QStringLiteral("why")}; // a later version's reason
    if (state == State::Handshaking) {
        link.feed(encoded(0, helloOf(false)) + encoded(0, close));
        QCOMPARE(link.next(), Result::Up);
    } else {
        link.shakeHands();
        if (state != State::Up)
            link.machine.close(Reason::GoingAway);
        if (state == State::Closed)
            (void)link.output();
        link.feed(encoded(0, close));
    }
    QCOMPARE(link.next(), Result::Ended);
    const bool heard = state == State::Handshaking || state == State::Up;
    QCOMPARE(link.machine.closedByPeer(), heard);
    QCOMPARE(link.machine.reason(), heard ? close.reason : Reason::GoingAway);
    if (heard) {
        QCOMPARE(link.machine.reasonText(), close.text);
        QCOMPARE(link.machine.state(), State::Closed);
        QVERIFY(!link.machine.hasTransmit());
        QVERIFY(link.output().isEmpty()); // not even the Hello
    } else {
        QVERIFY(link.machine.skipToClose());
    }
}

void TestLinkMachine::ownCloseComesLast()
{
    Fixture link;
    link.shakeHands();
    QCOMPARE(link.inject(PingFrame{1}), Result::NeedMore);
    link.machine.close(Reason::GoingAway);
    const QList<Frame> frames = link.output();
    QCOMPARE(frames.size(), 1);
    QVERIFY(std::holds_alternative<CloseFrame>(frames.first()));
}

void TestLinkMachine::skipToClose()
{
    Fixture link;
    link.shakeHands();
    link.machine.close(Reason::GoingAway);
    (void)link.output();
    // Two hundred megabytes: nothing of it stays.
    const QByteArray message = encoded(1, MessageFrame{1, QByteArray(20'000, 'x')});
    for (int i = 0; i < 10'000; ++i) {
        link.feed(message);
        QVERIFY(!link.machine.skipToClose());
    }
    const QByteArray close = encoded(0, CloseFrame{Reason::GoingAway, {}});
    link.feed(QByteArrayView(close).first(17));
    QVERIFY(!link.machine.skipToClose());
    link.feed(QByteArrayView(close).sliced(17));
    QVERIFY(link.machine.skipToClose());

    Fixture illegible;
    illegible.shakeHands();
    illegible.feed(QByteArray(64, '\xff'));
    QCOMPARE(illegible.next(), Result::Ended);
    (void)illegible.output();
    illegible.feed(close); // whatever it is, it cannot be told from the rest
    QVERIFY(!illegible.machine.skipToClose());
}

void TestLinkMachine::pingFloodGivesOnePong()
{
    Fixture link;
    link.shakeHands();
    for (quint64 token = 1; token <= 10'000; ++token)
        QCOMPARE(link.inject(PingFrame{token}), Result::NeedMore);
    const QList<Frame> frames = link.output();
    QCOMPARE(frames.size(), 1);
    QCOMPARE(std::get<PongFrame>(frames.first()), PongFrame{10'000});
    QVERIFY(!link.machine.hasTransmit());
}

void TestLinkMachine::heartbeat()
{
    Fixture link;
    link.shakeHands();
    quint64 lastToken = 0;
    for (const auto time : {15s, 30s}) {
        QCOMPARE(link.machine.nextTimeout().value(), Begin + time);
        link.machine.handleTimeout(Begin + time - 1ms);
        QVERIFY(!link.machine.hasTransmit());
        link.machine.handleTimeout(Begin + time);
        const QList<Frame> frames = link.output();
        QCOMPARE(frames.size(), 1);
        QVERIFY(std::get<PingFrame>(frames.first()).token > lastToken);
        lastToken = std::get<PingFrame>(frames.first()).token;
    }
    QCOMPARE(link.machine.nextTimeout().value(), Begin + 45s);
    link.machine.handleTimeout(Begin + 45s);
    QCOMPARE(link.machine.state(), State::Closed);
    QCOMPARE(link.machine.reason(), Reason::HeartbeatTimeout);
    QVERIFY(!link.machine.hasTransmit()); // nobody reads a Close
    QVERIFY(!link.machine.nextTimeout());
}

void TestLinkMachine::anyByteIsLife()
{
    Fixture link;
    link.shakeHands();
    // One large message, one byte every ten seconds.
    const QByteArray message = encoded(1, MessageFrame{1, QByteArray(100, 'x')});
    for (const char byte : message) {
        link.now += 10s;
        link.feed(QByteArrayView(&byte, 1));
        link.machine.handleTimeout(link.now);
    }
    QVERIFY(link.machine.isUp());
    QCOMPARE(link.next(), Result::Frame);
}

void TestLinkMachine::h65LateWakeUp()
{
    Fixture link;
    link.shakeHands();
    link.now += 60s; // the event loop was blocked; what has arrived is not read yet
    link.machine.handleTimeout(link.now);
    QVERIFY(link.machine.isUp());
    QCOMPARE(link.output().size(), 1); // Ping
    QCOMPARE(link.inject(PongFrame{1}), Result::NeedMore);
    link.machine.handleTimeout(link.now + 15s);
    QVERIFY(link.machine.isUp());
}

void TestLinkMachine::h64Suspended()
{
    Fixture link;
    link.shakeHands();
    link.now += 8h;
    for (int i = 0; i < 100; ++i)
        link.machine.handleTimeout(link.now);
    QVERIFY(link.machine.isUp());
    QCOMPARE(link.output().size(), 1);
    QCOMPARE(link.machine.nextTimeout().value(), link.now + 15s);
    link.machine.handleTimeout(link.now + 15s);
    QCOMPARE(link.machine.state(), State::Closed); // the peer did not survive it
}

void TestLinkMachine::handshakeTimeout()
{
    LinkConfig config = configOf(true, NodeA);
    config.heartbeatInterval = 1s; // shorter than the handshake may take
    config.heartbeatTimeout = 2s;
    Fixture link(true, config);
    QCOMPARE(link.output().size(), 1);
    link.feed(QByteArrayView(encoded(0, helloOf(false))).first(30));
    QCOMPARE(link.next(), Result::NeedMore);
    QCOMPARE(link.machine.nextTimeout().value(), Begin + 10s);
    link.machine.handleTimeout(Begin + 10s - 1ms);
    QCOMPARE(link.machine.state(), State::Handshaking);
    link.machine.handleTimeout(Begin + 10s);
    verifyEnd(link, Reason::HandshakeTimeout, false);
}

void TestLinkMachine::transportEnds()
{
    Fixture link;
    link.shakeHands();
    link.machine.handleDown();
    QCOMPARE(link.machine.state(), State::Closed);
    QCOMPARE(link.machine.reason(), Reason::ConnectionLost);

    Fixture closing;
    closing.shakeHands();
    closing.machine.close(Reason::GrantExceeded);
    closing.machine.handleDown();
    QCOMPARE(closing.machine.reason(), Reason::GrantExceeded); // the cause, not the consequence
    QVERIFY(closing.output().isEmpty());
}

// H9: of any two links between two nodes exactly one wins, and both nodes name the same.
void TestLinkMachine::winnerIsAgreed()
{
    QRandomGenerator random(1);
    const auto draw = [&] { return quint64(1 + random.bounded(3)); }; // small: ties are frequent
    int ties = 0;
    for (int i = 0; i < 5000; ++i) {
        const Incarnation a{draw(), draw()};
        Incarnation b{draw(), draw()};
        if (a == b)
            ++b.low;
        struct Ends
        {
            Fixture ofA;
            Fixture ofB;
        };
        const auto link = [&](bool byA, quint64 number) {
            LinkConfig configA = configOf(byA, a);
            LinkConfig configB = configOf(!byA, b);
            (byA ? configA : configB).connectionNumber = number;
            Ends ends{Fixture(byA, configA), Fixture(!byA, configB)};
            HelloFrame helloA = helloOf(byA, a);
            HelloFrame helloB = helloOf(!byA, b);
            (byA ? helloA : helloB).connectionNumber = number;
            (void)ends.ofA.inject(helloB);
            (void)ends.ofB.inject(helloA);
            return ends;
        };
        const bool firstByA = draw() == 1;
        const bool secondByA = draw() == 1;
        const quint64 number = draw();
        quint64 otherNumber = draw();
        if (firstByA == secondByA && number == otherNumber) {
            ++otherNumber; // one node's numbers are all different
            ++ties;
        }
        const Ends x = link(firstByA, number);
        const Ends y = link(secondByA, otherNumber);
        QVERIFY(x.ofA.machine.isUp() && x.ofB.machine.isUp());
        const bool forA = winsAgainst(x.ofA.machine, y.ofA.machine);
        QCOMPARE(winsAgainst(y.ofA.machine, x.ofA.machine), !forA);
        QCOMPARE(winsAgainst(x.ofB.machine, y.ofB.machine), forA);
        QCOMPARE(winsAgainst(y.ofB.machine, x.ofB.machine), !forA);
        QVERIFY(!winsAgainst(x.ofA.machine, x.ofB.machine)); // a link does not beat itself
    }
    QVERIFY(ties > 100);
}

QTEST_APPLESS_MAIN(TestLinkMachine)
#include "tst_linkmachine.moc"
