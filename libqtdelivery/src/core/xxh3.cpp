// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "xxh3.h"

#ifdef QTDELIVERY_XXH3_AVX2
#include "xxh3avx2.h"
#endif

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace QtDelivery {

#ifdef QTDELIVERY_XXH3_AVX2

namespace {

constexpr qsizetype Scalar = 240; // XXH3 uses vectors for more than this

const bool hasAvx2 = __builtin_cpu_supports("avx2") != 0;

} // namespace

quint64 xxh3(QByteArrayView bytes)
{
    if (bytes.size() > Scalar && hasAvx2)
        return xxh3Avx2(bytes.data(), size_t(bytes.size()));
    return XXH3_64bits(bytes.data(), size_t(bytes.size()));
}

#else

quint64 xxh3(QByteArrayView bytes)
{
    return XXH3_64bits(bytes.data(), size_t(bytes.size()));
}

#endif

} // namespace QtDelivery
