// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QLoggingCategory>

namespace Cli {

/*! What `--verbose` shows beside the library's own categories. */
Q_DECLARE_LOGGING_CATEGORY(lcCli)

/*! Before the first message. Without \a verbose the library's warnings are silent too: what a user
    should know is told in a sentence. */
void setUpLogging(bool verbose);

} // namespace Cli
