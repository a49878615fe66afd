// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/qtdeliveryglobal.h>

#include <QtGlobal>

namespace QtDelivery {

/*! \brief Where a durable queue copies a payload from that is not in memory: a file or device that
   was given to ProducerController::send().

    Only queues of your own have to do with it. Thread: any, one at a time. */
class QTDELIVERY_EXPORT PayloadReader
{
public:
    PayloadReader() = default;
    virtual ~PayloadReader();
    Q_DISABLE_COPY_MOVE(PayloadReader)

    /*! In bytes, more than 0; always the same. */
    [[nodiscard]] virtual qint64 size() const = 0;
    /*! Fills \a to with the \a size bytes from \a offset on, all of them within size(). False if
        they cannot be had, or are not those that were to be sent: they never will be again. */
    [[nodiscard]] virtual bool read(qint64 offset, char *to, qint64 size) = 0;
};

} // namespace QtDelivery
