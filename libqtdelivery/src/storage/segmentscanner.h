// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "journalformat.h"

namespace QtDelivery {

/*! \brief Gives out the records of one segment, and judges what is behind them.

    Of a segment that was followed by another it is known where it ends: everything before must be
   valid. The last one ends at the first bytes that are no record. These may be a write that was
   torn by a crash, and then nothing is lost that was synced; or damage. It is damage if any valid
   record behind says that this place was synced when it was written. */
class SegmentScanner
{
public:
    /*! \a end is negative for the last segment. */
    SegmentScanner(QByteArrayView segment, const SegmentHeader &header, qint64 end = -1)
        : m_segment(segment)
        , m_seed(header.seed())
        , m_offset(header.length())
        , m_end(end)
    { }

    /*! The next record; nothing at the end, or where something is wrong. */
    [[nodiscard]] std::optional<RecordView> next();
    /*! Behind the last record that was given out. */
    [[nodiscard]] qint64 offset() const { return m_offset; }
    /*! After next() has given out the last: what is missing at offset() was synced. */
    [[nodiscard]] bool isDamaged() const;

    /*! Up to where the records that were given out, and a mark behind them, prove that the segment
     * was synced. */
    [[nodiscard]] qint64 provenEnd() const { return m_provenEnd; }

private:
    const QByteArrayView m_segment;
    const quint32 m_seed;
    qint64 m_offset;
    const qint64 m_end;
    qint64 m_provenEnd = 0;
};

} // namespace QtDelivery
