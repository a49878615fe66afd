// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "flowpair.h"
#include "testnode.h"

namespace TestSupport {

using namespace QtDelivery;
using namespace std::chrono_literals;

inline const QUrl ProducerUrl(QStringLiteral("tcp://127.0.0.1:1"));
inline const QUrl ConsumerUrl(QStringLiteral("tcp://127.0.0.1:2"));
inline const QString ProducerId = QStringLiteral("orders");
inline const QString ConsumerId = QStringLiteral("billing");

//! Short intervals: a lost answer must not make the test wait.
inline NodeSettings fastSettings()
{
    NodeSettings settings;
    settings.reconnectIntervalMin = 5ms;
    settings.reconnectIntervalMax = 20ms;
    settings.heartbeatInterval = 100ms;
    settings.heartbeatTimeout = 300ms;
    settings.handshakeTimeout = 300ms;
    settings.connectTimeout = 300ms;
    settings.closeTimeout = 100ms;
    return settings;
}

inline ProducerSettings fastProducer()
{
    ProducerSettings settings;
    settings.resendFirstInterval = 50ms;
    settings.resendIntervalMax = 200ms;
    return settings;
}

inline ConsumerSettings fastConsumer(int window = 4)
{
    ConsumerSettings settings;
    settings.flowControlWindow = window;
    settings.flowControlWindowBytes = 1024;
    settings.resendIntervalMin = 50ms;
    settings.resendIntervalMax = 200ms;
    return settings;
}

inline QList<QByteArray> messagesFrom(qint64 first, const QList<qsizetype> &sizes)
{
    QList<QByteArray> messages;
    for (const qsizetype size : sizes)
        messages.append(payloadOf(first + messages.size(), size));
    return messages;
}

enum class Dials { Producer, Consumer, Both };
enum class Registers { Consumer, Producer };

struct Variant
{
    Dials dials = Dials::Consumer;
    Registers registers = Registers::Consumer;
    Receiver::Confirm confirm = Receiver::Confirm::AtOnce;
};

/*! Both ends of one flow in virtual time. */
class VirtualFlow
{
public:
    explicit VirtualFlow(const Variant &variant, quint64 seed = 1)
        : producerNode((world.seed = seed, world), fastSettings())
        , consumerNode(world, fastSettings())
        , sender(ProducerId, &producerNode, fastProducer())
        , receiver(ConsumerId, &consumerNode, variant.confirm, fastConsumer())
    {
        if (variant.registers == Registers::Consumer)
            receiver.registerTo(ProducerId);
        else
            m_ok &= !sender.controller.registerConsumer(ConsumerId);
        m_ok &= !producerNode.listen(ProducerUrl) && !consumerNode.listen(ConsumerUrl);
        if (variant.dials != Dials::Producer)
            m_ok &= !consumerNode.connectTo(ProducerUrl);
        if (variant.dials != Dials::Consumer)
            m_ok &= !producerNode.connectTo(ConsumerUrl);
    }

    void send(const QList<qsizetype> &sizes)
    {
        sender.send(messagesFrom(sender.messages().size() + 1, sizes));
    }

    /*! Lets time pass until everything is delivered and confirmed. */
    [[nodiscard]] bool finish(std::chrono::milliseconds limit = 5s)
    {
        const TimePoint end = world.time.now() + limit;
        VirtualTime::settle();
        while (!isDone() && world.time.now() < end)
            world.time.advance(5ms);
        return isDone();
    }

    [[nodiscard]] bool isDone() const
    {
        return m_ok && sender.isDone() && receiver.hasExactly(sender.messages());
    }

    VirtualWorld world;
    TestNode producerNode;
    TestNode consumerNode;
    Sender sender;
    Receiver receiver;

private:
    bool m_ok = true;
};

/*! The wire of the next attempt to connect, held. */
inline std::shared_ptr<MemoryWire> nextWire(VirtualWorld &world)
{
    world.network.setHeld(true);
    for (int i = 0; i < 100 && !world.network.wire(); ++i)
        world.time.advance(1ms);
    world.network.setHeld(false);
    return world.network.wire();
}

inline const QList<qsizetype> FewMessages{0, 1, 15, 16, 17, 300, 600, 7, 8};

} // namespace TestSupport
