// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "journalpayloads.h"

#include "core/blake2b.h"
#include "journalerrors.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

namespace QtDelivery {

namespace {

constexpr qint64 CopiedAtOnce = 1 << 20;
static_assert(CopiedAtOnce % SealedPieces::PieceSize == 0);
constexpr int NumberDigits = 12;
constexpr qint64 NeverInThisSegment = std::numeric_limits<qint64>::max();

QString payloadSuffix()
{
    return QStringLiteral(".payload");
}

QString temporaryName()
{
    return QStringLiteral("payload.tmp");
}

/*! 0 if \a name is no payload's. */
qint64 payloadNumber(const QString &name)
{
    if (!name.endsWith(payloadSuffix()))
        return 0;
    const qint64 number = name.chopped(payloadSuffix().size()).toLongLong();
    return number > 0 && name == payloadFileName(number) ? number : 0;
}

/*! What the file of a payload of \a size bytes has. */
qint64 fileSizeOf(const CipherKeys *keys, qint64 size)
{
    return keys ? SealedPieces::fileSize(size) : size;
}

/*! The pieces of the payload \a what in \a file, which is at \a path. */
Result<SealedPieces> piecesOf(File &file, const QString &path, const CipherKeys &keys,
                              const SealedPayload &what)
{
    QByteArray header(SealedPieces::HeaderSize, Qt::Uninitialized);
    if (Error error = file.read(0, header.data(), header.size()))
        return error;
    return SealedPieces::open(keys, path, header, what);
}

/*! Hands the bytes of \a file to \a take, in order. */
template <typename Take> Error readAll(File &file, qint64 size, Take take)
{
    QByteArray buffer(std::min(size, CopiedAtOnce), Qt::Uninitialized);
    for (qint64 offset = 0; offset < size; offset += buffer.size()) {
        buffer.resize(std::min(size - offset, CopiedAtOnce));
        if (Error error = file.read(offset, buffer.data(), buffer.size()))
            return error;
        take(buffer);
    }
    return {};
}

/*! The same with the payload in \a file, as far as its \a pieces are as they were written. */
template <typename Take> Error readPieces(File &file, const SealedPieces &pieces, Take take)
{
    for (qint64 index = 0; pieces.lengthOf(index) > 0; ++index) {
        QByteArray piece(FileSaltSize + pieces.lengthOf(index) + PieceTagSize, Qt::Uninitialized);
        if (Error error = file.read(SealedPieces::offsetOf(index), piece.data(), piece.size()))
            return error;
        if (!pieces.open(index, &piece))
            break;
        take(piece);
    }
    return {};
}

/*! What comes into the file of \a bytes, which begin with piece \a index. */
QByteArray sealedBytes(const SealedPieces &pieces, const CipherKeys &keys, qint64 index,
                       QByteArrayView bytes)
{
    QByteArray out;
    out.reserve((bytes.size() / SealedPieces::PieceSize + 1) * SealedPieces::SealedSize);
    while (!bytes.isEmpty()) {
        const QByteArrayView piece = bytes.first(std::min(bytes.size(), SealedPieces::PieceSize));
        pieces.seal(index++, keys.newSalt(), piece, &out);
        bytes = bytes.sliced(piece.size());
    }
    return out;
}

} // namespace

QString payloadFileName(qint64 seqNr)
{
    return QStringLiteral("%1").arg(seqNr, NumberDigits, 10, QLatin1Char('0')) + payloadSuffix();
}

SealedPayload sealedPayloadOf(qint64 seqNr, qint64 size)
{
    return {payloadFileName(seqNr).toLatin1(), size};
}

Error checkPayloadKeys(FileSystem &files, const CipherKeys *keys, const std::set<qint64> &seqNrs)
{
    if (!keys)
        return {};
    for (const qint64 seqNr : seqNrs) {
        const QString name = payloadFileName(seqNr);
        const auto file = files.open(name, FileSystem::Access::Read);
        if (!file)
            continue;
        const auto pieces = piecesOf(**file, files.path(name), *keys, sealedPayloadOf(seqNr, 0));
        if (pieces.error().code() == Error::Code::AccessDenied)
            return pieces.error();
    }
    return {};
}

Error checkPayloads(FileSystem &files, const CipherKeys *keys,
                    const std::map<qint64, qint64> &sizes)
{
    if (sizes.empty())
        return {};
    const Result<QStringList> names = files.list();
    if (!names)
        return names.error();
    const std::set<QString> found(names->begin(), names->end());
    for (const auto &[seqNr, size] : sizes) {
        const QString name = payloadFileName(seqNr);
        if (!found.contains(name))
            return journalPayloadMissing(files.path(name), seqNr);
        const auto file = files.open(name, FileSystem::Access::Read);
        const Result<qint64> there = file ? (*file)->size() : Result<qint64>(file.error());
        if (!there)
            return there.error();
        const qint64 expected = fileSizeOf(keys, size);
        if (*there != expected)
            return journalDamaged(files.path(name), std::min(*there, expected));
        if (!keys)
            continue;
        const auto pieces = piecesOf(**file, files.path(name), *keys, sealedPayloadOf(seqNr, size));
        if (!pieces)
            return pieces.error();
    }
    return {};
}

Error verifyPayload(FileSystem &files, const CipherKeys *keys, const DurableMessage &message)
{
    const QString name = payloadFileName(message.seqNr);
    const auto file = files.open(name, FileSystem::Access::Read);
    if (!file)
        return file.error();
    Blake2b hash;
    const auto take = [&](const QByteArray &bytes) { hash.addData(bytes); };
    Error error;
    if (keys) {
        const auto pieces = piecesOf(**file, files.path(name), *keys,
                                     sealedPayloadOf(message.seqNr, message.fileSize));
        error = pieces ? readPieces(**file, *pieces, take) : pieces.error();
    } else {
        const Result<qint64> size = (*file)->size();
        error = size ? readAll(**file, *size, take) : size.error();
    }
    if (error)
        return error;
    return hash.result() == message.digest ? Error()
                                           : journalPayloadDamaged(files.path(name), message.seqNr);
}

Result<QByteArray> JournalPayloads::spool(qint64 seqNr, PayloadReader &reader)
{
    Result<std::unique_ptr<File>> created = m_files.create(temporaryName(), 0);
    if (!created)
        return created.error();
    std::unique_ptr<File> file = *std::move(created);
    QByteArray digest;
    Error error = copy(*file, seqNr, reader, &digest);
    if (!error)
        error = file->sync();
    file.reset();
    if (!error)
        error = m_files.rename(temporaryName(), payloadFileName(seqNr));
    if (!error)
        error = m_files.syncDirectory();
    if (error) {
        (void)m_files.remove(temporaryName()); // else when the journal is opened
        return error;
    }
    m_sizes[seqNr] = fileSizeOf(m_keys, reader.size());
    // A former message of this number may have been confirmed before it was taken back.
    std::erase_if(m_confirmed, [&](const Confirmed &one) { return one.seqNr == seqNr; });
    return digest;
}

Error JournalPayloads::copy(File &file, qint64 seqNr, PayloadReader &reader, QByteArray *digest)
{
    const qint64 size = reader.size();
    std::optional<SealedPieces> pieces;
    if (m_keys) {
        auto begun = SealedPieces::create(*m_keys, m_files.path(payloadFileName(seqNr)),
                                          sealedPayloadOf(seqNr, size));
        if (!begun)
            return begun.error();
        pieces.emplace(*std::move(begun));
        if (Error error = file.write(0, pieces->header()))
            return error;
    }
    Blake2b hash;
    QByteArray buffer(std::min(size, CopiedAtOnce), Qt::Uninitialized);
    for (qint64 offset = 0; offset < size; offset += buffer.size()) {
        buffer.resize(std::min(size - offset, CopiedAtOnce));
        if (!reader.read(offset, buffer.data(), buffer.size()))
            return journalSourceFailed(seqNr);
        const qint64 index = offset / SealedPieces::PieceSize;
        if (Error error = pieces ? file.write(SealedPieces::offsetOf(index),
                                              sealedBytes(*pieces, *m_keys, index, buffer))
                                 : file.write(offset, buffer))
            return error;
        hash.addData(buffer);
    }
    *digest = hash.result();
    return {};
}

void JournalPayloads::loaded(const std::set<qint64> &live, qint64 currentSeqNr)
{
    m_sizes.clear();
    m_confirmed.clear();
    const Result<QStringList> names = m_files.list();
    if (!names)
        return; // what is not removed now is at the next time
    for (const QString &name : *names) {
        const qint64 seqNr = payloadNumber(name);
        const bool isKept = m_keepsConfirmed && seqNr < currentSeqNr;
        if (name == temporaryName() || (seqNr > 0 && !live.contains(seqNr) && !isKept))
            (void)m_files.remove(name);
    }
    for (const qint64 seqNr : live) {
        const auto file = m_files.open(payloadFileName(seqNr), FileSystem::Access::Read);
        const Result<qint64> size = file ? (*file)->size() : Result<qint64>(file.error());
        m_sizes[seqNr] = size ? *size : 0; // what cannot be read is told by whoever has to
    }
}

void JournalPayloads::confirmed(const std::vector<qint64> &seqNrs, qint64 end)
{
    for (const qint64 seqNr : seqNrs)
        m_confirmed.push_back({seqNr, end});
}

void JournalPayloads::confirmedUnwritten(const std::vector<qint64> &seqNrs)
{
    confirmed(seqNrs, NeverInThisSegment);
}

bool JournalPayloads::waitForSync() const
{
    return std::any_of(m_confirmed.begin(), m_confirmed.end(),
                       [](const Confirmed &one) { return one.end != NeverInThisSegment; });
}

void JournalPayloads::synced(qint64 end)
{
    std::erase_if(m_confirmed, [&](const Confirmed &one) {
        if (one.end <= end)
            remove(one.seqNr);
        return one.end <= end;
    });
}

void JournalPayloads::takenBack(qint64 end)
{
    for (Confirmed &one : m_confirmed) {
        if (one.end > end)
            one.end = NeverInThisSegment;
    }
}

void JournalPayloads::segmentBegun()
{
    for (const Confirmed &one : std::exchange(m_confirmed, {}))
        remove(one.seqNr);
}

qint64 JournalPayloads::bytes() const
{
    qint64 sum = 0;
    for (const auto &[seqNr, size] : m_sizes)
        sum += size;
    return sum;
}

void JournalPayloads::remove(qint64 seqNr)
{
    if (m_keepsConfirmed)
        return;
    (void)m_files.remove(payloadFileName(seqNr)); // else when the journal is opened
    m_sizes.erase(seqNr);
}

} // namespace QtDelivery
