// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "connection.h"
#include "disk.h"
#include "grantwatch.h"

#include <core/producermachine.h>

#include <map>

namespace QtDelivery::Simulation {

/*! \brief One producer id: its controller, that may die and be born again, its application, and
   which channel of which connection it is attached through. */
class SimulatedProducer
{
public:
    SimulatedProducer(Environment &environment, const Scenario &scenario, Ledger &ledger,
                      const QString &id);

    // ---- life

    void begin();
    void end();
    [[nodiscard]] bool isAlive() const { return m_machine.has_value(); }
    /*! The application's object goes and comes back after \a absence; the controller lives on. */
    void restartObject(Duration absence);
    void mendDisk() { m_disk.mend(); }

    // ---- what the router hands over

    void attachArrived(const ConnectionPtr &connection, ChannelNr channel,
                       const AttachFrame &frame);
    void frameArrived(const Frame &frame);
    void frameWritten(const Frame &frame);
    void linkLost(const ConnectionPtr &connection);
    /*! The consumer this producer registers can be reached. */
    void consumerOffered(const ConnectionPtr &connection, const OfferFrame &offer);
    void consumerWithdrawn(const ConnectionPtr &connection);
    void pump();

    // ---- state

    [[nodiscard]] const QString &id() const { return m_id; }
    [[nodiscard]] Incarnation incarnation() const { return m_machine->incarnation(); }
    [[nodiscard]] bool isAttachedThrough(const Connection *connection, ChannelNr channel) const
    {
        return m_machine && m_connection.get() == connection && m_machine->channel() == channel;
    }
    [[nodiscard]] bool isAttached() const { return m_machine && m_machine->isAttached(); }
    [[nodiscard]] bool isTimerArmed() const { return m_machine && m_machine->nextTimeout(); }
    [[nodiscard]] quint64 resent() const { return m_machine ? m_machine->counters().resent : 0; }

private:
    [[nodiscard]] bool isOld(const Connection *connection, ChannelNr channel) const;
    void supersede();
    void giveUpConsumer();
    void detach(const ConnectionPtr &connection, ChannelNr channel, Reason reason);
    void handleEvent(const ProducerEvent &event);
    void sendMessage();
    [[nodiscard]] ProducerMemory remember();
    void storeMessages();
    void transmit();
    void wakeUpEarly();
    void armTimer();
    void checkBounds();
    [[nodiscard]] qsizetype drawSize();
    /*! \a what runs after \a delay, unless the controller has died by then. */
    template <typename What> void later(Duration delay, What what);

    Environment &m_environment;
    const Scenario &m_scenario;
    Ledger &m_ledger;
    const QString m_id;

    // With a durable queue: what is on the platter.
    Disk m_disk;
    Incarnation m_stream;
    quint64 m_lives = 0;
    std::vector<QByteArray> m_stored; // number n at n - 1
    SeqNr m_storedConfirmed = 0;

    std::optional<ProducerMachine> m_machine;
    std::optional<GrantWatch> m_watch;
    SeqNr m_bornWith = 0; // unconfirmed
    quint64 m_bornWithBytes = 0;
    quint64 m_life = 0; // which controller
    quint64 m_object = 0; // which application object
    bool m_permissionMayRepeat = false;
    Duration m_delay{};
    qsizetype m_budget = 0;
    std::optional<TimePoint> m_armed;
    bool m_turnPlanned = false;

    ConnectionPtr m_connection; // attached through this
    Incarnation m_consumer; // that attached last
    ConnectionPtr m_inviting; // inviting through this
    // Of each connection the highest channel that is over. Only looked up, so the order of pointers
    // does not matter.
    std::map<const Connection *, ChannelNr> m_over;
};

} // namespace QtDelivery::Simulation
