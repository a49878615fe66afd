// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <QtDelivery/consumerprogress.h>

namespace QtDelivery {

ConsumerProgress::ConsumerProgress(QObject *parent)
    : QObject(parent)
{ }

ConsumerProgress::~ConsumerProgress() = default;

} // namespace QtDelivery
