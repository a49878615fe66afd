// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtGlobal>

#include <memory>
#include <vector>

namespace QtDelivery {

/*! \brief Blocks that a busy flow has used up and that this thread's flows will soon need again.

    A window of messages comes and goes hundreds of times a second. Through malloc() the heap would
   shrink and grow with it, and each page be zeroed by the system again. The last one given back is
   the first one taken, since it is still in a cache. */
class BlockPool
{
public:
    static constexpr qsizetype BlockSize = 16 * 1024; //!< bytes
    static constexpr size_t MaxKept = 64; //!< blocks, so 1 MiB a thread

    /*! The calling thread's. */
    [[nodiscard]] static BlockPool &ofThread()
    {
        static thread_local BlockPool pool;
        return pool;
    }

    [[nodiscard]] std::unique_ptr<char[]> take()
    {
        if (m_blocks.empty())
            return std::make_unique_for_overwrite<char[]>(BlockSize);
        auto block = std::move(m_blocks.back());
        m_blocks.pop_back();
        return block;
    }

    void give(std::unique_ptr<char[]> block)
    {
        if (m_blocks.size() < MaxKept)
            m_blocks.push_back(std::move(block));
    }

    [[nodiscard]] size_t kept() const { return m_blocks.size(); }

private:
    std::vector<std::unique_ptr<char[]>> m_blocks;
};

} // namespace QtDelivery
