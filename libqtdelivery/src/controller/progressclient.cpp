// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "progressclient.h"

#include "streamid.h"

namespace QtDelivery {

ProgressClient::ProgressClient(ConsumerProgress *progress, QString consumerId,
                               const StoreConfig &config)
    : StorageClient(config)
    , m_progress(progress)
    , m_consumerId(std::move(consumerId))
{ }

void ProgressClient::load(const QString &producerId)
{
    m_producerId = producerId;
    m_position = {};
    m_context.clear();
    forget();
    StorageClient::load();
}

void ProgressClient::requestLoad()
{
    if (m_progress)
        m_progress->load(m_consumerId, m_producerId);
}

bool ProgressClient::handleLoaded(ConsumerMachine &machine, const ConsumerPosition &position)
{
    if (state() != State::Loading || position.producerId != m_producerId)
        return false; // asked for before the application changed its mind
    StorageClient::handleLoaded();
    m_position = position;
    m_context = position.context;
    if (!position.streamId.isNull())
        machine.restore(toIncarnation(position.streamId), position.confirmedSeqNr);
    return true;
}

void ProgressClient::handOver(ConsumerMachine &machine)
{
    if (!m_progress || state() != State::Ready)
        return;
    if (const auto confirmed = machine.pollRecord())
        m_progress->record({.producerId = m_producerId,
                            .streamId = toUuid(machine.producer()),
                            .confirmedSeqNr = *confirmed,
                            .context = m_context});
}

void ProgressClient::handleRecorded(ConsumerMachine &machine, const ConsumerPosition &position)
{
    if (position.producerId != m_producerId)
        return;
    m_position = position;
    handleProgress();
    machine.handleRecorded(toIncarnation(position.streamId), position.confirmedSeqNr);
}

Error ProgressClient::handleFailed(ConsumerMachine &machine, const Error &error, TimePoint now)
{
    return StorageClient::handleFailed(error, now, [&] { return machine.handleRecordFailed(now); });
}

void ProgressClient::retry(ConsumerMachine &machine)
{
    if (resumeStoring())
        machine.retryRecord();
}

} // namespace QtDelivery
