// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QObject>
#include <QStringList>
#include <QThread>

namespace Monitor {

/*! \brief Runs a DemoWorld in a thread of its own, so that neither the window nor the flows keep
   the other waiting. */
class Demo : public QObject
{
    Q_OBJECT

public:
    explicit Demo(QObject *parent = nullptr);
    ~Demo() override;

    void start();
    [[nodiscard]] bool isRunning() const { return m_thread.isRunning(); }

Q_SIGNALS:
    /*! It can be watched at \a sockets. */
    void begun(const QStringList &sockets);

private:
    QThread m_thread;
};

} // namespace Monitor
