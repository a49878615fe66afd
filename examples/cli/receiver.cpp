// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "receiver.h"

#include "flowconsumer.h"
#include "log.h"
#include "outputprogress.h"

#include <QtDelivery/fileconsumerprogress.h>
#include <QtDelivery/sqlconsumerprogress.h>

#include <QPointer>

#include <algorithm>

#include <unistd.h>

namespace Cli {

using namespace std::chrono_literals;
using QtDelivery::ConsumerController;
using QtDelivery::Delivery;
using QtDelivery::DeliveryNode;
using QtDelivery::Error;

Receiver::Receiver(const Options &options)
    : Command(options)
{
    if (!options.into.isEmpty())
        m_folder.emplace(options.into, options.force);
    connect(&m_writer, &LineWriter::failed, this, &Receiver::fail);
    connect(&node(), &DeliveryNode::linkUp, this,
            [this](const QString &nodeId) { m_linkedNodes.insert(nodeId); });
    connect(&node(), &DeliveryNode::linkDown, this,
            [this](const QString &nodeId) { m_linkedNodes.remove(nodeId); });
    m_idleTimer.setSingleShot(true);
    connect(&m_idleTimer, &QTimer::timeout, this, &Receiver::checkIdle);
    m_reportTimer.setSingleShot(true);
    connect(&m_reportTimer, &QTimer::timeout, this, [this] {
        fail(tr("The sender was not reached any more to confirm the last messages."));
    });
}

Receiver::~Receiver() = default;

QString Receiver::start()
{
    if (const QString refusal = m_folder ? m_folder->prepare() : QString(); !refusal.isEmpty())
        return refusal;
    if (options().idleExit) {
        m_sinceLast.start();
        m_idleTimer.start(*options().idleExit);
    }
    if (isCountReached())
        QTimer::singleShot(0, this, &Receiver::endWhenReported);
    if (!options().allFlows())
        return addFlow(options().flow, {}).message();
    connect(&node(), &DeliveryNode::producerOffered, this, &Receiver::handleOffered);
    connect(&node(), &DeliveryNode::producerWithdrawn, this, &Receiver::handleWithdrawn);
    return {};
}

Error Receiver::addFlow(const QString &name, const QString &nodeId)
{
    std::unique_ptr<QtDelivery::ConsumerProgress> progress = newProgress();
    QtDelivery::ConsumerSettings settings;
    if (m_folder)
        settings.spoolDirectory = m_folder->spool();
    auto flow = progress ? std::make_unique<FlowConsumer>(name, std::move(progress), settings,
                                                          options().storageKeys, &node())
                         : std::make_unique<FlowConsumer>(name, nodeId, ++m_flowNumber, settings,
                                                          options().storageKeys, &node());
    FlowConsumer *const consumer = flow.get();
    ConsumerController *const controller = &consumer->controller();
    m_flows.push_back(std::move(flow));
    connect(controller, &ConsumerController::delivered, this,
            [this, consumer](const Delivery &delivery) { handleDelivered(consumer, delivery); });
    connect(controller, &ConsumerController::stopped, this,
            [this, consumer] { handleStopped(consumer); });
    connect(controller, &ConsumerController::errorOccurred, this,
            [this, consumer](const Error &error) { handleError(consumer, error); });
    connect(controller, &ConsumerController::attachedChanged, this, &Receiver::endWhenReported);
    connect(controller, &ConsumerController::loaded, this,
            [this, controller] { handleLoaded(controller->position()); });
    connect(controller, &ConsumerController::recorded, this, &Receiver::endWhenReported);
    return consumer->start();
}

std::unique_ptr<QtDelivery::ConsumerProgress> Receiver::newProgress()
{
    std::unique_ptr<QtDelivery::ConsumerProgress> progress;
    if (!options().progress.isEmpty())
        progress = std::make_unique<QtDelivery::FileConsumerProgress>(options().progress,
                                                                      options().storageKeys);
    else if (options().durableSql)
        progress = std::make_unique<QtDelivery::SqlConsumerProgress>(*options().durableSql);
    if (!progress || options().out.isEmpty())
        return progress;
    auto synced = std::make_unique<OutputProgress>(std::move(progress),
                                                   [this] { return m_writer.syncFile(); });
    connect(synced.get(), &OutputProgress::syncFailed, this, [this](int number) {
        //: %1 is a file, %2 the system's reason
        fail(tr("%1 cannot be written to the disk: %2.")
                 .arg(m_writer.fileName(), qt_error_string(number)));
    });
    return synced;
}

void Receiver::handleLoaded(const QtDelivery::ConsumerPosition &position)
{
    qCInfo(lcCli) << "goes on behind message" << position.confirmedSeqNr;
    if (options().out.isEmpty())
        return;
    const QString refusal = m_writer.openFile(options().out, position.context.toLongLong());
    if (!refusal.isEmpty())
        fail(refusal);
}

FlowConsumer *Receiver::findFlow(const QString &name, const QString &nodeId) const
{
    for (const std::unique_ptr<FlowConsumer> &flow : m_flows) {
        if (flow->flow() == name && flow->nodeId() == nodeId)
            return flow.get();
    }
    return nullptr;
}

void Receiver::handleOffered(const QString &producerId, const QString &nodeId)
{
    if (isEnding() || m_interruptedCode)
        return;
    // One that lost its link attaches again by itself; one that is finishing makes way first.
    if (FlowConsumer *const flow = findFlow(producerId, nodeId))
        flow->setOfferedAgain(flow->isFinishing());
    else if (const Error error = addFlow(producerId, nodeId))
        fail(error.message());
}

void Receiver::handleWithdrawn(const QString &producerId, const QString &nodeId)
{
    FlowConsumer *const flow = findFlow(producerId, nodeId);
    if (!flow)
        return;
    flow->setOfferedAgain(false);
    // Without the link nobody knows whether the producer has ended. If it has not, a new consumer
    // would be given again what this one could not report.
    if (m_linkedNodes.contains(nodeId))
        flow->finish();
    else
        flow->waitForReturn();
    endWhenReported();
}

void Receiver::handleStopped(FlowConsumer *flow)
{
    if (isEnding())
        return;
    if (m_interruptedCode) {
        endWhenFinished();
        return;
    }
    const QString name = flow->flow();
    const QString nodeId = flow->nodeId();
    const bool again = flow->isOfferedAgain();
    removeFlow(flow);
    if (again)
        handleOffered(name, nodeId);
}

void Receiver::removeFlow(FlowConsumer *flow)
{
    const auto it = std::find_if(m_flows.begin(), m_flows.end(),
                                 [flow](const auto &other) { return other.get() == flow; });
    if (it == m_flows.end())
        return;
    qCInfo(lcCli).noquote() << "flow" << flow->flow() << "removed";
    m_removedFlows.add(flow->controller().statistics());
    m_flows.erase(it);
}

void Receiver::handleError(FlowConsumer *flow, const Error &error)
{
    qCInfo(lcCli).noquote() << "flow" << flow->flow() << error;
    if (flow->controller().needsRetry()) {
        fail(error.message());
    } else if (error.code() == Error::Code::Replaced) {
        fail(tr("Another receiver has taken the flow '%1'.").arg(flow->flow()));
    } else if (!m_toldErrors.contains(error.message())) {
        m_toldErrors.insert(error.message());
        console().say(error.message());
    }
}

void Receiver::handleDelivered(FlowConsumer *flow, const Delivery &delivery)
{
    // Beyond the count it stays unconfirmed, for the next receiver.
    if (isEnding() || isCountReached())
        return;
    if (!m_sinceFirst.isValid())
        m_sinceFirst.start();
    m_sinceLast.start();
    ++m_accepted;

    if (m_folder) {
        const QString refusal = m_folder->store(delivery);
        if (refusal.isEmpty())
            handleWritten(flow, delivery);
        else
            fail(refusal);
        return;
    }
    QByteArray line;
    line.reserve(delivery.payload().size() + 1);
    if (options().allFlows())
        line += flow->flow().toUtf8() + '\t';
    line += delivery.payload();
    line += '\n';
    m_writer.write(line, [this, guard = QPointer<FlowConsumer>(flow), delivery] {
        handleWritten(guard, delivery);
    });
}

void Receiver::handleWritten(FlowConsumer *flow, const Delivery &delivery)
{
    ++m_written;
    m_writtenBytes += quint64(delivery.payloadSize());
    m_lastWritten = std::chrono::milliseconds(m_sinceFirst.elapsed());
    m_sinceLast.start();
    if (flow)
        flow->confirm(delivery, QByteArray::number(m_writer.fileLength()));
    endWhenReported();
}

bool Receiver::isCountReached() const
{
    return options().count == m_accepted;
}

void Receiver::endWhenReported()
{
    if (isEnding() || options().count != m_written)
        return;
    const bool canReport = std::all_of(m_flows.cbegin(), m_flows.cend(),
                                       [](const auto &flow) { return flow->canReport(); });
    if (canReport)
        end(0);
    else if (!m_reportTimer.isActive())
        m_reportTimer.start(5s);
}

void Receiver::interrupt(int exitCode)
{
    if (isCountReached() && m_writer.isIdle()) {
        end(exitCode);
        return;
    }
    m_interruptedCode = exitCode;
    for (const std::unique_ptr<FlowConsumer> &flow : m_flows)
        flow->finish();
    endWhenFinished();
}

void Receiver::endWhenFinished()
{
    const bool finished = std::all_of(m_flows.cbegin(), m_flows.cend(), [](const auto &flow) {
        return flow->controller().isStopped();
    });
    if (finished)
        end(m_interruptedCode);
}

void Receiver::checkIdle()
{
    const std::chrono::milliseconds rest =
        *options().idleExit - std::chrono::milliseconds(m_sinceLast.elapsed());
    // A line that waits for a slow reader is not idleness.
    if (!m_writer.isIdle())
        m_idleTimer.start(*options().idleExit);
    else if (rest > 0ms)
        m_idleTimer.start(rest);
    else
        end(0);
}

void Receiver::stop(Summary *summary)
{
    m_idleTimer.stop();
    m_reportTimer.stop();
    *summary = m_removedFlows;
    summary->messages = m_written;
    summary->bytes = m_writtenBytes;
    summary->time = m_lastWritten;
    for (const std::unique_ptr<FlowConsumer> &flow : m_flows) {
        summary->add(flow->controller().statistics());
        flow->controller().stop();
    }
}

int Receiver::summaryDescriptor() const
{
    // Standard output carries the messages and nothing else.
    return STDERR_FILENO;
}

Command::Progress Receiver::progress() const
{
    qint64 buffered = 0;
    for (const std::unique_ptr<FlowConsumer> &flow : m_flows)
        buffered += flow->controller().bufferedCount();
    return {m_written, buffered};
}

} // namespace Cli
