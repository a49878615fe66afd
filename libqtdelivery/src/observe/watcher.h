// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "link/connection.h"
#include "monitorframes.h"

#include <QHash>

#include <functional>
#include <memory>

namespace QtDelivery {

class DeliveryNode;

/*!
    \brief One watcher of a node: what it has been sent, and so what is news to it.

    There is no queue. An update is put together when everything before it has been taken by the
   system, from what is then the newest; whatever changed in between was never written anywhere. So
   what is held for a watcher is bounded by one update and by one value per flow, and a watcher that
   does not read costs one look at bytesToWrite().

    An update ends at about MaxUpdate bytes; the next goes on with the flow behind, so that each
   flow gets its turn however many there are.
*/
class Watcher final : private ConnectionObserver
{
public:
    /*! \a happened is called when there is something to read() or it hasEnded(), perhaps from
       within a signal of the connection: not the place to destroy the watcher. */
    Watcher(std::unique_ptr<Connection> connection, std::function<void()> happened);
    ~Watcher();

    [[nodiscard]] bool hasEnded() const { return m_hasEnded; }
    /*! Bytes that it has not taken. */
    [[nodiscard]] qint64 pendingBytes() const { return m_connection->backlog(); }
    /*! It has taken everything. */
    [[nodiscard]] bool isReady() const { return !m_hasEnded && m_connection->backlog() == 0; }

    void greet(const MonitorHello &hello);
    /*! Reads what it asks for; false if that makes no sense: end it. */
    [[nodiscard]] bool read();
    /*! The flows whose events it wants. */
    [[nodiscard]] const QStringList &recordedFlows() const { return m_recorded; }

    /*! Only if isReady(). */
    void update(DeliveryNode &node, const QList<FlowSnapshot> &flows,
                const QList<LinkSnapshot> &links);

private:
    void connected() override { }
    void readable() override { m_happened(); }
    void writable() override { }
    void down(const Error &reason) override;

    [[nodiscard]] bool addFlows(UpdateWriter *writer, const QList<FlowSnapshot> &flows);
    void addLinks(UpdateWriter *writer, const QList<LinkSnapshot> &links);
    void addEvents(UpdateWriter *writer, DeliveryNode &node);

    const std::unique_ptr<Connection> m_connection;
    const std::function<void()> m_happened;
    MonitorFrames m_frames{MaxWatcherFrame};
    QHash<QString, FlowSnapshot> m_flows; // as they were sent
    QHash<QString, LinkSnapshot> m_links;
    Refusals m_refusals; // as they were sent; none of them at first
    QStringList m_recorded;
    QHash<QString, qint64> m_lastEvents; // by flow: the number of the last that was sent
    qsizetype m_nextFlow = 0; // whose turn it is
    bool m_hasEnded = false;
};

} // namespace QtDelivery
