// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "logging.h"

namespace QtDelivery {

Q_LOGGING_CATEGORY(lcLink, "qtdelivery.link", QtWarningMsg)
Q_LOGGING_CATEGORY(lcProducer, "qtdelivery.producer", QtWarningMsg)
Q_LOGGING_CATEGORY(lcConsumer, "qtdelivery.consumer", QtWarningMsg)

} // namespace QtDelivery
