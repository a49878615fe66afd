// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/consumerprogress.h>
#include <QtDelivery/consumersettings.h>
#include <QtDelivery/delivery.h>
#include <QtDelivery/error.h>
#include <QtDelivery/flowevent.h>
#include <QtDelivery/flowsnapshot.h>
#include <QtDelivery/flowstatistics.h>
#include <QtDelivery/storagekeys.h>

#include <QObject>

#include <memory>

namespace QtDelivery {

class DeliveryNode;
class ConsumerControllerPrivate;

/*! \brief The consumer's side of a flow: puts messages in order, hands over one at a time,
   confirms, grants the next.

    \code
    QtDelivery::ConsumerController consumer(QStringLiteral("billing"), &node);
    connect(&consumer, &QtDelivery::ConsumerController::delivered, this,
            [&](const QtDelivery::Delivery &delivery) {
                book(delivery.payload());
                if (const QtDelivery::Error error = consumer.confirm(delivery))
                    qWarning() << error;
            });
    for (const QtDelivery::Error &error :
         {consumer.start(this), consumer.registerToProducerController(QStringLiteral("orders"))}) {
        if (error)
            qWarning() << error;
    }
    \endcode

    The next message is delivered after the last one is confirmed, at once or hours later; what
   arrives meanwhile is buffered, bounded by ConsumerSettings::flowControlWindow. A delivery is
   never repeated by time, only to a new consumer object after start().

    Signals are emitted from the node's turn, never from within confirm() or a socket. A slot may do
    anything, deleting this controller or the node included.

    Thread: that of the node, always. From another thread functions answer Error::Code::WrongThread.
 */
class QTDELIVERY_EXPORT ConsumerController : public QObject
{
    Q_OBJECT
    Q_PROPERTY(QString consumerId READ consumerId CONSTANT)
    Q_PROPERTY(QString producerId READ producerId NOTIFY registrationChanged)
    Q_PROPERTY(bool attached READ isAttached NOTIFY attachedChanged)

public:
    /*! Offers \a consumerId on \a node; the rules of ProducerController's id hold. */
    ConsumerController(const QString &consumerId, DeliveryNode *node, QObject *parent = nullptr);
    /*! The same with \a settings; impossible ones are answered by start(). */
    ConsumerController(const QString &consumerId, const ConsumerSettings &settings,
                       DeliveryNode *node, QObject *parent = nullptr);
    /*! The same with durable \a progress, of this thread, which no other controller uses and which
       outlives this one: what the next controller is given again is recognised and dropped. The
       position is loaded when a producer is named; loaded() says when that is done, and then the
       consumer attaches. */
    ConsumerController(const QString &consumerId, const ConsumerSettings &settings,
                       ConsumerProgress *progress, DeliveryNode *node, QObject *parent = nullptr);
    /*! The same; what lies in the ConsumerSettings::spoolDirectory is encrypted by \a spoolKeys,
       and is not if these are empty. \a progress may be null. A payload that a former life has left
       is not gone on with if its key is not there: errorOccurred() says AccessDenied, with file and
       key. */
    ConsumerController(const QString &consumerId, const ConsumerSettings &settings,
                       ConsumerProgress *progress, const StorageKeys &spoolKeys, DeliveryNode *node,
                       QObject *parent = nullptr);
    /*! Tells the producer what is confirmed and gives the flow free for another consumer. */
    ~ConsumerController() override;

    /*! Begins to deliver to \a consumer, the application's object. Required once; again after the
       object was replaced: a delivery that is not confirmed is then delivered again. When \a
       consumer is destroyed this controller stops, see stopped(). It must live in this thread. */
    Error start(QObject *consumer);

    /*! Takes the flow of \a producerId as soon as a peer offers it, of node \a nodeId if that is
       not empty. A consumer that has the flow already loses it (Error::Code::Replaced there).
       Naming another producer than before gives up the former one; naming the same again is a new
       registration. */
    Error registerToProducerController(const QString &producerId, const QString &nodeId = {});

    /*! The application has processed \a delivery. Exactly the outstanding delivery can be
       confirmed: Error::Code::AlreadyConfirmed for one before it, Error::Code::NotDelivered for
       anything else; nothing is changed then. May be called from within the slot or at any time
       later. With durable progress \a context is recorded in one step with the confirmation, see
       position(), and the producer is told when that is done; the next message is delivered
       meanwhile. */
    Error confirm(const Delivery &delivery, const QByteArray &context = {});

    /*! Goes on when the durable progress has given up, see storageError(): loads or records again.
       Nothing was lost meanwhile. If a newer owner has taken it over, which is StorageInUse, that
       cannot help. Without it, or if all is well, it does nothing. */
    Error retry();

    /*! Delivers what has arrived in order by now, waits for its confirmation, then stops. Messages
       that come later stay with the producer, for the next consumer. */
    void deliverThenStop();
    /*! Stops at once: reports what is confirmed and gives the flow free. An unconfirmed delivery
       will be delivered again, to the next consumer. */
    void stop();

    /*! The id that this consumer is offered by. */
    [[nodiscard]] QString consumerId() const;
    /*! The producer that was named last, by either side; empty = none. */
    [[nodiscard]] QString producerId() const;
    /*! The node of the attached producer; empty while not attached. */
    [[nodiscard]] QString producerNodeId() const;
    /*! The settings it was constructed with. */
    [[nodiscard]] const ConsumerSettings &settings() const;
    /*! A producer is attached through a link that is up. */
    [[nodiscard]] bool isAttached() const;
    /*! True from stopped() on. */
    [[nodiscard]] bool isStopped() const;
    /*! With durable progress: what is recorded, in this life or a former one. Without: what is
     * confirmed. */
    [[nodiscard]] ConsumerPosition position() const;
    /*! What position() will be once \a delivery is confirmed, without a context: for applications
        that record it themselves, in one transaction with the effect, see
        SqlConsumerProgress::recordIn(). A null position if it is not the outstanding delivery, or
        if its producer has begun anew since. */
    [[nodiscard]] ConsumerPosition positionOf(const Delivery &delivery) const;
    /*! Why the durable progress does not record at present; no error if it does. */
    [[nodiscard]] Error storageError() const;
    /*! The durable progress has given up and waits for retry(). */
    [[nodiscard]] bool needsRetry() const;
    /*! Messages that have arrived and are not delivered. */
    [[nodiscard]] qint64 bufferedCount() const;
    /*! What was delivered and confirmed since the start. */
    [[nodiscard]] FlowStatistics statistics() const;
    /*! Everything there is to see of this end of the flow, with the reason why it does not move. It
     * costs a few microseconds. */
    [[nodiscard]] QtDelivery::FlowSnapshot snapshot() const;
    /*! Switches the flight recorder on or off; see DeliveryNode::setRecording(). */
    void setRecording(bool on);
    /*! What the flight recorder holds after event number \a number, oldest first. */
    [[nodiscard]] QList<QtDelivery::FlowEvent> eventsAfter(qint64 number = 0) const;

Q_SIGNALS:
    /*! The next message. */
    void delivered(const QtDelivery::Delivery &delivery);
    /*! Of message \a seqNr, which travels in chunks, \a received of \a total bytes have arrived. At
       most once per turn of the event loop. \a bytesPerSecond is smoothed over about the last
       second; -1 in the first tenth of a second, when it is not known. While nothing arrives there
       is no signal: see ChunkProgress::bytesPerSecond in snapshot(). What a former life has left
       does not count as speed. */
    void chunkProgress(qint64 seqNr, qint64 received, qint64 total, qint64 bytesPerSecond);
    /*! The durable progress is loaded: position() says where the former life ended. */
    void loaded();
    /*! The durable progress has everything up to \a seqNr. Cumulative. */
    void recorded(qint64 seqNr);
    /*! A producer was attached or detached; see isAttached(). */
    void attachedChanged();
    /*! Another producer was named; see producerId(). */
    void registrationChanged();
    /*! The controller has stopped: after stop(), deliverThenStop(), the end of the consumer object
       or of the node. It delivers nothing more; delete it. */
    void stopped();
    /*! Something needs attention: Replaced (another consumer has the flow now), DuplicateProducer,
        ProducerRestarted (with how many undelivered messages were dropped), PayloadTooLarge. */
    void errorOccurred(const QtDelivery::Error &error);

private:
    std::unique_ptr<ConsumerControllerPrivate> d;
};

} // namespace QtDelivery
