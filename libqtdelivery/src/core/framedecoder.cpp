// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "framedecoder.h"

#include <QtEndian>

#include <cstring>
#include <utility>

namespace QtDelivery {

namespace {

// An empty decoder keeps no more than this (or four times what is asked for next).
constexpr qsizetype KeepCapacity = 16 * 1024;

struct Header
{
    explicit Header(const char *at)
        : checksum(qFromLittleEndian<quint32>(at))
        , length(qFromLittleEndian<quint32>(at + 4))
        , type(quint8(at[8]))
        , flags(quint8(at[9]))
        , optionalLength(qFromLittleEndian<quint16>(at + 10))
        , channel(qFromLittleEndian<quint32>(at + 12))
    { }

    quint32 checksum;
    quint32 length;
    quint8 type;
    quint8 flags;
    quint16 optionalLength;
    ChannelNr channel;
};

/*! How a frame's payload may be packed. */
struct Unpacking
{
    PayloadUnpacker *unpacker; // null: it was not agreed on
    quint32 length; // of the frame
    quint32 maxLength;
};

/*! Reads the fields of one frame in order. What is wrong is remembered, so that a frame is read
 * through in one go and judged once at its end. */
class FieldReader
{
public:
    explicit FieldReader(QByteArrayView bytes)
        : m_at(bytes.data())
        , m_end(bytes.data() + bytes.size())
    { }

    template <typename T> T number()
    {
        if (!available(sizeof(T)))
            return T(0);
        const T value = qFromLittleEndian<T>(m_at);
        m_at += sizeof(T);
        return value;
    }

    SeqNr seqNr()
    {
        const quint64 value = number<quint64>();
        possible(value < quint64(MaxSeqNr));
        return SeqNr(value);
    }

    Incarnation incarnation()
    {
        const quint64 high = number<quint64>();
        return Incarnation{high, number<quint64>()};
    }

    QString string(qsizetype maxBytes)
    {
        const qsizetype size = number<quint16>();
        if (size > maxBytes || !available(size)) {
            m_malformed = true;
            return {};
        }
        const QByteArrayView utf8(m_at, size);
        m_at += size;
        if (!utf8.isValidUtf8()) {
            m_malformed = true;
            return {};
        }
        QString text = QString::fromUtf8(utf8);
        // fromUtf8() takes a leading U+FEFF for a byte order mark. Here it is a character: two ids
        // that differ in their bytes must stay different.
        if (utf8.startsWith("\xef\xbb\xbf"))
            text.prepend(QChar(QChar::ByteOrderMark));
        return text;
    }

    QString id()
    {
        const QString text = string(MaxIdBytes);
        wellFormed(isValidId(text));
        return text;
    }

    OfferKind offerKind()
    {
        const quint8 value = number<quint8>();
        wellFormed(value <= quint8(OfferKind::Consumer));
        return OfferKind(value);
    }

    //! Numbers that this version does not know pass: they only explain an end.
    Reason reason() { return Reason(number<quint16>()); }

    /*! All of them; a frame's reader asks for those that it knows. */
    void optionalFields(qsizetype size)
    {
        if (!available(size))
            return;
        m_optional = QByteArrayView(m_at, size);
        m_at += size;
        for (QByteArrayView rest = m_optional; !rest.isEmpty();) {
            if (rest.size() < OptionalHeadSize || rest.size() < optionalSize(rest)) {
                m_malformed = true;
                m_optional = {};
                return;
            }
            rest = rest.sliced(optionalSize(rest));
        }
    }

    /*! 0 if it is not there. */
    quint64 optionalNumber(OptionalField tag)
    {
        const QByteArrayView field = optional(tag);
        wellFormed(field.isEmpty() || field.size() == sizeof(quint64));
        return field.size() == sizeof(quint64) ? qFromLittleEndian<quint64>(field.data()) : 0;
    }

    /*! Of exactly \a size, or empty if it is not there. */
    QByteArrayView optionalBytes(OptionalField tag, qsizetype size)
    {
        const QByteArrayView field = optional(tag);
        wellFormed(field.isEmpty() || field.size() == size);
        return field;
    }

    QByteArrayView bytes(qsizetype size)
    {
        if (!available(size))
            return {};
        m_at += size;
        return QByteArrayView(m_at - size, size);
    }

    QByteArrayView optionalName(OptionalField tag = OptionalField::Name)
    {
        const QByteArrayView field = optional(tag);
        wellFormed(field.isEmpty()
                   || (field.size() <= MaxNameBytes && field.isValidUtf8()
                       && isValidId(QString::fromUtf8(field))));
        return field;
    }

    /*! The rest, after the optional fields. Nothing is reserved for more than a frame could have
     * brought as it is. */
    QByteArrayView payload(const Unpacking &unpacking)
    {
        constexpr quint64 fieldSize = OptionalHeadSize + sizeof(quint64);
        const quint64 size = optionalNumber(OptionalField::UnpackedSize);
        const QByteArrayView bytes = rest();
        if (size == 0 || m_malformed)
            return bytes;
        const quint64 others = unpacking.length - quint64(bytes.size()) - fieldSize;
        wellFormed(unpacking.unpacker);
        m_tooLarge = size > unpacking.maxLength - others;
        if (m_malformed || m_tooLarge)
            return {};
        const QByteArrayView unpacked = unpacking.unpacker->unpack(bytes, qsizetype(size));
        wellFormed(!unpacked.isNull());
        return unpacked;
    }

    QByteArrayView rest() { return QByteArrayView(std::exchange(m_at, m_end), m_end); }

    void wellFormed(bool condition) { m_malformed |= !condition; }
    void possible(bool condition) { m_impossible |= !condition; }

    [[nodiscard]] Reason finish() const
    {
        Q_ASSERT(m_at <= m_end);
        if (m_malformed || m_at != m_end)
            return Reason::MalformedFrame;
        if (m_tooLarge)
            return Reason::FrameTooLarge;
        return m_impossible ? Reason::ImpossibleNumber : Reason::None;
    }

private:
    static constexpr qsizetype OptionalHeadSize = 2 * sizeof(quint16); // tag, length

    /*! Of the first of \a fields, with its head. */
    static qsizetype optionalSize(QByteArrayView fields)
    {
        return OptionalHeadSize + qFromLittleEndian<quint16>(fields.data() + sizeof(quint16));
    }

    [[nodiscard]] QByteArrayView optional(OptionalField tag) const
    {
        for (QByteArrayView rest = m_optional; !rest.isEmpty();
             rest = rest.sliced(optionalSize(rest))) {
            if (qFromLittleEndian<quint16>(rest.data()) == quint16(tag))
                return rest.first(optionalSize(rest)).sliced(OptionalHeadSize);
        }
        return {};
    }

    bool available(qsizetype size)
    {
        m_malformed |= m_end - m_at < size;
        return !m_malformed;
    }

    const char *m_at;
    const char *const m_end;
    QByteArrayView m_optional;
    bool m_malformed = false;
    bool m_impossible = false;
    bool m_tooLarge = false;
};

HelloFrame readHello(FieldReader &reader, quint8 flags)
{
    HelloFrame hello;
    reader.wellFormed(reader.number<quint32>() == HelloMagic);
    hello.versionMin = reader.number<quint8>();
    hello.versionMax = reader.number<quint8>();
    hello.initiator = flags & HelloInitiatorFlag;
    hello.features = reader.number<quint64>();
    hello.node = reader.incarnation();
    hello.connectionNumber = reader.number<quint64>();
    hello.maxFrameLength = reader.number<quint32>();
    hello.nodeId = reader.string(MaxIdBytes);
    reader.wellFormed(hello.nodeId.isEmpty() || isValidId(hello.nodeId));
    return hello;
}

AttachFrame readAttach(FieldReader &reader, quint8 flags)
{
    AttachFrame attach;
    attach.consumer = reader.incarnation();
    attach.producer = reader.incarnation();
    attach.epoch = reader.number<quint64>();
    attach.confirmedSeqNr = reader.seqNr();
    attach.receivedSeqNr = reader.seqNr();
    attach.requestUpToSeqNr = reader.seqNr();
    attach.requestUpToBytes = reader.number<quint64>();
    attach.maxMessageSize = reader.number<quint64>();
    attach.supportResend = flags & AttachSupportResendFlag;
    attach.producerId = reader.id();
    attach.consumerId = reader.id();
    reader.possible(attach.receivedSeqNr >= attach.confirmedSeqNr);
    reader.possible(attach.requestUpToSeqNr >= attach.confirmedSeqNr);
    // Without a producer there is nothing that the numbers could belong to.
    reader.possible(!attach.producer.isNull()
                    || (attach.confirmedSeqNr == 0 && attach.receivedSeqNr == 0));
    return attach;
}

RequestFrame readRequest(FieldReader &reader)
{
    RequestFrame request;
    request.confirmedSeqNr = reader.seqNr();
    request.receivedSeqNr = reader.seqNr();
    request.requestUpToSeqNr = reader.seqNr();
    request.requestUpToBytes = reader.number<quint64>();
    reader.possible(request.receivedSeqNr >= request.confirmedSeqNr);
    reader.possible(request.requestUpToSeqNr >= request.confirmedSeqNr);
    return request;
}

/*! What cannot be is found here, before anybody reserves memory on its word. */
RangeFrame readRange(FieldReader &reader, qsizetype optionalLength, const Unpacking &unpacking)
{
    RangeFrame range;
    range.seqNr = reader.seqNr();
    range.offset = reader.number<quint64>();
    range.totalSize = reader.number<quint64>();
    reader.optionalFields(optionalLength);
    range.digest = reader.optionalBytes(OptionalField::Digest, DigestSize);
    range.name = reader.optionalName();
    range.payload = reader.payload(unpacking);
    const quint64 size = quint64(range.payload.size());
    const bool fits = range.totalSize <= quint64(MaxSeqNr) && range.offset < range.totalSize
        && size >= 1 && size <= range.totalSize - range.offset;
    reader.possible(range.seqNr >= 1 && fits);
    const bool isLast = fits && range.offset + size == range.totalSize;
    reader.wellFormed(!fits || isLast == !range.digest.isEmpty());
    reader.wellFormed(isLast || range.name.isEmpty());
    return range;
}

bool isLinkFrame(FrameType type)
{
    return type < FrameType::Attach;
}

/*! Everything between the header and the end of the frame. */
Reason readBody(const Header &header, QByteArrayView body, const Unpacking &unpacking, Frame *frame)
{
    FieldReader reader(body);
    const FrameType type = FrameType(header.type);
    switch (type) {
    case FrameType::Message: {
        MessageFrame &message = frame->emplace<MessageFrame>();
        message.seqNr = reader.seqNr();
        reader.possible(message.seqNr >= 1);
        reader.optionalFields(header.optionalLength);
        message.name = header.optionalLength > 0 ? reader.optionalName() : QByteArrayView();
        message.payload = header.optionalLength > 0 ? reader.payload(unpacking) : reader.rest();
        reader.wellFormed(header.channel != 0);
        return reader.finish();
    }
    case FrameType::Range:
        *frame = readRange(reader, header.optionalLength, unpacking);
        reader.wellFormed(header.channel != 0);
        return reader.finish();
    case FrameType::Hello:
        *frame = readHello(reader, header.flags);
        break;
    case FrameType::Close: {
        CloseFrame &close = frame->emplace<CloseFrame>();
        close.reason = reader.reason();
        close.text = reader.string(MaxReasonTextBytes);
        break;
    }
    case FrameType::Ping:
        *frame = PingFrame{reader.number<quint64>()};
        break;
    case FrameType::Pong:
        *frame = PongFrame{reader.number<quint64>()};
        break;
    case FrameType::Offer: {
        OfferFrame &offer = frame->emplace<OfferFrame>();
        offer.kind = reader.offerKind();
        offer.incarnation = reader.incarnation();
        offer.id = reader.id();
        break;
    }
    case FrameType::Withdraw: {
        WithdrawFrame &withdraw = frame->emplace<WithdrawFrame>();
        withdraw.kind = reader.offerKind();
        withdraw.id = reader.id();
        break;
    }
    case FrameType::Invite: {
        InviteFrame &invite = frame->emplace<InviteFrame>();
        invite.producerId = reader.id();
        invite.consumerId = reader.id();
        break;
    }
    case FrameType::Proof:
        *frame = ProofFrame{reader.bytes(ProofSize).toByteArray()};
        break;
    case FrameType::Attach:
        *frame = readAttach(reader, header.flags);
        break;
    case FrameType::Attached: {
        AttachedFrame &attached = frame->emplace<AttachedFrame>();
        attached.producer = reader.incarnation();
        attached.epoch = reader.number<quint64>();
        attached.firstSeqNr = reader.seqNr();
        reader.possible(attached.firstSeqNr >= 1);
        break;
    }
    case FrameType::Request:
        *frame = readRequest(reader);
        break;
    case FrameType::Resend: {
        ResendFrame &resend = frame->emplace<ResendFrame>();
        resend.fromSeqNr = reader.seqNr();
        resend.toSeqNr = reader.seqNr();
        reader.possible(resend.fromSeqNr >= 1 && resend.fromSeqNr <= resend.toSeqNr);
        break;
    }
    case FrameType::Sent:
        *frame = SentFrame{reader.seqNr()};
        break;
    case FrameType::Detach:
        *frame = DetachFrame{reader.reason()};
        break;
    case FrameType::Skip: {
        SkipFrame &skip = frame->emplace<SkipFrame>();
        skip.seqNr = reader.seqNr();
        reader.possible(skip.seqNr >= 1);
        break;
    }
    default:
        return Reason::UnknownFrame;
    }
    reader.optionalFields(header.optionalLength);
    if (auto *attach = std::get_if<AttachFrame>(frame)) {
        attach->offset = reader.optionalNumber(OptionalField::Offset);
        attach->maxRangedSize = reader.optionalNumber(OptionalField::MaxRangedSize);
    } else if (auto *resend = std::get_if<ResendFrame>(frame)) {
        resend->offset = reader.optionalNumber(OptionalField::Offset);
    } else if (auto *sent = std::get_if<SentFrame>(frame)) {
        sent->offset = reader.optionalNumber(OptionalField::Offset);
    } else if (auto *hello = std::get_if<HelloFrame>(frame)) {
        hello->nonce = reader.optionalBytes(OptionalField::Nonce, NonceSize).toByteArray();
        hello->secretName = QString::fromUtf8(reader.optionalName(OptionalField::SecretName));
    }
    reader.wellFormed((header.channel == 0) == isLinkFrame(type));
    return reader.finish();
}

/*! Can these first bytes of a connection, a header at least, still become a Hello? Asked before
 * anything else, so that a foreign peer (HTTP, TLS) is told plainly and at once. */
bool looksLikeHello(const Header &header, QByteArrayView pending)
{
    if (FrameType(header.type) != FrameType::Hello || header.length < sizeof(HelloMagic)
        || header.length > MaxHelloLength)
        return false;
    return pending.size() < FrameHeaderSize + qsizetype(sizeof(HelloMagic))
        || qFromLittleEndian<quint32>(pending.data() + FrameHeaderSize) == HelloMagic;
}

} // namespace

char *FrameDecoder::prepare(qsizetype size)
{
    Q_ASSERT(size >= 0);
    if (m_begin == m_end || m_reason != Reason::None)
        m_begin = m_end = 0; // nobody takes what comes after a failure, so nothing piles up
    const qsizetype pending = m_end - m_begin;
    const qsizetype wanted = 2 * pending + size;
    const bool tooSmall = m_buffer.size() - m_end < size;
    const bool tooLarge = m_buffer.size() > KeepCapacity && m_buffer.size() / 4 > wanted;
    // Whichever way, a byte is moved only after as many others have arrived or were given out.
    if (tooLarge || (tooSmall && m_begin < pending) || m_buffer.size() < pending + size) {
        QByteArray buffer(wanted, Qt::Uninitialized);
        if (pending > 0)
            std::memcpy(buffer.data(), m_buffer.constData() + m_begin, size_t(pending));
        m_buffer.swap(buffer);
        m_begin = 0;
        m_end = pending;
    } else if (tooSmall) {
        char *const data = m_buffer.data();
        std::memcpy(data, data + m_begin,
                    size_t(pending)); // pending <= m_begin: they do not overlap
        m_begin = 0;
        m_end = pending;
    }
    return m_buffer.data() + m_end;
}

void FrameDecoder::commit(qsizetype size)
{
    Q_ASSERT(size >= 0 && size <= m_buffer.size() - m_end);
    m_end += size;
}

void FrameDecoder::append(QByteArrayView bytes)
{
    if (bytes.isEmpty())
        return;
    std::memcpy(prepare(bytes.size()), bytes.data(), size_t(bytes.size()));
    commit(bytes.size());
}

FrameDecoder::Result FrameDecoder::next(ChannelNr *channel, Frame *frame)
{
    if (m_reason != Reason::None)
        return Result::Failed;
    const QByteArrayView pending(m_buffer.constData() + m_begin, pendingBytes());
    if (pending.size() < FrameHeaderSize)
        return Result::NeedMore;

    const Header header(pending.data());
    if (m_firstFrame) {
        if (!looksLikeHello(header, pending))
            return fail(Reason::NotThisProtocol);
    } else if (header.length > m_maxLength) {
        return fail(Reason::FrameTooLarge);
    }
    const qsizetype size = FrameHeaderSize + qsizetype(header.length);
    if (pending.size() < size)
        return Result::NeedMore;
    const QByteArrayView bytes = pending.first(size);
    if (frameChecksum(bytes) != header.checksum)
        return fail(Reason::BadChecksum);
    const Unpacking unpacking{m_isUnpacking ? &m_unpacker : nullptr, header.length, m_maxLength};
    const Reason reason = readBody(header, bytes.sliced(FrameHeaderSize), unpacking, frame);
    if (reason != Reason::None) {
        *frame = std::monostate();
        return fail(reason);
    }
    *channel = header.channel;
    m_begin += size;
    m_firstFrame = false;
    return Result::Frame;
}

void FrameDecoder::stop(Reason reason)
{
    m_reason = reason;
    m_begin = m_end = 0;
    m_buffer = {};
}

FrameDecoder::Result FrameDecoder::fail(Reason reason)
{
    m_reason = reason;
    return Result::Failed;
}

} // namespace QtDelivery
