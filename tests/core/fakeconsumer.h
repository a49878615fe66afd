// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/framedecoder.h"
#include "core/producermachine.h"
#include "goldenframes.h"

#include <QTest>

namespace QtDelivery::Test {

using namespace std::chrono_literals;

inline constexpr Incarnation ConsumerA{1, 0xa};
inline constexpr Incarnation ConsumerB{1, 0xb};
inline constexpr Incarnation OtherProducer{2, 2};
inline constexpr quint64 ManyBytes = 1 << 20;
inline constexpr qsizetype NoBudget = 1 << 30;

inline QByteArray payloadOf(SeqNr seqNr)
{
    return "msg-" + QByteArray::number(seqNr);
}

/*! A registration of a consumer that has nothing. */
inline AttachFrame fresh(SeqNr window = 20, Incarnation consumer = ConsumerA)
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

inline AttachFrame withoutResend(AttachFrame frame)
{
    frame.supportResend = false;
    return frame;
}

/*! A consumer that comes back. */
inline AttachFrame resume(quint64 epoch, SeqNr confirmed, SeqNr received, SeqNr upTo,
                          Incarnation consumer = ConsumerA)
{
    AttachFrame frame = fresh(upTo, consumer);
    frame.producer = ProducerIncarnation;
    frame.epoch = epoch;
    frame.confirmedSeqNr = confirmed;
    frame.receivedSeqNr = received;
    return frame;
}

inline RequestFrame request(SeqNr confirmed, SeqNr received, SeqNr upTo, quint64 bytes = ManyBytes)
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

} // namespace QtDelivery::Test

#define EXPECT(peer, ...) QCOMPARE((peer).said(), QByteArrayList({__VA_ARGS__}))
#define EXPECT_NOTHING(peer) QCOMPARE((peer).said(), QByteArrayList())
#define EXPECT_NOTHING_FOR(peer, duration) QCOMPARE((peer).saidWithin(duration), QByteArrayList())
#define EXPECT_TOLD(peer, ...) QCOMPARE((peer).told(), QByteArrayList({__VA_ARGS__}))
#define EXPECT_TOLD_NOTHING(peer) QCOMPARE((peer).told(), QByteArrayList())
#define INJECT(peer, ...) QCOMPARE((peer).inject(__VA_ARGS__), Reason::None)
