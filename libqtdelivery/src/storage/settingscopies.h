// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "alternatingcopies.h"
#include "syncedfile.h"

#include <optional>

namespace QtDelivery {

/*!
    \brief A small state in an ini file of QSettings, as two copies which are written in turn, and
   with one owner.

    QSettings alone says nothing about when its file is on the disk, and takes a file that it cannot
   read for an empty one. So each copy has a checksum and a serial number, the file and its
   directory are synced after each write, and a file in which no copy is whole is an error, not an
   empty state.

    No write leaves a file in which only one copy is whole: QSettings writes all of it into a new
   one, syncs that and renames it, so after whatever happens the file is the one before or the one
   after; and the first write makes both copies. Only if that sync has failed, which QSettings does
   not tell, a torn file may get the name; then any part of it may be missing, and nothing in it
   says whether that write was ever reported. So a copy that is not whole is damage, and it is
   undecidable whether the older or the newer one is hit.

    The owner has the lock of a second file, `<path>.owner`, which stays: QSettings replaces the
   first one with each write.
*/
class SettingsCopies
{
public:
    /*! Of one context: settings are no place for more. */
    static constexpr qint64 MaxContextBytes = 4096;

    SettingsCopies(QString path, quint32 magic, LoneCopy lone)
        : m_path(std::move(path))
        , m_magic(magic)
        , m_lone(lone)
    { }

    [[nodiscard]] const QString &path() const { return m_path; }
    [[nodiscard]] bool isOwned() const { return m_owner.isOpen(); }

    /*! Becomes owner, and reads the state; nothing if there is no file yet. Owns nothing after an
     * error. */
    [[nodiscard]] Error take(std::optional<QByteArray> *state);
    /*! The state is on the disk after the power failed. After an error it is the one before, or
     * this one. */
    [[nodiscard]] Error write(QByteArrayView state);
    void giveUp() { m_owner.close(); }

private:
    [[nodiscard]] Error read(std::optional<QByteArray> *state);
    [[nodiscard]] Error writeError(qsizetype size) const;

    const QString m_path;
    const quint32 m_magic;
    const LoneCopy m_lone;
    SyncedFile m_owner;
    int m_next = 0; // which copy is written next
    quint64 m_serial = 0;
};

} // namespace QtDelivery
