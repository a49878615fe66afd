// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "payloadpacker.h"
#include "types.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <variant>

// The frames of the wire protocol as values. doc/protocol.md describes the bytes, field by field;
// tests/core/goldenframes.h holds golden bytes of each. A frame on the wire is
//
//     checksum u32 | length u32 | type u8 | flags u8 | optionalLength u16 | channel u32 |  fixed
//     fields | optional fields | payload
//
// little-endian throughout. `length` counts everything after the 16-byte header. `checksum` is the
// low half of XXH3-64 over all bytes after itself. Optional fields are (tag u16, length u16, bytes)
// and skipped when unknown.

namespace QtDelivery {

constexpr qsizetype FrameHeaderSize = 16;
constexpr quint8 ProtocolVersionMin = 1;
constexpr quint8 ProtocolVersionMax = 1;
constexpr qsizetype MaxIdBytes =
    255; //!< a node, producer or consumer id: 1 to 255 bytes of UTF-8, no control characters
constexpr qsizetype MaxReasonTextBytes = 255;
constexpr quint32 MaxHelloLength =
    1024; //!< before the handshake nothing longer than this is accepted
constexpr qsizetype MessageFrameOverhead = FrameHeaderSize + 8;
constexpr quint32 HelloMagic = 0x4c445451; //!< first field of a Hello: "QTDL" on the wire
constexpr quint8 HelloInitiatorFlag = 0x01; //!< HelloFrame::initiator in the header's flags
constexpr quint8 AttachSupportResendFlag = 0x01; //!< AttachFrame::supportResend, likewise
constexpr qsizetype MaxNameBytes = 255; //!< of a message: the same rule as for an id
constexpr qsizetype NameOverhead = 4 + MaxNameBytes;
constexpr qsizetype RangeFrameOverhead =
    FrameHeaderSize + 24 + 36 + NameOverhead; //!< with a digest and a name
constexpr quint64 PackedPayloadsFeature = 0x01; //!< HelloFrame::features: packed payloads are taken
constexpr qsizetype NonceSize = 32; //!< of a Hello: random, never used again
constexpr qsizetype ProofSize = 32; //!< HMAC-SHA-256
constexpr qsizetype DigestSize = 32; //!< BLAKE2b-256

enum class FrameType : quint8 {
    Hello = 1,
    Close = 2,
    Ping = 3,
    Pong = 4,
    Offer = 5,
    Withdraw = 6,
    Invite = 7,
    Proof = 8,
    Attach = 16,
    Attached = 17,
    Message = 18,
    Request = 19,
    Resend = 20,
    Sent = 21,
    Detach = 22,
    Range = 23,
    Skip = 24,
};

/*! Tags of optional fields, which are there only if they say something. */
enum class OptionalField : quint16 {
    Offset = 1, //!< u64: of Attach, Resend and Sent
    MaxRangedSize = 2, //!< u64: of Attach
    Digest = 3, //!< 32 bytes: of Range
    Name = 4, //!< 1 to 255 bytes: of Message and Range
    Nonce = 5, //!< 32 bytes: of Hello
    SecretName = 6, //!< 1 to 255 bytes: of Hello
    UnpackedSize = 7, //!< u64: of Message and Range, whose payload is packed then
};

enum class OfferKind : quint8 { Producer = 0, Consumer = 1 };

// ---- frames of the link: channel 0

/*! First frame of each side. Both send it at once; the link is up when both have arrived and agree.
 */
struct HelloFrame
{
    quint8 versionMin = ProtocolVersionMin;
    quint8 versionMax = ProtocolVersionMax;
    bool initiator = false; //!< the sender opened the connection
    quint64 features = 0; //!< bit set; what both have is in force
    Incarnation node; //!< of the sending node, random
    quint64 connectionNumber =
        0; //!< the initiator's own count of connections, 0 from the accepting side
    quint32 maxFrameLength = 0; //!< the longest `length` this side accepts
    QString nodeId; //!< the application's name for the node; may be empty
    QByteArray nonce = {}; //!< there if the sender has a shared secret and wants it proved
    QString secretName = {}; //!< the initiator's: which secret it is

    friend bool operator==(const HelloFrame &, const HelloFrame &) = default;
};

/*! Last frame of a link. */
struct CloseFrame
{
    Reason reason = Reason::None;
    QString text; //!< for the other side's log

    friend bool operator==(const CloseFrame &, const CloseFrame &) = default;
};

/*! "I have the secret": only between the Hellos and everything else, see linkproof.h. */
struct ProofFrame
{
    QByteArray mac;

    friend bool operator==(const ProofFrame &, const ProofFrame &) = default;
};

struct PingFrame
{
    quint64 token = 0;

    friend bool operator==(const PingFrame &, const PingFrame &) = default;
};

struct PongFrame
{
    quint64 token = 0; //!< of the Ping that it answers

    friend bool operator==(const PongFrame &, const PongFrame &) = default;
};

/*! "A controller with this id can be reached here." Repeated with another incarnation it replaces
 * the earlier one. */
struct OfferFrame
{
    OfferKind kind = OfferKind::Producer;
    Incarnation incarnation;
    QString id;

    friend bool operator==(const OfferFrame &, const OfferFrame &) = default;
};

/*! Takes back an Offer. */
struct WithdrawFrame
{
    OfferKind kind = OfferKind::Producer;
    QString id;

    friend bool operator==(const WithdrawFrame &, const WithdrawFrame &) = default;
};

/*! Producer's side: "your consumer may attach to my producer." */
struct InviteFrame
{
    QString producerId;
    QString consumerId;

    friend bool operator==(const InviteFrame &, const InviteFrame &) = default;
};

// ---- frames of one flow: channel > 0

/*! Consumer to producer: open a channel, or repeat that wish. */
struct AttachFrame
{
    Incarnation consumer; //!< incarnation of the sending controller
    Incarnation producer; //!< of the producer that the numbers below belong to; null = this
                          //!< consumer has nothing
    quint64 epoch =
        0; //!< of the attachment that is resumed; 0 = a new registration, which wins over any other
    SeqNr confirmedSeqNr = 0;
    SeqNr receivedSeqNr = 0;
    SeqNr requestUpToSeqNr =
        0; //!< with a null or foreign `producer`: how many messages beyond the first
    quint64 requestUpToBytes = 0;
    quint64 maxMessageSize = 0;
    bool supportResend = true; //!< false = only flow control: gaps are accepted
    quint64 offset = 0; //!< so many bytes of message receivedSeqNr + 1 have arrived
    quint64 maxRangedSize = 0; //!< the longest message that may come in ranges; 0 = none may
    QString producerId;
    QString consumerId;

    friend bool operator==(const AttachFrame &, const AttachFrame &) = default;
};

/*! Producer to consumer: the channel is open. */
struct AttachedFrame
{
    Incarnation producer;
    quint64 epoch = 0;
    SeqNr firstSeqNr = 0; //!< the next Message carries this number; everything before it is settled

    friend bool operator==(const AttachedFrame &, const AttachedFrame &) = default;
};

/*! Producer to consumer: one message. */
struct MessageFrame
{
    SeqNr seqNr = 0;
    QByteArrayView payload; //!< from a decoder: valid until the decoder is touched again
    QByteArrayView name{}; //!< UTF-8, what the application calls it; mostly empty

    friend bool operator==(const MessageFrame &a, const MessageFrame &b)
    {
        return a.seqNr == b.seqNr && a.payload == b.payload && a.name == b.name;
    }
};

/*! Producer to consumer: some consecutive bytes of one message, which is too long for one frame. */
struct RangeFrame
{
    SeqNr seqNr = 0;
    quint64 offset = 0; //!< of the first byte in the message
    quint64 totalSize = 0; //!< of the message; the same in all its ranges
    QByteArrayView digest; //!< BLAKE2b-256 of the message: with its last range, else empty
    QByteArrayView payload; //!< at least one byte; valid as long as MessageFrame's
    QByteArrayView name{}; //!< as MessageFrame's: with its last range, else empty

    friend bool operator==(const RangeFrame &a, const RangeFrame &b)
    {
        return a.seqNr == b.seqNr && a.offset == b.offset && a.totalSize == b.totalSize
            && a.digest == b.digest && a.payload == b.payload && a.name == b.name;
    }
};

/*! Producer to consumer: this number was given to a message that will never arrive. */
struct SkipFrame
{
    SeqNr seqNr = 0;

    friend bool operator==(const SkipFrame &, const SkipFrame &) = default;
};

/*! Consumer to producer: its whole state; confirms, grants, and tells what has arrived. */
struct RequestFrame
{
    SeqNr confirmedSeqNr = 0;
    SeqNr receivedSeqNr = 0;
    SeqNr requestUpToSeqNr = 0;
    quint64 requestUpToBytes = 0;

    friend bool operator==(const RequestFrame &, const RequestFrame &) = default;
};

/*! Consumer to producer: these numbers, both included, did not arrive. */
struct ResendFrame
{
    SeqNr fromSeqNr = 0;
    SeqNr toSeqNr = 0;
    quint64 offset = 0; //!< of fromSeqNr's first byte that is missing

    friend bool operator==(const ResendFrame &, const ResendFrame &) = default;
};

/*! Producer to consumer: "I have transmitted everything up to here"; asks for a Request, and for
 * Resends if that is news. */
struct SentFrame
{
    SeqNr sentSeqNr = 0;
    quint64 offset = 0; //!< so many bytes of the message behind it are transmitted as well

    friend bool operator==(const SentFrame &, const SentFrame &) = default;
};

/*! Either side: this channel has ended. */
struct DetachFrame
{
    Reason reason = Reason::Stopped;

    friend bool operator==(const DetachFrame &, const DetachFrame &) = default;
};

using Frame =
    std::variant<std::monostate, HelloFrame, CloseFrame, PingFrame, PongFrame, OfferFrame,
                 WithdrawFrame, InviteFrame, AttachFrame, AttachedFrame, MessageFrame, RequestFrame,
                 ResendFrame, SentFrame, DetachFrame, RangeFrame, SkipFrame, ProofFrame>;

/*! 1 to 255 bytes of UTF-8 without control characters. Ids are compared byte for byte, never
 * normalised. */
[[nodiscard]] bool isValidId(QStringView id);

/*! The checksum that belongs into \a frame, one whole frame from its header on: the low half of
 * XXH3-64 over everything behind the checksum field. */
[[nodiscard]] quint32 frameChecksum(QByteArrayView frame);

/*! \brief Appends frames, complete with header and checksum, to one byte array.

    Machines write straight into the link's output through this; there is no copy between. Ids and
   texts must be within their limits: the caller has checked them. */
class FrameWriter
{
public:
    /*! \a output must outlive the writer and is only appended to. */
    explicit FrameWriter(QByteArray &output)
        : m_output(output)
    { }

    void write(const HelloFrame &frame);
    void write(const CloseFrame &frame);
    void write(const PingFrame &frame);
    void write(const PongFrame &frame);
    void write(const OfferFrame &frame);
    void write(const WithdrawFrame &frame);
    void write(const InviteFrame &frame);
    void write(const ProofFrame &frame);

    void write(ChannelNr channel, const AttachFrame &frame);
    void write(ChannelNr channel, const AttachedFrame &frame);
    void write(ChannelNr channel, const MessageFrame &frame);
    void write(ChannelNr channel, const RequestFrame &frame);
    void write(ChannelNr channel, const ResendFrame &frame);
    void write(ChannelNr channel, const SentFrame &frame);
    void write(ChannelNr channel, const DetachFrame &frame);
    void write(ChannelNr channel, const RangeFrame &frame);
    void write(ChannelNr channel, const SkipFrame &frame);

    /*! The payloads of the frames that follow are packed, if that is worth it and the peer takes
     * it; null: they are not. */
    void setPacker(PayloadPacker *packer) { m_packer = packer; }
    /*! Whether the peer takes packed payloads; by default it does not. */
    void setPeerUnpacks(bool unpacks) { m_peerUnpacks = unpacks; }

    /*! Bytes in the output so far, including what was there before this writer. */
    [[nodiscard]] qsizetype size() const { return m_output.size(); }

private:
    /*! What is written for a payload. */
    struct Content
    {
        QByteArrayView bytes;
        quint64 unpackedSize = 0; //!< 0 = as it is
    };
    [[nodiscard]] Content contentFor(QByteArrayView payload);

    QByteArray &m_output;
    PayloadPacker *m_packer = nullptr;
    bool m_peerUnpacks = false;
};

} // namespace QtDelivery
