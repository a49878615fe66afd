// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "syncedfile.h"

#include "posixcalls.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryFile>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace QtDelivery {

namespace {

int flagsOf(SyncedFile::Mode mode)
{
    switch (mode) {
    case SyncedFile::Mode::ReadOnly:
        return O_RDONLY;
    case SyncedFile::Mode::Existing:
        return O_RDWR;
    case SyncedFile::Mode::Create:
        return O_RDWR | O_CREAT;
    case SyncedFile::Mode::New:
        break;
    }
    return O_RDWR | O_CREAT | O_EXCL;
}

/*! Opens \a file, a new one beside \a path, with \a contents that are on the disk. */
Error writeBeside(const QString &path, QByteArrayView contents, QTemporaryFile *file)
{
    errno = 0;
    if (!file->open())
        return systemError(FileOperation::Create, path);
    SyncedFile synced;
    if (const Error error = synced.open(file->fileName(), SyncedFile::Mode::Existing))
        return error;
    if (const Error error = synced.writeAt(0, contents))
        return error;
    return synced.sync();
}

} // namespace

Error SyncedFile::open(const QString &path, Mode mode)
{
    close();
    m_path = path;
    m_descriptor = openDescriptor(path, flagsOf(mode));
    return isOpen() ? Error() : systemError(FileOperation::Open, path);
}

Error SyncedFile::lock()
{
    // The lock is the open file's: it also keeps out a second object of this process, and none is
    // left behind.
    if (uninterrupted([&] { return ::flock(m_descriptor, LOCK_EX | LOCK_NB); }) == 0)
        return {};
    if (errno != EWOULDBLOCK)
        return systemError(FileOperation::Lock, m_path);
    return {Error::Code::StorageInUse,
            //: %1 is a file
            QCoreApplication::translate(
                "QtDelivery", "%1 is in use by another process or by another object of this one.")
                .arg(QDir::toNativeSeparators(m_path))};
}

Result<qint64> SyncedFile::size() const
{
    struct stat status = {};
    if (::fstat(m_descriptor, &status) < 0)
        return systemError(FileOperation::Read, m_path);
    return qint64(status.st_size);
}

Result<qint64> SyncedFile::readAt(qint64 offset, char *data, qint64 most) const
{
    qint64 size = 0;
    while (size < most) {
        const ssize_t count = uninterrupted(
            [&] { return ::pread(m_descriptor, data + size, size_t(most - size), offset + size); });
        if (count < 0)
            return systemError(FileOperation::Read, m_path);
        if (count == 0)
            break;
        size += count;
    }
    return size;
}

Error SyncedFile::read(qint64 most, QByteArray *out) const
{
    QByteArray bytes(most, Qt::Uninitialized);
    const Result<qint64> size = readAt(0, bytes.data(), most);
    if (!size)
        return size.error();
    bytes.truncate(*size);
    *out = bytes;
    return {};
}

Error SyncedFile::writeAt(qint64 offset, QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const ssize_t count = uninterrupted(
            [&] { return ::pwrite(m_descriptor, bytes.data(), size_t(bytes.size()), offset); });
        if (count < 0)
            return systemError(FileOperation::Write, m_path);
        bytes = bytes.sliced(count);
        offset += count;
    }
    return {};
}

Error SyncedFile::truncate(qint64 size)
{
    if (uninterrupted([&] { return ::ftruncate(m_descriptor, size); }) < 0)
        return systemError(FileOperation::Write, m_path);
    return {};
}

bool SyncedFile::isAt(const QString &path) const
{
    struct stat own = {};
    struct stat named = {};
    return ::fstat(m_descriptor, &own) == 0
        && ::stat(QFile::encodeName(path).constData(), &named) == 0 && own.st_ino == named.st_ino
        && own.st_dev == named.st_dev;
}

void SyncedFile::startWriting(qint64 offset, qint64 size) const
{
#ifdef Q_OS_LINUX
    (void)::sync_file_range(m_descriptor, offset, size, SYNC_FILE_RANGE_WRITE);
#else
    Q_UNUSED(offset)
    Q_UNUSED(size)
#endif
}

Error SyncedFile::sync()
{
    // Not repeated when a signal interrupts it: see uninterrupted().
    if (::fdatasync(m_descriptor) < 0)
        return systemError(FileOperation::Sync, m_path);
    return {};
}

void SyncedFile::close()
{
    if (isOpen())
        ::close(m_descriptor);
    m_descriptor = -1;
}

Error createSyncedFile(const QString &path, QByteArrayView contents)
{
    // Linked, not renamed: what somebody else made in the meantime, and has locked, is never
    // replaced.
    QTemporaryFile file(path + QStringLiteral(".XXXXXX"));
    if (const Error error = writeBeside(path, contents, &file))
        return error;
    const QByteArray from = QFile::encodeName(file.fileName());
    if (::link(from.constData(), QFile::encodeName(path).constData()) < 0 && errno != EEXIST)
        return systemError(FileOperation::Create, path);
    return syncDirectory(QFileInfo(path).absolutePath());
}

Error replaceSyncedFile(const QString &path, QByteArrayView contents)
{
    QTemporaryFile file(path + QStringLiteral(".XXXXXX"));
    if (const Error error = writeBeside(path, contents, &file))
        return error;
    const QByteArray from = QFile::encodeName(file.fileName());
    if (::rename(from.constData(), QFile::encodeName(path).constData()) < 0)
        return systemError(FileOperation::Create, path);
    file.setAutoRemove(false);
    return syncDirectory(QFileInfo(path).absolutePath());
}

} // namespace QtDelivery
