// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/types.h"
#include "transport.h"

#include <functional>
#include <memory>
#include <optional>

namespace QtDelivery {

/*! \brief What a node needs of the world: the time, one alarm, chance, and connections. Tests bring
 * their own. */
class NodeEnvironment
{
public:
    virtual ~NodeEnvironment() = default;

    [[nodiscard]] virtual TimePoint now() const = 0;
    /*! Uniform. */
    [[nodiscard]] virtual quint64 random() = 0;
    /*! Calls \a wakeUp at about \a when, which replaces the alarm before; none = no alarm. */
    virtual void setAlarm(std::optional<TimePoint> when) = 0;
    /*! As the functions of transport.h, which they call unless they are overridden. */
    [[nodiscard]] virtual std::unique_ptr<Connection> connectTo(const QUrl &url,
                                                                const NodeSettings &settings,
                                                                const TlsSettings &tls);
    [[nodiscard]] virtual std::unique_ptr<Listener> listen(const QUrl &url,
                                                           const NodeSettings &settings,
                                                           const TlsSettings &tls,
                                                           AcceptFunction accept, Error *error);

    void setWakeUp(std::function<void()> wakeUp) { m_wakeUp = std::move(wakeUp); }

protected:
    std::function<void()> m_wakeUp;
};

/*! Steady clock, QTimer, the system's random generator. */
[[nodiscard]] std::unique_ptr<NodeEnvironment> systemEnvironment();

/*! NonceSize bytes, by the environment's chance. */
[[nodiscard]] QByteArray drawNonce(NodeEnvironment &environment);

/*! A new identity, by the environment's chance. */
[[nodiscard]] Incarnation drawIncarnation(NodeEnvironment &environment);

} // namespace QtDelivery
