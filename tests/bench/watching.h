// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "benchsupport.h"

#include <QtDelivery/monitorclient.h>
#include <QtDelivery/monitorserver.h>

#include <QTemporaryDir>
#include <QThread>

#include <memory>
#include <optional>

namespace Bench {

// A monitor server on a node, and somebody who watches it as fast as it lets itself be watched. The
// watcher has a thread of its own, as a monitor has a process of its own.
class Watching
{
public:
    Watching(QtDelivery::DeliveryNode &node, Watch watch)
    {
        if (watch == Watch::Off)
            return;
        m_server.emplace(&node);
        if (const QtDelivery::Error error =
                m_server->listen(m_directory.filePath(QStringLiteral("socket"))))
            fail(error.message().toStdString());
        if (watch == Watch::Server)
            return;
        m_thread.start();
        m_client = new QtDelivery::MonitorClient;
        m_client->moveToThread(&m_thread);
        QObject::connect(&m_thread, &QThread::finished, m_client, &QObject::deleteLater);
        QMetaObject::invokeMethod(m_client, [client = m_client, path = m_server->socketPath()] {
            client->connectTo(path);
        });
    }

    ~Watching()
    {
        m_thread.quit();
        m_thread.wait();
    }

    Watching(const Watching &) = delete;
    Watching &operator=(const Watching &) = delete;

private:
    QTemporaryDir m_directory;
    std::optional<QtDelivery::MonitorServer> m_server;
    QThread m_thread;
    QtDelivery::MonitorClient *m_client = nullptr; // ends with the thread
};

} // namespace Bench
