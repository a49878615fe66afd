// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "cuttingproxy.h"

#include <QHostAddress>

#include <algorithm>

namespace TestSupport {

CuttingProxy::CuttingProxy(QObject *parent)
    : QObject(parent)
{
    connect(&m_server, &QTcpServer::newConnection, this, &CuttingProxy::accept);
    connect(&m_intervalTimer, &QTimer::timeout, this, [this] { cutNow(m_intervalKind); });
    m_refuseTimer.setSingleShot(true);
    connect(&m_refuseTimer, &QTimer::timeout, this, [this] {
        if (!m_server.listen(QHostAddress::LocalHost, m_port))
            qFatal("The proxy's port %d was taken: %s", m_port, qPrintable(m_server.errorString()));
    });
}

CuttingProxy::~CuttingProxy() = default;

bool CuttingProxy::start(quint16 targetPort)
{
    m_targetPort = targetPort;
    if (!m_server.listen(QHostAddress::LocalHost, 0))
        return false;
    m_port = m_server.serverPort();
    return true;
}

void CuttingProxy::accept()
{
    while (QTcpSocket *socket = m_server.nextPendingConnection()) {
        ++m_accepted;
        socket->setParent(nullptr);
        auto connection = std::make_unique<ProxyConnection>(
            std::unique_ptr<QTcpSocket>(socket), m_targetPort, &faults(Direction::ToTarget),
            &faults(Direction::FromTarget));
        connect(connection.get(), &ProxyConnection::exhausted, this, &CuttingProxy::cutByBytes);
        connect(connection.get(), &ProxyConnection::finished, this,
                [this, finished = connection.get()] {
                    const auto it =
                        std::find_if(m_connections.begin(), m_connections.end(),
                                     [finished](const auto &c) { return c.get() == finished; });
                    it->release()->deleteLater(); // it is what calls
                    m_connections.erase(it);
                });
        m_connections.push_back(std::move(connection));
        Q_EMIT connectionAccepted();
    }
}

bool CuttingProxy::cutNow(CutKind kind)
{
    if (openConnections() == 0)
        return false;
    cutAll(kind);
    return true;
}

void CuttingProxy::cutAfter(Direction direction, qint64 bytes, CutKind kind, int times)
{
    Q_ASSERT(bytes > 0 && times > 0);
    for (PipeFaults &other : m_faults)
        other.bytesLeft.reset();
    m_byteCut = ByteCut{direction, bytes, kind, times};
    faults(direction).bytesLeft = bytes;
}

void CuttingProxy::cutEvery(std::chrono::milliseconds interval, CutKind kind)
{
    m_intervalKind = kind;
    if (interval.count() > 0)
        m_intervalTimer.start(interval);
    else
        m_intervalTimer.stop();
}

void CuttingProxy::cutByBytes()
{
    const CutKind kind = m_byteCut->kind;
    PipeFaults &direction = faults(m_byteCut->direction);
    if (--m_byteCut->times > 0)
        direction.bytesLeft = m_byteCut->bytes;
    else
        direction.bytesLeft.reset();
    cutAll(kind);
}

void CuttingProxy::cutAll(CutKind kind)
{
    for (ProxyConnection *connection : connections())
        connection->cut(kind);
    Q_EMIT linkCut(++m_cuts);
}

void CuttingProxy::setStalled(Direction direction, bool stalled)
{
    faults(direction).stalled = stalled;
    update();
}

void CuttingProxy::setDelay(Direction direction, std::chrono::milliseconds delay)
{
    faults(direction).delay = delay;
}

void CuttingProxy::setRate(Direction direction, qint64 bytesPerSecond)
{
    faults(direction).bytesPerSecond = bytesPerSecond;
    update();
}

void CuttingProxy::refuseFor(std::chrono::milliseconds time)
{
    m_server.close();
    m_refuseTimer.start(time);
}

void CuttingProxy::update()
{
    for (ProxyConnection *connection : connections())
        connection->update();
}

std::vector<ProxyConnection *> CuttingProxy::connections() const
{
    std::vector<ProxyConnection *> connections;
    for (const std::unique_ptr<ProxyConnection> &connection : m_connections)
        connections.push_back(connection.get());
    return connections;
}

int CuttingProxy::openConnections() const
{
    return int(std::count_if(m_connections.cbegin(), m_connections.cend(),
                             [](const auto &connection) { return connection->isOpen(); }));
}

qint64 CuttingProxy::forwarded(Direction direction) const
{
    return m_faults[int(direction)].forwarded;
}

} // namespace TestSupport
