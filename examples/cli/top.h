// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "observation.h"
#include "signalwatcher.h"

#include <QSocketNotifier>
#include <QSortFilterProxyModel>
#include <QStringList>

#include <memory>
#include <optional>

#include <termios.h>

namespace Cli {

/*! `qtdelivery top`: the flows of all running processes as a table in the terminal. */
class Top : public QObject
{
    Q_OBJECT

public:
    /*! \a arguments: what follows "top" on the command line. */
    explicit Top(const QStringList &arguments);
    ~Top() override;

    /*! The exit code: 0 in general, 1 standard output takes nothing, 2 wrong usage. */
    [[nodiscard]] int run();

private:
    void begin();
    void show();
    void readKey();
    void takeTerminal();
    void giveTerminalBack();
    [[nodiscard]] QStringList table(int width) const;
    [[nodiscard]] static int usage(bool isHelp);

    const QStringList m_arguments;
    Observation m_observation;
    QSortFilterProxyModel m_sorted;
    QTimer m_refresh;
    SignalWatcher m_signals;
    std::unique_ptr<QSocketNotifier> m_keys;
    std::optional<termios> m_terminal; // as it was
    bool m_once = false;
};

} // namespace Cli
