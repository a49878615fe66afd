// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/consumermachine.h"
#include "storageclient.h"

#include <QtDelivery/consumerprogress.h>

#include <QPointer>

namespace QtDelivery {

/*! \brief A consumer's dealings with its durable progress. A consumer attaches only when the
 * position in the messages of its producer is known. */
class ProgressClient final : public StorageClient
{
public:
    ProgressClient(ConsumerProgress *progress, QString consumerId, const StoreConfig &config);

    /*! Where the consumer is: loaded, then what was recorded last. */
    [[nodiscard]] const ConsumerPosition &position() const { return m_position; }
    [[nodiscard]] StorageSnapshot storageSnapshot() const override
    {
        return m_progress ? m_progress->storageSnapshot() : StorageSnapshot();
    }
    [[nodiscard]] bool isReadyFor(const QString &producerId) const
    {
        return state() == State::Ready && m_producerId == producerId;
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
        return state() == State::Ready && machine.hasRecord();
    }
    void handleRecorded(ConsumerMachine &machine, const ConsumerPosition &position);
    /*! The error to be told to the application; none if it knows already. */
    [[nodiscard]] Error handleFailed(ConsumerMachine &machine, const Error &error, TimePoint now);
    void retry(ConsumerMachine &machine);

private:
    void requestLoad() override;

    const QPointer<ConsumerProgress> m_progress;
    const QString m_consumerId;
    QString m_producerId;
    ConsumerPosition m_position;
    QByteArray m_context;
};

} // namespace QtDelivery
