// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/credentialstore.h>

namespace QtDelivery {

// What can be wrong with a credential, in words. None has the secret in it.

/*! Why \a request can be of no store; no error if it can. */
[[nodiscard]] Error credentialRequestError(const CredentialRequest &request);

[[nodiscard]] Error secretTooLong();
/*! A CredentialReference cannot be followed. */
[[nodiscard]] Error noReference();
[[nodiscard]] Error credentialNotFound(const QString &name);
[[nodiscard]] Error credentialTimedOut(std::chrono::milliseconds timeout);
[[nodiscard]] Error credentialStoreStopped();

} // namespace QtDelivery
