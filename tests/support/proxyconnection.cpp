// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "proxyconnection.h"

#include <QHostAddress>

#include <utility>

#include <sys/socket.h>

namespace TestSupport {

namespace {

void reset(QTcpSocket *socket)
{
    // A lingering time of 0 makes close() send RST.
    const linger option{1, 0};
    if (socket->socketDescriptor() != -1)
        ::setsockopt(int(socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &option,
                     sizeof(option));
    socket->abort();
}

bool isGone(const QTcpSocket &socket)
{
    return socket.state() == QAbstractSocket::UnconnectedState;
}

} // namespace

ProxyConnection::ProxyConnection(std::unique_ptr<QTcpSocket> client, quint16 targetPort,
                                 PipeFaults *toTarget, PipeFaults *fromTarget)
    : m_client(std::move(client))
    , m_target(std::make_unique<QTcpSocket>())
    , m_toTarget(std::make_unique<ProxyPipe>(m_client.get(), m_target.get(), toTarget))
    , m_fromTarget(std::make_unique<ProxyPipe>(m_target.get(), m_client.get(), fromTarget))
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] { cut(CutKind::Reset); });
    for (ProxyPipe *pipe : {m_toTarget.get(), m_fromTarget.get()}) {
        connect(pipe, &ProxyPipe::exhausted, this, [this, pipe] { Q_EMIT exhausted(pipe); });
        connect(pipe, &ProxyPipe::ended, this, [this] { cut(CutKind::Finish); });
    }
    connect(m_target.get(), &QTcpSocket::errorOccurred, this, [this] {
        // Nobody listens there: the client learns it as it learns any other end.
        if (m_target->peerPort() == 0 || isGone(*m_target))
            m_toTarget->transfer();
        if (!m_client->peerPort() || (isGone(*m_target) && m_target->bytesAvailable() == 0))
            m_fromTarget->transfer();
    });
    for (QTcpSocket *socket : {m_client.get(), m_target.get()}) {
        socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        connect(socket, &QTcpSocket::disconnected, this, &ProxyConnection::finishWhenGone);
    }
    m_target->connectToHost(QHostAddress::LocalHost, targetPort);
}
