// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "segmentstore.h"

#include "journalerrors.h"
#include "keyerrors.h"

#include <algorithm>

namespace QtDelivery {

namespace {

constexpr int NumberDigits = 12;
// A longer file cannot be a segment: it would hold more than one record of the longest kind.
constexpr qint64 MaxSegmentSize = 2 * MaxRecordLength;

QString segmentSuffix()
{
    return QStringLiteral(".journal");
}

/*! All records up to the first that is not valid: what is behind it only has to be recognised. One
    that was written whole, and cannot be decrypted, was changed. */
Error decrypt(const SegmentHeader &header, const CipherKeys *keys, const QString &path,
              QByteArray *bytes)
{
    if (!header.isEncrypted())
        return keys ? journalNotEncrypted(path) : Error();
    const std::unique_ptr<PieceCipher> cipher = header.cipher(keys);
    if (!cipher)
        return noCipher(keys, path, header.keyId);
    char *const data = bytes->data();
    qint64 offset = header.length();
    while (const auto record = readRecord(*bytes, offset, header.seed())) {
        if (record->type == RecordType::Mark)
            break;
        if (!decryptRecord(data + offset, *record, *cipher, header.seed()))
            return journalDamaged(path, offset);
        offset = record->end();
    }
    return {};
}

} // namespace

QString segmentFileName(quint64 number)
{
    return QStringLiteral("%1").arg(number, NumberDigits, 10, QLatin1Char('0')) + segmentSuffix();
}

quint64 segmentNumber(const QString &name)
{
    if (!name.endsWith(segmentSuffix()))
        return 0;
    const quint64 number = name.chopped(segmentSuffix().size()).toULongLong();
    return name == segmentFileName(number) ? number : 0; // one name for each number
}

QString nextSegmentFileName()
{
    return QStringLiteral("next.tmp");
}

QString lockFileName()
{
    return QStringLiteral("lock");
}

Error readSegment(FileSystem &files, const CipherKeys *keys, quint64 number, QByteArray *bytes,
                  SegmentHeader *header)
{
    const QString name = segmentFileName(number);
    Result<std::unique_ptr<File>> opened = files.open(name, FileSystem::Access::Read);
    if (!opened)
        return opened.error();
    const std::unique_ptr<File> file = *std::move(opened);
    const Result<qint64> size = file->size();
    if (!size)
        return size.error();
    if (*size < SegmentHeaderSize || *size > MaxSegmentSize)
        return journalDamaged(files.path(name), std::min(*size, MaxSegmentSize));
    bytes->resize(*size);
    if (Error error = file->read(0, bytes->data(), *size))
        return error;
    switch (decodeSegmentHeader(*bytes, header)) {
    case HeaderProblem::None:
        break;
    case HeaderProblem::Damaged:
        return journalDamaged(files.path(name), 0);
    case HeaderProblem::UnknownVersion:
        return journalVersionUnknown(files.path(name));
    }
    if (header->number != number)
        return journalForeign(files.path(name));
    if (header->size != *size)
        return journalDamaged(files.path(name), std::min(header->size, *size));
    return decrypt(*header, keys, files.path(name), bytes);
}

Error SegmentStore::load()
{
    const Result<QStringList> names = m_files.list();
    if (!names)
        return names.error();
    m_segments.clear();
    for (const QString &name : *names) {
        if (const quint64 number = segmentNumber(name))
            m_segments[number] = {};
    }
    return {};
}

void SegmentStore::setListed(const std::set<quint64> &numbers)
{
    for (auto &[number, segment] : m_segments)
        segment.isListed = numbers.contains(number);
}

Result<std::unique_ptr<File>> SegmentStore::create(const SegmentHeader &header,
                                                   const QByteArray &head, bool *isVisible)
{
    *isVisible = false;
    Result<std::unique_ptr<File>> prepared = prepare(header.size);
    if (!prepared)
        return prepared;
    std::unique_ptr<File> file = *std::move(prepared);
    const QString name = segmentFileName(header.number);
    Error error = file->write(0, head);
    if (!error)
        error = file->sync();
    if (!error) {
        *isVisible = true;
        error = m_files.rename(nextSegmentFileName(), name);
    }
    if (!error)
        error = m_files.syncDirectory();
    if (error) {
        // Nothing more can be done if that fails too: whatever is left is not needed.
        (void)m_files.remove(*isVisible ? name : nextSegmentFileName());
        return error;
    }
    m_segments[header.number] = {header.size, head.size(), false};
    return file;
}

qint64 SegmentStore::sizeOf(quint64 number)
{
    qint64 &size = m_segments[number].size;
    if (size < 0) {
        const auto file = m_files.open(segmentFileName(number), FileSystem::Access::Read);
        const Result<qint64> found = file ? (*file)->size() : Result<qint64>(file.error());
        size = found ? *found : 0;
    }
    return size;
}

qint64 SegmentStore::bytes()
{
    qint64 sum = 0;
    for (const auto &[number, segment] : m_segments)
        sum += sizeOf(number);
    return sum;
}

Result<std::unique_ptr<File>> SegmentStore::prepare(qint64 size)
{
    const quint64 old = reusable(size);
    if (old == 0)
        return m_files.create(nextSegmentFileName(), size);
    // It must have lost its name for good before it loses its content.
    Error error = m_files.rename(segmentFileName(old), nextSegmentFileName());
    if (!error)
        m_segments.erase(old);
    if (!error)
        error = m_files.syncDirectory();
    if (error)
        return error;
    return m_files.open(nextSegmentFileName(), FileSystem::Access::ReadWrite);
}

quint64 SegmentStore::reusable(qint64 size)
{
    if (!m_policy.deleteSegments || m_policy.keep < 2
        || qsizetype(m_segments.size()) < m_policy.keep)
        return 0;
    for (const auto &[number, segment] : m_segments) {
        if (segment.isListed || number == newest())
            continue;
        if (sizeOf(number) == size)
            return number;
    }
    return 0;
}

void SegmentStore::removeUnneeded()
{
    if (!m_policy.deleteSegments)
        return;
    for (auto it = m_segments.begin(); it != m_segments.end();) {
        const auto here = it++;
        if (qsizetype(m_segments.size()) <= m_policy.keep || here->first == newest())
            return;
        if (!here->second.isListed && !m_files.remove(segmentFileName(here->first)))
            m_segments.erase(here);
    }
}

} // namespace QtDelivery
