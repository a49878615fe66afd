// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "controllerbase.h"
#include "core/producermachine.h"
#include "queueclient.h"
#include "tracked.h"

#include <QtDelivery/producercontroller.h>
#include <QtDelivery/result.h>

namespace QtDelivery {

/*! \brief What ProducerController hides: between the application, the machine, the node and the
 * durable queue. */
class ProducerControllerPrivate final : public ControllerBase
{
public:
    using Completion = ProducerController::Completion;

    ProducerControllerPrivate(ProducerController *controller, const QString &id,
                              const ProducerSettings &settings, DeliveryNode *node);
    ~ProducerControllerPrivate() override;

    void join() { ControllerBase::join(m_settings.validate()); }
    /*! The same with a durable queue: offered when it is loaded. */
    void join(DurableProducerQueue *queue);

    Error registerConsumer(const QString &consumerId, const QString &nodeId);
    SendResult send(const QByteArray &payload, const QByteArray &context);
    SendResult send(std::unique_ptr<QIODevice> device, const QString &name,
                    const QByteArray &context);
    SendResult sendFile(const QString &path, const QString &name, const QByteArray &context);
    Error cancel(SeqNr seqNr);
    void setPaused(bool paused);
    QFuture<SendResult> sendTracked(const QByteArray &payload, Completion completion,
                                    const QByteArray &context);
    Error retry();

    [[nodiscard]] const ProducerMachine &machine() const { return *m_machine; }
    [[nodiscard]] const QueueClient *queue() const { return m_queue.get(); }
    [[nodiscard]] bool demand() const { return m_host && !m_state && m_machine->hasPermission(); }
    [[nodiscard]] const ProducerSettings &settings() const { return m_settings; }

    // FlowEndpoint
    [[nodiscard]] OfferKind kind() const override { return OfferKind::Producer; }
    [[nodiscard]] Incarnation incarnation() const override { return m_machine->incarnation(); }
    [[nodiscard]] bool isOffered() const override { return !m_queue || m_queue->wasLoaded(); }
    [[nodiscard]] bool isSeeking() const override
    {
        return isOffered() && !wantedPartner().isEmpty() && !route.link && !m_machine->isAttached();
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
        const bool more = m_machine->pollTransmit(writer, budget, now);
        if (m_machine->hasFailedSource() && !route.queuedForEvents)
            m_host->scheduleEvents(this); // the other side may have nothing to answer
        return more;
    }
    void linkLost() override;
    [[nodiscard]] int emitEvents(int budget) override;
    [[nodiscard]] FlowSnapshot snapshot() const override;
    void hostClosing() override;
    void hostGone() override;
    [[nodiscard]] std::optional<TimePoint> nextTimeout() const override
    {
        return earliest(m_machine->nextTimeout(), m_queue ? m_queue->nextTimeout() : std::nullopt);
    }
    void handleTimeout(TimePoint now) override
    {
        m_machine->handleTimeout(now);
        if (m_queue)
            m_queue->handleTimeout(now);
        work();
    }

private:
    [[nodiscard]] bool hasSignals() const override
    {
        return m_machine->hasEvent() || hasTrackedToFinish() || m_demandTold != demand()
            || (m_queue && m_queue->hasWork(*m_machine));
    }
    [[nodiscard]] bool hasFrames() const override { return m_machine->hasTransmit(); }
    void emitAttachedChanged() override { Q_EMIT q->attachedChanged(); }
    void emitError(const Error &error) override { Q_EMIT q->errorOccurred(error); }
    void emitLoaded() override { Q_EMIT q->loaded(); }
    void applicationStarted() override { m_machine->start(); }
    void applicationGone() override { m_machine->pause(); }
    void emitEvent(const ProducerEvent &event, QString &producerId);
    [[nodiscard]] bool hasTrackedToFinish() const
    {
        return m_trackedStored.hasDue() || m_trackedConfirmed.hasDue();
    }
    /*! Why a message cannot come from a device or file now; no error if it can. */
    [[nodiscard]] Error streamable(const QString &name) const;
    SendResult send(const Result<std::shared_ptr<PayloadSource>> &source, const QString &name,
                    const QByteArray &context);
    /*! \a source is copied by the queue, and transmitted from there. */
    SendResult sendStored(const std::shared_ptr<PayloadSource> &source, const QString &name,
                          const QByteArray &context);
    SendResult answer(ProducerMachine::SendOutcome outcome, quint64 size, quint64 limit);
    void finishDue();
    void finishTracked();
    void queueLoaded(const DurableProducerState &state);
    void queueStored(SeqNr seqNr);
    void queueFailed(const Error &error);
    void handOver();

    ProducerController *const q;
    const ProducerSettings m_settings;
    std::optional<ProducerMachine> m_machine; // made anew when the queue is loaded
    std::unique_ptr<QueueClient> m_queue; // null: messages live in memory
    Incarnation m_consumer; // that was attached last
    QString m_consumerId;
    bool m_demandTold = false;
    Tracked m_trackedStored;
    Tracked m_trackedConfirmed;
};

} // namespace QtDelivery
