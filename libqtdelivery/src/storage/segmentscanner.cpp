// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "segmentscanner.h"

#include <algorithm>

namespace QtDelivery {

std::optional<RecordView> SegmentScanner::next()
{
    const std::optional<RecordView> record = readRecord(m_segment, m_offset, m_seed);
    if (record && record->synced <= m_offset)
        m_provenEnd = std::max(m_provenEnd, record->synced);
    if (!record || record->type == RecordType::Mark || (m_end >= 0 && record->end() > m_end))
        return std::nullopt;
    m_offset = record->end();
    return record;
}

bool SegmentScanner::isDamaged() const
{
    if (m_end >= 0)
        return m_offset != m_end;
    qint64 at = m_offset;
    while (at + RecordHeaderSize <= m_segment.size()) {
        const std::optional<RecordView> record = readRecord(m_segment, at, m_seed);
        if (record && record->synced > m_offset)
            return true;
        at = record ? record->end() : at + JournalAlignment;
    }
    return false;
}

} // namespace QtDelivery
