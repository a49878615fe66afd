// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/error.h>
#include <QtDelivery/flowevent.h>
#include <QtDelivery/flowsnapshot.h>
#include <QtDelivery/flowstatistics.h>
#include <QtDelivery/producersettings.h>
#include <QtDelivery/requestnext.h>
#include <QtDelivery/sendresult.h>

#include <QByteArray>
#include <QFuture>
#include <QIODevice>
#include <QObject>

#include <concepts>
#include <memory>
#include <utility>

namespace QtDelivery {

class DeliveryNode;
class DurableProducerQueue;
class ProducerControllerPrivate;

/*! \brief The producer's side of a flow: numbers messages, sends them as the consumer grants, keeps
   them until they are confirmed.

    \code
    QtDelivery::ProducerController producer(QStringLiteral("orders"), &node);
    connect(&producer, &QtDelivery::ProducerController::requestNext, this, [&] {
        if (const QtDelivery::SendResult result = producer.send(nextOrder()); !result)
            qWarning() << result.error();
    });
    if (const QtDelivery::Error error = producer.start(this))
        qWarning() << error;
    \endcode

    requestNext() is permission for exactly one message; send() takes it. A message that comes later
   than the signal is fine: demand() stays true until it is used. While no consumer is attached, or
   it has confirmed too little, there is no permission: that is the back-pressure.

    Messages are delivered in the order of send(), each once as long as neither side restarts; see
    doc/guarantees.md for every case. Unconfirmed messages live in memory and end with this object,
   or in a DurableProducerQueue: then each is stored before it is transmitted, and the next
   controller with that queue goes on where this one ended; see doc/durability.md.

    Signals are emitted from the node's turn, never from within send() or a socket. A slot may do
    anything, deleting this controller or the node included.

    Thread: that of the node, always. From another thread functions answer Error::Code::WrongThread.
 */
class QTDELIVERY_EXPORT ProducerController : public QObject
{
    Q_OBJECT
    Q_PROPERTY(QString producerId READ producerId CONSTANT)
    Q_PROPERTY(bool demand READ demand NOTIFY demandChanged)
    Q_PROPERTY(bool attached READ isAttached NOTIFY attachedChanged)
    Q_PROPERTY(qint64 confirmedSeqNr READ confirmedSeqNr NOTIFY confirmed)

public:
    /*! When the future of sendTracked() finishes. */
    enum class Completion {
        Stored, //!< the durable queue has it
        Confirmed, //!< the consumer has confirmed it
    };
    Q_ENUM(Completion)

    /*! Offers \a producerId on \a node, which must outlive nothing: if it is destroyed first, this
        controller is stopped. The id is 1 to 255 bytes of UTF-8 without control characters and
       unique on its node; if it cannot be used, every function answers the reason, start() first.
     */
    ProducerController(const QString &producerId, DeliveryNode *node, QObject *parent = nullptr);
    /*! The same with \a settings; impossible ones are answered by start(). */
    ProducerController(const QString &producerId, const ProducerSettings &settings,
                       DeliveryNode *node, QObject *parent = nullptr);
    /*! The same with a durable \a queue, of this thread, which no other controller uses and which
       outlives this one. It is loaded at once; loaded() says when that is done. Until then the
       producer is not offered and has no permission. */
    ProducerController(const QString &producerId, const ProducerSettings &settings,
                       DurableProducerQueue *queue, DeliveryNode *node, QObject *parent = nullptr);
    /*! Withdraws the offer. What is unconfirmed is lost; futures of sendTracked() finish with
     * Error::Code::Stopped. */
    ~ProducerController() override;

    /*! Begins to ask \a producer, the application's object, for messages. Required once; again
       after the object was replaced. A permission that was given and not used is given again. When
       \a producer is destroyed no more permissions are given until the next start(). It must live
       in this thread. */
    Error start(QObject *producer);

    /*! Registration from the producer's side: attach the consumer \a consumerId as soon as a peer
       offers it, on node \a nodeId if that is not empty. Not needed when the consumer registers
       itself. */
    Error registerConsumer(const QString &consumerId, const QString &nodeId = {});

    /*! Sends one message. Without permission it is Error::Code::NoDemand and nothing is changed; a
       payload above the smaller maxMessageSize of both sides is Error::Code::PayloadTooLarge and
       the permission stays. With a durable queue \a context is stored in one step with the message,
       see storedContext(). */
    SendResult send(const QByteArray &payload, const QByteArray &context = {});

    /*! Sends what \a device holds, from its first byte to its last, as one message, which may be
       far longer than memory: it is read when it is transmitted, in this thread, a chunk at a time,
       and again if a part is lost. It must have random access (not a socket, not a pipe), is opened
       if it is not open, and stays as it is until the message is confirmed; then it is deleted. The
        consumer sees \a name, if it is not empty: 1 to 255 bytes of UTF-8 without control
        characters, see Delivery::name().

        Error::Code::SourceFailed if it cannot be read. If that happens, or it changes, while it is
        transmitted, errorOccurred() says so with that code and the message is given up: the next
        one follows. A device of up to 256 bytes is read at once. The limit is
        ProducerSettings::maxStreamedSize.

        With a durable queue that takesFiles(), as FileProducerQueue does, one of more than 64 KiB
        is copied by the queue, in a thread of the queue's, and transmitted from that copy: it must
        stay as it is until it is stored, see stored(), and is deleted then; \a context is stored
        with it. If the copy cannot be read later, nothing is dropped: errorOccurred() says so, see
        needsRetry(). With another durable queue it is Error::Code::InvalidArgument. */
    template <std::derived_from<QIODevice> Device>
    SendResult send(std::unique_ptr<Device> device, const QString &name = {},
                    const QByteArray &context = {})
    {
        return sendDevice(std::move(device), name, context); // not taken for "{}", an empty payload
    }
    /*! The same for the file \a path, by its own name if \a name is empty. */
    SendResult sendFile(const QString &path, const QString &name = {},
                        const QByteArray &context = {});

    /*! Takes back message \a seqNr, which is not delivered then; its number is passed by and counts
        as confirmed. Of a message in chunks some may have been transmitted. TooLate if all of it
        was, InvalidArgument if there is no such message. A FileProducerQueue is told, and keeps
        only the number; a crash before that is on the disk, a matter of milliseconds, brings the
        message back. With another durable queue it is InvalidArgument. */
    Error cancel(qint64 seqNr);

    /*! Nothing is transmitted until resume(); send() goes on as long as there is permission. A
        message in chunks stops behind a chunk. */
    void pause();
    /*! Goes on where pause() stopped. */
    void resume();
    /*! pause() was called, and resume() was not. */
    [[nodiscard]] bool isPaused() const;

    /*! As send(); the future finishes exactly once: with the number when the message is confirmed,
       or stored, as \a completion says, or with the error. It always finishes, with
       Error::Code::Stopped if the controller ends first. Completion::Stored without a durable queue
       is Error::Code::InvalidArgument. */
    [[nodiscard]] QFuture<SendResult> sendTracked(const QByteArray &payload,
                                                  Completion completion = Completion::Confirmed,
                                                  const QByteArray &context = {});

    /*! Goes on when the durable queue has given up, see storageError(): loads or stores again.
       Nothing was lost meanwhile. If a newer owner has taken it over, which is StorageInUse, that
       cannot help. Without a queue, or if all is well, it does nothing. */
    Error retry();

    /*! The id that this producer is offered by. */
    [[nodiscard]] QString producerId() const;
    /*! The settings it was constructed with. */
    [[nodiscard]] const ProducerSettings &settings() const;
    /*! True while a permission is given and not used. */
    [[nodiscard]] bool demand() const;
    /*! A consumer is attached through a link that is up. */
    [[nodiscard]] bool isAttached() const;
    /*! Everything up to here is confirmed; 0 = nothing yet. Only grows. */
    [[nodiscard]] qint64 confirmedSeqNr() const;
    /*! With a durable queue: everything up to here is stored; 0 = nothing yet, or no queue. */
    [[nodiscard]] qint64 storedSeqNr() const;
    /*! With a durable queue: the context of the message that was stored last, in this life or a
       former one. For example how far the source was read, so that reading goes on there. */
    [[nodiscard]] QByteArray storedContext() const;
    /*! Why the durable queue does not store at present; no error if it does. */
    [[nodiscard]] Error storageError() const;
    /*! The durable queue has given up and waits for retry(). */
    [[nodiscard]] bool needsRetry() const;
    /*! The durable queue is loaded; always true without one. */
    [[nodiscard]] bool isLoaded() const;
    /*! The number that the next message gets, from 1. */
    [[nodiscard]] qint64 currentSeqNr() const;
    /*! Messages that were sent and are not confirmed. */
    [[nodiscard]] qint64 unconfirmedCount() const;
    /*! What was sent and confirmed since the start. */
    [[nodiscard]] FlowStatistics statistics() const;
    /*! Everything there is to see of this end of the flow, with the reason why it does not move. It
     * costs a few microseconds. */
    [[nodiscard]] QtDelivery::FlowSnapshot snapshot() const;
    /*! Switches the flight recorder on or off; see DeliveryNode::setRecording(). */
    void setRecording(bool on);
    /*! What the flight recorder holds after event number \a number, oldest first. */
    [[nodiscard]] QList<QtDelivery::FlowEvent> eventsAfter(qint64 number = 0) const;

Q_SIGNALS:
    /*! One message may be sent now. */
    void requestNext(const QtDelivery::RequestNext &next);
    /*! A permission was given, used or taken back; see demand(). */
    void demandChanged();
    /*! The durable queue is loaded: currentSeqNr(), confirmedSeqNr() and storedContext() say where
       the former life ended. */
    void loaded();
    /*! The durable queue has everything up to \a seqNr. Cumulative. */
    void stored(qint64 seqNr);
    /*! Everything up to \a seqNr is confirmed. Cumulative: not every number is named. */
    void confirmed(qint64 seqNr);
    /*! Of message \a seqNr, which is longer than ProducerSettings::chunkLargeMessages, \a sent of
       \a total bytes are transmitted. At most once per turn of the event loop; after a resume
       \a sent may be less than it was. \a bytesPerSecond is smoothed over about the last second;
       -1 in the first tenth of a second, when it is not known. While nothing is transmitted there
       is no signal: see ChunkProgress::bytesPerSecond in snapshot(). */
    void chunkProgress(qint64 seqNr, qint64 sent, qint64 total, qint64 bytesPerSecond);
    /*! A consumer was attached or detached; see isAttached(). */
    void attachedChanged();
    /*! Something needs attention; the flow goes on unless the code says otherwise. */
    void errorOccurred(const QtDelivery::Error &error);

private:
    SendResult sendDevice(std::unique_ptr<QIODevice> device, const QString &name,
                          const QByteArray &context);

    std::unique_ptr<ProducerControllerPrivate> d;
};

} // namespace QtDelivery
