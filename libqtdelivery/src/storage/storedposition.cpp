// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "storedposition.h"

#include <QCoreApplication>

namespace QtDelivery {

Error notLoadedError(const QString &producerId)
{
    return {Error::Code::InvalidArgument,
            //: %1 is the id of a producer
            QCoreApplication::translate(
                "QtDelivery",
                "A position in the messages of producer \"%1\" cannot be recorded before it is "
                "loaded.")
                .arg(producerId)};
}

Error contextError(const ConsumerPosition &position, qint64 most)
{
    if (position.context.size() <= most)
        return {};
    return {Error::Code::LimitReached,
            //: %1 and %2 are numbers of bytes
            QCoreApplication::translate(
                "QtDelivery",
                "The context of the confirmation has %1 bytes; at most %2 can be recorded.")
                .arg(position.context.size())
                .arg(most)};
}

} // namespace QtDelivery
