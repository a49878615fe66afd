// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "chaos.h"

namespace QtDelivery::Simulation {

/*! \brief Producers, consumers, links and what goes wrong, in virtual time, all from one seed. */
class World
{
public:
    World(const Scenario &scenario, quint64 seed);
    /*! A world whose frames fare as \a weather says. */
    World(const Scenario &scenario, quint64 seed, std::unique_ptr<Weather> weather);

    void recordFlight() { m_environment.recorder.switchOn(); }
    [[nodiscard]] Environment &environment() { return m_environment; }
    [[nodiscard]] Population &population() { return m_population; }

    /*! Empty, or what is wrong. */
    [[nodiscard]] QByteArray run();

private:
    void populate();
    void start();
    bool runUntilDone(TimePoint limit);
    void runFor(Duration duration);
    [[nodiscard]] bool isDone() const;
    [[nodiscard]] Duration settlingTime() const;
    [[nodiscard]] QByteArray describeStandstill() const;
    void checkIdle();
    void checkEnd();
    template <typename Do> void forEachConsumer(Do what) const;

    const Scenario &m_scenario;
    Environment m_environment;
    std::unique_ptr<Weather> m_weather;
    Population m_population;
    std::deque<Ledger> m_ledgers; // one per flow; the flows refer to them
    Chaos m_chaos;
};

} // namespace QtDelivery::Simulation
