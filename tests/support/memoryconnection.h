// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "link/transport.h"

#include <QHash>
#include <QList>
#include <QObject>

#include <memory>
#include <optional>
#include <vector>

namespace TestSupport {

class MemoryConnection;

/*! \brief The wire between two memory connections: every byte goes through it, when and how far the
    test says.

    By itself it delivers everything in the next posted event. It behaves like a system's stream: it
   takes bytes up to a capacity, the rest is the writer's backlog. */
class MemoryWire final : public QObject
{
public:
    enum Side { Initiator, Acceptor };

    /*! Makes the wire and its two ends. */
    static std::shared_ptr<MemoryWire> create(std::unique_ptr<QtDelivery::Connection> ends[2]);

    // ---- what the test does; a lane is named by its writer
    /*! Nothing is delivered of what \a writer writes until deliver() or setHeld(false). */
    void setHeld(Side writer, bool held);
    void setHeld(bool held);
    /*! Delivers up to \a bytes of what is held, now; returns how many there were. */
    qint64 deliver(Side writer, qint64 bytes);
    /*! The most bytes that the reader gets at a time. */
    void setPiece(qint64 bytes) { m_piece = bytes; }
    /*! How much of \a writer's bytes the system takes that the reader has not got. */
    void setCapacity(Side writer, qint64 bytes) { m_lanes[writer].capacity = bytes; }
    /*! Ends the connection; what was not delivered is lost. */
    void cut();
    /*! The same as soon as \a bytes more of \a writer's were delivered. */
    void cutAfter(Side writer, qint64 bytes) { m_lanes[writer].cutAfter = bytes; }
    /*! Half-open: nothing arrives any more, and neither side hears of the other's end. */
    void vanish() { m_vanished = true; }

    // ---- what the test sees
    [[nodiscard]] bool isOpen() const { return m_ends[Initiator] && m_ends[Acceptor]; }
    [[nodiscard]] qint64 backlog(Side writer) const { return m_lanes[writer].backlog.size(); }
    [[nodiscard]] qint64 underWay(Side writer) const { return m_lanes[writer].underWay.size(); }
    [[nodiscard]] qint64 delivered(Side writer) const { return m_lanes[writer].delivered; }
    /*! Has arrived at \a reader, which has not read it. */
    [[nodiscard]] qint64 available(Side reader) const
    {
        return m_lanes[other(reader)].arrived.size();
    }

    // ---- what the ends do
    void connectInitiator();
    void refuse();
    qint64 read(Side reader, char *data, qint64 size);
    void write(Side writer, QByteArrayView bytes);
    void closeGracefully(Side side);
    void abort(Side side);

private:
    struct Lane
    {
        QByteArray backlog; // written, the system has not taken it
        QByteArray underWay; // the system has it
        QByteArray arrived; // and the reader can read it
        qint64 capacity = 1024 * 1024;
        qint64 delivered = 0;
        std::optional<qint64> cutAfter;
        bool held = false;
        bool ending = false; // the writer has closed
    };

    MemoryWire() = default;
    static Side other(Side side) { return side == Initiator ? Acceptor : Initiator; }
    void schedule();
    void turn();
    void takeIn(Lane &lane);
    qint64 move(Side writer, qint64 limit);
    void end(Side side, QtDelivery::Error::Code code);

    std::weak_ptr<MemoryWire> m_self;
    MemoryConnection *m_ends[2] = {};
    Lane m_lanes[2];
    qint64 m_piece = 1024 * 1024;
    bool m_posted = false;
    bool m_vanished = false;
};

/*! \brief One end of a MemoryWire. */
class MemoryConnection final : public QtDelivery::Connection
{
public:
    MemoryConnection(std::shared_ptr<MemoryWire> wire, MemoryWire::Side side)
        : m_wire(std::move(wire))
        , m_side(side)
    { }
    ~MemoryConnection() override { MemoryConnection::abort(); }

    /*! By default the peer is of this machine. */
    [[nodiscard]] QtDelivery::PeerIdentity peer() const override { return m_peer; }
    void setPeer(const QtDelivery::PeerIdentity &peer) { m_peer = peer; }
    [[nodiscard]] qint64 available() const override { return m_wire->available(m_side); }
    [[nodiscard]] qint64 read(char *data, qint64 size) override
    {
        return m_wire->read(m_side, data, size);
    }
    void write(QByteArrayView bytes) override { m_wire->write(m_side, bytes); }
    [[nodiscard]] qint64 backlog() const override { return m_wire->backlog(m_side); }
    void closeGracefully() override { m_wire->closeGracefully(m_side); }
    void abort() override
    {
        m_observer = nullptr;
        m_wire->abort(m_side);
    }

    [[nodiscard]] QtDelivery::ConnectionObserver *observer() const { return m_observer; }
    /*! The observer, for its last call. */
    [[nodiscard]] QtDelivery::ConnectionObserver *takeObserver()
    {
        return std::exchange(m_observer, nullptr);
    }

private:
    const std::shared_ptr<MemoryWire> m_wire;
    const MemoryWire::Side m_side;
    QtDelivery::PeerIdentity m_peer{.isLocal = true};
};

/*! \brief Addresses and wires of one test. */
class MemoryNetwork
{
public:
    [[nodiscard]] std::unique_ptr<QtDelivery::Connection> connectTo(const QUrl &url);
    [[nodiscard]] std::unique_ptr<QtDelivery::Listener> listen(const QUrl &url,
                                                               QtDelivery::AcceptFunction accept,
                                                               QtDelivery::Error *error);

    /*! From now on attempts to connect stay unanswered, as if packets were swallowed. */
    void setSilent(bool silent) { m_silent = silent; }
    /*! Wires from now on are held; see MemoryWire::setHeld(). */
    void setHeld(bool held) { m_held = held; }

    /*! What acceptors see of who connects from now on. */
    void setPeer(const QtDelivery::PeerIdentity &peer) { m_peer = peer; }

    /*! The wires that are open at both ends, oldest first. */
    [[nodiscard]] QList<std::shared_ptr<MemoryWire>> wires() const;
    /*! The youngest of them; null = none. */
    [[nodiscard]] std::shared_ptr<MemoryWire> wire() const;
    void cutAll();
    /*! Wires that somebody holds, open or not. */
    [[nodiscard]] int wiresHeld() const;
    /*! Attempts to connect so far. */
    [[nodiscard]] int attempts() const { return m_attempts; }

private:
    friend class MemoryListener;

    struct Attempt
    {
        QUrl url;
        std::shared_ptr<MemoryWire> wire;
        std::unique_ptr<QtDelivery::Connection> accepted;
    };

    void answer();

    QHash<QUrl, QtDelivery::AcceptFunction> m_listeners;
    std::vector<std::weak_ptr<MemoryWire>> m_wires;
    std::vector<Attempt> m_attempted; // to be answered soon
    std::vector<Attempt> m_unanswered; // for ever
    QObject m_context; // of what is posted
    QtDelivery::PeerIdentity m_peer{.isLocal = true};
    bool m_silent = false;
    bool m_held = false;
    int m_attempts = 0;
};

} // namespace TestSupport
