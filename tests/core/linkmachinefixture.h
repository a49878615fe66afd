// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/linkmachine.h"
#include "goldenframes.h"

#include <QTest>

#include <cstring>

namespace QtDelivery::Test {

using namespace std::chrono_literals;
using Result = LinkMachine::Result;
using State = LinkMachine::State;

constexpr TimePoint Begin{1h};
constexpr Incarnation NodeA{1, 1};
constexpr Incarnation NodeB{2, 2};

inline LinkConfig configOf(bool initiator, Incarnation node)
{
    LinkConfig config;
    config.initiator = initiator;
    config.node = node;
    config.nodeId = initiator ? QStringLiteral("caller") : QStringLiteral("called");
    config.connectionNumber = initiator ? 7 : 0;
    return config;
}

inline HelloFrame helloOf(bool initiator, Incarnation node = NodeB)
{
    HelloFrame hello;
    hello.initiator = initiator;
    hello.node = node;
    hello.connectionNumber = initiator ? 9 : 0;
    hello.maxFrameLength = 1 << 20;
    hello.nodeId = QStringLiteral("peer");
    return hello;
}

/*! A started machine; its peer says what the test says. */
class Fixture
{
public:
    explicit Fixture(bool initiator = true, LinkConfig config = configOf(true, NodeA))
        : machine([&] {
            config.initiator = initiator;
            return config;
        }())
    {
        machine.start(now);
    }

    void feed(QByteArrayView bytes)
    {
        std::memcpy(machine.prepare(bytes.size()), bytes.data(), size_t(bytes.size()));
        machine.commit(bytes.size(), now);
    }

    Result inject(const Frame &frame, ChannelNr channel = 0)
    {
        feed(encoded(channel, frame));
        return next();
    }

    Result next()
    {
        m_given = std::monostate();
        return machine.next(&channel, &m_given);
    }

    void shakeHands()
    {
        QCOMPARE(inject(helloOf(!machine.config().initiator)), Result::Up);
        (void)output();
    }

    /*! Every frame that the machine writes now. */
    QList<Frame> output()
    {
        QByteArray bytes;
        FrameWriter writer(bytes);
        machine.pollTransmit(writer);
        m_ears.setMaxLength(1 << 20);
        m_ears.append(bytes);
        QList<Frame> frames;
        Frame frame;
        ChannelNr ignored = 0;
        while (m_ears.next(&ignored, &frame) == FrameDecoder::Result::Frame)
            frames.append(frame);
        return frames;
    }

    [[nodiscard]] const Frame &given() const { return m_given; }

    TimePoint now = Begin;
    LinkMachine machine;
    ChannelNr channel = 0;

private:
    Frame m_given;
    FrameDecoder m_ears;
};

/*! Expects that the machine's last words are Close with \a reason, and then nothing for ever. */
inline void verifyEnd(Fixture &link, Reason reason, bool helloFirst)
{
    QCOMPARE(link.machine.state(), State::Closing);
    QCOMPARE(link.machine.reason(), reason);
    QVERIFY(link.machine.hasTransmit());
    QVERIFY(!link.machine.nextTimeout()); // nothing to wait for: it would wake up for ever
    const QList<Frame> frames = link.output();
    QCOMPARE(frames.size(), helloFirst ? 2 : 1);
    if (helloFirst)
        QVERIFY(std::holds_alternative<HelloFrame>(frames.first()));
    const auto *close = std::get_if<CloseFrame>(&frames.last());
    QVERIFY(close);
    QCOMPARE(close->reason, reason);
    QCOMPARE(link.machine.state(), State::Closed);
    QVERIFY(!link.machine.closedByPeer());
    QVERIFY(!link.machine.hasTransmit());
    QVERIFY(!link.machine.nextTimeout());
    link.machine.close(Reason::GoingAway);
    link.machine.handleTimeout(link.now + 24h);
    QVERIFY(link.output().isEmpty());
    QCOMPARE(link.machine.reason(), reason);
    QCOMPARE(link.next(), Result::Ended);
}

} // namespace QtDelivery::Test
