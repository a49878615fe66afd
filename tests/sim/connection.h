// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "weather.h"

#include <core/framedecoder.h>

#include <memory>

namespace QtDelivery::Simulation {

class Connection;
using ConnectionPtr = std::shared_ptr<Connection>;

/*! \brief One end of connections: a process. */
class Endpoint
{
public:
    virtual ~Endpoint() = default;
    /*! The peer's Hello has arrived. */
    virtual void linkUp(const ConnectionPtr &connection) = 0;
    virtual void linkLost(const ConnectionPtr &connection) = 0;
    virtual void linkWritable(const ConnectionPtr &connection) = 0;
    /*! Something this end has written, as a reader of the wire sees it; nothing may be done now. */
    virtual void frameWritten(const ConnectionPtr &connection, ChannelNr channel,
                              const Frame &frame) = 0;
    virtual void frameArrived(const ConnectionPtr &connection, ChannelNr channel,
                              const Frame &frame) = 0;
};

/*! \brief One connection between two processes: bytes of whole frames in, weather between, bytes
   through a FrameDecoder out.

    Each end learns by itself, and later, that the connection is gone. */
class Connection : public std::enable_shared_from_this<Connection>
{
public:
    Connection(Environment &environment, Weather &weather, Endpoint &producer, Endpoint &consumer);

    void open();
    /*! \a frames are whole frames. */
    void write(Side from, const QByteArray &frames);

    [[nodiscard]] const Endpoint *endpoint(Side side) const { return end(side).endpoint; }
    /*! This end has not learned of a loss. */
    [[nodiscard]] bool isOpen(Side side) const { return end(side).open; }
    /*! … and has seen the peer's Hello. */
    [[nodiscard]] bool isUp(Side side) const { return end(side).open && end(side).up; }
    [[nodiscard]] bool isWritable(Side side) const
    {
        return m_environment.now() >= end(side).writableAt;
    }

    /*! Whatever is under way is lost, in the middle of a frame; neither end knows. */
    void sever();
    /*! Nothing that \a from writes arrives any more. */
    void blackHole(Side from) { end(from).blackHoled = true; }
    void blockWriting(Side side, Duration duration);
    /*! That end learns that the connection is gone. */
    void tellLost(Side side);

private:
    struct End
    {
        Endpoint *endpoint = nullptr;
        FrameDecoder decoder; // of what arrives here
        FrameDecoder tap; // of what is written here
        TimePoint lastArrival{}; // at the peer
        TimePoint writableAt{};
        bool open = true;
        bool up = false;
        bool blackHoled = false;
        bool gotPart = false; // the piece of a frame that the cut let through
    };

    [[nodiscard]] End &end(Side side) { return m_ends[int(side)]; }
    [[nodiscard]] const End &end(Side side) const { return m_ends[int(side)]; }
    void send(Side from, const QByteArray &bytes, ChannelNr channel, const Frame &frame);
    void arrive(Side at, const QByteArray &bytes);
    void arriveInPart(End &end, const QByteArray &bytes);

    Environment &m_environment;
    Weather &m_weather;
    End m_ends[2];
    bool m_severed = false;
};

} // namespace QtDelivery::Simulation
