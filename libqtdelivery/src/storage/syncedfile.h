// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/result.h>

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
        ReadOnly, //!< fails if there is none
        Existing, //!< read and written; fails if there is none
        Create, //!< the same; an empty one is made if there is none
        New, //!< the same; fails if there is one
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
    [[nodiscard]] Result<qint64> size() const;
    /*! Up to \a most bytes; how many, which are less only at the end of the file. */
    [[nodiscard]] Result<qint64> readAt(qint64 offset, char *data, qint64 most) const;
    /*! Everything, but at most \a most bytes. */
    [[nodiscard]] Error read(qint64 most, QByteArray *out) const;
    [[nodiscard]] Error writeAt(qint64 offset, QByteArrayView bytes);
    /*! What is behind \a size is cut off. */
    [[nodiscard]] Error truncate(qint64 size);
    /*! It is the file that has the name \a path now. */
    [[nodiscard]] bool isAt(const QString &path) const;
    /*! The disk may begin with these bytes: otherwise the system gathers what is written until it
     * is gigabytes, and then lets nobody write for a while. A hint, without effect on what is safe.
     */
    void startWriting(qint64 offset, qint64 size) const;
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

/*! Makes \a path with \a contents in one step, on the disk when it returns. If it is there already,
   that is no error, and it stays as it is. */
[[nodiscard]] Error createSyncedFile(const QString &path, QByteArrayView contents);

/*! Puts \a contents in place of what \a path holds, in one step, on the disk when it returns. The
   file is then its owner's alone. */
[[nodiscard]] Error replaceSyncedFile(const QString &path, QByteArrayView contents);

} // namespace QtDelivery
