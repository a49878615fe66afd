// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "framedecoder.h"
#include "heartbeat.h"
#include "linkproof.h"

#include <optional>
#include <vector>

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
    std::vector<LinkSecret> secrets =
        {}; //!< the initiator proves the first; empty = none is asked for
    QByteArray nonce = {}; //!< random, of NonceSize; there if there are secrets
};

/*!
    \brief One connection between two nodes, without I/O: handshake, heartbeat, end.

    Theory of operation
    -------------------
        Handshaking --both Hellos--> Up --close()--> Closing --Close written--> Closed
              |                      ^|_____________________violation, timeout, Close received
              |__secrets__> Proving__|                            ^
              |________________|__________________________________|

    Both sides send Hello at once and are up when the peer's has arrived and agrees. Ping, Pong and
   Close are answered here; all other frames are given out by next() for the offers and the flows. A
   channel frame before the peer's Hello cannot happen: the decoder only lets a Hello through first.

    With secrets each Hello has a nonce, and a node with secrets accepts no peer without. The
    initiator then sends its Proof; the acceptor answers a good one with its own and is up; the
    initiator is up when that is good as well. So nobody is shown a proof who could not wait for a
    connection, nothing but Hello, Proof and Close passes a link that is not Up, and the Proof is
    the first that is written behind the Hello. The time of the handshake covers all of it, and the
    decoder takes no longer frames than a Hello until then. Which of name and key is wrong is not
    told.

    A violation makes the machine Closing with a reason: the Close frame is the last that
   pollTransmit() gives, then the transport is to be closed. After a received Close nothing is
   written any more. Silence beyond the heartbeat timeout ends the link without a Close: there is
   nobody to read it.
*/
class LinkMachine
{
public:
    enum class State { Handshaking, Proving, Up, Closing, Closed };
    enum class Result {
        Frame, //!< an offer or a flow frame is in the out parameters
        Up, //!< the handshake is complete just now: peer() is valid
        NeedMore,
        Ended, //!< Closing or Closed: no frame will come any more
    };

    explicit LinkMachine(LinkConfig config);

    /*! The transport is connected: the handshake's time begins. \a channelBinding is what both
       sides know of the encryption below; empty without one. */
    void start(TimePoint now, const QByteArray &channelBinding = {});

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
    /*! The same, and what was received and is no whole frame yet is forgotten, with its memory.
       Views of frames are invalid then. */
    void closeAndForget(Reason reason);
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

    /*! Bytes of memory that received bytes take. */
    [[nodiscard]] qsizetype receiveMemory() const { return m_decoder.capacity(); }

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool isUp() const { return m_state == State::Up; }
    /*! Why the link ends; None before. */
    [[nodiscard]] Reason reason() const { return m_reason; }
    /*! What the peer's Close said, if it sent one. */
    [[nodiscard]] const QString &reasonText() const { return m_reasonText; }
    [[nodiscard]] bool closedByPeer() const { return m_closedByPeer; }
    [[nodiscard]] const HelloFrame &peer() const { return m_peer; }
    /*! The name of the secret that the peer has proved; empty without one. */
    [[nodiscard]] const QString &provedSecret() const { return m_provedSecret; }
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
    [[nodiscard]] Result handleProof(const ProofFrame &frame);
    [[nodiscard]] HelloFrame ownHello() const;
    [[nodiscard]] const LinkSecret *secret() const;
    [[nodiscard]] QByteArray proof(Prover prover, const LinkSecret &secret) const;
    [[nodiscard]] Result goUp();

    const LinkConfig m_config;
    FrameDecoder m_decoder;
    Heartbeat m_heartbeat;
    TimePoint m_handshakeDeadline{};
    State m_state = State::Handshaking;
    HelloFrame m_peer;
    bool m_helloPending = true;
    QByteArray m_channelBinding;
    std::optional<ProofFrame> m_proofPending;
    QString m_provedSecret;
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
