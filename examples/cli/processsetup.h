// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

namespace Cli {

/*! What must be settled before Qt or the library opens its first descriptor: a standard stream that
    is closed must not become a socket that lines are then written into. */
void reserveStandardStreams();

/*! Spares the user Qt's remark about the locale "C", which bare systems and containers have. */
void preferUtf8Locale();

} // namespace Cli
