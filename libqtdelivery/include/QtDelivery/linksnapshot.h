// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/qtdeliveryglobal.h>

#include <QMetaType>
#include <QString>
#include <QUrl>

namespace QtDelivery {

/*! \brief One link of a node at one instant, or an address that it wants a link to.

    Times are microseconds of the node's monotonic clock, as FlowSnapshot::time. A plain value; safe
   to copy to another thread. */
struct QTDELIVERY_EXPORT LinkSnapshot
{
    Q_GADGET
    Q_PROPERTY(qint64 number MEMBER number)
    Q_PROPERTY(QString peerNodeId MEMBER peerNodeId)
    Q_PROPERTY(QUrl url MEMBER url)
    Q_PROPERTY(QtDelivery::LinkSnapshot::State state MEMBER state)

public:
    /*! What the link is doing. */
    enum class State {
        Connecting, //!< the connection is being opened, or the handshake is under way
        Up, //!< carries flows
        Closing, //!< an orderly end is under way
        Waiting, //!< no connection; the next attempt is #retryAt
        Resting, //!< no connection is needed: another link leads to the same node
    };
    Q_ENUM(State)

    qint64 number = 0; //!< names the link, or the address, among all of its node
    QString nodeId = {}; //!< the node it is of
    QString peerNodeId = {}; //!< empty = not known yet
    QUrl url = {}; //!< the address this node connects to; empty: the peer has connected
    State state = State::Connecting; //!< what it is doing
    qint64 time = 0; //!< when this snapshot was taken
    qint64 since = -1; //!< when the link came up; -1 = it is not up
    qint64 retryAt = -1; //!< Waiting: when the next attempt begins; -1 = none
    qint64 rtt = -1; //!< microseconds of the last round trip; -1 = not measured
    qint64 pendingBytes = 0; //!< written, and not taken by the system
    qint64 bytesIn = 0; //!< received since the link was opened
    qint64 bytesOut = 0; //!< written since the link was opened
    int flows = 0; //!< ends of flows whose frames it carries
    QString encryption = {}; //!< TLS version and cipher, as "TLS 1.3, …"; empty = plain text
    /*! What the peer has proved to be, as the rules of FileAuthorizer write it, "secret:press-7"
        for example, with commas between several; empty = nothing. */
    QString peerProof = {};
    qint64 certificateExpires = -1; //!< the peer's; seconds since 1970, UTC; -1 = it showed none
    qint64 heldBytes = 0; //!< memory taken for the peer; see NodeSettings::maxBytesHeldPerPeer

    /*! Names this link among all of a node. */
    [[nodiscard]] QString key() const;
    /*! Equal in everything but #time. */
    [[nodiscard]] bool isSameAs(const LinkSnapshot &other) const;

    /*! Equal in every member. */
    friend bool operator==(const LinkSnapshot &, const LinkSnapshot &) = default;
};

} // namespace QtDelivery

Q_DECLARE_METATYPE(QtDelivery::LinkSnapshot)
