// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "queueclient.h"

#include "streamid.h"
#include "words/text.h"

namespace QtDelivery {

namespace {

// Each life of a producer has its own range of epochs: nobody attaches 2^32 times in one life.
constexpr int EpochBits = 32;

// What is worth a sync, and how long it may take to gather that: both small beside a sync.
constexpr int WorthwhileBatch = 256;
constexpr Duration LongestGathering = std::chrono::microseconds(100);

} // namespace

QueueClient::QueueClient(DurableProducerQueue *queue, QString producerId, const StoreConfig &config)
    : StorageClient(config)
    , m_queue(queue)
    , m_producerId(std::move(producerId))
{ }

void QueueClient::requestLoad()
{
    if (m_queue)
        m_queue->load(m_producerId);
}

ProducerMemory QueueClient::handleLoaded(const DurableProducerState &state)
{
    StorageClient::handleLoaded();
    m_context = state.context;
    m_unstored.clear();
    m_payloads.clear();
    m_skipped.clear();
    ProducerMemory memory{.incarnation = toIncarnation(state.streamId),
                          .epoch = quint64(state.generation) << EpochBits,
                          .confirmedSeqNr = state.currentSeqNr - 1 - state.unconfirmed.size(),
                          .unconfirmed = {}};
    memory.unconfirmed.reserve(size_t(state.unconfirmed.size()));
    for (const DurableMessage &message : state.unconfirmed)
        memory.unconfirmed.push_back(remembered(message));
    return memory;
}

RememberedMessage QueueClient::remembered(const DurableMessage &message) const
{
    RememberedMessage kept{.payload = message.payload,
                           .source = {},
                           .name = message.name,
                           .isSkipped = message.isSkipped};
    if (message.fileSize > 0) {
        const auto payload =
            std::make_shared<StoredPayload>(quint64(message.fileSize), message.digest);
        setFile(*payload, message.seqNr);
        kept.source = payload;
    }
    return kept;
}

void QueueClient::skip(const ProducerMachine &machine, SeqNr seqNr)
{
    if (seqNr > machine.storedSeqNr())
        m_skipped.insert(seqNr);
    else if (m_queue)
        m_queue->skip(seqNr, {});
}

void QueueClient::setFile(StoredPayload &payload, SeqNr seqNr) const
{
    payload.setFile(m_queue->payloadFile(seqNr),
                    m_queue->openPayload(seqNr, qint64(payload.size())));
}

void QueueClient::handOver(ProducerMachine &machine)
{
    if (!m_queue || state() != State::Ready)
        return;
    m_gathered = 0;
    m_gatheringSince.reset();
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

void QueueClient::gather(ProducerMachine &machine, TimePoint now)
{
    if (!m_gatheringSince)
        m_gatheringSince = now;
    if (m_gathered >= WorthwhileBatch || now - *m_gatheringSince >= LongestGathering)
        handOver(machine);
}

void QueueClient::handleStored(ProducerMachine &machine, SeqNr seqNr)
{
    const SeqNr before = machine.storedSeqNr();
    machine.handleStored(seqNr);
    for (SeqNr n = before; n < machine.storedSeqNr(); ++n)
        m_context = m_unstored.takeFront().context;
    while (!m_payloads.empty() && m_payloads.begin()->first <= machine.storedSeqNr()) {
        const auto payload = m_payloads.extract(m_payloads.begin());
        if (m_queue)
            setFile(*payload.mapped(), payload.key());
    }
    while (!m_skipped.empty() && *m_skipped.begin() <= machine.storedSeqNr())
        skip(machine, m_skipped.extract(m_skipped.begin()).value());
    if (machine.storedSeqNr() > before)
        handleProgress();
}

Error QueueClient::handleFailed(ProducerMachine &machine, const Error &error, TimePoint now)
{
    const bool isLoaded = state() != State::Loading;
    if (isLoaded && error.code() == Error::Code::SourceFailed && !m_unstored.isEmpty()
        && m_unstored.front().reader) {
        skipUnstorable(machine);
        return {}; // the machine has an event for that
    }
    return StorageClient::handleFailed(error, now, [&] { return machine.handleStoreFailed(now); });
}

/*! The number must be stored, or there would be a gap after a restart. */
void QueueClient::skipUnstorable(ProducerMachine &machine)
{
    DurableMessage &message = m_unstored.front();
    message.payload.clear();
    message.name.clear();
    message.reader.reset();
    message.isSkipped = true;
    m_payloads.erase(message.seqNr);
    machine.handleUnstorable(message.seqNr);
}

Error QueueClient::handleUnreadable(SeqNr seqNr)
{
    const Error reason(Error::Code::StorageFailed,
                       //: %1 is the number of a message, %2 the path of a file
                       Text::tr("The payload of message %1 cannot be read, or is not what was "
                                "stored: %2.")
                           .arg(seqNr)
                           .arg(m_queue ? m_queue->payloadFile(seqNr) : QString()));
    return handleGivenUp(reason);
}

void QueueClient::retry(ProducerMachine &machine)
{
    if (resumeStoring())
        machine.retryStore();
}

} // namespace QtDelivery
