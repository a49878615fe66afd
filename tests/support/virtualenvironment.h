// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "link/nodeenvironment.h"

#include <chrono>
#include <vector>

namespace TestSupport {

class MemoryNetwork;
class VirtualEnvironment;

/*! \brief One clock for all nodes of a test. It stands still unless the test moves it. */
class VirtualTime
{
public:
    [[nodiscard]] QtDelivery::TimePoint now() const { return m_now; }

    /*! Moves the clock by \a time. Alarms that are due on the way fire at their own time, in order;
        before and after each, everything that is posted is processed. */
    void advance(std::chrono::milliseconds time);
    /*! Moves the clock to the next alarm and fires it; false if there is none within \a limit, the
        clock then stays. */
    bool advanceToAlarm(std::chrono::milliseconds limit);
    /*! Moves the clock while nobody does anything: the thread was busy. */
    void jump(std::chrono::milliseconds time) { m_now += time; }
    /*! Processes everything that is posted and what follows from it, but no timers and no sockets.
     */
    static void settle();

    /*! Alarms that nodes have set. */
    [[nodiscard]] int alarmCount() const;

private:
    friend class VirtualEnvironment;

    [[nodiscard]] VirtualEnvironment *nextDue(QtDelivery::TimePoint limit) const;

    // Far from zero: a forgotten time point would not look like the present.
    QtDelivery::TimePoint m_now{std::chrono::hours(1000)};
    std::vector<VirtualEnvironment *> m_environments;
};

/*! \brief A node's world in a test: virtual time, chance from a seed, and memory connections if
    there is a network; else the system's. */
class VirtualEnvironment final : public QtDelivery::NodeEnvironment
{
public:
    VirtualEnvironment(VirtualTime &time, MemoryNetwork *network, quint64 seed);
    ~VirtualEnvironment() override;

    [[nodiscard]] QtDelivery::TimePoint now() const override { return m_time.now(); }
    [[nodiscard]] quint64 random() override;
    void setAlarm(std::optional<QtDelivery::TimePoint> when) override { m_alarm = when; }
    [[nodiscard]] std::unique_ptr<QtDelivery::Connection> connectTo(
        const QUrl &url, const QtDelivery::NodeSettings &settings,
        const QtDelivery::TlsSettings &tls) override;
    [[nodiscard]] std::unique_ptr<QtDelivery::Listener> listen(
        const QUrl &url, const QtDelivery::NodeSettings &settings,
        const QtDelivery::TlsSettings &tls, QtDelivery::AcceptFunction accept,
        QtDelivery::Error *error) override;

    [[nodiscard]] std::optional<QtDelivery::TimePoint> alarm() const { return m_alarm; }
    void fire();

private:
    VirtualTime &m_time;
    MemoryNetwork *const m_network;
    quint64 m_state;
    std::optional<QtDelivery::TimePoint> m_alarm;
};

} // namespace TestSupport
