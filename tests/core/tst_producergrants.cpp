// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "fakeconsumer.h"

#include <QRegularExpression>
#include <QTest>

using namespace QtDelivery;
using namespace QtDelivery::Test;
using namespace std::chrono_literals;

// Row and function names that begin with PC-…, H… or S… are the ids of tests/coverage.md.

class TestProducerGrants : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void h22_windows_data();
    void h22_windows();
    void h23_smallerWindowLowersTheLimit();
    void h24_moreUnconfirmedThanTheWindow();
    void h25_h26_impossibleNumbers_data();
    void h25_h26_impossibleNumbers();
    void h27_staleRequest();
    void h28_lostConfirmationWithoutTraffic();

    void messageTooLargeToSend();
    void messageTooLargeForANewConsumer();
    void byteGrant();
    void byteGrantAndEmptyMessages();
    void ownLimits_data();
    void ownLimits();
    void runsAheadByOneWindow();

    void onlyFlowControlFreesPayloads();
    void onlyFlowControlResume();
    void onlyFlowControlHandover_data();
    void onlyFlowControlHandover();
};

void TestProducerGrants::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

// ---- flow control

void TestProducerGrants::h22_windows_data()
{
    QTest::addColumn<SeqNr>("window");
    for (const SeqNr window : {1, 2, 3, 4, 5, 7, 1'000'000})
        QTest::addRow("H22 window %lld", window) << window;
}

void TestProducerGrants::h22_windows()
{
    QFETCH(SeqNr, window);
    constexpr SeqNr Messages = 100;
    ProducerConfig config;
    config.maxUnconfirmedMessages = 1'000'000;
    FakeConsumer peer(config);
    INJECT(peer, fresh(window));
    SeqNr confirmed = 0;
    // In turn: the application sends all it may, and one message is confirmed.
    while (confirmed < Messages) {
        const SeqNr next = peer.machine.nextSeqNr();
        QCOMPARE(peer.sendAll(int(Messages - next + 1)),
                 std::min(Messages, confirmed + window) - next + 1);
        (void)peer.said();
        QCOMPARE(peer.machine.sentSeqNr(), peer.machine.nextSeqNr() - 1);
        ++confirmed;
        INJECT(peer, request(confirmed, confirmed, confirmed + window));
    }
    QCOMPARE(peer.machine.confirmedSeqNr(), Messages);
    QCOMPARE(peer.machine.counters().resent, 0u);
    EXPECT_NOTHING_FOR(peer, 10s);
    QVERIFY(peer.sendNext());
}

void TestProducerGrants::h23_smallerWindowLowersTheLimit()
{
    FakeConsumer peer;
    INJECT(peer, fresh(20));
    QCOMPARE(peer.sendAll(2), 2);
    QCOMPARE(peer.said().size(), 3);
    EXPECT_TOLD(peer, "RequestNext 3");
    INJECT(peer, fresh(2, ConsumerB), 2);
    QCOMPARE(peer.machine.requestUpToSeqNr(), 2);
    // The permission that is out is honoured, the message waits for its grant.
    QVERIFY(peer.sendNext());
    EXPECT(peer, "Attached 2 1", "Message 1", "Message 2");
    EXPECT_TOLD_NOTHING(peer);
    INJECT(peer, request(1, 2, 3), 2);
    EXPECT(peer, "Message 3");
    EXPECT_TOLD(peer, "Confirmed 1");
    INJECT(peer, request(2, 2, 4), 2);
    EXPECT_TOLD(peer, "Confirmed 2", "RequestNext 4");
}

void TestProducerGrants::h24_moreUnconfirmedThanTheWindow()
{
    FakeConsumer peer;
    INJECT(peer, fresh(20));
    QCOMPARE(peer.sendAll(), 20);
    (void)peer.said();
    peer.machine.handleLinkLost();
    INJECT(peer, fresh(3, ConsumerB), 2);
    EXPECT(peer, "Attached 2 1", "Message 1", "Message 2", "Message 3");
    QCOMPARE(peer.sendAll(), 0);
    INJECT(peer, ResendFrame{3, 5}, 2); // 4 and 5 were sent, but not to this one
    EXPECT(peer, "Message 3");
    INJECT(peer, request(2, 3, 5), 2);
    EXPECT(peer, "Message 4", "Message 5");
    QCOMPARE(peer.sendAll(), 0);
}

void TestProducerGrants::h25_h26_impossibleNumbers_data()
{
    QTest::addColumn<Frame>("frame");
    constexpr SeqNr Max = std::numeric_limits<SeqNr>::max();
    const auto add = [](const char *name, const Frame &frame) { QTest::newRow(name) << frame; };
    // 5 messages were sent, 4 transmitted, 2 confirmed.
    add("H25 confirmed beyond sent", request(5, 5, 30));
    add("H25 received beyond sent", request(2, 5, 30));
    add("H25 confirmed negative", request(-1, 2, 30));
    add("H25 received negative", request(2, -1, 30));
    add("H25 grant negative", request(2, 2, -1));
    add("H25 grant near 2^63", request(2, 2, Max));
    add("H25 confirmed near 2^63", request(Max, Max, Max));
    add("H25 grant at the limit of numbers", request(2, 2, MaxSeqNr));
    add("H25 received below confirmed", request(3, 2, 30));
    add("H26 grant below confirmed", request(3, 3, 2));
    add("H25 resend beyond sent", ResendFrame{3, 5});
    add("H25 resend of nothing", ResendFrame{4, 3});
    add("H25 resend from 0", ResendFrame{0, 3});
    add("H25 resend negative", ResendFrame{-3, 3});
    add("H25 attach confirmed beyond sent", resume(1, 5, 5, 30));
    add("H25 attach received beyond sent", resume(1, 2, 5, 30));
    add("H25 attach grant near 2^63", resume(1, 2, 2, Max));
    add("H25 attach negative", resume(1, -2, 2, 30));
    add("H26 attach grant below confirmed", resume(1, 3, 3, 2));
    AttachFrame nobody = fresh();
    nobody.receivedSeqNr = 1;
    add("H25 attach with numbers of nobody", nobody);
}

void TestProducerGrants::h25_h26_impossibleNumbers()
{
    QFETCH(Frame, frame);
    FakeConsumer peer;
    INJECT(peer, fresh(20));
    QCOMPARE(peer.sendAll(4), 4);
    (void)peer.said();
    INJECT(peer, request(2, 3, 22));
    QVERIFY(peer.sendNext());
    (void)peer.told();
    QVERIFY(peer.machine.hasTransmit()); // message 5

    const QByteArray state = peer.state();
    QCOMPARE(peer.inject(frame), Reason::ImpossibleNumber);
    QCOMPARE(peer.state(), state);
    EXPECT_TOLD_NOTHING(peer);
    EXPECT(peer, "Message 5");
    INJECT(peer, request(5, 5, 25)); // and nothing inside is damaged
    EXPECT_TOLD(peer, "Confirmed 5");
}

void TestProducerGrants::h27_staleRequest()
{
    FakeConsumer peer;
    INJECT(peer, fresh(10));
    QCOMPARE(peer.sendAll(5), 5);
    (void)peer.said();
    INJECT(peer, request(4, 5, 14));
    EXPECT_TOLD(peer, "Confirmed 4", "RequestNext 6");
    const QByteArray state = peer.state();
    INJECT(peer, request(2, 3, 12)); // overtaken
    INJECT(peer, request(4, 4, 10));
    QCOMPARE(peer.state(), state);
    EXPECT_TOLD_NOTHING(peer);
    QCOMPARE(peer.machine.requestUpToSeqNr(), 14);

    // The bytes of a stale one count from another number.
    FakeConsumer tight;
    AttachFrame frame = fresh(10);
    frame.requestUpToBytes = 10;
    INJECT(tight, frame);
    QCOMPARE(tight.sendAll(), 2); // of 5 bytes each
    (void)tight.said();
    INJECT(tight, request(1, 2, 11, 10));
    QCOMPARE(tight.sendAll(), 1);
    INJECT(tight, request(0, 2, 10, 1000));
    QCOMPARE(tight.sendAll(), 0);
}

void TestProducerGrants::h28_lostConfirmationWithoutTraffic()
{
    ProducerConfig config;
    config.probeIntervalMax = 5s;
    FakeConsumer peer(config);
    INJECT(peer, fresh(1));
    QVERIFY(peer.sendNext());
    EXPECT(peer, "Attached 1 1", "Message 1");
    // The consumer processes for minutes, then its confirmation and its grant are lost.
    (void)peer.saidWithin(5min);
    QVERIFY(!peer.saidWithin(config.probeIntervalMax).isEmpty());
    INJECT(peer, request(1, 1, 2)); // the answer to the probe
    EXPECT_TOLD(peer, "Confirmed 1", "RequestNext 2");
}

void TestProducerGrants::messageTooLargeToSend()
{
    ProducerConfig config;
    config.maxMessageSize = 10;
    FakeConsumer peer(config);
    AttachFrame frame = fresh();
    frame.maxMessageSize = 5;
    INJECT(peer, frame);
    EXPECT_TOLD(peer, "RequestNext 1");
    QCOMPARE(peer.machine.maxMessageSize(), 5u);
    QCOMPARE(peer.machine.send("123456"), ProducerMachine::SendOutcome::TooLarge);
    QVERIFY(peer.machine.hasPermission()); // refused before it has a number
    QCOMPARE(peer.machine.nextSeqNr(), 1);
    QCOMPARE(peer.machine.send("12345"), ProducerMachine::SendOutcome::Accepted);

    INJECT(peer, fresh(20, ConsumerB), 2); // accepts more than this side does
    QVERIFY(peer.sendNext(QByteArray(10, 'x')));
    EXPECT_TOLD(peer, "RequestNext 3");
    QCOMPARE(peer.machine.send(QByteArray(11, 'x')), ProducerMachine::SendOutcome::TooLarge);
}

void TestProducerGrants::messageTooLargeForANewConsumer()
{
    FakeConsumer peer;
    INJECT(peer, fresh());
    QVERIFY(peer.sendNext("123456"));
    QVERIFY(peer.sendNext("123"));
    EXPECT(peer, "Attached 1 1", "Message 1, 6 bytes", "Message 2, 3 bytes");
    AttachFrame frame = fresh(20, ConsumerB);
    frame.maxMessageSize = 5;
    const QByteArray state = peer.state();
    QCOMPARE(peer.inject(frame, 2), Reason::MessageTooLarge);
    QCOMPARE(peer.answer.kind, ProducerMachine::AttachAnswer::Kind::Refused);
    QCOMPARE(peer.state(), state);
    AttachFrame knowing = resume(0, 0, 1, 20, ConsumerB);
    knowing.maxMessageSize = 2;
    knowing.confirmedSeqNr = 1;
    QCOMPARE(peer.inject(knowing, 2), Reason::MessageTooLarge); // 2 is too large as well
    QCOMPARE(peer.state(), state);
    INJECT(peer, request(1, 2, 21)); // the large one is gone
    INJECT(peer, frame, 3);
    EXPECT(peer, "Attached 2 2", "Message 2, 3 bytes");
}

void TestProducerGrants::byteGrant()
{
    FakeConsumer peer;
    AttachFrame frame = fresh(1000);
    frame.requestUpToBytes = 100;
    INJECT(peer, frame);
    // A message may start below 100 bytes, however long it is.
    QVERIFY(peer.sendNext(QByteArray(99, 'a')));
    QVERIFY(peer.sendNext(QByteArray(500, 'b')));
    QVERIFY(!peer.sendNext("c"));
    QCOMPARE(peer.machine.unconfirmedBytes(), 599u);
    EXPECT(peer, "Attached 1 1", "Message 1, 99 bytes", "Message 2, 500 bytes");
    INJECT(peer, request(1, 2, 1001, 100));
    QVERIFY(!peer.sendNext("c")); // 500 are still out
    INJECT(peer, request(2, 2, 1002, 100));
    QVERIFY(peer.sendNext(QByteArray(100, 'c')));
    QVERIFY(!peer.sendNext("d"));
    INJECT(peer, request(2, 2, 1002, 101)); // the same moment, more memory
    QVERIFY(peer.sendNext("d"));
    EXPECT(peer, "Message 3, 100 bytes", "Message 4, 1 bytes");

    frame.consumer = ConsumerB; // less memory: what it cannot hold waits
    INJECT(peer, frame, 2);
    EXPECT(peer, "Attached 2 3", "Message 3, 100 bytes");
    INJECT(peer, request(3, 3, 1003, 100), 2);
    EXPECT(peer, "Message 4, 1 bytes");
}

void TestProducerGrants::byteGrantAndEmptyMessages()
{
    FakeConsumer peer;
    AttachFrame frame = fresh(5);
    frame.requestUpToBytes = 1;
    INJECT(peer, frame);
    for (int i = 0; i < 4; ++i)
        QVERIFY(peer.sendNext(QByteArray()));
    QVERIFY(peer.sendNext("x"));
    QVERIFY(!peer.sendNext(QByteArray())); // the number of messages bounds these
    INJECT(peer, DetachFrame{});
    frame = fresh(5, ConsumerB);
    frame.requestUpToBytes = 0;
    INJECT(peer, frame, 2);
    EXPECT(peer, "Attached 2 1"); // no bytes, no message, not even an empty one
}

void TestProducerGrants::ownLimits_data()
{
    QTest::addColumn<SeqNr>("maxMessages");
    QTest::addColumn<quint64>("maxBytes");
    QTest::addColumn<int>("accepted"); // of messages with 10 bytes
    QTest::newRow("messages") << SeqNr(3) << quint64(1000) << 3;
    QTest::newRow("bytes") << SeqNr(1000) << quint64(25) << 3;
    QTest::newRow("bytes, exactly") << SeqNr(1000) << quint64(30) << 3;
    QTest::newRow("the consumer's is lower") << SeqNr(1000) << quint64(1000) << 20;
}

void TestProducerGrants::ownLimits()
{
    QFETCH(SeqNr, maxMessages);
    QFETCH(quint64, maxBytes);
    QFETCH(int, accepted);
    ProducerConfig config;
    config.maxUnconfirmedMessages = maxMessages;
    config.maxUnconfirmedBytes = maxBytes;
    FakeConsumer peer(config);
    INJECT(peer, fresh(20));
    int count = 0;
    while (peer.sendNext(QByteArray(10, 'x')))
        ++count;
    QCOMPARE(count, accepted);
    (void)peer.said();
    INJECT(peer, request(1, 1, 21));
    QVERIFY(peer.sendNext(QByteArray(10, 'x')));
    QVERIFY(!peer.sendNext(QByteArray(10, 'x')));
}

void TestProducerGrants::runsAheadByOneWindow()
{
    FakeConsumer peer;
    INJECT(peer, fresh(4));
    QVERIFY(peer.sendNext());
    (void)peer.said();
    peer.machine.handleLinkLost();
    QCOMPARE(peer.sendAll(), 3); // as if the consumer were there and busy
    EXPECT_NOTHING(peer);
    INJECT(peer, resume(1, 1, 1, 5), 2);
    EXPECT(peer, "Attached 1 2", "Message 2", "Message 3", "Message 4");
}

// ---- only flow control

void TestProducerGrants::onlyFlowControlFreesPayloads()
{
    FakeConsumer peer;
    INJECT(peer, withoutResend(fresh()));
    QByteArray payload(1000, 'x');
    QVERIFY(peer.sendNext(payload));
    QVERIFY(!payload.isDetached());
    EXPECT(peer, "Attached 1 1", "Message 1, 1000 bytes");
    QVERIFY(payload.isDetached()); // nobody else holds it
    QCOMPARE(peer.machine.unconfirmedBytes(), 1000u); // but it still counts against the grant
    QCOMPARE(peer.machine.confirmedSeqNr(), 0);
}

void TestProducerGrants::onlyFlowControlResume()
{
    FakeConsumer peer;
    INJECT(peer, withoutResend(fresh(5)));
    QCOMPARE(peer.sendAll(3), 3);
    QCOMPARE(peer.said().size(), 4);
    peer.machine.handleLinkLost();
    QVERIFY(peer.sendNext());
    // It has 1 and 2 and processed 1; 3 was lost with the link, 4 never left.
    INJECT(peer, withoutResend(resume(1, 1, 2, 6)), 2);
    QCOMPARE(peer.machine.confirmedSeqNr(), 1); // 2 is not processed: no one said so
    EXPECT(peer, "Attached 1 4", "Message 4");
    EXPECT_TOLD(peer, "Confirmed 1", "RequestNext 5");
    INJECT(peer, withoutResend(resume(1, 1, 2, 6)), 2); // repeated
    QCOMPARE(peer.machine.confirmedSeqNr(), 1);
    EXPECT(peer, "Attached 1 4", "Sent 4");
    INJECT(peer, request(4, 4, 9), 2);
    EXPECT_TOLD(peer, "Confirmed 4");
    QCOMPARE(peer.machine.counters().resent, 0u);
}

void TestProducerGrants::onlyFlowControlHandover_data()
{
    QTest::addColumn<bool>("toResending");
    QTest::newRow("to another one of its kind") << false;
    QTest::newRow("S21 to one that wants resending") << true;
}

// What was sent without resending cannot be sent to another consumer, so it is settled.
void TestProducerGrants::onlyFlowControlHandover()
{
    QFETCH(bool, toResending);
    FakeConsumer peer;
    INJECT(peer, withoutResend(fresh(3)));
    QCOMPARE(peer.sendAll(), 3);
    QCOMPARE(peer.said().size(), 4);
    peer.machine.handleLinkLost();
    const AttachFrame frame = fresh(3, ConsumerB);
    INJECT(peer, toResending ? frame : withoutResend(frame), 2);
    QCOMPARE(peer.machine.confirmedSeqNr(), 3);
    QCOMPARE(peer.machine.requestUpToSeqNr(), 6);
    EXPECT_TOLD(peer, "Confirmed 3", "RequestNext 4"); // at once, not with the next probe
    QVERIFY(peer.sendNext());
    EXPECT(peer, "Attached 2 4", "Message 4");
    INJECT(peer, ResendFrame{3, 4}, 2);
    QCOMPARE(peer.said(), toResending ? QByteArrayList{"Message 4"} : QByteArrayList());
}

QTEST_APPLESS_MAIN(TestProducerGrants)
#include "tst_producergrants.moc"
