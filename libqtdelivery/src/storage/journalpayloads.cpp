// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "journalpayloads.h"

#include "core/blake2b.h"
#include "journalerrors.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace QtDelivery {

namespace {

constexpr qint64 CopiedAtOnce = 1 << 20;
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

} // namespace

QString payloadFileName(qint64 seqNr)
{
    return QStringLiteral("%1").arg(seqNr, NumberDigits, 10, QLatin1Char('0')) + payloadSuffix();
}

Error checkPayloads(FileSystem &files, const std::map<qint64, qint64> &sizes)
{
    if (sizes.empty())
        return {};
    const Result<QStringList> names = files.list();
    if (!names)
        return names.error();
    const std::set<QString> found(names->begin(), names->end());
    for (const auto &[seqNr, expected] : sizes) {
        const QString name = payloadFileName(seqNr);
        if (!found.contains(name))
            return journalPayloadMissing(files.path(name), seqNr);
        const auto file = files.open(name, FileSystem::Access::Read);
        const Result<qint64> size = file ? (*file)->size() : Result<qint64>(file.error());
        if (!size)
            return size.error();
        if (*size != expected)
            return journalDamaged(files.path(name), std::min(*size, expected));
    }
    return {};
}

Error verifyPayload(FileSystem &files, qint64 seqNr, const QByteArray &digest)
{
    const QString name = payloadFileName(seqNr);
    const auto file = files.open(name, FileSystem::Access::Read);
    const Result<qint64> size = file ? (*file)->size() : Result<qint64>(file.error());
    if (!size)
        return size.error();
    Blake2b hash;
    if (Error error = readAll(**file, *size, [&](const QByteArray &bytes) { hash.addData(bytes); }))
        return error;
    return hash.result() == digest ? Error() : journalPayloadDamaged(files.path(name), seqNr);
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
    m_sizes[seqNr] = reader.size();
    // A former message of this number may have been confirmed before it was taken back.
    std::erase_if(m_confirmed, [&](const Confirmed &one) { return one.seqNr == seqNr; });
    return digest;
}

Error JournalPayloads::copy(File &file, qint64 seqNr, PayloadReader &reader, QByteArray *digest)
{
    const qint64 size = reader.size();
    Blake2b hash;
    QByteArray buffer(std::min(size, CopiedAtOnce), Qt::Uninitialized);
    for (qint64 offset = 0; offset < size; offset += buffer.size()) {
        buffer.resize(std::min(size - offset, CopiedAtOnce));
        if (!reader.read(offset, buffer.data(), buffer.size()))
            return journalSourceFailed(seqNr);
        if (Error error = file.write(offset, buffer))
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
