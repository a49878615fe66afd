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
    connect(m_target.get(), &QTcpSocket::connected, this, [this] {
        m_connected = true;
        m_target->setSocketOption(QAbstractSocket::LowDelayOption, 1); // no effect before
    });
    connect(m_target.get(), &QTcpSocket::errorOccurred, this, [this] {
        if (!m_connected) // nobody listens there; the client has no better way to learn it
            cut(CutKind::Reset);
    });
    for (QTcpSocket *socket : {m_client.get(), m_target.get()}) {
        socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        connect(socket, &QTcpSocket::disconnected, this, &ProxyConnection::finishWhenGone);
    }
    m_target->connectToHost(QHostAddress::LocalHost, targetPort);
}

ProxyConnection::~ProxyConnection()
{
    // Sockets that are destroyed while they are connected signal it.
    m_client->disconnect(this);
    m_target->disconnect(this);
    m_toTarget->stop();
    m_fromTarget->stop();
}

bool ProxyConnection::isOpen() const
{
    return m_connected && !m_ending;
}

void ProxyConnection::update()
{
    m_toTarget->transfer();
    m_fromTarget->transfer();
}

void ProxyConnection::cut(CutKind kind)
{
    if (m_ending && kind == CutKind::Finish)
        return;
    m_ending = true;
    m_toTarget->stop();
    m_fromTarget->stop();
    if (kind == CutKind::Reset) {
        reset(m_client.get());
        reset(m_target.get());
        finishWhenGone();
        return;
    }
    m_deadline.start(std::chrono::seconds(2));
    finishSide(m_client.get());
    finishSide(m_target.get());
    finishWhenGone();
}

void ProxyConnection::finishSide(QTcpSocket *socket)
{
    const auto shutDownWhenWritten = [socket] {
        // Half a close only: closing a socket that has unread bytes would send RST instead of FIN.
        if (socket->bytesToWrite() == 0 && socket->socketDescriptor() != -1)
            ::shutdown(int(socket->socketDescriptor()), SHUT_WR);
    };
    connect(socket, &QTcpSocket::bytesWritten, this, shutDownWhenWritten);
    connect(socket, &QTcpSocket::readyRead, this, [socket] { socket->readAll(); });
    socket->setReadBufferSize(0);
    socket->readAll();
    socket->flush();
    shutDownWhenWritten();
}

void ProxyConnection::finishWhenGone()
{
    if (!m_ending || m_finished || !isGone(*m_client) || !isGone(*m_target))
        return;
    m_finished = true;
    m_deadline.stop();
    Q_EMIT finished();
}

} // namespace TestSupport
