// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/types.h"

#include <QtDelivery/error.h>

namespace QtDelivery {

/*! The wire protocol's reason in words for people. \a byPeer: the peer's Close said so. */
[[nodiscard]] Error linkError(Reason reason, const QString &nodeId, bool byPeer = false);

} // namespace QtDelivery
