// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QObject>

namespace Cli {

/*! Turns the first SIGINT or SIGTERM into a Qt signal; the second one ends the process at once,
   even if the event loop does not run. At most one object at a time. */
class SignalWatcher : public QObject
{
    Q_OBJECT

public:
    explicit SignalWatcher(QObject *parent = nullptr);
    ~SignalWatcher() override;

Q_SIGNALS:
    void interrupted(int exitCode);

private:
    void readPipe();

    int m_readEnd = -1;
};

} // namespace Cli
