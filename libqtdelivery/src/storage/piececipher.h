// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArrayList>
#include <QByteArrayView>
#include <QtEndian>
#include <QtGlobal>

#include <algorithm>
#include <array>
#include <memory>

namespace QtDelivery {

/*! What an encrypted piece is longer than the plain one: the authenticator behind it. */
constexpr qint64 PieceTagSize = 16;
constexpr qint64 KeyIdSize = 8;
constexpr qint64 FileSaltSize = 24;

/*! \brief What must be another one for each piece that is ever encrypted with a key. */
class PieceNonce
{
public:
    /*! Of a place that is written once. */
    PieceNonce(quint64 place) // NOLINT(google-explicit-constructor): a place is a nonce
    {
        qToLittleEndian(place, m_bytes.data());
    }
    /*! FileSaltSize bytes by chance, of a place that is written more than once. */
    explicit PieceNonce(QByteArrayView salt)
    {
        std::copy_n(salt.begin(), std::min(salt.size(), qsizetype(m_bytes.size())),
                    m_bytes.begin());
    }

    [[nodiscard]] const char *data() const { return m_bytes.data(); }

private:
    std::array<char, FileSaltSize> m_bytes{};
};

/*!
    \brief Encrypts the pieces of one file, and tells whether they are as they were written.

    A piece is encrypted with the file's key and a nonce: the place where it lies, or what was
   drawn. Two pieces must never be encrypted with the same of both: whoever had them would learn
   what they have not in common. So a file that is begun again gets another salt, by which it has
   another key.

    No cipher (a null pointer) means that the file is not encrypted.
*/
class PieceCipher
{
public:
    PieceCipher() = default;
    virtual ~PieceCipher() = default;
    Q_DISABLE_COPY_MOVE(PieceCipher)

    /*! Encrypts the \a size bytes at \a data and writes PieceTagSize bytes behind them. \a head is
     * authenticated with them. */
    virtual void seal(const PieceNonce &nonce, QByteArrayView head, char *data,
                      qint64 size) const = 0;
    /*! Decrypts them; false, and what is at \a data is of no use, if anything is not as it was
     * given to seal(). */
    [[nodiscard]] virtual bool open(const PieceNonce &nonce, QByteArrayView head, char *data,
                                    qint64 size) const = 0;
};

/*! \brief The keys by which files are encrypted: one for new files, and older ones.

    Can be used in every thread. */
class CipherKeys
{
public:
    CipherKeys() = default;
    virtual ~CipherKeys() = default;
    Q_DISABLE_COPY_MOVE(CipherKeys)

    /*! Of the keys there are, KeyIdSize bytes each and not secret; the first is for new files. */
    [[nodiscard]] virtual QByteArrayList ids() const = 0;
    /*! FileSaltSize bytes by chance. */
    [[nodiscard]] virtual QByteArray newSalt() const = 0;
    /*! For the file that begins with \a header, in which its salt is; null if there is no key \a
     * keyId. */
    [[nodiscard]] virtual std::unique_ptr<PieceCipher> cipher(QByteArrayView keyId,
                                                              QByteArrayView header) const = 0;
};

} // namespace QtDelivery
