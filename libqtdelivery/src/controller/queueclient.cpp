// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "queueclient.h"

#include "storageerrors.h"
#include "streamid.h"

namespace QtDelivery {

namespace {

// Each life of a producer has its own range of epochs: nobody attaches 2^32 times in one life.
constexpr int EpochBits = 32;

} // namespace

QueueClient::QueueClient(DurableProducerQueue *queue, QString producerId, const StoreConfig &config)
    : m_queue(queue)
    , m_producerId(std::move(producerId))
    , m_attempts(config.attempts)
    , m_loadRetry(config.retryMin, config.retryMax)
{ }

void QueueClient::load()
{
    m_state = State::Loading;
    if (m_queue)
        m_queue->load(m_producerId);
}

ProducerMemory QueueClient::handleLoaded(const DurableProducerState &state)
{
    m_state = State::Ready;
    m_wasLoaded = true;
    m_error = {};
    m_loadRetry.stop();
    m_context = state.context;
    m_unstored.clear();
    ProducerMemory memory{.incarnation = toIncarnation(state.streamId),
                          .epoch = quint64(state.generation) << EpochBits,
                          .confirmedSeqNr = state.currentSeqNr - 1 - state.unconfirmed.size(),
                          .unconfirmed = {}};
    memory.unconfirmed.reserve(size_t(state.unconfirmed.size()));
    for (const DurableMessage &message : state.unconfirmed)
        memory.unconfirmed.push_back(message.payload);
    return memory;
}

void QueueClient::handOver(ProducerMachine &machine)
{
    if (!m_queue || m_state != State::Ready)
        return;
    if (const auto range = machine.pollStore(); !range.isEmpty()) {
        QList<DurableMessage> batch;
        batch.reserve(range.to - range.from + 1);
        for (SeqNr n = range.from; n <= range.to; ++n)
            batch.append(m_unstored[n - machine.storedSeqNr() - 1]);
        m_queue->store(batch);
    }
    if (const auto confirmed = machine.pollRecord())
        m_queue->confirm(*confirmed, {});
}

void QueueClient::handleStored(ProducerMachine &machine, SeqNr seqNr)
{
    const SeqNr before = machine.storedSeqNr();
    machine.handleStored(seqNr);
    for (SeqNr n = before; n < machine.storedSeqNr(); ++n)
        m_context = m_unstored.takeFront().context;
    if (machine.storedSeqNr() > before)
        m_error = {};
}

Error QueueClient::handleFailed(ProducerMachine &machine, const Error &error, TimePoint now)
{
    const bool isNews = !m_error;
    const bool wasLoading = m_state == State::Loading;
    m_error = error;
    bool isBroken = needsHelp(error.code());
    if (wasLoading) {
        isBroken = isBroken || ++m_loadFailures >= m_attempts;
        m_loadRetry.startIfStopped(now);
    } else if (machine.handleStoreFailed(now) == StorePipeline::Failure::Broken) {
        isBroken = true;
    }
    if (!isBroken)
        return isNews ? storageRetried(error) : Error();
    m_state = State::Broken;
    m_loadRetry.stop();
    m_error = storageGivenUp(error);
    return m_error;
}

void QueueClient::retry(ProducerMachine &machine)
{
    if (m_state != State::Broken)
        return;
    m_error = {};
    m_loadFailures = 0;
    if (m_wasLoaded) {
        m_state = State::Ready;
        machine.retryStore();
    } else {
        load();
    }
}

void QueueClient::handleTimeout(TimePoint now)
{
    if (m_loadRetry.expire(now))
        load();
}

} // namespace QtDelivery
