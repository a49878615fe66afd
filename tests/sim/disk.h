// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "environment.h"
#include "scenario.h"

#include <functional>
#include <vector>

namespace QtDelivery::Simulation {

/*! \brief When the writes of one store reach the platter: in order, each after a delay of its own,
   and some not at all.

    A crash loses what is on its way, or a part of it, by chance. */
class Disk
{
public:
    /*! \a write puts something on the platter; \a answer tells whether it is there. */
    using Write = std::function<void()>;
    using Answer = std::function<void(bool ok)>;

    Disk(Environment &environment, const Scenario &scenario)
        : m_environment(environment)
        , m_scenario(scenario)
        , m_failure(environment.rng.between(scenario.faults.storeFails.from,
                                            scenario.faults.storeFails.to))
    { }

    void store(Write write, Answer answer)
    {
        m_pending.push_back({std::move(write), std::move(answer)});
        if (m_pending.size() == 1)
            next();
    }

    /*! Nobody waits for answers any more; a beginning of what is pending may have been written. */
    void crash()
    {
        ++m_life;
        const auto written = m_environment.rng.below(m_pending.size() + 1);
        for (size_t i = 0; i < written; ++i)
            m_pending[i].write();
        m_pending.clear();
    }

    /*! The weather clears up: nothing fails any more. */
    void mend() { m_failure = 0; }

private:
    struct Pending
    {
        Write write;
        Answer answer;
    };

    void next()
    {
        m_environment.timeline.after(m_environment.rng.upTo(m_scenario.storeDelay),
                                     [this, life = m_life] {
                                         if (life == m_life)
                                             finish();
                                     });
    }

    void finish()
    {
        if (m_environment.rng.chance(m_failure)) {
            const Answer answer = m_pending.front().answer;
            m_pending.clear(); // nothing that is unanswered stays pending
            answer(false);
            return;
        }
        const Pending done = m_pending.front();
        m_pending.erase(m_pending.begin());
        done.write();
        if (!m_pending.empty())
            next();
        done.answer(true);
    }

    Environment &m_environment;
    const Scenario &m_scenario;
    double m_failure;
    quint64 m_life = 0;
    std::vector<Pending> m_pending;
};

} // namespace QtDelivery::Simulation
