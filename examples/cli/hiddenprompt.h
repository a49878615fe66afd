// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace Cli {

/*! What a person has typed, or how it ended. */
struct Typed
{
    QByteArray line = {}; //!< without the line break
    int interruptedBy = 0; //!< the signal's number; 0: none
};

/*! Shows \a question on the terminal of this process and reads one line that is not shown; nothing
   if there is no terminal. The terminal is as before afterwards, whatever happens. */
[[nodiscard]] std::optional<Typed> askHidden(const QString &question);

} // namespace Cli
