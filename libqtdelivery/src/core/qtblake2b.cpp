// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

// Instead of blake2b.cpp, without libsodium.

#include "blake2b.h"

#include <QCryptographicHash>

namespace QtDelivery {

struct Blake2b::State
{
    QCryptographicHash hash{QCryptographicHash::Blake2b_256};
};

Blake2b::Blake2b()
    : d(std::make_unique<State>())
{ }

Blake2b::~Blake2b() = default;

void Blake2b::addData(QByteArrayView bytes)
{
    d->hash.addData(bytes);
}

QByteArray Blake2b::result()
{
    return d->hash.result();
}

} // namespace QtDelivery
