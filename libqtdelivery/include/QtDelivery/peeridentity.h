// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/qtdeliveryglobal.h>

#include <QByteArray>
#include <QDateTime>
#include <QMetaType>
#include <QString>
#include <QStringList>

namespace QtDelivery {

/*! \brief What a node knows of the peer of one link, as an Authorizer is told.

    Everything but #nodeId was verified. A plain value; safe to copy to another thread. */
struct QTDELIVERY_EXPORT PeerIdentity
{
    /*! What the peer calls itself. Nobody has verified it. */
    QString nodeId = {};

    /*! It is on this machine: a `local:` address, or the loopback interface. On the latter it may
       be of another user. */
    bool isLocal = false;

    /*! Its number on the network; empty on `local:` addresses. */
    QString address = {};

    /*! This node connected to it, by an address that the application named, and nothing speaks
        against that it is the one. With `tls://` its certificate or a secret has shown that; plain
        text has to be allowed (NodeSettings::allowPlainText), and whoever is in between can pose as
        anybody. */
    bool wasChosen = false;

    /*! The name of the SharedSecret that it has proved; empty without one. */
    QString secretName = {};

    /*! Common name and alternative names (DNS, IP) of its certificate, if an authority vouches for
       them: empty without a certificate, and with TlsSettings::verifyPeer off. */
    QStringList certificateNames = {};

    /*! When its certificate ends; invalid without one. */
    QDateTime certificateExpiry = {};

    /*! TlsSettings::pinOf() its certificate, if that is one of TlsSettings::pins; otherwise empty.
     */
    QByteArray pin = {};

    /*! Equal in every member. */
    friend bool operator==(const PeerIdentity &, const PeerIdentity &) = default;
};

} // namespace QtDelivery

Q_DECLARE_METATYPE(QtDelivery::PeerIdentity)
