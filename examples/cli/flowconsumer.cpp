// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "flowconsumer.h"

#include "log.h"

#include <QCoreApplication>

namespace Cli {

using QtDelivery::ConsumerController;
using QtDelivery::Error;

namespace {

QString consumerId(const QString &flow)
{
    // An id has at most 255 bytes; a cut must not go through a surrogate pair.
    QString name = flow.left(40);
    if (name.back().isHighSurrogate())
        name.chop(1);
    return QStringLiteral("receive-%1").arg(name);
}

QString consumerId(const QString &flow, quint64 number)
{
    return QStringLiteral("%1-%2-%3")
        .arg(consumerId(flow))
        .arg(QCoreApplication::applicationPid())
        .arg(number);
}

} // namespace

FlowConsumer::FlowConsumer(const QString &flow, const QString &nodeId, quint64 number,
                           const QtDelivery::ConsumerSettings &settings,
                           const QtDelivery::StorageKeys &spoolKeys, QtDelivery::DeliveryNode *node,
                           QObject *parent)
    : QObject(parent)
    , m_flow(flow)
    , m_nodeId(nodeId)
    , m_controller(consumerId(flow, number), settings, nullptr, spoolKeys, node)
{
    connectController();
}

FlowConsumer::FlowConsumer(const QString &flow,
                           std::unique_ptr<QtDelivery::ConsumerProgress> progress,
                           const QtDelivery::ConsumerSettings &settings,
                           const QtDelivery::StorageKeys &spoolKeys, QtDelivery::DeliveryNode *node,
                           QObject *parent)
    : QObject(parent)
    , m_flow(flow)
    , m_progress(std::move(progress))
    , m_controller(consumerId(flow), settings, m_progress.get(), spoolKeys, node)
{
    connectController();
}

void FlowConsumer::connectController()
{
    connect(&m_controller, &ConsumerController::attachedChanged, this,
            &FlowConsumer::handleAttachedChanged);
    m_returnTimer.setSingleShot(true);
    connect(&m_returnTimer, &QTimer::timeout, this, &FlowConsumer::finish);
}

Error FlowConsumer::start()
{
    if (const Error error = m_controller.start(this))
        return error;
    return m_controller.registerToProducerController(m_flow, m_nodeId);
}

void FlowConsumer::confirm(const QtDelivery::Delivery &delivery, const QByteArray &context)
{
    if (const Error error = m_controller.confirm(delivery, context))
        qCWarning(lcCli) << "confirmation refused:" << error;
    m_confirmed = delivery.seqNr();
    m_unreportedSince = m_controller.statistics().attachments;
}

bool FlowConsumer::canReport() const
{
    // A producer that has withdrawn does not wait. Otherwise attaching tells it what this consumer
    // has. That is counted: one that waited for nothing else has left by the time anybody looks.
    if (m_progress && m_controller.position().confirmedSeqNr < m_confirmed)
        return false; // it is told when it is recorded
    return m_finishing || m_controller.isAttached() || m_unreportedSince == 0
        || m_controller.statistics().attachments > m_unreportedSince;
}

void FlowConsumer::finish()
{
    if (m_finishing)
        return;
    m_finishing = true;
    m_controller.deliverThenStop();
}

void FlowConsumer::waitForReturn()
{
    // Long enough for a network that fails for minutes; a process that crashed leaves nothing for
    // ever.
    m_returnTimer.start(std::chrono::minutes(10));
}

void FlowConsumer::handleAttachedChanged()
{
    const bool attached = m_controller.isAttached();
    qCInfo(lcCli).noquote() << "flow" << m_flow << (attached ? "attached" : "detached");
    if (attached)
        m_returnTimer.stop();
}

} // namespace Cli
