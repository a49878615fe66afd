// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "demoends.h"

#include "complain.h"

#include <QDebug>

namespace Monitor {

using namespace std::chrono_literals;
using QtDelivery::ConsumerController;
using QtDelivery::Delivery;
using QtDelivery::ProducerController;

namespace {

constexpr auto Tick = 20ms;

} // namespace

DemoProducer::DemoProducer(const QString &id, const QtDelivery::ProducerSettings &settings,
                           QtDelivery::DurableProducerQueue *queue, QtDelivery::DeliveryNode *node,
                           Habits habits, quint32 seed)
    : m_controller(queue ? std::make_unique<ProducerController>(id, settings, queue, node)
                         : std::make_unique<ProducerController>(id, settings, node))
    , m_habits(habits)
    , m_random(seed)
{
    connect(&m_timer, &QTimer::timeout, this, &DemoProducer::send);
}

void DemoProducer::start()
{
    complain(m_controller->start(this));
    m_timer.start(Tick);
}

void DemoProducer::send()
{
    m_due = qMin(m_due + m_habits.perSecond * double(Tick.count()) / 1000, 200.0);
    while (m_due >= 1 && m_controller->demand()
           && m_controller->unconfirmedCount() < m_habits.mostUnconfirmed) {
        const qint64 bytes =
            m_habits.bytes / 2 + qint64(m_random.generateDouble() * double(m_habits.bytes));
        if (const auto result = m_controller->send(QByteArray(bytes, 'x')); !result) {
            complain(result.error());
            return;
        }
        m_due -= 1;
    }
}

DemoConsumer::DemoConsumer(const QString &id, const QtDelivery::ConsumerSettings &settings,
                           QtDelivery::DeliveryNode *node, Handling handling, quint32 seed)
    : m_controller(id, settings, node)
    , m_handling(std::move(handling))
    , m_random(seed)
{
    m_timer.setSingleShot(true);
    connect(&m_controller, &ConsumerController::delivered, this, &DemoConsumer::take);
    connect(&m_timer, &QTimer::timeout, this,
            [this] { complain(m_controller.confirm(m_delivery)); });
}

void DemoConsumer::start(const QString &producerId, bool isReady)
{
    if (isReady)
        complain(m_controller.start(this));
    complain(m_controller.registerToProducerController(producerId));
}

void DemoConsumer::take(const Delivery &delivery)
{
    m_delivery = delivery;
    const int time = m_handling(delivery.seqNr(), m_random);
    if (time == 0)
        complain(m_controller.confirm(delivery));
    else if (time > 0)
        m_timer.start(time);
}

} // namespace Monitor
