// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/types.h"

#include <QUuid>
#include <QtEndian>

namespace QtDelivery {

// What the protocol calls a producer's incarnation is kept in storage as a QUuid: the same 128
// bits.

inline QUuid toUuid(const Incarnation &incarnation)
{
    QByteArray bytes(2 * sizeof(quint64), Qt::Uninitialized);
    qToBigEndian(incarnation.high, bytes.data());
    qToBigEndian(incarnation.low, bytes.data() + sizeof(quint64));
    return QUuid::fromRfc4122(bytes);
}

inline Incarnation toIncarnation(const QUuid &id)
{
    const QByteArray bytes = id.toRfc4122();
    return {qFromBigEndian<quint64>(bytes.constData()),
            qFromBigEndian<quint64>(bytes.constData() + sizeof(quint64))};
}

} // namespace QtDelivery
