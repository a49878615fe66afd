// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "watchercandidate.h"

#include "core/linkproof.h"

namespace QtDelivery {

namespace {

using namespace std::chrono_literals;

constexpr auto ProofTime = 10s; // encryption included

} // namespace

WatcherCandidate::WatcherCandidate(std::unique_ptr<Connection> connection, QByteArray token,
                                   std::function<void()> settled)
    : m_connection(std::move(connection))
    , m_address(m_connection->peer().address)
    , m_token(std::move(token))
    , m_settled(std::move(settled))
{
    m_deadline.setSingleShot(true);
    QObject::connect(&m_deadline, &QTimer::timeout, &m_deadline,
                     [this] { refuse("it took too long to show that it knows the token"); });
    m_deadline.start(ProofTime);
    m_connection->setObserver(this);
    if (m_connection->isReady())
        connected();
}

WatcherCandidate::~WatcherCandidate() = default;

std::unique_ptr<Connection> WatcherCandidate::takeConnection()
{
    m_connection->setObserver(nullptr);
    return std::move(m_connection);
}

void WatcherCandidate::connected()
{
    if (m_state != State::Encrypting)
        return;
    m_state = State::Challenged;
    m_transcript.processNonce = newMonitorNonce();
    m_transcript.channelBinding = m_connection->channelBinding();
    m_connection->write(encoded(MonitorChallenge{.nonce = m_transcript.processNonce}));
}

void WatcherCandidate::readable()
{
    QByteArray bytes(MaxProofFrame, Qt::Uninitialized);
    while (m_state == State::Challenged) {
        const qint64 count = m_connection->read(bytes.data(), bytes.size());
        if (count <= 0)
            return;
        m_frames.append(bytes.first(count));
        if (const auto frame = m_frames.next())
            judge(*frame);
        else if (m_frames.isBroken())
            refuse("it is no monitor");
    }
}

void WatcherCandidate::judge(const QByteArray &bytes)
{
    const MonitorFrame frame = decoded(bytes);
    const bool isLast = m_frames.isEmpty() && m_connection->available() == 0;
    if (frame.isMalformed || !frame.watcherProof || !isLast) {
        refuse("it is no monitor");
        return;
    }
    m_transcript.watcherNonce = frame.watcherProof->nonce;
    const QByteArray expected = monitorProof(MonitorProver::Watcher, m_token, m_transcript);
    if (!equalInConstantTime(frame.watcherProof->proof, expected)) {
        refuse("it has another token");
        return;
    }
    m_connection->write(encoded(
        MonitorProcessProof{.proof = monitorProof(MonitorProver::Process, m_token, m_transcript)}));
    settle(State::Proven);
}

void WatcherCandidate::down(const Error &reason)
{
    m_hasEnded = true;
    if (isSettled())
        return;
    m_refusal = reason.message();
    settle(reason.code() == Error::Code::CertificateRefused ? State::Refused : State::Gone);
}

void WatcherCandidate::refuse(const char *why)
{
    m_refusal = QString::fromLatin1(why);
    settle(State::Refused);
}

void WatcherCandidate::settle(State state)
{
    if (isSettled())
        return;
    m_deadline.stop();
    m_state = state;
    m_settled();
}

} // namespace QtDelivery
