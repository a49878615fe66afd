// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "connection.h"
#include "core/linkmachine.h"
#include "core/ratelimit.h"
#include "core/ringbuffer.h"
#include "flowendpoint.h"
#include "heldbytes.h"

#include <QHash>
#include <QList>
#include <QSet>

#include <memory>

namespace QtDelivery {

/*! What a link tells its node. None of it runs user code. */
class LinkOwner
{
public:
    [[nodiscard]] virtual TimePoint now() const = 0;
    /*! The handshake is done. */
    virtual void linkEstablished(Link *link) = 0;
    /*! The link carries nothing any more, once. Its Close may still be under way: it lives on until
     * linkGone(). */
    virtual void linkEnded(Link *link, const Error &reason) = 0;
    /*! The link may be destroyed, but not from within this call. */
    virtual void linkGone(Link *link) = 0;
    /*! Offer, Withdraw or Invite of the peer. A reason closes the link. */
    [[nodiscard]] virtual Reason handleNodeFrame(Link *link, const Frame &frame) = 0;
    /*! An Attach for a producer of this node. */
    [[nodiscard]] virtual Reason handleAttach(Link *link, ChannelNr channel,
                                              const AttachFrame &frame) = 0;
    /*! The link has something to write: call pump() at the end of the turn. */
    virtual void linkWantsPump(Link *link) = 0;
    /*! Frames were handled, straight from the event loop. */
    virtual void linkHasRead() = 0;
    virtual void updateTimeout(Timed *item) = 0;
    /*! The link takes more or less memory than before: heldBytes(). */
    virtual void linkHolds(Link *link) = 0;

protected:
    ~LinkOwner() = default;
};

struct LinkLimits
{
    qint64 highWaterMark =
        256 * 1024; //!< nothing is polled while the connection's backlog is above
    int maxFlows = 100'000; //!< channels at a time
    Duration lingerTime = std::chrono::seconds(5); //!< for the peer to close after our Close
    int maxRegistrationsPerSecond = 10'000; //!< beyond twice maxFlows
};

/*!
    \brief One connection with its machine: bytes to frames to flows, flows to frames to bytes.

    Reading happens at once and completely, whatever the flows do: their grants bound what can come.
   Writing happens in pump(), once per turn of the node: flows that have something to say take turns
   of a few KiB each, into one buffer, in one write.

    The end: after our Close is written the connection stays open until the peer has closed it,
   because a socket that is closed while bytes wait to be read would reset the connection and could
   destroy what the peer has not read.
*/
class Link final : public ConnectionObserver, public Timed
{
public:
    Link(LinkOwner &owner, std::unique_ptr<Connection> connection, LinkConfig config,
         LinkLimits limits);
    ~Link();

    Link(const Link &) = delete;
    Link &operator=(const Link &) = delete;

    [[nodiscard]] const LinkMachine &machine() const { return m_machine; }
    [[nodiscard]] const QString &peerNodeId() const { return m_machine.peer().nodeId; }
    /*! What is verified of the peer, complete when the link is up. */
    [[nodiscard]] const PeerIdentity &peer() const { return m_peer; }
    [[nodiscard]] bool isUp() const { return m_machine.isUp(); }
    [[nodiscard]] bool hasEnded() const { return m_ended; }
    [[nodiscard]] bool isGone() const { return m_gone; }
    [[nodiscard]] TimePoint establishedAt() const { return m_establishedAt; }

    // ---- for whoever watches
    /*! The node's name for this link, in snapshots. */
    qint64 number = 0;
    [[nodiscard]] qint64 bytesIn() const { return m_bytesIn; }
    [[nodiscard]] qint64 bytesOut() const { return m_bytesOut; }
    [[nodiscard]] qint64 backlog() const { return m_connection->backlog(); }
    [[nodiscard]] bool isCongested() const { return backlog() >= m_limits.highWaterMark; }
    [[nodiscard]] QString encryption() const { return m_connection->encryption(); }
    [[nodiscard]] int flowCount() const { return int(m_channels.size()); }
    /*! The memory that the link takes for its peer: what has arrived and is no whole frame yet,
       what the network has not taken, and what the peer offers. What its flows keep is bounded by
       their own windows. */
    [[nodiscard]] qint64 heldBytes() const
    {
        return m_machine.receiveMemory() + m_connection->backlog() + m_control.size() + offerBytes;
    }
    /*! Asks the peer for a sign of life, which takes one round trip. */
    void measureRoundTrip();

    // ---- frames that are not a flow's own: kept until the next pump()
    template <typename F> void writeControl(const F &frame)
    {
        FrameWriter(m_control).write(frame);
        m_owner.linkWantsPump(this);
    }
    void writeDetach(ChannelNr channel, Reason reason);

    // ---- flows
    /*! A channel number that was never used on this link. */
    [[nodiscard]] ChannelNr newChannel();
    /*! The endpoint's frames go through this link; it has no channel yet. */
    void adopt(FlowEndpoint *endpoint);
    /*! Frames of \a channel are for \a endpoint, which is adopted if it was not. */
    void bind(FlowEndpoint *endpoint, ChannelNr channel);
    /*! Takes the endpoint off, and tells the peer \a reason if it had a channel, unless that is
     * None. */
    void release(FlowEndpoint *endpoint, Reason reason);
    /*! The endpoint has frames to transmit: it gets its turn. */
    void enqueue(FlowEndpoint *endpoint);
    /*! Takes the endpoint's frames now, before those of others: it is about to leave. */
    void flush(FlowEndpoint *endpoint);
    [[nodiscard]] QList<FlowEndpoint *> endpoints() const { return m_endpoints.values(); }

    /*! Writes as long as the connection takes it. */
    void pump();
    /*! Orderly: what the flows have to say, then Close. */
    void close(Reason reason);
    /*! The peer is told that it is too much, and nothing of it is kept any more. Not while frames
       are handled. */
    void refuseMore();
    /*! Now, without a word. */
    void abort(const Error &reason);

    /*! Set by the owner while the link waits for its pump(). */
    bool pumpScheduled = false;
    /*! Set by the owner from linkUp to linkDown. */
    bool isAnnounced = false;
    /*! Set by the owner: of the names that the peer offers. */
    qint64 offerBytes = 0;
    /*! The owner's account of heldBytes(). */
    HeldBytes::Share share;

    // Timed
    [[nodiscard]] std::optional<TimePoint> nextTimeout() const override;
    void handleTimeout(TimePoint now) override;

private:
    void connected() override;
    void readable() override;
    void writable() override;
    void down(const Error &reason) override;

    [[nodiscard]] Reason handleFrame(ChannelNr channel, const Frame &frame, TimePoint now);
    void noteShared(FlowEndpoint *before, FlowEndpoint *after, TimePoint now);
    void decode(TimePoint now);
    void noteHeld();
    void established(TimePoint now);
    void fillBatch();
    [[nodiscard]] bool isOver() const;
    void startLinger(TimePoint now);
    void goodbye();
    void gone();
    void end(const Error &reason);
    [[nodiscard]] bool hasOutput() const;
    [[nodiscard]] Error endReason() const;

    LinkOwner &m_owner;
    std::unique_ptr<Connection> m_connection;
    LinkMachine m_machine;
    const LinkLimits m_limits;
    RateLimit m_registrations; // of the peer
    PeerIdentity m_peer;

    QHash<ChannelNr, FlowEndpoint *> m_channels;
    ChannelNr m_recentChannel = 0; // 0 = look up anew
    FlowEndpoint *m_recentEndpoint = nullptr;
    TimePoint m_recentAt{};
    QSet<FlowEndpoint *> m_endpoints; // that are routed here, with or without a channel
    RingBuffer<FlowEndpoint *> m_ready; // have frames to transmit, in turn; null = was taken off
    ChannelNr m_lastOwnChannel = 0;
    ChannelNr m_lastPeerChannel = 0;

    QByteArray m_control; // frames for the next batch, before the flows'
    int m_detachesPending = 0; // in m_control
    QByteArray m_batch;
    qint64 m_bytesIn = 0;
    qint64 m_bytesOut = 0;
    TimePoint m_establishedAt{};
    std::optional<TimePoint> m_lingerDeadline;
    std::optional<Reason> m_closeWhenDrained;
    bool m_connected = false;
    bool m_pumping = false;
    bool m_reading = false;
    bool m_peerIsDone = false; // its Close came after our end
    bool m_ended = false;
    bool m_gone = false;
};

} // namespace QtDelivery
