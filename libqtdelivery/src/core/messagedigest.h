// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QCryptographicHash>

namespace QtDelivery {

/*! \brief BLAKE2b-256 of a message that is seen range by range, some of it perhaps more than once.
 */
class MessageDigest
{
public:
    /*! So many bytes, from the first on, are in the digest. */
    [[nodiscard]] quint64 position() const { return m_position; }

    /*! \a bytes begin at \a offset, which is not beyond position(). */
    void add(quint64 offset, QByteArrayView bytes)
    {
        Q_ASSERT(offset <= m_position);
        const quint64 known = m_position - offset;
        if (known >= quint64(bytes.size()))
            return;
        m_hash.addData(bytes.sliced(qsizetype(known)));
        m_position = offset + quint64(bytes.size());
        m_result.clear();
    }

    /*! Of all bytes up to position(). Nothing can be added behind it. */
    [[nodiscard]] const QByteArray &result()
    {
        if (m_result.isEmpty())
            m_result = m_hash.result();
        return m_result;
    }

private:
    QCryptographicHash m_hash{QCryptographicHash::Blake2b_256};
    quint64 m_position = 0;
    QByteArray m_result;
};

} // namespace QtDelivery
