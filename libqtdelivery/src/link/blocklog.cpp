// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "blocklog.h"

#include "logging.h"

#include <utility>

namespace QtDelivery {

namespace {

const QLoggingCategory &categoryOf(const FlowEndpoint &endpoint)
{
    return endpoint.kind() == OfferKind::Producer ? lcProducer() : lcConsumer();
}

qint64 seconds(Duration duration)
{
    return std::chrono::duration_cast<std::chrono::seconds>(duration).count();
}

} // namespace

BlockWatch::Line BlockWatch::look(const FlowSnapshot &flow, TimePoint now)
{
    const Blocked::Reason reason = flow.blocked.reason;
    if (!flow.blocked.isBlocked() || flow.confirmedSeqNr != m_confirmed) {
        m_confirmed = flow.confirmedSeqNr;
        m_reason = reason;
        m_reasonSince = now;
        m_isReasonTold = false;
        const Duration wasBlockedFor = now - std::exchange(m_since, now);
        if (std::exchange(m_isOpen, false))
            return {News::Moves, wasBlockedFor};
        return {};
    }
    if (reason != m_reason) {
        m_reason = reason;
        m_reasonSince = now;
        m_isReasonTold = false;
    }
    const bool isQuiet = m_toldAt && now - *m_toldAt < Quiet;
    if (m_isReasonTold || isQuiet || now - m_reasonSince < Patience)
        return {};
    m_isReasonTold = m_isOpen = true;
    m_toldAt = now;
    return {News::Blocked, now - m_since};
}

bool BlockLog::add(const FlowEndpoint *endpoint, TimePoint now)
{
    if (!categoryOf(*endpoint).isInfoEnabled())
        return false;
    const bool begins = m_watched.empty();
    m_watched.emplace(endpoint, BlockWatch());
    if (begins)
        m_next = now + Interval;
    return begins;
}

void BlockLog::handleTimeout(TimePoint now)
{
    if (!m_next || now < *m_next)
        return;
    m_next = now + Interval;
    for (auto &[endpoint, watch] : m_watched) {
        const FlowSnapshot flow = endpoint->snapshot();
        const BlockWatch::Line line = watch.look(flow, now);
        const QLoggingCategory &category = categoryOf(*endpoint);
        if (line.news == BlockWatch::News::Blocked)
            qCInfo(category, "%s: blocked for %lld s, %s: %s", qUtf8Printable(flow.id),
                   seconds(line.blockedFor),
                   qUtf8Printable(Blocked::reasonName(flow.blocked.reason)),
                   qUtf8Printable(flow.blockedSentence()));
        else if (line.news == BlockWatch::News::Moves)
            qCInfo(category, "%s: moves again, after %lld s", qUtf8Printable(flow.id),
                   seconds(line.blockedFor));
    }
}

} // namespace QtDelivery
