// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "sealedreader.h"

#include <algorithm>
#include <optional>

namespace QtDelivery {

/*! \brief A payload that arrives, as a file that is encrypted while it grows.

    Only whole pieces are written; the rest is held until its piece is whole. So a later life finds
   whole pieces, and what comes after them arrives once more. The last piece is never believed to be
   there: whoever brings it brings the payload's digest. */
class SealedPart
{
public:
    /*! In \a file, which is open and outlives this. */
    SealedPart(SyncedFile &file, std::shared_ptr<const CipherKeys> keys, SealedPayload payload)
        : m_file(file)
        , m_keys(std::move(keys))
        , m_payload(std::move(payload))
    { }

    /*! Finds what is there, or begins: a file that is damaged, too. AccessDenied if it needs a key
       that is not there; the file is as it was. */
    [[nodiscard]] Error open();
    /*! So many bytes of the payload. */
    [[nodiscard]] qint64 have() const
    {
        return std::min(m_index * SealedPieces::PieceSize + m_rest.size(), m_payload.size);
    }
    /*! Reads back \a size bytes from \a offset on, which are there. */
    [[nodiscard]] bool read(qint64 offset, char *to, qint64 size);
    /*! Adds \a bytes; nothing is added after an error. */
    [[nodiscard]] Error write(QByteArrayView bytes);

private:
    [[nodiscard]] Error begin();

    SyncedFile &m_file;
    const std::shared_ptr<const CipherKeys> m_keys;
    const SealedPayload m_payload;
    std::optional<SealedPieces> m_pieces; // once it is open
    qint64 m_index = 0; // so many pieces are in the file
    QByteArray m_rest; // what is there of the next one
    FetchedPiece m_fetched;
};

} // namespace QtDelivery
