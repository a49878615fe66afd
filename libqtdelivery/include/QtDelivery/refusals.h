// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/qtdeliveryglobal.h>

#include <QtGlobal>

namespace QtDelivery {

/*! \brief How often a DeliveryNode has refused something to its peers, since it was constructed. A
    plain value. */
struct QTDELIVERY_EXPORT Refusals
{
    /*! Connections above NodeSettings::maxLinks, maxLinksPerPeer or maxPendingHandshakes, or of a
        peer that holds more than maxBytesHeldPerPeer. */
    quint64 connections = 0;
    /*! Handshakes that took longer than NodeSettings::handshakeTimeout. */
    quint64 handshakes = 0;
    /*! Peers without the shared secret, or with another one. */
    quint64 secrets = 0;
    /*! Flows that a peer asked for or offered, and that the Authorizer does not allow. */
    quint64 flows = 0;
    /*! Links that were ended because of maxFlowsPerLink, maxRegistrationsPerSecond,
        maxBytesHeldPerPeer or maxBytesHeld. */
    quint64 limits = 0;

    /*! Equal in every member. */
    friend bool operator==(const Refusals &, const Refusals &) = default;
};

} // namespace QtDelivery
