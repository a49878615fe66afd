// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/types.h"

#include <functional>
#include <memory>
#include <optional>

namespace QtDelivery {

/*! \brief What a node needs of the world besides sockets: the time, one alarm, and chance. Tests
 * bring their own. */
class NodeEnvironment
{
public:
    virtual ~NodeEnvironment() = default;

    [[nodiscard]] virtual TimePoint now() const = 0;
    /*! Uniform. */
    [[nodiscard]] virtual quint64 random() = 0;
    /*! Calls \a wakeUp at about \a when, which replaces the alarm before; none = no alarm. */
    virtual void setAlarm(std::optional<TimePoint> when) = 0;

    void setWakeUp(std::function<void()> wakeUp) { m_wakeUp = std::move(wakeUp); }

protected:
    std::function<void()> m_wakeUp;
};

/*! Steady clock, QTimer, the system's random generator. */
[[nodiscard]] std::unique_ptr<NodeEnvironment> systemEnvironment();

} // namespace QtDelivery
