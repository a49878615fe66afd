// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "piececipher.h"

#include <QtDelivery/durableproducerqueue.h>

#include <QByteArrayView>

#include <optional>
#include <vector>

namespace QtDelivery {

// The bytes of a journal. Numbers are little-endian; texts are UTF-8; everything begins at a
// multiple of 8 in its file.
//
//   segment  = header, record, record …, and then anything: zeros, or what the file held before
//   header   = magic u64, version u32, length u32, checksum u64, stream id 16 bytes, number u64,
//              size u64, length of the producer's id u32, 0 u32,
//              if it is encrypted: key id 8 bytes, salt 24 bytes;
//              the producer's id
//   record   = checksum u32, length u32, synced u32, type u8, sealed u8, head check u16, body
//
// The body of a Described record: seqNr i64, size of the file i64 (0: none), the lengths of
// qualifier, context, name and digest u32, skipped u32 (1 or 0), 0 u32; these four; and the
// payload, if it is not in a file. Version 1 has no such record.
//
// A segment is encrypted from version 3 on; without encryption version 2 is written, which older
// programs can read. The header is in clear. The body of each record but a Mark, which has none, is
// encrypted, and `sealed` is 16: so many bytes of authenticator are behind it, for the body, the
// record's head from `length` on, its offset, and the segment's header but for its size. Otherwise
// `sealed` is 0. The checksum is that of the encrypted record, so it says without a key whether a
// record was written whole.
//
// A record's checksum is made with the segment's seed, so that what a file held as another segment
// is never taken for a record. `synced` says up to where (in units of 8 bytes) the segment was
// synced when the record was written: an invalid record below is damage, one above may be a torn
// write. The head check lets a search for records skip bytes that are none, whatever they say of
// their length.

constexpr quint32 JournalVersion = 3; //!< that is written if it is encrypted
constexpr quint32 PlainJournalVersion = 2; //!< that is written otherwise
constexpr quint32 OldestJournalVersion = 1; //!< that is read: it has no Described records
constexpr qint64 JournalAlignment = 8;
constexpr qint64 RecordHeaderSize = 16;
constexpr qint64 SegmentHeaderSize = 64; //!< without the producer's id
/*! No record is longer: its length fits into 32 bits with room to spare. */
constexpr qint64 MaxRecordLength = qint64(1) << 31;

[[nodiscard]] constexpr qint64 aligned(qint64 size)
{
    return (size + JournalAlignment - 1) / JournalAlignment * JournalAlignment;
}

/*! The numbers are part of the format; never reuse one. */
enum class RecordType : quint8 {
    Message = 1,
    Confirmed = 2,
    Snapshot = 3,
    QualifierDropped = 4,
    Mark = 5, //!< everything before it is synced; the next record takes its place
    Described = 6, //!< a message with a name, or with its payload in a file, or one that is skipped
};

struct SegmentHeader
{
    QUuid streamId;
    quint64 number = 0;
    qint64 size = 0; //!< of the file
    QString producerId;
    QByteArray keyId = {}; //!< KeyIdSize bytes; empty if the segment is not encrypted
    QByteArray salt = {}; //!< FileSaltSize bytes if it is

    [[nodiscard]] bool isEncrypted() const { return !keyId.isEmpty(); }
    /*! For its records: null if it is not encrypted, or there is no such key among \a keys. */
    [[nodiscard]] std::unique_ptr<PieceCipher> cipher(const CipherKeys *keys) const;
    /*! Where the first record begins. */
    [[nodiscard]] qint64 length() const;
    [[nodiscard]] quint32 seed() const;
};

[[nodiscard]] QByteArray encodeSegmentHeader(const SegmentHeader &header);
[[nodiscard]] QByteArray encodeSegmentHeader(const SegmentHeader &header, quint32 version);

enum class HeaderProblem { None, Damaged, UnknownVersion };
[[nodiscard]] HeaderProblem decodeSegmentHeader(QByteArrayView bytes, SegmentHeader *header);

/*! A segment that is still needed, and how much of it counts. */
struct SegmentExtent
{
    quint64 number = 0;
    qint64 end = 0; //!< behind the last record

    friend bool operator==(const SegmentExtent &, const SegmentExtent &) = default;
};

struct QualifierPosition
{
    QString name;
    qint64 confirmedSeqNr = 0; //!< 0 = nothing

    friend bool operator==(const QualifierPosition &, const QualifierPosition &) = default;
};

/*! Everything but the messages themselves. */
struct SnapshotRecord
{
    qint64 generation = 0;
    qint64 currentSeqNr = 1;
    qint64 highestConfirmedSeqNr = 0;
    std::vector<SegmentExtent> segments; //!< earlier ones that hold unconfirmed messages, ascending
    std::vector<QualifierPosition> qualifiers; //!< all there are
    QByteArray context;

    friend bool operator==(const SnapshotRecord &, const SnapshotRecord &) = default;
};

/*! \brief A record that was read. Views are into the segment's bytes. */
struct RecordView
{
    RecordType type = RecordType::Mark;
    qint64 offset = 0;
    qint64 length = 0; //!< without what aligns the next one
    qint64 synced = 0; //!< in bytes
    qint64 sealed = 0; //!< bytes of authenticator behind the body
    QByteArrayView body;

    /*! Behind it. */
    [[nodiscard]] qint64 end() const { return offset + aligned(length); }
};

struct MessageView
{
    qint64 seqNr = 0;
    QByteArrayView qualifier;
    QByteArrayView context;
    QByteArrayView payload; //!< empty if it lies in a file
    QByteArrayView name = {};
    qint64 fileSize = 0; //!< 0 = no file
    QByteArrayView digest = {}; //!< of the file
    bool isSkipped = false;
};

struct ConfirmedView
{
    qint64 seqNr = 0;
    QByteArrayView qualifier;
};

// What a body says; nothing if it says nothing that makes sense.
[[nodiscard]] std::optional<MessageView> decodeMessage(QByteArrayView body);
[[nodiscard]] std::optional<MessageView> decodeDescribed(QByteArrayView body);
/*! Of either kind; nothing also if \a record is no message. */
[[nodiscard]] std::optional<MessageView> decodeMessage(const RecordView &record);
[[nodiscard]] std::optional<ConfirmedView> decodeConfirmed(QByteArrayView body);
[[nodiscard]] std::optional<SnapshotRecord> decodeSnapshot(QByteArrayView body);

/*! The record at \a offset of \a segment; nothing if there is none that is valid. */
[[nodiscard]] std::optional<RecordView> readRecord(QByteArrayView segment, qint64 offset,
                                                   quint32 seed);

/*! Makes of \a record, which is at \a at, what it would be if \a cipher had not encrypted it, with
 * another checksum; false if it is not as it was written. */
[[nodiscard]] bool decryptRecord(char *at, const RecordView &record, const PieceCipher &cipher,
                                 quint32 seed);

// What a record takes in a segment that is not encrypted; in others PieceTagSize more.
[[nodiscard]] qint64 messageRecordSize(const DurableMessage &message, qsizetype qualifierSize);
[[nodiscard]] qint64 confirmedRecordSize(qsizetype qualifierSize);
[[nodiscard]] qint64 snapshotRecordSize(const SnapshotRecord &snapshot);

/*! \brief Appends records to bytes that are to be written into a segment. */
class RecordWriter
{
public:
    /*! \a base is where the first byte of \a out will be in the segment, \a synced up to where it
     * is synced. Bodies are encrypted by \a cipher if there is one. */
    RecordWriter(QByteArray &out, quint32 seed, qint64 base, qint64 synced,
                 const PieceCipher *cipher = nullptr)
        : m_out(out)
        , m_seed(seed)
        , m_base(base)
        , m_synced(synced)
        , m_cipher(cipher)
    { }

    /*! As a Described record if need be. */
    void writeMessage(const DurableMessage &message, QByteArrayView qualifier);
    void writeConfirmed(qint64 seqNr, QByteArrayView qualifier);
    void writeSnapshot(const SnapshotRecord &snapshot);
    void writeQualifierDropped(QByteArrayView qualifier);
    /*! Never encrypted: the next record takes its place. */
    void writeMark();
    /*! Any record, with its \a body as it is. */
    void writeBody(RecordType type, QByteArrayView body);

    /*! Where the next record will be in the segment. */
    [[nodiscard]] qint64 end() const { return m_base + m_out.size(); }

private:
    void writeDescribed(const DurableMessage &message, QByteArrayView qualifier);
    [[nodiscard]] char *begin(qint64 length);
    void finish(RecordType type, qint64 plainLength);
    [[nodiscard]] qint64 sealSize() const { return m_cipher ? PieceTagSize : 0; }

    QByteArray &m_out;
    const quint32 m_seed;
    const qint64 m_base;
    const qint64 m_synced;
    const PieceCipher *const m_cipher;
};

} // namespace QtDelivery
