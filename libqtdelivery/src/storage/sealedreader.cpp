// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "sealedreader.h"

#include <algorithm>
#include <cstring>

namespace QtDelivery {

bool FetchedPiece::fetch(const SyncedFile &file, const SealedPieces &pieces, qint64 index)
{
    if (index == m_index)
        return true;
    m_index = -1;
    m_bytes.resize(FileSaltSize + pieces.lengthOf(index) + PieceTagSize);
    const Result<qint64> got =
        file.readAt(SealedPieces::offsetOf(index), m_bytes.data(), m_bytes.size());
    if (!got || *got != m_bytes.size() || !pieces.open(index, &m_bytes))
        return false;
    m_index = index;
    return true;
}

Error SealedReader::open()
{
    if (m_pieces)
        return {};
    if (Error error = m_file.open(m_path, SyncedFile::Mode::ReadOnly))
        return error;
    QByteArray header;
    if (Error error = m_file.read(SealedPieces::HeaderSize, &header))
        return error;
    Result<SealedPieces> pieces = SealedPieces::open(*m_keys, m_path, header, m_payload);
    if (!pieces)
        return pieces.error();
    m_pieces.emplace(*std::move(pieces));
    return {};
}

void SealedReader::close()
{
    m_pieces.reset();
    m_file.close();
    m_fetched = {};
}

bool SealedReader::read(qint64 offset, char *to, qint64 size)
{
    const qint64 end = offset + size;
    bool isRead = end <= m_payload.size && !open();
    while (isRead && offset < end) {
        isRead = m_fetched.fetch(m_file, *m_pieces, offset / SealedPieces::PieceSize);
        if (isRead) {
            const qint64 from = offset % SealedPieces::PieceSize;
            const qint64 count = std::min(end - offset, m_fetched.bytes().size() - from);
            std::memcpy(to, m_fetched.bytes().constData() + from, size_t(count));
            to += count;
            offset += count;
        }
    }
    if (!isRead || offset == m_payload.size)
        close();
    return isRead;
}

} // namespace QtDelivery
