// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "workers.h"

#include <QDebug>

using namespace QtDelivery;
using namespace std::chrono_literals;

// Short, so that the example shows within two seconds what takes 45 with the defaults.
static const NodeSettings nodeSettings{.heartbeatInterval = 100ms, .heartbeatTimeout = 1s};

static void check(const Error &error)
{
    if (error) {
        qCritical().noquote() << error.message();
        std::exit(EXIT_FAILURE);
    }
}

ProducerWorker::ProducerWorker(const QUrl &url)
    : m_url(url)
{ }

void ProducerWorker::begin()
{
    m_node = std::make_unique<DeliveryNode>(nodeSettings);
    connect(m_node.get(), &DeliveryNode::linkDown, this,
            [this](const QString &, const Error &why) { Q_EMIT linkLost(why.message()); });
    connect(m_node.get(), &DeliveryNode::closed, this, &ProducerWorker::ended);

    m_controller = std::make_unique<ProducerController>(QStringLiteral("jobs"), m_node.get());
    connect(m_controller.get(), &ProducerController::requestNext, this,
            [this](const RequestNext &next) { Q_EMIT wanted(next.currentSeqNr()); });
    connect(m_controller.get(), &ProducerController::confirmed, this, &ProducerWorker::confirmed);
    check(m_controller->start(this));
    check(m_node->connectTo(m_url));
}

void ProducerWorker::send(const QByteArray &payload)
{
    check(m_controller->send(payload).error());
}

void ProducerWorker::end()
{
    m_node->close();
}

ConsumerWorker::ConsumerWorker(const QUrl &url)
    : m_url(url)
{ }

void ConsumerWorker::begin()
{
    m_node = std::make_unique<DeliveryNode>(nodeSettings);
    connect(m_node.get(), &DeliveryNode::linkDown, this,
            [this](const QString &, const Error &why) { Q_EMIT linkLost(why.message()); });
    connect(m_node.get(), &DeliveryNode::closed, this, &ConsumerWorker::ended);

    m_controller = std::make_unique<ConsumerController>(QStringLiteral("window"), m_node.get());
    connect(m_controller.get(), &ConsumerController::delivered, this, &ConsumerWorker::delivered);
    check(m_controller->start(this));
    check(m_controller->registerToProducerController(QStringLiteral("jobs")));
    check(m_node->listen(m_url));
}

void ConsumerWorker::confirm(const Delivery &delivery)
{
    check(m_controller->confirm(delivery));
}

void ConsumerWorker::end()
{
    m_node->close();
}
