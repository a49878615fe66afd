// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "posixcalls.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace QtDelivery {

namespace {

QString sentence(FileOperation operation)
{
    switch (operation) {
    case FileOperation::Open:
        //: %1 is a file or directory, %2 the system's reason
        return QCoreApplication::translate("QtDelivery", "%1 cannot be opened: %2.");
    case FileOperation::Lock:
        //: %1 is a file or directory, %2 the system's reason
        return QCoreApplication::translate("QtDelivery", "%1 cannot be locked: %2.");
    case FileOperation::Read:
        //: %1 is a file or directory, %2 the system's reason
        return QCoreApplication::translate("QtDelivery", "%1 cannot be read: %2.");
    case FileOperation::Write:
        //: %1 is a file or directory, %2 the system's reason
        return QCoreApplication::translate("QtDelivery", "%1 cannot be written: %2.");
    case FileOperation::Sync:
        //: %1 is a file or directory, %2 the system's reason
        return QCoreApplication::translate("QtDelivery", "%1 cannot be written to the disk: %2.");
    case FileOperation::Rename:
        //: %1 is a file, %2 the system's reason
        return QCoreApplication::translate("QtDelivery", "%1 cannot be renamed: %2.");
    case FileOperation::Remove:
        //: %1 is a file, %2 the system's reason
        return QCoreApplication::translate("QtDelivery", "%1 cannot be removed: %2.");
    case FileOperation::Create:
        break;
    }
    //: %1 is a file or directory, %2 the system's reason
    return QCoreApplication::translate("QtDelivery", "%1 cannot be created: %2.");
}

} // namespace

Error systemError(FileOperation operation, const QString &path, int number)
{
    const bool isFull = number == ENOSPC || number == EDQUOT || number == EFBIG;
    return {isFull ? Error::Code::StorageFull : Error::Code::StorageFailed,
            sentence(operation).arg(QDir::toNativeSeparators(path), qt_error_string(number))};
}

int openDescriptor(const QString &path, int flags)
{
    constexpr mode_t openToOwner = 0600; // messages are nobody else's business
    const QByteArray name = QFile::encodeName(path);
    return uninterrupted([&] { return ::open(name.constData(), flags | O_CLOEXEC, openToOwner); });
}

Error removeFile(const QString &path)
{
    if (::unlink(QFile::encodeName(path).constData()) < 0 && errno != ENOENT)
        return systemError(FileOperation::Remove, path);
    return {};
}

Error syncDirectory(const QString &path)
{
    const int descriptor = openDescriptor(path, O_RDONLY | O_DIRECTORY);
    if (descriptor < 0)
        return systemError(FileOperation::Open, path);
    Error error;
    // Some file systems cannot, and need not.
    if (::fsync(descriptor) < 0 && errno != EINVAL)
        error = systemError(FileOperation::Sync, path);
    ::close(descriptor);
    return error;
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
        return systemError(FileOperation::Create, clean);
    return syncDirectory(parent);
}

} // namespace QtDelivery
