// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/frames.h"

#include <QList>

#include <type_traits>

// One example of every frame together with its bytes. The bytes were not made by FrameWriter: they
// were put together by hand from doc/protocol.md. If a test shows that they no longer fit, then
// the wire format has changed and peers of an earlier version no longer understand it.

namespace QtDelivery::Test {

constexpr Incarnation NodeIncarnation{0xc1c2c3c4c5c6c7c8, 0xd1d2d3d4d5d6d7d8};
constexpr Incarnation ProducerIncarnation{0x0102030405060708, 0x090a0b0c0d0e0f10};
constexpr Incarnation ConsumerIncarnation{0xa1a2a3a4a5a6a7a8, 0xb1b2b3b4b5b6b7b8};

struct GoldenFrame
{
    const char *name;
    ChannelNr channel;
    Frame frame;
    QByteArray bytes;
};

inline void appendFrame(QByteArray &output, ChannelNr channel, const Frame &frame)
{
    FrameWriter writer(output);
    std::visit(
        [&](const auto &value) {
            using Type = std::decay_t<decltype(value)>;
            if constexpr (requires { writer.write(value); })
                writer.write(value);
            else if constexpr (!std::is_same_v<Type, std::monostate>)
                writer.write(channel, value);
        },
        frame);
}

inline QByteArray encoded(ChannelNr channel, const Frame &frame)
{
    QByteArray bytes;
    appendFrame(bytes, channel, frame);
    return bytes;
}

inline HelloFrame goldenHello()
{
    HelloFrame hello;
    hello.initiator = true;
    hello.features = 0x8000000000000005;
    hello.node = NodeIncarnation;
    hello.connectionNumber = 3;
    hello.maxFrameLength = 0x00100000;
    hello.nodeId = QStringLiteral("nod\u00e9");
    return hello;
}

inline HelloFrame goldenAcceptorsHello()
{
    HelloFrame hello;
    hello.versionMax = 2;
    hello.node = NodeIncarnation;
    hello.maxFrameLength = 1024;
    return hello;
}

inline AttachFrame goldenAttach()
{
    AttachFrame attach;
    attach.consumer = ConsumerIncarnation;
    attach.producer = ProducerIncarnation;
    attach.epoch = 2;
    attach.confirmedSeqNr = 5;
    attach.receivedSeqNr = 17;
    attach.requestUpToSeqNr = 25;
    attach.requestUpToBytes = 65536;
    attach.maxMessageSize = 1048576;
    attach.producerId = QStringLiteral("orders");
    attach.consumerId = QStringLiteral("billing");
    return attach;
}

inline AttachFrame goldenResumingAttach()
{
    AttachFrame attach = goldenAttach();
    attach.offset = 65536;
    attach.maxRangedSize = quint64(1) << 32;
    return attach;
}

/*! BLAKE2b-256 of nothing. */
inline QByteArrayView goldenDigest()
{
    static const QByteArray digest =
        QByteArray::fromHex("0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
    return digest;
}

inline AttachFrame goldenFirstAttach()
{
    AttachFrame attach;
    attach.consumer = ConsumerIncarnation;
    attach.requestUpToSeqNr = 20;
    attach.requestUpToBytes = 4096;
    attach.maxMessageSize = 4096;
    attach.supportResend = false;
    attach.producerId = QStringLiteral("orders");
    attach.consumerId = QStringLiteral("billing");
    return attach;
}

inline GoldenFrame row(const char *name, ChannelNr channel, Frame frame, const char *hex)
{
    return {name, channel, std::move(frame), QByteArray::fromHex(hex)};
}

/*! What belongs to messages in ranges, some of it in optional fields. */
inline const QList<GoldenFrame> &goldenRangeFrames()
{
    // clang-format off
    static const QList<GoldenFrame> frames = {
        row("Resend from the middle", 3, ResendFrame{18, 18, 65536},
            "c7570786 1c000000 14 00 0c00 03000000"
            "12000000000000001200000000000000010008000000010000000000"),
        row("Sent with a part", 3, SentFrame{17, 131072},
            "b939b163 14000000 15 00 0c00 03000000"
            "1100000000000000010008000000020000000000"),
        row("Range", 3, RangeFrame{18, 4, 9, {}, "four"},
            "2747f28b 1c000000 17 00 0000 03000000"
            "120000000000000004000000000000000900000000000000666f7572"),
        row("Range, the last", 3, RangeFrame{18, 8, 9, goldenDigest(), "5"},
            "87cb2cee 3d000000 17 00 2400 03000000"
            "120000000000000008000000000000000900000000000000030020000e5751c0"
            "26e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a835"),
        row("Range, the last, with a name", 3, RangeFrame{18, 8, 9, goldenDigest(), "5", "n\xc3\xa4me"},
            "79bac821 46000000 17 00 2d00 03000000"
            "120000000000000008000000000000000900000000000000030020000e5751c0"
            "26e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a804000500"
            "6ec3a46d6535"),
        row("Message with a name", 3, MessageFrame{17, "msg17", "name"},
            "c623b561 15000000 12 00 0800 03000000"
            "1100000000000000040004006e616d656d73673137"),
        row("Skip", 3, SkipFrame{19},
            "083289fd 08000000 18 00 0000 03000000"
            "1300000000000000"),
        row("Attach with a part of a message", 3, goldenResumingAttach(),
            "b3fda51f 79000000 10 01 1800 03000000"
            "a8a7a6a5a4a3a2a1b8b7b6b5b4b3b2b10807060504030201100f0e0d0c0b0a09"
            "0200000000000000050000000000000011000000000000001900000000000000"
            "0000010000000000000010000000000006006f7264657273070062696c6c696e"
            "67010008000000010000000000020008000000000001000000"),
    };
    // clang-format on
    return frames;
}

/*! Every other type at least once, the Hello first: written one after the other they are a valid
 * stream. Without optional fields. */
inline const QList<GoldenFrame> &goldenFrames()
{
    // clang-format off
    static const QList<GoldenFrame> frames = {
        //  checksum | length | type | flags | optionalLength | channel, then the fields
        row("Hello", 0, goldenHello(),
            "962abf78 31000000 01 01 0000 00000000"
            "5154444c01010500000000000080c8c7c6c5c4c3c2c1d8d7d6d5d4d3d2d10300"
            "0000000000000000100005006e6f64c3a9"),
        row("Hello of the accepting side", 0, goldenAcceptorsHello(),
            "0e60ac5c 2c000000 01 00 0000 00000000"
            "5154444c01020000000000000000c8c7c6c5c4c3c2c1d8d7d6d5d4d3d2d10000"
            "000000000000000400000000"),
        row("Close", 0, CloseFrame{Reason::GoingAway, QStringLiteral("bye")},
            "9f21eb61 07000000 02 00 0000 00000000"
            "01000300627965"),
        row("Ping", 0, PingFrame{0x1122334455667788},
            "e992a289 08000000 03 00 0000 00000000"
            "8877665544332211"),
        row("Pong", 0, PongFrame{0x1122334455667788},
            "87ead5ab 08000000 04 00 0000 00000000"
            "8877665544332211"),
        row("Offer", 0, OfferFrame{OfferKind::Producer, ProducerIncarnation, QStringLiteral("orders")},
            "eaa6d82f 19000000 05 00 0000 00000000"
            "000807060504030201100f0e0d0c0b0a0906006f7264657273"),
        row("Withdraw", 0, WithdrawFrame{OfferKind::Consumer, QStringLiteral("billing")},
            "e3288dab 0a000000 06 00 0000 00000000"
            "01070062696c6c696e67"),
        row("Invite", 0, InviteFrame{QStringLiteral("orders"), QStringLiteral("billing")},
            "0fd39575 11000000 07 00 0000 00000000"
            "06006f7264657273070062696c6c696e67"),
        row("Attach", 3, goldenAttach(),
            "ebb5cdad 61000000 10 01 0000 03000000"
            "a8a7a6a5a4a3a2a1b8b7b6b5b4b3b2b10807060504030201100f0e0d0c0b0a09"
            "0200000000000000050000000000000011000000000000001900000000000000"
            "0000010000000000000010000000000006006f7264657273070062696c6c696e"
            "67"),
        row("Attach of a newcomer, only flow control", 5, goldenFirstAttach(),
            "d67fa732 61000000 10 00 0000 05000000"
            "a8a7a6a5a4a3a2a1b8b7b6b5b4b3b2b100000000000000000000000000000000"
            "0000000000000000000000000000000000000000000000001400000000000000"
            "0010000000000000001000000000000006006f7264657273070062696c6c696e"
            "67"),
        row("Attached", 3, AttachedFrame{ProducerIncarnation, 2, 17},
            "e9a8ed9a 20000000 11 00 0000 03000000"
            "0807060504030201100f0e0d0c0b0a0902000000000000001100000000000000"),
        row("Message", 3, MessageFrame{17, "msg17"},
            "fdac9e62 0d000000 12 00 0000 03000000"
            "11000000000000006d73673137"),
        row("Request", 3, RequestFrame{5, 17, 25, 65536},
            "c03614bf 20000000 13 00 0000 03000000"
            "0500000000000000110000000000000019000000000000000000010000000000"),
        row("Resend", 3, ResendFrame{6, 9},
            "884eec24 10000000 14 00 0000 03000000"
            "06000000000000000900000000000000"),
        row("Sent", 3, SentFrame{17},
            "7426a8be 08000000 15 00 0000 03000000"
            "1100000000000000"),
        row("Detach", 3, DetachFrame{Reason::Replaced},
            "74831c9f 02000000 16 00 0000 03000000"
            "4100"),
        row("Proof", 0, ProofFrame{"@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_"},
            "71927631 20000000 08 00 0000 00000000"
            "404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f"),
    };
    // clang-format on
    return frames;
}

/*! All golden frames one after the other. */
inline QByteArray goldenStream()
{
    QByteArray stream;
    for (const GoldenFrame &golden : goldenFrames())
        stream += golden.bytes;
    return stream;
}

} // namespace QtDelivery::Test

namespace QtDelivery {

// QtTest finds this by argument-dependent lookup and prints it when a comparison fails.
inline char *toString(Reason reason)
{
    return qstrdup(("Reason " + QByteArray::number(int(reason))).constData());
}

} // namespace QtDelivery
