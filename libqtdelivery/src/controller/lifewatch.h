// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

namespace QtDelivery {

/*! \brief Tells a function that calls user code whether its object has survived that.

    What a QPointer does, for one thread and so without atomic operations: this happens with every
   message. */
class LifeWatch
{
    struct State
    {
        bool isAlive = true;
        int users = 1;
    };

    static void release(State *state)
    {
        if (--state->users == 0)
            delete state;
    }

public:
    /*! Is a member of what is watched. */
    class Life
    {
    public:
        Life() = default;
        Life(const Life &) = delete;
        Life &operator=(const Life &) = delete;
        ~Life()
        {
            m_state->isAlive = false;
            release(m_state);
        }

    private:
        friend class LifeWatch;
        State *const m_state = new State;
    };

    explicit LifeWatch(const Life &life)
        : m_state(life.m_state)
    {
        ++m_state->users;
    }
    LifeWatch(const LifeWatch &) = delete;
    LifeWatch &operator=(const LifeWatch &) = delete;
    // NOLINTBEGIN(clang-analyzer-cplusplus.NewDelete): the analyzer loses count of the users
    ~LifeWatch() { release(m_state); }

    /*! It lives. */
    explicit operator bool() const { return m_state->isAlive; }
    // NOLINTEND(clang-analyzer-cplusplus.NewDelete)

private:
    State *const m_state;
};

} // namespace QtDelivery
