// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/error.h>

#include <QByteArray>
#include <QString>

#include <array>

namespace QtDelivery {

// A state that is kept as two copies, which are written in turn. Whatever happens while one is
// written, the other one is whole. A copy is 32 bytes and the state; numbers are little-endian:
//
//    0  u64  XXH3 of everything behind it
//    8  u32  magic: what kind of state it is
//   12  u32  version of the format
//   16  u64  serial number: the higher one is the newer copy
//   24  u64  length of the state
//
// Version 2 says that the state is encrypted (sealedstate.h); otherwise it is 1, and so is every
// settings engine's. These 32 bytes are the same in every version, so that a newer one is known
// from a damaged one.

constexpr qsizetype CopyHeaderSize = 32;

struct NewestCopy
{
    int index = 0; //!< 0 or 1; the other one is to be written next
    quint64 serial = 0;
    bool isEncrypted = false;
    QByteArray state;
};

enum class CopyVersion : quint32 { Plain = 1, Encrypted = 2 };

/*! What to do if only one copy is whole. The other one may have been the newer one: its serial
   number is as damaged as the rest, so nobody can tell. */
enum class LoneCopy {
    Counts, //!< the state goes back by one write, which does no harm, or the write was torn
    Refused, //!< no write can have left that, so it would lose what was stored
};

/*! A copy of \a state. */
[[nodiscard]] QByteArray sealCopy(quint32 magic, quint64 serial, QByteArrayView state,
                                  CopyVersion version = CopyVersion::Plain);

/*! The newer one of \a copies that is whole; each may be followed by other bytes, and one that was
   never written is empty or zeros. Fails with StorageCorrupt if none is whole, or only one and that
   is refused, and with UnknownFormat if one was written by a newer version than
   \a newestVersion; the message names \a path. */
[[nodiscard]] Error findNewestCopy(const std::array<QByteArray, 2> &copies, quint32 magic,
                                   const QString &path, LoneCopy lone, NewestCopy *out,
                                   CopyVersion newestVersion = CopyVersion::Plain);

/*! StorageCorrupt: what \a path holds is whole and makes no sense, or is not whole. */
[[nodiscard]] Error damaged(const QString &path);

} // namespace QtDelivery
