// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtGlobal>

#include <vector>

namespace QtDelivery::Simulation {

/*! \brief Goes through every sequence of choices instead of drawing some.

    Run the same thing again and again; whatever it asks choose() is answered differently each time,
   in the order of an odometer, until next() says that every sequence has been there. A sequence is
   cut off at \a depth choices; after that the answer is 0. */
class Choices
{
public:
    explicit Choices(size_t depth)
        : m_depth(depth)
    { }

    /*! 0 … \a bound - 1. */
    [[nodiscard]] unsigned choose(unsigned bound)
    {
        if (m_used == m_depth)
            return 0;
        if (m_used == m_digits.size())
            m_digits.push_back({0, bound});
        Q_ASSERT(m_digits[m_used].bound == bound); // otherwise the thing is not deterministic
        return m_digits[m_used++].value;
    }

    /*! Call it after each run. False if that was the last one. */
    [[nodiscard]] bool next()
    {
        m_digits.resize(m_used);
        m_used = 0;
        while (!m_digits.empty() && m_digits.back().value + 1 == m_digits.back().bound)
            m_digits.pop_back();
        if (m_digits.empty())
            return false;
        ++m_digits.back().value;
        return true;
    }

    /*! The same sequence once more. */
    void repeat() { m_used = 0; }
    /*! What choose() has answered. */
    [[nodiscard]] std::vector<unsigned> chosen() const
    {
        std::vector<unsigned> values;
        for (size_t i = 0; i < m_used; ++i)
            values.push_back(m_digits[i].value);
        return values;
    }

private:
    struct Digit
    {
        unsigned value;
        unsigned bound;
    };

    size_t m_depth;
    size_t m_used = 0;
    std::vector<Digit> m_digits;
};

} // namespace QtDelivery::Simulation
