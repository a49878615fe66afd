// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/deliverynode.h>
#include <QtDelivery/monitorserver.h>

#include <QObject>
#include <QSet>
#include <QString>

namespace Cli {

class Console;
struct Options;

/*! The node of this process and its one address, and what there is to tell about the link. */
class Endpoint : public QObject
{
    Q_OBJECT

public:
    Endpoint(const Options &options, Console *console, QObject *parent = nullptr);

    /*! Listens or connects; the reason as a sentence if that cannot succeed. */
    [[nodiscard]] QString open();

    /*! Closes the node in an orderly way. */
    void close();

    [[nodiscard]] QtDelivery::DeliveryNode &node() { return m_node; }
    [[nodiscard]] bool isLinked() const { return m_node.linkCount() > 0; }

Q_SIGNALS:
    /*! Trying again makes no sense. */
    void failed(const QString &sentence);

private:
    [[nodiscard]] QString writePortFile() const;
    void handleRetry(const QUrl &url, std::chrono::milliseconds delay,
                     const QtDelivery::Error &reason);
    void logEvents();

    const Options &m_options;
    Console *const m_console;
    QtDelivery::DeliveryNode m_node;
    QtDelivery::MonitorServer m_monitor{&m_node}; // beside that of QTDELIVERY_MONITOR=1
    bool m_wasLinked = false;
    bool m_closing = false;
    QSet<int> m_toldReasons;
};

} // namespace Cli
