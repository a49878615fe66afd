// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "demoends.h"
#include "slowqueue.h"
#include "slowrelay.h"

#include <QtDelivery/deliverynode.h>
#include <QtDelivery/monitorserver.h>

#include <QStringList>
#include <QTemporaryDir>

#include <memory>
#include <vector>

namespace Monitor {

/*! \brief Real flows between four nodes of this process, each with a story of its own:

    - `orders`: fast, nothing is wrong
    - `invoices`: a slow application, the window is always full
    - `reports`: an application that got stuck with one message
    - `telemetry`: a link that comes and goes
    - `backups`: large messages over a slow line
    - `ledger`: a durable queue on a slow disk
    - `prices`: a consumer that never said it is ready
    - `labels`: a producer that may hold only a few messages
    - `audit`: nobody wants them

    Thread: its own, with an event loop; begin() is the first call in it. */
class DemoWorld : public QObject
{
    Q_OBJECT

public:
    explicit DemoWorld(quint32 seed = 1);
    ~DemoWorld() override;

    void begin();

Q_SIGNALS:
    /*! It runs, and can be watched at \a sockets. */
    void begun(const QStringList &sockets);

private:
    [[nodiscard]] QtDelivery::DeliveryNode *addNode(const QString &name);
    [[nodiscard]] QUrl address(const QString &name) const;
    DemoProducer *addProducer(const QString &id, DemoProducer::Habits habits,
                              const QtDelivery::ProducerSettings &settings = {},
                              QtDelivery::DurableProducerQueue *queue = nullptr);
    DemoConsumer *addConsumer(const QString &id, QtDelivery::DeliveryNode *node, int window,
                              DemoConsumer::Handling handling);
    void linkNodes();
    void beginFlows();
    void cutNow(SlowRelay *relay, int downTime);

    quint32 m_seed;
    QTemporaryDir m_directory;
    SlowQueue m_disk;
    std::vector<std::unique_ptr<QtDelivery::DeliveryNode>> m_nodes;
    std::vector<std::unique_ptr<QtDelivery::MonitorServer>> m_servers;
    std::unique_ptr<SlowRelay> m_toVan;
    std::unique_ptr<SlowRelay> m_toHarbour;
    std::vector<std::unique_ptr<DemoProducer>> m_producers;
    std::vector<std::unique_ptr<DemoConsumer>> m_consumers;
    QTimer m_vanTrouble;
    QTimer m_harbourTrouble;
};

} // namespace Monitor
