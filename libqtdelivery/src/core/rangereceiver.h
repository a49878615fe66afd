// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "partialmessage.h"
#include "receivebuffer.h"

#include <optional>

namespace QtDelivery {

/*! \brief The consumer's side of messages in ranges: the one that is arriving, and what is missing
    of it.

    Theory of operation
    -------------------
    One message is assembled at a time, in memory or, above the threshold, in a file of the spool;
   a range of another number gives the former up, since a producer sends in order. A range that
   begins behind what is there shows a gap, and the first range of a message of which a former life
   has left more shows that the producer does not know it. Both are mended by one Resend that names
   the first byte that is missing; the machine's retry timer has it asked for again.

    The digest covers what a former life has left, too. That is read a piece per turn while the rest
   arrives; if the rest is there first, the message is verifying, and ranges of the next one have to
   come again. If the verdict is bad, it is what was left that is bad: the message is begun anew.

    When nobody resends (only flow control), a gap spoils the message: what follows of it is counted
   and not kept, and at its end it is passed. */
class RangeReceiver
{
public:
    enum class Outcome {
        Taken, //!< new bytes are there
        Complete, //!< all of them; call moveTo()
        Duplicate, //!< no new bytes in it
        Verifying, //!< all of them, but see catchUp()
        Missing, //!< it cannot be used before what is asked for now
        Passed, //!< its message is over without having arrived
        Wrong, //!< not the size that was announced, or not the digest of the bytes
    };

    /*! With a spool, what is longer than \a spoolThreshold bytes is not held in memory. Without
     * \a resends, what is lost stays lost. */
    RangeReceiver(quint64 spoolThreshold, bool resends,
                  DigestFactory newDigest = &DirectDigest::make)
        : m_spoolThreshold(spoolThreshold)
        , m_resends(resends)
        , m_newDigest(newDigest)
    { }

    void setSpool(PayloadSpool *spool) { m_spool = spool; }
    /*! Goes on with message \a seqNr of \a producer if a former life has left a part of it. */
    void restore(Incarnation producer, SeqNr seqNr);

    /*! A range that is granted, of a message that has not arrived. */
    [[nodiscard]] Outcome handleRange(const RangeFrame &range, Incarnation producer);
    /*! The producer has transmitted \a offset bytes of message \a seqNr, which has not arrived. */
    void handleSent(SeqNr seqNr, quint64 offset);
    /*! What a former life has left is still to be read; call catchUp(). */
    [[nodiscard]] bool isBehind() const { return m_partial && m_partial->isBehind(); }
    [[nodiscard]] bool isVerifying() const { return m_partial && m_partial->isVerifying(); }
    /*! Reads a piece of it: Taken, Verifying if there is more, Complete; or Missing, if it is not
     * what it should be and comes again from its first byte on. */
    [[nodiscard]] Outcome catchUp();
    /*! Puts the complete message into \a buffer. */
    void moveTo(ReceiveBuffer &buffer);

    /*! What is there is of no use. */
    void drop();
    /*! As drop(), but what is in the spool waits for the same producer. */
    void leave();
    /*! Nothing is known to be missing: another link begins. */
    void forgetMissing() { m_missing = 0; }

    [[nodiscard]] bool isMissing() const { return m_missing != 0; }
    [[nodiscard]] bool hasResend() const { return m_missing != 0 && !m_isAsked; }
    /*! What is to be asked for; it counts as asked for. */
    [[nodiscard]] std::optional<ResendFrame> pollResend();
    void askAgain() { m_isAsked = false; }

    [[nodiscard]] const PartialMessage *partial() const { return m_partial.get(); }
    /*! So many bytes of message \a seqNr are there, which is not complete: the last range brings
     * the digest. */
    [[nodiscard]] quint64 have(SeqNr seqNr) const
    {
        return m_partial && m_partial->seqNr() == seqNr
            ? std::min(m_partial->have(), m_partial->totalSize() - 1)
            : 0;
    }
    /*! Bytes that have arrived and that no report() told of. */
    [[nodiscard]] quint64 unreported() const
    {
        return m_partial ? m_partial->have() - m_reported : 0;
    }
    /*! The bytes that are there, which count as reported now. */
    [[nodiscard]] quint64 report();

    [[nodiscard]] bool hasEvent() const { return m_progressed || m_spoolFailed; }
    /*! The message of which there is more than at the last call, or null. */
    [[nodiscard]] const PartialMessage *pollProgress();
    /*! Something could not be written since the last call. */
    [[nodiscard]] bool pollSpoolFailed() { return std::exchange(m_spoolFailed, false); }

private:
    [[nodiscard]] bool begin(const RangeFrame &range, Incarnation producer);
    [[nodiscard]] Outcome add(const RangeFrame &range);
    [[nodiscard]] Outcome miss(SeqNr seqNr);

    const quint64 m_spoolThreshold;
    const bool m_resends;
    const DigestFactory m_newDigest;
    PayloadSpool *m_spool = nullptr;

    std::unique_ptr<PartialMessage> m_partial; // most flows never have one
    quint64 m_reported = 0;
    SeqNr m_missing = 0; // bytes of this message did not arrive; 0 = none known
    bool m_isAsked = true;
    bool m_progressed = false;
    bool m_spoolFailed = false;
};

} // namespace QtDelivery
