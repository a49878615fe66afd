// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <QtDelivery/consumercontroller.h>

#include "controllerbase.h"
#include "core/consumermachine.h"
#include "link/logging.h"

#include <QtDelivery/deliverynode.h>

#include <QCoreApplication>

namespace QtDelivery {

namespace {

QString tr(const char *text, int n = -1)
{
    return QCoreApplication::translate("QtDelivery", text, nullptr, n);
}

ConsumerConfig machineConfig(const ConsumerSettings &settings, const DeliveryNode *node)
{
    const qint64 maxPayload = node ? node->flowHost().maxPayload() : settings.maxMessageSize;
    return {.window = settings.flowControlWindow,
            .windowBytes = quint64(settings.flowControlWindowBytes),
            .maxMessageSize = quint64(std::min(settings.maxMessageSize, maxPayload)),
            .retryMin = settings.resendIntervalMin,
            .retryMax = settings.resendIntervalMax,
            .onlyFlowControl = settings.onlyFlowControl};
}

} // namespace

class ConsumerControllerPrivate final : public ControllerBase
{
public:
    ConsumerControllerPrivate(ConsumerController *controller, const QString &id,
                              const ConsumerSettings &settings, DeliveryNode *node)
        : ControllerBase(controller, id, node)
        , q(controller)
        , m_settings(settings)
        , m_machine(id, node ? node->flowHost().newIncarnation() : Incarnation{},
                    machineConfig(settings, node))
        , m_tokenBase(m_machine.incarnation().low)
    {
        join(settings.validate());
    }

    ~ConsumerControllerPrivate() override
    {
        m_machine.reportAtOnce();
        leave(Reason::Stopped);
    }

    Error registerToProducerController(const QString &producerId, const QString &nodeId);
    Error confirm(const Delivery &delivery);
    void deliverThenStop();
    void stop();

    [[nodiscard]] const ConsumerMachine &machine() const { return m_machine; }
    [[nodiscard]] const ConsumerSettings &settings() const { return m_settings; }
    [[nodiscard]] bool isStopped() const { return m_stopped; }
    [[nodiscard]] QString producerNodeId() const
    {
        return m_host && route.link ? m_host->peerNodeId(route.link) : QString();
    }

    // FlowEndpoint
    [[nodiscard]] OfferKind kind() const override { return OfferKind::Consumer; }
    [[nodiscard]] Incarnation incarnation() const override { return m_machine.incarnation(); }
    [[nodiscard]] bool isSeeking() const override
    {
        return !wantedPartner().isEmpty() && !m_refused && !route.link;
    }
    void partnerFound(Link *link, TimePoint now) override;
    void rivalFound(const QString &nodeId) override;
    void invited(Link *link, const QString &producerId, TimePoint now) override;
    [[nodiscard]] Reason handleAttach(Link *, ChannelNr, const AttachFrame &, TimePoint) override
    {
        return Reason::UnexpectedFrame; // that is for producers
    }
    [[nodiscard]] Reason handleFrame(const Frame &frame, TimePoint now) override;
    [[nodiscard]] bool transmit(FrameWriter &writer, qsizetype, TimePoint) override
    {
        return m_machine.pollTransmit(writer);
    }
    void linkLost() override;
    [[nodiscard]] int emitEvents(int budget) override;
    void hostClosing() override;
    void hostGone() override;
    [[nodiscard]] std::optional<TimePoint> nextTimeout() const override
    {
        return m_machine.nextTimeout();
    }
    void handleTimeout(TimePoint now) override
    {
        m_machine.handleTimeout(now);
        work();
    }

private:
    [[nodiscard]] bool hasSignals() const override { return m_machine.hasEvent(); }
    [[nodiscard]] bool hasFrames() const override { return m_machine.hasTransmit(); }
    void applicationStarted() override { m_machine.start(); }
    void applicationGone() override;
    void emitEvent(ConsumerEvent event, QString &producerId);
    void handleDetach(Reason reason);
    void finish();

    ConsumerController *const q;
    const ConsumerSettings m_settings;
    ConsumerMachine m_machine;
    const quint64 m_tokenBase; // makes deliveries of other controllers recognisable
    bool m_refused = false; // replaced or refused: needs a new registration
    bool m_stopped = false;
    bool m_waitingTold = false;
};

// ---- the application's side

Error ConsumerControllerPrivate::registerToProducerController(const QString &producerId,
                                                              const QString &nodeId)
{
    if (const Error error = usable())
        return error;
    if (!isValidId(producerId))
        return {Error::Code::InvalidArgument,
                tr("An id must be 1 to 255 bytes of UTF-8 without control characters.")};
    if (route.link) {
        m_machine.reportAtOnce();
        m_host->flush(this);
        m_host->detach(this, Reason::Moved);
        m_machine.handleDetach();
        attachmentChanged();
    }
    m_refused = false;
    m_machine.setProducer(producerId);
    m_machine.forgetEpoch();
    const bool changed = producerId != wantedPartner();
    setWanted(producerId, nodeId);
    if (changed)
        QMetaObject::invokeMethod(q, &ConsumerController::registrationChanged,
                                  Qt::QueuedConnection);
    return {};
}

Error ConsumerControllerPrivate::confirm(const Delivery &delivery)
{
    if (!isUsable()) {
        if (const Error error = usable())
            return error;
    }
    switch (m_machine.confirm(delivery.seqNr(), delivery.token() - m_tokenBase)) {
    case ConsumerMachine::ConfirmOutcome::Confirmed:
        work();
        if (const auto next = m_machine.nextTimeout();
            next && m_host && (!queuedFor || *next < *queuedFor))
            m_host->updateTimeout(this);
        return {};
    case ConsumerMachine::ConfirmOutcome::AlreadyConfirmed:
        return {Error::Code::AlreadyConfirmed,
                //: %1 is a message's number
                tr("Message %1 has been confirmed before.").arg(delivery.seqNr())};
    case ConsumerMachine::ConfirmOutcome::NotDelivered:
        break;
    }
    return {Error::Code::NotDelivered,
            //: %1 is a message's number
            tr("Message %1 is not the one that waits for its confirmation.").arg(delivery.seqNr())};
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
    m_machine.pause();
    m_machine.reportAtOnce();
    leave(Reason::Stopped);
    m_machine.handleDetach();
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
    int emitted = 0;
    // A slot may end this object or its part in the node. work() before each signal: should the
    // slot run an event loop, the rest is told in there.
    if (!std::exchange(m_attachmentTold, true)) {
        ++emitted;
        work();
        Q_EMIT q->attachedChanged();
    }
    while (alive && m_host && !m_errors.isEmpty()) {
        ++emitted;
        const Error error = m_errors.takeFront();
        work();
        Q_EMIT q->errorOccurred(error);
    }
    QString producerId;
    while (alive && m_host && emitted < budget) {
        auto event = m_machine.pollEvent();
        if (!event)
            break;
        ++emitted;
        if (event->kind
            != ConsumerEvent::Kind::Delivery) // behind which nothing waits until it is confirmed
            work();
        emitEvent(*std::move(event), producerId);
    }
    if (alive)
        work();
    return emitted;
}

/*! \a producerId lends its string: to count references would cost as much as all the rest. */
void ConsumerControllerPrivate::emitEvent(ConsumerEvent event, QString &producerId)
{
    switch (event.kind) {
    case ConsumerEvent::Kind::Delivery: {
        if (!producerId.isSharedWith(m_machine.producerId()))
            producerId = m_machine.producerId(); // a slot has registered elsewhere
        Delivery delivery(std::move(producerId), event.seqNr, std::move(event.payload),
                          m_tokenBase + event.numbering);
        Q_EMIT q->delivered(delivery);
        producerId = std::move(delivery.m_producerId);
        break;
    }
    case ConsumerEvent::Kind::ProducerRestarted:
        qCInfo(lcConsumer, "%s: producer %s has restarted", qUtf8Printable(id()),
               qUtf8Printable(m_machine.producerId()));
        Q_EMIT q->errorOccurred(
            {Error::Code::ProducerRestarted,
             //: %1 is a producer's id
             tr("The producer %1 has begun anew; %n message(s) of its former life were received "
                "but not delivered.",
                int(event.dropped))
                 .arg(m_machine.producerId())});
        break;
    case ConsumerEvent::Kind::Stopped:
        finish();
        break;
    }
}

// ---- the link's side

void ConsumerControllerPrivate::partnerFound(Link *link, TimePoint now)
{
    m_machine.attach(m_host->openChannel(this, link), now);
    m_host->updateTimeout(this);
    work();
}

void ConsumerControllerPrivate::rivalFound(const QString &nodeId)
{
    tell({Error::Code::DuplicateProducer,
          //: %1 is a node's name, %2 a producer's id
          tr("The node %1 offers a producer %2, too; this consumer stays with the one it has.")
              .arg(nodeId, m_machine.producerId())});
}

void ConsumerControllerPrivate::invited(Link *link, const QString &producerId, TimePoint now)
{
    if (route.link)
        return; // attached already, or about to be
    if (producerId != m_machine.producerId() || m_refused)
        m_machine.forgetEpoch();
    m_refused = false;
    m_machine.setProducer(producerId);
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
    } else if (const auto *attached = std::get_if<AttachedFrame>(&frame)) {
        violation = m_machine.handleAttached(*attached, now);
        m_attachmentTold = false;
        qCInfo(lcConsumer, "%s: attached to %s from message %lld", qUtf8Printable(id()),
               qUtf8Printable(m_machine.producerId()), attached->firstSeqNr);
    } else if (const auto *sent = std::get_if<SentFrame>(&frame)) {
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
    m_host->detach(this, Reason::None);
    m_machine.handleDetach();
    m_attachmentTold = false;
    if (reason == Reason::UnknownProducer)
        m_host->registrationChanged(this, wantedPartner()); // another node may have it
    if (reason == Reason::Replaced) {
        m_refused = true;
        m_machine.dropUndelivered();
        tell({Error::Code::Replaced,
              //: %1 is a producer's id
              tr("Another consumer has taken the flow of %1.").arg(m_machine.producerId())});
    } else if (reason == Reason::MessageTooLarge) {
        m_refused = true;
        tell(
            {Error::Code::PayloadTooLarge,
             //: %1 is a producer's id, %2 a number of bytes
             tr("The producer %1 holds a message above this consumer's maxMessageSize of %2 bytes.")
                 .arg(m_machine.producerId())
                 .arg(m_settings.maxMessageSize)});
    }
}

void ConsumerControllerPrivate::linkLost()
{
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

// ---- the public class

ConsumerController::ConsumerController(const QString &consumerId, DeliveryNode *node,
                                       QObject *parent)
    : ConsumerController(consumerId, ConsumerSettings(), node, parent)
{ }

ConsumerController::ConsumerController(const QString &consumerId, const ConsumerSettings &settings,
                                       DeliveryNode *node, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<ConsumerControllerPrivate>(this, consumerId, settings, node))
{ }

ConsumerController::~ConsumerController() = default;

Error ConsumerController::start(QObject *consumer)
{
    return d->start(consumer);
}

Error ConsumerController::registerToProducerController(const QString &producerId,
                                                       const QString &nodeId)
{
    return d->registerToProducerController(producerId, nodeId);
}

Error ConsumerController::confirm(const Delivery &delivery)
{
    return d->confirm(delivery);
}

void ConsumerController::deliverThenStop()
{
    d->deliverThenStop();
}

void ConsumerController::stop()
{
    d->stop();
}

QString ConsumerController::consumerId() const
{
    return d->id();
}

QString ConsumerController::producerId() const
{
    return d->machine().producerId();
}

QString ConsumerController::producerNodeId() const
{
    return d->producerNodeId();
}

const ConsumerSettings &ConsumerController::settings() const
{
    return d->settings();
}

bool ConsumerController::isAttached() const
{
    return d->machine().state() == ConsumerMachine::State::Attached;
}

bool ConsumerController::isStopped() const
{
    return d->isStopped();
}

qint64 ConsumerController::bufferedCount() const
{
    return d->machine().bufferedMessages();
}

FlowStatistics ConsumerController::statistics() const
{
    const ConsumerCounters &counters = d->machine().counters();
    FlowStatistics statistics;
    statistics.messages = counters.messages;
    statistics.bytes = counters.bytes;
    statistics.confirmed = counters.confirmed;
    statistics.duplicatesDropped = counters.duplicatesDropped;
    statistics.attachments = counters.attachments;
    return statistics;
}

} // namespace QtDelivery
