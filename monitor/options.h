// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "remote/remoterequest.h"

#include <QCommandLineParser>
#include <QStringList>

namespace Monitor {

/*! What the command line asks for. */
struct Options
{
    bool isDemo = false;
    QStringList sockets = {}; //!< to watch, instead of those in the registry
    RemoteRequest remote = {}; //!< to watch instead; without an address: none
    QString recording = {}; //!< to open
    QString recordTo = {}; //!< to record to, from the start
    QString settings = {}; //!< the settings file, instead of the user's
    QString screenshots = {}; //!< the directory to write pictures of every screen to, then end
    int after = 12; //!< seconds until that
};

/*! The command line asks for --help or --version, for which there need not be a display. */
[[nodiscard]] bool wantsWordsOnly(int argc, const char *const *argv);

/*! Reads the command line of \a application; ends the process for --help, --version and for what
    makes no sense. */
[[nodiscard]] Options readOptions(const QCoreApplication &application);

} // namespace Monitor
