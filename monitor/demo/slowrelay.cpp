// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "slowrelay.h"

namespace Monitor {

using namespace std::chrono_literals;

namespace {

constexpr auto Turn = 10ms;
constexpr qint64 Buffer = 32 * 1024;

void passOn(QLocalSocket &from, QLocalSocket &to, qint64 most)
{
    const qint64 room = qMin(most, Buffer - to.bytesToWrite());
    if (room > 0 && from.bytesAvailable() > 0)
        to.write(from.read(room));
}

bool hasEnded(const QLocalSocket &socket)
{
    return socket.state() == QLocalSocket::UnconnectedState && socket.bytesAvailable() == 0;
}

} // namespace

SlowRelay::SlowRelay(const QString &path, const QString &target, qint64 bytesPerSecond,
                     QObject *parent)
    : QObject(parent)
    , m_path(path)
    , m_target(target)
    , m_bytesPerTurn(qMax<qint64>(1, bytesPerSecond * Turn.count() / 1000))
{
    connect(&m_server, &QLocalServer::newConnection, this, &SlowRelay::accept);
    connect(&m_turn, &QTimer::timeout, this, &SlowRelay::pass);
    m_turn.setTimerType(Qt::PreciseTimer);
}

SlowRelay::~SlowRelay() = default;

bool SlowRelay::listen()
{
    m_turn.start(Turn);
    return m_server.listen(m_path);
}

void SlowRelay::cut()
{
    m_server.close();
    m_pipes.clear();
}

void SlowRelay::repair()
{
    if (!m_server.isListening())
        m_server.listen(m_path);
}

void SlowRelay::accept()
{
    while (QLocalSocket *const socket = m_server.nextPendingConnection()) {
        socket->setParent(nullptr);
        socket->setReadBufferSize(Buffer);
        auto far = std::make_unique<QLocalSocket>();
        far->setReadBufferSize(Buffer);
        far->connectToServer(m_target);
        m_pipes.push_back({std::unique_ptr<QLocalSocket>(socket), std::move(far)});
    }
}

void SlowRelay::pass()
{
    for (const Pipe &pipe : m_pipes) {
        passOn(*pipe.near, *pipe.far, m_bytesPerTurn);
        passOn(*pipe.far, *pipe.near, m_bytesPerTurn);
    }
    std::erase_if(m_pipes,
                  [](const Pipe &pipe) { return hasEnded(*pipe.near) || hasEnded(*pipe.far); });
}

} // namespace Monitor
