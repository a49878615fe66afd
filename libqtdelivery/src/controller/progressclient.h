// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/consumermachine.h"

#include <QtDelivery/consumerprogress.h>

#include <QPointer>

namespace QtDelivery {

/*!
    \brief A consumer's dealings with its durable progress.

    Theory of operation
    -------------------
        Idle --load()--> Loading --loaded()--> Ready        failed(): again after an interval,
                            ^                               or Broken, if trying again is useless
                            |______retry()______ Broken

    A consumer attaches only when the position in the messages of its producer is known. Loading is
   repeated here; afterwards StorePipeline, inside the machine, says what is to be recorded and when
   to try again.
*/
class ProgressClient
{
public:
    enum class State { Idle, Loading, Ready, Broken };

    ProgressClient(ConsumerProgress *progress, QString consumerId, const StoreConfig &config);

    [[nodiscard]] State state() const { return m_state; }
    /*! Where the consumer is: loaded, then what was recorded last. */
    [[nodiscard]] const ConsumerPosition &position() const { return m_position; }
    /*! Why nothing is recorded at present; no error if all is well. */
    [[nodiscard]] const Error &error() const { return m_error; }
    [[nodiscard]] bool isReadyFor(const QString &producerId) const
    {
        return m_state == State::Ready && m_producerId == producerId;
    }

    /*! Asks for the position in the messages of \a producerId. */
    void load(const QString &producerId);
    /*! True if that is what was asked for; then \a machine begins there. */
    [[nodiscard]] bool handleLoaded(ConsumerMachine &machine, const ConsumerPosition &position);

    /*! The application's, of the confirmation that was given last. */
    void setContext(const QByteArray &context) { m_context = context; }
    /*! Hands over what is due. */
    void handOver(ConsumerMachine &machine);
    [[nodiscard]] bool hasWork(const ConsumerMachine &machine) const
    {
        return m_state == State::Ready && machine.hasRecord();
    }
    void handleRecorded(ConsumerMachine &machine, const ConsumerPosition &position);
    /*! The error to be told to the application; none if it knows already. */
    [[nodiscard]] Error handleFailed(ConsumerMachine &machine, const Error &error, TimePoint now);
    void retry(ConsumerMachine &machine);

    [[nodiscard]] std::optional<TimePoint> nextTimeout() const { return m_loadRetry.deadline(); }
    void handleTimeout(TimePoint now);

private:
    void load();

    const QPointer<ConsumerProgress> m_progress;
    const QString m_consumerId;
    const int m_attempts;
    State m_state = State::Idle;
    bool m_wasLoaded = false; // for this producer
    QString m_producerId;
    ConsumerPosition m_position;
    QByteArray m_context;
    Error m_error;
    RetryTimer m_loadRetry;
    int m_loadFailures = 0;
};

} // namespace QtDelivery
