// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/peeridentity.h>

#include <QString>

namespace QtDelivery {

/*! \brief Says which peer may do what with which flow; see DeliveryNode::setAuthorizer().

    This class is the default: peers of the same machine and those that the application chose by
    their address (PeerIdentity::wasChosen) may do everything, all others nothing. Derive from it
   for other rules, or take FileAuthorizer.

    A flow that a peer may not have is not shown to it. What it asks for nevertheless is refused,
    counted (DeliveryNode::refusals()) and logged in the category `qtdelivery.link`.

    The functions are called in the node's thread, from within its work: they must not call the node
    and must be quick. Their answer counts for what begins; what flows already goes on. */
class QTDELIVERY_EXPORT Authorizer
{
public:
    Authorizer();
    virtual ~Authorizer();

    /*! Whether \a peer may send the flow \a producerId to consumers of this node. Empty: whether
        there is any flow that it may send. */
    [[nodiscard]] virtual bool mayProduce(const PeerIdentity &peer,
                                          const QString &producerId) const;

    /*! Whether a consumer of \a peer may get the flow \a producerId of this node. */
    [[nodiscard]] virtual bool mayConsume(const PeerIdentity &peer,
                                          const QString &producerId) const;

private:
    Q_DISABLE_COPY_MOVE(Authorizer)
};

} // namespace QtDelivery
