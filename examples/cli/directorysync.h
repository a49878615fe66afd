// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

namespace Cli {

/*! The file \a name, which was just made, has that name after a power failure, too; errno says why
    not. */
[[nodiscard]] bool syncDirectoryOf(const QString &name);

} // namespace Cli
