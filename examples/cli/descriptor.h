// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>

namespace Cli {

/*! Writes all of \a bytes to the file descriptor \a fd, waiting as long as it takes; false on an
   error. */
bool writeFully(int fd, const QByteArray &bytes);

} // namespace Cli
