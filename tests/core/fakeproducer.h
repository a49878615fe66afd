// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/consumermachine.h"
#include "core/framedecoder.h"
#include "goldenframes.h"

#include <QTest>

namespace QtDelivery::Test {

using namespace std::chrono_literals;

using Outcome = ConsumerMachine::ConfirmOutcome;

inline constexpr Incarnation OtherProducer{2, 2};

inline QByteArray payloadOf(SeqNr seqNr)
{
    return "msg-" + QByteArray::number(seqNr);
}

inline ConsumerConfig window(SeqNr messages, quint64 bytes = 1 << 20)
{
    ConsumerConfig config;
    config.window = messages;
    config.windowBytes = bytes;
    return config;
}

inline ConsumerConfig onlyFlowControl(SeqNr messages = 20)
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
              qint64(machine.outstanding() != nullptr), qint64(machine.hasEvent()),
              qint64(machine.hasTransmit()), qint64(timeout), qint64(counters.messages),
              qint64(counters.bytes), qint64(counters.confirmed),
              qint64(counters.duplicatesDropped), qint64(counters.resendsAsked),
              qint64(counters.attachments)})
            text += QByteArray::number(number) + ' ';
        return text;
    }

    ConsumerMachine machine;
    TimePoint now{};
    struct
    {
        SeqNr seqNr = 0;
        quint64 numbering = 0;
    } delivered; // last

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
            const ReceivedMessage &message = *machine.outstanding();
            delivered = {message.seqNr, message.numbering};
            const QByteArray words = "Delivery " + QByteArray::number(message.seqNr);
            return message.payload == payloadOf(message.seqNr) ? words
                                                               : words + ": " + message.payload;
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

} // namespace QtDelivery::Test

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
