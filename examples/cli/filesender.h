// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "command.h"
#include "ratelimiter.h"

#include <QtDelivery/durableproducerqueue.h>
#include <QtDelivery/producercontroller.h>

#include <memory>
#include <optional>

namespace Cli {

/*! `qtdelivery send --file`: each file becomes one message, with its name; ends when all are
    confirmed. With --durable they are stored first, and the same command goes on where it was
    interrupted. */
class FileSender : public Command
{
    Q_OBJECT

public:
    explicit FileSender(const Options &options);

protected:
    [[nodiscard]] QString start() override;
    void interrupt(int exitCode) override;
    void stop(Summary *summary) override;
    [[nodiscard]] int summaryDescriptor() const override;
    [[nodiscard]] QString progressText(std::chrono::milliseconds elapsed) override;

private:
    void goOn();
    void sendNext();
    /*! Of message \a seqNr; empty if a former life sent it and it is not known any more. */
    [[nodiscard]] QString fileOf(qint64 seqNr) const;
    void handleProgress(qint64 seqNr, qint64 sent, qint64 total);
    /*! Holds the flow back until \a bytes more may have left. */
    void limitRate(qint64 bytes);
    void endWhenConfirmed();
    void handleError(const QtDelivery::Error &error);

    std::unique_ptr<QtDelivery::DurableProducerQueue> m_queue; // null: not durable
    std::unique_ptr<QtDelivery::ProducerController> m_producer;
    std::optional<RateLimiter> m_limiter;
    QTimer m_dueTimer;
    qsizetype m_next = 0; // file to be sent
    quint64 m_bytes = 0;
    QElapsedTimer m_clock; // since the first permission
    int m_exitCode = 0; // when everything is confirmed

    qint64 m_current = 0; // message that is on its way
    qint64 m_done = 0; // bytes of it
    qint64 m_total = 0;
    qint64 m_rate = -1; // bytes per second; -1 = not known
};

} // namespace Cli
