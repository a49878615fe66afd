// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "outputprogress.h"

#include <utility>

namespace Cli {

using QtDelivery::ConsumerPosition;
using QtDelivery::ConsumerProgress;
using QtDelivery::Error;

OutputProgress::OutputProgress(std::unique_ptr<ConsumerProgress> progress, Sync sync,
                               QObject *parent)
    : ConsumerProgress(parent)
    , m_progress(std::move(progress))
    , m_sync(std::move(sync))
{
    m_pool.setMaxThreadCount(1);
    connect(m_progress.get(), &ConsumerProgress::loaded, this, &ConsumerProgress::loaded);
    connect(m_progress.get(), &ConsumerProgress::recorded, this, &ConsumerProgress::recorded);
    connect(m_progress.get(), &ConsumerProgress::failed, this, &OutputProgress::handleFailed);
}

OutputProgress::~OutputProgress()
{
    m_pool.waitForDone();
}

void OutputProgress::load(const QString &consumerId, const QString &producerId)
{
    m_requests.emplace_back(Pair(consumerId, producerId));
    goOn();
}

void OutputProgress::record(const ConsumerPosition &position)
{
    if (!m_requests.empty() && std::holds_alternative<ConsumerPosition>(m_requests.back()))
        m_requests.pop_back();
    m_requests.emplace_back(position);
    goOn();
}

/*! Passes on what waits, up to the next position: that is synced first. */
void OutputProgress::goOn()
{
    while (!m_isSyncing && !m_isBroken && !m_requests.empty()) {
        const Request request = std::exchange(m_requests.front(), {});
        m_requests.pop_front();
        if (const auto *pair = std::get_if<Pair>(&request)) {
            m_progress->load(pair->first, pair->second);
            continue;
        }
        m_isSyncing = true;
        m_synced = std::get<ConsumerPosition>(request);
        m_pool.start([this] {
            const int number = m_sync();
            QMetaObject::invokeMethod(
                this, [this, number] { handleSynced(number); }, Qt::QueuedConnection);
        });
    }
}

void OutputProgress::handleSynced(int number)
{
    m_isSyncing = false;
    if (number != 0) {
        m_isBroken = true;
        Q_EMIT syncFailed(number);
        return;
    }
    if (const auto position = std::exchange(m_synced, std::nullopt))
        m_progress->record(*position);
    goOn();
}

/*! It answers what waits here, too: whoever asked for it asks again. */
void OutputProgress::handleFailed(const Error &error)
{
    m_requests.clear();
    m_synced.reset();
    Q_EMIT failed(error);
}

} // namespace Cli
