// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "producercontrollerprivate.h"

#include "link/logging.h"
#include "threadeddigest.h"
#include "words/text.h"

#include <QtDelivery/deliverynode.h>

namespace QtDelivery {

namespace {

ProducerConfig machineConfig(const ProducerSettings &settings)
{
    return {.maxUnconfirmedMessages = settings.maxUnconfirmedMessages,
            .maxUnconfirmedBytes = quint64(settings.maxUnconfirmedBytes),
            .maxMessageSize = quint64(settings.maxMessageSize),
            .maxStreamedSize = quint64(settings.maxStreamedSize),
            .chunkSize = qsizetype(settings.chunkLargeMessages),
            .probeIntervalMin = settings.resendFirstInterval,
            .probeIntervalMax = settings.resendIntervalMax,
            .newDigest = &ThreadedDigest::make,
            .packer = {.level = settings.compression,
                       .threshold = qsizetype(settings.compressionThreshold)},
            .store = {.maxMessages = settings.maxUnstoredMessages,
                      .maxBytes = quint64(settings.maxUnstoredBytes),
                      .attempts = settings.durableQueueRetryAttempts,
                      .retryMin = settings.durableQueueRetryIntervalMin,
                      .retryMax = settings.durableQueueRetryIntervalMax}};
}

/*! What both the settings and the queue allow. */
ProducerConfig machineConfig(const ProducerSettings &settings, const DurableProducerQueue *queue)
{
    ProducerConfig config = machineConfig(settings);
    config.maxUnconfirmedMessages =
        std::min<SeqNr>(config.maxUnconfirmedMessages, queue->maxMessages());
    config.maxUnconfirmedBytes = std::min(config.maxUnconfirmedBytes, quint64(queue->maxBytes()));
    config.maxMessageSize = std::min(config.maxMessageSize, quint64(queue->maxBytes()));
    return config;
}

} // namespace

ProducerControllerPrivate::ProducerControllerPrivate(ProducerController *controller,
                                                     const QString &id,
                                                     const ProducerSettings &settings,
                                                     DeliveryNode *node)
    : ControllerBase(controller, id, node)
    , q(controller)
    , m_settings(settings)
{
    m_machine.emplace(id, node ? node->flowHost().newIncarnation() : Incarnation{},
                      machineConfig(settings));
}

ProducerControllerPrivate::~ProducerControllerPrivate()
{
    if (m_queue)
        m_queue->handOver(*m_machine); // what was accepted is stored
    leave(Reason::Stopped);
    finishTracked();
}

void ProducerControllerPrivate::join(DurableProducerQueue *queue)
{
    Error error = m_settings.validate();
    if (!error && !queue)
        error = {Error::Code::InvalidArgument, Text::tr("There is no durable queue.")};
    if (!error && queue->thread() != q->thread())
        error = {Error::Code::WrongThread,
                 Text::tr("A durable queue must live in the thread of its controller.")};
    if (!error)
        m_queue = std::make_unique<QueueClient>(queue, id(), machineConfig(m_settings).store);
    ControllerBase::join(error);
    if (m_state)
        return;
    QObject::connect(queue, &DurableProducerQueue::loaded, q,
                     [this](const DurableProducerState &state) { queueLoaded(state); });
    QObject::connect(queue, &DurableProducerQueue::stored, q,
                     [this](qint64 seqNr) { queueStored(seqNr); });
    QObject::connect(queue, &DurableProducerQueue::failed, q,
                     [this](const Error &error) { queueFailed(error); });
    QObject::connect(queue, &QObject::destroyed, q, [this] {
        tell({Error::Code::StorageFailed, Text::tr("The durable queue was destroyed.")});
    });
    m_queue->load();
}

// ---- the application's side

Error ProducerControllerPrivate::registerConsumer(const QString &consumerId, const QString &nodeId)
{
    if (const Error error = usable())
        return error;
    if (!isValidId(consumerId))
        return {Error::Code::InvalidArgument,
                Text::tr("An id must be 1 to 255 bytes of UTF-8 without control characters.")};
    const bool isThatOne = m_machine->isAttached() && consumerId == m_consumerId
        && (nodeId.isEmpty() || nodeId == m_host->peerNodeId(route.link));
    if (route.link && !isThatOne && (consumerId != wantedPartner() || nodeId != wantedNode())) {
        m_host->detach(this, Reason::Replaced);
        m_machine->handleDetach();
        attachmentChanged();
    }
    setWanted(consumerId, nodeId);
    return {};
}

SendResult ProducerControllerPrivate::send(const QByteArray &payload, const QByteArray &context)
{
    if (!isUsable()) {
        if (const Error error = usable())
            return error;
    }
    const SeqNr seqNr = m_machine->nextSeqNr();
    const ProducerMachine::SendOutcome outcome = m_machine->send(payload);
    if (outcome != ProducerMachine::SendOutcome::Accepted)
        return answer(outcome, quint64(payload.size()), m_machine->maxMessageSize());
    if (m_queue)
        m_queue->add({.seqNr = seqNr, .payload = payload, .context = context, .qualifier = {}});
    work();
    return SendResult(seqNr);
}

SendResult ProducerControllerPrivate::answer(ProducerMachine::SendOutcome outcome, quint64 size,
                                             quint64 limit)
{
    if (outcome == ProducerMachine::SendOutcome::Accepted) {
        work();
        return SendResult(m_machine->nextSeqNr() - 1);
    }
    m_observer.rejected();
    if (outcome == ProducerMachine::SendOutcome::TooLarge)
        //: %1 and %2 are numbers of bytes
        return Error(Error::Code::PayloadTooLarge,
                     Text::tr("The payload has %1 bytes; the limit of both sides is %2.")
                         .arg(size)
                         .arg(limit));
    if (!m_started)
        return Error(Error::Code::NotStarted, Text::tr("start() has not been called."));
    return Error(Error::Code::NoDemand,
                 Text::tr("There is no permission for a message: wait for requestNext."));
}

QFuture<SendResult> ProducerControllerPrivate::sendTracked(const QByteArray &payload,
                                                           Completion completion,
                                                           const QByteArray &context)
{
    if (completion == Completion::Stored && !m_queue)
        return Tracked::finished(
            Error(Error::Code::InvalidArgument,
                  Text::tr("Without a durable queue a message is never stored, only confirmed.")));
    const SendResult result = send(payload, context);
    if (!result)
        return Tracked::finished(result);
    return (completion == Completion::Stored ? m_trackedStored : m_trackedConfirmed)
        .add(result.seqNr());
}

void ProducerControllerPrivate::finishDue()
{
    // A continuation may do anything, deleting this object included.
    const LifeWatch alive(m_life);
    for (Tracked *tracked : {&m_trackedStored, &m_trackedConfirmed}) {
        while (alive && tracked->hasDue()) {
            auto due = tracked->takeDue();
            work();
            due.finish();
        }
    }
}

void ProducerControllerPrivate::finishTracked()
{
    // Both first: a continuation may delete this object.
    Tracked stored = std::exchange(m_trackedStored, {});
    Tracked confirmed = std::exchange(m_trackedConfirmed, {});
    const SeqNr storedSeqNr = m_machine->storedSeqNr();
    const SeqNr confirmedSeqNr = m_machine->confirmedSeqNr();
    stored.finishAll(storedSeqNr);
    confirmed.finishAll(confirmedSeqNr);
}

Error ProducerControllerPrivate::retry()
{
    if (const Error error = usable())
        return error;
    record(FlowEvent::Kind::StoreRetried);
    if (m_queue)
        m_queue->retry(*m_machine);
    work();
    return {};
}

// ---- the durable queue

void ProducerControllerPrivate::queueLoaded(const DurableProducerState &state)
{
    if (m_queue->state() != QueueClient::State::Loading || !m_host)
        return;
    const ProducerMemory memory = m_queue->handleLoaded(state);
    m_machine.emplace(id(), memory, machineConfig(m_settings, m_queue->queue()));
    if (m_started)
        m_machine->start();
    qCInfo(lcProducer, "%s: loaded, next is %lld, %lld unconfirmed", qUtf8Printable(id()),
           m_machine->nextSeqNr(), qint64(memory.unconfirmed.size()));
    m_trackedStored.setDue(m_machine->storedSeqNr());
    m_trackedConfirmed.setDue(m_machine->confirmedSeqNr());
    m_loadedTold = false;
    m_observer.storage.reset();
    record(FlowEvent::Kind::Loaded, memory.confirmedSeqNr);
    m_host->offer(this);
    work();
}

void ProducerControllerPrivate::queueStored(SeqNr seqNr)
{
    if (!m_queue->wasLoaded())
        return;
    m_queue->handleStored(*m_machine, seqNr);
    if (m_host)
        m_observer.storage.answered(m_machine->storedSeqNr(), m_host->now());
    work();
    if (m_host && hasFrames())
        m_host->transmitNow(this); // one round of the event loop less until it arrives
}

void ProducerControllerPrivate::handOver()
{
    m_queue->handOver(*m_machine);
    if (m_host && !m_observer.storage.isWaiting())
        m_observer.storage.handedOver(m_machine->nextSeqNr() - 1, m_machine->storedSeqNr(),
                                      m_host->now());
}

void ProducerControllerPrivate::queueFailed(const Error &error)
{
    if (!m_host)
        return;
    record(FlowEvent::Kind::StoreFailed, m_machine->storedSeqNr(), qint64(error.code()));
    if (const Error news = m_queue->handleFailed(*m_machine, error, m_host->now()))
        tell(news);
    m_host->updateTimeout(this);
    work();
}

int ProducerControllerPrivate::emitEvents(int budget)
{
    const LifeWatch alive(m_life);
    int emitted = emitNotices(alive);
    if (alive)
        finishDue();
    QString producerId = alive ? id() : QString();
    while (alive && m_host && emitted < budget) {
        const auto event = m_machine->pollEvent();
        if (!event)
            break;
        ++emitted;
        work();
        emitEvent(*event, producerId);
    }
    if (alive && m_demandTold != demand()) { // not counted: a grant of a turn's size takes one turn
        m_demandTold = demand();
        work();
        Q_EMIT q->demandChanged();
    }
    if (!alive)
        return emitted;
    if (m_queue && m_host && emitted >= budget)
        m_queue->gather(*m_machine, m_host->now());
    else if (m_queue)
        handOver(); // all that was sent in this turn, as one batch
    noteAge(m_machine->nextSeqNr() - 1, m_machine->confirmedSeqNr());
    work();
    return emitted;
}

/*! \a producerId lends its string: to count references would cost as much as all the rest. */
void ProducerControllerPrivate::emitEvent(const ProducerEvent &event, QString &producerId)
{
    if (event.kind == ProducerEvent::Kind::RequestNext) {
        RequestNext next(std::move(producerId), event.seqNr, m_machine->confirmedSeqNr());
        Q_EMIT q->requestNext(next);
        producerId = std::move(next.m_producerId);
        return;
    }
    const LifeWatch alive(m_life);
    switch (event.kind) {
    case ProducerEvent::Kind::Stored:
        m_trackedStored.setDue(event.seqNr);
        Q_EMIT q->stored(event.seqNr);
        break;
    case ProducerEvent::Kind::Confirmed:
        m_trackedConfirmed.setDue(event.seqNr);
        Q_EMIT q->confirmed(event.seqNr);
        break;
    case ProducerEvent::Kind::Progress:
        m_observer.transfer.note(event.seqNr, event.bytes, m_host->turnTime());
        Q_EMIT q->chunkProgress(event.seqNr, qint64(event.bytes), qint64(event.total),
                                m_observer.transfer.at(event.seqNr, m_host->turnTime()));
        break;
    case ProducerEvent::Kind::Unreadable:
        Q_EMIT q->errorOccurred(m_queue->handleUnreadable(event.seqNr));
        break;
    case ProducerEvent::Kind::SourceFailed:
        Q_EMIT q->errorOccurred({Error::Code::SourceFailed,
                                 //: %1 is a message's number
                                 Text::tr("What message %1 is read from cannot be read any more, "
                                          "or has changed; the message "
                                          "is given up.")
                                     .arg(event.seqNr)});
        break;
    case ProducerEvent::Kind::RequestNext:
        break;
    }
    if (alive)
        finishDue();
}

// ---- the link's side

void ProducerControllerPrivate::partnerFound(Link *link, TimePoint now)
{
    record(FlowEvent::Kind::PartnerFound);
    m_host->adopt(this, link);
    m_machine->invite(wantedPartner(), now);
    m_host->updateTimeout(this);
    work();
}

Reason ProducerControllerPrivate::handleAttach(Link *link, ChannelNr channel,
                                               const AttachFrame &frame, TimePoint)
{
    if (frame.producerId != id())
        return Reason::UnexpectedFrame; // the channel is of this producer already
    if (route.link != link && frame.consumer == m_consumer)
        m_machine->handleLinkLost(); // its old link is dead, whether that is known here or not
    const auto answer = m_machine->handleAttach(channel, frame);
    switch (answer.kind) {
    case ProducerMachine::AttachAnswer::Kind::Violation:
        return answer.reason;
    case ProducerMachine::AttachAnswer::Kind::Refused:
        qCInfo(lcProducer, "%s: consumer %s is refused, reason %d", qUtf8Printable(id()),
               qUtf8Printable(frame.consumerId), int(answer.reason));
        record(FlowEvent::Kind::Refused, 0, qint64(answer.reason));
        m_host->refuse(link, channel, answer.reason);
        if (answer.reason == Reason::MessageTooLarge)
            tell({Error::Code::PayloadTooLarge,
                  //: %1 is a consumer's id, %2 a number of bytes
                  Text::tr("The consumer %1 accepts %2 bytes, but a larger message is unconfirmed.")
                      .arg(frame.consumerId)
                      .arg(frame.maxMessageSize)});
        return Reason::None;
    case ProducerMachine::AttachAnswer::Kind::Accepted:
        break;
    }
    if (route.link != link || route.channel != channel) {
        qCInfo(lcProducer, "%s: consumer %s attaches", qUtf8Printable(id()),
               qUtf8Printable(frame.consumerId));
        m_host->detach(this, frame.consumer == m_consumer ? Reason::None : Reason::Replaced);
        m_host->bind(this, link, channel);
        m_consumer = frame.consumer;
        m_consumerId = frame.consumerId;
        m_observer.attached(frame.consumerId, m_host->peerNodeId(link));
        record(FlowEvent::Kind::Attached, m_machine->sentSeqNr() + 1, qint64(m_machine->epoch()));
    }
    attachmentChanged();
    return Reason::None;
}

Reason ProducerControllerPrivate::handleFrame(const Frame &frame, TimePoint now)
{
    Reason violation = Reason::UnexpectedFrame;
    if (const auto *request = std::get_if<RequestFrame>(&frame)) {
        record(FlowEvent::Kind::Report, request->confirmedSeqNr, request->requestUpToSeqNr);
        violation = m_machine->handleRequest(*request, now);
    } else if (const auto *resend = std::get_if<ResendFrame>(&frame)) {
        qCDebug(lcProducer, "%s: resend %lld to %lld", qUtf8Printable(id()), resend->fromSeqNr,
                resend->toSeqNr);
        record(FlowEvent::Kind::ResendAsked, resend->fromSeqNr, resend->toSeqNr);
        violation = m_machine->handleResend(*resend);
    } else if (const auto *detach = std::get_if<DetachFrame>(&frame)) {
        qCInfo(lcProducer, "%s: the consumer detaches, reason %d", qUtf8Printable(id()),
               int(detach->reason));
        record(FlowEvent::Kind::Detached, 0, qint64(detach->reason));
        m_host->detach(this, Reason::None);
        m_machine->handleDetach();
        m_attachmentTold = false;
        violation = Reason::None;
    }
    work();
    return violation;
}

void ProducerControllerPrivate::linkLost()
{
    record(FlowEvent::Kind::LinkLost, m_machine->confirmedSeqNr());
    m_machine->handleLinkLost();
    attachmentChanged();
}

void ProducerControllerPrivate::hostClosing()
{
    // What was accepted is still transmitted, and confirmations are taken until the link ends.
    m_state = {Error::Code::Stopped, Text::tr("The node is closed.")};
    m_machine->pause();
    work(); // there is no demand any more
}

void ProducerControllerPrivate::hostGone()
{
    const bool attachmentToTell = m_machine->isAttached() || !m_attachmentTold;
    m_host = nullptr;
    m_state = {Error::Code::Stopped, Text::tr("The node is closed.")};
    m_machine->handleLinkLost();
    // The node's destructor is no place for continuations and slots.
    QMetaObject::invokeMethod(
        q,
        [this, alive = QPointer(q), attachmentToTell] {
            finishTracked();
            if (alive && attachmentToTell)
                Q_EMIT q->attachedChanged();
            if (alive && std::exchange(m_demandTold, false))
                Q_EMIT q->demandChanged();
        },
        Qt::QueuedConnection);
}

} // namespace QtDelivery
