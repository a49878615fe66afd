// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "journalerrors.h"

#include <QCoreApplication>

namespace QtDelivery {

Error journalDamaged(const QString &path, qint64 offset)
{
    //: %1 is the path of a file, %2 a position in it in bytes
    return {Error::Code::StorageCorrupt,
            QCoreApplication::translate("QtDelivery", "%1 is damaged at byte %2.")
                .arg(path, QString::number(offset))};
}

Error journalSegmentMissing(const QString &path)
{
    //: %1 is the path of a file
    return {Error::Code::StorageCorrupt,
            QCoreApplication::translate("QtDelivery",
                                        "%1 is missing: it held unconfirmed messages from byte 0.")
                .arg(path)};
}

Error journalPayloadMissing(const QString &path, qint64 seqNr)
{
    //: %1 is the path of a file, %2 the number of a message
    return {Error::Code::StorageCorrupt,
            QCoreApplication::translate("QtDelivery",
                                        "%1 is missing: it held message %2, which is unconfirmed.")
                .arg(path, QString::number(seqNr))};
}

Error journalPayloadDamaged(const QString &path, qint64 seqNr)
{
    //: %1 is the path of a file, %2 the number of a message
    return {Error::Code::StorageCorrupt,
            QCoreApplication::translate("QtDelivery",
                                        "%1 is damaged: it is not what was stored of message %2.")
                .arg(path, QString::number(seqNr))};
}

Error journalSourceFailed(qint64 seqNr)
{
    //: %1 is the number of a message
    return {
        Error::Code::SourceFailed,
        QCoreApplication::translate(
            "QtDelivery", "What message %1 is read from cannot be read any more, or has changed.")
            .arg(seqNr)};
}

Error journalForeign(const QString &path)
{
    //: %1 is the path of a file
    return {Error::Code::StorageCorrupt,
            QCoreApplication::translate(
                "QtDelivery", "%1 belongs to another journal, as byte 0 and the following say.")
                .arg(path)};
}

Error journalVersionUnknown(const QString &path)
{
    //: %1 is the path of a file
    return {Error::Code::UnknownFormat,
            QCoreApplication::translate("QtDelivery",
                                        "%1 was written by a version that this one does not know.")
                .arg(path)};
}

Error journalOfAnother(const QString &path, const QString &producerId)
{
    //: %1 is the path of a file, %2 the id of a producer
    return {Error::Code::InvalidArgument,
            QCoreApplication::translate("QtDelivery", "%1 holds the messages of producer %2.")
                .arg(path, producerId)};
}

Error journalGap(qint64 seqNr, qint64 expected)
{
    //: %1 and %2 are numbers of messages
    return {Error::Code::InvalidArgument,
            QCoreApplication::translate("QtDelivery",
                                        "Message %1 cannot be stored: the next one is %2.")
                .arg(QString::number(seqNr), QString::number(expected))};
}

Error journalMessageTooLong(qint64 seqNr)
{
    //: %1 is the number of a message
    return {Error::Code::PayloadTooLarge,
            QCoreApplication::translate("QtDelivery", "Message %1 is too long to be stored.")
                .arg(seqNr)};
}

Error journalNotLoaded()
{
    return {Error::Code::NotStarted,
            QCoreApplication::translate("QtDelivery", "The queue has not been loaded.")};
}

} // namespace QtDelivery
