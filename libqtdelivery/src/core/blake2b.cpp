// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "blake2b.h"

#include <sodium.h>

namespace QtDelivery {

namespace {

constexpr qsizetype ResultSize = 32;

} // namespace

struct Blake2b::State
{
    crypto_generichash_state hash;
};

Blake2b::Blake2b()
    : d(std::make_unique<State>())
{
    // Looks for the processor's vector instructions. Without it the hash is right, but slow.
    [[maybe_unused]] static const int chosen = sodium_init();
    crypto_generichash_init(&d->hash, nullptr, 0, ResultSize);
}

Blake2b::~Blake2b() = default;

void Blake2b::addData(QByteArrayView bytes)
{
    crypto_generichash_update(&d->hash, reinterpret_cast<const unsigned char *>(bytes.data()),
                              static_cast<unsigned long long>(bytes.size()));
}

QByteArray Blake2b::result()
{
    QByteArray result(ResultSize, Qt::Uninitialized);
    crypto_generichash_final(&d->hash, reinterpret_cast<unsigned char *>(result.data()),
                             ResultSize);
    return result;
}

} // namespace QtDelivery
