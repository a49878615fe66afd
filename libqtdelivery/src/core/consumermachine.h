// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "bytegrant.h"
#include "frames.h"
#include "machinesnapshots.h"
#include "rangereceiver.h"
#include "rangewindow.h"
#include "receivebuffer.h"
#include "retrytimer.h"
#include "storepipeline.h"

#include <optional>

namespace QtDelivery {

struct ConsumerConfig
{
    SeqNr window = 1024; //!< messages the producer may have outstanding
    quint64 windowBytes =
        1 << 20; //!< payload bytes outstanding beyond which no further message may start
    quint64 maxMessageSize = 16 << 20; //!< of a message in one frame
    quint64 maxRangedSize = 0; //!< of a message in ranges; 0 = none is taken
    quint64 spoolThreshold = 0; //!< with a spool: what is longer is not held in memory
    Duration retryMin = std::chrono::seconds(2);
    Duration retryMax = std::chrono::seconds(30);
    bool onlyFlowControl = false;
    DigestFactory newDigest = &DirectDigest::make; //!< of a message in ranges
    std::optional<StoreConfig>
        progress{}; //!< what is confirmed is recorded before the producer is told
};

struct ConsumerCounters
{
    quint64 messages = 0; //!< given to the application for the first time
    quint64 bytes = 0; //!< their payload
    quint64 confirmed = 0;
    quint64 duplicatesDropped = 0;
    quint64 resendsAsked = 0; //!< Resend frames
    quint64 attachments = 0;
    quint64 ranges = 0; //!< Range frames with new bytes
};

/*! What a consumer's controller has to tell its application. */
struct ConsumerEvent
{
    enum class Kind {
        Delivery, //!< of what is outstanding()
        Progress, //!< of message `seqNr`, `bytes` of `total` have arrived
        SpoolFailed, //!< a message cannot be written; it is tried again
        ProducerRestarted, //!< another incarnation; `dropped` messages of the old one were received
                           //!< and not delivered
        Stopped, //!< after deliverThenStop(): everything is delivered and confirmed
    };
    Kind kind = Kind::Delivery;
    SeqNr seqNr = 0;
    quint64 dropped = 0;
    quint64 bytes = 0;
    quint64 total = 0;
};

/*!
    \brief The consumer's side of one flow, without I/O.

    Theory of operation
    -------------------
        Unattached --attach()--> Attaching --Attached--> Attached
             ^________________________|__________________|   link lost, Detach

    *Attaching.* When the producer can be reached, `Attach` is sent on a new channel and repeated by
   the retry timer until `Attached` answers. It carries what this consumer has of which producer
   incarnation, so a reconnect goes on where the link broke. The epoch of the last attachment goes
   with it: a consumer that was replaced meanwhile does not steal the flow back.

    *Order.* Messages enter the receive buffer by number: duplicates are dropped, a gap leaves a
   hole. Only the run without holes is delivered, one message at a time; the next follows when the
   last is confirmed.

    *Holes.* A message beyond a hole, or Sent(n) beyond what has arrived, shows that something is
   missing. Each missing range is asked for once, at once; the retry timer asks again for what is
   still missing. Nothing else is repeated: when nothing is known to be missing there is no timer,
   and the producer's probe covers what nobody can know here.

    *Grants.* `confirmed + window` messages, and windowBytes payload bytes beyond confirmed in which
   a message may start. They are announced in Request. A peer that sends past what was announced
   violates the protocol.

    *Ranges.* A message in ranges is assembled by RangeReceiver and enters the receive buffer when
   its digest is right. Bytes that have arrived extend the grant, which is reported every quarter of
   the window, so a message may be far longer than the window; of such a one less than the window is
   granted ahead while other flows share the link (RangeWindow). What is there survives a lost link,
   and in a spool the process: the next Attach tells how much it is.

    *Reports.* Request also tells what is confirmed: at once when nothing is left to deliver, or
   when a quarter of the window is confirmed; otherwise within a millisecond of the first
   confirmation that was not told, or at once if there was none for longer. So one frame serves many
   confirmations, however the application and the event loop deal them out, and whoever takes long
   for a message does not wait another millisecond.

    *Progress.* With durable progress a confirmation is reported to the producer, and counts for the
   grant, only when it is recorded; StorePipeline says what is to be recorded. The next message is
   delivered meanwhile. Each record is a sync of the disk, so it is due as a report is, with one
   difference: having nothing left to deliver is no reason. What a former life
   recorded is where this one begins.

    *Numbering.* Each producer incarnation numbers from 1. The counter `numbering` tells them apart,
   so that the confirmation of an old delivery never confirms a message of a new incarnation.

    *Only flow control.* A gap is accepted as passed at once; Sent(n) passes everything up to n.
*/
class ConsumerMachine
{
public:
    enum class State { Unattached, Attaching, Attached };
    enum class ConfirmOutcome { Confirmed, NotDelivered, AlreadyConfirmed };

    ConsumerMachine(QString consumerId, Incarnation incarnation, ConsumerConfig config);

    // ---- the application's side

    /*! A consumer object is there (again): an unconfirmed delivery is given once more. */
    void start();
    /*! Nothing more is wanted of a message that is arriving; what is in the spool stays for another
     * life. */
    void leaveRanges() { m_ranges.leave(); }
    /*! The consumer object is gone: nothing is delivered until the next start(). */
    void pause() { m_started = false; }
    /*! Confirms the outstanding delivery, named by its number and numbering. */
    [[nodiscard]] ConfirmOutcome confirm(SeqNr seqNr, quint64 numbering);
    /*! The next confirm() may set the time of a report: noteTime() before it. Rarely, so that the
     * clock is not read for each message. */
    [[nodiscard]] bool mayDateReport() const
    {
        return !m_reportAt && (m_record || !m_requestPending) && m_state == State::Attached;
    }
    /*! Tells the time to functions that are not told it; what handleMessage() was told is all they
     * know otherwise. */
    void noteTime(TimePoint now) { m_latest = now; }
    /*! Delivers what has been received in order by now, takes nothing more, then gives Stopped. */
    void deliverThenStop();
    /*! Messages above the threshold go to \a spool, which must outlive this object. */
    void setSpool(PayloadSpool *spool) { m_ranges.setSpool(spool); }
    [[nodiscard]] std::optional<ConsumerEvent> pollEvent();
    [[nodiscard]] bool hasEvent() const;

    // ---- the progress' side

    /*! A former life has recorded that everything of \a producer up to \a confirmed is confirmed.
     * After setProducer(), before attach(). */
    void restore(Incarnation producer, SeqNr confirmed);
    /*! The number to be recorded now; it counts as handed over. */
    [[nodiscard]] std::optional<SeqNr> pollRecord();
    [[nodiscard]] bool hasRecord() const;
    /*! Of numbering \a producer, everything up to \a seqNr is recorded. */
    void handleRecorded(Incarnation producer, SeqNr seqNr);
    StorePipeline::Failure handleRecordFailed(TimePoint now);
    void retryRecord()
    {
        if (m_record)
            m_record->retry();
    }

    // ---- the link's side

    /*! Names the producer whose flow is wanted; another name forgets everything about the former.
     */
    void setProducer(const QString &producerId);
    /*! The producer can be reached: attach through \a channel, which is new on its link. */
    void attach(ChannelNr channel, TimePoint now);
    /*! The channel is gone with its link; attach() resumes. */
    void handleLinkLost();
    /*! The producer ended the channel. Replaced means: do not attach again without a new
     * registration, see forgetEpoch(). */
    void handleDetach() { handleLinkLost(); }
    /*! Another consumer has the flow and gets what was received and not delivered here. */
    void dropUndelivered();
    /*! The next attach() is a new registration, not a resume. */
    void forgetEpoch() { m_epoch = 0; }

    /*! Frames of the current channel. Anything but Reason::None is a violation: close the link. */
    [[nodiscard]] Reason handleAttached(const AttachedFrame &frame, TimePoint now);
    [[nodiscard]] Reason handleMessage(const MessageFrame &frame, TimePoint now);
    [[nodiscard]] Reason handleRange(const RangeFrame &frame, TimePoint now);
    /*! Other flows used the link \a at that time. */
    void noteLinkShared(TimePoint at) { m_rangeWindow.noteShared(at); }
    [[nodiscard]] Reason handleSkip(const SkipFrame &frame, TimePoint now);
    [[nodiscard]] Reason handleSent(const SentFrame &frame, TimePoint now);

    /*! The last chance to record and tell what is confirmed: the flow is about to be given up. */
    void reportAtOnce();

    /*! Appends the frames that are due; true if there is more to transmit. */
    [[nodiscard]] bool pollTransmit(FrameWriter &writer);
    [[nodiscard]] bool hasTransmit() const
    {
        if (m_state == State::Attaching)
            return m_attachPending;
        return m_state == State::Attached
            && (m_requestPending || m_ranges.hasResend() || m_ranges.isBehind()
                || hasUnaskedHoles());
    }

    [[nodiscard]] std::optional<TimePoint> nextTimeout() const;
    void handleTimeout(TimePoint now);

    // ---- state

    [[nodiscard]] const QString &consumerId() const { return m_consumerId; }
    [[nodiscard]] const QString &producerId() const { return m_producerId; }
    [[nodiscard]] Incarnation incarnation() const { return m_incarnation; }
    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] ChannelNr channel() const { return m_channel; }
    /*! The numbering that is confirmed, delivered and received; null = none known. */
    [[nodiscard]] Incarnation producer() const { return m_producer; }
    [[nodiscard]] SeqNr confirmedSeqNr() const { return m_confirmed; }
    /*! What the producer is told of it. */
    [[nodiscard]] SeqNr reportedSeqNr() const
    {
        return m_record ? m_record->stored() : m_confirmed;
    }
    [[nodiscard]] SeqNr receivedSeqNr() const { return m_buffer.receivedSeqNr(); }
    /*! The producer is known to have transmitted up to here. */
    [[nodiscard]] SeqNr highestKnown() const { return m_highestKnown; }
    [[nodiscard]] SeqNr requestUpToSeqNr() const { return m_announcedUpTo; }
    [[nodiscard]] qsizetype bufferedMessages() const { return m_buffer.count(); }
    [[nodiscard]] quint64 bufferedBytes() const { return m_buffer.bytes(); }
    /*! The message that is arriving in ranges, or null. */
    [[nodiscard]] const PartialMessage *partial() const { return m_ranges.partial(); }
    /*! What is delivered and not confirmed, or null. */
    [[nodiscard]] const ReceivedMessage *outstanding() const
    {
        return m_outstanding ? &*m_outstanding : nullptr;
    }
    /*! Nobody needs \a payload of a former delivery any more. */
    void recycle(QByteArray payload) { m_buffer.recycle(std::move(payload)); }
    /*! That delivery is outstanding, and of producer(). */
    [[nodiscard]] bool isOutstanding(SeqNr seqNr, quint64 numbering) const
    {
        return m_outstanding && m_outstanding->seqNr == seqNr
            && m_outstanding->numbering == numbering && numbering == m_numbering;
    }
    [[nodiscard]] const ConsumerCounters &counters() const { return m_counters; }
    [[nodiscard]] ConsumerMachineSnapshot snapshot() const;

private:
    static constexpr int ReportsPerWindow = 4; // such a part of it is worth a report of its own

    [[nodiscard]] bool isStopDue() const;
    [[nodiscard]] bool mayDeliver() const;
    [[nodiscard]] bool hasHoles() const { return m_buffer.receivedSeqNr() < m_highestKnown; }
    [[nodiscard]] bool hasUnaskedHoles() const
    {
        return m_askedUpTo < m_highestKnown && searchUnaskedHole();
    }
    [[nodiscard]] bool searchUnaskedHole() const;
    [[nodiscard]] quint64 unconfirmedBytes() const;
    [[nodiscard]] bool exceedsByteGrant(const MessageFrame &frame) const;
    [[nodiscard]] bool exceedsByteGrant(const RangeFrame &frame) const;
    [[nodiscard]] quint64 grantBytes();
    /*! The message that is being assembled is longer than the window. */
    [[nodiscard]] bool hasLongRanges() const
    {
        return m_ranges.partial() && m_ranges.partial()->totalSize() > m_config.windowBytes;
    }
    /*! So many bytes behind what is confirmed, or behind what there is of a long message. */
    [[nodiscard]] quint64 grantedAhead() const
    {
        return hasLongRanges() ? m_rangeWindow.ahead() : m_config.windowBytes;
    }
    void received(SeqNr seqNr, TimePoint now);
    void dropRangesBefore(SeqNr seqNr);
    void catchUpRanges();
    [[nodiscard]] SeqNr grantBeyond(SeqNr confirmed) const;
    [[nodiscard]] bool isReportDue() const;
    [[nodiscard]] bool isRecordDue() const;
    [[nodiscard]] TimePoint reportTime();
    void dropReport();
    void startNumbering(SeqNr first);
    void setConfirmed(SeqNr seqNr);
    void settleBefore(SeqNr first);
    void noticeHoles(TimePoint now);
    void passGapBefore(SeqNr seqNr);
    void passUpTo(SeqNr seqNr);
    void confirmPassed();

    const QString m_consumerId;
    const Incarnation m_incarnation;
    const ConsumerConfig m_config;

    QString m_producerId;
    Incarnation m_producer; // null = none known
    quint64 m_epoch = 0;
    quint64 m_attachEpoch = 0; // what the present Attach says
    State m_state = State::Unattached;
    ChannelNr m_channel = 0;

    ReceiveBuffer m_buffer;
    RangeReceiver m_ranges;
    ByteGrant m_byteGrant;
    RangeWindow m_rangeWindow{m_config.windowBytes};
    std::optional<ReceivedMessage> m_outstanding;
    quint64 m_numbering = 0;
    SeqNr m_confirmed = 0;
    std::optional<StorePipeline> m_record; // with durable progress only
    SeqNr m_announcedUpTo = 0; // the highest grant that the producer may know
    SeqNr m_highestKnown = 0; // the producer has transmitted up to here
    SeqNr m_askedUpTo = 0; // holes up to here have been asked for

    bool m_started = false;
    bool m_outstandingTold = false; // since the last start()
    std::optional<SeqNr> m_stopAfter;
    bool m_stoppedTold = false;
    std::optional<quint64> m_restartDropped; // a ProducerRestarted event waits

    bool m_attachPending = false;
    bool m_requestPending = false;
    bool m_reportPending = false; // something was confirmed since the last Request
    SeqNr m_lastReport = 0; // what that said
    quint64 m_unreportedBytes = 0;
    std::optional<TimePoint> m_reportAt;
    TimePoint m_lastReportAt; // what that was, or was before
    TimePoint m_latest; // that is known
    RetryTimer m_retry;

    ConsumerCounters m_counters;
};

} // namespace QtDelivery
