// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "command.h"
#include "linewriter.h"
#include "targetfolder.h"

#include <QtDelivery/consumerprogress.h>

#include <QtDelivery/delivery.h>

#include <QSet>

#include <memory>
#include <optional>
#include <vector>

namespace Cli {

class FlowConsumer;

/*! `qtdelivery receive`: each message becomes a line of standard output and is then confirmed. */
class Receiver : public Command
{
    Q_OBJECT

public:
    explicit Receiver(const Options &options);
    ~Receiver() override;

protected:
    [[nodiscard]] QString start() override;
    void interrupt(int exitCode) override;
    void stop(Summary *summary) override;
    [[nodiscard]] int summaryDescriptor() const override;
    [[nodiscard]] Progress progress() const override;

private:
    [[nodiscard]] QtDelivery::Error addFlow(const QString &name, const QString &nodeId);
    [[nodiscard]] FlowConsumer *findFlow(const QString &name, const QString &nodeId) const;
    [[nodiscard]] std::unique_ptr<QtDelivery::ConsumerProgress> newProgress();
    void handleLoaded(const QtDelivery::ConsumerPosition &position);
    void removeFlow(FlowConsumer *flow);
    void handleOffered(const QString &producerId, const QString &nodeId);
    void handleWithdrawn(const QString &producerId, const QString &nodeId);
    void handleStopped(FlowConsumer *flow);
    void handleError(FlowConsumer *flow, const QtDelivery::Error &error);
    void handleDelivered(FlowConsumer *flow, const QtDelivery::Delivery &delivery);
    void handleWritten(FlowConsumer *flow, const QtDelivery::Delivery &delivery);
    [[nodiscard]] bool isCountReached() const;
    /*! Ends if the count is written, and every producer knows it or can be told; waits a while for
       those that cannot. */
    void endWhenReported();
    void endWhenFinished();
    void checkIdle();

    LineWriter m_writer;
    std::optional<TargetFolder> m_folder; // else lines are written
    std::vector<std::unique_ptr<FlowConsumer>> m_flows;
    quint64 m_flowNumber = 0; // the last one's
    QSet<QString> m_linkedNodes;
    QSet<QString> m_toldErrors;

    quint64 m_accepted = 0; // messages that were given to the writer
    quint64 m_written = 0;
    quint64 m_writtenBytes = 0;
    Summary m_removedFlows; // what flows did that are gone

    QElapsedTimer m_sinceFirst;
    std::chrono::milliseconds m_lastWritten{0}; // on the clock m_sinceFirst
    QElapsedTimer m_sinceLast;
    QTimer m_idleTimer;
    QTimer m_reportTimer;
    int m_interruptedCode = 0; // 0 = not interrupted
};

} // namespace Cli
