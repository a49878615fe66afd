// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/durableproducerqueue.h>

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTimer>

#include <deque>

namespace Monitor {

/*! \brief A durable queue on a bad disk: it takes its time for each answer, and now and then a long
   one. It forgets everything with its process, which a demonstration may. */
class SlowQueue : public QtDelivery::DurableProducerQueue
{
    Q_OBJECT

public:
    explicit SlowQueue(quint32 seed, QObject *parent = nullptr);

    void load(const QString &producerId) override;
    void store(const QList<QtDelivery::DurableMessage> &messages) override;
    void confirm(qint64 seqNr, const QString &qualifier) override;
    [[nodiscard]] qint64 maxMessages() const override;
    [[nodiscard]] qint64 maxBytes() const override;
    [[nodiscard]] QtDelivery::StorageSnapshot storageSnapshot() const override;

private:
    void answer();
    void beginSync(int milliseconds);

    QtDelivery::DurableProducerState m_state;
    std::deque<qint64> m_unanswered; // the last number of each batch
    QRandomGenerator m_random;
    QTimer m_timer;
    QElapsedTimer m_sync; // the one that is under way
    QtDelivery::StorageSnapshot m_shown;
};

} // namespace Monitor
