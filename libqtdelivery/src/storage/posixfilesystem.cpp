// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "posixfilesystem.h"

#include "posixcalls.h"
#include "syncedfile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

#include <algorithm>
#include <cstdio>

#include <dirent.h>
#include <unistd.h>

namespace QtDelivery {

namespace {

constexpr qint64 ZeroBlock = 1 << 16;
constexpr qsizetype OwnerBytes = 20; // of a number of any length

Error endsTooSoon(const QString &path)
{
    //: %1 is the path of a file
    return {Error::Code::StorageFailed,
            QCoreApplication::translate("QtDelivery", "%1 is shorter than it was.").arg(path)};
}

class PosixFile final : public File
{
public:
    explicit PosixFile(StorageGauge *gauge)
        : m_gauge(gauge)
    { }

    [[nodiscard]] Error open(const QString &path, SyncedFile::Mode mode)
    {
        return m_file.open(path, mode);
    }

    Result<qint64> size() override { return m_file.size(); }

    Error read(qint64 offset, char *data, qint64 size) override
    {
        const Result<qint64> got = m_file.readAt(offset, data, size);
        if (!got)
            return got.error();
        return *got == size ? Error() : endsTooSoon(m_file.path());
    }

    Error write(qint64 offset, QByteArrayView bytes) override
    {
        return m_file.writeAt(offset, bytes);
    }

    Error sync() override
    {
        return m_gauge ? m_gauge->timed([this] { return m_file.sync(); }) : m_file.sync();
    }

private:
    StorageGauge *const m_gauge;
    SyncedFile m_file;
};

class PosixLock final : public FileLock
{
public:
    SyncedFile file;
};

/*! Who has locked \a file says so in it; 0 if that cannot be read. */
qint64 readOwner(const SyncedFile &file)
{
    QByteArray text;
    return file.read(OwnerBytes, &text) ? 0 : text.trimmed().toLongLong();
}

Error inUse(const QString &directory, qint64 owner)
{
    if (owner == 0) {
        //: %1 is the path of a directory
        return {Error::Code::StorageInUse,
                QCoreApplication::translate("QtDelivery", "%1 is in use by another owner.")
                    .arg(directory)};
    }
    //: %1 is the path of a directory, %2 the number of a process
    return {Error::Code::StorageInUse,
            QCoreApplication::translate("QtDelivery", "%1 is in use by process %2.")
                .arg(directory, QString::number(owner))};
}

} // namespace

PosixFileSystem::PosixFileSystem(QString directory, StorageGauge *gauge)
    : m_directory(std::move(directory))
    , m_gauge(gauge)
{ }

QString PosixFileSystem::path(const QString &name) const
{
    return QDir(m_directory).filePath(name);
}

Error PosixFileSystem::createDirectory()
{
    return makeSyncedDirectory(m_directory);
}

Result<QStringList> PosixFileSystem::list()
{
    DIR *directory = ::opendir(QFile::encodeName(m_directory).constData());
    if (directory == nullptr)
        return systemError(FileOperation::Read, m_directory);
    QStringList names;
    errno = 0;
    while (const dirent *entry = ::readdir(directory))
        names.append(QFile::decodeName(entry->d_name));
    const int number = errno;
    ::closedir(directory);
    if (number != 0)
        return systemError(FileOperation::Read, m_directory, number);
    return names;
}

Result<std::unique_ptr<FileLock>> PosixFileSystem::lock(const QString &name)
{
    auto lock = std::make_unique<PosixLock>();
    if (Error error = lock->file.open(path(name), SyncedFile::Mode::Create))
        return error;
    if (Error error = lock->file.lock()) {
        const bool isTaken = error.code() == Error::Code::StorageInUse;
        return isTaken ? inUse(m_directory, readOwner(lock->file)) : error;
    }
    // Only for the message above: whether it is written does not matter. Always of the same length,
    // so that nothing of a former owner's is left.
    const QByteArray owner =
        QByteArray::number(qint64(::getpid())).leftJustified(OwnerBytes) + '\n';
    (void)lock->file.writeAt(0, owner);
    return std::unique_ptr<FileLock>(std::move(lock));
}

Result<std::unique_ptr<File>> PosixFileSystem::open(const QString &name, Access access)
{
    auto file = std::make_unique<PosixFile>(m_gauge);
    const auto mode =
        access == Access::Read ? SyncedFile::Mode::ReadOnly : SyncedFile::Mode::Existing;
    if (Error error = file->open(path(name), mode))
        return error;
    return std::unique_ptr<File>(std::move(file));
}

Result<std::unique_ptr<File>> PosixFileSystem::create(const QString &name, qint64 size)
{
    // A new file, not an old one cut: what the old one held must not come back.
    if (Error error = remove(name))
        return error;
    auto file = std::make_unique<PosixFile>(m_gauge);
    if (Error error = file->open(path(name), SyncedFile::Mode::New))
        return error;
    // Written, not only reserved: a first write into reserved blocks changes metadata at every
    // sync.
    const QByteArray zeros(ZeroBlock, '\0');
    for (qint64 offset = 0; offset < size; offset += ZeroBlock) {
        const qint64 length = std::min(ZeroBlock, size - offset);
        if (Error error = file->write(offset, QByteArrayView(zeros).first(length))) {
            (void)remove(name); // what failed is told
            return error;
        }
    }
    return std::unique_ptr<File>(std::move(file));
}

Error PosixFileSystem::rename(const QString &from, const QString &to)
{
    if (std::rename(QFile::encodeName(path(from)).constData(),
                    QFile::encodeName(path(to)).constData())
        < 0) {
        const int number = errno; // before anything else is called
        return systemError(FileOperation::Rename, path(from), number);
    }
    return {};
}

Error PosixFileSystem::remove(const QString &name)
{
    return removeFile(path(name));
}

Error PosixFileSystem::syncDirectory()
{
    return QtDelivery::syncDirectory(m_directory);
}

} // namespace QtDelivery
