// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "dialer.h"

#include <QCoreApplication>

namespace QtDelivery {

Dialer::Dialer(DialerOwner &owner, QUrl url, const DialerConfig &config)
    : m_owner(owner)
    , m_url(std::move(url))
    , m_config(config)
    , m_backoff(config.intervalMin, config.intervalMax, config.jitter)
{ }

void Dialer::start()
{
    connectNow();
}

void Dialer::connectNow()
{
    m_upSince.reset();
    m_deadline = m_owner.now() + m_config.connectTimeout;
    m_link = m_owner.dial(m_url);
    m_owner.updateTimeout(this);
}

void Dialer::linkEstablished()
{
    m_upSince = m_owner.now();
    m_deadline.reset();
}

void Dialer::linkEnded(Reason wire, Incarnation peer, const Error &reason)
{
    m_link = nullptr;
    m_deadline.reset();
    if (wire == Reason::Superseded || wire == Reason::SelfConnection)
        m_restingFor = peer;
    else
        scheduleRetry(reason);
}

void Dialer::peerLost(Incarnation peer, const Error &reason)
{
    if (m_restingFor.isNull() || m_restingFor != peer)
        return;
    m_restingFor = {};
    scheduleRetry(reason);
}

void Dialer::scheduleRetry(const Error &reason)
{
    const Duration uptime = m_upSince ? m_owner.now() - *m_upSince : Duration::zero();
    m_upSince.reset();
    const Duration delay = m_backoff.next(uptime, m_owner.chance());
    m_deadline = m_owner.now() + delay;
    m_owner.retryScheduled(m_url, delay, reason);
    m_owner.updateTimeout(this);
}

void Dialer::handleTimeout(TimePoint now)
{
    if (!m_deadline || now < *m_deadline)
        return;
    m_deadline.reset();
    if (!m_link) {
        connectNow();
        return;
    }
    //: %1 is an address
    m_owner.giveUp(m_link,
                   {Error::Code::TimedOut,
                    QCoreApplication::translate("QtDelivery", "Connecting to %1 took too long.")
                        .arg(m_url.toString())});
}

} // namespace QtDelivery
