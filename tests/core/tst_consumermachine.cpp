// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "fakeproducer.h"

#include <QRegularExpression>
#include <QTest>

using namespace QtDelivery;
using namespace QtDelivery::Test;
using namespace std::chrono_literals;

// Row and function names that begin with CC-…, H… or S… are the ids of tests/coverage.md.

class TestConsumerMachine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void cc01_attachIsRepeated();
    void cc02_anotherProducer();
    void cc03_messageBeforeStart();
    void cc04_grants();
    void cc05_gap();
    void cc06_retry();
    void cc07_bufferAndDuplicates();
    void reportsServeManyConfirmations();
    void reportsCountBytes();
    void confirmedWhileAttachingIsReported();
    void cc08_everyConfirmationIsTold();
    void cc10_cc11_cc15_consumerObjectGone();
    void cc12_duplicateOfTheFirst();
    void cc12_anotherIncarnation();
    void cc19_gapsAreAccepted();

    void s11_answersWhileProcessing();
    void s14_gapKeepsWhatHasArrived();
    void s18_attachingSaysOnlyAttach();
    void s22_grantNeverShrinks();
    void s25_messageDoesNotSwitchProducers();
};

void TestConsumerMachine::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

// ---- the reference's scenarios

void TestConsumerMachine::cc01_attachIsRepeated()
{
    FakeProducer peer;
    EXPECT_NOTHING_FOR(peer, 1h); // nobody to talk to
    peer.machine.attach(1, peer.now);
    QCOMPARE(peer.machine.state(), ConsumerMachine::State::Attaching);
    const QByteArray attach = "Attach 0: 0/0 up to 20, fresh";
    QCOMPARE(peer.saidWithin(10s),
             (QByteArrayList{"0 ms: " + attach, "2000 ms: " + attach, "5000 ms: " + attach,
                             "9500 ms: " + attach}));
    INJECT(peer, AttachedFrame{ProducerIncarnation, 1, 1});
    QCOMPARE(peer.machine.state(), ConsumerMachine::State::Attached);
    EXPECT_NOTHING_FOR(peer, 1h);
    QVERIFY(!peer.machine.nextTimeout());
}

void TestConsumerMachine::cc02_anotherProducer()
{
    FakeProducer peer;
    peer.attach();
    MESSAGES(peer, 1, 3);
    EXPECT_TOLD(peer, "Delivery 1");
    peer.machine.setProducer(QStringLiteral("producer 2"));
    QCOMPARE(peer.machine.state(), ConsumerMachine::State::Unattached);
    QCOMPARE(peer.machine.bufferedMessages(), 0);
    peer.machine.attach(2, peer.now);
    const QByteArray attach = "Attach 0: 0/0 up to 20, fresh";
    EXPECT(peer, attach);
    CONFIRM(peer); // concerns nobody any more
    QCOMPARE(peer.saidWithin(2s), QByteArrayList{"2000 ms: " + attach});
    INJECT(peer, AttachedFrame{OtherProducer, 1, 1});
    EXPECT_NOTHING(peer);
    MESSAGE(peer, 1);
    EXPECT_TOLD(peer, "Delivery 1");
    CONFIRM(peer);
    EXPECT(peer, "Request 1/1 up to 21");
    peer.machine.setProducer(QStringLiteral("producer 2")); // as it is
    QCOMPARE(peer.machine.confirmedSeqNr(), 1);
    QCOMPARE(peer.machine.state(), ConsumerMachine::State::Attached);
}

void TestConsumerMachine::cc03_messageBeforeStart()
{
    FakeProducer peer;
    peer.machine.pause(); // as before the first start()
    peer.attach();
    MESSAGE(peer, 1);
    EXPECT_TOLD_NOTHING(peer);
    peer.machine.start();
    EXPECT_TOLD(peer, "Delivery 1");
    EXPECT_NOTHING(peer);
    CONFIRM(peer);
    EXPECT(peer, "Request 1/1 up to 21");
    EXPECT_NOTHING_FOR(peer, 1h); // not repeated: if it is lost, the producer's probe asks for it
    INJECT(peer, SentFrame{1});
    EXPECT(peer, "Request 1/1 up to 21");
}

void TestConsumerMachine::cc04_grants()
{
    FakeProducer peer;
    peer.attach();
    MESSAGES(peer, 1, 9);
    EXPECT_NOTHING(peer);
    QCOMPARE(peer.process(1), 1);
    EXPECT_NOTHING(peer); // more is to come
    EXPECT_REPORTED(peer, "Request 1/9 up to 21"); // but not soon enough
    QCOMPARE(peer.process(8), 8); // one Request for all confirmations of a turn
    EXPECT(peer, "Request 9/9 up to 29");
    MESSAGE(peer, 10);
    EXPECT_NOTHING(peer);
    QCOMPARE(peer.process(), 1);
    EXPECT(peer, "Request 10/10 up to 30");
}

void TestConsumerMachine::cc05_gap()
{
    FakeProducer peer;
    peer.attach();
    MESSAGES(peer, 1, 2);
    QCOMPARE(peer.process(), 2);
    EXPECT(peer, "Request 2/2 up to 22");
    MESSAGE(peer, 5);
    EXPECT(peer, "Resend 3-4");
    EXPECT_TOLD_NOTHING(peer);
    MESSAGES(peer, 3, 5);
    for (const char *delivery : {"Delivery 3", "Delivery 4", "Delivery 5"}) {
        EXPECT_TOLD(peer, delivery);
        CONFIRM(peer);
    }
    EXPECT_TOLD_NOTHING(peer);
    QCOMPARE(peer.machine.counters().duplicatesDropped, 1u);
    QVERIFY(!peer.machine.nextTimeout());
}

// Ours repeats no Request (the producer asks), but what is missing: S24.
void TestConsumerMachine::cc06_retry()
{
    ConsumerConfig config = window(20);
    config.retryMin = 1s;
    config.retryMax = 2s;
    FakeProducer peer(config);
    peer.attach();
    MESSAGE(peer, 2);
    QCOMPARE(peer.saidWithin(7s),
             (QByteArrayList{"0 ms: Resend 1-1", "1000 ms: Resend 1-1", "2500 ms: Resend 1-1",
                             "4500 ms: Resend 1-1", "6500 ms: Resend 1-1"}));
    MESSAGE(peer, 1);
    EXPECT_NOTHING_FOR(peer, 1h);
    MESSAGE(peer, 4);
    QCOMPARE(peer.saidWithin(1s), (QByteArrayList{"0 ms: Resend 3-3", "1000 ms: Resend 3-3"}));
}

void TestConsumerMachine::cc07_bufferAndDuplicates()
{
    FakeProducer peer;
    peer.attach();
    MESSAGE(peer, 1);
    QCOMPARE(peer.process(), 1);
    MESSAGE(peer, 2);
    EXPECT_TOLD(peer, "Delivery 2");
    MESSAGES(peer, 3, 4);
    EXPECT_TOLD_NOTHING(peer);
    for (const char *delivery : {"Delivery 3", "Delivery 4"}) {
        CONFIRM(peer);
        EXPECT_TOLD(peer, delivery);
    }
    CONFIRM(peer);
    MESSAGES(peer, 5, 7);
    EXPECT_TOLD(peer, "Delivery 5"); // one of the duplicates is outstanding, the others are held
    MESSAGES(peer, 5, 7);
    MESSAGE(peer, 8);
    for (const char *delivery : {"Delivery 6", "Delivery 7", "Delivery 8"}) {
        CONFIRM(peer);
        EXPECT_TOLD(peer, delivery);
    }
    CONFIRM(peer);
    EXPECT_TOLD_NOTHING(peer);
    QCOMPARE(peer.machine.counters().duplicatesDropped, 3u);
    QCOMPARE(peer.machine.counters().messages, 8u);
}

void TestConsumerMachine::reportsServeManyConfirmations()
{
    FakeProducer peer; // window 20
    peer.attach();
    MESSAGES(peer, 1, 20);
    QCOMPARE(peer.process(4), 4);
    EXPECT_NOTHING(peer);
    QCOMPARE(*peer.machine.nextTimeout(), peer.now + 1ms);
    QCOMPARE(peer.process(1), 1); // a quarter of the window
    QVERIFY(!peer.machine.nextTimeout());
    EXPECT(peer, "Request 5/20 up to 25");
    QCOMPARE(peer.process(1), 1);
    peer.now += 1h; // whoever takes long for a message does not wait another millisecond
    QVERIFY(*peer.machine.nextTimeout() <= peer.now);
    EXPECT_REPORTED(peer, "Request 6/20 up to 26");
    QCOMPARE(peer.process(2), 2);
    EXPECT_NOTHING(peer);
    peer.machine.reportAtOnce();
    EXPECT(peer, "Request 8/20 up to 28");
    QCOMPARE(peer.process(4), 4);
    EXPECT_NOTHING(peer);
    QCOMPARE(peer.process(), 8); // the last one, at once
    EXPECT(peer, "Request 20/20 up to 40");
    QVERIFY(!peer.machine.nextTimeout());
}

void TestConsumerMachine::reportsCountBytes()
{
    FakeProducer peer(window(20, 1000));
    peer.attach();
    const QByteArray payload(200, 'x');
    for (SeqNr seqNr = 1; seqNr <= 5; ++seqNr)
        MESSAGE(peer, seqNr, payload);
    QCOMPARE(peer.process(1), 1);
    EXPECT_NOTHING(peer);
    QCOMPARE(peer.process(1), 1);
    EXPECT(peer, "Request 2/5 up to 22");
}

void TestConsumerMachine::confirmedWhileAttachingIsReported()
{
    FakeProducer peer;
    peer.attach();
    MESSAGES(peer, 1, 3);
    EXPECT_TOLD(peer, "Delivery 1");
    peer.machine.handleLinkLost();
    peer.machine.attach(2, peer.now);
    EXPECT(peer, "Attach 1: 0/3 up to 20");
    CONFIRM(peer);
    INJECT(peer, AttachedFrame{ProducerIncarnation, 1, 4});
    EXPECT(peer, "Request 1/3 up to 21");
}

void TestConsumerMachine::cc08_everyConfirmationIsTold()
{
    FakeProducer peer;
    peer.attach();
    MESSAGES(peer, 1, 3);
    for (const char *request :
         {"Request 1/3 up to 21", "Request 2/3 up to 22", "Request 3/3 up to 23"}) {
        QCOMPARE(peer.process(1), 1);
        EXPECT_REPORTED(peer, request);
    }
    QCOMPARE(peer.machine.counters().confirmed, 3u);
    QCOMPARE(peer.machine.counters().bytes, 15u);
}

// The controller decides what the end of its consumer object means. The machine delivers nothing
// meanwhile, and what was confirmed before is still said.
void TestConsumerMachine::cc10_cc11_cc15_consumerObjectGone()
{
    FakeProducer peer;
    peer.attach();
    peer.machine.pause(); // CC-11: before any message
    MESSAGES(peer, 1, 4);
    EXPECT_TOLD_NOTHING(peer);
    peer.machine.start();
    QCOMPARE(peer.process(2), 2);
    EXPECT_TOLD(peer, "Delivery 3");
    peer.machine.pause(); // CC-10
    EXPECT_REPORTED(peer, "Request 2/4 up to 22"); // CC-15: up to 2, not the outstanding one
    EXPECT_TOLD_NOTHING(peer);
    QCOMPARE(peer.machine.confirmedSeqNr(), 2);
    CONFIRM(peer); // it may still say so from afar
    EXPECT_TOLD_NOTHING(peer);
    EXPECT_REPORTED(peer, "Request 3/4 up to 23");
}

void TestConsumerMachine::cc12_duplicateOfTheFirst()
{
    FakeProducer peer;
    peer.attach();
    MESSAGE(peer, 1);
    EXPECT_TOLD(peer, "Delivery 1");
    MESSAGE(peer, 1);
    CONFIRM(peer);
    EXPECT_TOLD_NOTHING(peer);
    EXPECT(peer, "Request 1/1 up to 21");
    MESSAGE(peer, 1);
    EXPECT_TOLD_NOTHING(peer);
    EXPECT_NOTHING(peer);
    QCOMPARE(peer.machine.counters().duplicatesDropped, 2u);
}

// S9: the same producer id, but another instance.
void TestConsumerMachine::cc12_anotherIncarnation()
{
    FakeProducer peer;
    peer.attach();
    MESSAGE(peer, 1);
    QCOMPARE(peer.process(), 1);
    (void)peer.said();
    peer.machine.handleLinkLost();
    peer.machine.attach(2, peer.now);
    EXPECT(peer, "Attach 1: 1/1 up to 21");
    INJECT(peer, AttachedFrame{OtherProducer, 1, 1});
    EXPECT_TOLD(peer, "ProducerRestarted, dropped 0");
    QCOMPARE(peer.machine.requestUpToSeqNr(), 20);
    MESSAGE(peer, 1);
    EXPECT_TOLD(peer, "Delivery 1");
    CONFIRM(peer);
    EXPECT(peer, "Request 1/1 up to 21");
}

void TestConsumerMachine::cc19_gapsAreAccepted()
{
    FakeProducer peer(onlyFlowControl());
    peer.machine.attach(1, peer.now);
    EXPECT(peer, "Attach 0: 0/0 up to 20, fresh, only flow control");
    INJECT(peer, AttachedFrame{ProducerIncarnation, 1, 1});
    MESSAGE(peer, 1);
    QCOMPARE(peer.process(), 1);
    EXPECT(peer, "Request 1/1 up to 21");
    MESSAGE(peer, 3);
    EXPECT_TOLD(peer, "Delivery 3");
    CONFIRM(peer);
    EXPECT(peer, "Request 3/3 up to 23");
    MESSAGE(peer, 4);
    EXPECT_TOLD(peer, "Delivery 4");
    CONFIRM(peer);
    EXPECT(peer, "Request 4/4 up to 24");
    // The reference injects 35 here. A producer of ours cannot send past 24: that is the end of it.
    MESSAGE(peer, 24);
    EXPECT_TOLD(peer, "Delivery 24");
    CONFIRM(peer);
    EXPECT(peer, "Request 24/24 up to 44");
    MESSAGE(peer, 10); // late: passed is passed
    EXPECT_TOLD_NOTHING(peer);
    EXPECT_NOTHING_FOR(peer, 1h);
    QCOMPARE(peer.machine.counters().resendsAsked, 0u);
    QCOMPARE(peer.message(45), Reason::GrantExceeded);
}

// ---- rules

void TestConsumerMachine::s11_answersWhileProcessing()
{
    FakeProducer peer;
    peer.attach();
    MESSAGES(peer, 1, 2);
    EXPECT_TOLD(peer, "Delivery 1");
    INJECT(peer, SentFrame{2});
    EXPECT(peer, "Request 0/2 up to 20");
    MESSAGE(peer, 4);
    EXPECT(peer, "Resend 3-3"); // what is missing is asked for, whatever the application does
    EXPECT_TOLD_NOTHING(peer);
}

void TestConsumerMachine::s14_gapKeepsWhatHasArrived()
{
    FakeProducer peer;
    peer.attach();
    MESSAGES(peer, 2, 10);
    EXPECT(peer, "Resend 1-1");
    MESSAGE(peer, 1);
    QCOMPARE(peer.process(), 10);
    QCOMPARE(peer.machine.counters().duplicatesDropped, 0u);
}

void TestConsumerMachine::s18_attachingSaysOnlyAttach()
{
    FakeProducer peer;
    peer.attach();
    MESSAGES(peer, 1, 2);
    MESSAGE(peer, 4);
    EXPECT(peer, "Resend 3-3");
    peer.machine.handleLinkLost();
    QVERIFY(!peer.machine.nextTimeout());
    EXPECT_NOTHING_FOR(peer, 1h);
    peer.machine.attach(2, peer.now);
    EXPECT(peer, "Attach 1: 0/2 up to 20");
    QCOMPARE(peer.process(), 2); // the application goes on meanwhile
    QCOMPARE(peer.saidWithin(2s), QByteArrayList{"2000 ms: Attach 1: 2/2 up to 22"});
    INJECT(peer, AttachedFrame{ProducerIncarnation, 1, 3});
    EXPECT(peer, "Request 2/2 up to 22", "Resend 3-3");
}

void TestConsumerMachine::s22_grantNeverShrinks()
{
    FakeProducer peer(onlyFlowControl());
    peer.attach();
    SeqNr granted = peer.machine.requestUpToSeqNr();
    for (SeqNr seqNr = 1; seqNr < 200; seqNr += 7) {
        MESSAGE(peer, seqNr);
        if (seqNr % 2 == 0)
            QCOMPARE(peer.process(), 1);
        INJECT(peer, SentFrame{seqNr});
        QCOMPARE(peer.process(), seqNr % 2);
        (void)peer.said();
        QVERIFY(peer.machine.requestUpToSeqNr() >= granted);
        granted = peer.machine.requestUpToSeqNr();
        QCOMPARE(granted, seqNr + 20);
    }
}

void TestConsumerMachine::s25_messageDoesNotSwitchProducers()
{
    FakeProducer peer(onlyFlowControl());
    peer.attach();
    MESSAGES(peer, 1, 3);
    const QByteArray state = peer.state();
    INJECT(peer, AttachedFrame{OtherProducer, 2, 1}); // nobody asked for it
    QCOMPARE(peer.state(), state);
    EXPECT_TOLD(peer, "Delivery 1");
}

QTEST_APPLESS_MAIN(TestConsumerMachine)
#include "tst_consumermachine.moc"
