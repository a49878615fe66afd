// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <QtDelivery/typedconsumer.h>

#include "link/logging.h"

#include <QMetaMethod>

namespace QtDelivery::Detail {

void UndecodableNotifier::report(const Error &error, const Delivery &delivery)
{
    if (isSignalConnected(QMetaMethod::fromSignal(&UndecodableNotifier::undecodable))) {
        Q_EMIT undecodable(error, delivery);
        return;
    }
    qCWarning(lcConsumer).nospace()
        << "Message " << delivery.seqNr() << " of producer " << delivery.producerId()
        << " cannot be decoded and stays unconfirmed, as onUndecodable() has no handler: "
        << error.message();
}

} // namespace QtDelivery::Detail
