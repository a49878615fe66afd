// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "flowendpoint.h"

#include <QtDelivery/error.h>

namespace QtDelivery {

/*! What a node knows of the link to some other node, for whoever watches. */
struct LinkOutlook
{
    bool isLinked = false; //!< to that node; if its name is unknown, to any
    bool expectsLink = false; //!< this node itself connects to others
    std::optional<TimePoint> nextAttempt{}; //!< of that; in the past while one is under way
    std::optional<Duration> rtt{};
    bool isCongested = false; //!< the link takes no frames at present
};

/*! \brief What a node is to a controller. */
class FlowHost
{
public:
    [[nodiscard]] virtual TimePoint now() const = 0;
    /*! When the present turn began, or the last one: for what must not cost a look at the clock. */
    [[nodiscard]] TimePoint turnTime() const { return m_turnTime; }
    [[nodiscard]] virtual Incarnation newIncarnation() = 0;
    /*! Why the node cannot be used; no error if it can. */
    [[nodiscard]] virtual Error state() const = 0;

    /*! Takes the endpoint in and offers it to all peers, if it may be. Fails if its id is in use
     * here. */
    virtual Error add(FlowEndpoint *endpoint) = 0;
    /*! The endpoint may be offered now, and look for its partner. */
    virtual void offer(FlowEndpoint *endpoint) = 0;
    /*! Takes the offer back and detaches. The endpoint is never touched again. */
    virtual void remove(FlowEndpoint *endpoint, Reason reason) = 0;
    /*! The wanted partner has changed, or the endpoint is seeking again: look for it. \a before is
     * the id that was wanted. */
    virtual void registrationChanged(FlowEndpoint *endpoint, const QString &before) = 0;

    [[nodiscard]] virtual const QString &nodeId() const = 0;
    /*! Of \a endpoint, whose other end is, or was, on the node \a peerNodeId. */
    [[nodiscard]] virtual LinkOutlook linkOutlook(const FlowEndpoint *endpoint,
                                                  const QString &peerNodeId) const = 0;
    /*! The longest payload that one frame may carry to this node. */
    [[nodiscard]] virtual qint64 maxPayload() const = 0;
    [[nodiscard]] virtual QString peerNodeId(const Link *link) const = 0;
    /*! Consumers: a new channel on \a link, bound to \a endpoint. */
    [[nodiscard]] virtual ChannelNr openChannel(FlowEndpoint *endpoint, Link *link) = 0;
    /*! Frames of the link's own channel go out through \a link, before there is a channel. */
    virtual void adopt(FlowEndpoint *endpoint, Link *link) = 0;
    /*! Producers: frames of \a channel on \a link are for \a endpoint, which must be detached from
     * any other. */
    virtual void bind(FlowEndpoint *endpoint, Link *link, ChannelNr channel) = 0;
    /*! Tells the peer that its Attach on \a channel is not accepted. */
    virtual void refuse(Link *link, ChannelNr channel, Reason reason) = 0;
    /*! Takes the endpoint's frames now instead of in its turn: it is about to detach. */
    virtual void flush(FlowEndpoint *endpoint) = 0;
    /*! Ends the endpoint's channel; Reason::None = without telling the peer. */
    virtual void detach(FlowEndpoint *endpoint, Reason reason) = 0;

    /*! The endpoint has signals to emit. */
    virtual void scheduleEvents(FlowEndpoint *endpoint) = 0;
    /*! The endpoint has frames to transmit. */
    virtual void scheduleTransmit(FlowEndpoint *endpoint) = 0;
    /*! Unless a turn runs, the endpoint's link writes what is scheduled at once. */
    virtual void transmitNow(FlowEndpoint *endpoint) = 0;
    /*! The endpoint's deadline may be earlier than before. */
    virtual void updateTimeout(Timed *endpoint) = 0;

protected:
    ~FlowHost() = default;

    TimePoint m_turnTime{};
};

} // namespace QtDelivery
