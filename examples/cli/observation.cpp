// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "observation.h"

#include <QtDelivery/monitorregistry.h>

#include <algorithm>

namespace Cli {

using namespace std::chrono_literals;
using QtDelivery::FlowSnapshot;
using QtDelivery::LinkSnapshot;
using QtDelivery::MonitorClient;

namespace {

// A process whose thread is busy for longer is left out.
constexpr auto Patience = 3s;

} // namespace

Observation::Observation(QObject *parent)
    : QObject(parent)
{
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, &Observation::settle);
}

Observation::~Observation() = default;

void Observation::start()
{
    m_patience.start(Patience);
    lookAgain();
    QMetaObject::invokeMethod(this, &Observation::checkSettled, Qt::QueuedConnection);
}

void Observation::lookAgain()
{
    std::erase_if(m_nodes, [](const auto &entry) { return entry.second->hasEnded; });
    for (const auto &process : QtDelivery::MonitorRegistry::processes()) {
        if (!m_nodes.contains(process.socketPath))
            watch(process.socketPath);
    }
}

void Observation::watch(const QString &socketPath)
{
    Node *const node = m_nodes.emplace(socketPath, std::make_unique<Node>()).first->second.get();
    MonitorClient *const client = &node->client;
    connect(client, &MonitorClient::flowsUpdated, this,
            [this, socketPath](const QList<FlowSnapshot> &flows) {
                m_flows.update(socketPath, flows);
            });
    connect(client, &MonitorClient::flowsRemoved, this,
            [this, socketPath](const QStringList &keys) { m_flows.remove(socketPath, keys); });
    connect(client, &MonitorClient::linksUpdated, this, [node](const QList<LinkSnapshot> &links) {
        for (const LinkSnapshot &link : links)
            node->links.insert(link.key(), link);
    });
    connect(client, &MonitorClient::linksRemoved, this, [node](const QStringList &keys) {
        for (const QString &key : keys)
            node->links.remove(key);
    });
    connect(client, &MonitorClient::updated, this, [this, socketPath](qint64 clock) {
        m_flows.setClock(socketPath, clock);
        checkSettled();
    });
    connect(client, &MonitorClient::disconnected, this, [this, node, socketPath] {
        node->hasEnded = true;
        m_flows.removeSource(socketPath);
        checkSettled();
    });
    client->connectTo(socketPath);
}

void Observation::checkSettled()
{
    const bool areAllKnown = std::all_of(m_nodes.begin(), m_nodes.end(), [](const auto &entry) {
        return entry.second->hasEnded || entry.second->client.isComplete();
    });
    if (areAllKnown)
        settle();
}

void Observation::settle()
{
    m_patience.stop();
    if (!std::exchange(m_settled, true))
        Q_EMIT settled();
}

int Observation::nodeCount() const
{
    return int(std::count_if(m_nodes.begin(), m_nodes.end(),
                             [](const auto &entry) { return entry.second->client.isConnected(); }));
}

QList<QtDelivery::MetricsSource> Observation::metrics() const
{
    QList<QtDelivery::MetricsSource> sources;
    for (const auto &[socketPath, node] : m_nodes) {
        if (!node->client.isConnected())
            continue;
        const QtDelivery::MonitorProcess process = node->client.process();
        QtDelivery::MetricsSource source{
            .process = QStringLiteral("%1-%2").arg(process.program).arg(process.pid),
            .links = node->links.values(),
            .nodeId = node->client.nodeId(),
            .refusals = node->client.refusals()};
        for (int row = 0; row < m_flows.rowCount(); ++row) {
            if (m_flows.index(row, 0).data(QtDelivery::FlowModel::SourceRole) != socketPath)
                continue;
            source.flows.append(m_flows.flowAt(row));
            source.flows.last().time = node->client.clock(); // ages are those of now
        }
        sources.append(source);
    }
    return sources;
}

} // namespace Cli
