// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtGlobal>

#include <sodium.h>

#include <memory>

namespace QtDelivery {

struct LockedFree
{
    void operator()(unsigned char *memory) const { sodium_free(memory); }
};

/*! Memory for secrets: out of swap and core dumps, and wiped in the end. */
using LockedMemory = std::unique_ptr<unsigned char, LockedFree>;

/*! libsodium can be used. */
[[nodiscard]] inline bool isSodiumReady()
{
    static const bool ready = sodium_init() >= 0;
    return ready;
}

/*! \a size bytes; null if so much cannot be locked. */
[[nodiscard]] inline LockedMemory lockedMemory(qsizetype size)
{
    return LockedMemory(isSodiumReady() ? static_cast<unsigned char *>(sodium_malloc(size_t(size)))
                                        : nullptr);
}

} // namespace QtDelivery
