// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "flightrecorder.h"
#include "rng.h"
#include "timeline.h"

namespace QtDelivery::Simulation {

/*! \brief What everything in one world shares: time, chance, the record, and the first failure. */
struct Environment
{
    explicit Environment(quint64 seed)
        : rng(seed)
    { }

    Timeline timeline;
    Rng rng;
    FlightRecorder recorder;
    QByteArray failure; //!< empty as long as nothing is wrong
    quint64 framesWritten = 0;

    [[nodiscard]] TimePoint now() const { return timeline.now(); }
    [[nodiscard]] bool hasFailed() const { return !failure.isEmpty(); }

    /*! Only the first failure counts: what follows is its consequence. */
    void fail(const QByteArray &what)
    {
        if (failure.isEmpty())
            failure = what;
        recorder.note(now(), [&] { return QByteArray("FAILURE ") + what; });
    }
    /*! True if \a condition holds. */
    bool check(bool condition, const char *what)
    {
        if (!condition)
            fail(what);
        return condition;
    }
};

} // namespace QtDelivery::Simulation
