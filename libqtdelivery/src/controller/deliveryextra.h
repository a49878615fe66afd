// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/payloadsource.h"

#include <QString>

#include <memory>

namespace QtDelivery {

/*! \brief What few deliveries have; their copies share it. */
class DeliveryExtra
{
public:
    DeliveryExtra(QString name, std::shared_ptr<SpooledPayload> file)
        : name(std::move(name))
        , file(std::move(file))
    { }

    const QString name;
    const std::shared_ptr<SpooledPayload> file; // null: the payload is in memory
    QString takenAs; // where the application has moved it; empty = it has not
};

} // namespace QtDelivery
