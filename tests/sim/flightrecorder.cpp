// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "flightrecorder.h"

namespace QtDelivery::Simulation {

namespace {

constexpr size_t KeptEvents = 60;

QByteArray number(quint64 value)
{
    return QByteArray::number(value);
}

/*! The start of an incarnation is enough to tell the few of one world apart. */
QByteArray shortName(const Incarnation &incarnation)
{
    return incarnation.isNull() ? QByteArray("-") : QByteArray::number(incarnation.low, 16).left(4);
}

struct Describer
{
    QByteArray operator()(std::monostate) const { return "nothing"; }
    QByteArray operator()(const HelloFrame &) const { return "Hello"; }
    QByteArray operator()(const CloseFrame &) const { return "Close"; }
    QByteArray operator()(const PingFrame &) const { return "Ping"; }
    QByteArray operator()(const PongFrame &) const { return "Pong"; }
    QByteArray operator()(const ProofFrame &) const { return "Proof"; }
    QByteArray operator()(const OfferFrame &f) const
    {
        return "Offer " + f.id.toUtf8() + ' ' + shortName(f.incarnation);
    }
    QByteArray operator()(const WithdrawFrame &f) const { return "Withdraw " + f.id.toUtf8(); }
    QByteArray operator()(const InviteFrame &f) const
    {
        return "Invite " + f.producerId.toUtf8() + " to " + f.consumerId.toUtf8();
    }
    QByteArray operator()(const AttachFrame &f) const
    {
        return "Attach " + f.consumerId.toUtf8() + ' ' + shortName(f.consumer) + " has of "
            + shortName(f.producer) + ": confirmed " + number(f.confirmedSeqNr) + " received "
            + number(f.receivedSeqNr) + " limit " + number(f.requestUpToSeqNr) + '/'
            + number(f.requestUpToBytes) + " epoch " + number(f.epoch) + " offset "
            + number(f.offset);
    }
    QByteArray operator()(const AttachedFrame &f) const
    {
        return "Attached to " + shortName(f.producer) + " first " + number(f.firstSeqNr) + " epoch "
            + number(f.epoch);
    }
    QByteArray operator()(const MessageFrame &f) const
    {
        return "Message " + number(f.seqNr) + " (" + number(f.payload.size()) + " B)";
    }
    QByteArray operator()(const RequestFrame &f) const
    {
        return "Request confirmed " + number(f.confirmedSeqNr) + " received "
            + number(f.receivedSeqNr) + " limit " + number(f.requestUpToSeqNr) + '/'
            + number(f.requestUpToBytes);
    }
    QByteArray operator()(const ResendFrame &f) const
    {
        return "Resend " + number(f.fromSeqNr) + '+' + number(f.offset) + " to "
            + number(f.toSeqNr);
    }
    QByteArray operator()(const SentFrame &f) const
    {
        return "Sent " + number(f.sentSeqNr) + '+' + number(f.offset);
    }
    QByteArray operator()(const RangeFrame &f) const
    {
        return "Range " + number(f.seqNr) + '+' + number(f.offset) + " (" + number(f.payload.size())
            + " B of " + number(f.totalSize) + ')';
    }
    QByteArray operator()(const SkipFrame &f) const { return "Skip " + number(f.seqNr); }
    QByteArray operator()(const DetachFrame &f) const
    {
        return "Detach reason " + number(quint64(f.reason));
    }
};

} // namespace

QByteArray describe(ChannelNr channel, const Frame &frame)
{
    return '#' + number(channel) + ' ' + std::visit(Describer(), frame);
}

void FlightRecorder::add(TimePoint when, const QByteArray &text)
{
    const double seconds =
        std::chrono::duration<double>(when.time_since_epoch() - std::chrono::hours(1)).count();
    m_events.push_back(QByteArray::number(seconds, 'f', 6).rightJustified(12) + "  " + text);
    if (m_events.size() > KeptEvents)
        m_events.pop_front();
}

QByteArray FlightRecorder::text() const
{
    QByteArray all;
    for (const QByteArray &event : m_events)
        all += event + '\n';
    return all;
}

} // namespace QtDelivery::Simulation
