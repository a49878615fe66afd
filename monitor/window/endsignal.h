// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QObject>

namespace Monitor {

/*! \brief Turns the first SIGINT, SIGTERM or SIGHUP into a Qt signal, so that recordings and
   settings are saved; the second one ends the process at once. At most one object at a time; where
   there are no such signals it does nothing. */
class EndSignal : public QObject
{
    Q_OBJECT

public:
    explicit EndSignal(QObject *parent = nullptr);
    ~EndSignal() override;

Q_SIGNALS:
    /*! The process shall end. */
    void raised();
};

} // namespace Monitor
