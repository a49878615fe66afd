// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtGlobal>

#include <chrono>
#include <compare>
#include <functional>

namespace QtDelivery {

/*! Number of a message within one producer incarnation: 1, 2, 3 … without gaps. 0 means "none yet".
 */
using SeqNr = qint64;

/*! No sequence number may reach this: sums of a number and a window then never overflow. */
constexpr SeqNr MaxSeqNr = SeqNr(1) << 62;

/*! Number of a flow's appearance on one link, never used again there. 0 is the link itself. */
using ChannelNr = quint32;

/*! Monotonic time. The core never reads a clock: the time comes in with every event. */
using TimePoint = std::chrono::steady_clock::time_point;
using Duration = std::chrono::steady_clock::duration;

/*! Random 128-bit identity of one instance of a controller or a node. All zero means "none". */
struct Incarnation
{
    quint64 high = 0;
    quint64 low = 0;

    [[nodiscard]] bool isNull() const { return high == 0 && low == 0; }
    friend auto operator<=>(const Incarnation &, const Incarnation &) = default;
};

/*! Why a link or a channel ends. The numbers are part of the wire protocol (doc/protocol.md); never
 * reuse one. */
enum class Reason : quint16 {
    None = 0, //!< no reason to end anything
    // A link ends because one side wants it to.
    GoingAway = 1, //!< the node closes in an orderly way; everything it had was written
    Superseded = 2, //!< another link between the same two nodes won
    // A link ends because something is wrong.
    NotThisProtocol = 16, //!< the first bytes are not a Hello of this protocol
    UnsupportedVersion = 17, //!< no protocol version in common
    HandshakeTimeout = 18, //!< the peer did not finish its handshake in time
    HeartbeatTimeout = 19, //!< nothing was heard from the peer for the heartbeat timeout
    FrameTooLarge = 20, //!< a frame announces a length above the limit
    BadChecksum = 21, //!< a frame's bytes do not match its checksum
    MalformedFrame = 22, //!< fields missing, truncated, over-long, or not valid UTF-8
    UnknownFrame = 23, //!< a frame type this version does not know
    UnexpectedFrame = 24, //!< a known frame at a moment when it makes no sense
    GrantExceeded = 25, //!< the peer sent more than it was granted
    ImpossibleNumber =
        26, //!< a sequence number that cannot be: confirmed beyond sent, grant below confirmed, …
    LimitReached = 27, //!< too many flows, offers or links; the limit is the receiver's
    SelfConnection = 28, //!< a node connected to itself
    AuthenticationFailed = 31, //!< the peer has not proved that it has the secret
    SecretMissing = 32, //!< one side has a shared secret, the other has none
    WrongDigest = 30, //!< a message's bytes do not match its digest, or its size has changed
    ConnectionLost = 29, //!< the transport ended; never sent, only reported
    // A channel ends; the link stays.
    Stopped = 64, //!< the controller on the other side stopped or was destroyed
    Replaced = 65, //!< another consumer registered at the producer; do not try again by yourself
    UnknownProducer = 66, //!< the producer id named by Attach is not offered here (any more)
    MessageTooLarge = 67, //!< a message that must be sent exceeds what the consumer accepts
    Moved = 68, //!< the consumer registered somewhere else
    NotAllowed = 69, //!< the peer has no right to this flow
};

} // namespace QtDelivery

template <> struct std::hash<QtDelivery::Incarnation>
{
    size_t operator()(const QtDelivery::Incarnation &value) const noexcept
    {
        return size_t(value.high ^ value.low); // both halves are random already
    }
};
