// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtGlobal>

#include <algorithm>

namespace QtDelivery {

/*! \brief The bytes that a consumer has granted to its producer.

    A grant of n bytes says: a message may start less than n bytes beyond what is confirmed. Places
   in the flow are counted from this object's first byte on, so that a later and smaller grant does
   not take back what the producer may have used already. */
class ByteGrant
{
public:
    /*! Messages of \a bytes in all are confirmed. */
    void confirm(quint64 bytes) { m_confirmed += bytes; }

    /*! \a bytes beyond what is confirmed are announced. */
    void announce(quint64 bytes)
    {
        m_announced = bytes;
        m_limit = std::max(m_limit, m_confirmed + bytes);
    }
    /*! The last announcement reaches a producer that knows of no other one. */
    void startAnew() { m_limit = m_confirmed + m_announced; }

    /*! A message may start when \a held bytes are unconfirmed. */
    [[nodiscard]] bool mayStart(quint64 held) const { return m_confirmed + held < m_limit; }
    /*! \a held unconfirmed bytes reach so far beyond the last place where a message may start. */
    [[nodiscard]] quint64 excess(quint64 held) const
    {
        return mayStart(held) ? 0 : m_confirmed + held - m_limit + 1;
    }

private:
    quint64 m_confirmed = 0;
    quint64 m_announced = 0;
    quint64 m_limit = 0; // no further message may start there or beyond
};

} // namespace QtDelivery
