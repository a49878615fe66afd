// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/result.h>

#include <QByteArrayView>
#include <QStringList>

#include <memory>

namespace QtDelivery {

/*! \brief An open file. Positions are given with each call: there is no current one. */
class File
{
public:
    File() = default;
    virtual ~File() = default;
    Q_DISABLE_COPY_MOVE(File)

    [[nodiscard]] virtual Result<qint64> size() = 0;
    /*! Reads exactly \a size bytes; a file that ends before is an error. */
    [[nodiscard]] virtual Error read(qint64 offset, char *data, qint64 size) = 0;
    [[nodiscard]] virtual Error write(qint64 offset, QByteArrayView bytes) = 0;
    /*! What was written is there after a power failure. After an error nobody knows. */
    [[nodiscard]] virtual Error sync() = 0;
};

/*! \brief Possession of a directory, which ends with this object or with the process. */
class FileLock
{
public:
    FileLock() = default;
    virtual ~FileLock() = default;
    Q_DISABLE_COPY_MOVE(FileLock)
};

/*! \brief The files of one directory: what a journal needs of the system, and a test replaces.

    Names are relative to the directory. Errors are StorageFull, if there is no room, StorageInUse
   from lock(), and else StorageFailed, with the path and the system's words. */
class FileSystem
{
public:
    FileSystem() = default;
    virtual ~FileSystem() = default;
    Q_DISABLE_COPY_MOVE(FileSystem)

    /*! For messages. */
    [[nodiscard]] virtual QString path(const QString &name) const = 0;
    /*! Creates the directory if it does not exist. */
    [[nodiscard]] virtual Error createDirectory() = 0;
    [[nodiscard]] virtual Result<QStringList> list() = 0;
    [[nodiscard]] virtual Result<std::unique_ptr<FileLock>> lock(const QString &name) = 0;

    enum class Access { Read, ReadWrite };
    [[nodiscard]] virtual Result<std::unique_ptr<File>> open(const QString &name,
                                                             Access access) = 0;
    /*! A new file of \a size zeros that have their place on the disk; one of this name is replaced.
     */
    [[nodiscard]] virtual Result<std::unique_ptr<File>> create(const QString &name,
                                                               qint64 size) = 0;
    [[nodiscard]] virtual Error rename(const QString &from, const QString &to) = 0;
    [[nodiscard]] virtual Error remove(const QString &name) = 0;
    /*! What was created, renamed and removed stays so after a power failure. */
    [[nodiscard]] virtual Error syncDirectory() = 0;
};

} // namespace QtDelivery
