// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "types.h"

#include <algorithm>
#include <vector>

namespace QtDelivery {

/*! \brief What a consumer has asked for again: ranges of numbers, ascending and apart. */
class ResendList
{
public:
    struct Range
    {
        SeqNr from = 0;
        SeqNr to = 0; // included
        quint64 offset = 0; // of the first byte that is wanted of `from`
    };

    [[nodiscard]] bool isEmpty() const { return m_ranges.empty(); }
    /*! What comes first. The caller moves the offset of a message that is not complete. */
    [[nodiscard]] Range &front() { return m_ranges.front(); }
    [[nodiscard]] const Range &front() const { return m_ranges.front(); }
    void clear() { m_ranges.clear(); }
    [[nodiscard]] const std::vector<Range> &ranges() const { return m_ranges; }

    /*! The first message is transmitted. */
    void dropFront()
    {
        Range &range = m_ranges.front();
        range.offset = 0;
        if (++range.from > range.to)
            m_ranges.erase(m_ranges.begin());
    }

    void dropUpTo(SeqNr seqNr)
    {
        std::erase_if(m_ranges, [&](const Range &range) { return range.to <= seqNr; });
        if (!m_ranges.empty() && m_ranges.front().from <= seqNr)
            m_ranges.front() = {seqNr + 1, m_ranges.front().to};
    }

    void add(Range range)
    {
        const auto touches = [&](const Range &r) {
            return r.from <= range.to + 1 && range.from <= r.to + 1;
        };
        Range sum = range;
        for (const Range &r : m_ranges) {
            if (touches(r))
                include(r, &sum);
        }
        std::erase_if(m_ranges, touches);
        if (m_ranges.size() >= MaxRanges) {
            include(m_ranges.front(), &sum);
            include(m_ranges.back(), &sum);
            m_ranges.clear();
        }
        const auto behind = std::find_if(m_ranges.begin(), m_ranges.end(),
                                         [&](const Range &r) { return r.from > sum.to; });
        m_ranges.insert(behind, sum);
    }

private:
    // More of them become one: the bookkeeping stays bounded, the consumer drops what it has.
    static constexpr size_t MaxRanges = 64;

    static void include(const Range &range, Range *sum)
    {
        if (range.from == sum->from)
            sum->offset = std::min(sum->offset, range.offset);
        else if (range.from < sum->from)
            sum->offset = range.offset;
        sum->from = std::min(sum->from, range.from);
        sum->to = std::max(sum->to, range.to);
    }

    std::vector<Range> m_ranges;
};

} // namespace QtDelivery
