// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/flowmodel.h>
#include <QtDelivery/metrics.h>
#include <QtDelivery/monitorclient.h>

#include <QObject>
#include <QTimer>

#include <map>
#include <memory>

namespace Cli {

/*! Every process of this user that lets itself be watched, in one model. */
class Observation : public QObject
{
    Q_OBJECT

public:
    explicit Observation(QObject *parent = nullptr);
    ~Observation() override;

    /*! Begins to watch what runs now. settled() follows, from the event loop. */
    void start();
    /*! Watches processes, too, that come later. */
    void lookAgain();

    [[nodiscard]] const QtDelivery::FlowModel &flows() const { return m_flows; }
    /*! Nodes that are watched. */
    [[nodiscard]] int nodeCount() const;
    [[nodiscard]] QList<QtDelivery::MetricsSource> metrics() const;

Q_SIGNALS:
    /*! Everything of all processes that answer is known, or they have had their time. Once. */
    void settled();

private:
    struct Node
    {
        QtDelivery::MonitorClient client;
        QHash<QString, QtDelivery::LinkSnapshot> links;
        bool hasEnded = false;
    };

    void watch(const QString &socketPath);
    void checkSettled();
    void settle();

    QtDelivery::FlowModel m_flows;
    std::map<QString, std::unique_ptr<Node>> m_nodes; // by socket
    QTimer m_patience;
    bool m_settled = false;
};

} // namespace Cli
