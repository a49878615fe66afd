// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "types.h"

#include <algorithm>
#include <optional>

namespace QtDelivery {

struct StoreConfig
{
    SeqNr maxMessages = 1024; //!< accepted and not stored
    quint64 maxBytes = 1 << 20; //!< the same in payload bytes
    int attempts = 10; //!< failures in a row before nothing is tried any more
    Duration retryMin = std::chrono::milliseconds(100);
    Duration retryMax = std::chrono::seconds(5);
};

/*!
    \brief Which of a producer's messages its durable queue has stored, was asked to store, or is
   still to be asked.

    Theory of operation
    -------------------

        stored              requested             accepted
          |  in the queue's hands  |  to be handed over  |
      ----+------------------------+---------------------+----

    Whatever was accepted in one turn is handed over as one batch, however many batches are
   unanswered: the queue makes one sync of all that wait. Storing is idempotent, so after a failure
   everything beyond `stored` is simply handed over again, after an interval that grows by half each
   time. Progress starts the count of attempts anew. When the attempts are used up the pipeline is
   broken: it keeps everything and hands over nothing until retry().
*/
class StorePipeline
{
public:
    enum class Failure { Retrying, Broken };

    struct Range
    {
        SeqNr from = 0;
        SeqNr to = 0; //!< included; less than from = nothing

        [[nodiscard]] bool isEmpty() const { return to < from; }
    };

    /*! Everything up to \a stored is in the queue already. */
    StorePipeline(const StoreConfig &config, SeqNr stored)
        : m_config(config)
        , m_stored(stored)
        , m_requested(stored)
    { }

    [[nodiscard]] SeqNr stored() const { return m_stored; }
    [[nodiscard]] SeqNr requested() const { return m_requested; }
    [[nodiscard]] bool isBroken() const { return m_broken; }

    /*! There is room for one more message behind \a accepted, of which \a bytes are not stored. */
    [[nodiscard]] bool mayAccept(SeqNr accepted, quint64 bytes) const
    {
        return !m_broken && accepted - m_stored < m_config.maxMessages && bytes < m_config.maxBytes;
    }

    /*! What is to be handed over, if numbers up to \a accepted exist. */
    [[nodiscard]] Range next(SeqNr accepted) const
    {
        const bool mayRequest = !m_broken && !m_retryAt;
        return {m_requested + 1, mayRequest ? accepted : m_requested};
    }

    /*! Everything up to \a seqNr was handed over. */
    void handleRequested(SeqNr seqNr) { m_requested = seqNr; }

    /*! The queue has stored everything up to \a seqNr. Late answers and numbers that were never
     * handed over change nothing wrong: they count as far as they can. */
    void handleStored(SeqNr seqNr)
    {
        const SeqNr stored = std::min(seqNr, m_requested);
        if (stored <= m_stored)
            return;
        m_stored = stored;
        m_failures = 0;
    }

    /*! Everything unanswered has failed. */
    Failure handleFailed(TimePoint now)
    {
        m_requested = m_stored;
        if (++m_failures >= m_config.attempts) {
            m_broken = true;
            m_retryAt.reset();
            return Failure::Broken;
        }
        m_interval = m_failures == 1 ? m_config.retryMin
                                     : std::min(m_interval + m_interval / 2, m_config.retryMax);
        m_retryAt = now + m_interval;
        return Failure::Retrying;
    }

    /*! Everything unanswered was refused because of one message, which will be another one: no
     * failure of the queue's. */
    void handleRefused() { m_requested = m_stored; }

    /*! Tries at once, whatever failed before. */
    void retry()
    {
        m_broken = false;
        m_failures = 0;
        m_retryAt.reset();
    }

    [[nodiscard]] std::optional<TimePoint> nextTimeout() const { return m_retryAt; }
    void handleTimeout(TimePoint now)
    {
        if (m_retryAt && now >= *m_retryAt)
            m_retryAt.reset();
    }

private:
    StoreConfig m_config;
    SeqNr m_stored;
    SeqNr m_requested;
    int m_failures = 0; // in a row
    bool m_broken = false;
    Duration m_interval{};
    std::optional<TimePoint> m_retryAt;
};

} // namespace QtDelivery
