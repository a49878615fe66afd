// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <QtDelivery/producercontroller.h>

#include "controllerbase.h"
#include "core/producermachine.h"
#include "link/logging.h"

#include <QtDelivery/deliverynode.h>

#include <QCoreApplication>
#include <QPromise>

#include <map>

namespace QtDelivery {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("QtDelivery", text);
}

ProducerConfig machineConfig(const ProducerSettings &settings)
{
    return {.maxUnconfirmedMessages = settings.maxUnconfirmedMessages,
            .maxUnconfirmedBytes = quint64(settings.maxUnconfirmedBytes),
            .maxMessageSize = quint64(settings.maxMessageSize),
            .probeIntervalMin = settings.resendFirstInterval,
            .probeIntervalMax = settings.resendIntervalMax};
}

QFuture<SendResult> finished(const SendResult &result)
{
    QPromise<SendResult> promise;
    promise.start();
    promise.addResult(result);
    promise.finish();
    return promise.future();
}

} // namespace

class ProducerControllerPrivate final : public ControllerBase
{
public:
    ProducerControllerPrivate(ProducerController *controller, const QString &id,
                              const ProducerSettings &settings, DeliveryNode *node)
        : ControllerBase(controller, id, node)
        , q(controller)
        , m_settings(settings)
        , m_machine(id, node ? node->flowHost().newIncarnation() : Incarnation{},
                    machineConfig(settings))
    {
        join(settings.validate());
    }

    ~ProducerControllerPrivate() override
    {
        leave(Reason::Stopped);
        finishTracked();
    }

    Error registerConsumer(const QString &consumerId, const QString &nodeId);
    SendResult send(const QByteArray &payload);
    QFuture<SendResult> sendTracked(const QByteArray &payload);

    [[nodiscard]] const ProducerMachine &machine() const { return m_machine; }
    [[nodiscard]] bool demand() const { return m_host && !m_state && m_machine.hasPermission(); }
    [[nodiscard]] const ProducerSettings &settings() const { return m_settings; }

    // FlowEndpoint
    [[nodiscard]] OfferKind kind() const override { return OfferKind::Producer; }
    [[nodiscard]] Incarnation incarnation() const override { return m_machine.incarnation(); }
    [[nodiscard]] bool isSeeking() const override
    {
        return !wantedPartner().isEmpty() && !route.link && !m_machine.isAttached();
    }
    void partnerFound(Link *link, TimePoint now) override;
    void rivalFound(const QString &) override {
    } // several nodes may well have a consumer of one name
    void invited(Link *, const QString &, TimePoint) override { } // that is for consumers
    [[nodiscard]] Reason handleAttach(Link *link, ChannelNr channel, const AttachFrame &frame,
                                      TimePoint now) override;
    [[nodiscard]] Reason handleFrame(const Frame &frame, TimePoint now) override;
    [[nodiscard]] bool transmit(FrameWriter &writer, qsizetype budget, TimePoint now) override
    {
        return m_machine.pollTransmit(writer, budget, now);
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
    [[nodiscard]] bool hasSignals() const override
    {
        return m_machine.hasEvent() || hasTrackedToFinish() || m_demandTold != demand();
    }
    [[nodiscard]] bool hasFrames() const override { return m_machine.hasTransmit(); }
    void applicationStarted() override { m_machine.start(); }
    void applicationGone() override { m_machine.pause(); }
    void emitEvent(const ProducerEvent &event, QString &producerId);
    [[nodiscard]] bool hasTrackedToFinish() const
    {
        return !m_tracked.empty() && m_tracked.begin()->first <= m_trackedUpTo;
    }
    void confirmTracked();
    void finishTracked();

    ProducerController *const q;
    const ProducerSettings m_settings;
    ProducerMachine m_machine;
    Incarnation m_consumer; // that was attached last
    QString m_consumerId;
    bool m_demandTold = false;
    std::map<SeqNr, QPromise<SendResult>> m_tracked;
    SeqNr m_trackedUpTo = 0; // of these, what is to be finished with success
};

// ---- the application's side

Error ProducerControllerPrivate::registerConsumer(const QString &consumerId, const QString &nodeId)
{
    if (const Error error = usable())
        return error;
    if (!isValidId(consumerId))
        return {Error::Code::InvalidArgument,
                tr("An id must be 1 to 255 bytes of UTF-8 without control characters.")};
    const bool isThatOne = m_machine.isAttached() && consumerId == m_consumerId
        && (nodeId.isEmpty() || nodeId == m_host->peerNodeId(route.link));
    if (route.link && !isThatOne && (consumerId != wantedPartner() || nodeId != wantedNode())) {
        m_host->detach(this, Reason::Replaced);
        m_machine.handleDetach();
        attachmentChanged();
    }
    setWanted(consumerId, nodeId);
    return {};
}

SendResult ProducerControllerPrivate::send(const QByteArray &payload)
{
    if (!isUsable()) {
        if (const Error error = usable())
            return error;
    }
    const SeqNr seqNr = m_machine.nextSeqNr();
    switch (m_machine.send(payload)) {
    case ProducerMachine::SendOutcome::Accepted:
        work();
        return SendResult(seqNr);
    case ProducerMachine::SendOutcome::TooLarge:
        //: %1 and %2 are numbers of bytes
        return Error(Error::Code::PayloadTooLarge,
                     tr("The payload has %1 bytes; maxMessageSize allows %2.")
                         .arg(payload.size())
                         .arg(m_machine.maxMessageSize()));
    case ProducerMachine::SendOutcome::NoDemand:
        break;
    }
    if (!m_started)
        return Error(Error::Code::NotStarted, tr("start() has not been called."));
    return Error(Error::Code::NoDemand,
                 tr("There is no permission for a message: wait for requestNext."));
}

QFuture<SendResult> ProducerControllerPrivate::sendTracked(const QByteArray &payload)
{
    const SendResult result = send(payload);
    if (!result)
        return finished(result);
    QPromise<SendResult> &promise = m_tracked[result.seqNr()];
    promise.start();
    return promise.future();
}

void ProducerControllerPrivate::confirmTracked()
{
    // A continuation may do anything, deleting this object included: take the promise out before it
    // is finished.
    const LifeWatch alive(m_life);
    while (alive && hasTrackedToFinish()) {
        auto node = m_tracked.extract(m_tracked.begin());
        work();
        node.mapped().addResult(SendResult(node.key()));
        node.mapped().finish();
    }
}

void ProducerControllerPrivate::finishTracked()
{
    auto tracked = std::exchange(m_tracked, {});
    const SeqNr confirmed = m_machine.confirmedSeqNr(); // a continuation may delete this object
    for (auto &[seqNr, promise] : tracked) {
        if (seqNr <= confirmed)
            promise.addResult(SendResult(seqNr));
        else
            promise.addResult(SendResult(
                Error(Error::Code::Stopped,
                      //: %1 is a message's number
                      tr("The controller stopped before message %1 was confirmed.").arg(seqNr))));
        promise.finish();
    }
}

int ProducerControllerPrivate::emitEvents(int budget)
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
    if (alive)
        confirmTracked();
    QString producerId = alive ? id() : QString();
    while (alive && m_host && emitted < budget) {
        const auto event = m_machine.pollEvent();
        if (!event)
            break;
        ++emitted;
        work();
        emitEvent(*event, producerId);
    }
    if (alive && m_demandTold != demand()) {
        ++emitted;
        m_demandTold = demand();
        work();
        Q_EMIT q->demandChanged();
    }
    if (alive)
        work();
    return emitted;
}

/*! \a producerId lends its string: to count references would cost as much as all the rest. */
void ProducerControllerPrivate::emitEvent(const ProducerEvent &event, QString &producerId)
{
    if (event.kind == ProducerEvent::Kind::RequestNext) {
        RequestNext next(std::move(producerId), event.seqNr, m_machine.confirmedSeqNr());
        Q_EMIT q->requestNext(next);
        producerId = std::move(next.m_producerId);
        return;
    }
    m_trackedUpTo = event.seqNr;
    const LifeWatch alive(m_life);
    Q_EMIT q->confirmed(event.seqNr);
    if (alive)
        confirmTracked();
}

// ---- the link's side

void ProducerControllerPrivate::partnerFound(Link *link, TimePoint now)
{
    m_host->adopt(this, link);
    m_machine.invite(wantedPartner(), now);
    m_host->updateTimeout(this);
    work();
}

Reason ProducerControllerPrivate::handleAttach(Link *link, ChannelNr channel,
                                               const AttachFrame &frame, TimePoint)
{
    if (frame.producerId != id())
        return Reason::UnexpectedFrame; // the channel is of this producer already
    if (route.link != link && frame.consumer == m_consumer)
        m_machine.handleLinkLost(); // its old link is dead, whether that is known here or not
    const auto answer = m_machine.handleAttach(channel, frame);
    switch (answer.kind) {
    case ProducerMachine::AttachAnswer::Kind::Violation:
        return answer.reason;
    case ProducerMachine::AttachAnswer::Kind::Refused:
        qCInfo(lcProducer, "%s: consumer %s is refused, reason %d", qUtf8Printable(id()),
               qUtf8Printable(frame.consumerId), int(answer.reason));
        m_host->refuse(link, channel, answer.reason);
        if (answer.reason == Reason::MessageTooLarge)
            tell({Error::Code::PayloadTooLarge,
                  //: %1 is a consumer's id, %2 a number of bytes
                  tr("The consumer %1 accepts %2 bytes, but a larger message is unconfirmed.")
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
    }
    attachmentChanged();
    return Reason::None;
}

Reason ProducerControllerPrivate::handleFrame(const Frame &frame, TimePoint now)
{
    Reason violation = Reason::UnexpectedFrame;
    if (const auto *request = std::get_if<RequestFrame>(&frame)) {
        violation = m_machine.handleRequest(*request, now);
    } else if (const auto *resend = std::get_if<ResendFrame>(&frame)) {
        qCDebug(lcProducer, "%s: resend %lld to %lld", qUtf8Printable(id()), resend->fromSeqNr,
                resend->toSeqNr);
        violation = m_machine.handleResend(*resend);
    } else if (const auto *detach = std::get_if<DetachFrame>(&frame)) {
        qCInfo(lcProducer, "%s: the consumer detaches, reason %d", qUtf8Printable(id()),
               int(detach->reason));
        m_host->detach(this, Reason::None);
        m_machine.handleDetach();
        m_attachmentTold = false;
        violation = Reason::None;
    }
    work();
    return violation;
}

void ProducerControllerPrivate::linkLost()
{
    m_machine.handleLinkLost();
    attachmentChanged();
}

void ProducerControllerPrivate::hostClosing()
{
    // What was accepted is still transmitted, and confirmations are taken until the link ends.
    m_state = {Error::Code::Stopped, tr("The node is closed.")};
    m_machine.pause();
    work(); // there is no demand any more
}

void ProducerControllerPrivate::hostGone()
{
    const bool attachmentToTell = m_machine.isAttached() || !m_attachmentTold;
    m_host = nullptr;
    m_state = {Error::Code::Stopped, tr("The node is closed.")};
    m_machine.handleLinkLost();
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

// ---- the public class

ProducerController::ProducerController(const QString &producerId, DeliveryNode *node,
                                       QObject *parent)
    : ProducerController(producerId, ProducerSettings(), node, parent)
{ }

ProducerController::ProducerController(const QString &producerId, const ProducerSettings &settings,
                                       DeliveryNode *node, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<ProducerControllerPrivate>(this, producerId, settings, node))
{ }

ProducerController::~ProducerController() = default;

Error ProducerController::start(QObject *producer)
{
    return d->start(producer);
}

Error ProducerController::registerConsumer(const QString &consumerId, const QString &nodeId)
{
    return d->registerConsumer(consumerId, nodeId);
}

SendResult ProducerController::send(const QByteArray &payload)
{
    return d->send(payload);
}

QFuture<SendResult> ProducerController::sendTracked(const QByteArray &payload)
{
    return d->sendTracked(payload);
}

QString ProducerController::producerId() const
{
    return d->id();
}

const ProducerSettings &ProducerController::settings() const
{
    return d->settings();
}

bool ProducerController::demand() const
{
    return d->demand();
}

bool ProducerController::isAttached() const
{
    return d->machine().isAttached();
}

qint64 ProducerController::confirmedSeqNr() const
{
    return d->machine().confirmedSeqNr();
}

qint64 ProducerController::currentSeqNr() const
{
    return d->machine().nextSeqNr();
}

qint64 ProducerController::unconfirmedCount() const
{
    return d->machine().nextSeqNr() - 1 - d->machine().confirmedSeqNr();
}

FlowStatistics ProducerController::statistics() const
{
    const ProducerCounters &counters = d->machine().counters();
    FlowStatistics statistics;
    statistics.messages = counters.messages;
    statistics.bytes = counters.bytes;
    statistics.confirmed = quint64(d->machine().confirmedSeqNr());
    statistics.resent = counters.resent;
    statistics.attachments = counters.attachments;
    return statistics;
}

} // namespace QtDelivery
