// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "core/consumermachine.h"
#include "core/framedecoder.h"
#include "goldenframes.h"

#include <QRegularExpression>
#include <QTest>

using namespace QtDelivery;
using namespace QtDelivery::Test;
using namespace std::chrono_literals;

// Row and function names that begin with CC-…, H… or S… are the ids of tests/coverage.md.

namespace {

using Outcome = ConsumerMachine::ConfirmOutcome;

constexpr Incarnation OtherProducer{2, 2};

QByteArray payloadOf(SeqNr seqNr)
{
    return "msg-" + QByteArray::number(seqNr);
}

ConsumerConfig window(SeqNr messages, quint64 bytes = 1 << 20)
{
    ConsumerConfig config;
    config.window = messages;
    config.windowBytes = bytes;
    return config;
}

ConsumerConfig onlyFlowControl(SeqNr messages = 20)
{
    ConsumerConfig config = window(messages);
    config.onlyFlowControl = true;
    return config;
}

/*! A consumer's machine, its application, and at the other end of the wire a producer that does
 * what the test says. Every frame goes through the codec, in both directions. */
class FakeProducer
{
public:
    explicit FakeProducer(ConsumerConfig config = window(20))
        : machine(QStringLiteral("consumer"), ConsumerIncarnation, config)
    {
        machine.start();
        machine.setProducer(QStringLiteral("producer"));
        shakeHands(m_decoder);
    }

    /*! The consumer attaches and is answered. */
    void attach(SeqNr first = 1, const Incarnation &producer = ProducerIncarnation,
                quint64 epoch = 1, ChannelNr channel = 1)
    {
        machine.attach(channel, now);
        (void)said();
        (void)inject(AttachedFrame{producer, epoch, first});
    }

    /*! The producer says \a frame. */
    Reason inject(const Frame &frame)
    {
        FrameDecoder decoder;
        shakeHands(decoder);
        decoder.append(encoded(1, frame));
        ChannelNr channel = 0;
        Frame decoded;
        if (decoder.next(&channel, &decoded) != FrameDecoder::Result::Frame)
            return decoder.reason();
        if (const auto *attached = std::get_if<AttachedFrame>(&decoded))
            return machine.handleAttached(*attached, now);
        if (const auto *message = std::get_if<MessageFrame>(&decoded))
            return machine.handleMessage(*message, now);
        if (const auto *sent = std::get_if<SentFrame>(&decoded))
            return machine.handleSent(*sent, now);
        Q_ASSERT(std::holds_alternative<DetachFrame>(decoded));
        machine.handleDetach();
        return Reason::None;
    }

    /*! Message msg-n. */
    Reason message(SeqNr seqNr) { return message(seqNr, payloadOf(seqNr)); }
    Reason message(SeqNr seqNr, const QByteArray &payload)
    {
        return inject(MessageFrame{seqNr, payload});
    }
    /*! Messages \a from to \a to; the first refusal ends it. */
    Reason messages(SeqNr from, SeqNr to)
    {
        Reason reason = Reason::None;
        for (SeqNr seqNr = from; seqNr <= to && reason == Reason::None; ++seqNr)
            reason = message(seqNr);
        return reason;
    }

    /*! What the consumer says, in words, until it has nothing more to say. */
    QByteArrayList said()
    {
        QByteArrayList words;
        const bool announced = machine.hasTransmit();
        while (poll(words))
            ;
        if (announced == words.isEmpty() || machine.hasTransmit())
            words.append("hasTransmit() is wrong");
        return words;
    }

    /*! The same when a confirmation has waited for others as long as it may. */
    QByteArrayList reported()
    {
        now += 1ms;
        machine.handleTimeout(now);
        return said();
    }

    bool poll(QByteArrayList &words)
    {
        QByteArray bytes;
        FrameWriter writer(bytes);
        const bool more = machine.pollTransmit(writer);
        m_decoder.append(bytes);
        ChannelNr channel = 0;
        Frame frame;
        while (m_decoder.next(&channel, &frame) == FrameDecoder::Result::Frame)
            words.append(inWords(channel, frame));
        if (m_decoder.pendingBytes() > 0)
            words.append("undecodable bytes");
        return more;
    }

    /*! What the application is told; the last delivery is what confirm() confirms. */
    QByteArrayList told()
    {
        QByteArrayList words;
        while (machine.hasEvent()) {
            const std::optional<ConsumerEvent> event = machine.pollEvent();
            if (!event)
                return words << "hasEvent() is wrong";
            words.append(inWords(*event));
        }
        if (machine.pollEvent())
            words.append("hasEvent() is wrong");
        return words;
    }

    Outcome confirm() { return machine.confirm(delivered.seqNr, delivered.numbering); }

    /*! Takes and confirms what can be delivered, at most \a count messages. */
    SeqNr process(SeqNr count = 1'000'000'000)
    {
        SeqNr done = 0;
        while (done < count && machine.hasEvent()) {
            (void)told();
            if (confirm() != Outcome::Confirmed)
                break;
            ++done;
        }
        return done;
    }

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
        const ConsumerCounters &counters = machine.counters();
        QByteArray text;
        const auto timeout = machine.nextTimeout().value_or(TimePoint()).time_since_epoch().count();
        for (const qint64 number :
             {qint64(machine.state()), qint64(machine.channel()), qint64(machine.confirmedSeqNr()),
              qint64(machine.receivedSeqNr()), qint64(machine.requestUpToSeqNr()),
              qint64(machine.bufferedMessages()), qint64(machine.bufferedBytes()),
              qint64(machine.hasOutstanding()), qint64(machine.hasEvent()),
              qint64(machine.hasTransmit()), qint64(timeout), qint64(counters.messages),
              qint64(counters.bytes), qint64(counters.confirmed),
              qint64(counters.duplicatesDropped), qint64(counters.resendsAsked),
              qint64(counters.attachments)})
            text += QByteArray::number(number) + ' ';
        return text;
    }

    ConsumerMachine machine;
    TimePoint now{};
    ConsumerEvent delivered;

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
        const auto n = [](auto number) { return QByteArray::number(number); };
        if (channel != machine.channel())
            return "wrong channel";
        if (const auto *attach = std::get_if<AttachFrame>(&frame)) {
            // "Attach <epoch>: <confirmed>/<received> up to <limit>", behind it what is special
            QByteArray words = "Attach " + n(attach->epoch) + ": " + n(attach->confirmedSeqNr) + '/'
                + n(attach->receivedSeqNr) + " up to " + n(attach->requestUpToSeqNr);
            if (attach->consumer != ConsumerIncarnation
                || attach->consumerId != machine.consumerId())
                words += " of another consumer";
            if (attach->producerId != machine.producerId())
                words += " to another producer";
            if (attach->producer.isNull())
                words += ", fresh";
            else if (attach->producer != ProducerIncarnation)
                words += ", of another incarnation";
            return attach->supportResend ? words : words + ", only flow control";
        }
        if (const auto *request = std::get_if<RequestFrame>(&frame)) {
            return "Request " + n(request->confirmedSeqNr) + '/' + n(request->receivedSeqNr)
                + " up to " + n(request->requestUpToSeqNr);
        }
        if (const auto *resend = std::get_if<ResendFrame>(&frame))
            return "Resend " + n(resend->fromSeqNr) + '-' + n(resend->toSeqNr);
        return "not a consumer's frame";
    }

    QByteArray inWords(const ConsumerEvent &event)
    {
        switch (event.kind) {
        case ConsumerEvent::Kind::Delivery: {
            delivered = event;
            const QByteArray words = "Delivery " + QByteArray::number(event.seqNr);
            return event.payload == payloadOf(event.seqNr) ? words : words + ": " + event.payload;
        }
        case ConsumerEvent::Kind::ProducerRestarted:
            return "ProducerRestarted, dropped " + QByteArray::number(event.dropped);
        case ConsumerEvent::Kind::Stopped:
            return "Stopped";
        case ConsumerEvent::Kind::Progress:
        case ConsumerEvent::Kind::SpoolFailed:
            break; // of messages in ranges: tst_ranges
        }
        return "unknown event";
    }

    FrameDecoder m_decoder;
};

} // namespace

#define EXPECT(peer, ...) QCOMPARE((peer).said(), QByteArrayList({__VA_ARGS__}))
#define EXPECT_REPORTED(peer, ...) QCOMPARE((peer).reported(), QByteArrayList({__VA_ARGS__}))
#define EXPECT_NOTHING(peer) QCOMPARE((peer).said(), QByteArrayList())
#define EXPECT_NOTHING_FOR(peer, duration) QCOMPARE((peer).saidWithin(duration), QByteArrayList())
#define EXPECT_TOLD(peer, ...) QCOMPARE((peer).told(), QByteArrayList({__VA_ARGS__}))
#define EXPECT_TOLD_NOTHING(peer) QCOMPARE((peer).told(), QByteArrayList())
#define CONFIRM(peer) QCOMPARE((peer).confirm(), Outcome::Confirmed)
#define INJECT(peer, ...) QCOMPARE((peer).inject(__VA_ARGS__), Reason::None)
#define MESSAGE(peer, ...) QCOMPARE((peer).message(__VA_ARGS__), Reason::None)
#define MESSAGES(peer, from, to) QCOMPARE((peer).messages(from, to), Reason::None)

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

// ---- holes of the catalogue

void TestConsumerMachine::h3_confirmedWhileUnattached()
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
void TestConsumerMachine::h19_framesBeforeAttached()
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

void TestConsumerMachine::h22_windows_data()
{
    QTest::addColumn<SeqNr>("size");
    for (const SeqNr size : {1, 2, 3, 4, 5, 7, 1'000'000})
        QTest::addRow("H22 window %lld", size) << size;
}

void TestConsumerMachine::h22_windows()
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

void TestConsumerMachine::h25_impossibleNumbers_data()
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

void TestConsumerMachine::h25_impossibleNumbers()
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

void TestConsumerMachine::h29_pastTheGrant()
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

void TestConsumerMachine::h30_outOfOrder_data()
{
    QTest::addColumn<QList<int>>("order");
    QTest::newRow("H30 backwards") << QList<int>{8, 7, 6, 5, 4, 3, 2, 1};
    QTest::newRow("H30 pairs") << QList<int>{2, 1, 4, 3, 6, 5, 8, 7};
    QTest::newRow("H30 odd before even") << QList<int>{1, 3, 5, 7, 2, 4, 6, 8};
    QTest::newRow("H30 with duplicates") << QList<int>{3, 3, 1, 1, 2, 2, 8, 8, 4, 7, 5, 6, 1};
}

void TestConsumerMachine::h30_outOfOrder()
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
void TestConsumerMachine::h31_confirmations()
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
    QVERIFY(peer.machine.hasOutstanding());
    QCOMPARE(peer.machine.confirmedSeqNr(), 1);
    QCOMPARE(peer.machine.confirm(2, numbering), Outcome::Confirmed);
    QCOMPARE(peer.machine.confirm(3, numbering), Outcome::NotDelivered); // arrived, not given out
    QCOMPARE(peer.machine.counters().confirmed, 2u);
}

void TestConsumerMachine::h31_confirmationOfAnOldNumbering()
{
    FakeProducer peer;
    peer.attach();
    MESSAGES(peer, 1, 2);
    EXPECT_TOLD(peer, "Delivery 1");
    const ConsumerEvent old = peer.delivered;
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
    QVERIFY(peer.machine.hasOutstanding());
    CONFIRM(peer);
    EXPECT(peer, "Request 1/1 up to 21");
}

void TestConsumerMachine::h33_millionConfirmations()
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
    while (const auto event = peer.machine.pollEvent()) {
        if (event->seqNr != ++last
            || peer.machine.confirm(event->seqNr, event->numbering) != Outcome::Confirmed)
            QFAIL("not in order");
    }
    QCOMPARE(last, Messages);
    EXPECT(peer, "Request 1000000/1000000 up to 2000000");
}

void TestConsumerMachine::h35_startAgain()
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

void TestConsumerMachine::h37_deliverThenStop_data()
{
    QTest::addColumn<QByteArray>("state");
    for (const char *state : {"not started", "unattached", "attaching", "attached", "all confirmed",
                              "asking for a hole", "detached", "twice"})
        QTest::addRow("H37 %s", state) << QByteArray(state);
}

void TestConsumerMachine::h37_deliverThenStop()
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

void TestConsumerMachine::h37_stopWhileDelivering()
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

void TestConsumerMachine::h37_stopWithAHole()
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

void TestConsumerMachine::h37_stopWhileTheProducerRestarts()
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

void TestConsumerMachine::h37_stopBeforeStart()
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

// ---- attachments

void TestConsumerMachine::resumeDeliversNothingTwice()
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

void TestConsumerMachine::attachAfterRegisteringAnew()
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

void TestConsumerMachine::registeredAnewKeepsWhatIsNotSettled()
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

void TestConsumerMachine::anotherConsumerWentOn()
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

void TestConsumerMachine::producerRestarted()
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

void TestConsumerMachine::restartsAddUp()
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

void TestConsumerMachine::detach()
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

void TestConsumerMachine::repeatedAttached()
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

void TestConsumerMachine::byteGrant()
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

void TestConsumerMachine::byteGrantAndHoles()
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
void TestConsumerMachine::byteGrantCannotBeTalkedAway()
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

void TestConsumerMachine::messageTooLarge()
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

void TestConsumerMachine::sentShowsTheLostTail()
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

void TestConsumerMachine::manyHolesGoOutInTurns()
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

void TestConsumerMachine::eachHoleIsAskedForOnce()
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
void TestConsumerMachine::longRunBehindAHole()
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

void TestConsumerMachine::onlyFlowControlSent()
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

void TestConsumerMachine::onlyFlowControlResumeKeepsWhatHasArrived()
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

void TestConsumerMachine::onlyFlowControlStaleDeliveryDoesNotBlock()
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

QTEST_APPLESS_MAIN(TestConsumerMachine)
#include "tst_consumermachine.moc"
