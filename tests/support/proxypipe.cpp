// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "proxypipe.h"

#include <utility>

namespace TestSupport {

namespace {

// Small, so that a stalled or slow direction is soon felt by the sender.
constexpr qint64 bufferSize = 64 * 1024;

} // namespace

ProxyPipe::ProxyPipe(QTcpSocket *source, QTcpSocket *sink, PipeFaults *faults)
    : m_source(source)
    , m_sink(sink)
    , m_faults(faults)
{
    m_source->setReadBufferSize(bufferSize);
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &ProxyPipe::transfer);
    connect(source, &QTcpSocket::readyRead, this, &ProxyPipe::transfer);
    connect(source, &QTcpSocket::disconnected, this, &ProxyPipe::transfer);
    connect(sink, &QTcpSocket::connected, this, &ProxyPipe::transfer);
    connect(sink, &QTcpSocket::bytesWritten, this, &ProxyPipe::transfer);
}

void ProxyPipe::transfer()
{
    if (m_done || m_faults->stalled || m_sink->state() == QAbstractSocket::ConnectingState)
        return;
    do {
        fetch();
    } while (!m_parcels.empty() && forwardFront());
    const bool sourceEnded =
        m_source->state() == QAbstractSocket::UnconnectedState && m_source->bytesAvailable() == 0;
    if (!m_done && m_parcels.empty() && sourceEnded) {
        m_done = true;
        Q_EMIT ended();
    }
}

void ProxyPipe::fetch()
{
    if (m_held >= bufferSize || m_source->bytesAvailable() == 0)
        return;
    // All of it: a bounded QTcpSocket that is read in part may never signal again.
    Parcel parcel{Clock::now() + m_faults->delay, m_source->readAll()};
    m_held += parcel.bytes.size();
    m_parcels.push_back(std::move(parcel));
}

bool ProxyPipe::forwardFront()
{
    Parcel &parcel = m_parcels.front();
    const Clock::time_point ready = std::max(parcel.due, m_freeAt);
    if (ready > Clock::now()) {
        wakeUpAt(ready);
        return false;
    }
    const qsizetype count = qMin(parcel.bytes.size(), allowedNow());
    if (count == 0)
        return false;
    m_sink->write(parcel.bytes.constData(), count);
    parcel.bytes.remove(0, count);
    m_held -= count;
    m_faults->forwarded += count;
    if (m_faults->bytesPerSecond > 0)
        m_freeAt = std::max(m_freeAt, Clock::now() - std::chrono::milliseconds(20))
            + std::chrono::nanoseconds(count * 1'000'000'000 / m_faults->bytesPerSecond);
    if (parcel.bytes.isEmpty())
        m_parcels.pop_front();
    if (!m_faults->bytesLeft)
        return true;
    *m_faults->bytesLeft -= count;
    if (*m_faults->bytesLeft > 0)
        return true;
    m_done = true;
    Q_EMIT exhausted();
    return false;
}

qsizetype ProxyPipe::allowedNow() const
{
    qint64 allowed = qMax<qint64>(0, bufferSize - m_sink->bytesToWrite());
    if (m_faults->bytesPerSecond > 0)
        allowed = qMin(allowed, qMax<qint64>(1, m_faults->bytesPerSecond / 50));
    return qMin(allowed, m_faults->bytesLeft.value_or(allowed));
}

void ProxyPipe::wakeUpAt(Clock::time_point time)
{
    using namespace std::chrono;
    m_timer.start(ceil<milliseconds>(time - Clock::now()));
}

} // namespace TestSupport
