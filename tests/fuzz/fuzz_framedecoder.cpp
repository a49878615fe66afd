// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

// Feeds arbitrary bytes to FrameDecoder and checks what must hold for every input:
//
// * frames and failure do not depend on the pieces in which the bytes arrive;
// * a frame that was accepted can be written again, and is read back as the same frame;
// * a frame without optional fields and unknown flags has exactly one encoding;
// * the buffer never takes more memory than the bytes that arrived justify.
//
// Input: two bytes of control, then the bytes of a connection.
//   byte 0: bit 0 = repair each frame's checksum, bit 1 = also cut each length to the bytes there
//           are, bit 2 = put a valid Hello in front, bits 3-4 = limit for the frames after it,
//           bit 5 = packed payloads are agreed on
//   byte 1: seed for the sizes of the pieces
// Without the repair almost every mutation would end at the checksum.

#include "../core/goldenframes.h"
#include "core/framedecoder.h"

#include <QtEndian>

#include <array>
#include <cstdint>
#include <cstdlib>

using namespace QtDelivery;
using namespace QtDelivery::Test;
using Result = FrameDecoder::Result;

namespace {

constexpr size_t MaxInput = 64 * 1024;
constexpr size_t ControlBytes = 2;
constexpr quint32 MaxUnpacked = MaxInput / 2; // a few bytes may stand for so many

enum Control : uint8_t {
    RepairChecksum = 1 << 0,
    RepairLength = 1 << 1,
    HelloInFront = 1 << 2,
    LimitMask = 3 << 3,
    Unpacks = 1 << 5,
};

void check(bool condition)
{
    if (!condition)
        std::abort();
}

void repair(QByteArray &stream, bool lengthToo)
{
    qsizetype at = 0;
    while (stream.size() - at >= FrameHeaderSize) {
        char *const frame = stream.data() + at;
        const qsizetype rest = stream.size() - at - FrameHeaderSize;
        qsizetype length = qFromLittleEndian<quint32>(frame + 4);
        if (lengthToo && length > rest) {
            length %= rest + 1;
            qToLittleEndian(quint32(length), frame + 4);
        }
        if (length > rest)
            return;
        const QByteArrayView whole(frame, FrameHeaderSize + length);
        qToLittleEndian(frameChecksum(whole), frame);
        at += whole.size();
    }
}

/*! What a decoder made of a stream, in a form that can be compared. */
struct Outcome
{
    QByteArray frames; // encoded again
    Reason reason = Reason::None;
    qsizetype pending = 0;

    bool operator==(const Outcome &) const = default;
};

class Session
{
public:
    Session(quint32 maxLength, bool unpacks)
        : m_maxLength(unpacks ? qMin(maxLength, MaxUnpacked) : maxLength)
    {
        m_decoder.setUnpacking(unpacks);
    }

    void feed(QByteArrayView bytes)
    {
        const qsizetype before = m_decoder.pendingBytes();
        const qsizetype capacity = m_decoder.capacity();
        m_decoder.append(bytes);
        check(m_decoder.capacity() <= qMax(capacity, 2 * before + bytes.size()));
        if (m_outcome.reason == Reason::None)
            takeFrames();
    }

    [[nodiscard]] Outcome outcome() const
    {
        Outcome outcome = m_outcome;
        // After a failure what arrives is thrown away, so how much is left says nothing.
        outcome.pending = outcome.reason == Reason::None ? m_decoder.pendingBytes() : 0;
        return outcome;
    }

private:
    void takeFrames()
    {
        ChannelNr channel = 0;
        Frame frame;
        Result result;
        while ((result = m_decoder.next(&channel, &frame)) == Result::Frame) {
            check(!std::holds_alternative<std::monostate>(frame));
            m_decoder.setMaxLength(m_maxLength);
            const QByteArray again = encoded(channel, frame);
            checkSameAgain(channel, frame, again);
            m_outcome.frames += again;
        }
        check((result == Result::Failed) == (m_decoder.reason() != Reason::None));
        m_outcome.reason = m_decoder.reason();
    }

    static void checkSameAgain(ChannelNr channel, const Frame &frame, const QByteArray &bytes)
    {
        static const QByteArray hello = encoded(0, goldenHello());
        FrameDecoder decoder;
        decoder.append(hello);
        ChannelNr otherChannel = 0;
        Frame other;
        check(decoder.next(&otherChannel, &other) == Result::Frame);
        decoder.setMaxLength(MaxInput);
        decoder.append(bytes);
        check(decoder.next(&otherChannel, &other) == Result::Frame);
        check(otherChannel == channel && other == frame);
        check(decoder.pendingBytes() == 0);
    }

    FrameDecoder m_decoder;
    const quint32 m_maxLength;
    Outcome m_outcome;
};

/*! Sizes of pieces: mostly small, some large. */
class Pieces
{
public:
    explicit Pieces(uint8_t seed)
        : m_state(seed * 2654435761u + 1)
    { }

    qsizetype next()
    {
        m_state = m_state * 1664525u + 1013904223u;
        const quint32 value = m_state >> 16;
        return value % 8 == 0 ? 1 + value % 4096 : 1 + value % 32;
    }

private:
    quint32 m_state;
};

/*! Walks over the frames that were accepted: where the input was already in the one canonical
 * form, writing it again must give the same bytes. */
void checkCanonical(const QByteArray &stream, const QByteArray &frames)
{
    qsizetype in = 0;
    qsizetype out = 0;
    while (out < frames.size()) {
        const qsizetype inSize =
            FrameHeaderSize + qFromLittleEndian<quint32>(stream.constData() + in + 4);
        const qsizetype outSize =
            FrameHeaderSize + qFromLittleEndian<quint32>(frames.constData() + out + 4);
        const bool sameFlags = stream[in + 9] == frames[out + 9];
        const bool noOptional = qFromLittleEndian<quint16>(stream.constData() + in + 10) == 0;
        if (sameFlags && noOptional)
            check(stream.mid(in, inSize) == frames.mid(out, outSize));
        in += inSize;
        out += outSize;
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < ControlBytes || size > MaxInput)
        return 0;
    const uint8_t control = data[0];
    QByteArray stream(reinterpret_cast<const char *>(data + ControlBytes),
                      qsizetype(size - ControlBytes));
    if (control & RepairChecksum)
        repair(stream, control & RepairLength);
    if (control & HelloInFront)
        stream.prepend(encoded(0, goldenHello()));
    constexpr std::array<quint32, 4> limits{MaxHelloLength, 64, 4096, 0xffffffff};
    const quint32 limit = limits[(control & LimitMask) >> 3];

    const bool unpacks = control & Unpacks;
    Session whole(limit, unpacks);
    whole.feed(stream);

    Session pieced(limit, unpacks);
    Pieces pieces(data[1]);
    for (qsizetype at = 0; at < stream.size();) {
        const qsizetype piece = qMin(pieces.next(), stream.size() - at);
        pieced.feed(QByteArrayView(stream).sliced(at, piece));
        at += piece;
    }

    check(whole.outcome() == pieced.outcome());
    checkCanonical(stream, whole.outcome().frames);
    return 0;
}
