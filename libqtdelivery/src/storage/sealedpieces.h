// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "piececipher.h"

#include <QtDelivery/result.h>

#include <QByteArray>

namespace QtDelivery {

// An encrypted payload in a file. Numbers are little-endian.
//
//   header   = magic u64, version u32, 0 u32, key id 8 bytes, salt 24 bytes
//   piece    = nonce 24 bytes, 64 KiB of the payload (of the last one what is left), encrypted, and
//              16 bytes of authenticator
//
// The key is that of a file with this header, of a payload with this name and size: which both are
// told by who reads, and so cannot be exchanged. With each piece its index is authenticated. The
// size says how many pieces there are, and how long the last one is, so none can be missing.
//
// Nonces are drawn, since what was torn by a crash is written again at the same place.

struct SealedPayload
{
    QByteArray name; //!< which one it is of those that are encrypted with the same key
    qint64 size = 0; //!< of the payload, more than 0
};

/*! \brief Encrypts and decrypts the pieces of one such file. */
class SealedPieces
{
public:
    static constexpr qint64 HeaderSize = 48;
    static constexpr qint64 PieceSize = 64 * 1024; //!< of the payload
    static constexpr qint64 SealedSize = FileSaltSize + PieceSize + PieceTagSize; //!< in the file

    /*! For a new file \a path, by the newest of \a keys. */
    [[nodiscard]] static Result<SealedPieces> create(const CipherKeys &keys, const QString &path,
                                                     const SealedPayload &payload);
    /*! For the file \a path that begins with \a header: AccessDenied if its key is not among \a
       keys, StorageCorrupt if it is no such header, UnknownFormat if it is of a newer version. */
    [[nodiscard]] static Result<SealedPieces> open(const CipherKeys &keys, const QString &path,
                                                   const QByteArray &header,
                                                   const SealedPayload &payload);

    /*! What a file of a payload with \a size bytes has. */
    [[nodiscard]] static qint64 fileSize(qint64 size);
    /*! Where piece \a index begins in the file. */
    [[nodiscard]] static qint64 offsetOf(qint64 index) { return HeaderSize + index * SealedSize; }

    [[nodiscard]] const QByteArray &header() const { return m_header; }
    /*! How many bytes of the payload piece \a index has. */
    [[nodiscard]] qint64 lengthOf(qint64 index) const;
    /*! Adds to \a out what comes into the file as piece \a index, which are \a bytes of the
       payload. \a salt is another one each time. */
    void seal(qint64 index, const QByteArray &salt, QByteArrayView bytes, QByteArray *out) const;
    /*! Makes of what the file has of piece \a index the payload's bytes; false if it is not as it
     * was written. */
    [[nodiscard]] bool open(qint64 index, QByteArray *piece) const;

private:
    SealedPieces(std::unique_ptr<PieceCipher> cipher, QByteArray header, qint64 size);

    std::unique_ptr<PieceCipher> m_cipher;
    QByteArray m_header;
    qint64 m_size;
};

} // namespace QtDelivery
