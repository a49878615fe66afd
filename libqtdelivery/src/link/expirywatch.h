// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "flowendpoint.h"

#include <QDateTime>

#include <chrono>
#include <functional>

namespace QtDelivery {

/*! \brief Looks at certificates once a day, as long as there are any. */
class ExpiryWatch final : public Timed
{
public:
    /*! \a look tells of those that end soon; false if there are none to be looked at. */
    explicit ExpiryWatch(std::function<bool()> look)
        : m_look(std::move(look))
    { }

    /*! There is a certificate: looks at them again in a day, if not before. */
    void begin(TimePoint now)
    {
        if (!m_next)
            m_next = now + Day;
    }

    [[nodiscard]] static bool isSoon(const QDateTime &end, std::chrono::hours before)
    {
        return end.isValid()
            && QDateTime::currentDateTimeUtc().addSecs(std::chrono::seconds(before).count()) >= end;
    }

    [[nodiscard]] std::optional<TimePoint> nextTimeout() const override { return m_next; }
    void handleTimeout(TimePoint now) override
    {
        if (!m_next || now < *m_next)
            return;
        m_next.reset();
        if (m_look())
            begin(now);
    }

private:
    static constexpr Duration Day = std::chrono::hours(24);

    const std::function<bool()> m_look;
    std::optional<TimePoint> m_next;
};

} // namespace QtDelivery
