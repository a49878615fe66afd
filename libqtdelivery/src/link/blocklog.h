// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "flowendpoint.h"

#include <map>

namespace QtDelivery {

/*!
    \brief Decides when a flow's reason is worth a line in a log.

    Theory of operation
    -------------------
        moving --the same reason, and nothing confirmed, for Patience--> told "blocked"
           ^                                                                  |
           |_______ told "moves again": no reason, or a confirmation___________|

    While it is blocked another reason that lasts is told as well. A flow that comes and goes says
    no more than one "blocked" in each Quiet: what is left out is told when it still holds then.
*/
class BlockWatch
{
public:
    static constexpr Duration Patience = std::chrono::seconds(5);
    static constexpr Duration Quiet = std::chrono::minutes(1);

    enum class News { None, Blocked, Moves };
    struct Line
    {
        News news = News::None;
        Duration blockedFor{}; //!< how long nothing is, or was, confirmed
    };
    /*! What \a flow, as it is now, has to tell. */
    [[nodiscard]] Line look(const FlowSnapshot &flow, TimePoint now);

private:
    Blocked::Reason m_reason = Blocked::Reason::None;
    qint64 m_confirmed = -1;
    TimePoint m_since{}; // nothing was confirmed, whatever the reason
    TimePoint m_reasonSince{};
    bool m_isReasonTold = false;
    bool m_isOpen = false; // it was told to be blocked, and not yet to move again
    std::optional<TimePoint> m_toldAt;
};

/*! \brief Writes the reason why a flow does not move to its logging category, `qtdelivery.producer`
   or `qtdelivery.consumer`, as info, in the words of Blocked.

    Looks at all flows of a node once a second, while such lines are wanted and there are flows:
   otherwise it costs nothing. Lines that are switched on later begin when the next controller is
   made. */
class BlockLog final : public Timed
{
public:
    static constexpr Duration Interval = std::chrono::seconds(1);

    /*! True if looking begins, and the deadline with it. */
    [[nodiscard]] bool add(const FlowEndpoint *endpoint, TimePoint now);
    void remove(const FlowEndpoint *endpoint) { m_watched.erase(endpoint); }

    [[nodiscard]] std::optional<TimePoint> nextTimeout() const override
    {
        return m_watched.empty() ? std::nullopt : m_next;
    }
    void handleTimeout(TimePoint now) override;

private:
    std::map<const FlowEndpoint *, BlockWatch> m_watched;
    std::optional<TimePoint> m_next;
};

} // namespace QtDelivery
