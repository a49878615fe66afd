// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "frames.h"
#include "machinesnapshots.h"
#include "rangewriter.h"
#include "resendlist.h"
#include "retrytimer.h"
#include "storepipeline.h"
#include "unconfirmedbuffer.h"

#include <optional>
#include <set>
#include <vector>

namespace QtDelivery {

struct ProducerConfig
{
    SeqNr maxUnconfirmedMessages = 65536; //!< whatever a consumer grants, no more than this is held
    quint64 maxUnconfirmedBytes = 64 << 20;
    quint64 maxMessageSize = 16 << 20;
    quint64 maxStreamedSize = quint64(64) << 30; //!< of a message that comes from a source
    qsizetype chunkSize =
        64 << 10; //!< a longer message travels in ranges of so many bytes; 0 = none does
    Duration probeIntervalMin = std::chrono::seconds(1);
    Duration probeIntervalMax = std::chrono::seconds(30);
    DigestFactory newDigest = &DirectDigest::make; //!< of a message in ranges
    StoreConfig store; //!< with a durable queue only
};

struct ProducerCounters
{
    quint64 messages = 0; //!< accepted by send()
    quint64 bytes = 0; //!< their payload
    quint64 resent = 0; //!< Message frames, or last ranges, beyond the first of each number
    quint64 ranges = 0; //!< Range frames
    quint64 attachments = 0;
};

/*! What a producer's controller has to tell its application. */
struct ProducerEvent
{
    enum class Kind {
        RequestNext, //!< one message may be sent; `seqNr` is the number it will get
        Stored, //!< with a durable queue: everything up to `seqNr` is stored
        Confirmed, //!< everything up to `seqNr` is confirmed
        Progress, //!< of message `seqNr`, `bytes` of `total` are transmitted
        SourceFailed, //!< message `seqNr` cannot be read any more: it is skipped
        Unreadable, //!< stored message `seqNr` cannot be read: transmission stops
    };
    Kind kind = Kind::RequestNext;
    SeqNr seqNr = 0;
    quint64 bytes = 0;
    quint64 total = 0;
};

/*! A message that a durable queue has kept. */
struct RememberedMessage
{
    QByteArray payload;
    std::shared_ptr<PayloadSource> source; //!< null: \a payload it is
    QString name;
    bool isSkipped = false; //!< has neither, and is passed by
};

/*! What a durable queue has kept of a producer's former life. */
struct ProducerMemory
{
    Incarnation incarnation; //!< the identity of the numbering: the same in every life
    quint64 epoch = 0; //!< higher than any of the former lives
    SeqNr confirmedSeqNr = 0;
    std::vector<RememberedMessage> unconfirmed; //!< the numbers that follow
};

/*!
    \brief The producer's side of one flow, without I/O.

    Theory of operation
    -------------------
    The application's messages get consecutive numbers and stay in the unconfirmed buffer until the
   consumer confirms them. A cursor says which number is transmitted next; everything a link loss, a
   new consumer or a resume does is to move it:

        confirmed          cursor                next          limit
            |  in flight     |  waits for link     |  may still be sent  |
        ----+----------------+---------------------+---------------------+----

    *Permission.* The application may send one message per RequestNext. RequestNext is given while
   `next` is within the limit that the consumer granted last, in messages and in bytes, and within
   this side's own bounds. While no consumer is attached the last grant still bounds the buffer, so
   the application may run ahead by at most one window. Before the first consumer there is none.

    *Attachment.* At most one consumer is attached, through one channel. `Attach` comes from the
   consumer; the answer `Attached` names the number that transmission goes on with. An attachment
   with epoch 0 is a new registration and wins; one that resumes an epoch loses against a consumer
   that registered meanwhile. Only a resume goes on behind what the consumer has received: its
   answer names the same epoch. To any other one, everything before the named number is settled, and
   what it holds from there on comes again. Frames of any other channel are not for this machine.

    *Repetition.* An Attach that comes again on its channel is answered again and moves nothing: on
   a slow link the first answer is still on its way. `Sent` follows, so that whatever was lost with
   an answer is asked for at once.

    *Loss.* The consumer asks for holes with Resend; those numbers are transmitted once more, before
   anything new. What was lost at the tail nobody can ask for, so while something transmitted is
   unconfirmed and no Request shows progress, the probe timer sends `Sent(n)`. It travels behind all
   messages up to n; the consumer then knows exactly what is missing, and answers with its state in
    any case, which also repairs lost confirmations and lost grants. Nothing in flight is ever sent
   twice because of a slow link. A consumer that is merely busy costs one small frame per probe
   interval, which grows.

    *Durable.* With a durable queue the machine goes on where a former life ended: the same
   incarnation, the same numbers, a higher epoch, so a consumer that was attached before merely
   resumes. A message is transmitted only when it is stored (StorePipeline), while permission for
   the next ones is given.

    *Ranges.* A message longer than a chunk travels as ranges of its bytes, at most one per turn,
   and the cursor has an offset. Where the next range begins must be within the byte grant, which
   grows as ranges arrive: a message may be as long as it likes. The digest is computed as the
   ranges are transmitted and goes with the last one. A resume goes on at the first byte that the
   consumer does not have; if that was another process, the digest first catches up, a piece per
   turn. A message that is cancelled, or cannot be read any more, leaves a Skip in its place; if it
   is a durable queue's, nothing is transmitted until somebody has seen to it that it can be read.

    *Only flow control.* If the consumer does not want resending, payloads are freed when they are
   transmitted; the cursor never moves back.

    Every function leaves the machine consistent; a peer's impossible number is answered by a Reason
   and changes nothing.
*/
class ProducerMachine
{
public:
    enum class SendOutcome { Accepted, NoDemand, TooLarge };
    enum class CancelOutcome { Cancelled, TooLate, Unknown };

    struct AttachAnswer
    {
        enum class Kind {
            Accepted,
            Refused, //!< tell the channel, keep the link
            Violation, //!< close the link
        };
        Kind kind = Kind::Accepted;
        Reason reason = Reason::None;
    };

    ProducerMachine(QString producerId, Incarnation incarnation, ProducerConfig config);
    /*! With a durable queue, which has just been loaded. */
    ProducerMachine(QString producerId, const ProducerMemory &memory, ProducerConfig config);

    // ---- the application's side

    /*! A producer object is there (again): a permission that is outstanding is told once more. */
    void start();
    /*! The producer object is gone: no RequestNext until the next start(). */
    void pause();
    /*! Takes a message, if there is permission. */
    [[nodiscard]] SendOutcome send(const QByteArray &payload);
    [[nodiscard]] SendOutcome send(const QByteArray &payload, const QString &name);
    [[nodiscard]] SendOutcome send(std::shared_ptr<PayloadSource> source, const QString &name = {});
    /*! Takes a message back that is not completely transmitted. */
    [[nodiscard]] CancelOutcome cancel(SeqNr seqNr);
    /*! Stops, and goes on with, transmission. */
    void setTransmissionPaused(bool paused) { m_transmissionPaused = paused; }
    [[nodiscard]] bool isTransmissionPaused() const { return m_transmissionPaused; }
    /*! A RequestNext was given and not used. */
    [[nodiscard]] bool hasPermission() const { return m_permission; }
    [[nodiscard]] std::optional<ProducerEvent> pollEvent();
    [[nodiscard]] bool hasEvent() const;

    /*! pollEvent() has to tell that a message could not be read. */
    [[nodiscard]] bool hasFailedSource() const { return !m_sourceFailed.isEmpty(); }

    // ---- the durable queue's side

    /*! The numbers that are to be handed to the queue now; they count as handed over. */
    [[nodiscard]] StorePipeline::Range pollStore();
    [[nodiscard]] bool hasStore() const;
    /*! Everything up to \a seqNr is stored. */
    void handleStored(SeqNr seqNr);
    /*! Everything that was handed over and not stored has to be handed over again. */
    StorePipeline::Failure handleStoreFailed(TimePoint now);
    /*! Also reads once more what could not be read. */
    void retryStore();
    /*! Message \a seqNr, the first that is not stored, cannot be read and never will: it is passed
     * by, and everything unanswered handed over again. */
    void handleUnstorable(SeqNr seqNr);
    [[nodiscard]] bool hasRecord() const { return m_store && m_recorded < confirmedSeqNr(); }
    /*! The confirmed number, if the queue does not know it; it counts as told. */
    [[nodiscard]] std::optional<SeqNr> pollRecord();

    // ---- the link's side

    /*! An Attach for this producer arrived on \a channel. Accepted: any other channel is over, its
     * frames are not for us. */
    [[nodiscard]] AttachAnswer handleAttach(ChannelNr channel, const AttachFrame &frame);
    /*! A Request, Resend or Detach on the attached channel. Anything but Reason::None is a
     * violation: close the link. */
    [[nodiscard]] Reason handleRequest(const RequestFrame &frame, TimePoint now);
    [[nodiscard]] Reason handleResend(const ResendFrame &frame);
    /*! The consumer gave up its registration. */
    void handleDetach();
    /*! The channel is gone with its link; the registration stays and may be resumed. */
    void handleLinkLost();

    /*! The consumer \a consumerId, which this producer registered, can be reached: invite it until
     * it attaches. */
    void invite(const QString &consumerId, TimePoint now);
    /*! It cannot be reached any more. */
    void stopInviting();

    /*! Appends frames until about \a budget bytes are appended; true if there is more to transmit.
     */
    [[nodiscard]] bool pollTransmit(FrameWriter &writer, qsizetype budget, TimePoint now);
    /*! pollTransmit() would append something. */
    [[nodiscard]] bool hasTransmit() const;

    [[nodiscard]] std::optional<TimePoint> nextTimeout() const;
    void handleTimeout(TimePoint now);

    // ---- state

    [[nodiscard]] const QString &producerId() const { return m_producerId; }
    [[nodiscard]] Incarnation incarnation() const { return m_incarnation; }
    [[nodiscard]] bool isAttached() const { return m_channel != 0; }
    [[nodiscard]] bool wasEverAttached() const { return m_counters.attachments > 0; }
    [[nodiscard]] ChannelNr channel() const { return m_channel; }
    [[nodiscard]] quint64 epoch() const { return m_epoch; }
    [[nodiscard]] SeqNr nextSeqNr() const { return m_buffer.nextSeqNr(); }
    [[nodiscard]] SeqNr confirmedSeqNr() const { return m_buffer.confirmedSeqNr(); }
    [[nodiscard]] SeqNr sentSeqNr() const { return m_cursor - 1; }
    /*! Everything up to here may be transmitted. */
    [[nodiscard]] SeqNr storedSeqNr() const
    {
        return m_store ? m_store->stored() : nextSeqNr() - 1;
    }
    [[nodiscard]] SeqNr requestUpToSeqNr() const { return m_limit; }
    [[nodiscard]] quint64 unconfirmedBytes() const { return m_buffer.bytesBefore(nextSeqNr()); }
    [[nodiscard]] quint64 maxMessageSize() const
    {
        return qMin(m_config.maxMessageSize, m_peerMaxMessageSize);
    }
    /*! The same for a message with a source, or with a name. */
    [[nodiscard]] quint64 maxStreamedSize() const;
    /*! So many bytes of the message behind sentSeqNr() are transmitted. */
    [[nodiscard]] quint64 sentOffset() const { return m_offset; }
    [[nodiscard]] quint64 sizeOf(SeqNr seqNr) const { return m_buffer.size(seqNr); }
    [[nodiscard]] const ProducerCounters &counters() const { return m_counters; }
    [[nodiscard]] ProducerMachineSnapshot snapshot() const;

private:
    [[nodiscard]] bool mayAccept() const;
    [[nodiscard]] AcceptBlock acceptBlock() const;
    [[nodiscard]] bool mayTransmitNext() const;
    [[nodiscard]] bool isUnderWay() const;
    [[nodiscard]] bool fitsPeer(quint64 maxMessageSize) const;
    void repeatAnswer(const AttachFrame &frame);
    /*! False if a later state of the consumer's is known. */
    [[nodiscard]] bool takeState(const RequestFrame &state);
    void confirm(SeqNr seqNr);
    [[nodiscard]] SendOutcome judge(quint64 size, quint64 limit) const;
    void accepted(quint64 size);
    [[nodiscard]] bool isRanged(SeqNr seqNr) const;
    [[nodiscard]] bool isGranted(SeqNr seqNr, quint64 offset) const;
    [[nodiscard]] bool mayTransmitHole() const;
    /*! Transmits message \a seqNr from \a offset on, which moves, until \a end is reached; true if
     * it is complete. */
    [[nodiscard]] bool transmitMessage(FrameWriter &writer, SeqNr seqNr, quint64 *offset,
                                       qsizetype end);
    [[nodiscard]] bool transmitRanges(FrameWriter &writer, SeqNr seqNr, quint64 *offset,
                                      qsizetype end);
    [[nodiscard]] bool giveUp(FrameWriter &writer, SeqNr seqNr);
    [[nodiscard]] bool isHeld() const { return m_transmissionPaused || m_isUnreadable; }
    void remember(const RememberedMessage &message);
    void skip(SeqNr seqNr);
    void transmitHoles(FrameWriter &writer, qsizetype end);

    const QString m_producerId;
    const Incarnation m_incarnation;
    const ProducerConfig m_config;

    UnconfirmedBuffer m_buffer;
    std::optional<StorePipeline> m_store; // with a durable queue only
    SeqNr m_storedTold = 0;
    SeqNr m_recorded = 0; // the queue knows that everything up to here is confirmed
    SeqNr m_cursor = 1; // the number that is transmitted next
    SeqNr m_highestSent = 0; // ever; the consumer cannot know of more …
    SeqNr m_highestBegun = 0; // … but for a message that it has ranges of
    SeqNr m_droppedUpTo = 0; // payloads up to here are freed: they were sent without resending
    quint64 m_offset = 0; // of the byte of message m_cursor that is transmitted next
    std::set<SeqNr> m_skipped; // cancelled, or lost with their source
    RingBuffer<SeqNr> m_sourceFailed; // events wait
    RangeWriter m_ranges{m_config.newDigest};
    bool m_progressTold = true;
    bool m_transmissionPaused = false;
    bool m_isUnreadable = false;
    ResendList m_holes; // below the cursor

    ChannelNr m_channel = 0; // 0 = nobody is attached
    Incarnation m_holder; // the consumer that holds the registration, attached or not
    quint64 m_epoch = 0;
    SeqNr m_first = 1; // where the attachment began
    bool m_supportResend = true;
    SeqNr m_limit =
        0; // requestUpToSeqNr of the last attachment; none was ever attached: no permission
    quint64 m_limitBytes = 0; // requestUpToBytes, beyond confirmed
    quint64 m_peerMaxMessageSize = ~quint64(0);
    SeqNr m_peerReceived = 0;

    bool m_started = false;
    bool m_permission = false;
    bool m_permissionTold = false; // since the last start()
    SeqNr m_confirmedTold = 0;

    bool m_attachedPending = false;
    bool m_sentPending = false;
    bool m_invitePending = false;
    QString m_invited; // consumer id, empty = not inviting
    qsizetype m_chunkSize = 0; // what both sides allow; 0 = no ranges
    RetryTimer m_probe;
    RetryTimer m_inviteRetry;

    ProducerCounters m_counters;
};

} // namespace QtDelivery
