// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/reconnectbackoff.h"
#include "flowendpoint.h"

#include <QtDelivery/error.h>

#include <QUrl>

namespace QtDelivery {

class Link;

/*! What a dialer asks of its node. */
class DialerOwner
{
public:
    [[nodiscard]] virtual TimePoint now() const = 0;
    /*! Uniform in [0, 1). */
    [[nodiscard]] virtual double chance() = 0;
    /*! Begins to connect; the dialer hears linkEnded() whatever becomes of it. */
    [[nodiscard]] virtual Link *dial(const QUrl &url) = 0;
    /*! Gives an attempt up. */
    virtual void giveUp(Link *link, const Error &reason) = 0;
    virtual void retryScheduled(const QUrl &url, Duration delay, const Error &reason) = 0;
    virtual void updateTimeout(Timed *item) = 0;

protected:
    ~DialerOwner() = default;
};

struct DialerConfig
{
    Duration connectTimeout;
    Duration intervalMin;
    Duration intervalMax;
    double jitter;
};

/*!
    \brief Keeps one address connected.

        Waiting --time--> Connecting --up--> Linked
           ^_________________|_________________|      the link ended
        Resting: another link to the same node won, or the node is this one; wakes up when that link
   ends
*/
class Dialer final : public Timed
{
public:
    Dialer(DialerOwner &owner, QUrl url, const DialerConfig &config);

    [[nodiscard]] const QUrl &url() const { return m_url; }
    [[nodiscard]] Link *link() const { return m_link; }

    /*! The attempt or the rest goes on until then; none while linked. */
    [[nodiscard]] std::optional<TimePoint> deadline() const { return m_deadline; }
    [[nodiscard]] bool isResting() const { return !m_restingFor.isNull(); }

    /*! The node's name for this address, in snapshots. */
    qint64 number = 0;

    void start();
    void linkEstablished();
    /*! This dialer's link is over. \a wire is the protocol's reason, \a peer the node that it led
     * to. */
    void linkEnded(Reason wire, Incarnation peer, const Error &reason);
    /*! Some link to \a peer is over: if this dialer rested because of it, it is needed now. */
    void peerLost(Incarnation peer, const Error &reason);

    [[nodiscard]] std::optional<TimePoint> nextTimeout() const override { return m_deadline; }
    void handleTimeout(TimePoint now) override;

private:
    void connectNow();
    void scheduleRetry(const Error &reason);

    DialerOwner &m_owner;
    const QUrl m_url;
    const DialerConfig m_config;
    ReconnectBackoff m_backoff;
    Link *m_link = nullptr;
    std::optional<TimePoint> m_deadline; // of the attempt, or for the next one
    std::optional<TimePoint> m_upSince;
    Incarnation m_restingFor;
};

} // namespace QtDelivery
