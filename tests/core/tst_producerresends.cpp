// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "fakeconsumer.h"

#include <QRegularExpression>
#include <QTest>

using namespace QtDelivery;
using namespace QtDelivery::Test;
using namespace std::chrono_literals;

// Row and function names that begin with PC-…, H… or S… are the ids of tests/coverage.md.

class TestProducerResends : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void holes_data();
    void holes();
    void tooManyHolesBecomeOne();
    void holesGoBeforeNewMessages();
    void confirmedHolesAreForgotten();
    void budget();

    void probeIntervalGrowsAndStops();
    void probeStartsAnewAfterProgress();
    void probeGoesBehindEverything();
    void noTimerWithoutNeed();
    void inviteIsRepeated();
    void inviteEnds_data();
    void inviteEnds();
};

void TestProducerResends::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

// ---- holes

void TestProducerResends::holes_data()
{
    using Asked = QList<std::pair<SeqNr, SeqNr>>;
    QTest::addColumn<Asked>("asked");
    QTest::addColumn<QList<int>>("sent");
    QTest::newRow("one") << Asked{{3, 3}} << QList<int>{3};
    QTest::newRow("twice the same") << Asked{{3, 4}, {3, 4}} << QList<int>{3, 4};
    QTest::newRow("sorted") << Asked{{7, 7}, {3, 3}} << QList<int>{3, 7};
    QTest::newRow("adjacent behind") << Asked{{3, 4}, {5, 6}} << QList<int>{3, 4, 5, 6};
    QTest::newRow("adjacent before") << Asked{{5, 6}, {3, 4}} << QList<int>{3, 4, 5, 6};
    QTest::newRow("overlapping") << Asked{{3, 5}, {4, 7}} << QList<int>{3, 4, 5, 6, 7};
    QTest::newRow("inside") << Asked{{3, 7}, {4, 5}} << QList<int>{3, 4, 5, 6, 7};
    QTest::newRow("around") << Asked{{4, 5}, {3, 7}} << QList<int>{3, 4, 5, 6, 7};
    QTest::newRow("bridge") << Asked{{3, 3}, {7, 7}, {4, 6}} << QList<int>{3, 4, 5, 6, 7};
    QTest::newRow("around two") << Asked{{3, 3}, {5, 5}, {8, 8}, {4, 5}} << QList<int>{3, 4, 5, 8};
    QTest::newRow("confirmed") << Asked{{1, 2}} << QList<int>{};
    QTest::newRow("partly confirmed") << Asked{{1, 4}} << QList<int>{3, 4};
    QTest::newRow("everything") << Asked{{1, 10}} << QList<int>{3, 4, 5, 6, 7, 8, 9, 10};
}

void TestProducerResends::holes()
{
    using Asked = QList<std::pair<SeqNr, SeqNr>>;
    QFETCH(Asked, asked);
    QFETCH(QList<int>, sent);
    FakeConsumer peer;
    INJECT(peer, fresh(20));
    QCOMPARE(peer.sendAll(10), 10);
    (void)peer.said();
    INJECT(peer, request(2, 2, 22));
    for (const auto &[from, to] : std::as_const(asked))
        INJECT(peer, ResendFrame{from, to});
    QByteArrayList expected;
    for (const int seqNr : std::as_const(sent))
        expected.append("Message " + QByteArray::number(seqNr));
    QCOMPARE(peer.said(), expected);
    QCOMPARE(peer.machine.counters().resent, quint64(sent.size()));
    QCOMPARE(peer.machine.sentSeqNr(), 10);
}

void TestProducerResends::tooManyHolesBecomeOne()
{
    FakeConsumer peer;
    INJECT(peer, fresh(1000));
    QCOMPARE(peer.sendAll(400), 400);
    (void)peer.said();
    for (SeqNr seqNr = 2; seqNr <= 128; seqNr += 2)
        INJECT(peer, ResendFrame{seqNr, seqNr});
    QCOMPARE(peer.said().size(), 64); // as many as are kept apart

    for (SeqNr seqNr = 2; seqNr <= 128; seqNr += 2)
        INJECT(peer, ResendFrame{seqNr, seqNr});
    INJECT(peer, ResendFrame{200, 200});
    const QByteArrayList words = peer.said();
    QCOMPARE(words.size(), 199);
    QCOMPARE(words.first(), QByteArray("Message 2"));
    QCOMPARE(words.last(), QByteArray("Message 200"));
}

void TestProducerResends::holesGoBeforeNewMessages()
{
    FakeConsumer peer;
    INJECT(peer, fresh(20));
    QCOMPARE(peer.sendAll(3), 3);
    (void)peer.said();
    QVERIFY(peer.sendNext());
    INJECT(peer, ResendFrame{2, 2});
    EXPECT(peer, "Message 2", "Message 4");
}

void TestProducerResends::confirmedHolesAreForgotten()
{
    FakeConsumer peer;
    INJECT(peer, fresh(20));
    QCOMPARE(peer.sendAll(5), 5);
    (void)peer.said();
    INJECT(peer, ResendFrame{2, 4});
    INJECT(peer, request(3, 3, 23)); // the first copies were only late
    EXPECT(peer, "Message 4");
    INJECT(peer, ResendFrame{4, 4});
    INJECT(peer, request(5, 5, 25));
    EXPECT_NOTHING(peer);
    INJECT(peer, ResendFrame{4, 5}); // late itself
    EXPECT_NOTHING(peer);

    QVERIFY(peer.sendNext());
    EXPECT(peer, "Message 6");
    INJECT(peer, ResendFrame{6, 6});
    peer.machine.handleLinkLost(); // the next attachment says anew what is missing
    INJECT(peer, resume(1, 5, 6, 25), 2);
    EXPECT(peer, "Attached 1 7");
}

void TestProducerResends::budget()
{
    constexpr qsizetype Budget = 4096;
    constexpr qsizetype PayloadSize = 1000;
    FakeConsumer peer;
    INJECT(peer, fresh(100));
    for (int i = 0; i < 20; ++i)
        QVERIFY(peer.sendNext(QByteArray(PayloadSize, 'x')));
    QByteArrayList words;
    bool more = true;
    while (more) {
        more = peer.poll(Budget, words);
        QVERIFY(peer.polledBytes < Budget + PayloadSize + MessageFrameOverhead);
        QCOMPARE(peer.machine.hasTransmit(), more);
        if (more)
            QVERIFY(peer.polledBytes >= Budget);
    }
    QCOMPARE(words.size(), 21);
    words.clear();
    INJECT(peer, ResendFrame{1, 20});
    QVERIFY(peer.poll(1, words)); // however small, it gets on
    QCOMPARE(words, QByteArrayList{"Message 1, 1000 bytes"});
    while (peer.poll(Budget, words))
        QVERIFY(peer.polledBytes < Budget + PayloadSize + MessageFrameOverhead);
    QCOMPARE(words.size(), 20);
    QCOMPARE(words.last(), QByteArray("Message 20, 1000 bytes"));
    words.clear();
    QVERIFY(peer.sendNext());
    QVERIFY(peer.poll(0, words)); // the link is full
    QVERIFY(words.isEmpty());
}

// ---- timers

void TestProducerResends::probeIntervalGrowsAndStops()
{
    ProducerConfig config;
    config.probeIntervalMin = 1s;
    config.probeIntervalMax = 3s;
    FakeConsumer peer(config);
    INJECT(peer, fresh());
    QVERIFY(peer.sendNext());
    EXPECT(peer, "Attached 1 1", "Message 1");
    QCOMPARE(peer.saidWithin(11s),
             (QByteArrayList{"1000 ms: Sent 1", "2500 ms: Sent 1", "4750 ms: Sent 1",
                             "7750 ms: Sent 1", "10750 ms: Sent 1"}));
    INJECT(peer, request(1, 1, 21));
    EXPECT_NOTHING_FOR(peer, 1h);
    QVERIFY(peer.sendNext());
    QCOMPARE(peer.saidWithin(1s), (QByteArrayList{"0 ms: Message 2", "1000 ms: Sent 2"}));
}

void TestProducerResends::probeStartsAnewAfterProgress()
{
    FakeConsumer peer;
    INJECT(peer, fresh());
    QCOMPARE(peer.sendAll(3), 3);
    QCOMPARE(peer.saidWithin(3s).size(), 6);
    INJECT(peer, request(0, 0, 20)); // an answer, but no progress: 1750 ms are left
    QCOMPARE(peer.saidWithin(1750ms), QByteArrayList{"1750 ms: Sent 3"});
    INJECT(peer, request(0, 1, 20));
    QCOMPARE(peer.saidWithin(1s), QByteArrayList{"1000 ms: Sent 3"});
    INJECT(peer, request(1, 1, 21));
    EXPECT_NOTHING_FOR(peer, 999ms);
    INJECT(peer, request(2, 2, 22));
    EXPECT_NOTHING_FOR(peer, 999ms);
    QCOMPARE(peer.saidWithin(1ms), QByteArrayList{"1 ms: Sent 3"});
}

void TestProducerResends::probeGoesBehindEverything()
{
    FakeConsumer peer;
    INJECT(peer, fresh());
    QCOMPARE(peer.sendAll(2), 2);
    (void)peer.said();
    peer.now += 1s;
    peer.machine.handleTimeout(peer.now);
    INJECT(peer, ResendFrame{1, 1});
    QVERIFY(peer.sendNext(QByteArray(1000, 'x')));
    QByteArrayList words;
    QVERIFY(peer.poll(1, words));
    QCOMPARE(words, QByteArrayList{"Message 1"}); // the link is full: no Sent yet
    EXPECT(peer, "Message 3, 1000 bytes", "Sent 3");
}

void TestProducerResends::noTimerWithoutNeed()
{
    FakeConsumer peer;
    QVERIFY(!peer.machine.nextTimeout());
    INJECT(peer, fresh());
    QVERIFY(peer.sendNext());
    QVERIFY(!peer.machine.nextTimeout()); // nothing is transmitted
    (void)peer.said();
    QVERIFY(peer.machine.nextTimeout());
    INJECT(peer, request(1, 1, 21));
    QVERIFY(!peer.machine.nextTimeout());
    QVERIFY(peer.sendNext());
    (void)peer.said();
    peer.machine.handleLinkLost();
    QVERIFY(!peer.machine.nextTimeout());
    peer.machine.handleTimeout(peer.now + 1h); // a late wake-up of the link's timer
    EXPECT_NOTHING(peer);
}

void TestProducerResends::inviteIsRepeated()
{
    FakeConsumer peer;
    peer.machine.invite(QStringLiteral("consumer"), peer.now);
    QCOMPARE(
        peer.saidWithin(5s),
        (QByteArrayList{"0 ms: Invite producer consumer", "1000 ms: Invite producer consumer",
                        "2500 ms: Invite producer consumer", "4750 ms: Invite producer consumer"}));
    EXPECT_TOLD_NOTHING(peer);
    INJECT(peer, fresh());
    EXPECT(peer, "Attached 1 1");
    EXPECT_NOTHING_FOR(peer, 1h);
}

void TestProducerResends::inviteEnds_data()
{
    QTest::addColumn<QByteArray>("by");
    QTest::newRow("stopInviting") << QByteArray("stop");
    QTest::newRow("link lost") << QByteArray("link lost");
    QTest::newRow("attached before") << QByteArray("attached before");
    QTest::newRow("attached") << QByteArray("attached");
}

void TestProducerResends::inviteEnds()
{
    QFETCH(QByteArray, by);
    FakeConsumer peer;
    if (by == "attached before") {
        INJECT(peer, fresh());
        EXPECT(peer, "Attached 1 1");
    }
    peer.machine.invite(QStringLiteral("consumer"), peer.now);
    if (by == "stop")
        peer.machine.stopInviting();
    else if (by == "link lost")
        peer.machine.handleLinkLost();
    else if (by == "attached") {
        INJECT(peer, fresh());
        EXPECT(peer, "Attached 1 1");
        QVERIFY(peer.sendNext());
        (void)peer.said();
        QCOMPARE(peer.saidWithin(1s), QByteArrayList{"1000 ms: Sent 1"});
        INJECT(peer, request(1, 1, 21));
    }
    EXPECT_NOTHING_FOR(peer, 1h);
    QVERIFY(!peer.machine.nextTimeout());
}

QTEST_APPLESS_MAIN(TestProducerResends)
#include "tst_producerresends.moc"
