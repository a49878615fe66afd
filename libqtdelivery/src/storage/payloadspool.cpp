// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "payloadspool.h"

#include "posixcalls.h"
#include "sealedpart.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>

#include <cstdio>
#include <optional>

#include <sys/stat.h>

namespace QtDelivery {

namespace {

const QString PartSuffix = QStringLiteral(".part");
const QString PayloadSuffix = QStringLiteral(".payload");
const QString SealedInfix = QStringLiteral(".sealed");

QString prefixOf(Incarnation producer, SeqNr seqNr)
{
    return QStringLiteral("%1%2-%3-")
        .arg(producer.high, 16, 16, QLatin1Char('0'))
        .arg(producer.low, 16, 16, QLatin1Char('0'))
        .arg(seqNr);
}

bool renameFile(const QString &from, const QString &to)
{
    return std::rename(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()) == 0;
}

/*! Opens and locks \a path, and makes sure that it still has this name. */
Error openLocked(SyncedFile *file, const QString &path, SyncedFile::Mode mode)
{
    if (Error error = file->open(path, mode))
        return error;
    if (Error error = file->lock())
        return error;
    if (file->isAt(path))
        return {};
    return {Error::Code::StorageInUse,
            //: %1 is a file
            QCoreApplication::translate("QtDelivery", "%1 was removed by another process.")
                .arg(QDir::toNativeSeparators(path))};
}

/*! Removes \a path unless somebody uses it; false if so. */
bool removeUnused(const QString &path)
{
    SyncedFile file;
    return !openLocked(&file, path, SyncedFile::Mode::Existing) && !removeFile(path);
}

/*! Reads an encrypted payload. */
class SealedSource final : public PayloadSource
{
public:
    SealedSource(QString path, std::shared_ptr<const CipherKeys> keys, SealedPayload payload)
        : m_reader(std::move(path), std::move(keys), std::move(payload))
    { }

    quint64 size() const override { return quint64(m_reader.size()); }
    bool read(quint64 offset, char *to, qsizetype size) override
    {
        return m_reader.read(qint64(offset), to, size);
    }

private:
    SealedReader m_reader;
};

/*! The payload whose files have the path \a stem and a suffix. */
SealedPayload sealedPayloadOf(const QString &stem, quint64 totalSize)
{
    return {QFileInfo(stem).fileName().toLatin1(), qint64(totalSize)};
}

} // namespace

/*! \brief A complete payload, which stays locked. */
class FilePayloadSpool::Payload final : public SpooledPayload
{
public:
    /*! Encrypted as \a sealed if there are \a keys. */
    Payload(std::unique_ptr<SyncedFile> file, QString path, std::shared_ptr<const CipherKeys> keys,
            SealedPayload sealed)
        : m_file(std::move(file))
        , m_path(std::move(path))
        , m_keys(std::move(keys))
        , m_sealed(std::move(sealed))
    { }
    ~Payload() override
    {
        // It may have been taken, and another file have its name.
        if (m_isDiscarded && m_file->isAt(m_path))
            (void)removeFile(m_path); // if that fails it is removed when its time is over
    }

    QString path() const override { return m_path; }
    quint64 size() const override { return quint64(m_sealed.size); }
    std::shared_ptr<PayloadSource> decrypted() const override
    {
        return m_keys ? std::make_shared<SealedSource>(m_path, m_keys, m_sealed) : nullptr;
    }
    void discard() override { m_isDiscarded = true; }

private:
    const std::unique_ptr<SyncedFile> m_file;
    const QString m_path;
    const std::shared_ptr<const CipherKeys> m_keys; // null: it is not encrypted
    const SealedPayload m_sealed;
    bool m_isDiscarded = false;
};

/*! \brief A part that grows. */
class FilePayloadSpool::Sink final : public PayloadSink
{
public:
    Sink(FilePayloadSpool *spool, QString stem, quint64 totalSize)
        : m_spool(spool)
        , m_stem(std::move(stem))
        , m_payload(sealedPayloadOf(m_stem, totalSize))
    { }

    /*! Finds what is there in \a file. */
    Error open(std::unique_ptr<SyncedFile> file)
    {
        m_file = std::move(file);
        if (m_spool->m_keys) {
            m_sealed.emplace(*m_file, m_spool->m_keys, m_payload);
            if (Error error = m_sealed->open())
                return error;
            m_have = m_begun = quint64(m_sealed->have());
            return {};
        }
        const Result<qint64> size = m_file->size();
        if (!size)
            return size.error();
        m_have = m_begun = quint64(std::min(*size, m_payload.size - 1));
        return m_file->truncate(qint64(m_have));
    }

    quint64 have() const override { return m_have; }

    bool read(quint64 offset, char *to, qsizetype size) override
    {
        if (m_sealed)
            return m_sealed->read(qint64(offset), to, size);
        const Result<qint64> got = m_file->readAt(qint64(offset), to, size);
        return got && *got == size;
    }

    bool write(QByteArrayView bytes) override
    {
        m_spool->m_error =
            m_sealed ? m_sealed->write(bytes) : m_file->writeAt(qint64(m_have), bytes);
        if (m_spool->m_error)
            return false;
        m_have += quint64(bytes.size());
        if (m_have - m_begun >= WriteBehind) {
            m_file->startWriting(qint64(m_begun), qint64(m_have - m_begun));
            m_begun = m_have;
        }
        return true;
    }

    std::shared_ptr<SpooledPayload> finish() override
    {
        const QString random =
            QString::number(QRandomGenerator::system()->generate64(), 36).right(8);
        const QString part = m_stem + PartSuffix;
        const QString complete = m_stem + QLatin1Char('.') + random + PayloadSuffix;
        const QString path = renameFile(part, complete) ? complete : part; // it is as good there
        return std::make_shared<Payload>(std::move(m_file), path, m_spool->m_keys, m_payload);
    }

    void discard() override { (void)removeFile(m_stem + PartSuffix); }

private:
    FilePayloadSpool *const m_spool;
    std::unique_ptr<SyncedFile> m_file;
    std::optional<SealedPart> m_sealed; // none: it is not encrypted
    static constexpr quint64 WriteBehind = 8 << 20; // at most so much waits for the disk to begin

    const QString m_stem;
    const SealedPayload m_payload;
    quint64 m_have = 0;
    quint64 m_begun = 0; // the disk has been told of everything before
};

FilePayloadSpool::FilePayloadSpool(QString directory, Limits limits,
                                   std::shared_ptr<const CipherKeys> keys)
    : m_directory(std::move(directory))
    , m_limits(limits)
    , m_keys(std::move(keys))
{ }

QString FilePayloadSpool::stemOf(Incarnation producer, SeqNr seqNr, quint64 totalSize) const
{
    const QString stem = path(prefixOf(producer, seqNr) + QString::number(totalSize));
    return m_keys ? stem + SealedInfix : stem;
}

QString FilePayloadSpool::path(const QString &name) const
{
    return m_directory + QLatin1Char('/') + name;
}

QStringList FilePayloadSpool::files(const QString &pattern) const
{
    return QDir(m_directory).entryList({pattern}, QDir::Files | QDir::Hidden, QDir::Time);
}

/*! It is encrypted if what this one writes is. */
bool FilePayloadSpool::isReadable(const QString &name) const
{
    return name.contains(SealedInfix + QLatin1Char('.')) == (m_keys != nullptr);
}

Error FilePayloadSpool::prepare()
{
    if (Error error = makeSyncedDirectory(m_directory))
        return error;
    if (!QFileInfo(m_directory).isDir())
        return systemError(FileOperation::Create, m_directory, ENOTDIR);
    removeExpired();
    return {};
}

void FilePayloadSpool::removeExpired()
{
    const QDateTime limit = QDateTime::currentDateTimeUtc().addMSecs(-m_limits.keep.count());
    for (const QString &suffix : {PartSuffix, PayloadSuffix}) {
        for (const QString &name : files(QStringLiteral("*-*-*") + suffix)) {
            if (QFileInfo(path(name)).lastModified() < limit)
                (void)removeUnused(path(name)); // one in use may stay
        }
    }
}

/*! There may be one more part. */
Error FilePayloadSpool::makeRoom()
{
    QStringList parts = files(QStringLiteral("*-*-*") + PartSuffix);
    qsizetype count = parts.size();
    while (count >= m_limits.maxParts && !parts.isEmpty()) {
        if (removeUnused(path(parts.takeLast())))
            --count;
    }
    if (count < m_limits.maxParts)
        return {};
    return {Error::Code::LimitReached,
            //: %1 is the path of a directory, %2 a number
            QCoreApplication::translate("QtDelivery",
                                        "%1 holds %2 messages that are arriving, as many as "
                                        "maxPartialMessages allows.")
                .arg(m_directory)
                .arg(count)};
}

/*! What was complete, and not confirmed in a former life, is a part. */
void FilePayloadSpool::reuseComplete(const QString &stem)
{
    const QString part = stem + PartSuffix;
    for (const QString &name : files(QFileInfo(stem).fileName() + QStringLiteral(".*.payload"))) {
        SyncedFile file;
        if (!isReadable(name) || QFile::exists(part)
            || openLocked(&file, path(name), SyncedFile::Mode::Existing))
            continue;
        (void)renameFile(path(name), part); // else it has to arrive once more
    }
}

std::unique_ptr<PayloadSink> FilePayloadSpool::open(Incarnation producer, SeqNr seqNr,
                                                    quint64 totalSize)
{
    removeExpired();
    const QString stem = stemOf(producer, seqNr, totalSize);
    const QString part = stem + PartSuffix;
    reuseComplete(stem);
    m_error = QFile::exists(part) ? Error() : makeRoom();
    auto file = std::make_unique<SyncedFile>();
    if (!m_error)
        m_error = openLocked(file.get(), part, SyncedFile::Mode::Create);
    if (m_error)
        return nullptr;
    auto sink = std::make_unique<Sink>(this, stem, totalSize);
    m_error = sink->open(std::move(file));
    if (m_error)
        return nullptr;
    return sink;
}

std::optional<quint64> FilePayloadSpool::find(Incarnation producer, SeqNr seqNr)
{
    const QString prefix = prefixOf(producer, seqNr);
    for (const QString &suffix : {PartSuffix, PayloadSuffix}) {
        QStringList names = files(prefix + QLatin1Char('*') + suffix);
        names.removeIf([&](const QString &name) { return !isReadable(name); });
        if (names.isEmpty())
            continue;
        bool ok = false;
        const QString rest = names.first().mid(prefix.size());
        const quint64 size = rest.first(rest.indexOf(QLatin1Char('.'))).toULongLong(&ok);
        if (ok && size > 0 && size <= quint64(MaxSeqNr))
            return size;
    }
    return std::nullopt;
}

} // namespace QtDelivery
