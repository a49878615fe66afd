// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "flowendpoint.h"

#include <QHash>
#include <QList>
#include <QSet>

#include <functional>

namespace QtDelivery {

/*! \brief Who is here, what the peers offer, and who seeks whom. */
class FlowDirectory
{
public:
    // ---- endpoints of this node
    /*! False if the id is taken. */
    [[nodiscard]] bool add(FlowEndpoint *endpoint);
    void remove(FlowEndpoint *endpoint);
    [[nodiscard]] FlowEndpoint *local(OfferKind kind, const QString &id) const
    {
        return m_local[int(kind)].value(id);
    }
    [[nodiscard]] QList<FlowEndpoint *> locals() const;
    /*! The endpoint's wanted partner was \a before. */
    void updateWanted(FlowEndpoint *endpoint, const QString &before);

    // ---- offers of peers
    /*! False if \a link offers it already. */
    [[nodiscard]] bool addOffer(Link *link, OfferKind kind, const QString &id);
    /*! False if it did not offer it. */
    [[nodiscard]] bool removeOffer(Link *link, OfferKind kind, const QString &id);
    [[nodiscard]] qsizetype offerCount(Link *link) const;
    [[nodiscard]] QSet<QString> offers(Link *link, OfferKind kind) const;
    void removeLink(Link *link) { m_offers.remove(link); }

    // ---- who meets whom
    /*! Endpoints of this node that want \a id of \a kind as partner, attached or not. */
    [[nodiscard]] QList<FlowEndpoint *> wanting(OfferKind kind, const QString &id) const
    {
        return m_wanting[int(kind)].values(id);
    }
    /*! A link whose peer offers what \a endpoint wants, and that \a mayMeet; null = none. */
    [[nodiscard]] Link *partnerLink(const FlowEndpoint *endpoint,
                                    const std::function<bool(const Link *)> &mayMeet) const;

    /*! The kind that \a kind's partners are of. */
    [[nodiscard]] static OfferKind other(OfferKind kind)
    {
        return kind == OfferKind::Producer ? OfferKind::Consumer : OfferKind::Producer;
    }

private:
    QHash<QString, FlowEndpoint *> m_local[2];
    QMultiHash<QString, FlowEndpoint *> m_wanting[2]; // by kind and id of the wanted partner
    struct Offers
    {
        QSet<QString> ids[2];
    };
    QHash<Link *, Offers> m_offers;
};

} // namespace QtDelivery
