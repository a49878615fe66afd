// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "controllerbase.h"
#include "core/consumermachine.h"
#include "progressclient.h"

#include <QtDelivery/consumercontroller.h>

namespace QtDelivery {

class CipherKeys;
class FilePayloadSpool;

/*! \brief What ConsumerController hides: between the application, the machine, the node and the
 * durable progress. */
class ConsumerControllerPrivate final : public ControllerBase
{
public:
    ConsumerControllerPrivate(ConsumerController *controller, const QString &id,
                              const ConsumerSettings &settings, DeliveryNode *node, bool isDurable,
                              std::shared_ptr<const CipherKeys> spoolKeys = nullptr);
    ~ConsumerControllerPrivate() override;

    void join();
    /*! The same with durable progress: attached when the position is loaded. */
    void join(ConsumerProgress *progress);

    Error registerToProducerController(const QString &producerId, const QString &nodeId);
    Error confirm(const Delivery &delivery, const QByteArray &context);
    Error retry();
    [[nodiscard]] ConsumerPosition positionOf(const Delivery &delivery) const;
    void deliverThenStop();
    void stop();

    [[nodiscard]] const ConsumerMachine &machine() const { return m_machine; }
    [[nodiscard]] const ProgressClient *progress() const { return m_progress.get(); }
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
        return !wantedPartner().isEmpty() && !m_refused && !route.link
            && (!m_progress || m_progress->isReadyFor(wantedPartner()));
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
        const quint64 asked = m_machine.counters().resendsAsked;
        const bool more = m_machine.pollTransmit(writer);
        if (m_machine.counters().resendsAsked != asked)
            record(FlowEvent::Kind::ResendAsked, m_machine.receivedSeqNr() + 1,
                   m_machine.highestKnown());
        return more;
    }
    void linkLost() override;
    [[nodiscard]] int emitEvents(int budget) override;
    [[nodiscard]] FlowSnapshot snapshot() const override;
    void hostClosing() override;
    void hostGone() override;
    [[nodiscard]] std::optional<TimePoint> nextTimeout() const override
    {
        return earliest(m_machine.nextTimeout(),
                        m_progress ? m_progress->nextTimeout() : std::nullopt);
    }
    void handleTimeout(TimePoint now) override
    {
        m_machine.handleTimeout(now);
        if (m_progress)
            m_progress->handleTimeout(now);
        work();
    }

private:
    [[nodiscard]] bool hasSignals() const override
    {
        return m_machine.hasEvent() || !m_recordedTold
            || (m_progress && m_progress->hasWork(m_machine));
    }
    [[nodiscard]] bool hasFrames() const override { return m_machine.hasTransmit(); }
    void emitAttachedChanged() override { Q_EMIT q->attachedChanged(); }
    void emitError(const Error &error) override { Q_EMIT q->errorOccurred(error); }
    void emitLoaded() override { Q_EMIT q->loaded(); }
    void applicationStarted() override { m_machine.start(); }
    void applicationGone() override;
    void emitDelivery(const ReceivedMessage &message, const LifeWatch &alive);
    void emitEvent(const ConsumerEvent &event, const LifeWatch &alive);
    void handleDetach(Reason reason);
    void finish();
    void setProducer(const QString &producerId);
    void progressLoaded(const ConsumerPosition &position);
    void progressRecorded(const ConsumerPosition &position);
    void progressFailed(const Error &error);
    /*! What is confirmed is recorded and reported without waiting for more. */
    void tellConfirmed();
    void handOver();
    void noteOutstanding() const;
    [[nodiscard]] Error prepareSpool();
    void refuse(const Error &why);

    ConsumerController *const q;
    const ConsumerSettings m_settings;
    const std::shared_ptr<const CipherKeys> m_spoolKeys; // null: the spool is not encrypted
    std::unique_ptr<FilePayloadSpool> m_spool; // null: everything is in memory
    ConsumerMachine m_machine;
    std::unique_ptr<ProgressClient> m_progress; // null: what is confirmed is known in memory
    bool m_recordedTold = true;
    QString m_lentProducerId; // shared with the machine's, for the next Delivery
    const quint64 m_tokenBase; // makes deliveries of other controllers recognisable
    bool m_refused = false; // replaced or refused: needs a new registration
    bool m_stopped = false;
    bool m_waitingTold = false;
};

} // namespace QtDelivery
