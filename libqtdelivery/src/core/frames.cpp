// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "frames.h"

#include "xxh3.h"

#include <QtEndian>

#include <cstring>
#include <limits>

namespace QtDelivery {

namespace {

constexpr qsizetype IncarnationBytes = 16;

qsizetype stringBytes(const QByteArray &utf8)
{
    return qsizetype(sizeof(quint16)) + utf8.size();
}

/*! One frame at the end of the output. Its size is known before, so the output grows once and is
 * not filled with zeros first. */
class FieldWriter
{
public:
    FieldWriter(QByteArray &output, FrameType type, quint8 flags, ChannelNr channel,
                qsizetype fixedLength, qsizetype optionalLength = 0)
        : m_size(FrameHeaderSize + fixedLength + optionalLength)
    {
        const qsizetype length = fixedLength + optionalLength;
        Q_ASSERT(length <= std::numeric_limits<quint32>::max());
        const qsizetype start = output.size();
        output.resize(start + m_size);
        m_frame = output.data() + start;
        m_at = m_frame + sizeof(quint32); // the checksum comes last
        number(quint32(length));
        number(quint8(type));
        number(flags);
        number(quint16(optionalLength));
        number(channel);
    }

    template <typename T> void number(T value)
    {
        qToLittleEndian(value, m_at);
        m_at += sizeof(T);
    }

    void seqNr(SeqNr value) { number(quint64(value)); }

    void incarnation(const Incarnation &value)
    {
        number(value.high);
        number(value.low);
    }

    void bytes(QByteArrayView value)
    {
        if (!value.isEmpty()) // memcpy takes no null pointer, not even for nothing
            std::memcpy(m_at, value.data(), size_t(value.size()));
        m_at += value.size();
    }

    void string(const QByteArray &utf8)
    {
        Q_ASSERT(utf8.size() <= std::numeric_limits<quint16>::max());
        number(quint16(utf8.size()));
        bytes(utf8);
    }

    /*! Not at all if it is empty. */
    void optional(OptionalField tag, QByteArrayView value)
    {
        if (value.isEmpty())
            return;
        number(quint16(tag));
        number(quint16(value.size()));
        bytes(value);
    }

    /*! Not at all if it is 0. */
    void optional(OptionalField tag, quint64 value)
    {
        if (value == 0)
            return;
        number(quint16(tag));
        number(quint16(sizeof(value)));
        number(value);
    }

    void finish()
    {
        Q_ASSERT(m_at == m_frame + m_size);
        qToLittleEndian(frameChecksum(QByteArrayView(m_frame, m_size)), m_frame);
    }

private:
    char *m_frame = nullptr;
    char *m_at = nullptr;
    const qsizetype m_size;
};

constexpr qsizetype OptionalHeadSize = 2 * sizeof(quint16);

qsizetype optionalBytes(quint64 value)
{
    return value == 0 ? 0 : OptionalHeadSize + qsizetype(sizeof(value));
}

qsizetype optionalBytes(QByteArrayView value)
{
    return value.isEmpty() ? 0 : OptionalHeadSize + value.size();
}

void writeToken(QByteArray &output, FrameType type, quint64 token)
{
    FieldWriter writer(output, type, 0, 0, sizeof(token));
    writer.number(token);
    writer.finish();
}

} // namespace

bool isValidId(QStringView id)
{
    if (id.isEmpty() || id.size() > MaxIdBytes) // no UTF-16 unit takes less than one byte
        return false;
    qsizetype bytes = 0;
    for (qsizetype i = 0; i < id.size(); ++i) {
        const char16_t unit = id[i].unicode();
        if (unit < 0x20 || (unit >= 0x7f && unit <= 0x9f))
            return false;
        if (unit < 0x80) {
            bytes += 1;
        } else if (unit < 0x800) {
            bytes += 2;
        } else if (!QChar::isSurrogate(unit)) {
            bytes += 3;
        } else {
            const bool pair = QChar::isHighSurrogate(unit) && i + 1 < id.size()
                && QChar::isLowSurrogate(id[i + 1].unicode());
            if (!pair)
                return false;
            bytes += 4;
            ++i;
        }
    }
    return bytes <= MaxIdBytes;
}

quint32 frameChecksum(QByteArrayView frame)
{
    constexpr qsizetype own = sizeof(quint32);
    Q_ASSERT(frame.size() >= FrameHeaderSize);
    return quint32(xxh3(frame.sliced(own)));
}

void FrameWriter::write(const HelloFrame &frame)
{
    const QByteArray nodeId = frame.nodeId.toUtf8();
    Q_ASSERT(nodeId.isEmpty() || isValidId(frame.nodeId));
    const QByteArray secretName = frame.secretName.toUtf8();
    const qsizetype length = sizeof(HelloMagic) + sizeof(frame.versionMin)
        + sizeof(frame.versionMax) + sizeof(frame.features) + IncarnationBytes
        + sizeof(frame.connectionNumber) + sizeof(frame.maxFrameLength) + stringBytes(nodeId);
    FieldWriter writer(m_output, FrameType::Hello, frame.initiator ? HelloInitiatorFlag : 0, 0,
                       length, optionalBytes(frame.nonce) + optionalBytes(secretName));
    writer.number(HelloMagic);
    writer.number(frame.versionMin);
    writer.number(frame.versionMax);
    writer.number(frame.features);
    writer.incarnation(frame.node);
    writer.number(frame.connectionNumber);
    writer.number(frame.maxFrameLength);
    writer.string(nodeId);
    writer.optional(OptionalField::Nonce, frame.nonce);
    writer.optional(OptionalField::SecretName, secretName);
    writer.finish();
}

void FrameWriter::write(const ProofFrame &frame)
{
    Q_ASSERT(frame.mac.size() == ProofSize);
    FieldWriter writer(m_output, FrameType::Proof, 0, 0, ProofSize);
    writer.bytes(frame.mac);
    writer.finish();
}

void FrameWriter::write(const CloseFrame &frame)
{
    const QByteArray text = frame.text.toUtf8();
    Q_ASSERT(text.size() <= MaxReasonTextBytes);
    FieldWriter writer(m_output, FrameType::Close, 0, 0, sizeof(frame.reason) + stringBytes(text));
    writer.number(quint16(frame.reason));
    writer.string(text);
    writer.finish();
}

void FrameWriter::write(const PingFrame &frame)
{
    writeToken(m_output, FrameType::Ping, frame.token);
}

void FrameWriter::write(const PongFrame &frame)
{
    writeToken(m_output, FrameType::Pong, frame.token);
}

void FrameWriter::write(const OfferFrame &frame)
{
    const QByteArray id = frame.id.toUtf8();
    Q_ASSERT(isValidId(frame.id));
    FieldWriter writer(m_output, FrameType::Offer, 0, 0,
                       sizeof(frame.kind) + IncarnationBytes + stringBytes(id));
    writer.number(quint8(frame.kind));
    writer.incarnation(frame.incarnation);
    writer.string(id);
    writer.finish();
}

void FrameWriter::write(const WithdrawFrame &frame)
{
    const QByteArray id = frame.id.toUtf8();
    Q_ASSERT(isValidId(frame.id));
    FieldWriter writer(m_output, FrameType::Withdraw, 0, 0, sizeof(frame.kind) + stringBytes(id));
    writer.number(quint8(frame.kind));
    writer.string(id);
    writer.finish();
}

void FrameWriter::write(const InviteFrame &frame)
{
    const QByteArray producerId = frame.producerId.toUtf8();
    const QByteArray consumerId = frame.consumerId.toUtf8();
    Q_ASSERT(isValidId(frame.producerId) && isValidId(frame.consumerId));
    FieldWriter writer(m_output, FrameType::Invite, 0, 0,
                       stringBytes(producerId) + stringBytes(consumerId));
    writer.string(producerId);
    writer.string(consumerId);
    writer.finish();
}

void FrameWriter::write(ChannelNr channel, const AttachFrame &frame)
{
    const QByteArray producerId = frame.producerId.toUtf8();
    const QByteArray consumerId = frame.consumerId.toUtf8();
    Q_ASSERT(isValidId(frame.producerId) && isValidId(frame.consumerId));
    const qsizetype length = 2 * IncarnationBytes + sizeof(frame.epoch)
        + sizeof(frame.confirmedSeqNr) + sizeof(frame.receivedSeqNr)
        + sizeof(frame.requestUpToSeqNr) + sizeof(frame.requestUpToBytes)
        + sizeof(frame.maxMessageSize) + stringBytes(producerId) + stringBytes(consumerId);
    FieldWriter writer(m_output, FrameType::Attach,
                       frame.supportResend ? AttachSupportResendFlag : 0, channel, length,
                       optionalBytes(frame.offset) + optionalBytes(frame.maxRangedSize));
    writer.incarnation(frame.consumer);
    writer.incarnation(frame.producer);
    writer.number(frame.epoch);
    writer.seqNr(frame.confirmedSeqNr);
    writer.seqNr(frame.receivedSeqNr);
    writer.seqNr(frame.requestUpToSeqNr);
    writer.number(frame.requestUpToBytes);
    writer.number(frame.maxMessageSize);
    writer.string(producerId);
    writer.string(consumerId);
    writer.optional(OptionalField::Offset, frame.offset);
    writer.optional(OptionalField::MaxRangedSize, frame.maxRangedSize);
    writer.finish();
}

void FrameWriter::write(ChannelNr channel, const AttachedFrame &frame)
{
    FieldWriter writer(m_output, FrameType::Attached, 0, channel,
                       IncarnationBytes + sizeof(frame.epoch) + sizeof(frame.firstSeqNr));
    writer.incarnation(frame.producer);
    writer.number(frame.epoch);
    writer.seqNr(frame.firstSeqNr);
    writer.finish();
}

FrameWriter::Content FrameWriter::contentFor(QByteArrayView payload)
{
    const QByteArrayView packed =
        m_packer && m_peerUnpacks ? m_packer->pack(payload) : QByteArrayView();
    return packed.isEmpty() ? Content{payload} : Content{packed, quint64(payload.size())};
}

void FrameWriter::write(ChannelNr channel, const MessageFrame &frame)
{
    const Content content = contentFor(frame.payload);
    FieldWriter writer(m_output, FrameType::Message, 0, channel,
                       qsizetype(sizeof(frame.seqNr)) + content.bytes.size(),
                       optionalBytes(frame.name) + optionalBytes(content.unpackedSize));
    writer.seqNr(frame.seqNr);
    writer.optional(OptionalField::Name, frame.name);
    writer.optional(OptionalField::UnpackedSize, content.unpackedSize);
    writer.bytes(content.bytes);
    writer.finish();
}

void FrameWriter::write(ChannelNr channel, const RequestFrame &frame)
{
    FieldWriter writer(m_output, FrameType::Request, 0, channel,
                       sizeof(frame.confirmedSeqNr) + sizeof(frame.receivedSeqNr)
                           + sizeof(frame.requestUpToSeqNr) + sizeof(frame.requestUpToBytes));
    writer.seqNr(frame.confirmedSeqNr);
    writer.seqNr(frame.receivedSeqNr);
    writer.seqNr(frame.requestUpToSeqNr);
    writer.number(frame.requestUpToBytes);
    writer.finish();
}

void FrameWriter::write(ChannelNr channel, const ResendFrame &frame)
{
    FieldWriter writer(m_output, FrameType::Resend, 0, channel,
                       sizeof(frame.fromSeqNr) + sizeof(frame.toSeqNr),
                       optionalBytes(frame.offset));
    writer.seqNr(frame.fromSeqNr);
    writer.seqNr(frame.toSeqNr);
    writer.optional(OptionalField::Offset, frame.offset);
    writer.finish();
}

void FrameWriter::write(ChannelNr channel, const SentFrame &frame)
{
    FieldWriter writer(m_output, FrameType::Sent, 0, channel, sizeof(frame.sentSeqNr),
                       optionalBytes(frame.offset));
    writer.seqNr(frame.sentSeqNr);
    writer.optional(OptionalField::Offset, frame.offset);
    writer.finish();
}

void FrameWriter::write(ChannelNr channel, const DetachFrame &frame)
{
    FieldWriter writer(m_output, FrameType::Detach, 0, channel, sizeof(frame.reason));
    writer.number(quint16(frame.reason));
    writer.finish();
}

void FrameWriter::write(ChannelNr channel, const RangeFrame &frame)
{
    const Content content = contentFor(frame.payload);
    FieldWriter writer(
        m_output, FrameType::Range, 0, channel,
        qsizetype(sizeof(frame.seqNr) + sizeof(frame.offset) + sizeof(frame.totalSize))
            + content.bytes.size(),
        optionalBytes(frame.digest) + optionalBytes(frame.name)
            + optionalBytes(content.unpackedSize));
    writer.seqNr(frame.seqNr);
    writer.number(frame.offset);
    writer.number(frame.totalSize);
    writer.optional(OptionalField::Digest, frame.digest);
    writer.optional(OptionalField::Name, frame.name);
    writer.optional(OptionalField::UnpackedSize, content.unpackedSize);
    writer.bytes(content.bytes);
    writer.finish();
}

void FrameWriter::write(ChannelNr channel, const SkipFrame &frame)
{
    FieldWriter writer(m_output, FrameType::Skip, 0, channel, sizeof(frame.seqNr));
    writer.seqNr(frame.seqNr);
    writer.finish();
}

} // namespace QtDelivery
