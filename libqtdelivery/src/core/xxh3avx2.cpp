// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "xxh3avx2.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace QtDelivery {

unsigned long long xxh3Avx2(const void *data, std::size_t size)
{
    return XXH3_64bits(data, size);
}

} // namespace QtDelivery
