// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <QtDelivery/authorizer.h>

namespace QtDelivery {

Authorizer::Authorizer() = default;
Authorizer::~Authorizer() = default;

bool Authorizer::mayProduce(const PeerIdentity &peer, const QString &) const
{
    return peer.isLocal || peer.wasChosen;
}

bool Authorizer::mayConsume(const PeerIdentity &peer, const QString &) const
{
    return peer.isLocal || peer.wasChosen;
}

} // namespace QtDelivery
