// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/consumerprogress.h>

#include <QDataStream>

namespace QtDelivery {

/*! A position and whose it is, as it is stored. */
struct StoredPosition
{
    QString consumerId;
    ConsumerPosition position;
};

inline QDataStream &operator<<(QDataStream &stream, const StoredPosition &stored)
{
    const ConsumerPosition &position = stored.position;
    return stream << stored.consumerId << position.producerId << position.streamId
                  << position.confirmedSeqNr << position.context;
}

inline QDataStream &operator>>(QDataStream &stream, StoredPosition &stored)
{
    ConsumerPosition &position = stored.position;
    return stream >> stored.consumerId >> position.producerId >> position.streamId
        >> position.confirmedSeqNr >> position.context;
}

/*! InvalidArgument: \a producerId is not the one that was loaded. */
[[nodiscard]] Error notLoadedError(const QString &producerId);
/*! LimitReached, if the context of \a position has more than \a most bytes. */
[[nodiscard]] Error contextError(const ConsumerPosition &position, qint64 most);

} // namespace QtDelivery
