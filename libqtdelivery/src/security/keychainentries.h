// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "secretentries.h"

#include <memory>

namespace QtDelivery {

/*! Whether the library was built with QtKeychain. */
[[nodiscard]] bool hasKeychainSupport();

/*! The entries of \a service in the desktop's keychain; null without support. For the thread of
   QCoreApplication. */
[[nodiscard]] std::unique_ptr<SecretEntries> makeKeychainEntries(const QString &service);

} // namespace QtDelivery
