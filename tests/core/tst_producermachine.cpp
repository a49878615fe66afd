// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "core/framedecoder.h"
#include "core/producermachine.h"
#include "goldenframes.h"

#include <QRegularExpression>
#include <QTest>

using namespace QtDelivery;
using namespace QtDelivery::Test;
using namespace std::chrono_literals;

// Row and function names that begin with PC-…, H… or S… are the ids of tests/coverage.md.

namespace {

constexpr Incarnation ConsumerA{1, 0xa};
constexpr Incarnation ConsumerB{1, 0xb};
constexpr Incarnation OtherProducer{2, 2};
constexpr quint64 ManyBytes = 1 << 20;
constexpr qsizetype NoBudget = 1 << 30;

QByteArray payloadOf(SeqNr seqNr)
{
    return "msg-" + QByteArray::number(seqNr);
}

/*! A registration of a consumer that has nothing. */
AttachFrame fresh(SeqNr window = 20, Incarnation consumer = ConsumerA)
{
    AttachFrame frame;
    frame.consumer = consumer;
    frame.requestUpToSeqNr = window;
    frame.requestUpToBytes = ManyBytes;
    frame.maxMessageSize = ManyBytes;
    frame.producerId = QStringLiteral("producer");
    frame.consumerId = QStringLiteral("consumer");
    return frame;
}

AttachFrame withoutResend(AttachFrame frame)
{
    frame.supportResend = false;
    return frame;
}

/*! A consumer that comes back. */
AttachFrame resume(quint64 epoch, SeqNr confirmed, SeqNr received, SeqNr upTo,
                   Incarnation consumer = ConsumerA)
{
    AttachFrame frame = fresh(upTo, consumer);
    frame.producer = ProducerIncarnation;
    frame.epoch = epoch;
    frame.confirmedSeqNr = confirmed;
    frame.receivedSeqNr = received;
    return frame;
}

RequestFrame request(SeqNr confirmed, SeqNr received, SeqNr upTo, quint64 bytes = ManyBytes)
{
    return {confirmed, received, upTo, bytes};
}

/*! A producer's machine, its application, and at the other end of the wire a consumer that does
 * what the test says. Every frame goes through the codec, in both directions. */
class FakeConsumer
{
public:
    explicit FakeConsumer(ProducerConfig config = {}, Incarnation incarnation = ProducerIncarnation)
        : machine(QStringLiteral("producer"), incarnation, config)
    {
        machine.start();
        shakeHands(m_decoder);
    }

    /*! The consumer says \a frame. */
    Reason inject(const Frame &frame, ChannelNr channel = 1)
    {
        FrameDecoder decoder;
        shakeHands(decoder);
        decoder.append(encoded(channel, frame));
        Frame decoded;
        if (decoder.next(&channel, &decoded) != FrameDecoder::Result::Frame)
            return decoder.reason();
        if (const auto *attach = std::get_if<AttachFrame>(&decoded)) {
            answer = machine.handleAttach(channel, *attach);
            return answer.reason;
        }
        if (const auto *request = std::get_if<RequestFrame>(&decoded))
            return machine.handleRequest(*request, now);
        if (const auto *resend = std::get_if<ResendFrame>(&decoded))
            return machine.handleResend(*resend);
        Q_ASSERT(std::holds_alternative<DetachFrame>(decoded));
        machine.handleDetach();
        return Reason::None;
    }

    /*! What the producer says, in words, until it has nothing more to say. */
    QByteArrayList said()
    {
        const bool announced = machine.hasTransmit();
        QByteArrayList words;
        while (true) {
            const bool more = poll(NoBudget, words);
            if (!more)
                break;
        }
        if ((!announced && !words.isEmpty()) || machine.hasTransmit())
            words.append("hasTransmit() is wrong");
        return words;
    }

    /*! One poll; its return value says whether there is more. */
    bool poll(qsizetype budget, QByteArrayList &words)
    {
        QByteArray bytes;
        FrameWriter writer(bytes);
        const bool more = machine.pollTransmit(writer, budget, now);
        polledBytes = bytes.size();
        m_decoder.append(bytes);
        ChannelNr channel = 0;
        Frame frame;
        while (m_decoder.next(&channel, &frame) == FrameDecoder::Result::Frame)
            words.append(inWords(channel, frame));
        if (m_decoder.pendingBytes() > 0)
            words.append("undecodable bytes");
        return more;
    }

    /*! What the application is told. */
    QByteArrayList told()
    {
        QByteArrayList words;
        while (machine.hasEvent()) {
            const std::optional<ProducerEvent> event = machine.pollEvent();
            if (!event)
                return words << "hasEvent() is wrong";
            const bool next = event->kind == ProducerEvent::Kind::RequestNext;
            words.append((next ? "RequestNext " : "Confirmed ") + QByteArray::number(event->seqNr));
        }
        if (machine.pollEvent())
            words.append("hasEvent() is wrong");
        return words;
    }

    /*! The application sends its next message, msg-n, if it may; Confirmed is not looked at. */
    bool sendNext() { return sendNext(payloadOf(machine.nextSeqNr())); }
    bool sendNext(const QByteArray &payload)
    {
        (void)told();
        return machine.send(payload) == ProducerMachine::SendOutcome::Accepted;
    }
    int sendAll(int atMost = 1000)
    {
        int count = 0;
        while (count < atMost && sendNext())
            ++count;
        return count;
    }

    /*! Time passes; what the producer says meanwhile is returned by said() and dated here. */
    QByteArrayList saidWithin(Duration duration)
    {
        const TimePoint begin = now;
        const TimePoint end = now + duration;
        QByteArrayList words;
        for (const QByteArray &word : said())
            words.append("0 ms: " + word);
        while (machine.nextTimeout() && *machine.nextTimeout() <= end) {
            now = *machine.nextTimeout();
            machine.handleTimeout(now);
            const auto at = std::chrono::duration_cast<std::chrono::milliseconds>(now - begin);
            for (const QByteArray &word : said())
                words.append(QByteArray::number(qint64(at.count())) + " ms: " + word);
        }
        now = end;
        return words;
    }

    /*! Everything that can be seen from outside. */
    [[nodiscard]] QByteArray state() const
    {
        const ProducerCounters &counters = machine.counters();
        QByteArray text;
        const auto timeout = machine.nextTimeout().value_or(TimePoint()).time_since_epoch().count();
        for (const qint64 number :
             {qint64(machine.channel()), qint64(machine.epoch()), qint64(machine.nextSeqNr()),
              qint64(machine.confirmedSeqNr()), qint64(machine.sentSeqNr()),
              qint64(machine.requestUpToSeqNr()), qint64(machine.unconfirmedBytes()),
              qint64(machine.maxMessageSize()), qint64(machine.hasPermission()),
              qint64(machine.hasEvent()), qint64(machine.hasTransmit()), qint64(timeout),
              qint64(counters.messages), qint64(counters.bytes), qint64(counters.resent),
              qint64(counters.attachments)})
            text += QByteArray::number(number) + ' ';
        return text;
    }

    ProducerMachine machine;
    TimePoint now{};
    ProducerMachine::AttachAnswer answer;
    qsizetype polledBytes = 0;

private:
    static void shakeHands(FrameDecoder &decoder)
    {
        ChannelNr channel = 0;
        Frame frame;
        decoder.append(encoded(0, HelloFrame{}));
        (void)decoder.next(&channel, &frame);
        decoder.setMaxLength(16 << 20);
    }

    QByteArray inWords(ChannelNr channel, const Frame &frame) const
    {
        if (const auto *invite = std::get_if<InviteFrame>(&frame))
            return "Invite " + invite->producerId.toUtf8() + ' ' + invite->consumerId.toUtf8();
        if (channel != machine.channel())
            return "wrong channel";
        if (const auto *attached = std::get_if<AttachedFrame>(&frame)) {
            if (attached->producer != machine.incarnation())
                return "wrong incarnation";
            return "Attached " + QByteArray::number(attached->epoch) + ' '
                + QByteArray::number(attached->firstSeqNr);
        }
        if (const auto *message = std::get_if<MessageFrame>(&frame)) {
            const QByteArray words = "Message " + QByteArray::number(message->seqNr);
            if (message->payload == payloadOf(message->seqNr))
                return words;
            return words + ", " + QByteArray::number(message->payload.size()) + " bytes";
        }
        if (const auto *sent = std::get_if<SentFrame>(&frame))
            return "Sent " + QByteArray::number(sent->sentSeqNr);
        return "not a producer's frame";
    }

    FrameDecoder m_decoder;
};

} // namespace

#define EXPECT(peer, ...) QCOMPARE((peer).said(), QByteArrayList({__VA_ARGS__}))
#define EXPECT_NOTHING(peer) QCOMPARE((peer).said(), QByteArrayList())
#define EXPECT_NOTHING_FOR(peer, duration) QCOMPARE((peer).saidWithin(duration), QByteArrayList())
#define EXPECT_TOLD(peer, ...) QCOMPARE((peer).told(), QByteArrayList({__VA_ARGS__}))
#define EXPECT_TOLD_NOTHING(peer) QCOMPARE((peer).told(), QByteArrayList())
#define INJECT(peer, ...) QCOMPARE((peer).inject(__VA_ARGS__), Reason::None)

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
    void h22_windows_data();
    void h22_windows();
    void h23_smallerWindowLowersTheLimit();
    void h24_moreUnconfirmedThanTheWindow();
    void h25_h26_impossibleNumbers_data();
    void h25_h26_impossibleNumbers();
    void h27_staleRequest();
    void h28_lostConfirmationWithoutTraffic();

    void attachAfterLinkLossResumes();
    void repeatedAttachKeepsTheGrant();
    void repeatedAttachBringsItsGrant();
    void registeringAnewCountsFromTheConfirmedNumber();
    void detachEndsTheRegistration();
    void messageTooLargeToSend();
    void messageTooLargeForANewConsumer();
    void byteGrant();
    void byteGrantAndEmptyMessages();
    void ownLimits_data();
    void ownLimits();
    void runsAheadByOneWindow();
    void pauseAndStart();

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

    void onlyFlowControlFreesPayloads();
    void onlyFlowControlResume();
    void onlyFlowControlHandover_data();
    void onlyFlowControlHandover();
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

// ---- flow control

void TestProducerMachine::h22_windows_data()
{
    QTest::addColumn<SeqNr>("window");
    for (const SeqNr window : {1, 2, 3, 4, 5, 7, 1'000'000})
        QTest::addRow("H22 window %lld", window) << window;
}

void TestProducerMachine::h22_windows()
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

void TestProducerMachine::h23_smallerWindowLowersTheLimit()
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

void TestProducerMachine::h24_moreUnconfirmedThanTheWindow()
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

void TestProducerMachine::h25_h26_impossibleNumbers_data()
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

void TestProducerMachine::h25_h26_impossibleNumbers()
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

void TestProducerMachine::h27_staleRequest()
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

void TestProducerMachine::h28_lostConfirmationWithoutTraffic()
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

void TestProducerMachine::messageTooLargeToSend()
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

void TestProducerMachine::messageTooLargeForANewConsumer()
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

void TestProducerMachine::byteGrant()
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

void TestProducerMachine::byteGrantAndEmptyMessages()
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

void TestProducerMachine::ownLimits_data()
{
    QTest::addColumn<SeqNr>("maxMessages");
    QTest::addColumn<quint64>("maxBytes");
    QTest::addColumn<int>("accepted"); // of messages with 10 bytes
    QTest::newRow("messages") << SeqNr(3) << quint64(1000) << 3;
    QTest::newRow("bytes") << SeqNr(1000) << quint64(25) << 3;
    QTest::newRow("bytes, exactly") << SeqNr(1000) << quint64(30) << 3;
    QTest::newRow("the consumer's is lower") << SeqNr(1000) << quint64(1000) << 20;
}

void TestProducerMachine::ownLimits()
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

void TestProducerMachine::runsAheadByOneWindow()
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

// ---- holes

void TestProducerMachine::holes_data()
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

void TestProducerMachine::holes()
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

void TestProducerMachine::tooManyHolesBecomeOne()
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

void TestProducerMachine::holesGoBeforeNewMessages()
{
    FakeConsumer peer;
    INJECT(peer, fresh(20));
    QCOMPARE(peer.sendAll(3), 3);
    (void)peer.said();
    QVERIFY(peer.sendNext());
    INJECT(peer, ResendFrame{2, 2});
    EXPECT(peer, "Message 2", "Message 4");
}

void TestProducerMachine::confirmedHolesAreForgotten()
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

void TestProducerMachine::budget()
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

void TestProducerMachine::probeIntervalGrowsAndStops()
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

void TestProducerMachine::probeStartsAnewAfterProgress()
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

void TestProducerMachine::probeGoesBehindEverything()
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

void TestProducerMachine::noTimerWithoutNeed()
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

void TestProducerMachine::inviteIsRepeated()
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

void TestProducerMachine::inviteEnds_data()
{
    QTest::addColumn<QByteArray>("by");
    QTest::newRow("stopInviting") << QByteArray("stop");
    QTest::newRow("link lost") << QByteArray("link lost");
    QTest::newRow("attached before") << QByteArray("attached before");
    QTest::newRow("attached") << QByteArray("attached");
}

void TestProducerMachine::inviteEnds()
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

// ---- only flow control

void TestProducerMachine::onlyFlowControlFreesPayloads()
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

void TestProducerMachine::onlyFlowControlResume()
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

void TestProducerMachine::onlyFlowControlHandover_data()
{
    QTest::addColumn<bool>("toResending");
    QTest::newRow("to another one of its kind") << false;
    QTest::newRow("S21 to one that wants resending") << true;
}

// What was sent without resending cannot be sent to another consumer, so it is settled.
void TestProducerMachine::onlyFlowControlHandover()
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

QTEST_APPLESS_MAIN(TestProducerMachine)
#include "tst_producermachine.moc"
