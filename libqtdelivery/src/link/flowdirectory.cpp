// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "flowdirectory.h"

#include "link.h"

namespace QtDelivery {

bool FlowDirectory::add(FlowEndpoint *endpoint)
{
    auto &local = m_local[int(endpoint->kind())];
    if (local.contains(endpoint->id()))
        return false;
    local.insert(endpoint->id(), endpoint);
    updateWanted(endpoint, {});
    return true;
}

void FlowDirectory::remove(FlowEndpoint *endpoint)
{
    m_local[int(endpoint->kind())].remove(endpoint->id());
    m_wanting[int(other(endpoint->kind()))].remove(endpoint->wantedPartner(), endpoint);
}

QList<FlowEndpoint *> FlowDirectory::locals() const
{
    return m_local[0].values() + m_local[1].values();
}

void FlowDirectory::updateWanted(FlowEndpoint *endpoint, const QString &before)
{
    auto &wanting = m_wanting[int(other(endpoint->kind()))];
    wanting.remove(before, endpoint);
    if (!endpoint->wantedPartner().isEmpty())
        wanting.insert(endpoint->wantedPartner(), endpoint);
}

bool FlowDirectory::addOffer(Link *link, OfferKind kind, const QString &id)
{
    QSet<QString> &ids = m_offers[link].ids[int(kind)];
    if (ids.contains(id))
        return false;
    ids.insert(id);
    return true;
}

bool FlowDirectory::removeOffer(Link *link, OfferKind kind, const QString &id)
{
    return m_offers[link].ids[int(kind)].remove(id);
}

qsizetype FlowDirectory::offerCount(Link *link) const
{
    const auto it = m_offers.constFind(link);
    return it == m_offers.cend() ? 0 : it->ids[0].size() + it->ids[1].size();
}

QSet<QString> FlowDirectory::offers(Link *link, OfferKind kind) const
{
    return m_offers.value(link).ids[int(kind)];
}

Link *FlowDirectory::partnerLink(const FlowEndpoint *endpoint,
                                 const std::function<bool(const Link *)> &mayMeet) const
{
    const QString &wanted = endpoint->wantedPartner();
    if (wanted.isEmpty())
        return nullptr;
    const int kind = int(other(endpoint->kind()));
    for (auto it = m_offers.cbegin(); it != m_offers.cend(); ++it) {
        const bool nodeFits =
            endpoint->wantedNode().isEmpty() || endpoint->wantedNode() == it.key()->peerNodeId();
        if (nodeFits && it.key()->isUp() && it->ids[kind].contains(wanted) && mayMeet(it.key()))
            return it.key();
    }
    return nullptr;
}

} // namespace QtDelivery
