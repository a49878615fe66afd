// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "../controller/flow.h"
#include "link/blocklog.h"

#include <QLoggingCategory>
#include <QTest>

using namespace QtDelivery;
using namespace TestSupport;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using News = BlockWatch::News;

// Why a flow does not move, as lines of a log: which lines there are, and that there are not many.

class TestBlockLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { s_lines.clear(); }
    void cleanup() { QLoggingCategory::setFilterRules({}); }
    void initTestCase() { s_former = qInstallMessageHandler(keep); }
    void cleanupTestCase() { qInstallMessageHandler(s_former); }

    void toldOnceAfterPatience();
    void progressIsNoBlock();
    void anotherReason();
    void flappingIsQuiet();

    void linesOfAFlow();
    void sameWordsAsTheSnapshot();
    void offByDefault();
    void flowsThatEnd();

private:
    static void keep(QtMsgType type, const QMessageLogContext &context, const QString &text)
    {
        const QByteArray category(context.category);
        if (category == "qtdelivery.producer" || category == "qtdelivery.consumer")
            s_lines.append(QString::fromLatin1(category).section(u'.', 1) + u": "_s + text);
        else
            s_former(type, context, text);
    }
    /*! The lines about blocked flows, and what else there is not. */
    static QStringList takeLines()
    {
        QStringList lines = std::exchange(s_lines, {});
        return lines.filter(u": blocked for "_s) + lines.filter(u": moves again"_s);
    }

    static inline QtMessageHandler s_former = nullptr;
    static inline QStringList s_lines;
};

namespace {

FlowSnapshot blockedBy(BlockedReason reason, qint64 confirmed = 0)
{
    FlowSnapshot flow;
    flow.blocked.reason = reason;
    flow.confirmedSeqNr = confirmed;
    return flow;
}

void switchOn()
{
    QLoggingCategory::setFilterRules(u"qtdelivery.*.info=true"_s);
}

} // namespace

// ---- when

void TestBlockLog::toldOnceAfterPatience()
{
    BlockWatch watch;
    const FlowSnapshot stuck = blockedBy(BlockedReason::WaitingForGrant);
    QCOMPARE(watch.look(stuck, TimePoint(10s)).news, News::None);
    QCOMPARE(watch.look(stuck, TimePoint(14'999ms)).news, News::None);
    const BlockWatch::Line line = watch.look(stuck, TimePoint(15s));
    QCOMPARE(line.news, News::Blocked);
    QCOMPARE(line.blockedFor, Duration(5s));
    for (int second = 16; second < 1000; ++second)
        QCOMPARE(watch.look(stuck, TimePoint(std::chrono::seconds(second))).news, News::None);
    const BlockWatch::Line moves = watch.look(blockedBy(BlockedReason::None), TimePoint(1010s));
    QCOMPARE(moves.news, News::Moves);
    QCOMPARE(moves.blockedFor, Duration(1000s));
    QCOMPARE(watch.look(blockedBy(BlockedReason::None), TimePoint(1011s)).news, News::None);
    // and anew
    QCOMPARE(watch.look(stuck, TimePoint(1012s)).news, News::None);
    QCOMPARE(watch.look(stuck, TimePoint(1017s)).news, News::Blocked);
}

/*! A window that is always used up, by a consumer that confirms: that is back-pressure at work. */
void TestBlockLog::progressIsNoBlock()
{
    BlockWatch watch;
    for (int second = 1; second < 100; ++second) {
        const FlowSnapshot flow = blockedBy(BlockedReason::WaitingForGrant, second / 4);
        QCOMPARE(watch.look(flow, TimePoint(std::chrono::seconds(second))).news, News::None);
    }
}

void TestBlockLog::anotherReason()
{
    BlockWatch watch;
    const auto look = [&](BlockedReason reason, Duration at) {
        return watch.look(blockedBy(reason), TimePoint(at));
    };
    QCOMPARE(look(BlockedReason::WaitingForGrant, 1s).news, News::None);
    QCOMPARE(look(BlockedReason::WaitingForGrant, 6s).news, News::Blocked);
    QCOMPARE(look(BlockedReason::LinkDown, 100s).news, News::None);
    QCOMPARE(look(BlockedReason::LinkDown, 104s).news, News::None);
    QCOMPARE(look(BlockedReason::LinkDown, 105s).news, News::Blocked);
    QCOMPARE(look(BlockedReason::LinkDown, 106s).news, News::None);
    QCOMPARE(look(BlockedReason::None, 107s).blockedFor, Duration(106s)); // of all reasons
}

void TestBlockLog::flappingIsQuiet()
{
    BlockWatch watch;
    int blocked = 0;
    int moves = 0;
    for (int second = 1; second <= 600; ++second) {
        const auto reason = second % 10 == 0 ? BlockedReason::None : BlockedReason::StoreSlow;
        const News news =
            watch.look(blockedBy(reason), TimePoint(std::chrono::seconds(second))).news;
        blocked += news == News::Blocked ? 1 : 0;
        moves += news == News::Moves ? 1 : 0;
    }
    QCOMPARE(blocked, 10); // of 60 times: one a minute
    QCOMPARE(moves, blocked);
}

// ---- lines

void TestBlockLog::linesOfAFlow()
{
    switchOn();
    Flow flow({.flowControlWindow = 4});
    QVERIFY(!flow.begin());
    flow.confirms = false;
    QCOMPARE(flow.send(9), 4);
    flow.world.time.advance(4s);
    QCOMPARE(takeLines(), QStringList());
    flow.world.time.advance(10s);
    QCOMPARE(takeLines(),
             (QStringList{u"producer: producer: blocked for 5 s, waiting-for-grant: The window is "
                          "used up until the consumer confirms."_s,
                          u"consumer: consumer: blocked for 5 s, handler-busy: The application has "
                          "been busy with message 1 for 6 s."_s}));
    flow.confirms = true;
    QVERIFY(!flow.confirm());
    flow.world.time.advance(2s);
    QCOMPARE(takeLines(),
             (QStringList{u"producer: producer: moves again, after 14 s"_s,
                          u"consumer: consumer: moves again, after 14 s"_s}));
}

void TestBlockLog::sameWordsAsTheSnapshot()
{
    switchOn();
    Flow flow;
    QVERIFY(!flow.producer.start(&flow.application));
    flow.world.time.advance(7s);
    const FlowSnapshot shown = flow.producer.snapshot();
    const QStringList lines = takeLines();
    QCOMPARE(lines.size(), 2);
    QVERIFY(lines.first().endsWith(Blocked::reasonName(shown.blocked.reason) + u": "_s
                                   + shown.blockedSentence()));
}

void TestBlockLog::offByDefault()
{
    Flow flow;
    QVERIFY(!flow.producer.start(&flow.application));
    QCOMPARE(flow.world.time.alarmCount(), 0); // nobody looks
    flow.world.time.advance(100s);
    QCOMPARE(takeLines(), QStringList());
}

void TestBlockLog::flowsThatEnd()
{
    switchOn();
    VirtualWorld world;
    TestNode node(world, nodeNamed(u"node"_s));
    {
        ProducerController first(u"first"_s, &node);
        world.time.advance(2s);
    }
    world.time.advance(2s);
    QCOMPARE(world.time.alarmCount(), 0);
    ProducerController second(u"second"_s, &node);
    world.time.advance(8s);
    QCOMPARE(takeLines().size(), 1);
    node.close();
    world.time.advance(8s);
    QCOMPARE(world.time.alarmCount(), 0);
}

QTEST_GUILESS_MAIN(TestBlockLog)
#include "tst_blocklog.moc"
