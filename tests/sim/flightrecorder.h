// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <core/frames.h>

#include <deque>

namespace QtDelivery::Simulation {

/*! \brief The last events of a world, for the report of a failure.

    Off unless a failure is replayed: a seed gives the same world again, so the thousands that pass
   pay nothing. */
class FlightRecorder
{
public:
    void switchOn() { m_on = true; }

    /*! \a text is a function: it is called only if the recorder is on. */
    template <typename Text> void note(TimePoint when, Text &&text)
    {
        if (m_on)
            add(when, text());
    }

    [[nodiscard]] QByteArray text() const;

private:
    void add(TimePoint when, const QByteArray &text);

    bool m_on = false;
    std::deque<QByteArray> m_events;
};

[[nodiscard]] QByteArray describe(ChannelNr channel, const Frame &frame);

} // namespace QtDelivery::Simulation
