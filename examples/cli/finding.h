// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QDateTime>
#include <QString>

namespace Cli {

/*! What a look at one thing has shown. */
struct Finding
{
    enum class State {
        Fine,
        Note, //!< worth knowing, and nothing that must be mended
        Mend, //!< something will not work until it is mended
    };

    State state = State::Fine;
    QString sentence = {};

    friend bool operator==(const Finding &, const Finding &) = default;
};

// Each looks at one thing.

/*! \a backend is QSslSocket's, \a supportsSsl what it says of itself. */
[[nodiscard]] Finding tlsFinding(bool supportsSsl, const QString &backend, const QString &version);
/*! Asks the keychain, which takes some seconds at most. Needs no event loop that runs. */
[[nodiscard]] Finding keychainFinding();
[[nodiscard]] Finding clockFinding(const QDateTime &now);
/*! A directory that is made when it is first needed: whether it can be, or is, written to.
    \a isPrivate: nobody else should be able to enter it. */
[[nodiscard]] Finding directoryFinding(const QString &path, bool isPrivate);
/*! The processes that can be watched. */
[[nodiscard]] Finding processesFinding();

} // namespace Cli
