// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "linkfixture.h"

#include <QRegularExpression>
#include <QTest>

#include <map>

using namespace QtDelivery;
using namespace QtDelivery::Test;
using namespace TestSupport;
using namespace std::chrono_literals;

class TestLink : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral("."))); }

    void smallFlowDoesNotWaitForLarge();
    void manyFlowsTakeTurns();
    void backlogIsBounded();
    void oneWritePerPump();
    void controlFramesFirst();
    void channels_data();
    void channels();
    void ownChannelsGrowByTwo();
    void maxFlows();
    void refusalsAreBounded();
    void violationEndsTheLink_data();
    void violationEndsTheLink();
    void violationWhileNothingIsRead();
    void idleCloseIsSaidAtOnce_data();
    void idleCloseIsSaidAtOnce();
    void closeComesBehindTheFlows();
    void lingersUntilThePeerCloses();
    void lingersNoLongerThanPermitted();
    void hostileAfterClose();
    void peersClose();
    void bothCloseAtOnce();
    void handshakeTimeout();
    void releasedFlowIsNotAsked();
    void knowsWhoSharesIt();
};

void TestLink::smallFlowDoesNotWaitForLarge()
{
    Fixture fixture;
    fixture.shakeHands();
    FakeFlow large(10'000);
    FakeFlow small(1);
    fixture.addFlow(large, 1);
    fixture.addFlow(small, 3);
    fixture.settle();
    QCOMPARE(fixture.peer->heard.size(), 10'001);
    qsizetype before = 0;
    while (fixture.peer->heard.at(before).first != 3)
        ++before;
    QVERIFY2(before * 124 < Quantum + 124, qPrintable(QString::number(before)));
}

void TestLink::manyFlowsTakeTurns()
{
    Fixture fixture;
    fixture.shakeHands();
    std::vector<std::unique_ptr<FakeFlow>> flows;
    for (int i = 0; i < 64; ++i) {
        flows.push_back(std::make_unique<FakeFlow>(500));
        fixture.addFlow(*flows.back(), ChannelNr(2 * i + 1));
    }
    fixture.settle();
    QCOMPARE(fixture.peer->heard.size(), 64 * 500);
    std::map<ChannelNr, int> counts;
    for (const auto &[channel, frame] : fixture.peer->heard) {
        ++counts[channel];
        const auto [least, most] =
            std::minmax_element(counts.begin(), counts.end(),
                                [](const auto &a, const auto &b) { return a.second < b.second; });
        if (counts.size() == 64) // at no time is anybody ahead by more than a share
            QVERIFY(most->second - least->second <= Quantum / 124 + 2);
    }
}

void TestLink::backlogIsBounded()
{
    Fixture fixture;
    fixture.shakeHands();
    fixture.wire->setCapacity(fixture.mine, 1000); // the system takes next to nothing
    fixture.wire->setHeld(true);
    FakeFlow flow(100'000, 1000);
    fixture.addFlow(flow, 1);
    fixture.settle();
    const SeqNr sent = flow.sent;
    QVERIFY(fixture.wire->backlog(fixture.mine) >= HighWater);
    QVERIFY(fixture.wire->backlog(fixture.mine) <= HighWater + Batch + Quantum + 1024);
    for (int i = 0; i < 100; ++i) {
        fixture.link->enqueue(&flow);
        fixture.link->pump();
    }
    QCOMPARE(flow.sent, sent); // never asked above the mark
    fixture.wire->setCapacity(fixture.mine, 1 << 20);
    fixture.wire->setHeld(false);
    fixture.settle();
    QCOMPARE(flow.sent, 100'000);
}

void TestLink::oneWritePerPump()
{
    Fixture fixture;
    fixture.shakeHands();
    FakeFlow flows[3] = {FakeFlow(5), FakeFlow(5), FakeFlow(5)};
    for (int i = 0; i < 3; ++i)
        fixture.addFlow(flows[i], ChannelNr(2 * i + 1));
    fixture.link->writeControl(OfferFrame{OfferKind::Producer, {1, 1}, QStringLiteral("id")});
    fixture.peer->say(PingFrame{1});
    VirtualTime::settle(); // the turn comes when it has arrived
    fixture.settle();
    QCOMPARE(fixture.peer->heard.size(), 17);
    QCOMPARE(fixture.peer->arrivals, 1);
}

void TestLink::controlFramesFirst()
{
    Fixture fixture;
    fixture.shakeHands();
    FakeFlow flow(1000);
    fixture.addFlow(flow, 1);
    fixture.link->writeControl(OfferFrame{OfferKind::Producer, {1, 1}, QStringLiteral("id")});
    fixture.link->writeDetach(3, Reason::Stopped);
    fixture.settle();
    QVERIFY(std::holds_alternative<OfferFrame>(fixture.peer->heard.at(0).second));
    QVERIFY(std::holds_alternative<DetachFrame>(fixture.peer->heard.at(1).second));
}

void TestLink::channels_data()
{
    QTest::addColumn<bool>("initiator");
    QTest::addColumn<ChannelNr>("channel");
    QTest::addColumn<bool>("attach");
    QTest::addColumn<Reason>("reason");
    // The peer has used 4 (2, if it accepted the link: 3), which has ended; we 5 (6) likewise.
    QTest::newRow("ended, of the peer") << true << ChannelNr(4) << false << Reason::None;
    QTest::newRow("below it") << true << ChannelNr(2) << false << Reason::None;
    QTest::newRow("ended, ours") << true << ChannelNr(5) << false << Reason::None;
    QTest::newRow("below ours") << true << ChannelNr(1) << false << Reason::None;
    QTest::newRow("never opened by the peer")
        << true << ChannelNr(6) << false << Reason::UnexpectedFrame;
    QTest::newRow("never opened by us") << true << ChannelNr(7) << false << Reason::UnexpectedFrame;
    QTest::newRow("the very last") << true << ~ChannelNr(0) << false << Reason::UnexpectedFrame;
    QTest::newRow("late Attach") << true << ChannelNr(4) << true << Reason::None;
    QTest::newRow("new Attach") << true << ChannelNr(100) << true << Reason::None;
    QTest::newRow("Attach on our number")
        << true << ChannelNr(9) << true << Reason::UnexpectedFrame;
    QTest::newRow("acceptor, Attach on our number")
        << false << ChannelNr(8) << true << Reason::UnexpectedFrame;
    QTest::newRow("acceptor, ended, ours") << false << ChannelNr(6) << false << Reason::None;
    QTest::newRow("acceptor, never opened by us")
        << false << ChannelNr(8) << false << Reason::UnexpectedFrame;
    QTest::newRow("acceptor, ended, of the peer") << false << ChannelNr(3) << false << Reason::None;
    QTest::newRow("acceptor, never opened by the peer")
        << false << ChannelNr(5) << false << Reason::UnexpectedFrame;
}

void TestLink::channels()
{
    QFETCH(const bool, initiator);
    QFETCH(const ChannelNr, channel);
    QFETCH(const bool, attach);
    QFETCH(const Reason, reason);

    Fixture fixture(initiator);
    fixture.shakeHands();
    FakeFlow flow;
    fixture.nextFlow = &flow;
    fixture.peer->say(goldenAttach(), initiator ? 4 : 3);
    fixture.settle();
    QCOMPARE(flow.route.channel, ChannelNr(initiator ? 4 : 3));
    fixture.peer->say(SentFrame{1}, flow.route.channel);
    fixture.settle();
    QCOMPARE(flow.frames, 1);
    fixture.link->release(&flow, Reason::Stopped);
    for (int i = 0; i < 3; ++i) {
        fixture.link->bind(&flow, fixture.link->newChannel());
        fixture.link->release(&flow, Reason::None);
    }

    fixture.nextFlow = nullptr;
    fixture.peer->heard.clear();
    fixture.peer->say(attach ? Frame(goldenAttach()) : Frame(SentFrame{1}), channel);
    fixture.settle();
    if (reason == Reason::None) {
        QVERIFY(fixture.link->isUp());
        QVERIFY(fixture.peer->closes().isEmpty());
        const bool opened = attach && channel == 100;
        QCOMPARE(fixture.attached.size(), opened ? 2 : 1);
    } else {
        QCOMPARE(fixture.peer->closes(), QList{reason});
    }
    QCOMPARE(flow.frames, 1);
}

void TestLink::ownChannelsGrowByTwo()
{
    for (const bool initiator : {true, false}) {
        Fixture fixture(initiator);
        for (ChannelNr expected = initiator ? 1 : 2; expected < 2000; expected += 2)
            QCOMPARE(fixture.link->newChannel(), expected);
    }
}

void TestLink::maxFlows()
{
    Fixture fixture;
    fixture.shakeHands();
    FakeFlow flows[4];
    for (int i = 0; i < 4; ++i) {
        fixture.nextFlow = &flows[i];
        fixture.peer->say(goldenAttach(), ChannelNr(2 * i + 1));
        fixture.settle();
    }
    QVERIFY(fixture.link->isUp());
    fixture.peer->say(goldenAttach(), 1); // a repetition is not one more
    fixture.settle();
    QCOMPARE(flows[0].attaches, 1);
    fixture.link->release(&flows[2], Reason::Stopped);
    FakeFlow fifth;
    fixture.nextFlow = &fifth;
    fixture.peer->say(goldenAttach(), 9);
    fixture.settle();
    QCOMPARE(fifth.route.channel, ChannelNr(9));
    fixture.peer->say(goldenAttach(), 11);
    fixture.settle();
    QCOMPARE(fixture.peer->closes(), QList{Reason::LimitReached});
    QVERIFY(fifth.lost);
}

// Nobody reads, and every Attach must be answered.
void TestLink::refusalsAreBounded()
{
    Fixture fixture(false, {HighWater, 100, 1s});
    fixture.shakeHands();
    FakeFlow flow(1000, 1000);
    fixture.wire->setCapacity(fixture.mine, 0);
    fixture.wire->setHeld(fixture.mine, true);
    fixture.addFlow(flow, 2);
    fixture.settle();
    for (ChannelNr channel = 1; channel < 500; channel += 2) {
        fixture.peer->say(goldenAttach(), channel);
        fixture.settle();
    }
    QCOMPARE(fixture.link->machine().reason(), Reason::LimitReached);
    QVERIFY(fixture.attached.size() <= 101);
}

void TestLink::violationEndsTheLink_data()
{
    QTest::addColumn<bool>("byFlow");
    QTest::newRow("of a flow") << true;
    QTest::newRow("of the link") << false;
}

void TestLink::violationEndsTheLink()
{
    QFETCH(const bool, byFlow);

    Fixture fixture;
    Fixture other;
    fixture.shakeHands();
    other.shakeHands();
    FakeFlow flow(3);
    fixture.addFlow(flow, 1);
    fixture.settle();
    fixture.peer->heard.clear();
    flow.answer = Reason::GrantExceeded;
    fixture.nodeAnswer = Reason::GrantExceeded;
    if (byFlow)
        fixture.peer->say(SentFrame{1}, 1);
    else
        fixture.peer->say(WithdrawFrame{OfferKind::Producer, QStringLiteral("id")});
    fixture.peer->say(SentFrame{2}, 1); // not looked at any more
    fixture.settle();
    QCOMPARE(fixture.peer->closes(), QList{Reason::GrantExceeded});
    QVERIFY(std::holds_alternative<CloseFrame>(fixture.peer->heard.last().second));
    QCOMPARE(flow.frames, byFlow ? 1 : 0);
    QCOMPARE(fixture.ends, 1);
    QVERIFY(flow.lost);
    QCOMPARE(fixture.error.code(), Error::Code::ProtocolError);
    QVERIFY(other.link->isUp());
}

// The Close cannot be written: that must neither cost memory nor last for ever.
void TestLink::violationWhileNothingIsRead()
{
    Fixture fixture;
    fixture.shakeHands();
    fixture.wire->setCapacity(fixture.mine, 0);
    fixture.wire->setHeld(fixture.mine, true);
    FakeFlow flow(1000, 1000);
    fixture.addFlow(flow, 1);
    fixture.settle();
    fixture.peer->say(goldenHello()); // a second one
    fixture.settle();
    QCOMPARE(fixture.link->machine().state(), LinkMachine::State::Closing);
    for (int i = 0; i < 1000; ++i) {
        fixture.peer->say(MessageFrame{1, QByteArray(100'000, 'x')}, 1);
        fixture.settle();
    }
    QCOMPARE(fixture.ends, 0);
    fixture.advance(1s);
    QCOMPARE(fixture.ends, 1);
    QCOMPARE(fixture.gone, 1);
    QCOMPARE(fixture.error.code(), Error::Code::ProtocolError);
}

void TestLink::idleCloseIsSaidAtOnce_data()
{
    QTest::addColumn<bool>("up");
    QTest::newRow("up") << true;
    QTest::newRow("handshaking") << false;
}

void TestLink::idleCloseIsSaidAtOnce()
{
    QFETCH(const bool, up);

    Fixture fixture;
    if (up)
        fixture.shakeHands();
    fixture.link->close(Reason::Superseded);
    fixture.settle();
    QCOMPARE(fixture.peer->closes(), QList{Reason::Superseded});
    QCOMPARE(fixture.ends, 1);
}

void TestLink::closeComesBehindTheFlows()
{
    Fixture fixture;
    fixture.shakeHands();
    FakeFlow flow(5000);
    fixture.addFlow(flow, 1);
    fixture.link->writeDetach(3, Reason::Stopped);
    fixture.link->close(Reason::GoingAway);
    fixture.settle();
    QCOMPARE(fixture.peer->heard.size(), 5002);
    QVERIFY(std::holds_alternative<CloseFrame>(fixture.peer->heard.last().second));
}

void TestLink::lingersUntilThePeerCloses()
{
    Fixture fixture;
    fixture.shakeHands();
    fixture.link->close(Reason::GoingAway);
    fixture.settle();
    fixture.advance(900ms);
    QVERIFY(!fixture.peer->isDown);
    QCOMPARE(fixture.gone, 0);
    fixture.peer->connection->closeGracefully();
    fixture.settle();
    QCOMPARE(fixture.gone, 1);
    QCOMPARE(fixture.ends, 1);
}

void TestLink::lingersNoLongerThanPermitted()
{
    Fixture fixture;
    fixture.shakeHands();
    fixture.link->close(Reason::GoingAway);
    fixture.settle();
    fixture.advance(999ms);
    QCOMPARE(fixture.gone, 0);
    fixture.advance(1ms);
    QCOMPARE(fixture.gone, 1);
    QVERIFY(fixture.peer->isDown);
    QVERIFY(!fixture.link->nextTimeout());
}

void TestLink::hostileAfterClose()
{
    Fixture fixture;
    fixture.shakeHands();
    fixture.peer->say(MessageFrame{1, "x"}, 1);
    fixture.settle();
    QCOMPARE(fixture.peer->closes(), QList{Reason::UnexpectedFrame});
    for (int i = 0; i < 1000; ++i) {
        fixture.peer->say(MessageFrame{1, QByteArray(100'000, 'x')}, 1);
        fixture.settle();
    }
    QCOMPARE(fixture.wire->available(fixture.mine), qint64(0)); // read, and dropped
    QVERIFY(!fixture.peer->isDown); // a reset could destroy what it has not read
    QCOMPARE(fixture.peer->heard.size(), 1);
    fixture.advance(1s);
    QCOMPARE(fixture.gone, 1);
}

void TestLink::peersClose()
{
    Fixture fixture;
    fixture.shakeHands();
    FakeFlow flow(1);
    fixture.link->bind(&flow, 1);
    fixture.peer->say(SentFrame{1}, 1);
    fixture.peer->say(CloseFrame{Reason::GoingAway, QStringLiteral("bye")});
    fixture.settle();
    QCOMPARE(flow.frames, 1); // everything before it was taken
    QVERIFY(fixture.peer->heard.isEmpty());
    QVERIFY(fixture.peer->isDown);
    QCOMPARE(fixture.ends, 1);
    QCOMPARE(fixture.gone, 1);
    QCOMPARE(fixture.error.code(), Error::Code::Closed);
}

// Each has said Close when the other's arrives: nobody waits for the linger time.
void TestLink::bothCloseAtOnce()
{
    for (const bool violation : {false, true}) {
        Fixture fixture;
        fixture.shakeHands();
        if (violation)
            fixture.peer->say(MessageFrame{1, "x"}, 1);
        else
            fixture.link->close(Reason::GoingAway);
        fixture.peer->say(CloseFrame{Reason::GoingAway, {}});
        fixture.settle();
        if (!violation)
            QCOMPARE(fixture.peer->closes(), QList{Reason::GoingAway});
        QCOMPARE(fixture.ends, 1);
        QCOMPARE(fixture.gone, 1);
        QVERIFY(fixture.peer->isDown);
    }
}

void TestLink::handshakeTimeout()
{
    Fixture fixture;
    fixture.settle();
    QCOMPARE(fixture.peer->heard.size(), 1); // Hello, without waiting
    fixture.advance(10s);
    QCOMPARE(fixture.peer->closes(), QList{Reason::HandshakeTimeout});
    fixture.advance(1s);
    QCOMPARE(fixture.gone, 1);
    QCOMPARE(fixture.error.code(), Error::Code::TimedOut);
}

void TestLink::releasedFlowIsNotAsked()
{
    Fixture fixture;
    fixture.shakeHands();
    FakeFlow stays(10);
    auto leaves = std::make_unique<FakeFlow>(10);
    fixture.addFlow(*leaves, 1);
    fixture.addFlow(stays, 3);
    fixture.link->release(leaves.get(), Reason::Stopped);
    leaves.reset();
    fixture.settle();
    QCOMPARE(fixture.peer->heard.size(), 11);
    QCOMPARE(fixture.peer->heard.at(0).second, Frame(DetachFrame{Reason::Stopped}));
}

void TestLink::knowsWhoSharesIt()
{
    Fixture fixture;
    fixture.shakeHands();
    FakeFlow one;
    FakeFlow other;
    fixture.addFlow(one, 1);
    fixture.addFlow(other, 3);
    const auto say = [&](ChannelNr channel) {
        fixture.advance(1ms);
        fixture.peer->say(SkipFrame{1}, channel);
        fixture.settle();
    };
    say(1);
    say(1);
    QCOMPARE(one.frames, 2);
    QVERIFY(!one.route.sharedAt);
    TimePoint before = fixture.now();
    say(3);
    QCOMPARE(one.route.sharedAt, fixture.now());
    QCOMPARE(other.route.sharedAt, before);
    say(3);
    QCOMPARE(other.route.sharedAt, before);
    before = fixture.now();
    fixture.advance(10s); // nobody shares
    say(1);
    QCOMPARE(one.route.sharedAt, before);
    QCOMPARE(other.route.sharedAt, fixture.now());
    fixture.link->release(&other, Reason::None);
    QVERIFY(!other.route.sharedAt);
    say(1);
    QCOMPARE(one.route.sharedAt, before);
}

QTEST_GUILESS_MAIN(TestLink)
#include "tst_link.moc"
