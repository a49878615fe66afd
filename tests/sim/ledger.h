// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "environment.h"
#include "scenario.h"

#include <deque>
#include <optional>

namespace QtDelivery::Simulation {

/*! What one consumer controller, from its birth to its end, has been given. */
struct Reader
{
    struct Position
    {
        int generation = -1;
        SeqNr seqNr = 0;
        friend bool operator==(const Position &, const Position &) = default;
    };
    Position last{};
    std::optional<Position> outstanding{};
    bool hasRivals = false; //!< other consumers may take the flow over in between
};

/*! \brief The truth about one flow: what was sent, delivered, confirmed and asked, and what that
   may be.

    A generation is one producer incarnation. Everything is counted here from what the applications
   see, nothing is taken from the machines. */
class Ledger
{
public:
    Ledger(Environment &environment, const Scenario &scenario)
        : m_environment(environment)
        , m_onlyFlowControl(scenario.onlyFlowControl)
        , m_durableQueue(scenario.durableQueue)
        , m_durableProgress(scenario.durableProgress)
    { }

    // ---- the producer's application

    void beginGeneration(Incarnation incarnation);
    /*! The controller of the present generation is born again, and has this much of what was sent.
     */
    void resumeGeneration(SeqNr stored, SeqNr confirmed);
    /*! The producer controller is gone: what was asked and not answered is reported lost. */
    void endGeneration();
    void permitted(SeqNr seqNr, bool mayRepeat);
    /*! The payload of the next message, checkable wherever it turns up. */
    [[nodiscard]] QByteArray compose(qsizetype size);
    void accepted(const QByteArray &payload, bool asked);
    void confirmedTold(SeqNr seqNr);
    /*! Everything up to \a seqNr is stored; without this nothing may be delivered of a durable
     * producer. */
    void stored(SeqNr seqNr);
    [[nodiscard]] const QByteArray &payloadOf(SeqNr seqNr) const
    {
        return current().messages[size_t(seqNr - 1)].payload;
    }

    // ---- the consumers' applications

    [[nodiscard]] int generationOf(const Incarnation &incarnation) const;
    void delivered(Reader &reader, Reader::Position position, const QByteArray &payload);
    /*! A delivery that is still out, once more, for a new consumer object. */
    void redelivered(const Reader &reader, Reader::Position position, const QByteArray &payload);
    void confirmed(Reader &reader);
    /*! The consumer's progress is on its disk: nothing of it may ever be delivered again. */
    void recorded(int generation, SeqNr seqNr);

    // ---- questions

    [[nodiscard]] SeqNr acceptedInAll() const { return m_acceptedInAll; }
    [[nodiscard]] SeqNr sentNow() const { return SeqNr(current().messages.size()); }
    [[nodiscard]] bool isAllConfirmed() const { return current().confirmedTold == sentNow(); }
    /*! Payload bytes of messages \a from … \a to of the current generation, both included. */
    [[nodiscard]] quint64 bytesOf(SeqNr from, SeqNr to) const;
    /*! Each tracked ask has been answered, or reported lost, exactly once. */
    [[nodiscard]] bool isEveryAskSettled() const { return m_asked == m_answered + m_lost; }
    [[nodiscard]] quint64 deliveries() const { return m_deliveries; }

private:
    struct Message
    {
        QByteArray payload;
        quint64 end = 0; // payload bytes of all messages up to and with this one
    };
    struct Generation
    {
        Incarnation incarnation;
        std::vector<Message> messages{}; // number n at n - 1
        std::deque<SeqNr> asks{};
        SeqNr permission = 0; // 0 = none is out
        SeqNr confirmedTold = 0;
        SeqNr confirmedByApplications = 0; // of any consumer
        SeqNr recorded = 0; // with durable progress
        std::optional<SeqNr> stored{}; // with a durable queue
    };

    [[nodiscard]] Generation &current() { return m_generations.back(); }
    [[nodiscard]] const Generation &current() const { return m_generations.back(); }
    bool check(bool condition, const char *what) { return m_environment.check(condition, what); }
    bool isGenuine(Reader::Position position, const QByteArray &payload);

    Environment &m_environment;
    const bool m_onlyFlowControl;
    const bool m_durableQueue;
    const bool m_durableProgress;
    std::deque<Generation> m_generations;
    SeqNr m_acceptedInAll = 0;
    quint64 m_asked = 0;
    quint64 m_answered = 0;
    quint64 m_lost = 0;
    quint64 m_deliveries = 0;
};

} // namespace QtDelivery::Simulation
