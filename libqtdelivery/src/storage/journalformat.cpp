// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "journalformat.h"

#include "core/xxh3.h"

#include <QtEndian>

#include <concepts>
#include <cstring>

namespace QtDelivery {

namespace {

constexpr char Magic[] = {'Q', 't', 'D', 'l', 'v', 'J', 'n', 'l'};
constexpr qint64 MessageHeadSize = 16;
constexpr qint64 DescribedHeadSize = 40;
constexpr qint64 SnapshotHeadSize = 40;
constexpr qint64 ExtentSize = 16;
constexpr qint64 QualifierHeadSize = 12;

/*! Puts one field behind the other. */
class Fields
{
public:
    explicit Fields(char *at)
        : m_at(at)
    { }

    template <std::integral T> Fields &put(T value)
    {
        qToLittleEndian(value, m_at);
        m_at += sizeof(T);
        return *this;
    }
    Fields &put(QByteArrayView bytes)
    {
        if (!bytes.isEmpty())
            std::memcpy(m_at, bytes.data(), size_t(bytes.size()));
        m_at += bytes.size();
        return *this;
    }

private:
    char *m_at;
};

/*! Takes one field after the other; what is not there is 0 or empty, and isValid() is false then.
 */
class Parser
{
public:
    explicit Parser(QByteArrayView bytes)
        : m_bytes(bytes)
    { }

    template <typename T> T take()
    {
        const QByteArrayView bytes = take(qint64(sizeof(T)));
        return bytes.isEmpty() ? T(0) : qFromLittleEndian<T>(bytes.data());
    }
    QByteArrayView take(qint64 size)
    {
        if (size > m_bytes.size()) {
            m_valid = false;
            return {};
        }
        const QByteArrayView bytes = m_bytes.first(size);
        m_bytes = m_bytes.sliced(size);
        return bytes;
    }
    [[nodiscard]] QByteArrayView rest() const { return m_bytes; }
    [[nodiscard]] bool isValid() const { return m_valid; }

private:
    QByteArrayView m_bytes;
    bool m_valid = true;
};

quint64 headerChecksum(QByteArrayView header)
{
    // The version is in it: what is read before the checksum was compared must not be believed.
    return xxh3(header.first(16)) ^ xxh3(header.sliced(24));
}

/*! Of a record's head, what is authenticated: all but the checksum. */
QByteArrayView authenticatedHead(const char *record)
{
    return {record + 4, RecordHeaderSize - 4};
}

quint32 recordChecksum(QByteArrayView record, quint32 seed)
{
    return quint32(xxh3(record.sliced(4))) ^ seed;
}

/*! Of length, synced, type; and of the place, so that a copy elsewhere is no record. */
quint16 headCheck(const char *record, qint64 offset, quint32 seed)
{
    constexpr quint64 odd = 0x9e3779b97f4a7c15;
    const auto length = qFromLittleEndian<quint32>(record + 4);
    const auto synced = qFromLittleEndian<quint32>(record + 8);
    quint64 sum = (quint64(length) << 32 | synced) * odd;
    sum = (sum ^ (sum >> 29) ^ quint64(offset) ^ (quint64(quint8(record[12])) << 56)) * odd;
    return quint16((sum ^ seed) >> 40) ^ quint16(sum >> 24) ^ quint16(seed);
}

/*! It needs no Described record. */
bool isPlain(const DurableMessage &message)
{
    return message.name.isEmpty() && message.fileSize == 0 && !message.isSkipped;
}

} // namespace

qint64 SegmentHeader::length() const
{
    return aligned(SegmentHeaderSize + keyId.size() + salt.size() + producerId.toUtf8().size());
}

std::unique_ptr<PieceCipher> SegmentHeader::cipher(const CipherKeys *keys) const
{
    if (!keys || !isEncrypted())
        return nullptr;
    SegmentHeader known = *this;
    known.size = 0; // it turns out when the first records have been encrypted
    return keys->cipher(keyId, encodeSegmentHeader(known));
}

quint32 SegmentHeader::seed() const
{
    // Different for each two segments of a stream, and unlike for those of others.
    const QByteArray id = streamId.toRfc4122();
    return quint32(xxh3(id)) ^ (quint32(number) * 0x9e3779b1U);
}

QByteArray encodeSegmentHeader(const SegmentHeader &header)
{
    return encodeSegmentHeader(header, header.isEncrypted() ? JournalVersion : PlainJournalVersion);
}

QByteArray encodeSegmentHeader(const SegmentHeader &header, quint32 version)
{
    const QByteArray producerId = header.producerId.toUtf8();
    QByteArray bytes(header.length(), '\0');
    Fields(bytes.data())
        .put(QByteArrayView(Magic, sizeof(Magic)))
        .put(version)
        .put(quint32(bytes.size()))
        .put(quint64(0))
        .put(header.streamId.toRfc4122())
        .put(header.number)
        .put(quint64(header.size))
        .put(quint32(producerId.size()))
        .put(quint32(0))
        .put(header.keyId)
        .put(header.salt)
        .put(producerId);
    qToLittleEndian(headerChecksum(bytes), bytes.data() + 16);
    return bytes;
}

HeaderProblem decodeSegmentHeader(QByteArrayView bytes, SegmentHeader *header)
{
    Parser parser(bytes);
    const QByteArrayView magic = parser.take(sizeof(Magic));
    const auto version = parser.take<quint32>();
    const auto length = parser.take<quint32>();
    const auto checksum = parser.take<quint64>();
    if (!parser.isValid() || magic != QByteArrayView(Magic, sizeof(Magic))
        || length < SegmentHeaderSize || length > bytes.size()
        || checksum != headerChecksum(bytes.first(length)))
        return HeaderProblem::Damaged;
    // These five fields are the same in every version.
    if (version < OldestJournalVersion || version > JournalVersion)
        return HeaderProblem::UnknownVersion;
    header->streamId = QUuid::fromRfc4122(parser.take(16));
    header->number = parser.take<quint64>();
    header->size = qint64(parser.take<quint64>());
    const auto idSize = parser.take<quint32>();
    (void)parser.take<quint32>();
    const bool isEncrypted = version > PlainJournalVersion;
    header->keyId = isEncrypted ? parser.take(KeyIdSize).toByteArray() : QByteArray();
    header->salt = isEncrypted ? parser.take(FileSaltSize).toByteArray() : QByteArray();
    header->producerId = QString::fromUtf8(parser.take(idSize));
    if (!parser.isValid() || header->size < 0 || header->length() != length)
        return HeaderProblem::Damaged;
    return HeaderProblem::None;
}

std::optional<MessageView> decodeMessage(QByteArrayView body)
{
    Parser parser(body);
    MessageView message;
    message.seqNr = parser.take<qint64>();
    const auto qualifierSize = parser.take<quint32>();
    const auto contextSize = parser.take<quint32>();
    message.qualifier = parser.take(qualifierSize);
    message.context = parser.take(contextSize);
    message.payload = parser.rest();
    if (!parser.isValid() || message.seqNr < 1)
        return std::nullopt;
    return message;
}

std::optional<MessageView> decodeDescribed(QByteArrayView body)
{
    Parser parser(body);
    MessageView message;
    message.seqNr = parser.take<qint64>();
    message.fileSize = parser.take<qint64>();
    const auto qualifierSize = parser.take<quint32>();
    const auto contextSize = parser.take<quint32>();
    const auto nameSize = parser.take<quint32>();
    const auto digestSize = parser.take<quint32>();
    const auto skipped = parser.take<quint32>();
    (void)parser.take<quint32>();
    message.qualifier = parser.take(qualifierSize);
    message.context = parser.take(contextSize);
    message.name = parser.take(nameSize);
    message.digest = parser.take(digestSize);
    message.payload = parser.rest();
    message.isSkipped = skipped == 1;
    const bool isInFile = message.fileSize > 0;
    const bool hasTwo = (isInFile || message.isSkipped) && !message.payload.isEmpty();
    if (!parser.isValid() || message.seqNr < 1 || message.fileSize < 0 || skipped > 1 || hasTwo
        || (isInFile && message.isSkipped))
        return std::nullopt;
    return message;
}

std::optional<MessageView> decodeMessage(const RecordView &record)
{
    if (record.type == RecordType::Message)
        return decodeMessage(record.body);
    return record.type == RecordType::Described ? decodeDescribed(record.body) : std::nullopt;
}

std::optional<ConfirmedView> decodeConfirmed(QByteArrayView body)
{
    Parser parser(body);
    ConfirmedView confirmed;
    confirmed.seqNr = parser.take<qint64>();
    confirmed.qualifier = parser.rest();
    if (!parser.isValid() || confirmed.seqNr < 1)
        return std::nullopt;
    return confirmed;
}

std::optional<SnapshotRecord> decodeSnapshot(QByteArrayView body)
{
    Parser parser(body);
    SnapshotRecord snapshot;
    snapshot.generation = parser.take<qint64>();
    snapshot.currentSeqNr = parser.take<qint64>();
    snapshot.highestConfirmedSeqNr = parser.take<qint64>();
    const auto segments = parser.take<quint32>();
    const auto qualifiers = parser.take<quint32>();
    const auto contextSize = parser.take<quint32>();
    (void)parser.take<quint32>();
    for (quint32 i = 0; i < segments && parser.isValid(); ++i) {
        const auto number = parser.take<quint64>();
        snapshot.segments.push_back({number, parser.take<qint64>()});
    }
    for (quint32 i = 0; i < qualifiers && parser.isValid(); ++i) {
        const auto confirmed = parser.take<qint64>();
        const auto size = parser.take<quint32>();
        snapshot.qualifiers.push_back({QString::fromUtf8(parser.take(size)), confirmed});
    }
    snapshot.context = parser.take(contextSize).toByteArray();
    if (!parser.isValid() || snapshot.currentSeqNr < 1)
        return std::nullopt;
    return snapshot;
}

std::optional<RecordView> readRecord(QByteArrayView segment, qint64 offset, quint32 seed)
{
    if (offset < 0 || offset + RecordHeaderSize > segment.size())
        return std::nullopt;
    const char *at = segment.data() + offset;
    const qint64 length = qFromLittleEndian<quint32>(at + 4);
    const qint64 sealed = quint8(at[13]);
    if (length < RecordHeaderSize + sealed || length > segment.size() - offset
        || qFromLittleEndian<quint16>(at + 14) != headCheck(at, offset, seed))
        return std::nullopt;
    const QByteArrayView bytes = segment.sliced(offset, length);
    if (qFromLittleEndian<quint32>(at) != recordChecksum(bytes, seed))
        return std::nullopt;
    RecordView record;
    record.type = RecordType(at[12]);
    record.offset = offset;
    record.length = length;
    record.synced = qint64(qFromLittleEndian<quint32>(at + 8)) * JournalAlignment;
    record.sealed = sealed;
    record.body = bytes.sliced(RecordHeaderSize).chopped(sealed);
    return record;
}

bool decryptRecord(char *at, const RecordView &record, const PieceCipher &cipher, quint32 seed)
{
    if (record.sealed != PieceTagSize
        || !cipher.open(quint64(record.offset), authenticatedHead(at), at + RecordHeaderSize,
                        record.body.size()))
        return false;
    qToLittleEndian(recordChecksum(QByteArrayView(at, record.length), seed), at);
    return true;
}

qint64 messageRecordSize(const DurableMessage &message, qsizetype qualifierSize)
{
    const qint64 head = isPlain(message)
        ? MessageHeadSize
        : DescribedHeadSize + message.name.toUtf8().size() + message.digest.size();
    return aligned(RecordHeaderSize + head + qualifierSize + message.context.size()
                   + message.payload.size());
}

qint64 confirmedRecordSize(qsizetype qualifierSize)
{
    return aligned(RecordHeaderSize + qint64(sizeof(qint64)) + qualifierSize);
}

qint64 snapshotRecordSize(const SnapshotRecord &snapshot)
{
    qint64 size = RecordHeaderSize + SnapshotHeadSize
        + ExtentSize * qint64(snapshot.segments.size()) + snapshot.context.size();
    for (const QualifierPosition &qualifier : snapshot.qualifiers)
        size += QualifierHeadSize + qualifier.name.toUtf8().size();
    return aligned(size);
}

void RecordWriter::writeMessage(const DurableMessage &message, QByteArrayView qualifier)
{
    if (!isPlain(message)) {
        writeDescribed(message, qualifier);
        return;
    }
    const qint64 length = RecordHeaderSize + MessageHeadSize + qualifier.size()
        + message.context.size() + message.payload.size();
    Fields(begin(length))
        .put(message.seqNr)
        .put(quint32(qualifier.size()))
        .put(quint32(message.context.size()))
        .put(qualifier)
        .put(message.context)
        .put(message.payload);
    finish(RecordType::Message, length);
}

void RecordWriter::writeDescribed(const DurableMessage &message, QByteArrayView qualifier)
{
    const QByteArray name = message.name.toUtf8();
    const qint64 length = RecordHeaderSize + DescribedHeadSize + qualifier.size()
        + message.context.size() + name.size() + message.digest.size() + message.payload.size();
    Fields(begin(length))
        .put(message.seqNr)
        .put(message.fileSize)
        .put(quint32(qualifier.size()))
        .put(quint32(message.context.size()))
        .put(quint32(name.size()))
        .put(quint32(message.digest.size()))
        .put(quint32(message.isSkipped ? 1 : 0))
        .put(quint32(0))
        .put(qualifier)
        .put(message.context)
        .put(name)
        .put(message.digest)
        .put(message.payload);
    finish(RecordType::Described, length);
}

void RecordWriter::writeConfirmed(qint64 seqNr, QByteArrayView qualifier)
{
    const qint64 length = RecordHeaderSize + qint64(sizeof(seqNr)) + qualifier.size();
    Fields(begin(length)).put(seqNr).put(qualifier);
    finish(RecordType::Confirmed, length);
}

void RecordWriter::writeSnapshot(const SnapshotRecord &snapshot)
{
    QByteArray body(snapshotRecordSize(snapshot), '\0');
    Fields fields(body.data());
    fields.put(snapshot.generation)
        .put(snapshot.currentSeqNr)
        .put(snapshot.highestConfirmedSeqNr)
        .put(quint32(snapshot.segments.size()))
        .put(quint32(snapshot.qualifiers.size()))
        .put(quint32(snapshot.context.size()))
        .put(quint32(0));
    for (const SegmentExtent &segment : snapshot.segments)
        fields.put(segment.number).put(segment.end);
    for (const QualifierPosition &qualifier : snapshot.qualifiers) {
        const QByteArray name = qualifier.name.toUtf8();
        fields.put(qualifier.confirmedSeqNr).put(quint32(name.size())).put(name);
    }
    fields.put(snapshot.context);
    writeBody(RecordType::Snapshot, QByteArrayView(body).chopped(RecordHeaderSize));
}

void RecordWriter::writeQualifierDropped(QByteArrayView qualifier)
{
    writeBody(RecordType::QualifierDropped, qualifier);
}

void RecordWriter::writeMark()
{
    writeBody(RecordType::Mark, {});
}

void RecordWriter::writeBody(RecordType type, QByteArrayView body)
{
    const qint64 length = RecordHeaderSize + body.size();
    Fields(begin(length)).put(body);
    finish(type, length);
}

char *RecordWriter::begin(qint64 length)
{
    const qsizetype at = m_out.size();
    m_out.resize(at + aligned(length + sealSize()));
    return m_out.data() + at + RecordHeaderSize;
}

void RecordWriter::finish(RecordType type, qint64 plainLength)
{
    const qint64 length = plainLength + sealSize();
    const qint64 padded = aligned(length);
    const qsizetype at = m_out.size() - padded;
    char *record = m_out.data() + at;
    std::memset(record + length, 0, size_t(padded - length));
    Fields(record)
        .put(quint32(0))
        .put(quint32(length))
        .put(quint32(m_synced / JournalAlignment))
        .put(quint8(type))
        .put(quint8(sealSize()))
        .put(quint16(0));
    qToLittleEndian(headCheck(record, m_base + at, m_seed), record + 14);
    if (m_cipher)
        m_cipher->seal(quint64(m_base + at), authenticatedHead(record), record + RecordHeaderSize,
                       plainLength - RecordHeaderSize);
    qToLittleEndian(recordChecksum(QByteArrayView(record, length), m_seed), record);
}

} // namespace QtDelivery
