// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "sealedpart.h"

#include <algorithm>
#include <cstring>

namespace QtDelivery {

Error SealedPart::open()
{
    QByteArray header;
    if (Error error = m_file.read(SealedPieces::HeaderSize, &header))
        return error;
    auto pieces = SealedPieces::open(*m_keys, m_file.path(), header, m_payload);
    if (pieces.error().code() == Error::Code::StorageCorrupt)
        return begin(); // a new file; or a power failure, for nothing of a spool is synced
    if (!pieces)
        return pieces.error();
    const Result<qint64> size = m_file.size();
    if (!size)
        return size.error();
    m_pieces.emplace(*std::move(pieces));
    const qint64 last = (m_payload.size - 1) / SealedPieces::PieceSize;
    m_index = std::min((*size - SealedPieces::HeaderSize) / SealedPieces::SealedSize, last);
    return m_file.truncate(SealedPieces::offsetOf(m_index));
}

Error SealedPart::begin()
{
    auto pieces = SealedPieces::create(*m_keys, m_file.path(), m_payload);
    if (!pieces)
        return pieces.error();
    m_pieces.emplace(*std::move(pieces));
    if (Error error = m_file.truncate(0))
        return error;
    return m_file.writeAt(0, m_pieces->header());
}

Error SealedPart::write(QByteArrayView bytes)
{
    QByteArray rest = m_rest;
    rest.append(bytes.data(), bytes.size());
    QByteArrayView plain(rest);
    QByteArray sealed;
    qint64 index = m_index;
    for (qint64 length = m_pieces->lengthOf(index); length > 0 && plain.size() >= length;
         length = m_pieces->lengthOf(++index)) {
        m_pieces->seal(index, m_keys->newSalt(), plain.first(length), &sealed);
        plain = plain.sliced(length);
    }
    if (index > m_index) {
        if (Error error = m_file.writeAt(SealedPieces::offsetOf(m_index), sealed))
            return error;
    }
    m_index = index;
    m_rest = plain.toByteArray();
    return {};
}

bool SealedPart::read(qint64 offset, char *to, qint64 size)
{
    const qint64 end = offset + size;
    while (offset < end) {
        const qint64 index = offset / SealedPieces::PieceSize;
        if (index < m_index && !m_fetched.fetch(m_file, *m_pieces, index))
            return false;
        const QByteArray &piece = index < m_index ? m_fetched.bytes() : m_rest;
        const qint64 from = offset % SealedPieces::PieceSize;
        const qint64 count = std::min(end - offset, piece.size() - from);
        if (count < 1)
            return false;
        std::memcpy(to, piece.constData() + from, size_t(count));
        to += count;
        offset += count;
    }
    return true;
}

} // namespace QtDelivery
