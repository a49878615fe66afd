// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/error.h>
#include <QtDelivery/payloadreader.h>
#include <QtDelivery/storagesnapshot.h>

#include <QByteArray>
#include <QList>
#include <QMap>
#include <QMetaType>
#include <QObject>
#include <QString>
#include <QUuid>

#include <memory>

namespace QtDelivery {

/*! \brief One message as a durable queue keeps it. */
struct QTDELIVERY_EXPORT DurableMessage
{
    Q_GADGET
    Q_PROPERTY(qint64 seqNr MEMBER seqNr)
    Q_PROPERTY(QByteArray payload MEMBER payload)
    Q_PROPERTY(QByteArray context MEMBER context)
    Q_PROPERTY(QString qualifier MEMBER qualifier)
    Q_PROPERTY(QString name MEMBER name)
    Q_PROPERTY(qint64 fileSize MEMBER fileSize)
    Q_PROPERTY(QByteArray digest MEMBER digest)
    Q_PROPERTY(bool skipped MEMBER isSkipped)

public:
    qint64 seqNr = 0; //!< 1 or more
    QByteArray payload; //!< what was given to send()
    QByteArray context; //!< the application's: where it was in its source; stored in one step with
                        //!< the payload
    QString qualifier; //!< who confirms it: empty for one consumer, else the name of one of several
    QString name = {}; //!< what the application calls it; empty = nothing
    /*! In a state, with what takesFiles(): more than 0 says that the payload is not #payload but
        DurableProducerQueue::payloadFile(), with so many bytes once it is read by
        DurableProducerQueue::openPayload(). */
    qint64 fileSize = 0;
    QByteArray digest = {}; //!< in a state: BLAKE2b-256 of that file, or empty if not known
    /*! To be stored: where the payload is read from, if it is not #payload; null in a state. */
    std::shared_ptr<PayloadReader> reader = {};
    bool isSkipped = false; //!< it has no payload and is never delivered: its number is passed by

    /*! Equal in every member. */
    friend bool operator==(const DurableMessage &, const DurableMessage &) = default;
};

/*! \brief What a durable queue holds: the result of everything that was stored and confirmed, in
   order.

    The rules are here, so that every implementation has the same. Pure values: no I/O, no clock. */
struct QTDELIVERY_EXPORT DurableProducerState
{
    Q_GADGET

public:
    /*! Identity of this numbering: made at random when the queue was created, the same for ever
       after. The consumer recognises by it that a producer that starts again goes on with the same
       messages. */
    QUuid streamId;
    /*! How often the queue was loaded, this time included. The owner with the higher number is the
     * newer. */
    qint64 generation = 0;
    /*! Number of the next message; 1 at first. */
    qint64 currentSeqNr = 1;
    /*! The highest number that was confirmed under any qualifier. With several qualifiers lower
       ones may still be unconfirmed: it is no low-water mark. */
    qint64 highestConfirmedSeqNr = 0;
    /*! The highest confirmed number of each qualifier. */
    QMap<QString, qint64> confirmedSeqNr;
    /*! What is stored and not confirmed, ascending. */
    QList<DurableMessage> unconfirmed;
    /*! The context of the message that was stored last, confirmed or not. */
    QByteArray context;

    /*! What storing message \a seqNr means in this state. */
    enum class Step {
        New, //!< it is the next one: append it
        Known, //!< it is stored already: answer, change nothing
        Impossible, //!< numbers would be left out: refuse
    };
    /*! For any \a seqNr, whatever it is. */
    [[nodiscard]] Step stepOf(qint64 seqNr) const;

    /*! Appends \a message, whose step must be Step::New. */
    void addMessageSent(const DurableMessage &message);
    /*! Takes note that everything of \a qualifier up to \a seqNr is confirmed, and drops it. False
       if that changes nothing, because it was known. A number that was never stored is taken for
       the last that was. */
    bool confirm(qint64 seqNr, const QString &qualifier);
    /*! Forgets \a qualifier, if none of its messages is unconfirmed; true if it did. */
    bool dropQualifier(const QString &qualifier);

    /*! Equal in every member. */
    friend bool operator==(const DurableProducerState &, const DurableProducerState &) = default;
};

/*! \brief Keeps a producer's messages beyond the end of its process: the interface.

    FileProducerQueue, SettingsProducerQueue and SqlProducerQueue implement it; so can you. One
   queue serves one ProducerController, whose constructor takes it and which calls it; applications
   only construct it. `tests/storage/queueconformance.h` is a suite that every implementation must
   pass, yours too.

    The calls are requests: they return at once and are answered later by a signal, \e never from
   within the call. They come in this order: load() until loaded() answers, then store() and
   confirm() in any mixture. Requests are answered in the order in which they were made.

    - load() is answered by loaded(), or failed().
    - store() is answered by stored() with the last number of the batch, or by failed(). stored()
   means: it is there after the process was killed and after the power failed. One stored() may
   answer several batches. After failed() nothing of what was unanswered is pending any more: the
   controller stores it again, in the same order. What had been stored in spite of the failure is
   then known: storing is idempotent.
    - confirm() has no answer. It may be lost by a crash, or kept back for a while: the messages are
   then sent once more after the next load(), and dropped by the consumer if that keeps its
   progress. An implementation must not spend a sync of the disk on it, unless it can then remove
   a payload's file.

    A queue that takesFiles() stores DurableMessage::name, DurableMessage::isSkipped and what
   DurableMessage::reader reads, too. That is copied before stored() says so, in a thread of the
   queue's own. If it cannot be read, everything before is stored and answered first; then failed()
   says Error::Code::SourceFailed, and means the first message that is not stored. The controller
   stores the number once more, as skipped, and what followed.

    Thread: that of the controller. Implementations do slow work in a thread of their own. */
class QTDELIVERY_EXPORT DurableProducerQueue : public QObject
{
    Q_OBJECT

public:
    /*! A queue that is not loaded. */
    explicit DurableProducerQueue(QObject *parent = nullptr);
    /*! Ends the queue; what stored() has not answered may be stored or not. */
    ~DurableProducerQueue() override;

    /*! Reads everything and takes possession: a queue has one owner at a time. \a producerId names
       the producer; a queue that holds the messages of another one fails with
       Error::Code::InvalidArgument. Possible errors: StorageInUse (another owner), StorageCorrupt
       (the message says where), StorageFailed, UnknownFormat (written by a newer version). */
    virtual void load(const QString &producerId) = 0;

    /*! Stores \a messages, not empty, whose numbers follow each other. Numbers that are stored
       already are skipped; one that would leave a gap fails with Error::Code::InvalidArgument. */
    virtual void store(const QList<QtDelivery::DurableMessage> &messages) = 0;

    /*! Everything of \a qualifier up to \a seqNr, stored before, is confirmed and need not be kept.
     */
    virtual void confirm(qint64 seqNr, const QString &qualifier) = 0;

    /*! With takesFiles(): message \a seqNr of \a qualifier, stored before, is never to be
       delivered. Its number is kept, as DurableMessage::isSkipped, its payload need not be. It has
       no answer, as confirm(), and is made last soon: whoever loads the queue after a crash in
       between finds the message as it was. By default nothing happens. */
    virtual void skip(qint64 seqNr, const QString &qualifier);

    /*! How many unconfirmed messages it takes; the controller gives no permission beyond. */
    [[nodiscard]] virtual qint64 maxMessages() const = 0;
    /*! How many unconfirmed payload bytes; the message that reaches the limit is the last. */
    [[nodiscard]] virtual qint64 maxBytes() const = 0;

    /*! Messages may have a DurableMessage::reader, a name, or be skipped: what the controller's
        send(device), sendFile() and cancel() need. By default they are refused. */
    [[nodiscard]] virtual bool takesFiles() const { return false; }
    /*! With takesFiles(): the file that holds the payload of message \a seqNr, which was stored
       from a reader and is not confirmed. It stays as it is until then. */
    [[nodiscard]] virtual QString payloadFile(qint64 seqNr) const;
    /*! With takesFiles(): what reads the \a size bytes of that payload, if the file is not just
       these; null, the default, if it is. Reads are made in the controller's thread, as often as
       the message is transmitted; the file should be open only meanwhile. */
    [[nodiscard]] virtual std::shared_ptr<PayloadReader> openPayload(qint64 seqNr,
                                                                     qint64 size) const;

    /*! Its size and its syncs, for whoever watches: called at most some ten times a second, and
       must not wait for the disk. By default nothing is known. */
    [[nodiscard]] virtual StorageSnapshot storageSnapshot() const { return {}; }

Q_SIGNALS:
    /*! Answers load(). */
    void loaded(const QtDelivery::DurableProducerState &state);
    /*! Everything up to \a seqNr is stored. */
    void stored(qint64 seqNr);
    /*! Everything that was requested and not answered has failed because of \a error. */
    void failed(const QtDelivery::Error &error);
};

} // namespace QtDelivery

Q_DECLARE_METATYPE(QtDelivery::DurableMessage)
Q_DECLARE_METATYPE(QtDelivery::DurableProducerState)
