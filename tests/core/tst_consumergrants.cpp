// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "fakeproducer.h"

#include <QRegularExpression>
#include <QTest>

using namespace QtDelivery;
using namespace QtDelivery::Test;
using namespace std::chrono_literals;

// Row and function names that begin with CC-…, H… or S… are the ids of tests/coverage.md.

class TestConsumerGrants : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void resumeDeliversNothingTwice();
    void attachAfterRegisteringAnew();
    void registeredAnewKeepsWhatIsNotSettled();
    void anotherConsumerWentOn();
    void producerRestarted();
    void restartsAddUp();
    void detach();
    void repeatedAttached();

    void byteGrant();
    void byteGrantAndHoles();
    void byteGrantCannotBeTalkedAway();
    void messageTooLarge();
    void sentShowsTheLostTail();
    void manyHolesGoOutInTurns();
    void eachHoleIsAskedForOnce();
    void longRunBehindAHole();

    void onlyFlowControlSent();
    void onlyFlowControlResumeKeepsWhatHasArrived();
    void onlyFlowControlStaleDeliveryDoesNotBlock();
};

void TestConsumerGrants::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

// ---- attachments

void TestConsumerGrants::resumeDeliversNothingTwice()
{
    FakeProducer peer;
    peer.attach(1, ProducerIncarnation, 7);
    MESSAGES(peer, 1, 5);
    QCOMPARE(peer.process(2), 2);
    EXPECT_TOLD(peer, "Delivery 3");
    peer.machine.handleLinkLost();
    peer.machine.attach(2, peer.now);
    EXPECT(peer, "Attach 7: 2/5 up to 22");
    INJECT(peer, AttachedFrame{ProducerIncarnation, 7, 6});
    EXPECT_TOLD_NOTHING(peer); // no restart, no repetition
    MESSAGE(peer, 6);
    QCOMPARE(peer.confirm(), Outcome::Confirmed);
    for (const char *delivery : {"Delivery 4", "Delivery 5", "Delivery 6"}) {
        EXPECT_TOLD(peer, delivery);
        CONFIRM(peer);
    }
    QCOMPARE(peer.machine.counters().attachments, 2u);
    QCOMPARE(peer.machine.counters().messages, 6u);
}

void TestConsumerGrants::attachAfterRegisteringAnew()
{
    FakeProducer peer;
    peer.attach(1, ProducerIncarnation, 3);
    MESSAGE(peer, 1);
    INJECT(peer, DetachFrame{Reason::Replaced});
    peer.machine.attach(2, peer.now);
    EXPECT(peer, "Attach 3: 0/1 up to 20"); // will be refused: another one is there
    INJECT(peer, DetachFrame{Reason::Replaced});
    peer.machine.forgetEpoch();
    peer.machine.attach(3, peer.now);
    EXPECT(peer, "Attach 0: 0/1 up to 20"); // still knows what it has
}

void TestConsumerGrants::registeredAnewKeepsWhatIsNotSettled()
{
    FakeProducer peer(window(5));
    peer.attach();
    MESSAGES(peer, 1, 5);
    EXPECT_TOLD(peer, "Delivery 1");
    INJECT(peer, DetachFrame{Reason::Replaced});
    peer.machine.forgetEpoch();
    peer.machine.attach(2, peer.now);
    EXPECT(peer, "Attach 0: 0/5 up to 5");
    // Another one has confirmed 1 and 2. The producer counts from there, and sends the rest again.
    INJECT(peer, AttachedFrame{ProducerIncarnation, 3, 3});
    EXPECT(peer, "Request 2/5 up to 7");
    MESSAGES(peer, 3, 7);
    QCOMPARE(peer.machine.counters().duplicatesDropped, 3u);
    CONFIRM(peer); // of 1, which is settled
    EXPECT_NOTHING(peer);
    for (SeqNr seqNr = 3; seqNr <= 7; ++seqNr) {
        EXPECT_TOLD(peer, "Delivery " + QByteArray::number(seqNr));
        CONFIRM(peer);
    }
    EXPECT(peer, "Request 7/7 up to 12");
}

void TestConsumerGrants::anotherConsumerWentOn()
{
    FakeProducer peer;
    peer.attach();
    MESSAGES(peer, 1, 4);
    EXPECT_TOLD(peer, "Delivery 1");
    MESSAGE(peer, 6);
    peer.machine.handleLinkLost();
    peer.machine.attach(2, peer.now);
    (void)peer.said();
    // The other one has confirmed up to 9.
    INJECT(peer, AttachedFrame{ProducerIncarnation, 3, 10});
    QCOMPARE(peer.machine.bufferedMessages(), 0);
    MESSAGES(peer, 10, 29); // granted with the attachment, not only with the next Request
    EXPECT(peer, "Request 9/29 up to 29");
    EXPECT_TOLD_NOTHING(peer); // 1 is still being processed
    QCOMPARE(peer.confirm(), Outcome::Confirmed);
    QCOMPARE(peer.machine.confirmedSeqNr(), 9);
    EXPECT_TOLD(peer, "Delivery 10");
    QVERIFY(!peer.machine.nextTimeout());
}

void TestConsumerGrants::producerRestarted()
{
    FakeProducer peer;
    peer.attach();
    MESSAGES(peer, 1, 4);
    MESSAGE(peer, 6);
    QCOMPARE(peer.process(1), 1);
    EXPECT_TOLD(peer, "Delivery 2");
    peer.machine.handleLinkLost();
    peer.attach(5, OtherProducer, 1, 2); // its numbers need not begin at 1
    EXPECT_TOLD(peer, "ProducerRestarted, dropped 3"); // 3, 4, 6: not the one that was delivered
    QCOMPARE(peer.machine.confirmedSeqNr(), 4);
    QCOMPARE(peer.machine.bufferedBytes(), 0u);
    QCOMPARE(peer.machine.requestUpToSeqNr(), 24);
    QVERIFY(!peer.machine.nextTimeout()); // the holes are history
    MESSAGE(peer, 5);
    CONFIRM(peer);
    EXPECT_TOLD(peer, "Delivery 5");
}

void TestConsumerGrants::restartsAddUp()
{
    FakeProducer peer;
    peer.machine.pause();
    peer.attach();
    MESSAGES(peer, 1, 2);
    peer.machine.handleLinkLost();
    peer.attach(1, OtherProducer, 1, 2);
    MESSAGES(peer, 1, 3);
    peer.machine.handleLinkLost();
    peer.attach(1, ProducerIncarnation, 1, 3);
    EXPECT_TOLD(peer, "ProducerRestarted, dropped 5"); // the application's turn came late
    EXPECT_TOLD_NOTHING(peer);
}

void TestConsumerGrants::detach()
{
    FakeProducer peer;
    peer.attach();
    MESSAGES(peer, 1, 2);
    QCOMPARE(peer.process(1), 1);
    INJECT(peer, DetachFrame{Reason::Stopped});
    QCOMPARE(peer.machine.state(), ConsumerMachine::State::Unattached);
    EXPECT_NOTHING_FOR(peer, 1h);
    QCOMPARE(peer.process(), 1); // what has arrived is delivered
    peer.machine.attach(2, peer.now);
    EXPECT(peer, "Attach 1: 2/2 up to 22");
}

void TestConsumerGrants::repeatedAttached()
{
    FakeProducer peer;
    peer.attach();
    MESSAGES(peer, 1, 3);
    QCOMPARE(peer.process(1), 1);
    const QByteArray state = peer.state();
    INJECT(peer, AttachedFrame{ProducerIncarnation, 1, 1});
    QCOMPARE(peer.state(), state);
}

// ---- grants in bytes

void TestConsumerGrants::byteGrant()
{
    FakeProducer peer(window(1000, 100));
    peer.attach();
    MESSAGE(peer, 1, QByteArray(99, 'a'));
    MESSAGE(peer, 2, QByteArray(500, 'b')); // started below 100 bytes
    const QByteArray state = peer.state();
    QCOMPARE(peer.message(3, "c"), Reason::GrantExceeded);
    QCOMPARE(peer.message(3, {}), Reason::GrantExceeded);
    QCOMPARE(peer.state(), state);
    MESSAGE(peer, 2, QByteArray(500, 'b')); // a duplicate takes nothing
    QCOMPARE(peer.process(1), 1);
    QCOMPARE(peer.message(3, "c"), Reason::GrantExceeded);
    (void)peer.told(); // giving it out frees nothing, only confirming does
    QCOMPARE(peer.machine.bufferedBytes(), 0u);
    QCOMPARE(peer.message(3, "c"), Reason::GrantExceeded);
    CONFIRM(peer);
    QCOMPARE(peer.message(3, "c"), Reason::GrantExceeded); // which the producer does not know yet
    EXPECT(peer, "Request 2/2 up to 1002");
    MESSAGE(peer, 3, QByteArray(100, 'c'));
    QCOMPARE(peer.message(4, "d"), Reason::GrantExceeded);
}

void TestConsumerGrants::byteGrantAndHoles()
{
    FakeProducer peer(window(1000, 100));
    peer.attach();
    MESSAGE(peer, 1, QByteArray(10, 'a'));
    MESSAGE(peer, 4, QByteArray(100, 'd')); // 2 and 3 are lost
    EXPECT(peer, "Resend 2-3");
    MESSAGE(peer, 2, QByteArray(50, 'b')); // they started before 4 did
    MESSAGE(peer, 3, QByteArray(39, 'c'));
    QCOMPARE(peer.message(5, "e"), Reason::GrantExceeded);
    QCOMPARE(peer.process(), 4);
    EXPECT(peer, "Request 4/4 up to 1004");
    // A lost tail that Sent has told of started before, too.
    MESSAGE(peer, 5, QByteArray(99, 'e'));
    INJECT(peer, SentFrame{6});
    EXPECT(peer, "Request 4/5 up to 1004", "Resend 6-6");
    MESSAGE(peer, 6, QByteArray(500, 'f'));
    QCOMPARE(peer.message(7, "g"), Reason::GrantExceeded);
}

// Sent costs a peer nothing. It must not open the buffer to a window of the largest messages.
void TestConsumerGrants::byteGrantCannotBeTalkedAway()
{
    ConsumerConfig config = window(1000, 100);
    config.maxMessageSize = 500;
    FakeProducer peer(config);
    peer.attach();
    INJECT(peer, SentFrame{1000});
    MESSAGE(peer, 1000, QByteArray(500, 'x'));
    MESSAGE(peer, 1, QByteArray(99, 'x')); // 599 bytes: as much as an honest one can have out
    const QByteArray state = peer.state();
    QCOMPARE(peer.message(500, "x"), Reason::GrantExceeded);
    QCOMPARE(peer.state(), state);
    MESSAGE(peer, 1000, QByteArray(500, 'x')); // a duplicate takes nothing
    MESSAGE(peer, 500, {});
}

void TestConsumerGrants::messageTooLarge()
{
    ConsumerConfig config = window(20);
    config.maxMessageSize = 10;
    FakeProducer peer(config);
    peer.attach();
    MESSAGE(peer, 1, QByteArray(10, 'x'));
    const QByteArray state = peer.state();
    QCOMPARE(peer.message(2, QByteArray(11, 'x')), Reason::GrantExceeded);
    QCOMPARE(peer.state(), state);
}

// ---- holes in the flow

void TestConsumerGrants::sentShowsTheLostTail()
{
    FakeProducer peer;
    peer.attach();
    MESSAGE(peer, 1);
    INJECT(peer, SentFrame{4});
    EXPECT(peer, "Request 0/1 up to 20", "Resend 2-4");
    INJECT(peer, SentFrame{4});
    EXPECT(peer, "Request 0/1 up to 20"); // the resend is on its way
    QCOMPARE(peer.saidWithin(2s), QByteArrayList{"2000 ms: Resend 2-4"});
    MESSAGES(peer, 2, 4);
    EXPECT_NOTHING_FOR(peer, 1h);
    QCOMPARE(peer.process(), 4);
    (void)peer.said();
    INJECT(peer, SentFrame{0}); // nothing that is new
    EXPECT(peer, "Request 4/4 up to 24");
}

void TestConsumerGrants::manyHolesGoOutInTurns()
{
    FakeProducer peer(window(1000));
    peer.attach();
    for (SeqNr seqNr = 2; seqNr <= 300; seqNr += 2)
        MESSAGE(peer, seqNr);
    QByteArrayList words;
    QVERIFY(peer.poll(words)); // there is more
    const qsizetype first = words.size();
    QVERIFY(first < 150);
    while (peer.poll(words))
        ;
    QCOMPARE(words.size(), 150);
    QCOMPARE(words.first(), QByteArray("Resend 1-1"));
    QCOMPARE(words.last(), QByteArray("Resend 299-299"));
    QCOMPARE(peer.machine.counters().resendsAsked, 150u);
}

void TestConsumerGrants::eachHoleIsAskedForOnce()
{
    FakeProducer peer;
    peer.attach();
    MESSAGE(peer, 2);
    EXPECT(peer, "Resend 1-1");
    MESSAGES(peer, 3, 4);
    EXPECT_NOTHING(peer);
    MESSAGE(peer, 8);
    EXPECT(peer, "Resend 5-7");
    MESSAGE(peer, 6);
    EXPECT_NOTHING(peer);
    MESSAGE(peer, 9);
    EXPECT_NOTHING(peer);
    QCOMPARE(peer.saidWithin(2s),
             (QByteArrayList{"2000 ms: Resend 1-1", "2000 ms: Resend 5-5", "2000 ms: Resend 7-7"}));
    MESSAGE(peer, 11);
    MESSAGE(peer, 12);
    EXPECT(peer, "Resend 10-10");
}

// The search for holes must not begin at the first one with every message: a slow machine would
// find out by the test's time limit.
void TestConsumerGrants::longRunBehindAHole()
{
    constexpr SeqNr Messages = 300'000;
    FakeProducer peer(window(Messages));
    peer.attach();
    for (SeqNr seqNr = 2; seqNr <= Messages; ++seqNr) {
        if (peer.machine.handleMessage({seqNr, "x"}, peer.now) != Reason::None)
            QFAIL("refused");
        if (seqNr == 2)
            EXPECT(peer, "Resend 1-1");
        if (peer.machine.hasTransmit())
            QFAIL("nothing more is missing");
    }
    MESSAGE(peer, 1);
    QCOMPARE(peer.machine.receivedSeqNr(), Messages);
}

// ---- only flow control

void TestConsumerGrants::onlyFlowControlSent()
{
    FakeProducer peer(onlyFlowControl());
    peer.attach();
    INJECT(peer, SentFrame{3}); // all lost
    EXPECT(peer, "Request 3/3 up to 23");
    MESSAGE(peer, 4);
    EXPECT_TOLD(peer, "Delivery 4");
    INJECT(peer, SentFrame{6});
    EXPECT(peer, "Request 3/6 up to 23"); // 4 is being processed, and with it what follows
    CONFIRM(peer);
    EXPECT(peer, "Request 6/6 up to 26");
    MESSAGE(peer, 8);
    MESSAGE(peer, 10);
    EXPECT_TOLD(peer, "Delivery 8");
    CONFIRM(peer);
    EXPECT(peer, "Request 8/10 up to 28"); // 9 is passed only with 10 in front of it
    EXPECT_TOLD(peer, "Delivery 10");
    CONFIRM(peer);
    EXPECT(peer, "Request 10/10 up to 30");
    EXPECT_NOTHING_FOR(peer, 1h);
}

void TestConsumerGrants::onlyFlowControlResumeKeepsWhatHasArrived()
{
    FakeProducer peer(onlyFlowControl());
    peer.attach();
    MESSAGES(peer, 1, 3);
    EXPECT_TOLD(peer, "Delivery 1");
    peer.machine.handleLinkLost();
    peer.machine.attach(2, peer.now);
    EXPECT(peer, "Attach 1: 0/3 up to 20, only flow control");
    INJECT(peer, AttachedFrame{ProducerIncarnation, 1, 6}); // 4 and 5 were lost with the link
    CONFIRM(peer);
    EXPECT_REPORTED(peer, "Request 1/5 up to 21");
    EXPECT_TOLD(peer, "Delivery 2");
    CONFIRM(peer);
    MESSAGE(peer, 6);
    EXPECT_TOLD(peer, "Delivery 3");
    CONFIRM(peer);
    EXPECT_TOLD(peer, "Delivery 6");
    CONFIRM(peer);
    EXPECT(peer, "Request 6/6 up to 26");
}

void TestConsumerGrants::onlyFlowControlStaleDeliveryDoesNotBlock()
{
    FakeProducer peer(onlyFlowControl(3));
    peer.attach();
    MESSAGE(peer, 1);
    EXPECT_TOLD(peer, "Delivery 1");
    peer.machine.handleLinkLost();
    peer.attach(1, OtherProducer, 1, 2);
    EXPECT_TOLD(peer, "ProducerRestarted, dropped 0");
    INJECT(peer, SentFrame{3}); // its whole window is lost
    (void)peer.said();
    CONFIRM(peer); // of the old producer's message
    EXPECT(peer, "Request 3/3 up to 6"); // or the new one would wait for ever
}

QTEST_APPLESS_MAIN(TestConsumerGrants)
#include "tst_consumergrants.moc"
