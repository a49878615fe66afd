// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/durableproducerqueue.h>

#include <QByteArrayView>
#include <QList>
#include <QString>

namespace QtDelivery {

/*! \brief One record of a FileProducerQueue's journal, as FileProducerQueue::inspect() meets it.

    Members that the type has no use for are 0 or empty. A plain value; the payload is a view that
    is valid only during the call. */
struct QTDELIVERY_EXPORT JournalRecord
{
    /*! What was written down. */
    enum class Type {
        Message, //!< a message was stored; or copied, if a message of this number came before
        Confirmed, //!< everything of #qualifier up to #seqNr is confirmed
        Snapshot, //!< what the queue held, without the messages; #seqNr is the next number
        QualifierDropped, //!< #qualifier was not used any more
    };

    Type type = Type::Message; //!< which of them it is
    QString file; //!< name of the segment's file, without the directory
    qint64 offset = 0; //!< where it begins in the file, in bytes
    qint64 length = 0; //!< in bytes, its header included
    qint64 seqNr = 0; //!< of the message, confirmed, or the next one
    QString qualifier; //!< who confirms
    QByteArray context; //!< the application's
    QByteArrayView payload; //!< valid during the call; empty if it lies in a file
    QString name; //!< of the message
    qint64 fileSize = 0; //!< of the file that holds the payload; 0 = none does
    bool isSkipped = false; //!< the message's number is passed by
};

/*! \brief One file of a journal. */
struct QTDELIVERY_EXPORT JournalSegment
{
    QString file; //!< its name, without the directory
    qint64 size = 0; //!< of the file in bytes
    qint64 end = 0; //!< behind the last valid record
    qint64 records = 0; //!< so many valid ones are before that
    bool isNeeded = false; //!< it holds unconfirmed messages or is the newest

    /*! Equal in every member. */
    friend bool operator==(const JournalSegment &, const JournalSegment &) = default;
};

/*! \brief What FileProducerQueue::inspect() has found. A plain value. */
struct QTDELIVERY_EXPORT JournalReport
{
    /*! Whose messages these are; empty if there is no segment that says so. */
    QString producerId;
    /*! What load() would answer, but for the generation, which load() makes one more. Empty if
       there is #damage that makes load() fail. */
    DurableProducerState state;
    /*! Every file, oldest first. */
    QList<JournalSegment> segments;
    /*! The first damage, with its file; no error if all is well. */
    Error damage;
    /*! load() would fail with #damage; damage in a file that is not needed does not hinder it, nor
        does damage within a payload's file, which is seen when that is sent. */
    bool isUnusable = false;
};

} // namespace QtDelivery
