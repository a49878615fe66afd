// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "fakeconsumer.h"

#include <QRegularExpression>
#include <QTest>

using namespace QtDelivery;
using namespace QtDelivery::Test;
using namespace std::chrono_literals;

// Row and function names that begin with PC-…, H… or S… are the ids of tests/coverage.md.

class TestProducerMachine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void pc01_lostAtTheBeginning_data();
    void pc01_lostAtTheBeginning();
    void pc02_resendOfAHole();
    void pc03_tailLossHealedByTheProbe();
    void pc04_newConsumer();
    void pc05_confirmedIsTold();
    void pc08_withoutResend();
    void pc09_withoutResendConfirmedIsTold();

    void s3_nothingBeforeTheFirstGrant();
    void s4_s5_confirmationsResendNothing();
    void s23_onePermission();
    void s26_slowLinkCausesNoResend();
    void s27_registrationWithNothingUnconfirmed();

    void h13_producerRestarted();
    void h17_consumerRestarted();
    void h18_channelOfAReplacedConsumer();
    void h20_epochs_data();
    void h20_epochs();
    void h20_twoConsumersDoNotTakeTurns();
    void h20_epochOfAnotherIncarnation();

    void attachAfterLinkLossResumes();
    void repeatedAttachKeepsTheGrant();
    void repeatedAttachBringsItsGrant();
    void registeringAnewCountsFromTheConfirmedNumber();
    void detachEndsTheRegistration();
    void pauseAndStart();
};

void TestProducerMachine::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

// ---- the reference's scenarios

void TestProducerMachine::pc01_lostAtTheBeginning_data()
{
    QTest::addColumn<bool>("attachedLost");
    QTest::newRow("PC-01 Attached and first message lost") << true;
    QTest::newRow("PC-01 first message lost") << false;
}

void TestProducerMachine::pc01_lostAtTheBeginning()
{
    QFETCH(bool, attachedLost);
    FakeConsumer peer;
    INJECT(peer, fresh());
    QVERIFY(peer.sendNext());
    EXPECT(peer, "Attached 1 1", "Message 1"); // and the consumer sees neither or only the first
    if (attachedLost) {
        INJECT(peer, fresh()); // the consumer's retry timer
        EXPECT(peer, "Attached 1 1", "Sent 1");
    } else {
        QCOMPARE(peer.saidWithin(1s), QByteArrayList{"1000 ms: Sent 1"});
    }
    INJECT(peer, request(0, 0, 20));
    INJECT(peer, ResendFrame{1, 1});
    EXPECT(peer, "Message 1");
    INJECT(peer, request(1, 1, 21));
    EXPECT_NOTHING_FOR(peer, 1100ms);
    QVERIFY(!peer.machine.nextTimeout());
    QCOMPARE(peer.machine.counters().messages, 1u);
    QCOMPARE(peer.machine.counters().resent, 1u);
}

void TestProducerMachine::pc02_resendOfAHole()
{
    FakeConsumer peer;
    INJECT(peer, fresh(10));
    QVERIFY(peer.sendNext());
    EXPECT(peer, "Attached 1 1", "Message 1");
    INJECT(peer, request(1, 1, 11));
    QCOMPARE(peer.sendAll(3), 3);
    EXPECT(peer, "Message 2", "Message 3", "Message 4");
    EXPECT_TOLD(peer, "RequestNext 5");
    INJECT(peer, ResendFrame{3, 4});
    EXPECT(peer, "Message 3", "Message 4");
    EXPECT_TOLD_NOTHING(peer);
    QVERIFY(peer.machine.hasPermission());
    QVERIFY(peer.sendNext());
    EXPECT(peer, "Message 5");
}

void TestProducerMachine::pc03_tailLossHealedByTheProbe()
{
    FakeConsumer peer;
    INJECT(peer, fresh(10));
    QCOMPARE(peer.sendAll(4), 4);
    EXPECT(peer, "Attached 1 1", "Message 1", "Message 2", "Message 3", "Message 4");
    INJECT(peer, request(2, 2, 12)); // 3 and 4 are lost, and nobody can know
    QCOMPARE(peer.saidWithin(1s), QByteArrayList{"1000 ms: Sent 4"});
    INJECT(peer, request(2, 2, 12));
    INJECT(peer, ResendFrame{3, 4});
    EXPECT(peer, "Message 3", "Message 4");
    QVERIFY(peer.sendNext());
    EXPECT(peer, "Message 5");
}

void TestProducerMachine::pc04_newConsumer()
{
    FakeConsumer peer;
    INJECT(peer, fresh(10));
    QCOMPARE(peer.sendAll(3), 3);
    EXPECT(peer, "Attached 1 1", "Message 1", "Message 2", "Message 3");
    INJECT(peer, request(1, 1, 11));
    INJECT(peer, fresh(10, ConsumerB), 2);
    EXPECT(peer, "Attached 2 2", "Message 2", "Message 3");
    EXPECT_NOTHING_FOR(peer, 100ms);
    QCOMPARE(peer.saidWithin(1s), QByteArrayList{"900 ms: Sent 3"});
    INJECT(peer, request(2, 3, 12), 2);
    EXPECT_NOTHING(peer);
    QVERIFY(peer.sendNext());
    EXPECT(peer, "Message 4");
}

void TestProducerMachine::pc05_confirmedIsTold()
{
    FakeConsumer peer;
    INJECT(peer, fresh(10));
    EXPECT_TOLD(peer, "RequestNext 1");
    QVERIFY(peer.sendNext());
    INJECT(peer, RequestFrame{}); // nothing has been transmitted yet, nothing is confirmed
    EXPECT(peer, "Attached 1 1", "Message 1");
    INJECT(peer, request(1, 1, 11));
    EXPECT_TOLD(peer, "Confirmed 1", "RequestNext 2");
    QCOMPARE(peer.sendAll(3), 3);
    EXPECT(peer, "Message 2", "Message 3", "Message 4");
    INJECT(peer, request(2, 2, 12));
    EXPECT_TOLD(peer, "Confirmed 2", "RequestNext 5");
    INJECT(peer,
           request(3, 3, 13)); // lost on the way to the application's turn: one event for both
    INJECT(peer, request(4, 4, 14));
    EXPECT_TOLD(peer, "Confirmed 4");
    INJECT(peer, request(4, 4, 14));
    EXPECT_TOLD_NOTHING(peer);
}

void TestProducerMachine::pc08_withoutResend()
{
    FakeConsumer peer;
    INJECT(peer, withoutResend(fresh(10)));
    QCOMPARE(peer.sendAll(4), 4);
    EXPECT(peer, "Attached 1 1", "Message 1", "Message 2", "Message 3", "Message 4");
    INJECT(peer, request(2, 2, 12));
    EXPECT_NOTHING_FOR(peer, 100ms);
    INJECT(peer, ResendFrame{3, 4}); // such a consumer does not ask; if it does, there is nothing
    EXPECT_NOTHING(peer);
    QVERIFY(peer.sendNext());
    EXPECT(peer, "Message 5");
    QCOMPARE(peer.machine.counters().resent, 0u);
}

void TestProducerMachine::pc09_withoutResendConfirmedIsTold()
{
    FakeConsumer peer;
    INJECT(peer, withoutResend(fresh(10)));
    QCOMPARE(peer.sendAll(5), 5);
    EXPECT(peer, "Attached 1 1", "Message 1", "Message 2", "Message 3", "Message 4", "Message 5");
    (void)peer.told();
    for (const SeqNr seqNr : {1, 2, 4}) { // 3 is lost
        INJECT(peer, request(seqNr, seqNr, seqNr + 10));
        EXPECT_TOLD(peer, "Confirmed " + QByteArray::number(seqNr));
    }
    // 5 is lost too, and nothing follows it.
    QCOMPARE(peer.saidWithin(1s), QByteArrayList{"1000 ms: Sent 5"});
    INJECT(peer, request(5, 5, 15));
    EXPECT_TOLD(peer, "Confirmed 5");
    EXPECT_NOTHING_FOR(peer, 10s);
}

// ---- rules

void TestProducerMachine::s3_nothingBeforeTheFirstGrant()
{
    FakeConsumer peer;
    EXPECT_TOLD_NOTHING(peer);
    QCOMPARE(peer.machine.send("x"), ProducerMachine::SendOutcome::NoDemand);
    QVERIFY(!peer.machine.wasEverAttached());
    EXPECT_NOTHING_FOR(peer, 1h);
    INJECT(peer, fresh(1));
    EXPECT_TOLD(peer, "RequestNext 1");
    QVERIFY(peer.machine.wasEverAttached());
}

void TestProducerMachine::s4_s5_confirmationsResendNothing()
{
    FakeConsumer peer;
    INJECT(peer, fresh(10));
    QCOMPARE(peer.sendAll(10), 10);
    QCOMPARE(peer.said().size(), 11);
    INJECT(peer, request(0, 1, 10)); // received, and processing takes its time
    EXPECT_NOTHING_FOR(peer, 999ms);
    for (SeqNr seqNr = 1; seqNr <= 10; ++seqNr) {
        INJECT(peer, request(seqNr, 10, 10 + seqNr));
        EXPECT_NOTHING(peer);
    }
    QCOMPARE(peer.machine.counters().resent, 0u);
}

void TestProducerMachine::s23_onePermission()
{
    FakeConsumer peer;
    INJECT(peer, fresh(10));
    EXPECT_TOLD(peer, "RequestNext 1");
    peer.machine.start();
    EXPECT_TOLD(peer, "RequestNext 1"); // told once more, still one
    QCOMPARE(peer.machine.send("msg-1"), ProducerMachine::SendOutcome::Accepted);
    QCOMPARE(peer.machine.send("msg-2"), ProducerMachine::SendOutcome::NoDemand);
    EXPECT_TOLD(peer, "RequestNext 2");
    QCOMPARE(peer.machine.nextSeqNr(), 2);
}

void TestProducerMachine::s26_slowLinkCausesNoResend()
{
    FakeConsumer peer;
    INJECT(peer, fresh());
    QCOMPARE(peer.sendAll(20), 20);
    QCOMPARE(peer.said().size(), 21);
    // The consumer sees everything 10 s late and confirms only then.
    for (const QByteArray &word : peer.saidWithin(10s))
        QVERIFY2(word.endsWith("Sent 20"), word.constData());
    INJECT(peer, request(0, 10, 20));
    INJECT(peer, request(20, 20, 40));
    EXPECT_NOTHING_FOR(peer, 10s);
    QCOMPARE(peer.machine.counters().resent, 0u);
}

void TestProducerMachine::s27_registrationWithNothingUnconfirmed()
{
    FakeConsumer peer;
    INJECT(peer, fresh());
    EXPECT(peer, "Attached 1 1"); // an answer at once, so that the consumer stops asking
    EXPECT_NOTHING_FOR(peer, 1h);
    QVERIFY(!peer.machine.nextTimeout());
}

// ---- incarnations, registrations

void TestProducerMachine::h13_producerRestarted()
{
    FakeConsumer peer;
    AttachFrame frame = resume(7, 100, 100, 120);
    frame.producer = OtherProducer;
    INJECT(peer, frame);
    QCOMPARE(peer.machine.requestUpToSeqNr(), 20); // the grant is a window, whatever the numbering
    QVERIFY(peer.sendNext());
    EXPECT(peer, "Attached 1 1", "Message 1");
}

void TestProducerMachine::h17_consumerRestarted()
{
    FakeConsumer peer;
    INJECT(peer, fresh(10));
    QCOMPARE(peer.sendAll(5), 5);
    QCOMPARE(peer.said().size(), 6);
    INJECT(peer, request(2, 4, 12));
    peer.machine.handleLinkLost();
    INJECT(peer, fresh(10, ConsumerB)); // the same consumer id, another process
    EXPECT(peer, "Attached 2 3", "Message 3", "Message 4", "Message 5");
}

// Frames of another channel than channel() are not for the machine: who calls it compares.
void TestProducerMachine::h18_channelOfAReplacedConsumer()
{
    FakeConsumer peer;
    INJECT(peer, fresh(), 1);
    QCOMPARE(peer.machine.channel(), 1u);
    INJECT(peer, fresh(20, ConsumerB), 2);
    QCOMPARE(peer.machine.channel(), 2u);
    QCOMPARE(peer.machine.counters().attachments, 2u);
}

void TestProducerMachine::h20_epochs_data()
{
    QTest::addColumn<QByteArray>("before"); // what happened to A, which registered as epoch 1
    QTest::addColumn<bool>("comesB");
    QTest::addColumn<quint64>("epoch");
    QTest::addColumn<bool>("accepted");
    QTest::newRow("H20 A registers again") << QByteArray("attached") << false << quint64(0) << true;
    QTest::newRow("H20 A resumes") << QByteArray("attached") << false << quint64(1) << true;
    QTest::newRow("H20 A resumes after a link loss")
        << QByteArray("link lost") << false << quint64(1) << true;
    QTest::newRow("H20 B registers") << QByteArray("attached") << true << quint64(0) << true;
    QTest::newRow("H20 B registers while A is away")
        << QByteArray("link lost") << true << quint64(0) << true;
    QTest::newRow("H20 B resumes") << QByteArray("attached") << true << quint64(5) << false;
    QTest::newRow("H20 B resumes while A is away")
        << QByteArray("link lost") << true << quint64(5) << false;
    QTest::newRow("H20 B knows the current epoch")
        << QByteArray("attached") << true << quint64(1) << true;
    QTest::newRow("H20 B resumes, A has given up")
        << QByteArray("detached") << true << quint64(5) << true;
    QTest::newRow("H20 A resumes, it had given up")
        << QByteArray("detached") << false << quint64(1) << true;
}

void TestProducerMachine::h20_epochs()
{
    QFETCH(QByteArray, before);
    QFETCH(bool, comesB);
    QFETCH(quint64, epoch);
    QFETCH(bool, accepted);
    FakeConsumer peer;
    INJECT(peer, fresh());
    EXPECT(peer, "Attached 1 1");
    if (before == "link lost")
        peer.machine.handleLinkLost();
    else if (before == "detached")
        INJECT(peer, DetachFrame{});

    const QByteArray state = peer.state();
    AttachFrame frame = fresh(20, comesB ? ConsumerB : ConsumerA);
    frame.producer = epoch != 0 ? ProducerIncarnation : Incarnation();
    frame.epoch = epoch;
    const Reason reason = peer.inject(frame, 2);
    using Kind = ProducerMachine::AttachAnswer::Kind;
    QCOMPARE(peer.answer.kind, accepted ? Kind::Accepted : Kind::Refused);
    QCOMPARE(reason, accepted ? Reason::None : Reason::Replaced);
    if (!accepted) {
        QCOMPARE(peer.state(), state);
        return;
    }
    // Only a resume goes on in its epoch; every registration begins another one.
    const bool resumed = !comesB && epoch == 1 && before != "detached";
    EXPECT(peer, resumed ? "Attached 1 1" : "Attached 2 1");
    QCOMPARE(peer.machine.channel(), 2u);
}

void TestProducerMachine::h20_twoConsumersDoNotTakeTurns()
{
    FakeConsumer peer;
    INJECT(peer, fresh(20, ConsumerA), 1);
    EXPECT(peer, "Attached 1 1");
    INJECT(peer, fresh(20, ConsumerB), 2);
    EXPECT(peer, "Attached 2 1");
    for (int retry = 0; retry < 3; ++retry) {
        QCOMPARE(peer.inject(resume(1, 0, 0, 20, ConsumerA), ChannelNr(3 + retry)),
                 Reason::Replaced);
        EXPECT_NOTHING(peer);
        QCOMPARE(peer.machine.channel(), 2u);
    }
    INJECT(peer, fresh(20, ConsumerA), 7); // its application registers anew
    EXPECT(peer, "Attached 3 1");
    QCOMPARE(peer.inject(resume(2, 0, 0, 20, ConsumerB), 8), Reason::Replaced);
}

// A producer counts its epochs from 1 after a restart, so an epoch of its predecessor may happen to
// be the current number. It proves nothing.
void TestProducerMachine::h20_epochOfAnotherIncarnation()
{
    FakeConsumer peer;
    INJECT(peer, fresh(20, ConsumerB), 1);
    EXPECT(peer, "Attached 1 1");
    AttachFrame frame = resume(1, 0, 0, 20, ConsumerA);
    frame.producer = OtherProducer;
    QCOMPARE(peer.inject(frame, 2), Reason::Replaced);
    QCOMPARE(peer.machine.channel(), 1u);
}

// ---- attachments

void TestProducerMachine::attachAfterLinkLossResumes()
{
    FakeConsumer peer;
    INJECT(peer, fresh(10));
    QCOMPARE(peer.sendAll(5), 5);
    (void)peer.said();
    peer.machine.handleLinkLost();
    QVERIFY(!peer.machine.isAttached());
    EXPECT_NOTHING_FOR(peer, 1h); // nothing is queued for a dead link, and no timer runs
    INJECT(peer, resume(1, 2, 4, 12), 2);
    QCOMPARE(peer.machine.confirmedSeqNr(), 2); // what was confirmed meanwhile counts
    EXPECT(peer, "Attached 1 5", "Message 5");
    EXPECT_TOLD(peer, "Confirmed 2", "RequestNext 6");
    QCOMPARE(peer.machine.counters().attachments, 2u);
    QCOMPARE(peer.machine.counters().resent, 1u);
}

void TestProducerMachine::repeatedAttachKeepsTheGrant()
{
    FakeConsumer peer;
    INJECT(peer, fresh(10));
    QCOMPARE(peer.sendAll(5), 5);
    (void)peer.said();
    INJECT(peer, request(4, 5, 14));
    INJECT(peer, fresh(10)); // late
    QCOMPARE(peer.machine.requestUpToSeqNr(), 14);
    QCOMPARE(peer.machine.confirmedSeqNr(), 4);
    QCOMPARE(peer.machine.counters().attachments, 1u);
    EXPECT(peer, "Attached 1 1", "Sent 5"); // the same answer; nothing is sent twice

    // The consumer may have taken the first answer, so the numbers that were passed add nothing.
    FakeConsumer passing;
    INJECT(passing, withoutResend(fresh(10)));
    QCOMPARE(passing.sendAll(), 10);
    (void)passing.said();
    INJECT(passing, withoutResend(fresh(10)));
    QCOMPARE(passing.machine.requestUpToSeqNr(), 10);
    EXPECT(passing, "Attached 1 1", "Sent 10");
}

// The application confirmed between the consumer's two Attach: if the second one's grant did not
// count, then a lost Request would leave both sides waiting, for nothing is in flight.
void TestProducerMachine::repeatedAttachBringsItsGrant()
{
    FakeConsumer peer;
    INJECT(peer, fresh(3));
    QCOMPARE(peer.sendAll(), 3);
    (void)peer.said();
    peer.machine.handleLinkLost();
    INJECT(peer, resume(1, 0, 3, 3), 2);
    INJECT(peer, resume(1, 3, 3, 6), 2);
    EXPECT_TOLD(peer, "Confirmed 3", "RequestNext 4");
    QCOMPARE(peer.machine.requestUpToSeqNr(), 6);
}

// Another consumer may have gone on in between, so what this one holds counts for neither side.
void TestProducerMachine::registeringAnewCountsFromTheConfirmedNumber()
{
    FakeConsumer peer;
    AttachFrame frame = resume(0, 0, 0, 10);
    INJECT(peer, frame);
    QCOMPARE(peer.sendAll(6), 6);
    (void)peer.said();
    INJECT(peer, request(2, 5, 12));
    frame = resume(0, 2, 5, 12);
    INJECT(peer, frame, 2);
    EXPECT(peer, "Attached 2 3", "Message 3", "Message 4", "Message 5", "Message 6");
    QCOMPARE(peer.machine.requestUpToSeqNr(), 12);

    INJECT(peer, fresh(10, ConsumerB), 3);
    (void)peer.said();
    INJECT(peer, request(4, 6, 14), 3);
    INJECT(peer, frame, 4); // A has missed that 3 and 4 are confirmed
    EXPECT(peer, "Attached 4 5", "Message 5", "Message 6");
    QCOMPARE(peer.machine.requestUpToSeqNr(), 14); // ten from there, as in its Attach
}

void TestProducerMachine::detachEndsTheRegistration()
{
    FakeConsumer peer;
    INJECT(peer, fresh(10));
    QCOMPARE(peer.sendAll(3), 3);
    (void)peer.said();
    INJECT(peer, DetachFrame{});
    QVERIFY(!peer.machine.isAttached());
    EXPECT_NOTHING_FOR(peer, 1h);
    INJECT(peer, fresh(10, ConsumerB), 2);
    EXPECT(peer, "Attached 2 1", "Message 1", "Message 2", "Message 3");
}

void TestProducerMachine::pauseAndStart()
{
    FakeConsumer peer;
    INJECT(peer, fresh(10));
    EXPECT_TOLD(peer, "RequestNext 1");
    QVERIFY(peer.sendNext());
    peer.machine.pause();
    EXPECT(peer, "Attached 1 1", "Message 1"); // what it sent goes on without it
    INJECT(peer, request(1, 1, 11));
    EXPECT_TOLD(peer, "Confirmed 1");
    peer.machine.start();
    EXPECT_TOLD(peer, "RequestNext 2");
    peer.machine.pause();
    peer.machine.start();
    EXPECT_TOLD(peer, "RequestNext 2");
    EXPECT_TOLD_NOTHING(peer);
}

QTEST_APPLESS_MAIN(TestProducerMachine)
#include "tst_producermachine.moc"
