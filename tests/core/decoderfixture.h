// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/framedecoder.h"
#include "goldenframes.h"

#include <QTest>
#include <QtEndian>

#include <algorithm>

namespace QtDelivery::Test {

using Result = FrameDecoder::Result;

inline constexpr quint32 TestMaxLength = 64 * 1024;

template <typename T> QByteArray le(T value)
{
    QByteArray bytes(sizeof(T), Qt::Uninitialized);
    qToLittleEndian(value, bytes.data());
    return bytes;
}

inline QByteArray incarnation(const Incarnation &value)
{
    return le(value.high) + le(value.low);
}

inline QByteArray string(const QByteArray &utf8)
{
    return le(quint16(utf8.size())) + utf8;
}

inline QByteArray optionalField(quint16 tag, const QByteArray &value)
{
    return le(tag) + string(value);
}

inline QByteArray withChecksum(QByteArray frame)
{
    qToLittleEndian(frameChecksum(frame), frame.data());
    return frame;
}

/*! The parts of a frame as a peer may have put them together. */
struct RawFrame
{
    quint8 type = 0;
    ChannelNr channel = 0;
    QByteArray fields;
    QByteArray optional = {};
    QByteArray payload = {};
    quint8 flags = 0;

    [[nodiscard]] QByteArray bytes() const { return withOptionalLength(quint16(optional.size())); }

    [[nodiscard]] QByteArray withOptionalLength(quint16 optionalLength) const
    {
        const QByteArray body = fields + optional + payload;
        return withChecksum(le(quint32(0)) + le(quint32(body.size())) + le(type) + le(flags)
                            + le(optionalLength) + le(channel) + body);
    }
};

inline RawFrame raw(FrameType type, ChannelNr channel, const QByteArray &fields)
{
    return {quint8(type), channel, fields};
}

/*! The parts of a golden frame that has no payload. */
inline RawFrame rawGolden(const GoldenFrame &golden)
{
    return {quint8(golden.bytes[8]), golden.channel, golden.bytes.mid(FrameHeaderSize), {}, {},
            quint8(golden.bytes[9])};
}

inline QByteArray hello()
{
    return encoded(0, goldenHello());
}

/*! A decoder with the handshake behind it. */
inline FrameDecoder openDecoder()
{
    FrameDecoder decoder;
    decoder.append(hello());
    ChannelNr channel = 0;
    Frame frame;
    if (decoder.next(&channel, &frame) != Result::Frame)
        qFatal("the Hello was refused");
    decoder.setMaxLength(TestMaxLength);
    return decoder;
}

/*! \a frame behind a Message that makes the decoder's buffer grow: it ends where the buffer ends,
 * so that a sanitizer sees a read beyond it. */
inline QByteArray endOfBuffer(const QByteArray &frame)
{
    return encoded(1, MessageFrame{1, QByteArray(1000, 'x')}) + frame;
}

struct Decoded
{
    ChannelNr channel = 0;
    Frame frame;
    QByteArray payload; // a copy that outlives the decoder's buffer
};

/*! Takes all frames that are complete, and checks that \a end follows them. */
inline QList<Decoded> takeAll(FrameDecoder &decoder, Result end = Result::NeedMore)
{
    QList<Decoded> all;
    Decoded one;
    Result result;
    while ((result = decoder.next(&one.channel, &one.frame)) == Result::Frame) {
        one.payload.clear();
        if (auto *message = std::get_if<MessageFrame>(&one.frame)) {
            one.payload = message->payload.toByteArray();
            message->payload = {};
        }
        all.append(one);
    }
    if (result != end)
        qWarning("unexpected end, reason %d", int(decoder.reason()));
    return result == end ? all : QList<Decoded>();
}

inline bool isGolden(const Decoded &decoded, const GoldenFrame &golden)
{
    Frame expected = golden.frame;
    QByteArray payload;
    if (auto *message = std::get_if<MessageFrame>(&expected))
        payload = std::exchange(message->payload, {}).toByteArray();
    return decoded.channel == golden.channel && decoded.frame == expected
        && decoded.payload == payload;
}

inline bool areGolden(const QList<Decoded> &decoded)
{
    return std::equal(decoded.begin(), decoded.end(), goldenFrames().begin(), goldenFrames().end(),
                      isGolden);
}

/*! A row for each. */
inline void addGoldenFrames()
{
    QTest::addColumn<int>("index");
    for (int i = 0; i < goldenFrames().size(); ++i)
        QTest::newRow(goldenFrames()[i].name) << i;
}

} // namespace QtDelivery::Test
