// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/consumerprogress.h>

#include <QThreadPool>

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <variant>

namespace Cli {

/*! \brief Progress that speaks of an output: a position is recorded when the output it covers is on
   the disk.

    Otherwise a power failure could leave a record of lines that are gone, which nobody would send
   again.

    Theory of operation
    -------------------
    record() --> waits --> the output is synced --> record() of the progress within

    Requests wait in their order. Positions that follow each other are one: the newest is recorded
   after one sync, in a thread of its own, and what comes meanwhile waits for the next one. A sync
   that fails is the last, because the system may call the next one a success without having written
   anything: nothing is recorded any more. */
class OutputProgress : public QtDelivery::ConsumerProgress
{
    Q_OBJECT

public:
    /*! 0, or what errno says. Called in another thread, once at a time. */
    using Sync = std::function<int()>;

    OutputProgress(std::unique_ptr<QtDelivery::ConsumerProgress> progress, Sync sync,
                   QObject *parent = nullptr);
    /*! Waits for a sync that goes on. */
    ~OutputProgress() override;

    void load(const QString &consumerId, const QString &producerId) override;
    void record(const QtDelivery::ConsumerPosition &position) override;

Q_SIGNALS:
    /*! The output cannot be synced; \a number is what errno said. Nothing is answered any more. */
    void syncFailed(int number);

private:
    using Pair = std::pair<QString, QString>; // consumer, producer
    using Request = std::variant<Pair, QtDelivery::ConsumerPosition>; // a pair is to be loaded

    void goOn();
    void handleSynced(int number);
    void handleFailed(const QtDelivery::Error &error);

    const std::unique_ptr<QtDelivery::ConsumerProgress> m_progress;
    const Sync m_sync;
    std::deque<Request> m_requests; // that wait for the end of the sync
    std::optional<QtDelivery::ConsumerPosition> m_synced; // what the sync that goes on is for
    bool m_isSyncing = false;
    bool m_isBroken = false;
    QThreadPool m_pool;
};

} // namespace Cli
