// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <core/types.h>

#include <bit>
#include <vector>

namespace QtDelivery::Simulation {

/*! \brief The only source of chance: xoshiro256**, its state filled by splitmix64 from one seed.

    Own code and not <random>, whose distributions differ between standard libraries: a seed means
   the same world everywhere. */
class Rng
{
public:
    explicit Rng(quint64 seed)
    {
        for (quint64 &word : m_state) {
            seed += 0x9e3779b97f4a7c15;
            quint64 z = seed;
            z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
            z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
            word = z ^ (z >> 31);
        }
    }

    quint64 next()
    {
        const quint64 result = std::rotl(m_state[1] * 5, 7) * 9;
        const quint64 t = m_state[1] << 17;
        m_state[2] ^= m_state[0];
        m_state[3] ^= m_state[1];
        m_state[1] ^= m_state[2];
        m_state[0] ^= m_state[3];
        m_state[2] ^= t;
        m_state[3] = std::rotl(m_state[3], 45);
        return result;
    }

    /*! 0 … \a bound - 1. The bias of the remainder is far below what a test can see. */
    quint64 below(quint64 bound) { return next() % bound; }
    double between(double from, double to)
    {
        return from + (to - from) * (double(next() >> 11) * 0x1p-53);
    }
    bool chance(double probability) { return between(0, 1) < probability; }
    /*! 0 … \a max, both included. */
    Duration upTo(Duration max) { return Duration(below(quint64(max.count()) + 1)); }
    Incarnation incarnation() { return {next(), next() | 1}; } // never null
    template <typename T> const T &pick(const std::vector<T> &from)
    {
        return from[below(from.size())];
    }

private:
    quint64 m_state[4];
};

} // namespace QtDelivery::Simulation
