// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QLoggingCategory>

// Payloads and secrets are never logged.

namespace QtDelivery {

Q_DECLARE_LOGGING_CATEGORY(lcLink)
Q_DECLARE_LOGGING_CATEGORY(lcProducer)
Q_DECLARE_LOGGING_CATEGORY(lcConsumer)

} // namespace QtDelivery
