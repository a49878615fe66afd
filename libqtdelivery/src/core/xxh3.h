// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArrayView>

namespace QtDelivery {

/*! XXH3, 64 bits, seed 0, of \a bytes, with the widest instructions that this processor has. */
[[nodiscard]] quint64 xxh3(QByteArrayView bytes);

} // namespace QtDelivery
