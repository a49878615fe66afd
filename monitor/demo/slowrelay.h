// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QLocalServer>
#include <QLocalSocket>
#include <QObject>
#include <QTimer>

#include <memory>
#include <vector>

namespace Monitor {

/*! \brief A bad line: passes bytes between two local sockets, so many a second, and can be cut. */
class SlowRelay : public QObject
{
    Q_OBJECT

public:
    /*! Whoever connects to \a path reaches \a target. */
    SlowRelay(const QString &path, const QString &target, qint64 bytesPerSecond,
              QObject *parent = nullptr);
    ~SlowRelay() override;

    [[nodiscard]] bool listen();
    /*! Ends what is connected and refuses what comes until repair(). */
    void cut();
    void repair();

private:
    struct Pipe
    {
        std::unique_ptr<QLocalSocket> near;
        std::unique_ptr<QLocalSocket> far;
    };

    void accept();
    void pass();

    QString m_path;
    QString m_target;
    qint64 m_bytesPerTurn;
    QLocalServer m_server;
    std::vector<Pipe> m_pipes;
    QTimer m_turn;
};

} // namespace Monitor
