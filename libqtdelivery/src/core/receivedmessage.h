// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "payloadsource.h"
#include "types.h"

#include <QByteArray>
#include <QString>

#include <memory>

namespace QtDelivery {

/*! \brief What few messages have. */
struct MessageExtra
{
    QString name;
    std::shared_ptr<SpooledPayload> file; //!< holds the payload, if not null
};

/*! \brief A message that was taken out of the receive buffer, until it is confirmed. */
struct ReceivedMessage
{
    SeqNr seqNr = 0;
    quint64 numbering = 0; //!< which producer incarnation gave it the number
    QByteArray payload; //!< empty, if it is in a file
    std::unique_ptr<MessageExtra> extra; //!< mostly null

    [[nodiscard]] SpooledPayload *file() const { return extra ? extra->file.get() : nullptr; }
    [[nodiscard]] quint64 size() const { return file() ? file()->size() : quint64(payload.size()); }
};

} // namespace QtDelivery
