// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtGlobal>

#include <memory>
#include <utility>

namespace QtDelivery {

/*! \brief Queue with random access in one contiguous ring that allocates nothing until it is used.

    std::deque costs over half a KiB while empty; ten thousand idle flows must not. Elements are
   moved when it grows. */
template <typename T> class RingBuffer
{
public:
    [[nodiscard]] qsizetype size() const { return m_size; }
    [[nodiscard]] bool isEmpty() const { return m_size == 0; }

    [[nodiscard]] T &operator[](qsizetype index)
    {
        Q_ASSERT(index >= 0 && index < m_size);
        return m_slots[slot(index)];
    }
    [[nodiscard]] const T &operator[](qsizetype index) const
    {
        Q_ASSERT(index >= 0 && index < m_size);
        return m_slots[slot(index)];
    }
    [[nodiscard]] T &front() { return (*this)[0]; }
    [[nodiscard]] T &back() { return (*this)[m_size - 1]; }
    [[nodiscard]] const T &back() const { return (*this)[m_size - 1]; }

    void pushBack(T value)
    {
        if (m_size == m_capacity)
            grow();
        m_slots[slot(m_size)] = std::move(value);
        ++m_size;
    }

    T takeFront()
    {
        Q_ASSERT(m_size > 0);
        T value = std::exchange(m_slots[m_head], T());
        m_head = (m_head + 1) & (m_capacity - 1);
        --m_size;
        return value;
    }

    void dropFront()
    {
        Q_ASSERT(m_size > 0);
        m_slots[m_head] = T();
        m_head = (m_head + 1) & (m_capacity - 1);
        --m_size;
    }

    void clear() { *this = RingBuffer(); }

private:
    [[nodiscard]] qsizetype slot(qsizetype index) const
    {
        return (m_head + index) & (m_capacity - 1); // the capacity is a power of two
    }

    void grow()
    {
        const qsizetype capacity = m_capacity == 0 ? 4 : 2 * m_capacity;
        auto grown = std::make_unique<T[]>(size_t(capacity));
        for (qsizetype i = 0; i < m_size; ++i)
            grown[i] = std::move(m_slots[slot(i)]);
        m_slots = std::move(grown);
        m_capacity = capacity;
        m_head = 0;
    }

    std::unique_ptr<T[]> m_slots;
    qsizetype m_capacity = 0;
    qsizetype m_head = 0;
    qsizetype m_size = 0;
};

} // namespace QtDelivery
