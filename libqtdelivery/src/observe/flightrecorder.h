// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/flowevent.h>

#include <QList>

#include <algorithm>
#include <vector>

namespace QtDelivery {

/*! \brief The last events of one flow, in a ring.

    Its memory is allocated when recording begins and never grows; what does not fit pushes the
   oldest out. Numbers of events go on when recording is switched off and on again, so that a reader
   asks for what it has not seen. */
class FlightRecorder
{
public:
    static constexpr qsizetype Size = 256;

    [[nodiscard]] bool isOn() const { return !m_ring.empty(); }

    /*! Switched off it forgets everything and gives its memory back. */
    void setOn(bool on, qint64 time)
    {
        if (on == isOn())
            return;
        if (!on) {
            m_ring = {};
            m_count = 0;
            return;
        }
        m_ring.resize(Size);
        add(FlowEvent::Kind::RecordingBegan, time, 0, 0);
    }

    /*! Only if isOn(). */
    void add(FlowEvent::Kind kind, qint64 time, qint64 seqNr, qint64 detail)
    {
        ++m_last;
        m_ring[size_t(m_last % Size)] = {m_last, time, kind, seqNr, detail};
        m_count = std::min<qint64>(m_count + 1, Size);
    }

    /*! The events after number \a number, oldest first. */
    [[nodiscard]] QList<FlowEvent> after(qint64 number) const
    {
        QList<FlowEvent> events;
        const qint64 first = std::max(number + 1, m_last - m_count + 1);
        if (first <= m_last)
            events.reserve(m_last - first + 1);
        for (qint64 n = first; n <= m_last; ++n)
            events.append(m_ring[size_t(n % Size)]);
        return events;
    }

private:
    std::vector<FlowEvent> m_ring; // empty = off
    qint64 m_last = 0; // number of the youngest event
    qint64 m_count = 0; // events held
};

} // namespace QtDelivery
