// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/error.h>
#include <QtDelivery/storagesnapshot.h>

#include <QByteArray>
#include <QMetaType>
#include <QObject>
#include <QString>
#include <QUuid>

namespace QtDelivery {

/*! \brief How far a consumer has come with the messages of one producer. */
struct QTDELIVERY_EXPORT ConsumerPosition
{
    Q_GADGET
    Q_PROPERTY(QString producerId MEMBER producerId)
    Q_PROPERTY(QUuid streamId MEMBER streamId)
    Q_PROPERTY(qint64 confirmedSeqNr MEMBER confirmedSeqNr)
    Q_PROPERTY(QByteArray context MEMBER context)

public:
    QString producerId; //!< whose messages
    /*! Which numbering of the producer is meant: a producer without a durable queue has a new one
       with each start. Null: nothing was ever confirmed. */
    QUuid streamId;
    /*! Everything up to here is confirmed; 0 = nothing. */
    qint64 confirmedSeqNr = 0;
    /*! The application's, given with the last confirmation: for example the length of its output.
     */
    QByteArray context;

    /*! Equal in every member. */
    friend bool operator==(const ConsumerPosition &, const ConsumerPosition &) = default;
};

/*! \brief Keeps what a consumer has confirmed beyond the end of its process, so that what comes
   again is recognised.

    FileConsumerProgress, SettingsConsumerProgress and SqlConsumerProgress implement it; so can you.
   One serves one ConsumerController, whose constructor takes it and which calls it; applications
   only construct it. `tests/storage/progressconformance.h` is a suite that every implementation
   must pass.

    The calls are requests, answered later by a signal, \e never from within the call, in the order
   in which they were made: load() by loaded() or failed(), record() by recorded() or failed().
   After failed() nothing that was unanswered is pending. The producer is told of a confirmation
   only after recorded().

    Thread: that of the controller. */
class QTDELIVERY_EXPORT ConsumerProgress : public QObject
{
    Q_OBJECT

public:
    /*! Progress that is not loaded. */
    explicit ConsumerProgress(QObject *parent = nullptr);
    ~ConsumerProgress() override;

    /*! Reads the position of \a consumerId in the messages of \a producerId; one that was never
       recorded is answered with confirmedSeqNr 0 and a null streamId. Called again when the
       consumer registers to another producer. Possible errors: StorageInUse, StorageCorrupt,
       StorageFailed, UnknownFormat. */
    virtual void load(const QString &consumerId, const QString &producerId) = 0;

    /*! Records \a position of the producer loaded last, in place of the former one. One answer may
       serve several requests: only the last counts. */
    virtual void record(const QtDelivery::ConsumerPosition &position) = 0;

    /*! Its size and its syncs, for whoever watches: called at most some ten times a second, and
       must not wait for the disk. By default nothing is known. */
    [[nodiscard]] virtual StorageSnapshot storageSnapshot() const { return {}; }

Q_SIGNALS:
    /*! Answers load(). */
    void loaded(const QtDelivery::ConsumerPosition &position);
    /*! \a position, or a later one, is there after a kill and after a power failure. */
    void recorded(const QtDelivery::ConsumerPosition &position);
    /*! Everything that was requested and not answered has failed because of \a error. */
    void failed(const QtDelivery::Error &error);
};

} // namespace QtDelivery

Q_DECLARE_METATYPE(QtDelivery::ConsumerPosition)
