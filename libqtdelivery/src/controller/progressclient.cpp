// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "progressclient.h"

#include "storageerrors.h"
#include "streamid.h"

namespace QtDelivery {

ProgressClient::ProgressClient(ConsumerProgress *progress, QString consumerId,
                               const StoreConfig &config)
    : m_progress(progress)
    , m_consumerId(std::move(consumerId))
    , m_attempts(config.attempts)
    , m_loadRetry(config.retryMin, config.retryMax)
{ }

void ProgressClient::load(const QString &producerId)
{
    m_producerId = producerId;
    m_position = {};
    m_context.clear();
    m_wasLoaded = false;
    m_loadFailures = 0;
    m_loadRetry.stop();
    load();
}

void ProgressClient::load()
{
    m_state = State::Loading;
    if (m_progress)
        m_progress->load(m_consumerId, m_producerId);
}

bool ProgressClient::handleLoaded(ConsumerMachine &machine, const ConsumerPosition &position)
{
    if (m_state != State::Loading || position.producerId != m_producerId)
        return false; // asked for before the application changed its mind
    m_state = State::Ready;
    m_wasLoaded = true;
    m_error = {};
    m_loadRetry.stop();
    m_position = position;
    m_context = position.context;
    if (!position.streamId.isNull())
        machine.restore(toIncarnation(position.streamId), position.confirmedSeqNr);
    return true;
}

void ProgressClient::handOver(ConsumerMachine &machine)
{
    if (!m_progress || m_state != State::Ready)
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
    m_error = {};
    machine.handleRecorded(toIncarnation(position.streamId), position.confirmedSeqNr);
}

Error ProgressClient::handleFailed(ConsumerMachine &machine, const Error &error, TimePoint now)
{
    const bool isNews = !m_error;
    const bool wasLoading = m_state == State::Loading;
    m_error = error;
    bool isBroken = needsHelp(error.code());
    if (wasLoading) {
        isBroken = isBroken || ++m_loadFailures >= m_attempts;
        m_loadRetry.startIfStopped(now);
    } else if (machine.handleRecordFailed(now) == StorePipeline::Failure::Broken) {
        isBroken = true;
    }
    if (!isBroken)
        return isNews ? storageRetried(error) : Error();
    m_state = State::Broken;
    m_loadRetry.stop();
    m_error = storageGivenUp(error);
    return m_error;
}

void ProgressClient::retry(ConsumerMachine &machine)
{
    if (m_state != State::Broken)
        return;
    m_error = {};
    m_loadFailures = 0;
    if (m_wasLoaded) {
        m_state = State::Ready;
        machine.retryRecord();
    } else {
        load();
    }
}

void ProgressClient::handleTimeout(TimePoint now)
{
    if (m_loadRetry.expire(now))
        load();
}

} // namespace QtDelivery
