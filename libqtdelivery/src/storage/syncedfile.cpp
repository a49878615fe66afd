// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "syncedfile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryFile>

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace QtDelivery {

namespace {

enum class Operation { Open, Lock, Read, Write, Sync, Create };

QString sentence(Operation operation)
{
    switch (operation) {
    case Operation::Open:
        //: %1 is a file or directory, %2 the system's reason
        return QCoreApplication::translate("QtDelivery", "%1 cannot be opened: %2.");
    case Operation::Lock:
        //: %1 is a file or directory, %2 the system's reason
        return QCoreApplication::translate("QtDelivery", "%1 cannot be locked: %2.");
    case Operation::Read:
        //: %1 is a file or directory, %2 the system's reason
        return QCoreApplication::translate("QtDelivery", "%1 cannot be read: %2.");
    case Operation::Write:
        //: %1 is a file or directory, %2 the system's reason
        return QCoreApplication::translate("QtDelivery", "%1 cannot be written: %2.");
    case Operation::Sync:
        //: %1 is a file or directory, %2 the system's reason
        return QCoreApplication::translate("QtDelivery", "%1 cannot be written to the disk: %2.");
    case Operation::Create:
        break;
    }
    //: %1 is a file or directory, %2 the system's reason
    return QCoreApplication::translate("QtDelivery", "%1 cannot be created: %2.");
}

/*! What errno says about \a operation on \a path. */
Error systemError(Operation operation, const QString &path)
{
    const int number = errno;
    const bool isFull = number == ENOSPC || number == EDQUOT;
    return {isFull ? Error::Code::StorageFull : Error::Code::StorageFailed,
            sentence(operation).arg(QDir::toNativeSeparators(path), qt_error_string(number))};
}

template <typename Call> auto withoutInterruption(Call call)
{
    auto result = call();
    while (result < 0 && errno == EINTR)
        result = call();
    return result;
}

int openDescriptor(const QString &path, int flags)
{
    constexpr mode_t readableByOwner = 0600;
    const QByteArray name = QFile::encodeName(path);
    return withoutInterruption(
        [&] { return ::open(name.constData(), flags | O_CLOEXEC, readableByOwner); });
}

} // namespace

Error SyncedFile::open(const QString &path, Mode mode)
{
    close();
    m_path = path;
    m_descriptor = openDescriptor(path, mode == Mode::Create ? O_RDWR | O_CREAT : O_RDWR);
    return isOpen() ? Error() : systemError(Operation::Open, path);
}

Error SyncedFile::lock()
{
    // The lock is the open file's: it also keeps out a second object of this process, and none is
    // left behind.
    if (withoutInterruption([&] { return ::flock(m_descriptor, LOCK_EX | LOCK_NB); }) == 0)
        return {};
    if (errno != EWOULDBLOCK)
        return systemError(Operation::Lock, m_path);
    return {Error::Code::StorageInUse,
            //: %1 is a file
            QCoreApplication::translate(
                "QtDelivery", "%1 is in use by another process or by another object of this one.")
                .arg(QDir::toNativeSeparators(m_path))};
}

Error SyncedFile::read(qint64 most, QByteArray *out)
{
    QByteArray bytes(most, Qt::Uninitialized);
    qint64 size = 0;
    while (size < most) {
        const ssize_t count = withoutInterruption(
            [&] { return ::pread(m_descriptor, bytes.data() + size, size_t(most - size), size); });
        if (count < 0)
            return systemError(Operation::Read, m_path);
        if (count == 0)
            break;
        size += count;
    }
    bytes.truncate(size);
    *out = bytes;
    return {};
}

Error SyncedFile::writeAt(qint64 offset, QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const ssize_t count = withoutInterruption(
            [&] { return ::pwrite(m_descriptor, bytes.data(), size_t(bytes.size()), offset); });
        if (count < 0)
            return systemError(Operation::Write, m_path);
        bytes = bytes.sliced(count);
        offset += count;
    }
    return {};
}

Error SyncedFile::sync()
{
    if (withoutInterruption([&] { return ::fdatasync(m_descriptor); }) < 0)
        return systemError(Operation::Sync, m_path);
    return {};
}

void SyncedFile::close()
{
    if (isOpen())
        ::close(m_descriptor);
    m_descriptor = -1;
}

Error makeSyncedDirectory(const QString &path)
{
    constexpr mode_t openToOwner = 0700;
    const QString clean = QDir::cleanPath(QFileInfo(path).absoluteFilePath());
    if (QFileInfo(clean).isDir())
        return {};
    const QString parent = QFileInfo(clean).path();
    if (parent != clean) {
        if (const Error error = makeSyncedDirectory(parent))
            return error;
    }
    if (::mkdir(QFile::encodeName(clean).constData(), openToOwner) < 0 && errno != EEXIST)
        return systemError(Operation::Create, clean);
    return syncDirectory(parent);
}

Error syncDirectory(const QString &path)
{
    const int descriptor = openDescriptor(path, O_RDONLY | O_DIRECTORY);
    if (descriptor < 0)
        return systemError(Operation::Open, path);
    Error error;
    // Some file systems cannot, and need not.
    if (withoutInterruption([&] { return ::fsync(descriptor); }) < 0 && errno != EINVAL)
        error = systemError(Operation::Sync, path);
    ::close(descriptor);
    return error;
}

Error createSyncedFile(const QString &path, QByteArrayView contents)
{
    // Linked, not renamed: what somebody else made in the meantime, and has locked, is never
    // replaced.
    QTemporaryFile file(path + QStringLiteral(".XXXXXX"));
    errno = 0;
    if (!file.open())
        return systemError(Operation::Create, path);
    SyncedFile synced;
    if (const Error error = synced.open(file.fileName(), SyncedFile::Mode::Existing))
        return error;
    if (const Error error = synced.writeAt(0, contents))
        return error;
    if (const Error error = synced.sync())
        return error;
    const QByteArray from = QFile::encodeName(file.fileName());
    if (::link(from.constData(), QFile::encodeName(path).constData()) < 0 && errno != EEXIST)
        return systemError(Operation::Create, path);
    return syncDirectory(QFileInfo(path).absolutePath());
}

} // namespace QtDelivery
