// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

namespace Cli {

/*! Under what the program's secrets are in the keychain. */
[[nodiscard]] inline QString keychainService()
{
    return QStringLiteral("qtdelivery");
}

} // namespace Cli
