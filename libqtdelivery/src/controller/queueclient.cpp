// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "queueclient.h"

#include "streamid.h"

#include <QCoreApplication>

namespace QtDelivery {

namespace {

// Each life of a producer has its own range of epochs: nobody attaches 2^32 times in one life.
constexpr int EpochBits = 32;

QString tr(const char *text, int n = -1)
{
    return QCoreApplication::translate("QtDelivery", text, nullptr, n);
}

/*! Trying again cannot help: somebody has to do something first. */
bool needsHelp(Error::Code code)
{
    return code == Error::Code::StorageInUse || code == Error::Code::StorageCorrupt
        || code == Error::Code::UnknownFormat || code == Error::Code::InvalidArgument
        || code == Error::Code::WrongThread;
}

} // namespace

QueueClient::QueueClient(DurableProducerQueue *queue, QString producerId, const StoreConfig &config)
    : m_queue(queue)
    , m_producerId(std::move(producerId))
    , m_config(config)
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
    m_contexts.clear();
    ProducerMemory memory{.incarnation = toIncarnation(state.streamId),
                          .epoch = quint64(state.generation) << EpochBits,
                          .confirmedSeqNr = state.currentSeqNr - 1 - state.unconfirmed.size()};
    memory.unconfirmed.reserve(size_t(state.unconfirmed.size()));
    for (const DurableMessage &message : state.unconfirmed)
        memory.unconfirmed.push_back(message.payload);
    return memory;
}

bool QueueClient::hasWork(const ProducerMachine &machine)
{
    return machine.hasStore() || machine.hasRecord();
}

void QueueClient::handOver(ProducerMachine &machine)
{
    if (!m_queue || m_state != State::Ready)
        return;
    if (const auto range = machine.pollStore(); !range.isEmpty()) {
        QList<DurableMessage> batch;
        batch.reserve(range.to - range.from + 1);
        for (SeqNr n = range.from; n <= range.to; ++n)
            batch.append({.seqNr = n,
                          .payload = machine.payload(n),
                          .context = m_contexts[n - machine.storedSeqNr() - 1],
                          .qualifier = {}});
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
        m_context = m_contexts.takeFront();
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
        isBroken = isBroken || ++m_loadFailures >= m_config.attempts;
        if (!isBroken)
            m_loadRetry.startIfStopped(now);
    } else if (machine.handleStoreFailed(now) == StorePipeline::Failure::Broken) {
        isBroken = true;
    }
    if (isBroken) {
        m_state = State::Broken;
        m_loadRetry.stop();
        m_error = {error.code(),
                   //: %1 is the reason, a whole sentence
                   tr("The durable queue has given up: %1 Nothing is lost. Call retry() when the "
                      "reason is gone.")
                       .arg(error.message())};
        return m_error;
    }
    if (!isNews)
        return {};
    //: %1 is the reason, a whole sentence
    return {error.code(), tr("The durable queue has failed and is tried again: %1").arg(error.message())};
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
    const auto deadline = m_loadRetry.deadline();
    if (!deadline || !m_loadRetry.expire(now))
        return;
    load();
}

} // namespace QtDelivery
