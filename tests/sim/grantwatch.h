// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "ledger.h"

#include <set>

namespace QtDelivery::Simulation {

/*! \brief Checks one producer controller against what it was granted, from the frames alone.

    Told of each frame that reaches the producer and of each it writes, in this order. */
class GrantWatch
{
public:
    GrantWatch(Environment &environment, const Ledger &ledger, Incarnation producer)
        : m_environment(environment)
        , m_ledger(ledger)
        , m_producer(producer)
    { }

    /*! \a repeated: on the channel that is attached already. */
    void attachAccepted(const AttachFrame &frame, bool repeated);
    /*! The consumer has given up its registration. */
    void detachArrived() { m_holder = {}; }
    /*! The producer is born again; it knows that everything up to \a confirmed is confirmed. */
    void bornAgain(SeqNr confirmed)
    {
        m_holder = {};
        m_attached.reset();
        m_everConfirmed = confirmed;
    }
    void requestArrived(const RequestFrame &frame);
    void resendArrived(const ResendFrame &frame);
    void attachedWritten(const AttachedFrame &frame);
    void messageWritten(const MessageFrame &frame);
    void rangeWritten(const RangeFrame &frame);
    void sentWritten(const SentFrame &frame);

    /*! The most messages, and bytes in which one may start, that any attachment has granted: what
     * bounds the producer's memory. */
    [[nodiscard]] SeqNr widestWindow() const { return m_widestWindow; }
    [[nodiscard]] quint64 widestBytes() const { return m_widestBytes; }

private:
    void begun(SeqNr seqNr, quint64 offset);
    void written(SeqNr seqNr);
    bool check(bool condition, const char *what) { return m_environment.check(condition, what); }

    Environment &m_environment;
    const Ledger &m_ledger;
    const Incarnation m_producer;

    Incarnation m_holder; // who may resume
    AttachFrame m_attach; // of the present attachment
    std::optional<AttachedFrame> m_attached; // its answer
    SeqNr m_confirmed = 0; // the grants below count from here
    SeqNr m_limit = 0;
    quint64 m_limitBytes = 0;

    SeqNr m_written = 0; // highest Message of this attachment
    std::set<SeqNr> m_asked; // by Resend, and not sent again yet

    SeqNr m_confirmedBefore = 0; // by earlier attachments, and by Attach itself
    SeqNr m_everConfirmed = 0; // over all attachments
    SeqNr m_everWritten = 0;
    SeqNr m_everBegun = 0; // at least one range of it
    SeqNr m_widestWindow = 0;
    quint64 m_widestBytes = 0;
};

} // namespace QtDelivery::Simulation
