// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "demoworld.h"

#include "complain.h"

#include <QDebug>
#include <QPointer>

namespace Monitor {

using namespace std::chrono_literals;
using QtDelivery::DeliveryNode;
using QtDelivery::MonitorServer;
using QtDelivery::ProducerSettings;

namespace {

constexpr qint64 BackupBytes = 8 * 1024 * 1024;
constexpr qint64 HarbourLine = 1'000'000; // bytes per second
constexpr qint64 VanLine = 60'000;

} // namespace

DemoWorld::DemoWorld(quint32 seed)
    : m_seed(seed)
    , m_disk(seed, this)
{
    m_vanTrouble.setParent(this);
    m_harbourTrouble.setParent(this);
}

DemoWorld::~DemoWorld() = default;

QUrl DemoWorld::address(const QString &name) const
{
    return QUrl(QStringLiteral("local:") + m_directory.filePath(name));
}

DeliveryNode *DemoWorld::addNode(const QString &name)
{
    const QtDelivery::NodeSettings settings{.nodeId = name,
                                            .reconnectIntervalMin = 1500ms,
                                            .reconnectIntervalMax = 4s,
                                            .recordEvents = true};
    m_nodes.push_back(std::make_unique<DeliveryNode>(settings));
    m_servers.push_back(std::make_unique<MonitorServer>(m_nodes.back().get()));
    complain(m_servers.back()->listen(m_directory.filePath(name + QStringLiteral(".watch"))));
    return m_nodes.back().get();
}

DemoProducer *DemoWorld::addProducer(const QString &id, DemoProducer::Habits habits,
                                     const ProducerSettings &settings,
                                     QtDelivery::DurableProducerQueue *queue)
{
    m_producers.push_back(
        std::make_unique<DemoProducer>(id, settings, queue, m_nodes[0].get(), habits, ++m_seed));
    m_producers.back()->start();
    return m_producers.back().get();
}

DemoConsumer *DemoWorld::addConsumer(const QString &id, DeliveryNode *node, int window,
                                     DemoConsumer::Handling handling)
{
    const QtDelivery::ConsumerSettings settings{.flowControlWindow = window};
    m_consumers.push_back(
        std::make_unique<DemoConsumer>(id, settings, node, std::move(handling), ++m_seed));
    return m_consumers.back().get();
}

void DemoWorld::begin()
{
    if (!m_directory.isValid()) {
        qWarning() << "demo: no directory for sockets:" << m_directory.errorString();
        return;
    }
    linkNodes();
    beginFlows();
    connect(&m_vanTrouble, &QTimer::timeout, this, [this] { cutNow(m_toVan.get(), 5000); });
    connect(&m_harbourTrouble, &QTimer::timeout, this, [this] { cutNow(m_toHarbour.get(), 300); });
    m_vanTrouble.start(14s);
    m_harbourTrouble.start(19s);
    QStringList sockets;
    for (const auto &server : m_servers)
        sockets.append(server->socketPath());
    Q_EMIT begun(sockets);
}

void DemoWorld::linkNodes()
{
    DeliveryNode *const shop = addNode(QStringLiteral("shop"));
    complain(shop->listen(address(QStringLiteral("shop"))));
    const QString target = m_directory.filePath(QStringLiteral("shop"));
    const auto relay = [&](const QString &name, qint64 bytesPerSecond) {
        auto line = std::make_unique<SlowRelay>(m_directory.filePath(name), target, bytesPerSecond);
        if (!line->listen())
            qWarning() << "demo: no line" << name;
        return line;
    };
    m_toVan = relay(QStringLiteral("van-line"), VanLine);
    m_toHarbour = relay(QStringLiteral("harbour-line"), HarbourLine);
    complain(addNode(QStringLiteral("warehouse"))->connectTo(address(QStringLiteral("shop"))));
    complain(addNode(QStringLiteral("van"))->connectTo(address(QStringLiteral("van-line"))));
    complain(
        addNode(QStringLiteral("harbour"))->connectTo(address(QStringLiteral("harbour-line"))));
}

void DemoWorld::beginFlows()
{
    DeliveryNode *const warehouse = m_nodes[1].get();
    DeliveryNode *const van = m_nodes[2].get();
    DeliveryNode *const harbour = m_nodes[3].get();
    const auto between = [](int least, int most) {
        return [=](qint64, QRandomGenerator &random) { return random.bounded(least, most); };
    };

    addProducer(QStringLiteral("orders"), {.perSecond = 150, .bytes = 400});
    addConsumer(QStringLiteral("packing"), warehouse, 256, between(0, 3))
        ->start(QStringLiteral("orders"));

    addProducer(QStringLiteral("invoices"), {.perSecond = 40, .bytes = 900});
    addConsumer(QStringLiteral("billing"), warehouse, 40, between(250, 1100))
        ->start(QStringLiteral("invoices"));

    addProducer(QStringLiteral("reports"), {.perSecond = 3, .bytes = 20'000});
    addConsumer(QStringLiteral("printing"), warehouse, 24, [](qint64 seqNr, QRandomGenerator &) {
        return seqNr < 12 ? 60 : -1;
    })->start(QStringLiteral("reports"));

    addProducer(QStringLiteral("telemetry"), {.perSecond = 45, .bytes = 900});
    addConsumer(QStringLiteral("dashboard"), van, 60, between(1, 12))
        ->start(QStringLiteral("telemetry"));

    addProducer(QStringLiteral("backups"),
                {.perSecond = 0.5, .bytes = BackupBytes, .mostUnconfirmed = 2});
    addConsumer(QStringLiteral("archive"), harbour, 8, between(400, 900))
        ->start(QStringLiteral("backups"));

    addProducer(QStringLiteral("ledger"), {.perSecond = 60, .bytes = 300}, {}, &m_disk);
    addConsumer(QStringLiteral("bookkeeping"), warehouse, 80, between(1, 15))
        ->start(QStringLiteral("ledger"));

    addProducer(QStringLiteral("prices"), {.perSecond = 4, .bytes = 120});
    addConsumer(QStringLiteral("shelf"), warehouse, 20, between(1, 5))
        ->start(QStringLiteral("prices"), false);

    addProducer(QStringLiteral("labels"), {.perSecond = 30, .bytes = 150},
                ProducerSettings{.maxUnconfirmedMessages = 6});
    addConsumer(QStringLiteral("gluing"), warehouse, 32, between(80, 260))
        ->start(QStringLiteral("labels"));

    addProducer(QStringLiteral("audit"), {.perSecond = 5});
}

void DemoWorld::cutNow(SlowRelay *relay, int downTime)
{
    relay->cut();
    QTimer::singleShot(downTime, relay, &SlowRelay::repair);
}

} // namespace Monitor
