// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "framedecoder.h"
#include "heartbeat.h"

#include <optional>

namespace QtDelivery {

struct LinkConfig
{
    bool initiator = false; //!< this side opened the connection
    Incarnation node;
    QString nodeId;
    quint64 connectionNumber = 0; //!< the initiator's count of its connections
    quint32 maxFrameLength = 16 << 20;
    Duration handshakeTimeout = std::chrono::seconds(10);
    Duration heartbeatInterval = std::chrono::seconds(15);
    Duration heartbeatTimeout = std::chrono::seconds(45);
};

/*!
    \brief One connection between two nodes, without I/O: handshake, heartbeat, end.

    Theory of operation
    -------------------
        Handshaking --both Hellos--> Up --close()--> Closing --Close written--> Closed
              |_______________________|_____________________violation, timeout, Close received

    Both sides send Hello at once and are up when the peer's has arrived and agrees. Ping, Pong and
   Close are answered here; all other frames are given out by next() for the offers and the flows. A
   channel frame before the peer's Hello cannot happen: the decoder only lets a Hello through first.

    A violation makes the machine Closing with a reason: the Close frame is the last that
   pollTransmit() gives, then the transport is to be closed. After a received Close nothing is
   written any more. Silence beyond the heartbeat timeout ends the link without a Close: there is
   nobody to read it.
*/
class LinkMachine
{
public:
    enum class State { Handshaking, Up, Closing, Closed };
    enum class Result {
        Frame, //!< an offer or a flow frame is in the out parameters
        Up, //!< the handshake is complete just now: peer() is valid
        NeedMore,
        Ended, //!< Closing or Closed: no frame will come any more
    };

    explicit LinkMachine(LinkConfig config);

    /*! The transport is connected: the handshake's time begins. */
    void start(TimePoint now);

    // ---- received bytes
    [[nodiscard]] char *prepare(qsizetype size) { return m_decoder.prepare(size); }
    void commit(qsizetype size, TimePoint now);
    /*! Takes the next frame that is not the link's own business. */
    [[nodiscard]] Result next(ChannelNr *channel, Frame *frame);

    /*! From the end on: drops what still arrives; true once the peer's Close is among it. */
    [[nodiscard]] bool skipToClose();

    /*! Writes Close after everything that is written before the next pollTransmit(). \a text is for
     * the peer's log. */
    void close(Reason reason, const QString &text = {});
    /*! The transport has ended. */
    void handleDown();

    /*! Appends the link's own frames. In Closing it appends Close and becomes Closed. */
    void pollTransmit(FrameWriter &writer);
    [[nodiscard]] bool hasTransmit() const;

    /*! None once the machine is Closing: how long the end may take is up to the link. */
    [[nodiscard]] std::optional<TimePoint> nextTimeout() const;
    void handleTimeout(TimePoint now);

    /*! Sends a Ping, if none is under way. */
    void measureRoundTrip(TimePoint now);
    /*! How long the last answered Ping took, with the time that it waited to be written. */
    [[nodiscard]] std::optional<Duration> roundTrip() const { return m_roundTrip; }

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool isUp() const { return m_state == State::Up; }
    /*! Why the link ends; None before. */
    [[nodiscard]] Reason reason() const { return m_reason; }
    /*! What the peer's Close said, if it sent one. */
    [[nodiscard]] const QString &reasonText() const { return m_reasonText; }
    [[nodiscard]] bool closedByPeer() const { return m_closedByPeer; }
    [[nodiscard]] const HelloFrame &peer() const { return m_peer; }
    [[nodiscard]] const LinkConfig &config() const { return m_config; }
    /*! Packed payloads are agreed on. */
    [[nodiscard]] bool peerUnpacks() const { return m_peer.features & PackedPayloadsFeature; }
    /*! The link was opened by the node with this incarnation and is that node's n-th. */
    [[nodiscard]] Incarnation initiatorNode() const
    {
        return m_config.initiator ? m_config.node : m_peer.node;
    }
    [[nodiscard]] quint64 connectionNumber() const
    {
        return m_config.initiator ? m_config.connectionNumber : m_peer.connectionNumber;
    }

private:
    void ping(TimePoint now);
    void handlePong(quint64 token);
    [[nodiscard]] Result handleHello(const HelloFrame &frame);

    const LinkConfig m_config;
    FrameDecoder m_decoder;
    Heartbeat m_heartbeat;
    TimePoint m_handshakeDeadline{};
    State m_state = State::Handshaking;
    HelloFrame m_peer;
    bool m_helloPending = true;
    quint64 m_pingToken = 0;
    bool m_pingPending = false;
    std::optional<TimePoint> m_pingAt; // of the Ping that is not answered
    std::optional<Duration> m_roundTrip;
    std::optional<quint64>
        m_pongPending; // only the latest: a flood of Pings costs one Pong per write
    Reason m_reason = Reason::None;
    QString m_reasonText;
    bool m_closedByPeer = false;
};

/*! Two links between the same two nodes: true if \a a is to be kept. Both nodes decide alike. */
[[nodiscard]] bool winsAgainst(const LinkMachine &a, const LinkMachine &b);

} // namespace QtDelivery
