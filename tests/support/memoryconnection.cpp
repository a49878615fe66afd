// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "memoryconnection.h"

#include <algorithm>
#include <cstring>

using namespace QtDelivery;

namespace TestSupport {

// ---- MemoryWire

std::shared_ptr<MemoryWire> MemoryWire::create(std::unique_ptr<Connection> ends[2])
{
    const std::shared_ptr<MemoryWire> wire(new MemoryWire);
    wire->m_self = wire;
    for (const Side side : {Initiator, Acceptor}) {
        auto end = std::make_unique<MemoryConnection>(wire, side);
        wire->m_ends[side] = end.get();
        ends[side] = std::move(end);
    }
    return wire;
}

void MemoryWire::schedule()
{
    if (std::exchange(m_posted, true))
        return;
    QMetaObject::invokeMethod(
        this, [this] { turn(); }, Qt::QueuedConnection);
}

void MemoryWire::takeIn(Lane &lane)
{
    const qint64 room = lane.capacity - lane.underWay.size();
    const qint64 size = std::clamp<qint64>(room, 0, lane.backlog.size());
    lane.underWay.append(lane.backlog.constData(), size);
    lane.backlog.remove(0, size);
}

void MemoryWire::turn()
{
    const auto self = m_self.lock(); // both ends may go meanwhile
    m_posted = false;
    for (const Side writer : {Initiator, Acceptor}) {
        Lane &lane = m_lanes[writer];
        if (lane.held || m_vanished)
            continue;
        (void)move(writer, m_piece);
        if (!lane.underWay.isEmpty())
            schedule();
        else if (lane.ending) {
            end(other(writer), Error::Code::ConnectionLost);
            end(writer, Error::Code::ConnectionLost);
        }
    }
}

qint64 MemoryWire::move(Side writer, qint64 limit)
{
    Lane &lane = m_lanes[writer];
    qint64 size = std::min<qint64>(limit, lane.underWay.size());
    if (lane.cutAfter)
        size = std::min(size, *lane.cutAfter);
    const Side reader = other(writer);
    if (size > 0) {
        const bool hadBacklog = !lane.backlog.isEmpty();
        lane.arrived.append(lane.underWay.constData(), size);
        lane.underWay.remove(0, size);
        lane.delivered += size;
        takeIn(lane);
        if (m_ends[reader] && m_ends[reader]->observer())
            m_ends[reader]->observer()->readable();
        if (hadBacklog && m_ends[writer] && m_ends[writer]->observer())
            m_ends[writer]->observer()->writable();
    }
    if (lane.cutAfter && (*lane.cutAfter -= size) == 0) {
        lane.cutAfter.reset();
        cut();
    }
    return size;
}

void MemoryWire::setHeld(Side writer, bool held)
{
    m_lanes[writer].held = held;
    schedule();
}

void MemoryWire::setHeld(bool held)
{
    setHeld(Initiator, held);
    setHeld(Acceptor, held);
}

qint64 MemoryWire::deliver(Side writer, qint64 bytes)
{
    const auto self = m_self.lock();
    return move(writer, bytes);
}

void MemoryWire::cut()
{
    const auto self = m_self.lock();
    for (Lane &lane : m_lanes) {
        lane.backlog.clear();
        lane.underWay.clear();
    }
    end(Initiator, Error::Code::ConnectionLost);
    end(Acceptor, Error::Code::ConnectionLost);
}

void MemoryWire::refuse()
{
    end(Initiator, Error::Code::ConnectionRefused);
    m_ends[Acceptor] = nullptr;
}

void MemoryWire::end(Side side, Error::Code code)
{
    MemoryConnection *const connection = std::exchange(m_ends[side], nullptr);
    if (!connection)
        return;
    if (ConnectionObserver *observer = connection->takeObserver())
        observer->down({code, QStringLiteral("The wire was cut.")});
}

void MemoryWire::connectInitiator()
{
    if (m_ends[Initiator] && m_ends[Initiator]->observer())
        m_ends[Initiator]->observer()->connected();
}

qint64 MemoryWire::read(Side reader, char *data, qint64 size)
{
    QByteArray &arrived = m_lanes[other(reader)].arrived;
    const qint64 length = std::min<qint64>(size, arrived.size());
    std::memcpy(data, arrived.constData(), size_t(length));
    arrived.remove(0, length);
    return length;
}

void MemoryWire::write(Side writer, QByteArrayView bytes)
{
    if (!m_ends[writer])
        return;
    Lane &lane = m_lanes[writer];
    lane.backlog.append(bytes);
    takeIn(lane);
    schedule();
}

void MemoryWire::closeGracefully(Side side)
{
    m_lanes[side].ending = true;
    schedule();
}

void MemoryWire::abort(Side side)
{
    if (!std::exchange(m_ends[side], nullptr))
        return;
    m_lanes[side].backlog.clear(); // what the system has taken still arrives
    m_lanes[side].ending = true;
    m_lanes[other(side)].underWay.clear();
    schedule();
}

// ---- MemoryNetwork

/*! Takes the address back when it goes. */
class MemoryListener final : public Listener
{
public:
    MemoryListener(MemoryNetwork &network, QUrl url)
        : m_network(network)
        , m_url(std::move(url))
    { }
    ~MemoryListener() override { m_network.m_listeners.remove(m_url); }

    QUrl url() const override { return m_url; }

private:
    MemoryNetwork &m_network;
    const QUrl m_url;
};

std::unique_ptr<Listener> MemoryNetwork::listen(const QUrl &url, AcceptFunction accept,
                                                Error *error)
{
    if (m_listeners.contains(url)) {
        *error = {Error::Code::AddressInUse, QStringLiteral("In use.")};
        return nullptr;
    }
    m_listeners.insert(url, std::move(accept));
    return std::make_unique<MemoryListener>(*this, url);
}

std::unique_ptr<Connection> MemoryNetwork::connectTo(const QUrl &url)
{
    ++m_attempts;
    std::unique_ptr<Connection> ends[2];
    const std::shared_ptr<MemoryWire> wire = MemoryWire::create(ends);
    wire->setHeld(m_held);
    static_cast<MemoryConnection &>(*ends[MemoryWire::Acceptor]).setPeer(m_peer);
    std::erase_if(m_wires, [](const auto &weak) { return weak.expired(); });
    m_wires.push_back(wire);
    auto &attempts = m_silent ? m_unanswered : m_attempted;
    attempts.push_back({url, wire, std::move(ends[MemoryWire::Acceptor])});
    if (!m_silent) // as with sockets, the answer comes later
        QMetaObject::invokeMethod(
            &m_context, [this] { answer(); }, Qt::QueuedConnection);
    return std::move(ends[MemoryWire::Initiator]);
}

void MemoryNetwork::answer()
{
    for (Attempt &attempt : std::exchange(m_attempted, {})) {
        const auto listener = m_listeners.constFind(attempt.url);
        if (listener == m_listeners.cend()) {
            attempt.wire->refuse();
        } else if (attempt.wire->isOpen()) {
            const AcceptFunction accept = *listener; // it may end the listener
            accept(std::move(attempt.accepted));
            attempt.wire->connectInitiator();
        }
    }
}

QList<std::shared_ptr<MemoryWire>> MemoryNetwork::wires() const
{
    QList<std::shared_ptr<MemoryWire>> wires;
    for (const auto &weak : m_wires) {
        const auto wire = weak.lock();
        if (wire && wire->isOpen())
            wires.append(wire);
    }
    return wires;
}

std::shared_ptr<MemoryWire> MemoryNetwork::wire() const
{
    const auto all = wires();
    return all.isEmpty() ? nullptr : all.last();
}

int MemoryNetwork::wiresHeld() const
{
    return int(std::count_if(m_wires.begin(), m_wires.end(),
                             [](const auto &weak) { return !weak.expired(); }));
}

void MemoryNetwork::cutAll()
{
    for (const auto &wire : wires())
        wire->cut();
}

} // namespace TestSupport
