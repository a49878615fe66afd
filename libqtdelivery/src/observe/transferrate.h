// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/types.h"

#include <chrono>
#include <cmath>

namespace QtDelivery {

/*!
    \brief How fast the message that is under way in ranges moves, smoothed.

    Bytes are counted over pieces of at least a tenth of a second; each piece weighs as if the rate
   followed with a time constant of one second. Where the count begins does not matter: what a
   former life has left, or what goes back with a lost link, is no speed.
*/
class TransferRate
{
public:
    static constexpr qint64 Unknown = -1;

    /*! \a bytes of message \a seqNr are done. Cheap: once per turn. */
    void note(SeqNr seqNr, quint64 bytes, TimePoint now)
    {
        if (seqNr != m_seqNr)
            m_rate = Unknown;
        if (seqNr != m_seqNr || bytes < m_base) {
            m_seqNr = seqNr;
            m_base = bytes;
            m_since = now;
        }
        m_bytes = bytes;
        if (now - m_since < Piece)
            return;
        m_rate = rateAt(now);
        m_base = bytes;
        m_since = now;
    }

    /*! Bytes per second of message \a seqNr; falls while it stands still. Unknown: for less than a
     * piece. */
    [[nodiscard]] qint64 at(SeqNr seqNr, TimePoint now) const
    {
        if (seqNr != m_seqNr)
            return Unknown;
        return std::llround(now - m_since < Piece ? m_rate : rateAt(now));
    }

private:
    static constexpr Duration Piece = std::chrono::milliseconds(100);

    [[nodiscard]] double rateAt(TimePoint now) const
    {
        const double seconds = std::chrono::duration<double>(now - m_since).count();
        const double latest = double(m_bytes - m_base) / seconds;
        return m_rate < 0 ? latest : latest + (m_rate - latest) * std::exp(-seconds);
    }

    SeqNr m_seqNr = 0;
    quint64 m_base = 0; // bytes when the piece began
    quint64 m_bytes = 0; // bytes that were noted last
    TimePoint m_since{}; // the piece's begin
    double m_rate = Unknown;
};

} // namespace QtDelivery
