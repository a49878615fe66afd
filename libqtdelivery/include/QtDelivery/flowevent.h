// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/qtdeliveryglobal.h>

#include <QMetaType>
#include <QString>

namespace QtDelivery {

/*! \brief Something that happened in the protocol of one flow, as its flight recorder keeps it.

    Single messages are not recorded: the sequence axis of FlowSnapshot tells them, and they would
   push everything else out of the ring. A plain value; safe to copy to another thread. */
struct QTDELIVERY_EXPORT FlowEvent
{
    Q_GADGET
    Q_PROPERTY(qint64 number MEMBER number)
    Q_PROPERTY(qint64 time MEMBER time)
    Q_PROPERTY(QtDelivery::FlowEvent::Kind kind MEMBER kind)
    Q_PROPERTY(qint64 seqNr MEMBER seqNr)
    Q_PROPERTY(qint64 detail MEMBER detail)

public:
    /*! What happened. Values are only ever added, at the end. */
    enum class Kind {
        RecordingBegan, //!< nothing is known of what was before
        Started, //!< the application called start()
        PartnerFound, //!< a peer offers the partner: attach to it, or invite it
        Attached, //!< the two ends have found each other; from #seqNr on, epoch #detail
        Detached, //!< the other end gave the flow up, for the wire reason #detail
        LinkLost, //!< the link is down; #seqNr is confirmed
        Refused, //!< this end refused the other one, for the wire reason #detail
        Report, //!< the consumer told that #seqNr is confirmed, and grants up to #detail
        ResendAsked, //!< #seqNr to #detail are missing and are asked for
        Probe, //!< the producer told that it has transmitted up to #seqNr
        Loaded, //!< the durable storage is loaded; #seqNr is confirmed
        StoreFailed, //!< it failed, with Error::Code #detail; everything after #seqNr is unstored
        StoreRetried, //!< the application called retry()
        ProducerRestarted, //!< the producer began anew; #detail messages of before were dropped
        Stopped, //!< the controller has stopped
    };
    Q_ENUM(Kind)

    qint64 number = 0; //!< counts the events of one flow from 1; a gap = the ring has lost some
    qint64 time = 0; //!< when, in microseconds of the node's monotonic clock
    Kind kind = Kind::RecordingBegan; //!< what happened
    qint64 seqNr = 0; //!< as the kind says
    qint64 detail = 0; //!< as the kind says

    /*! What happened as one whole translated sentence. */
    [[nodiscard]] QString sentence() const;
    /*! The name of \a kind for machines, such as "link-lost". Never translated, never changed. */
    [[nodiscard]] static QString kindName(Kind kind);

    /*! Equal in every member. */
    friend bool operator==(const FlowEvent &, const FlowEvent &) = default;
};

} // namespace QtDelivery

Q_DECLARE_METATYPE(QtDelivery::FlowEvent)
