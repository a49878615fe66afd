// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

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
//              size u64, length of the producer's id u32, 0 u32, the producer's id
//   record   = checksum u32, length u32, synced u32, type u8, 0 u8, head check u16, body
//
// The body of a Described record: seqNr i64, size of the file i64 (0: none), the lengths of
// qualifier, context, name and digest u32, skipped u32 (1 or 0), 0 u32; these four; and the
// payload, if it is not in a file. Version 1 has no such record.
//
// A record's checksum is made with the segment's seed, so that what a file held as another segment
// is never taken for a record. `synced` says up to where (in units of 8 bytes) the segment was
// synced when the record was written: an invalid record below is damage, one above may be a torn
// write. The head check lets a search for records skip bytes that are none, whatever they say of
// their length.

constexpr quint32 JournalVersion = 2; //!< that is written
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

    /*! Where the first record begins. */
    [[nodiscard]] qint64 length() const;
    [[nodiscard]] quint32 seed() const;
};

[[nodiscard]] QByteArray encodeSegmentHeader(const SegmentHeader &header,
                                             quint32 version = JournalVersion);

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

// What a record takes in a segment.
[[nodiscard]] qint64 messageRecordSize(const DurableMessage &message, qsizetype qualifierSize);
[[nodiscard]] qint64 confirmedRecordSize(qsizetype qualifierSize);
[[nodiscard]] qint64 snapshotRecordSize(const SnapshotRecord &snapshot);

/*! \brief Appends records to bytes that are to be written into a segment. */
class RecordWriter
{
public:
    /*! \a base is where the first byte of \a out will be in the segment, \a synced up to where it
     * is synced. */
    RecordWriter(QByteArray &out, quint32 seed, qint64 base, qint64 synced)
        : m_out(out)
        , m_seed(seed)
        , m_base(base)
        , m_synced(synced)
    { }

    /*! As a Described record if need be. */
    void writeMessage(const DurableMessage &message, QByteArrayView qualifier);
    void writeConfirmed(qint64 seqNr, QByteArrayView qualifier);
    void writeSnapshot(const SnapshotRecord &snapshot);
    void writeQualifierDropped(QByteArrayView qualifier);
    void writeMark();
    /*! Any record, with its \a body as it is. */
    void writeBody(RecordType type, QByteArrayView body);

    /*! Where the next record will be in the segment. */
    [[nodiscard]] qint64 end() const { return m_base + m_out.size(); }

private:
    void writeDescribed(const DurableMessage &message, QByteArrayView qualifier);
    [[nodiscard]] char *begin(qint64 length);
    void finish(RecordType type, qint64 length);

    QByteArray &m_out;
    const quint32 m_seed;
    const qint64 m_base;
    const qint64 m_synced;
};

} // namespace QtDelivery
