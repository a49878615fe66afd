// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/error.h>

#include <QByteArray>
#include <QString>

#include <utility>

namespace QtDelivery {

/*! \brief A small file whose contents are on the disk when it says so: the few calls of POSIX that
   storing needs.

    Errors name the file and have the system's words: StorageFull if there is no room, StorageInUse
   if somebody else has the lock, else StorageFailed. May be used in every thread, in one at a time.
 */
class SyncedFile
{
public:
    enum class Mode {
        Existing, //!< read and written; fails if there is none
        Create, //!< the same; an empty one is made if there is none
    };

    SyncedFile() = default;
    SyncedFile(const SyncedFile &) = delete;
    SyncedFile(SyncedFile &&) = delete;
    SyncedFile &operator=(const SyncedFile &) = delete;
    SyncedFile &operator=(SyncedFile &&) = delete;
    ~SyncedFile() { close(); }

    [[nodiscard]] Error open(const QString &path, Mode mode);
    /*! Nobody else can have the lock until this file is closed or its process has ended, however it
     * ends. */
    [[nodiscard]] Error lock();
    /*! Everything, but at most \a most bytes. */
    [[nodiscard]] Error read(qint64 most, QByteArray *out);
    [[nodiscard]] Error writeAt(qint64 offset, QByteArrayView bytes);
    /*! What was written is there after the power failed. After an error all of it must be written
       again: the system does not try it once more. */
    [[nodiscard]] Error sync();
    void close();

    [[nodiscard]] bool isOpen() const { return m_descriptor >= 0; }
    [[nodiscard]] const QString &path() const { return m_path; }

private:
    QString m_path;
    int m_descriptor = -1;
};

/*! Makes \a path and what is missing above it, such that they are there after the power failed. */
[[nodiscard]] Error makeSyncedDirectory(const QString &path);
/*! The entries of \a path, files that were made, renamed or removed, are as they are after the
 * power failed. */
[[nodiscard]] Error syncDirectory(const QString &path);
/*! Makes \a path with \a contents in one step, on the disk when it returns. If it is there already,
   that is no error, and it stays as it is. */
[[nodiscard]] Error createSyncedFile(const QString &path, QByteArrayView contents);

} // namespace QtDelivery
