// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "sampleflows.h"

#include "model/alertboard.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace Monitor;
using namespace QtDelivery;
using namespace TestSupport;
using namespace Qt::StringLiterals;

// Alerts: when they begin, when they end, and that they do not tremble.

class TestAlerts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void gate();
    void gateTrembles();
    void noProgress();
    void oldBacklog();
    void manyResends();
    void slowStorage();
    void flappingLink();
    void twoProducers();
    void oneNameOnTwoNodes();
    void flowGoes();
    void endedAreBounded();
    void screens();
};

namespace {

constexpr qint64 Second = 1'000'000;

struct Board
{
    void look(const QList<FlowPair> &pairs, const QList<LinkSnapshot> &links = {})
    {
        now += Second;
        std::vector<const FlowPair *> flows;
        for (const FlowPair &pair : pairs)
            flows.push_back(&pair);
        board.evaluate(flows, links, now);
    }
    [[nodiscard]] QList<AlertKind> active() const
    {
        QList<AlertKind> kinds;
        for (int row = 0; row < board.activeCount(); ++row)
            kinds.append(board.alertAt(row).kind);
        return kinds;
    }

    AlertBoard board;
    QAbstractItemModelTester tester{&board};
    qint64 now = 1000 * Second;
};

FlowPair pairOf(const FlowSnapshot &flow)
{
    FlowPair pair;
    pair.producer = FlowEnd{.source = flow.nodeId, .flow = flow, .now = flow.time};
    return pair;
}

using Kinds = QList<AlertKind>;

} // namespace

void TestAlerts::gate()
{
    const AlertRule rule{.raise = 10, .clear = 5, .raiseAfter = 3, .clearAfter = 4};
    AlertGate gate;
    QVERIFY(!gate.update(rule, 9, 0));
    QVERIFY(gate.isQuiet());
    QVERIFY(!gate.update(rule, 10, 1));
    QVERIFY(!gate.update(rule, 50, 3));
    QVERIFY(gate.update(rule, 10, 4));
    QVERIFY(gate.update(rule, 6, 5)); // below the one, above the other
    QVERIFY(gate.update(rule, 5, 100));
    QVERIFY(gate.update(rule, 0, 103));
    QVERIFY(!gate.update(rule, 0, 104));
    QVERIFY(gate.isQuiet());
}

void TestAlerts::gateTrembles()
{
    const AlertRule rule{.raise = 10, .clear = 5, .raiseAfter = 3, .clearAfter = 4};
    AlertGate gate;
    for (qint64 now = 0; now < 100; now += 2)
        QVERIFY(!gate.update(rule, now % 4 == 0 ? 11 : 9, now));
    gate.update(rule, 11, 100);
    QVERIFY(gate.update(rule, 11, 110));
    for (qint64 now = 110; now < 200; now += 2)
        QVERIFY(gate.update(rule, now % 4 == 0 ? 11 : 4, now));
}

void TestAlerts::noProgress()
{
    Board board;
    QSignalSpy raised(&board.board, &AlertBoard::raised);
    FlowSnapshot flow = sampleProducer();
    flow.oldestUnconfirmedAt = -1;
    flow.blocked.reason = BlockedReason::NoConsumer;
    for (int i = 0; i < 10; ++i) {
        board.look({pairOf(flow)});
        QVERIFY(board.active().isEmpty());
    }
    board.look({pairOf(flow)});
    board.look({pairOf(flow)});
    QCOMPARE(board.active(), Kinds{AlertKind::NoProgress});
    QCOMPARE(raised.size(), 1);
    QCOMPARE(raised[0][0].toString(), u"orders: No consumer is attached."_s);
    for (int i = 0; i < 7; ++i) {
        ++flow.confirmedSeqNr;
        board.look({pairOf(flow)});
    }
    QVERIFY(board.active().isEmpty());
    QCOMPARE(board.board.rowCount(), 1); // that it was
    QVERIFY(board.board.alertAt(0).ended > 0);
}

void TestAlerts::oldBacklog()
{
    Board board;
    FlowSnapshot flow = sampleProducer();
    flow.nextSeqNr = 1'000'000;
    flow.oldestUnconfirmedAt = 0; // for 50 s
    for (int i = 0; i < 5; ++i) {
        ++flow.confirmedSeqNr;
        board.look({pairOf(flow)});
    }
    QCOMPARE(board.active(), Kinds{AlertKind::OldBacklog});
}

void TestAlerts::manyResends()
{
    Board board;
    FlowSnapshot flow = sampleProducer();
    flow.oldestUnconfirmedAt = -1;
    for (int i = 0; i < 6; ++i) {
        ++flow.confirmedSeqNr;
        flow.messages += 100;
        flow.resent += 10;
        board.look({pairOf(flow)});
    }
    QCOMPARE(board.active(), Kinds{AlertKind::ManyResends});
    QVERIFY(board.board.alertAt(0).sentence.contains(u"9%"_s));
}

void TestAlerts::slowStorage()
{
    Board board;
    FlowSnapshot flow = sampleProducer();
    flow.oldestUnconfirmedAt = -1;
    flow.storeLatency = 400'000;
    const auto looks = [&](int count) {
        for (int i = 0; i < count; ++i) {
            ++flow.confirmedSeqNr;
            board.look({pairOf(flow)});
        }
    };
    looks(5);
    QVERIFY(board.active().isEmpty()); // it has none
    flow.isDurable = true;
    looks(4);
    QCOMPARE(board.active(), Kinds{AlertKind::SlowStorage});
    flow.storeLatency = 5000;
    looks(7);
    QVERIFY(board.active().isEmpty());
}

void TestAlerts::flappingLink()
{
    Board board;
    LinkSnapshot link;
    link.nodeId = u"van"_s;
    link.peerNodeId = u"shop"_s;
    for (int i = 0; i < 3; ++i) {
        link.state = LinkSnapshot::State::Up;
        board.look({}, {link});
        QVERIFY(board.active().isEmpty());
        link.state = LinkSnapshot::State::Waiting;
        board.look({}, {link});
    }
    QCOMPARE(board.active(), Kinds{AlertKind::FlappingLink});
    link.state = LinkSnapshot::State::Up;
    for (int i = 0; i < 120; ++i)
        board.look({}, {link});
    QVERIFY(board.active().isEmpty());
}

void TestAlerts::twoProducers()
{
    Board board;
    FlowSnapshot twin = sampleProducer();
    twin.nodeId = u"copy"_s;
    const auto looks = [&](const QList<FlowPair> &pairs) {
        for (int i = 0; i < 4; ++i)
            board.look(pairs);
    };
    looks({pairOf(sampleProducer()), pairOf(twin)});
    QCOMPARE(board.active(), Kinds{AlertKind::TwoProducers});
    QVERIFY(board.board.alertAt(0).sentence.contains(u"shop and copy"_s));
    FlowSnapshot other = twin;
    other.peerId = u"somebody else"_s; // one name for two consumers is allowed
    looks({pairOf(sampleProducer()), pairOf(other)});
    QVERIFY(board.active().isEmpty());
}

void TestAlerts::oneNameOnTwoNodes()
{
    Board board;
    FlowSnapshot moving = sampleProducer();
    moving.nodeId = u"copy"_s;
    moving.peerId = u"somebody else"_s;
    moving.oldestUnconfirmedAt = -1;
    for (int i = 0; i < 15; ++i) {
        ++moving.confirmedSeqNr;
        board.look({pairOf(sampleProducer()), pairOf(moving)});
    }
    QCOMPARE(board.active(), Kinds{AlertKind::NoProgress});
    QCOMPARE(board.board.alertAt(0).flow.node, u"shop"_s);
}

void TestAlerts::flowGoes()
{
    Board board;
    for (int i = 0; i < 15; ++i)
        board.look({pairOf(sampleProducer())});
    QCOMPARE(board.active(), Kinds{AlertKind::NoProgress});
    board.look({});
    QVERIFY(board.active().isEmpty());
    board.board.clear();
    QCOMPARE(board.board.rowCount(), 0);
}

void TestAlerts::endedAreBounded()
{
    Board board;
    for (int i = 0; i < AlertBoard::MaxEnded + 20; ++i) {
        for (int look = 0; look < 12; ++look)
            board.look({pairOf(sampleProducer())});
        board.look({});
    }
    QCOMPARE(board.board.rowCount(), AlertBoard::MaxEnded);
}

void TestAlerts::screens()
{
    for (int kind = 0; kind < AlertKindCount; ++kind)
        QVERIFY(!alertTitle(AlertKind(kind)).isEmpty());
    QCOMPARE(screenFor(AlertKind::FlappingLink), Screen::Links);
    QCOMPARE(screenFor(AlertKind::SlowStorage), Screen::Storage);
    QCOMPARE(screenFor(AlertKind::ManyResends), Screen::OverTime);
    QCOMPARE(screenFor(AlertKind::NoProgress), Screen::Window);
}

QTEST_GUILESS_MAIN(TestAlerts)
#include "tst_alerts.moc"
