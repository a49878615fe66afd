// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "log.h"

namespace Cli {

Q_LOGGING_CATEGORY(lcCli, "qtdelivery.cli")

void setUpLogging(bool verbose)
{
    QLoggingCategory::setFilterRules(verbose ? QStringLiteral("qtdelivery.*=true")
                                             : QStringLiteral("qtdelivery.*.debug=false\n"
                                                              "qtdelivery.*.info=false\n"
                                                              "qtdelivery.*.warning=false"));
    qSetMessagePattern(QStringLiteral("[%{time process}] %{category}: %{message}"));
}

} // namespace Cli
