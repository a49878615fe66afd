// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

// One link with a producer and a consumer machine behind it, and a peer that does anything. What
// must hold whatever it does:
//
// * nothing crashes, nothing is asserted in vain;
// * memory is bounded: the decoder by what arrived, the consumer's buffer by its window, one write
//   by the budget and the control frames;
// * from the machine's end on, Close is the last frame that is written, and no timer is left;
// * a violation, like any other frame, never makes a machine believe more than is possible:
//   confirmed <= received or sent, numbers only grow within one numbering;
// * what is delivered is in order, each number once within a numbering.
//
// * a machine with a secret gives out no frame before the peer has proved that it has it.
//
// Input: one byte of options, then actions. An action is one byte, its low 4 bits say what, its
// high 4 bits how much; frames of the peer take their numbers from the bytes that follow.

#include "../core/goldenframes.h"
#include "core/consumermachine.h"
#include "core/linkmachine.h"
#include "core/producermachine.h"

#include <QtEndian>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

using namespace QtDelivery;
using namespace QtDelivery::Test;
using namespace std::chrono_literals;

namespace {

constexpr size_t MaxInput = 16 * 1024;
constexpr quint32 MaxFrame = 65536;
constexpr SeqNr Window = 8;
constexpr quint64 WindowBytes = 4096;
constexpr quint64 MaxMessage = 8192;
constexpr qsizetype Budget = 4096;
constexpr Incarnation OwnNode{1, 1};
constexpr ChannelNr ConsumersChannel = 1; // this side opened the connection

void check(bool condition, int line = __builtin_LINE())
{
    if (condition)
        return;
    std::fprintf(stderr, "check in line %d failed\n", line);
    std::abort();
}

/*! On the wire numbers are unsigned: they may wrap around. */
SeqNr plus(SeqNr a, SeqNr b)
{
    return SeqNr(quint64(a) + quint64(b));
}

/*! The input, which never runs dry: it ends in zeros. */
class Input
{
public:
    Input(const uint8_t *data, size_t size)
        : m_data(data)
        , m_size(size)
    { }

    [[nodiscard]] bool atEnd() const { return m_at >= m_size; }
    quint8 byte() { return atEnd() ? quint8(0) : m_data[m_at++]; }

    /*! Mostly near to \a about, sometimes anything. */
    SeqNr number(SeqNr about)
    {
        const quint8 choice = byte();
        if (choice < 0xe0)
            return std::max<SeqNr>(0, plus(about, choice % 16 - 4));
        if (choice < 0xf0)
            return SeqNr(1) << (choice % 16 * 4);
        return (choice & 1) ? MaxSeqNr - 1 : SeqNr(~quint64(0) >> 1);
    }

    QByteArray bytes(qsizetype size)
    {
        QByteArray result(size, Qt::Uninitialized);
        for (char &c : result)
            c = char(byte());
        return result;
    }

private:
    const uint8_t *m_data;
    size_t m_size;
    size_t m_at = 0;
};

const QByteArray Key = "a secret of the fuzzer's";

LinkConfig linkConfig(quint8 options)
{
    LinkConfig config;
    config.initiator = true;
    config.node = OwnNode;
    config.connectionNumber = 1;
    config.maxFrameLength = MaxFrame;
    config.initiator = !(options & 16);
    if (options & 8) {
        config.secrets = {{QStringLiteral("fuzz"), Key}};
        config.nonce = QByteArray(NonceSize, 'n');
    }
    return config;
}

ProducerConfig producerConfig()
{
    ProducerConfig config;
    config.maxUnconfirmedMessages = 16;
    config.maxUnconfirmedBytes = 16 * 1024;
    config.maxMessageSize = MaxMessage;
    return config;
}

ConsumerConfig consumerConfig(bool onlyFlowControl)
{
    ConsumerConfig config;
    config.window = Window;
    config.windowBytes = WindowBytes;
    config.maxMessageSize = MaxMessage;
    config.onlyFlowControl = onlyFlowControl;
    return config;
}

class World
{
public:
    World(Input &input, quint8 options)
        : m_input(input)
        , m_link(linkConfig(options))
        , m_producer(QStringLiteral("orders"), ProducerIncarnation, producerConfig())
        , m_consumer(QStringLiteral("billing"), ConsumerIncarnation, consumerConfig(options & 1))
        , m_confirmAtOnce(options & 2)
    {
        m_link.start(m_now);
        m_producer.start();
        m_consumer.start();
        m_consumer.setProducer(QStringLiteral("peers"));
        if (options & 4)
            feed(encoded(0, peersHello()));
    }

    void act()
    {
        const quint8 action = m_input.byte();
        const int amount = action >> 4;
        switch (action & 15) {
        case 0:
            poll();
            break;
        case 1:
            m_now += 100ms * (1 << amount);
            tick();
            break;
        case 2:
            feed(m_input.bytes(1 + amount * 4)); // raw, as it is
            break;
        case 3:
            feedRepaired(amount);
            break;
        case 4:
            feed(encoded(0, linkFrame(amount)));
            break;
        case 5:
            send(amount);
            break;
        case 6:
            confirm();
            break;
        case 7:
            if (amount == 15)
                m_link.close(Reason::GoingAway);
            break;
        case 8:
            if (amount == 15)
                m_consumer.deliverThenStop();
            break;
        default:
            feed(encoded(ChannelNr(amount % 4), flowFrame(action & 15)));
        }
        takeEvents();
        verify();
    }

private:
    HelloFrame peersHello() const
    {
        HelloFrame hello;
        hello.initiator = !m_link.config().initiator;
        if (!m_link.config().secrets.empty()) {
            hello.nonce = QByteArray(NonceSize, 'p');
            hello.secretName = QStringLiteral("fuzz");
        }
        hello.node = {2, 2};
        hello.maxFrameLength = MaxFrame;
        return hello;
    }

    // ---- what the peer says

    void feed(const QByteArray &bytes)
    {
        std::memcpy(m_link.prepare(bytes.size()), bytes.constData(), size_t(bytes.size()));
        m_link.commit(bytes.size(), m_now);
        route();
    }

    /*! Bytes of the input as one frame, with the right length and checksum. */
    void feedRepaired(int amount)
    {
        QByteArray frame = m_input.bytes(FrameHeaderSize + amount * 8);
        qToLittleEndian(quint32(frame.size() - FrameHeaderSize), frame.data() + 4);
        frame[8] = char(quint8(frame[8]) % 26);
        qToLittleEndian(frameChecksum(frame), frame.data());
        feed(frame);
    }

    /*! The right one after peersHello() and before anything else: m_own is what the link said. */
    ProofFrame peersProof()
    {
        const HelloFrame peer = peersHello();
        const bool byPeer = m_link.config().initiator;
        const QByteArray mac = linkProof(byPeer ? Prover::Acceptor : Prover::Initiator, Key,
                                         {byPeer ? m_own : peer, byPeer ? peer : m_own, {}});
        m_proved |= mac.size() == ProofSize;
        return ProofFrame{mac};
    }

    Frame linkFrame(int amount)
    {
        if (amount == 8)
            return peersProof();
        if (amount == 9)
            return ProofFrame{m_input.bytes(ProofSize)};
        switch (amount % 8) {
        case 0:
            return peersHello();
        case 1:
            return PingFrame{m_input.byte()};
        case 2:
            return PongFrame{m_input.byte()};
        case 3:
            return OfferFrame{OfferKind::Producer, {3, 3}, QStringLiteral("peers")};
        case 4:
            return WithdrawFrame{OfferKind::Producer, QStringLiteral("peers")};
        case 5:
            return InviteFrame{QStringLiteral("peers"), QStringLiteral("billing")};
        case 6:
            return amount == 14 ? Frame(CloseFrame{Reason(m_input.byte()), {}})
                                : Frame(PingFrame{1});
        default: {
            HelloFrame hello = peersHello();
            hello.versionMin = m_input.byte();
            hello.versionMax = m_input.byte();
            hello.initiator = m_input.byte() & 1;
            hello.node.low = m_input.byte() % 3;
            hello.node.high = hello.node.low;
            return hello;
        }
        }
    }

    Frame flowFrame(int kind)
    {
        Input &in = m_input;
        switch (kind) {
        case 9: {
            AttachFrame attach = goldenAttach();
            attach.consumer.low = in.byte() % 3;
            if (in.byte() % 4 == 0)
                attach.producer = in.byte() & 1 ? Incarnation{9, 9} : Incarnation{};
            const bool fresh = attach.producer.isNull();
            attach.epoch = in.byte() % 4;
            attach.confirmedSeqNr = fresh ? 0 : in.number(m_producer.confirmedSeqNr());
            attach.receivedSeqNr = fresh ? 0 : plus(attach.confirmedSeqNr, in.byte() % 4);
            attach.requestUpToSeqNr = in.number(plus(attach.confirmedSeqNr, 8));
            attach.requestUpToBytes = quint64(in.byte()) << (in.byte() % 56);
            attach.maxMessageSize = quint64(in.byte()) * 64;
            attach.supportResend = in.byte() % 4 != 0;
            return attach;
        }
        case 10:
            return AttachedFrame{{5, quint64(in.byte() % 3)},
                                 in.byte() % 4u,
                                 in.number(m_consumer.receivedSeqNr() + 1)};
        case 11:
            m_payload.fill(char(in.byte()), in.byte() * 40);
            return MessageFrame{in.number(m_consumer.receivedSeqNr() + 1), m_payload};
        case 12:
            return RequestFrame{
                in.number(m_producer.confirmedSeqNr()), in.number(m_producer.sentSeqNr()),
                in.number(m_producer.sentSeqNr() + 8), quint64(in.byte()) << (in.byte() % 56)};
        case 13:
            return ResendFrame{in.number(m_producer.confirmedSeqNr() + 1),
                               in.number(m_producer.sentSeqNr())};
        case 14:
            return SentFrame{in.number(m_consumer.receivedSeqNr() + 1)};
        default:
            return DetachFrame{in.byte() & 1 ? Reason::Replaced : Reason::Stopped};
        }
    }

    // ---- the router, as small as it can be

    void route()
    {
        ChannelNr channel = 0;
        Frame frame;
        for (;;) {
            const bool wasOver = isOver();
            const LinkMachine::Result result = m_link.next(&channel, &frame);
            check(!wasOver || result == LinkMachine::Result::Ended);
            if (result == LinkMachine::Result::NeedMore)
                return;
            if (result == LinkMachine::Result::Ended) {
                check(isOver());
                (void)m_link.skipToClose();
                loseLink();
                return;
            }
            if (result == LinkMachine::Result::Up) {
                check(m_link.config().secrets.empty() || m_proved);
                continue;
            }
            check(m_link.isUp());
            const SeqNr sent = m_highestSent;
            const Reason reason = channel == 0 ? handleNodeFrame(frame) : handle(channel, frame);
            check(m_producer.confirmedSeqNr() <= sent);
            if (reason != Reason::None)
                m_link.close(reason);
        }
    }

    Reason handleNodeFrame(const Frame &frame)
    {
        const bool unattached = m_consumer.state() == ConsumerMachine::State::Unattached;
        if (std::holds_alternative<OfferFrame>(frame) && unattached)
            m_consumer.attach(ConsumersChannel, m_now);
        return Reason::None;
    }

    Reason handle(ChannelNr channel, const Frame &frame)
    {
        if (const auto *attach = std::get_if<AttachFrame>(&frame)) {
            const auto answer = m_producer.handleAttach(channel, *attach);
            return answer.kind == ProducerMachine::AttachAnswer::Kind::Violation ? answer.reason
                                                                                 : Reason::None;
        }
        if (channel == m_producer.channel()) {
            if (const auto *request = std::get_if<RequestFrame>(&frame))
                return m_producer.handleRequest(*request, m_now);
            if (const auto *resend = std::get_if<ResendFrame>(&frame))
                return m_producer.handleResend(*resend);
            if (std::holds_alternative<DetachFrame>(frame)) {
                m_producer.handleDetach();
                return Reason::None;
            }
            return Reason::UnexpectedFrame;
        }
        if (channel != m_consumer.channel())
            return channel == 3 ? Reason::UnexpectedFrame : Reason::None;
        if (const auto *attached = std::get_if<AttachedFrame>(&frame))
            return m_consumer.handleAttached(*attached, m_now);
        if (const auto *message = std::get_if<MessageFrame>(&frame))
            return m_consumer.handleMessage(*message, m_now);
        if (const auto *sent = std::get_if<SentFrame>(&frame))
            return m_consumer.handleSent(*sent, m_now);
        if (std::holds_alternative<DetachFrame>(frame)) {
            m_consumer.handleDetach();
            return Reason::None;
        }
        return Reason::UnexpectedFrame;
    }

    void loseLink()
    {
        m_producer.handleLinkLost();
        m_consumer.handleLinkLost();
    }

    // ---- what this side does

    void poll()
    {
        QByteArray bytes;
        FrameWriter writer(bytes);
        const bool closing = m_link.state() == LinkMachine::State::Closing;
        const bool closed = m_link.state() == LinkMachine::State::Closed;
        m_link.pollTransmit(writer);
        if (m_link.isUp()) {
            (void)m_consumer.pollTransmit(writer);
            (void)m_producer.pollTransmit(writer, Budget, m_now);
        }
        check(bytes.size() <= Budget + qsizetype(MaxMessage) + 64 * 32 + 2048);
        check(!closed || bytes.isEmpty());
        check(!closing || m_link.state() == LinkMachine::State::Closed);
        m_highestSent = std::max(m_highestSent, m_producer.sentSeqNr());
        readOwn(bytes, closing);
    }

    void readOwn(const QByteArray &bytes, bool closing)
    {
        m_ears.setMaxLength(MaxFrame);
        m_ears.append(bytes);
        ChannelNr channel = 0;
        Frame frame;
        bool lastWasClose = false;
        while (m_ears.next(&channel, &frame) == FrameDecoder::Result::Frame) {
            check(!m_closeWritten && !lastWasClose);
            lastWasClose = std::holds_alternative<CloseFrame>(frame);
            if (const auto *hello = std::get_if<HelloFrame>(&frame))
                m_own = *hello;
        }
        check(m_ears.reason() == Reason::None && m_ears.pendingBytes() == 0);
        check(lastWasClose == closing);
        m_closeWritten |= lastWasClose;
    }

    void tick()
    {
        m_link.handleTimeout(m_now);
        m_producer.handleTimeout(m_now);
        m_consumer.handleTimeout(m_now);
        const auto isLater = [this](std::optional<TimePoint> when) {
            return !when || *when > m_now;
        };
        check(isLater(m_link.nextTimeout()) && isLater(m_producer.nextTimeout())
              && isLater(m_consumer.nextTimeout()));
        if (isOver())
            loseLink();
    }

    void send(int amount)
    {
        const bool permitted = m_producer.hasPermission();
        const auto outcome = m_producer.send(QByteArray(amount * amount * 40, 'p'));
        check(permitted || outcome == ProducerMachine::SendOutcome::NoDemand);
    }

    void confirm()
    {
        if (!m_outstanding)
            return;
        const auto [seqNr, numbering] = *std::exchange(m_outstanding, std::nullopt);
        check(m_consumer.confirm(seqNr, numbering) == ConsumerMachine::ConfirmOutcome::Confirmed);
    }

    void takeEvents()
    {
        while (const auto event = m_consumer.pollEvent()) {
            if (event->kind != ConsumerEvent::Kind::Delivery)
                continue;
            check(!m_outstanding);
            const ReceivedMessage &message = *m_consumer.outstanding();
            check(message.numbering > m_lastNumbering
                  || (message.numbering == m_lastNumbering && message.seqNr > m_lastDelivered));
            m_lastNumbering = message.numbering;
            m_lastDelivered = message.seqNr;
            m_outstanding = {message.seqNr, message.numbering};
            if (m_confirmAtOnce)
                confirm();
        }
        while (m_producer.pollEvent()) { }
    }

    [[nodiscard]] bool isOver() const
    {
        return m_link.state() == LinkMachine::State::Closing
            || m_link.state() == LinkMachine::State::Closed;
    }

    void verify()
    {
        check(m_producer.confirmedSeqNr() >= m_confirmedBefore);
        m_confirmedBefore = m_producer.confirmedSeqNr();
        check(m_confirmedBefore <= m_highestSent && m_highestSent < m_producer.nextSeqNr());
        check(m_producer.unconfirmedBytes() <= producerConfig().maxUnconfirmedBytes + MaxMessage);
        check(m_producer.nextSeqNr() - 1 - m_confirmedBefore
              <= producerConfig().maxUnconfirmedMessages);
        check(m_consumer.confirmedSeqNr() <= m_consumer.receivedSeqNr());
        check(m_consumer.bufferedMessages() <= Window + 1);
        check(m_consumer.bufferedBytes() <= WindowBytes + MaxMessage);
        check(!isOver() || !m_link.nextTimeout());
        check(isOver() == (m_link.reason() != Reason::None)
              || m_link.closedByPeer()); // a peer may close for no reason
        check(m_link.hasTransmit() || m_link.state() != LinkMachine::State::Closing);
    }

    Input &m_input;
    TimePoint m_now{1h};
    LinkMachine m_link;
    ProducerMachine m_producer;
    ConsumerMachine m_consumer;
    const bool m_confirmAtOnce;
    QByteArray m_payload;
    FrameDecoder m_ears;
    HelloFrame m_own;
    bool m_proved = false; // the right proof was said, at whatever moment
    bool m_closeWritten = false;
    SeqNr m_highestSent = 0;
    SeqNr m_confirmedBefore = 0;
    std::optional<std::pair<SeqNr, quint64>> m_outstanding;
    quint64 m_lastNumbering = 0;
    SeqNr m_lastDelivered = 0;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1 || size > MaxInput)
        return 0;
    Input input(data, size);
    World world(input, input.byte());
    while (!input.atEnd())
        world.act();
    return 0;
}
