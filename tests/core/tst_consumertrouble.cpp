// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "fakeproducer.h"

#include <QRegularExpression>
#include <QTest>

using namespace QtDelivery;
using namespace QtDelivery::Test;
using namespace std::chrono_literals;

// Row and function names that begin with CC-…, H… or S… are the ids of tests/coverage.md.

class TestConsumerTrouble : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void h3_confirmedWhileUnattached();
    void h19_framesBeforeAttached();
    void h22_windows_data();
    void h22_windows();
    void h25_impossibleNumbers_data();
    void h25_impossibleNumbers();
    void h29_pastTheGrant();
    void h30_outOfOrder_data();
    void h30_outOfOrder();
    void h31_confirmations();
    void h31_confirmationOfAnOldNumbering();
    void h33_millionConfirmations();
    void h35_startAgain();

    void h37_deliverThenStop_data();
    void h37_deliverThenStop();
    void h37_stopWhileDelivering();
    void h37_stopWithAHole();
    void h37_stopWhileTheProducerRestarts();
    void h37_stopBeforeStart();
};

void TestConsumerTrouble::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

// ---- holes of the catalogue

void TestConsumerTrouble::h3_confirmedWhileUnattached()
{
    FakeProducer peer;
    peer.attach();
    MESSAGES(peer, 1, 3);
    EXPECT_TOLD(peer, "Delivery 1");
    peer.machine.handleLinkLost();
    QCOMPARE(peer.machine.channel(), 0u);
    CONFIRM(peer);
    EXPECT_TOLD(peer, "Delivery 2"); // what has arrived is delivered without a link
    EXPECT_NOTHING(peer);
    peer.machine.attach(2, peer.now);
    EXPECT(peer, "Attach 1: 1/3 up to 21");
    CONFIRM(peer);
    INJECT(peer, AttachedFrame{ProducerIncarnation, 1, 4});
    EXPECT(peer, "Request 2/3 up to 22");
}

// Frames of an older channel are not for the machine: who calls it compares channel(). Messages on
// the new one that come before its Attached are not taken either.
void TestConsumerTrouble::h19_framesBeforeAttached()
{
    FakeProducer peer;
    peer.attach();
    MESSAGE(peer, 1);
    EXPECT_TOLD(peer, "Delivery 1");
    peer.machine.handleLinkLost();
    peer.machine.attach(2, peer.now);
    (void)peer.said();
    const QByteArray state = peer.state();
    MESSAGE(peer, 2);
    MESSAGE(peer, 5);
    INJECT(peer, SentFrame{9});
    QCOMPARE(peer.state(), state);
    peer.machine.handleLinkLost();
    INJECT(peer, AttachedFrame{ProducerIncarnation, 9, 9});
    QCOMPARE(peer.machine.state(), ConsumerMachine::State::Unattached);
    QCOMPARE(peer.machine.receivedSeqNr(), 1);
}

void TestConsumerTrouble::h22_windows_data()
{
    QTest::addColumn<SeqNr>("size");
    for (const SeqNr size : {1, 2, 3, 4, 5, 7, 1'000'000})
        QTest::addRow("H22 window %lld", size) << size;
}

void TestConsumerTrouble::h22_windows()
{
    QFETCH(SeqNr, size);
    constexpr SeqNr Messages = 100;
    FakeProducer peer(window(size));
    peer.attach();
    SeqNr sent = 0;
    SeqNr processed = 0;
    while (processed < Messages) {
        const SeqNr to = std::min(Messages, peer.machine.requestUpToSeqNr());
        QCOMPARE(to, std::min(Messages, processed + size));
        MESSAGES(peer, sent + 1, to);
        sent = to;
        QCOMPARE(peer.process(1), 1);
        ++processed;
        (void)peer.said();
    }
    QCOMPARE(peer.machine.confirmedSeqNr(), Messages);
    QCOMPARE(peer.machine.bufferedMessages(), 0);
}

void TestConsumerTrouble::h25_impossibleNumbers_data()
{
    QTest::addColumn<Frame>("frame");
    const auto add = [](const char *name, const Frame &frame) { QTest::newRow(name) << frame; };
    add("H25 sent beyond granted", SentFrame{23});
    add("H25 sent negative", SentFrame{-1});
    add("H25 sent near 2^63", SentFrame{std::numeric_limits<SeqNr>::max()});
    add("H25 message 0", MessageFrame{0, "x"});
    add("H25 message negative", MessageFrame{-4, "x"});
    add("H25 message beyond all numbers", MessageFrame{MaxSeqNr, "x"});
    add("H25 attached at 0", AttachedFrame{ProducerIncarnation, 1, 0});
    add("H25 attached beyond all numbers", AttachedFrame{ProducerIncarnation, 1, MaxSeqNr});
}

void TestConsumerTrouble::h25_impossibleNumbers()
{
    QFETCH(Frame, frame);
    FakeProducer peer;
    peer.attach();
    MESSAGES(peer, 1, 3);
    QCOMPARE(peer.process(2), 2);
    EXPECT_REPORTED(peer, "Request 2/3 up to 22");
    MESSAGE(peer, 5);
    const QByteArray state = peer.state();
    QCOMPARE(peer.inject(frame), Reason::ImpossibleNumber);
    QCOMPARE(peer.state(), state);
    EXPECT(peer, "Resend 4-4");
}

void TestConsumerTrouble::h29_pastTheGrant()
{
    FakeProducer peer;
    peer.attach();
    MESSAGES(peer, 1, 20);
    for (SeqNr seqNr = 21; seqNr <= 30; ++seqNr) {
        const QByteArray state = peer.state();
        QCOMPARE(peer.message(seqNr), Reason::GrantExceeded);
        QCOMPARE(peer.state(), state);
    }
    // A confirmation that has not been told is no grant.
    QCOMPARE(peer.process(1), 1);
    QCOMPARE(peer.message(21), Reason::GrantExceeded);
    EXPECT_REPORTED(peer, "Request 1/20 up to 21");
    MESSAGE(peer, 21);
    QCOMPARE(peer.message(22), Reason::GrantExceeded);
    QCOMPARE(peer.process(), 20);
}

void TestConsumerTrouble::h30_outOfOrder_data()
{
    QTest::addColumn<QList<int>>("order");
    QTest::newRow("H30 backwards") << QList<int>{8, 7, 6, 5, 4, 3, 2, 1};
    QTest::newRow("H30 pairs") << QList<int>{2, 1, 4, 3, 6, 5, 8, 7};
    QTest::newRow("H30 odd before even") << QList<int>{1, 3, 5, 7, 2, 4, 6, 8};
    QTest::newRow("H30 with duplicates") << QList<int>{3, 3, 1, 1, 2, 2, 8, 8, 4, 7, 5, 6, 1};
}

void TestConsumerTrouble::h30_outOfOrder()
{
    QFETCH(QList<int>, order);
    FakeProducer peer;
    peer.attach();
    SeqNr next = 1;
    for (const int seqNr : std::as_const(order)) {
        MESSAGE(peer, seqNr);
        for (const QByteArray &word : peer.told()) {
            QCOMPARE(word, "Delivery " + QByteArray::number(next++));
            CONFIRM(peer);
        }
        for (; peer.machine.hasEvent(); ++next) {
            EXPECT_TOLD(peer, "Delivery " + QByteArray::number(next));
            CONFIRM(peer);
        }
    }
    QCOMPARE(next, 9);
    (void)peer.said();
    EXPECT_NOTHING_FOR(peer, 1h);
}

// S10: a confirmation names its delivery, so it never confirms another one.
void TestConsumerTrouble::h31_confirmations()
{
    FakeProducer peer;
    QCOMPARE(peer.machine.confirm(1, 1), Outcome::NotDelivered);
    peer.attach();
    MESSAGES(peer, 1, 3);
    const quint64 numbering = [&] {
        (void)peer.told();
        return peer.delivered.numbering;
    }();
    QCOMPARE(peer.machine.confirm(2, numbering), Outcome::NotDelivered);
    QCOMPARE(peer.machine.confirm(1, numbering + 1), Outcome::NotDelivered);
    QCOMPARE(peer.machine.confirm(0, numbering), Outcome::NotDelivered);
    QCOMPARE(peer.machine.confirm(-1, numbering), Outcome::NotDelivered);
    EXPECT_NOTHING(peer);
    QCOMPARE(peer.machine.confirm(1, numbering), Outcome::Confirmed);
    QCOMPARE(peer.machine.confirm(1, numbering), Outcome::AlreadyConfirmed); // nothing is out
    EXPECT_TOLD(peer, "Delivery 2");
    QCOMPARE(peer.machine.confirm(1, numbering), Outcome::AlreadyConfirmed); // 2 is out
    QVERIFY(peer.machine.outstanding());
    QCOMPARE(peer.machine.confirmedSeqNr(), 1);
    QCOMPARE(peer.machine.confirm(2, numbering), Outcome::Confirmed);
    QCOMPARE(peer.machine.confirm(3, numbering), Outcome::NotDelivered); // arrived, not given out
    QCOMPARE(peer.machine.counters().confirmed, 2u);
}

void TestConsumerTrouble::h31_confirmationOfAnOldNumbering()
{
    FakeProducer peer;
    peer.attach();
    MESSAGES(peer, 1, 2);
    EXPECT_TOLD(peer, "Delivery 1");
    const auto old = peer.delivered;
    peer.machine.handleLinkLost();
    peer.attach(1, OtherProducer, 1, 2);
    EXPECT_TOLD(peer, "ProducerRestarted, dropped 1");
    MESSAGE(peer, 1, "new");
    EXPECT_TOLD_NOTHING(peer); // one delivery at a time, also across producers
    QCOMPARE(peer.machine.confirm(old.seqNr, old.numbering), Outcome::Confirmed);
    QCOMPARE(peer.machine.confirmedSeqNr(), 0);
    EXPECT_NOTHING(peer); // the new producer's message 1 is not confirmed
    EXPECT_TOLD(peer, "Delivery 1: new");
    QCOMPARE(peer.machine.confirm(old.seqNr, old.numbering), Outcome::AlreadyConfirmed);
    QVERIFY(peer.machine.outstanding());
    CONFIRM(peer);
    EXPECT(peer, "Request 1/1 up to 21");
}

void TestConsumerTrouble::h33_millionConfirmations()
{
    constexpr SeqNr Messages = 1'000'000;
    FakeProducer peer(window(Messages));
    peer.attach();
    // Straight into the machine: the codec has its own tests.
    for (SeqNr seqNr = 1; seqNr <= Messages; ++seqNr) {
        if (peer.machine.handleMessage({seqNr, "x"}, peer.now) != Reason::None)
            QFAIL("refused");
    }
    QCOMPARE(peer.machine.bufferedMessages(), qsizetype(Messages));
    SeqNr last = 0;
    while (peer.machine.pollEvent()) {
        const ReceivedMessage &message = *peer.machine.outstanding();
        if (message.seqNr != ++last
            || peer.machine.confirm(message.seqNr, message.numbering) != Outcome::Confirmed)
            QFAIL("not in order");
    }
    QCOMPARE(last, Messages);
    EXPECT(peer, "Request 1000000/1000000 up to 2000000");
}

void TestConsumerTrouble::h35_startAgain()
{
    FakeProducer peer;
    peer.attach();
    MESSAGES(peer, 1, 2);
    EXPECT_TOLD(peer, "Delivery 1");
    peer.machine.start();
    EXPECT_TOLD(peer, "Delivery 1");
    CONFIRM(peer);
    EXPECT_TOLD(peer, "Delivery 2");
    peer.machine.pause();
    peer.machine.start();
    EXPECT_TOLD(peer, "Delivery 2");
    CONFIRM(peer);
    peer.machine.start();
    EXPECT_TOLD_NOTHING(peer);
    QCOMPARE(peer.machine.counters().messages, 2u); // repetitions are no messages
}

// ---- graceful stop

void TestConsumerTrouble::h37_deliverThenStop_data()
{
    QTest::addColumn<QByteArray>("state");
    for (const char *state : {"not started", "unattached", "attaching", "attached", "all confirmed",
                              "asking for a hole", "detached", "twice"})
        QTest::addRow("H37 %s", state) << QByteArray(state);
}

void TestConsumerTrouble::h37_deliverThenStop()
{
    QFETCH(QByteArray, state);
    FakeProducer peer;
    if (state == "not started")
        peer.machine.pause();
    else if (state == "attaching")
        peer.machine.attach(1, peer.now);
    else if (state != "unattached")
        peer.attach();
    if (state == "all confirmed") {
        MESSAGES(peer, 1, 3);
        QCOMPARE(peer.process(), 3);
    } else if (state == "asking for a hole") {
        MESSAGE(peer, 2); // cannot be delivered without 1, so it stays with the producer
        EXPECT(peer, "Resend 1-1");
    } else if (state == "detached") {
        INJECT(peer, DetachFrame{});
    } else if (state == "twice") {
        peer.machine.deliverThenStop();
    }
    const QByteArrayList stopped{"Stopped"};
    QCOMPARE(peer.told(), state == "twice" ? stopped : QByteArrayList());
    peer.machine.deliverThenStop();
    QCOMPARE(peer.told(), state == "twice" ? QByteArrayList() : stopped);
}

void TestConsumerTrouble::h37_stopWhileDelivering()
{
    FakeProducer peer;
    peer.attach();
    MESSAGES(peer, 1, 3);
    EXPECT_TOLD(peer, "Delivery 1");
    peer.machine.deliverThenStop();
    EXPECT_TOLD_NOTHING(peer);
    MESSAGE(peer, 4); // too late
    CONFIRM(peer);
    EXPECT_TOLD(peer, "Delivery 2");
    peer.machine.deliverThenStop(); // is no new beginning
    CONFIRM(peer);
    EXPECT_TOLD(peer, "Delivery 3");
    EXPECT_REPORTED(peer, "Request 2/4 up to 22");
    CONFIRM(peer);
    EXPECT_TOLD(peer, "Stopped");
    EXPECT(peer, "Request 3/4 up to 23"); // the last word counts what was confirmed
    EXPECT_TOLD_NOTHING(peer);
    MESSAGE(peer, 5);
    EXPECT_TOLD_NOTHING(peer);
}

void TestConsumerTrouble::h37_stopWithAHole()
{
    FakeProducer peer;
    peer.attach();
    MESSAGE(peer, 1);
    MESSAGE(peer, 3);
    peer.machine.deliverThenStop();
    EXPECT_TOLD(peer, "Delivery 1");
    MESSAGE(peer, 2);
    CONFIRM(peer);
    EXPECT_TOLD(peer, "Stopped");
}

void TestConsumerTrouble::h37_stopWhileTheProducerRestarts()
{
    FakeProducer peer;
    peer.attach();
    MESSAGES(peer, 1, 3);
    EXPECT_TOLD(peer, "Delivery 1");
    peer.machine.deliverThenStop();
    peer.machine.handleLinkLost();
    peer.attach(1, OtherProducer, 1, 2);
    MESSAGE(peer, 1, "new");
    EXPECT_TOLD(peer, "ProducerRestarted, dropped 2");
    CONFIRM(peer);
    EXPECT_TOLD(peer, "Stopped");
}

void TestConsumerTrouble::h37_stopBeforeStart()
{
    FakeProducer peer;
    peer.machine.pause();
    peer.attach();
    MESSAGES(peer, 1, 2);
    peer.machine.deliverThenStop();
    EXPECT_TOLD_NOTHING(peer); // there is something to deliver, and somebody will come for it
    peer.machine.start();
    EXPECT_TOLD(peer, "Delivery 1");
    CONFIRM(peer);
    EXPECT_TOLD(peer, "Delivery 2");
    peer.machine.pause();
    CONFIRM(peer);
    EXPECT_TOLD(peer, "Stopped"); // needs no consumer object
}

QTEST_APPLESS_MAIN(TestConsumerTrouble)
#include "tst_consumertrouble.moc"
