// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "types.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace QtDelivery {

/*!
    \brief How far the producer of a message in ranges may be ahead of what has arrived.

    Theory of operation
    -------------------
    While its flow is alone on the link that is the whole window. As soon as other flows use the
   link, their messages queue behind what is ahead, so it is no more than what keeps the line busy:

        report -------------> the producer goes on
                                     |
        first range that no earlier <+      the time in between is measured
        report had granted

    The shortest such time is taken for that of the line without a queue, and so

        next ahead = ahead * shortest / measured, and a quarter

    A long line measures the shortest time again and again, and what is ahead grows by a quarter
   each time, up to the window. Where a queue builds up the time grows with what is ahead, and ahead
   stays at Least, or a quarter above. What was granted is not taken back: a change takes effect
   when so much has arrived, and then the next measurement begins.
*/
class RangeWindow
{
public:
    static constexpr quint64 Least = 256 * 1024;

    /*! Never more than \a most bytes. */
    explicit RangeWindow(quint64 most)
        : m_most(most)
        , m_ahead(most)
    { }

    /*! Another link, of which nothing is known. */
    void startAnew() { *this = RangeWindow(m_most); }

    /*! Other flows used the link \a at that time. */
    void noteShared(TimePoint at) { m_sharedAt = at; }

    /*! A range of message \a seqNr that begins at \a offset has come: \a have bytes are there. */
    void handleArrival(SeqNr seqNr, quint64 offset, quint64 have, TimePoint now)
    {
        if (seqNr != m_seqNr) {
            m_seqNr = seqNr;
            m_granted = have + m_most; // perhaps: before it was in parts
            m_settled = m_granted;
            m_measured.reset();
        }
        if (!m_sharedAt || now - *m_sharedAt >= Memory) {
            m_ahead = m_most;
            m_isLimited = false;
            m_measured.reset();
            return;
        }
        if (!std::exchange(m_isLimited, true)) {
            m_ahead = std::min(Least, m_most);
            m_settled = m_granted;
        }
        if (m_measured && offset >= m_measured->granted) {
            adapt(now - m_measured->since);
            m_measured.reset();
        }
    }

    [[nodiscard]] quint64 ahead() const { return m_ahead; }

    /*! A report leaves that grants ahead() bytes behind \a have. */
    void handleReport(quint64 have, TimePoint now)
    {
        const quint64 granted = have + m_ahead;
        if (granted <= m_granted)
            return; // it makes no difference to the producer
        if (m_isLimited && !m_measured && have >= m_settled)
            m_measured = Measurement{now, m_granted};
        m_granted = granted;
    }

private:
    /*! Who was silent for so long does not share. */
    static constexpr Duration Memory = std::chrono::seconds(1);

    struct Measurement
    {
        TimePoint since; // when the report left
        quint64 granted; // bytes that earlier reports had granted
    };

    void adapt(Duration time)
    {
        time = std::max(time, Duration(1));
        m_shortest = m_shortest ? std::min(*m_shortest, time) : time;
        const double share = double(m_shortest->count()) / double(time.count());
        m_ahead = std::min(std::max(quint64(double(m_ahead) * share * 1.25), Least), m_most);
        m_settled = m_granted;
    }

    quint64 m_most;
    quint64 m_ahead;
    std::optional<TimePoint> m_sharedAt;
    bool m_isLimited = false;
    SeqNr m_seqNr = 0;
    quint64 m_granted = 0; // the highest byte of m_seqNr that was granted
    quint64 m_settled = 0; // behind this byte what is ahead shows
    std::optional<Measurement> m_measured; // under way
    std::optional<Duration> m_shortest;
};

} // namespace QtDelivery
