// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/blocked.h>
#include <QtDelivery/qtdeliveryglobal.h>
#include <QtDelivery/storagesnapshot.h>

#include <QList>
#include <QMetaType>
#include <QString>

namespace QtDelivery {

/*! \brief Numbers from \a from to \a to, both included; or bytes, where that is said. */
struct QTDELIVERY_EXPORT SeqRange
{
    Q_GADGET
    Q_PROPERTY(qint64 from MEMBER from)
    Q_PROPERTY(qint64 to MEMBER to)

public:
    qint64 from = 0; //!< the first
    qint64 to = 0; //!< the last; smaller than #from = nothing

    /*! Equal in both. */
    friend bool operator==(const SeqRange &, const SeqRange &) = default;
};

/*! \brief How far one large message has come that travels in parts. */
struct QTDELIVERY_EXPORT ChunkProgress
{
    Q_GADGET
    Q_PROPERTY(qint64 seqNr MEMBER seqNr)
    Q_PROPERTY(qint64 totalBytes MEMBER totalBytes)
    Q_PROPERTY(qint64 doneBytes MEMBER doneBytes)
    Q_PROPERTY(qint64 bytesPerSecond MEMBER bytesPerSecond)

public:
    qint64 seqNr = 0; //!< the message's number
    qint64 totalBytes = 0; //!< of its payload
    qint64 doneBytes = 0; //!< producer: transmitted; consumer: received
    QList<SeqRange> ranges = {}; //!< of bytes, ascending: which ones are done
    /*! At this end, smoothed over about the last second; it falls while nothing moves. -1 = not
        known, which it is after a tenth of a second. */
    qint64 bytesPerSecond = -1;

    /*! Equal in every member. */
    friend bool operator==(const ChunkProgress &, const ChunkProgress &) = default;
};

/*! \brief One end of a flow at one instant.

    All members are of the same moment, between two steps of the node's thread, so they fit
   together:

    \code
    confirmed ≤ delivered ≤ received ≤ sent ≤ stored < next        (what the producer believes)
    confirmed ≤ delivered ≤ received ≤ granted                     (what the consumer believes)
    \endcode

    Each number is a boundary: everything up to it is in that state or beyond. The two ends of one
   flow are two snapshots, taken in two processes, which may differ by what is under way. What a
   role cannot know is 0.

    Times are microseconds of the node's monotonic clock; MonitorClient::clockOffset() makes a
   date of them. A plain value; safe to copy to another thread. */
struct QTDELIVERY_EXPORT FlowSnapshot
{
    Q_GADGET
    Q_PROPERTY(QString id MEMBER id)
    Q_PROPERTY(QtDelivery::FlowSnapshot::Role role MEMBER role)
    Q_PROPERTY(QtDelivery::FlowSnapshot::State state MEMBER state)
    Q_PROPERTY(QString peerId MEMBER peerId)
    Q_PROPERTY(QString peerNodeId MEMBER peerNodeId)
    Q_PROPERTY(QtDelivery::Blocked blocked MEMBER blocked)

public:
    /*! Which end it is. */
    enum class Role {
        Producer, //!< of a ProducerController
        Consumer, //!< of a ConsumerController
    };
    Q_ENUM(Role)

    /*! How far the two ends have come with each other. */
    enum class State {
        Loading, //!< the durable storage is being loaded, or cannot be
        Unattached, //!< there is no partner
        Attaching, //!< a partner was found and has not answered
        Attached, //!< messages may flow
        Stopped, //!< the controller has stopped, or never could start
    };
    Q_ENUM(State)

    // ---- who
    QString id = {}; //!< the controller's: producer id or consumer id
    Role role = Role::Producer; //!< which end this is
    QString nodeId = {}; //!< the node it is on
    QString peerId = {}; //!< the id of the other end: attached, else last attached, else wanted
    QString peerNodeId = {}; //!< the node of that; empty = not known
    State state = State::Unattached; //!< how far the two ends have come
    bool isStarted = false; //!< the application's object is there
    bool isDurable = false; //!< there is a durable queue, or durable progress
    qint64 epoch = 0; //!< of the attachment: how many registrations the producer has counted
    qint64 time = 0; //!< when this snapshot was taken

    // ---- the sequence axis
    qint64 confirmedSeqNr = 0; //!< the application at the far end has processed it
    qint64 deliveredSeqNr = 0; //!< consumer: given to the application; producer: as #confirmedSeqNr
    qint64 receivedSeqNr = 0; //!< received without a hole, as far as this end knows
    /*! Consumer: received and not delivered, ascending, with the holes between them; at most 64
        ranges. Producer: asked for again and not yet transmitted again. */
    QList<SeqRange> ranges = {};
    qint64 sentSeqNr = 0; //!< transmitted; consumer: known to have been transmitted
    qint64 grantedSeqNr = 0; //!< the window's edge: what the consumer allows, in messages
    qint64 storedSeqNr = 0; //!< producer: stored, or held if there is no durable queue; consumer
                            //!< with durable progress: recorded
    qint64 nextSeqNr = 0; //!< producer: the number that the next message gets

    // ---- bytes of payload
    qint64 unconfirmedBytes = 0; //!< held here and not confirmed
    qint64 inFlightBytes = 0; //!< producer: transmitted and not confirmed
    qint64 grantedBytes = 0; //!< what may be outstanding beyond #confirmedSeqNr

    // ---- counters; they only grow
    qint64 messages = 0; //!< producer: accepted; consumer: delivered for the first time
    qint64 bytes = 0; //!< the payload of #messages
    qint64 received = 0; //!< consumer: accepted from the link, duplicates not counted
    qint64 confirmed = 0; //!< confirmed; producer: in all its lives, as #confirmedSeqNr
    qint64 resent = 0; //!< producer: transmitted once more
    /*! Producer: bytes of the payloads, and chunks of them, that were transmitted compressed … */
    qint64 compressedFrom = 0;
    qint64 compressedTo = 0; //!< … and how many they were then
    qint64 resendsAsked = 0; //!< consumer: how often something missing was asked for
    qint64 duplicatesDropped = 0; //!< consumer: arrived once more and ignored
    qint64 attachments = 0; //!< how often the two ends found each other
    qint64 rejected = 0; //!< calls of send() or confirm() that were refused

    // ---- waiting
    qint64 queueDepth = 0; //!< accepted and not stored; consumer: confirmed and not recorded
    /*! Microseconds that the last answer of the durable storage took, as the controller sees it; -1
        = none yet. */
    qint64 storeLatency = -1;
    qint64 storeLatencyMax = -1; //!< the longest of those answers
    /*! Size and syncs of the durable storage, as far as it tells. */
    StorageSnapshot storage = {};
    /*! About when the oldest unconfirmed message was accepted, or received; -1 = there is none.
        Hardly ever earlier than that; later by at most a quarter of the highest age there was
        lately, or 10 ms. */
    qint64 oldestUnconfirmedAt = -1;
    qint64 rtt = -1; //!< microseconds of the link's last round trip; -1 = not measured
    int attempts = 0; //!< how often in a row what is waited for was asked for in vain
    Blocked blocked = {}; //!< why it does not move

    QList<ChunkProgress> transfers = {}; //!< large messages that are under way in parts

    /*! Microseconds; -1 = everything is confirmed. */
    [[nodiscard]] qint64 oldestUnconfirmedAge() const
    {
        return oldestUnconfirmedAt < 0 ? -1 : time - oldestUnconfirmedAt;
    }
    /*! Transmitted, or received here, and not confirmed. */
    [[nodiscard]] qint64 inFlight() const
    {
        return (role == Role::Producer ? sentSeqNr : receivedSeqNr) - confirmedSeqNr;
    }
    /*! The window in messages: what the consumer allows beyond #confirmedSeqNr. */
    [[nodiscard]] qint64 window() const { return qMax<qint64>(0, grantedSeqNr - confirmedSeqNr); }
    /*! blocked.sentence() at #time. */
    [[nodiscard]] QString blockedSentence() const { return blocked.sentence(time); }
    /*! Names this end among all of a node: "p/" or "c/" and the #id. */
    [[nodiscard]] QString key() const;
    /*! Equal in everything but #time. */
    [[nodiscard]] bool isSameAs(const FlowSnapshot &other) const;

    /*! Equal in every member. */
    friend bool operator==(const FlowSnapshot &, const FlowSnapshot &) = default;
};

} // namespace QtDelivery

Q_DECLARE_METATYPE(QtDelivery::SeqRange)
Q_DECLARE_METATYPE(QtDelivery::ChunkProgress)
Q_DECLARE_METATYPE(QtDelivery::FlowSnapshot)
