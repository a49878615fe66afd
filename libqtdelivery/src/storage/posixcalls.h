// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/error.h>

#include <QString>

#include <cerrno>

namespace QtDelivery {

/*! What was asked of the system, for the sentence that says why not. */
enum class FileOperation { Open, Lock, Read, Write, Sync, Create, Rename, Remove };

/*! What \a number, a value of errno, says about \a operation on \a path: StorageFull if there is no
   room, for this user or in this file, else StorageFailed. */
[[nodiscard]] Error systemError(FileOperation operation, const QString &path, int number = errno);

/*! Calls \a call until no signal interrupts it. Not for syncs: what one that failed has done is
   unknown, and the next one may be called a success without it. */
template <typename Call> auto uninterrupted(Call call)
{
    auto result = call();
    while (result < 0 && errno == EINTR)
        result = call();
    return result;
}

/*! A descriptor of \a path, not inherited by other programs, or -1 and errno. A new file is for
   nobody but its owner. */
[[nodiscard]] int openDescriptor(const QString &path, int flags);

/*! No error if there is no \a path. */
[[nodiscard]] Error removeFile(const QString &path);

/*! The entries of the directory \a path, files that were made, renamed or removed, are as they are
   after the power failed. */
[[nodiscard]] Error syncDirectory(const QString &path);
/*! Makes \a path and what is missing above it, such that they are there after the power failed. */
[[nodiscard]] Error makeSyncedDirectory(const QString &path);

} // namespace QtDelivery
