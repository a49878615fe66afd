// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/error.h>

#include <QString>

#include <chrono>

QT_BEGIN_NAMESPACE
class QSettings;
QT_END_NAMESPACE

namespace QtDelivery {

/*! \brief The limits and intervals of a DeliveryNode: its links, not its flows.

    \code
    const QtDelivery::NodeSettings settings{.nodeId = QStringLiteral("press-7")};
    \endcode

    Akka has no equivalent; its transport is configured elsewhere. A plain value: safe to copy to
    another thread. A node copies it when it is constructed. */
struct QTDELIVERY_EXPORT NodeSettings
{
    /*! The name by which peers and logs know this node: 1 to 255 bytes of UTF-8 without control
        characters, or empty for none, the default. Compared byte for byte, never normalised. */
    QString nodeId = {};

    /*! After this long without having received anything the node asks the peer for a sign of life:
        1 ms … 12 h, default 15 s. */
    std::chrono::milliseconds heartbeatInterval = std::chrono::seconds(15);

    /*! After this long without a byte from the peer the link counts as lost: twice
        #heartbeatInterval … 24 h, default 45 s. Longer than any slot blocks the node's thread. */
    std::chrono::milliseconds heartbeatTimeout = std::chrono::seconds(45);

    /*! How long a peer may take to introduce itself once it is connected: 1 ms … 24 h, default
        10 s. */
    std::chrono::milliseconds handshakeTimeout = std::chrono::seconds(10);

    /*! How long one attempt to connect may take: 1 ms … 24 h, default 30 s. */
    std::chrono::milliseconds connectTimeout = std::chrono::seconds(30);

    /*! The pause before the first attempt to connect again: 1 ms … 24 h, default 200 ms. Doubles
        with each attempt that fails. */
    std::chrono::milliseconds reconnectIntervalMin = std::chrono::milliseconds(200);

    /*! The longest that #reconnectIntervalMin grows to: #reconnectIntervalMin … 24 h, default
        30 s. */
    std::chrono::milliseconds reconnectIntervalMax = std::chrono::seconds(30);

    /*! Each pause is longer or shorter by up to this share, at random, so that many clients do not
        come back at the same moment: 0 … 1, default 0.2. */
    double reconnectJitter = 0.2;

    /*! Nothing more is given to a connection while this many bytes wait in it, encrypted ones
        included: 1 B … 1 GiB, default 256 KiB. */
    qint64 writeHighWaterMark = 256 * 1024;

    /*! The most bytes that a connection reads ahead: 1 KiB … 1 GiB, default 256 KiB. */
    qint64 readBufferSize = 256 * 1024;

    /*! The longest frame that this node accepts, in bytes: 64 KiB … 1 GiB + 64 KiB, default
        16 MiB + 64 KiB. A message must fit into one: at least 64 KiB more than the largest
        maxMessageSize of this node's consumers. */
    qint64 maxFrameLength = 16 * 1024 * 1024 + 64 * 1024;

    /*! The most links at a time: 1 … 1 000 000, default 1024. One more is refused. */
    int maxLinks = 1024;

    /*! The most connections at a time from one address that is not of this machine; of IPv6 from
       one network of 64 bits: 1 … 1 000 000, default 128. One more is refused. */
    int maxLinksPerPeer = 128;

    /*! The most connections that have not introduced themselves yet: 1 … 1 000 000, default 64. */
    int maxPendingHandshakes = 64;

    /*! The most flows, and the most offers of the peer, on one link: 1 … 1 000 000, default
        100 000. */
    int maxFlowsPerLink = 100'000;

    /*! How often a peer may offer, withdraw, invite and attach in each second, beyond twice
        #maxFlowsPerLink times for which it need not wait: 1 … 1 000 000, default 10 000. The link
       of one that does it more often is ended. */
    int maxRegistrationsPerSecond = 10'000;

    /*! The most memory that the links of one peer may take for it: what has arrived and is no whole
        frame yet, what it has not read, and the names that it offers. A peer is what
        #maxLinksPerPeer says; on this machine, and where this node connects to, it is one link.
        1 MiB … 1 TiB, default 128 MiB; what one frame of #maxFrameLength needs, a good three
        times its length, is allowed in any case. The link that holds most is ended. */
    qint64 maxBytesHeldPerPeer = 128 * 1024 * 1024;

    /*! The same for all peers together: 1 MiB … 1 TiB, default 1 GiB. */
    qint64 maxBytesHeld = 1024 * 1024 * 1024;

    /*! The most signals that the node emits before it lets the event loop go on: 1 … 1 000 000,
        default 512, half the default window, so that both sides work at the same time. */
    int maxMessagesPerTurn = 512;

    /*! Slow slots end a turn earlier, after about this long: 1 ms … 24 h, default 2 ms. Smaller
        keeps a GUI smoother. */
    std::chrono::milliseconds maxTurnTime = std::chrono::milliseconds(2);

    /*! How long an orderly close may take to write what is left: 0 ms … 24 h, default 5 s. */
    std::chrono::milliseconds closeTimeout = std::chrono::seconds(5);

    /*! Whether the node listens on and connects to `tcp://` addresses beyond this machine, where
        everybody on the way can read and change what is said. Default false: such an address is
        refused, take `tls://`. */
    bool allowPlainText = false;

    /*! Each flow of the node keeps its last 256 events from the start, in about 10 KiB, so that a
        monitor finds what was before it came. Default false: a flow keeps events while somebody
        wants them, see DeliveryNode::setRecording(). */
    bool recordEvents = false;

    /*! No error if every member is within its range and they go together; otherwise
        Error::Code::InvalidSetting with the member's name, its value and what is allowed. */
    Error validate() const;

    /*! Reads the members from the current group of \a settings; see QSettings::beginGroup(). Keys
        are the names of the members, durations are whole milliseconds. A missing key leaves
        the default; groups inside the group are not looked at.

        A key that is not a member is Error::Code::UnknownSetting, a value that does not parse or
        validate is Error::Code::InvalidSetting; both name the key with its group, and \a out
        is left as it was. */
    static Error load(QSettings &settings, NodeSettings *out);

    /*! Writes every member to the current group of \a settings, such that load() reads them. */
    void store(QSettings &settings) const;

    /*! Equal in every member. */
    friend bool operator==(const NodeSettings &, const NodeSettings &) = default;
};

} // namespace QtDelivery
