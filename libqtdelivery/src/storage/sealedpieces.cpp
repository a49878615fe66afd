// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "sealedpieces.h"

#include "journalerrors.h"
#include "keyerrors.h"

#include <QtEndian>

#include <algorithm>
#include <array>

namespace QtDelivery {

namespace {

constexpr quint64 PiecesMagic = 0x5345'4345'4950'4451; // "QDPIECES" in the file
constexpr quint32 PiecesVersion = 1;
constexpr qsizetype KeyIdAt = 16;

/*! What the key of the file depends on. */
QByteArray identity(const QByteArray &header, const SealedPayload &payload)
{
    QByteArray bytes = header;
    const qint64 size = qToLittleEndian(payload.size);
    bytes.append(reinterpret_cast<const char *>(&size), sizeof size);
    return bytes + payload.name;
}

/*! What is authenticated with a piece. */
class Head
{
public:
    explicit Head(qint64 index) { qToLittleEndian(index, m_bytes.data()); }
    [[nodiscard]] QByteArrayView view() const
    {
        return {m_bytes.data(), qsizetype(m_bytes.size())};
    }

private:
    std::array<char, sizeof(qint64)> m_bytes{};
};

} // namespace

SealedPieces::SealedPieces(std::unique_ptr<PieceCipher> cipher, QByteArray header, qint64 size)
    : m_cipher(std::move(cipher))
    , m_header(std::move(header))
    , m_size(size)
{ }

Result<SealedPieces> SealedPieces::create(const CipherKeys &keys, const QString &path,
                                          const SealedPayload &payload)
{
    const QByteArray keyId = keys.ids().constFirst();
    QByteArray header(KeyIdAt, '\0');
    qToLittleEndian(PiecesMagic, header.data());
    qToLittleEndian(PiecesVersion, header.data() + sizeof PiecesMagic);
    header += keyId + keys.newSalt();
    auto cipher = keys.cipher(keyId, identity(header, payload));
    if (!cipher)
        return noCipher(&keys, path, keyId);
    return SealedPieces(std::move(cipher), header, payload.size);
}

Result<SealedPieces> SealedPieces::open(const CipherKeys &keys, const QString &path,
                                        const QByteArray &header, const SealedPayload &payload)
{
    if (header.size() != HeaderSize
        || qFromLittleEndian<quint64>(header.constData()) != PiecesMagic)
        return payloadNotEncrypted(path);
    if (qFromLittleEndian<quint32>(header.constData() + sizeof PiecesMagic) != PiecesVersion)
        return journalVersionUnknown(path);
    const QByteArray keyId = header.mid(KeyIdAt, KeyIdSize);
    auto cipher = keys.cipher(keyId, identity(header, payload));
    if (!cipher)
        return noCipher(&keys, path, keyId);
    return SealedPieces(std::move(cipher), header, payload.size);
}

qint64 SealedPieces::fileSize(qint64 size)
{
    const qint64 count = (size + PieceSize - 1) / PieceSize;
    return offsetOf(count) - (count * PieceSize - size);
}

qint64 SealedPieces::lengthOf(qint64 index) const
{
    return std::clamp<qint64>(m_size - index * PieceSize, 0, PieceSize);
}

void SealedPieces::seal(qint64 index, const QByteArray &salt, QByteArrayView bytes,
                        QByteArray *out) const
{
    out->append(salt);
    const qsizetype at = out->size();
    out->append(bytes.data(), bytes.size());
    out->append(PieceTagSize, '\0');
    m_cipher->seal(PieceNonce(QByteArrayView(salt)), Head(index).view(), out->data() + at,
                   bytes.size());
}

bool SealedPieces::open(qint64 index, QByteArray *piece) const
{
    const qint64 size = piece->size() - FileSaltSize - PieceTagSize;
    if (size < 1 || size != lengthOf(index))
        return false;
    const PieceNonce nonce(QByteArrayView(*piece).first(FileSaltSize));
    if (!m_cipher->open(nonce, Head(index).view(), piece->data() + FileSaltSize, size))
        return false;
    *piece = piece->mid(FileSaltSize, size);
    return true;
}

} // namespace QtDelivery
