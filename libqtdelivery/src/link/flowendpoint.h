// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/frames.h"

#include <QtDelivery/flowevent.h>
#include <QtDelivery/flowsnapshot.h>

#include <QList>

#include <optional>

namespace QtDelivery {

class Link;

/*! \brief Something with at most one deadline, served by the node's TimerQueue. */
class Timed
{
public:
    [[nodiscard]] virtual std::optional<TimePoint> nextTimeout() const = 0;
    /*! May come early; then it does nothing. */
    virtual void handleTimeout(TimePoint now) = 0;

    std::optional<TimePoint> queuedFor; //!< the queue's own note

protected:
    ~Timed() = default;
};

/*! \brief What a controller is to its node: one end of one flow.

    The node's functions are called from sockets, timers and turns; only emitEvents() may run user
   code. */
class FlowEndpoint : public Timed
{
public:
    virtual ~FlowEndpoint() = default;

    [[nodiscard]] virtual OfferKind kind() const = 0;
    [[nodiscard]] virtual const QString &id() const = 0;
    [[nodiscard]] virtual Incarnation incarnation() const = 0;

    /*! May be announced to peers, and attached. False while a durable producer is being loaded. */
    [[nodiscard]] virtual bool isOffered() const { return true; }

    // ---- the partner: an endpoint of the other kind on another node

    /*! The id of the partner that the application named; empty = none. */
    [[nodiscard]] virtual const QString &wantedPartner() const = 0;
    /*! The node that it must be on; empty = any. */
    [[nodiscard]] virtual const QString &wantedNode() const = 0;
    /*! Has no partner and may look for the wanted one. */
    [[nodiscard]] virtual bool isSeeking() const = 0;
    /*! The wanted partner is at the other end of \a link. */
    virtual void partnerFound(Link *link, TimePoint now) = 0;
    /*! Another node offers the partner that is attached already. */
    virtual void rivalFound(const QString &nodeId) = 0;
    /*! Consumers: a producer at the other end of \a link asks to be attached. */
    virtual void invited(Link *link, const QString &producerId, TimePoint now) = 0;

    // ---- frames

    /*! Producers: an Attach for this id. The endpoint binds the channel or refuses it. A reason
     * closes the link. */
    [[nodiscard]] virtual Reason handleAttach(Link *link, ChannelNr channel,
                                              const AttachFrame &frame, TimePoint now) = 0;
    /*! A frame of the bound channel. A reason closes the link. */
    [[nodiscard]] virtual Reason handleFrame(const Frame &frame, TimePoint now) = 0;
    /*! Appends about \a budget bytes of frames; true if there is more. */
    [[nodiscard]] virtual bool transmit(FrameWriter &writer, qsizetype budget, TimePoint now) = 0;
    /*! The link is gone, with it the channel. */
    virtual void linkLost() = 0;

    // ---- the application

    /*! Emits up to \a budget signals and returns how many; afterwards this object may be gone. */
    [[nodiscard]] virtual int emitEvents(int budget) = 0;
    /*! The node begins to close: nothing new from here on, say what is left to say. */
    virtual void hostClosing() = 0;
    /*! The node has closed or is being destroyed: forget it. */
    virtual void hostGone() = 0;

    // ---- for whoever watches

    [[nodiscard]] virtual FlowSnapshot snapshot() const = 0;
    /*! Begins or ends to keep events. */
    virtual void setRecording(bool on) = 0;
    /*! The events that are kept, after number \a number. */
    [[nodiscard]] virtual QList<FlowEvent> eventsAfter(qint64 number) const = 0;

    /*! The node's own notes about this endpoint. */
    struct Route
    {
        Link *link = nullptr; //!< that its frames go through
        ChannelNr channel = 0; //!< bound on that link; 0 = none
        std::optional<TimePoint> sharedAt{}; //!< when frames of other flows came through it last
        bool queuedForTransmit = false;
        bool queuedForEvents = false;
    };
    Route route;
};

} // namespace QtDelivery
