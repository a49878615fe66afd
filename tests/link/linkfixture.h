// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "../core/goldenframes.h"
#include "link/link.h"
#include "memoryconnection.h"
#include "virtualenvironment.h"

#include <QTest>

// A Link with everything around it made by the test.

namespace QtDelivery::Test {

using namespace TestSupport;
using namespace std::chrono_literals;

constexpr qint64 HighWater = 64 * 1024;
constexpr qsizetype Quantum = 4 * 1024;
constexpr qsizetype Batch = 128 * 1024;

/*! An endpoint that has as many messages as the test says. */
class FakeFlow final : public FlowEndpoint
{
public:
    explicit FakeFlow(int messages = 0, qsizetype size = 100)
        : messagesLeft(messages)
        , m_payload(size, 'm')
    { }

    OfferKind kind() const override { return OfferKind::Producer; }
    const QString &id() const override { return m_id; }
    Incarnation incarnation() const override { return {1, 1}; }
    const QString &wantedPartner() const override { return m_nothing; }
    const QString &wantedNode() const override { return m_nothing; }
    bool isSeeking() const override { return false; }
    void partnerFound(Link *, TimePoint) override { }
    void rivalFound(const QString &) override { }
    void invited(Link *, const QString &, TimePoint) override { }
    Reason handleAttach(Link *, ChannelNr, const AttachFrame &, TimePoint) override
    {
        ++attaches;
        return answer;
    }
    Reason handleFrame(const Frame &, TimePoint) override
    {
        ++frames;
        return answer;
    }
    bool transmit(FrameWriter &writer, qsizetype budget, TimePoint) override
    {
        ++turns;
        const qsizetype end = writer.size() + budget;
        while (messagesLeft > 0 && writer.size() < end) {
            --messagesLeft;
            writer.write(route.channel, MessageFrame{++sent, m_payload});
        }
        return messagesLeft > 0;
    }
    void linkLost() override { lost = true; }
    int emitEvents(int) override { return 0; }
    void hostClosing() override { }
    void hostGone() override { }
    FlowSnapshot snapshot() const override { return {}; }
    void setRecording(bool) override { }
    QList<FlowEvent> eventsAfter(qint64) const override { return {}; }
    std::optional<TimePoint> nextTimeout() const override { return std::nullopt; }
    void handleTimeout(TimePoint) override { }

    int messagesLeft;
    SeqNr sent = 0;
    int turns = 0;
    int frames = 0;
    int attaches = 0;
    bool lost = false;
    Reason answer = Reason::None;

private:
    const QByteArray m_payload;
    const QString m_id = QStringLiteral("flow");
    const QString m_nothing;
};

/*! The other end of the wire: keeps every frame, says what the test says. */
class FakePeer final : public ConnectionObserver
{
public:
    explicit FakePeer(std::unique_ptr<Connection> end)
        : connection(std::move(end))
    {
        connection->setObserver(this);
    }

    void connected() override { }
    void writable() override { }
    void down(const Error &) override { isDown = true; }
    void readable() override
    {
        ++arrivals;
        QByteArray bytes(connection->available(), Qt::Uninitialized);
        bytes.resize(connection->read(bytes.data(), bytes.size()));
        m_decoder.append(bytes);
        ChannelNr channel = 0;
        Frame frame;
        while (m_decoder.next(&channel, &frame) == FrameDecoder::Result::Frame) {
            m_decoder.setMaxLength(1 << 24);
            if (auto *message = std::get_if<MessageFrame>(&frame))
                message->payload = {}; // it would dangle
            heard.append({channel, frame});
        }
    }
    void say(const Frame &frame, ChannelNr channel = 0)
    {
        connection->write(encoded(channel, frame));
    }
    [[nodiscard]] QList<Reason> closes() const
    {
        QList<Reason> reasons;
        for (const auto &[channel, frame] : heard) {
            if (const auto *close = std::get_if<CloseFrame>(&frame))
                reasons.append(close->reason);
        }
        return reasons;
    }

    std::unique_ptr<Connection> connection;
    QList<std::pair<ChannelNr, Frame>> heard;
    int arrivals = 0;
    bool isDown = false;

private:
    FrameDecoder m_decoder;
};

/*! One link, its owner and its peer. */
class Fixture final : public LinkOwner
{
public:
    explicit Fixture(bool initiator = false, LinkLimits limits = {HighWater, 4, 1s})
    {
        std::unique_ptr<Connection> ends[2];
        wire = MemoryWire::create(ends);
        mine = initiator ? MemoryWire::Initiator : MemoryWire::Acceptor;
        theirs = initiator ? MemoryWire::Acceptor : MemoryWire::Initiator;
        LinkConfig config;
        config.initiator = initiator;
        config.node = {1, 1};
        config.connectionNumber = initiator ? 1 : 0;
        peer = std::make_unique<FakePeer>(std::move(ends[theirs]));
        link = std::make_unique<Link>(*this, std::move(ends[mine]), config, limits);
        if (initiator)
            wire->connectInitiator();
    }

    void shakeHands()
    {
        HelloFrame hello;
        hello.initiator = !link->machine().config().initiator;
        hello.node = {2, 2};
        hello.connectionNumber = 1;
        hello.maxFrameLength = 1 << 20;
        peer->say(hello);
        settle();
        QVERIFY(link->isUp());
        peer->heard.clear();
        peer->arrivals = 0;
    }

    /*! What the node does in its turns. */
    void settle()
    {
        do {
            if (std::exchange(m_wantsPump, false))
                link->pump();
            VirtualTime::settle();
        } while (m_wantsPump);
    }

    void advance(Duration time)
    {
        const TimePoint end = m_now + time;
        int alarms = 0;
        while (link->nextTimeout() && *link->nextTimeout() <= end) {
            m_now = std::max(m_now, *link->nextTimeout());
            link->handleTimeout(m_now);
            settle();
            QVERIFY(++alarms < 1000); // a deadline in the past wakes the node for ever
        }
        m_now = end;
    }

    void addFlow(FakeFlow &flow, ChannelNr channel)
    {
        link->bind(&flow, channel);
        link->enqueue(&flow);
    }

    // LinkOwner
    TimePoint now() const override { return m_now; }
    void linkEstablished(Link *) override { }
    void linkEnded(Link *, const Error &reason) override
    {
        ++ends;
        error = reason;
        for (FlowEndpoint *endpoint : link->endpoints()) {
            link->release(endpoint, Reason::None);
            endpoint->linkLost();
        }
    }
    void linkGone(Link *) override { ++gone; }
    Reason handleNodeFrame(Link *, const Frame &) override { return nodeAnswer; }
    Reason handleAttach(Link *, ChannelNr channel, const AttachFrame &) override
    {
        attached.append(channel);
        if (nextFlow)
            link->bind(nextFlow, channel);
        else
            link->writeDetach(channel, Reason::UnknownProducer);
        return Reason::None;
    }
    void linkWantsPump(Link *) override { m_wantsPump = true; }
    void linkHasRead() override { }
    void linkHolds(Link *) override { }
    void updateTimeout(Timed *) override { }

    std::shared_ptr<MemoryWire> wire;
    MemoryWire::Side mine;
    MemoryWire::Side theirs;
    std::unique_ptr<FakePeer> peer;
    std::unique_ptr<Link> link;
    FakeFlow *nextFlow = nullptr; // takes the next Attach
    QList<ChannelNr> attached;
    Reason nodeAnswer = Reason::None;
    Error error;
    int ends = 0;
    int gone = 0;

private:
    TimePoint m_now{1h};
    bool m_wantsPump = false;
};

} // namespace QtDelivery::Test
