// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/qtdeliveryglobal.h>

#include <QMetaType>
#include <QString>

namespace QtDelivery {

/*! \brief Why a flow does not move, as a closed reason with its parameters.

    The reasons are the same in this library, in logs, in metrics, on the command line and in the
   monitor: programs use reason() and reasonName(), people read sentence().

    Times are microseconds of the node's monotonic clock, as FlowSnapshot::time: a value that stays
   as it is while the reason lasts.

    A plain value; safe to copy to another thread. */
struct QTDELIVERY_EXPORT Blocked
{
    Q_GADGET
    Q_PROPERTY(QtDelivery::Blocked::Reason reason MEMBER reason)
    Q_PROPERTY(qint64 seqNr MEMBER seqNr)
    Q_PROPERTY(qint64 at MEMBER at)
    Q_PROPERTY(QString detail MEMBER detail)

public:
    /*! What the flow waits for. Values are only ever added, at the end. */
    enum class Reason {
        None, //!< nothing blocks it: it moves, or has nothing to do
        NoConsumer, //!< a producer to which no consumer is attached
        WaitingForGrant, //!< the consumer's window is used up until it confirms
        HandlerBusy, //!< the application has not confirmed message #seqNr, delivered #at
        StoreSlow, //!< the durable storage has not answered since #at
        LinkDown, //!< no link to the peer; the next attempt is #at
        LimitReached, //!< a limit of this side is reached: the setting #detail
        Paused, //!< the application has not called start(), or has paused, or its object is gone
        Refused, //!< somebody has to do something first: the sentence #detail
        NoProducer, //!< a consumer whose producer nobody offers, or that has not named one
    };
    Q_ENUM(Reason)

    /*! What keeps the flow from moving. */
    Reason reason = Reason::None;
    /*! HandlerBusy: the message; otherwise 0. */
    qint64 seqNr = 0;
    /*! HandlerBusy and StoreSlow: since when; LinkDown: when the next attempt begins, in the past
        while one is under way. Microseconds of the node's clock; -1 = not known: with LinkDown the
        peer has to connect. */
    qint64 at = -1;
    /*! LimitReached: the name of the setting, not translated. Refused: why, a whole translated
        sentence. StoreSlow: what the storage complained about, or empty. */
    QString detail = {};

    /*! False only for Reason::None. */
    [[nodiscard]] bool isBlocked() const { return reason != Reason::None; }

    /*! The reason as one whole translated sentence. \a now is the node's clock, of which "for 12 s"
        and "in 4 s" are counted: FlowSnapshot::time, or later. */
    [[nodiscard]] QString sentence(qint64 now) const;

    /*! The name of \a reason for machines, such as "handler-busy". Never translated, never changed;
        empty for a value that is none of the enumeration. */
    [[nodiscard]] static QString reasonName(Reason reason);
    /*! The reason called \a name by reasonName(); Reason::None if there is none. */
    [[nodiscard]] static Reason reasonNamed(const QString &name);

    /*! Equal in every member. */
    friend bool operator==(const Blocked &, const Blocked &) = default;
};

/*! Why a flow does not move, without the parameters. */
using BlockedReason = Blocked::Reason;

} // namespace QtDelivery

Q_DECLARE_METATYPE(QtDelivery::Blocked)
