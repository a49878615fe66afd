// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <utility>

namespace QtDelivery {

/*! \brief Memory for a payload that arrives piece by piece: it grows with what has arrived, not
   with what was announced. */
class GrowingPayload
{
public:
    /*! \a bytes more would make it move to another place. */
    [[nodiscard]] bool movesFor(qsizetype bytes) const
    {
        return m_payload.size() + bytes > m_payload.capacity();
    }
    /*! Adds a copy of \a piece, which is returned. All together will be \a totalSize bytes long. */
    QByteArrayView append(QByteArrayView piece, qsizetype totalSize);

    void clear() { m_payload.clear(); }
    [[nodiscard]] QByteArray take() { return std::move(m_payload); }

private:
    QByteArray m_payload;
};

} // namespace QtDelivery
