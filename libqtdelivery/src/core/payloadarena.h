// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "blockpool.h"
#include "ringbuffer.h"

#include <QByteArrayView>

#include <algorithm>
#include <cstring>

namespace QtDelivery {

/*! \brief Memory for small payloads that are given back in the order in which they came.

    A window of small messages as separate allocations costs more in malloc() and in cache misses
   than in everything else that is done with them. Here they lie one after the other in blocks,
   which grow from half a KiB, so a flow with one message needs no more than that and an idle one
   nothing. */
class PayloadArena
{
public:
    /*! Larger ones are better shared than copied. */
    static constexpr qsizetype MaxPayload = 256;

    /*! A copy of \a payload, which is 1 to MaxPayload bytes long. */
    [[nodiscard]] const char *push(QByteArrayView payload)
    {
        if (m_blocks.isEmpty() || m_blocks.back().free() < payload.size())
            addBlock();
        Block &block = m_blocks.back();
        char *const copy = block.bytes.get() + block.end;
        std::memcpy(copy, payload.data(), size_t(payload.size()));
        block.end += payload.size();
        return copy;
    }

    /*! The oldest one, of \a size bytes, is not needed any more. */
    void pop(qsizetype size)
    {
        Block &block = m_blocks.front();
        block.begin += size;
        if (block.begin != block.end)
            return;
        Block done = m_blocks.takeFront();
        if (done.size == BlockPool::BlockSize)
            BlockPool::ofThread().give(std::move(done.bytes));
    }

private:
    static constexpr qsizetype FirstBlock = 512;

    struct Block
    {
        std::unique_ptr<char[]> bytes;
        qsizetype size = 0;
        qsizetype begin = 0; // in use from here …
        qsizetype end = 0; // … to here

        [[nodiscard]] qsizetype free() const { return size - end; }
    };

    void addBlock()
    {
        const qsizetype size = m_blocks.isEmpty()
            ? FirstBlock
            : std::min(2 * m_blocks.back().size, BlockPool::BlockSize);
        m_blocks.pushBack({size == BlockPool::BlockSize
                               ? BlockPool::ofThread().take()
                               : std::make_unique_for_overwrite<char[]>(size_t(size)),
                           size});
    }

    RingBuffer<Block> m_blocks;
};

} // namespace QtDelivery
