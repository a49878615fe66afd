// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "consumercontrollerprivate.h"

#include "deliveryextra.h"
#include "link/logging.h"
#include "storage/payloadspool.h"
#include "streamid.h"
#include "threadeddigest.h"
#include "words/text.h"

#include <QtDelivery/deliverynode.h>

namespace QtDelivery {

namespace {

StoreConfig recordConfig(const ConsumerSettings &settings)
{
    return {.attempts = settings.progressRetryAttempts,
            .retryMin = settings.progressRetryIntervalMin,
            .retryMax = settings.progressRetryIntervalMax};
}

ConsumerConfig machineConfig(const ConsumerSettings &settings, const DeliveryNode *node,
                             bool isDurable)
{
    const qint64 maxPayload = node ? node->flowHost().maxPayload() : settings.maxMessageSize;
    return {.window = settings.flowControlWindow,
            .windowBytes = quint64(settings.flowControlWindowBytes),
            .maxMessageSize = quint64(std::min(settings.maxMessageSize, maxPayload)),
            .maxRangedSize = quint64(settings.spoolDirectory.isEmpty() ? settings.maxMessageSize
                                                                       : settings.maxStreamedSize),
            .spoolThreshold = quint64(settings.spoolThreshold),
            .retryMin = settings.resendIntervalMin,
            .retryMax = settings.resendIntervalMax,
            .onlyFlowControl = settings.onlyFlowControl,
            .newDigest = &ThreadedDigest::make,
            .progress = isDurable ? std::optional(recordConfig(settings)) : std::nullopt};
}

} // namespace

ConsumerControllerPrivate::ConsumerControllerPrivate(ConsumerController *controller,
                                                     const QString &id,
                                                     const ConsumerSettings &settings,
                                                     DeliveryNode *node, bool isDurable,
                                                     std::shared_ptr<const CipherKeys> spoolKeys)
    : ControllerBase(controller, id, node)
    , q(controller)
    , m_settings(settings)
    , m_spoolKeys(std::move(spoolKeys))
    , m_machine(id, node ? node->flowHost().newIncarnation() : Incarnation{},
                machineConfig(settings, node, isDurable))
    , m_tokenBase(m_machine.incarnation().low)
{ }

void ConsumerControllerPrivate::join()
{
    Error error = m_settings.validate();
    if (!error)
        error = prepareSpool();
    ControllerBase::join(error);
}

/*! Makes the spool, if there is to be one. */
Error ConsumerControllerPrivate::prepareSpool()
{
    if (m_settings.spoolDirectory.isEmpty())
        return {};
    m_spool = std::make_unique<FilePayloadSpool>(
        m_settings.spoolDirectory,
        FilePayloadSpool::Limits{.keep = m_settings.cleanupPartialAfter,
                                 .maxParts = m_settings.maxPartialMessages},
        m_spoolKeys);
    m_machine.setSpool(m_spool.get());
    return m_spool->prepare();
}

ConsumerControllerPrivate::~ConsumerControllerPrivate()
{
    tellConfirmed();
    leave(Reason::Stopped);
}

// ---- the application's side

Error ConsumerControllerPrivate::registerToProducerController(const QString &producerId,
                                                              const QString &nodeId)
{
    if (const Error error = usable())
        return error;
    if (!isValidId(producerId))
        return {Error::Code::InvalidArgument,
                Text::tr("An id must be 1 to 255 bytes of UTF-8 without control characters.")};
    if (route.link) {
        tellConfirmed();
        m_host->flush(this);
        m_host->detach(this, Reason::Moved);
        m_machine.handleDetach();
        attachmentChanged();
    }
    m_refused = false;
    m_observer.allowed();
    setProducer(producerId);
    m_machine.forgetEpoch();
    const bool changed = producerId != wantedPartner();
    setWanted(producerId, nodeId);
    if (changed)
        QMetaObject::invokeMethod(q, &ConsumerController::registrationChanged,
                                  Qt::QueuedConnection);
    return {};
}

void ConsumerControllerPrivate::setProducer(const QString &producerId)
{
    const bool isOther = producerId != m_machine.producerId();
    if (isOther)
        tellConfirmed(); // of the former one
    m_machine.setProducer(producerId);
    if (isOther && m_progress)
        m_progress->load(producerId);
}

Error ConsumerControllerPrivate::confirm(const Delivery &delivery, const QByteArray &context)
{
    if (!isUsable()) {
        if (const Error error = usable())
            return error;
    }
    const bool datesReport = m_host && m_machine.mayDateReport();
    if (datesReport)
        m_machine.noteTime(m_host->now());
    switch (m_machine.confirm(delivery.seqNr(), delivery.token() - m_tokenBase)) {
    case ConsumerMachine::ConfirmOutcome::Confirmed:
        if (m_progress)
            m_progress->setContext(context);
        work();
        if (datesReport)
            m_host->updateTimeout(this);
        return {};
    case ConsumerMachine::ConfirmOutcome::AlreadyConfirmed:
        m_observer.rejected();
        return {Error::Code::AlreadyConfirmed,
                //: %1 is a message's number
                Text::tr("Message %1 has been confirmed before.").arg(delivery.seqNr())};
    case ConsumerMachine::ConfirmOutcome::NotDelivered:
        break;
    }
    m_observer.rejected();
    return {Error::Code::NotDelivered,
            //: %1 is a message's number
            Text::tr("Message %1 is not the one that waits for its confirmation.")
                .arg(delivery.seqNr())};
}

ConsumerPosition ConsumerControllerPrivate::positionOf(const Delivery &delivery) const
{
    if (!m_machine.isOutstanding(delivery.seqNr(), delivery.token() - m_tokenBase))
        return {};
    return {.producerId = delivery.producerId(),
            .streamId = toUuid(m_machine.producer()),
            .confirmedSeqNr = delivery.seqNr(),
            .context = {}};
}

void ConsumerControllerPrivate::deliverThenStop()
{
    if (usable())
        return;
    m_machine.deliverThenStop();
    work();
}

void ConsumerControllerPrivate::stop()
{
    if (!usable())
        finish();
}

void ConsumerControllerPrivate::applicationGone()
{
    finish();
}

void ConsumerControllerPrivate::finish()
{
    if (m_stopped)
        return;
    const bool wasAttached = m_machine.state() == ConsumerMachine::State::Attached;
    m_stopped = true;
    m_started = false;
    record(FlowEvent::Kind::Stopped);
    m_machine.pause();
    tellConfirmed();
    leave(Reason::Stopped);
    m_machine.handleDetach();
    m_machine.leaveRanges();
    QMetaObject::invokeMethod(
        q,
        [controller = QPointer(q), wasAttached] {
            if (wasAttached && controller)
                Q_EMIT controller->attachedChanged();
            if (controller)
                Q_EMIT controller->stopped();
        },
        Qt::QueuedConnection);
}

int ConsumerControllerPrivate::emitEvents(int budget)
{
    const LifeWatch alive(m_life);
    int emitted = emitNotices(alive);
    if (alive && !std::exchange(m_recordedTold, true)) {
        ++emitted;
        work();
        Q_EMIT q->recorded(m_progress->position().confirmedSeqNr);
    }
    while (alive && m_host && emitted < budget) {
        const auto event = m_machine.pollEvent();
        if (!event)
            break;
        ++emitted;
        if (event->kind
            != ConsumerEvent::Kind::Delivery) // behind which nothing waits until it is confirmed
            work();
        emitEvent(*event, alive);
    }
    if (!alive)
        return emitted;
    if (m_progress)
        handOver(); // all that was confirmed in this turn
    if (m_machine.outstanding())
        noteOutstanding();
    noteAge(m_machine.receivedSeqNr(), m_machine.confirmedSeqNr());
    work();
    return emitted;
}

/*! The producer's id is lent: to count references would cost as much as all the rest. \a alive
 * watches this object. */
void ConsumerControllerPrivate::emitDelivery(const ReceivedMessage &message, const LifeWatch &alive)
{
    if (!m_lentProducerId.isSharedWith(m_machine.producerId()))
        m_lentProducerId = m_machine.producerId(); // it is new, or lent already
    Delivery delivery(std::move(m_lentProducerId), message.seqNr, message.payload,
                      m_tokenBase + message.numbering);
    if (message.extra)
        delivery.m_extra =
            std::make_shared<DeliveryExtra>(message.extra->name, message.extra->file);
    Q_EMIT q->delivered(delivery); // after which the message may be gone
    if (!alive)
        return;
    m_lentProducerId = std::move(delivery.m_producerId);
    m_machine.recycle(std::move(delivery.m_payload));
}

/*! \a alive watches this object. */
void ConsumerControllerPrivate::emitEvent(const ConsumerEvent &event, const LifeWatch &alive)
{
    switch (event.kind) {
    case ConsumerEvent::Kind::Delivery:
        emitDelivery(*m_machine.outstanding(), alive);
        break;
    case ConsumerEvent::Kind::ProducerRestarted:
        record(FlowEvent::Kind::ProducerRestarted, 0, qint64(event.dropped));
        m_ages = {};
        qCInfo(lcConsumer, "%s: producer %s has restarted", qUtf8Printable(id()),
               qUtf8Printable(m_machine.producerId()));
        Q_EMIT q->errorOccurred(
            {Error::Code::ProducerRestarted,
             //: %1 is a producer's id
             Text::tr(
                 "The producer %1 has begun anew; %n message(s) of its former life were received "
                 "but not delivered.",
                 nullptr, int(event.dropped))
                 .arg(m_machine.producerId())});
        break;
    case ConsumerEvent::Kind::Progress:
        m_observer.transfer.note(event.seqNr, event.bytes, m_host->turnTime());
        Q_EMIT q->chunkProgress(event.seqNr, qint64(event.bytes), qint64(event.total),
                                m_observer.transfer.at(event.seqNr, m_host->turnTime()));
        break;
    case ConsumerEvent::Kind::SpoolFailed:
        Q_EMIT q->errorOccurred(m_spool->error());
        break;
    case ConsumerEvent::Kind::Stopped:
        finish();
        break;
    }
}

// ---- the progress

void ConsumerControllerPrivate::join(ConsumerProgress *progress)
{
    Error error = m_settings.validate();
    if (!error)
        error = prepareSpool();
    if (!error && !progress)
        error = {Error::Code::InvalidArgument, Text::tr("There is no durable progress.")};
    if (!error && progress->thread() != q->thread())
        error = {Error::Code::WrongThread,
                 Text::tr("A durable progress must live in the thread of its controller.")};
    if (!error)
        m_progress = std::make_unique<ProgressClient>(progress, id(), recordConfig(m_settings));
    ControllerBase::join(error);
    if (m_state)
        return;
    QObject::connect(progress, &ConsumerProgress::loaded, q,
                     [this](const ConsumerPosition &position) { progressLoaded(position); });
    QObject::connect(progress, &ConsumerProgress::recorded, q,
                     [this](const ConsumerPosition &position) { progressRecorded(position); });
    QObject::connect(progress, &ConsumerProgress::failed, q,
                     [this](const Error &error) { progressFailed(error); });
    QObject::connect(progress, &QObject::destroyed, q, [this] {
        tell({Error::Code::StorageFailed, Text::tr("The durable progress was destroyed.")});
    });
}

void ConsumerControllerPrivate::progressLoaded(const ConsumerPosition &position)
{
    if (!m_host || !m_progress->handleLoaded(m_machine, position))
        return;
    qCInfo(lcConsumer, "%s: %s was confirmed up to %lld", qUtf8Printable(id()),
           qUtf8Printable(position.producerId), position.confirmedSeqNr);
    m_loadedTold = false;
    m_observer.storage.reset();
    record(FlowEvent::Kind::Loaded, position.confirmedSeqNr);
    m_host->registrationChanged(this, wantedPartner()); // it may look for it now
    work();
}

void ConsumerControllerPrivate::progressRecorded(const ConsumerPosition &position)
{
    m_progress->handleRecorded(m_machine, position);
    if (m_host)
        m_observer.storage.answered(m_machine.reportedSeqNr(), m_host->now());
    m_recordedTold = false;
    work();
}

void ConsumerControllerPrivate::tellConfirmed()
{
    m_machine.reportAtOnce();
    if (m_progress)
        m_progress->handOver(m_machine);
}

void ConsumerControllerPrivate::handOver()
{
    m_progress->handOver(m_machine);
    if (m_host && !m_observer.storage.isWaiting())
        m_observer.storage.handedOver(m_machine.confirmedSeqNr(), m_machine.reportedSeqNr(),
                                      m_host->now());
}

void ConsumerControllerPrivate::noteOutstanding() const
{
    if (m_host)
        m_observer.outstanding(m_machine.counters().messages, m_host->turnTime());
}

void ConsumerControllerPrivate::progressFailed(const Error &error)
{
    if (!m_host)
        return;
    record(FlowEvent::Kind::StoreFailed, m_machine.reportedSeqNr(), qint64(error.code()));
    if (const Error news = m_progress->handleFailed(m_machine, error, m_host->now()))
        tell(news);
    m_host->updateTimeout(this);
    work();
}

Error ConsumerControllerPrivate::retry()
{
    if (const Error error = usable())
        return error;
    record(FlowEvent::Kind::StoreRetried);
    if (m_progress)
        m_progress->retry(m_machine);
    work();
    return {};
}

// ---- the link's side

void ConsumerControllerPrivate::partnerFound(Link *link, TimePoint now)
{
    record(FlowEvent::Kind::PartnerFound);
    m_machine.attach(m_host->openChannel(this, link), now);
    m_host->updateTimeout(this);
    work();
}

void ConsumerControllerPrivate::rivalFound(const QString &nodeId)
{
    tell(
        {Error::Code::DuplicateProducer,
         //: %1 is a node's name, %2 a producer's id
         Text::tr("The node %1 offers a producer %2, too; this consumer stays with the one it has.")
             .arg(nodeId, m_machine.producerId())});
}

void ConsumerControllerPrivate::invited(Link *link, const QString &producerId, TimePoint now)
{
    if (route.link)
        return; // attached already, or about to be
    if (producerId != m_machine.producerId() || m_refused)
        m_machine.forgetEpoch();
    m_refused = false;
    m_observer.allowed();
    setProducer(producerId);
    if (!m_progress || m_progress->isReadyFor(producerId)) // otherwise when it is loaded
        partnerFound(link, now); // before the directory may look for a partner itself
    const bool changed = producerId != wantedPartner();
    setWanted(producerId, m_host->peerNodeId(link));
    if (changed)
        QMetaObject::invokeMethod(q, &ConsumerController::registrationChanged,
                                  Qt::QueuedConnection);
}

Reason ConsumerControllerPrivate::handleFrame(const Frame &frame, TimePoint now)
{
    Reason violation = Reason::UnexpectedFrame;
    if (const auto *message = std::get_if<MessageFrame>(&frame)) {
        violation = m_machine.handleMessage(*message, now);
        if (!m_started && !std::exchange(m_waitingTold, true))
            qCWarning(lcConsumer, "%s: messages arrive, but start() was not called",
                      qUtf8Printable(id()));
    } else if (const auto *range = std::get_if<RangeFrame>(&frame)) {
        if (route.sharedAt)
            m_machine.noteLinkShared(*route.sharedAt);
        violation = m_machine.handleRange(*range, now);
    } else if (const auto *skip = std::get_if<SkipFrame>(&frame)) {
        violation = m_machine.handleSkip(*skip, now);
    } else if (const auto *attached = std::get_if<AttachedFrame>(&frame)) {
        violation = m_machine.handleAttached(*attached, now);
        m_observer.attached(m_machine.producerId(), producerNodeId());
        record(FlowEvent::Kind::Attached, attached->firstSeqNr, qint64(attached->epoch));
        m_attachmentTold = false;
        qCInfo(lcConsumer, "%s: attached to %s from message %lld", qUtf8Printable(id()),
               qUtf8Printable(m_machine.producerId()), attached->firstSeqNr);
    } else if (const auto *sent = std::get_if<SentFrame>(&frame)) {
        record(FlowEvent::Kind::Probe, sent->sentSeqNr);
        violation = m_machine.handleSent(*sent, now);
    } else if (const auto *detach = std::get_if<DetachFrame>(&frame)) {
        handleDetach(detach->reason);
        violation = Reason::None;
    }
    work();
    return violation;
}

void ConsumerControllerPrivate::handleDetach(Reason reason)
{
    qCInfo(lcConsumer, "%s: detached from %s, reason %d", qUtf8Printable(id()),
           qUtf8Printable(m_machine.producerId()), int(reason));
    record(FlowEvent::Kind::Detached, 0, qint64(reason));
    m_host->detach(this, Reason::None);
    m_machine.handleDetach();
    m_attachmentTold = false;
    if (reason == Reason::UnknownProducer)
        m_host->registrationChanged(this, wantedPartner()); // another node may have it
    if (reason == Reason::Replaced) {
        m_refused = true;
        m_machine.dropUndelivered();
        refuse(
            {Error::Code::Replaced,
             //: %1 is a producer's id
             Text::tr("Another consumer has taken the flow of %1.").arg(m_machine.producerId())});
    } else if (reason == Reason::MessageTooLarge) {
        m_refused = true;
        refuse({Error::Code::PayloadTooLarge,
                //: %1 is a producer's id, %2 a number of bytes
                Text::tr("The producer %1 holds a message above this consumer's maxMessageSize of "
                         "%2 bytes.")
                    .arg(m_machine.producerId())
                    .arg(m_settings.maxMessageSize)});
    }
}

void ConsumerControllerPrivate::refuse(const Error &why)
{
    m_observer.refused(why);
    tell(why);
}

void ConsumerControllerPrivate::linkLost()
{
    record(FlowEvent::Kind::LinkLost, m_machine.confirmedSeqNr());
    m_machine.handleLinkLost();
    attachmentChanged();
}

void ConsumerControllerPrivate::hostClosing()
{
    finish();
}

void ConsumerControllerPrivate::hostGone()
{
    m_host = nullptr;
    finish();
}

} // namespace QtDelivery
