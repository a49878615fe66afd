// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/result.h>

#include <QByteArray>
#include <QByteArrayList>
#include <QList>
#include <QMap>
#include <QString>

namespace QtDelivery {

/*! \brief Where the pieces of one secret are: under the keys pieceKey(token, 0), … */
struct SecretPieces
{
    QString token; //!< never used for another secret, nor for another value of the same one
    qint32 count = 0;
    QByteArray digest; //!< of the whole value

    friend bool operator==(const SecretPieces &, const SecretPieces &) = default;
};

/*! \brief What a keychain holds of ours, which it cannot list itself.

    Encoded it may be longer than an entry can be, so it is split, too: the head, which holds the
   first part, says how many parts there are and what all of them together hash to. The other parts
   are under keys that alternate with the serial number, so that those of the index before stay
   readable until the head is replaced. */
struct SecretIndex
{
    quint64 serial = 0; //!< grows by one with each writing
    QMap<QString, SecretPieces> secrets = {}; //!< by name
    QList<SecretPieces> garbage = {}; //!< of no name: to be dropped

    friend bool operator==(const SecretIndex &, const SecretIndex &) = default;
};

/*! The longest value of an entry: some keychains take 2,560 bytes, and encode them on the way. */
constexpr qsizetype MaxEntryBytes = 1800;

[[nodiscard]] QString pieceKey(const QString &token, int number);
[[nodiscard]] QString indexHeadKey();
/*! The key of part \a number, from 1, of the index with the number \a serial. */
[[nodiscard]] QString indexPartKey(quint64 serial, int number);

/*! \a bytes in pieces of at most \a most bytes; at least one. */
[[nodiscard]] QByteArrayList splitBytes(const QByteArray &bytes, qsizetype most);
[[nodiscard]] QByteArray secretDigest(const QByteArray &bytes);

/*! The head and the other parts of \a index. */
[[nodiscard]] QByteArrayList encodeIndex(const SecretIndex &index);

/*! What the head alone says. */
struct IndexHead
{
    quint64 serial = 0;
    qint32 parts = 0; //!< beside the head
    QByteArray digest; //!< of all together
    QByteArray first; //!< part 0
};

/*! StorageCorrupt if it is no head, UnknownFormat if a newer version wrote it. */
[[nodiscard]] Result<IndexHead> decodeIndexHead(const QByteArray &entry);
/*! \a bytes: all parts, joined. StorageCorrupt if they are not those of \a head. */
[[nodiscard]] Result<SecretIndex> decodeIndex(const IndexHead &head, const QByteArray &bytes);

/*! Something in the keychain is not as it was written. */
[[nodiscard]] Error secretsDamaged();

} // namespace QtDelivery
