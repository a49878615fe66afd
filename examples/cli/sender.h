// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "command.h"
#include "inputposition.h"
#include "linereader.h"
#include "ratelimiter.h"

#include <QtDelivery/durableproducerqueue.h>
#include <QtDelivery/producercontroller.h>

#include <memory>
#include <optional>

namespace Cli {

/*! `qtdelivery send`: each line becomes a message when the consumer grants it; ends when all are
    confirmed. With --durable they are stored first, and the same command goes on where it was
    interrupted. */
class Sender : public Command
{
    Q_OBJECT

public:
    explicit Sender(const Options &options);

protected:
    [[nodiscard]] QString start() override;
    void interrupt(int exitCode) override;
    void stop(Summary *summary) override;
    [[nodiscard]] int summaryDescriptor() const override;
    [[nodiscard]] Progress progress() const override;

private:
    void connectProducer();
    void goOn();
    /*! Passes by what was stored before; true when that is done. */
    [[nodiscard]] bool skipLines();
    void sendLines();
    [[nodiscard]] bool takeLine();
    [[nodiscard]] bool isDue();
    void sendLine();
    void endWhenConfirmed();
    void endInput(const QString &reason);

    LineReader m_lines;
    std::optional<RateLimiter> m_limiter;
    std::unique_ptr<QtDelivery::DurableProducerQueue> m_queue; // null: not durable
    std::unique_ptr<QtDelivery::ProducerController> m_producer;
    InputPosition m_position; // of what was taken
    std::optional<InputPosition> m_goOnFrom; // stored before, and not passed by yet
    std::optional<QByteArray> m_line; // taken, to be sent next
    RateLimiter::TimePoint m_due; // when m_line may leave
    QTimer m_dueTimer;
    QElapsedTimer m_clock; // since the first permission
    bool m_inputEnded = false;
    int m_exitCode = 0; // when everything is confirmed
};

} // namespace Cli
