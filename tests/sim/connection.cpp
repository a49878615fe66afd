// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "connection.h"

namespace QtDelivery::Simulation {

namespace {

constexpr quint32 MaxFrameLength = 1 << 24;

const char *arrow(Side from)
{
    return from == Side::Producer ? "P -> C  " : "C -> P  ";
}

} // namespace

Connection::Connection(Environment &environment, Weather &weather, Endpoint &producer,
                       Endpoint &consumer)
    : m_environment(environment)
    , m_weather(weather)
{
    end(Side::Producer).endpoint = &producer;
    end(Side::Consumer).endpoint = &consumer;
}

void Connection::open()
{
    for (const Side side : {Side::Producer, Side::Consumer}) {
        QByteArray bytes;
        FrameWriter(bytes).write(HelloFrame{.initiator = side == Side::Consumer,
                                            .node = {1, 1},
                                            .maxFrameLength = MaxFrameLength,
                                            .nodeId = {}});
        write(side, bytes);
    }
}

void Connection::write(Side from, const QByteArray &frames)
{
    FrameDecoder &tap = end(from).tap;
    tap.append(frames);
    qsizetype begin = 0;
    ChannelNr channel = 0;
    Frame frame;
    while (tap.next(&channel, &frame) == FrameDecoder::Result::Frame) {
        tap.setMaxLength(MaxFrameLength);
        const qsizetype stop = frames.size() - tap.pendingBytes();
        end(from).endpoint->frameWritten(shared_from_this(), channel, frame);
        send(from, frames.mid(begin, stop - begin), channel, frame);
        begin = stop;
    }
    m_environment.check(begin == frames.size(), "what was written is no whole, possible frame");
}

void Connection::send(Side from, const QByteArray &bytes, ChannelNr channel, const Frame &frame)
{
    ++m_environment.framesWritten;
    const Fate fate = m_weather.fate(from, frame);
    const bool lost = end(from).blackHoled || fate.copies.empty();
    m_environment.recorder.note(m_environment.now(), [&] {
        const char *what = lost            ? " LOST"
            : fate.copies.size() > 1       ? " TWICE"
            : !fate.copies.front().ordered ? " LATE"
                                           : "";
        return arrow(from) + describe(channel, frame) + what;
    });
    if (lost)
        return;
    for (const Fate::Copy &copy : fate.copies) {
        TimePoint when = m_environment.now() + copy.delay;
        if (copy.ordered)
            when = end(from).lastArrival = std::max(when, end(from).lastArrival);
        m_environment.timeline.at(
            when, [self = shared_from_this(), from, bytes] { self->arrive(other(from), bytes); });
    }
}

void Connection::arrive(Side at, const QByteArray &bytes)
{
    End &here = end(at);
    if (!here.open)
        return;
    if (m_severed) {
        arriveInPart(here, bytes);
        return;
    }
    // Now and then a frame comes in two pieces.
    Rng &rng = m_environment.rng;
    qsizetype first = 0;
    if (rng.below(8) == 0) {
        first = qsizetype(rng.below(quint64(bytes.size())));
        here.decoder.append(QByteArrayView(bytes).first(first));
    }
    ChannelNr channel = 0;
    Frame frame;
    if (first > 0)
        m_environment.check(here.decoder.next(&channel, &frame) == FrameDecoder::Result::NeedMore,
                            "a part of a frame was taken for a frame");
    here.decoder.append(QByteArrayView(bytes).sliced(first));
    if (!m_environment.check(here.decoder.next(&channel, &frame) == FrameDecoder::Result::Frame,
                             "a whole frame was not decoded"))
        return;
    m_environment.recorder.note(m_environment.now(), [&] {
        return arrow(other(at)) + QByteArray("    arrives ") + describe(channel, frame);
    });
    if (std::holds_alternative<HelloFrame>(frame)) {
        here.decoder.setMaxLength(MaxFrameLength);
        here.up = true;
        here.endpoint->linkUp(shared_from_this());
        return;
    }
    here.endpoint->frameArrived(shared_from_this(), channel, frame);
}

void Connection::arriveInPart(End &here, const QByteArray &bytes)
{
    if (here.gotPart)
        return;
    here.gotPart = true;
    const auto size = qsizetype(m_environment.rng.below(quint64(bytes.size())));
    here.decoder.append(QByteArrayView(bytes).first(size));
    ChannelNr channel = 0;
    Frame frame;
    m_environment.check(here.decoder.next(&channel, &frame) == FrameDecoder::Result::NeedMore,
                        "the start of a cut frame was taken for a frame");
}

void Connection::sever()
{
    m_severed = true;
    m_environment.recorder.note(m_environment.now(), [] { return QByteArray("== cut"); });
}

void Connection::blockWriting(Side side, Duration duration)
{
    const TimePoint until = m_environment.now() + duration;
    end(side).writableAt = std::max(end(side).writableAt, until);
    m_environment.timeline.at(until, [self = shared_from_this(), side] {
        if (self->isUp(side) && self->isWritable(side))
            self->end(side).endpoint->linkWritable(self);
    });
}

void Connection::tellLost(Side side)
{
    if (!end(side).open)
        return;
    end(side).open = false;
    m_environment.recorder.note(m_environment.now(), [&] {
        return QByteArray(side == Side::Producer ? "P" : "C") + " == learns of the loss";
    });
    end(side).endpoint->linkLost(shared_from_this());
}

} // namespace QtDelivery::Simulation
