// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

// Instead of keychainentries.cpp, without QtKeychain.

#include "keychainentries.h"

namespace QtDelivery {

bool hasKeychainSupport()
{
    return false;
}

std::unique_ptr<SecretEntries> makeKeychainEntries(const QString & /*service*/)
{
    return nullptr;
}

} // namespace QtDelivery
