// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "connection.h"
#include "disk.h"
#include "ledger.h"
#include "memoryspool.h"

#include <core/consumermachine.h>

#include <functional>

namespace QtDelivery::Simulation {

/*! \brief One consumer id: its controller, that may die and be born again, its application, and the
   channel through which it reaches for its producer. */
class SimulatedConsumer
{
public:
    /*! \a nextChannel gives channel numbers of the present connection. */
    SimulatedConsumer(Environment &environment, const Scenario &scenario, Ledger &ledger,
                      const QString &id, const QString &producerId,
                      std::function<ChannelNr()> nextChannel);

    // ---- life

    void begin();
    void end();
    [[nodiscard]] bool isAlive() const { return m_machine.has_value(); }
    /*! The application's object goes and comes back after \a absence; the controller lives on. */
    void restartObject(Duration absence);
    /*! The application registers (again), and wins. */
    void registerAgain();
    /*! The application does nothing for \a duration. */
    void stall(Duration duration);
    void deliverThenStop();
    void mendDisk()
    {
        m_disk.mend();
        m_spool.setFailures(0);
    }
    /*! Called when it has stopped, with its channel detached. */
    void setStoppedHandler(std::function<void()> handler) { m_stopped = std::move(handler); }

    // ---- what the router hands over

    void producerOffered(const ConnectionPtr &connection);
    void producerWithdrawn();
    void invited();
    void linkLost();
    void frameArrived(const Frame &frame);
    void pump();

    // ---- state

    [[nodiscard]] const QString &id() const { return m_id; }
    [[nodiscard]] const QString &producerId() const { return m_producerId; }
    [[nodiscard]] Incarnation incarnation() const { return m_machine->incarnation(); }
    [[nodiscard]] bool isOn(ChannelNr channel) const
    {
        return m_machine && m_machine->channel() == channel;
    }
    [[nodiscard]] bool isAttached() const
    {
        return m_machine && m_machine->state() == ConsumerMachine::State::Attached;
    }
    [[nodiscard]] bool isReplaced() const { return m_replaced; }
    [[nodiscard]] bool isTimerArmed() const { return m_machine && m_machine->nextTimeout(); }
    [[nodiscard]] const ConsumerCounters &counters() const { return m_machine->counters(); }

private:
    void attach();
    void writeDetach();
    void handleEvent(const ConsumerEvent &event);
    void handleDelivery(const ReceivedMessage &message);
    void planConfirmation(SeqNr seqNr, quint64 numbering);
    void confirm(SeqNr seqNr, quint64 numbering);
    void finishStopping();
    void setProducer();
    void recordProgress();
    void transmit();
    void wakeUpEarly();
    void armTimer();
    void checkBounds();
    [[nodiscard]] quint64 mostExtraBytes() const;
    [[nodiscard]] int generationOf(quint64 numbering);
    /*! \a what runs after \a delay, unless the controller has died by then. */
    template <typename What> void later(Duration delay, What what);

    Environment &m_environment;
    const Scenario &m_scenario;
    Ledger &m_ledger;
    const QString m_id;
    const QString m_producerId;
    const std::function<ChannelNr()> m_nextChannel;
    std::function<void()> m_stopped;

    // With durable progress: what is on the platter.
    Disk m_disk;
    Incarnation m_recordedProducer;
    SeqNr m_recorded = 0;

    MemorySpool m_spool; // it outlives this process, too
    std::optional<ConsumerMachine> m_machine;
    Reader m_reader;
    SeqNr m_window = 0;
    quint64 m_windowBytes = 0;
    quint64 m_life = 0; // which controller
    quint64 m_object = 0; // which application object
    std::optional<Reader::Position> m_stopAfter; // deliverThenStop()
    bool m_redelivers = false; // a new object was started and has not been given what is out
    Duration m_delay{};
    TimePoint m_stalledUntil{};
    std::optional<TimePoint> m_armed;
    bool m_turnPlanned = false;
    int m_generation = -1; // of the producer that is attached
    std::vector<std::pair<quint64, int>> m_numberings; // numbering -> generation

    ConnectionPtr m_connection; // the producer is offered here
    bool m_registered = false;
    bool m_replaced = false; // and waits for the application
};

} // namespace QtDelivery::Simulation
