// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/types.h"

#include <algorithm>
#include <array>

namespace QtDelivery {

/*! The node's monotonic clock as snapshots tell it. */
[[nodiscard]] inline qint64 toMicroseconds(TimePoint time)
{
    return std::chrono::duration_cast<std::chrono::microseconds>(time.time_since_epoch()).count();
}

/*!
    \brief About when the oldest unconfirmed message came, without a note per message.

    A few marks "everything up to n was there at t", placed as the flow goes on: at least 10 ms, or
   an eighth of the oldest age, apart. The oldest unconfirmed message is at or below the first mark
   that is not confirmed. What came when no mark was due is covered by one of the time when it was.
   When there is no room every second mark is dropped.
*/
class AgeMarks
{
public:
    /*! Messages up to \a last are there, those up to \a confirmed are confirmed. Cheap: once per
     * turn. */
    void note(SeqNr last, SeqNr confirmed, TimePoint now)
    {
        if (last > confirmed && now >= m_next) {
            place(last, confirmed, now);
            return;
        }
        m_seen = last;
        if (last <= confirmed)
            m_next = {};
    }

    /*! Microseconds of the node's clock; -1 = everything is confirmed. */
    [[nodiscard]] qint64 oldest(SeqNr last, SeqNr confirmed, TimePoint now) const
    {
        if (last <= confirmed)
            return -1;
        for (size_t i = 0; i < m_count; ++i) {
            if (m_marks[i].seqNr > confirmed)
                return toMicroseconds(m_marks[i].time);
        }
        return toMicroseconds(m_next == TimePoint() ? now : std::min(now, m_next));
    }

private:
    static constexpr Duration MinApart = std::chrono::milliseconds(10);

    struct Mark
    {
        SeqNr seqNr = 0;
        TimePoint time{};
    };

    void place(SeqNr last, SeqNr confirmed, TimePoint now)
    {
        if (youngest() > last)
            m_count = 0; // the numbers have begun anew
        dropConfirmed(confirmed);
        const bool wasSilent = m_count > 0 && now - m_next > apart(now);
        if (m_seen > std::max(confirmed, youngest()) && m_seen < last
            && (wasSilent || m_count == 0))
            push({m_seen, m_next});
        if (last > youngest())
            push({last, now});
        m_seen = last;
        m_next = now + apart(now);
    }

    [[nodiscard]] Duration apart(TimePoint now) const
    {
        return std::max<Duration>(MinApart, (now - m_marks[0].time) / 8);
    }

    [[nodiscard]] SeqNr youngest() const { return m_count > 0 ? m_marks[m_count - 1].seqNr : 0; }

    void push(const Mark &mark)
    {
        if (m_count == m_marks.size())
            thinOut();
        m_marks[m_count++] = mark;
    }

    void dropConfirmed(SeqNr confirmed)
    {
        size_t kept = 0;
        for (size_t i = 0; i < m_count; ++i) {
            if (m_marks[i].seqNr > confirmed)
                m_marks[kept++] = m_marks[i];
        }
        m_count = kept;
    }

    void thinOut()
    {
        size_t kept = 1; // the first tells the age
        for (size_t i = 2; i < m_count; i += 2)
            m_marks[kept++] = m_marks[i];
        m_count = kept;
    }

    TimePoint
        m_next{}; // when a mark is due; none was placed since everything was confirmed: at once
    SeqNr m_seen = 0; // the youngest message, whether a mark covers it or not
    size_t m_count = 0;
    std::array<Mark, 12> m_marks{};
};

/*! \brief How long the durable storage takes to answer: one request is timed at a time. */
class StoreClock
{
public:
    /*! Everything up to \a last is in the storage's hands, up to \a stored it has answered. */
    void handedOver(SeqNr last, SeqNr stored, TimePoint now)
    {
        if (m_upTo > 0 || last <= stored)
            return;
        m_upTo = last;
        m_since = now;
    }

    /*! Everything up to \a stored is answered. */
    void answered(SeqNr stored, TimePoint now)
    {
        if (m_upTo == 0 || stored < m_upTo)
            return;
        m_upTo = 0;
        m_last = toMicroseconds(now) - toMicroseconds(m_since);
        m_longest = std::max(m_longest, m_last);
    }

    /*! The numbers begin anew, nothing is in its hands. */
    void reset() { m_upTo = 0; }

    [[nodiscard]] bool isWaiting() const { return m_upTo > 0; }
    [[nodiscard]] TimePoint since() const { return m_since; }
    [[nodiscard]] qint64 last() const { return m_last; }
    [[nodiscard]] qint64 longest() const { return m_longest; }

private:
    SeqNr m_upTo = 0; // 0 = nothing is timed
    TimePoint m_since{};
    qint64 m_last = -1;
    qint64 m_longest = -1;
};

} // namespace QtDelivery
