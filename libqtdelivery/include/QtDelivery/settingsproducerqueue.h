// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/durableproducerqueue.h>

#include <memory>

namespace QtDelivery {

class SettingsProducerQueuePrivate;

/*! \brief A durable queue in an ini file of QSettings, for few and small messages.

    \code
    const QString path = QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation)
        + QStringLiteral("/outbox.ini");
    QtDelivery::SettingsProducerQueue queue(path);
    \endcode

    It is meant for a device or a program that sends some messages an hour and keeps its settings in
   ini files anyway. It is slow: each time the whole file is written anew and synced, \e in the
   thread of the queue, which takes some milliseconds, and more the more is unconfirmed; what is
   stored in one turn of the event loop is written at once. For everything else there is
   FileProducerQueue.

    At most 256 messages are unconfirmed, in which is less than 1 MiB of payload before the last
   one. A payload is at most 1 MiB long and a context 4096 bytes. What is more fails with
   Error::Code::LimitReached.

    QSettings alone may lose what it was told in a crash. So the file, which belongs to the queue
   alone, holds the whole state twice, as copies which are written in turn, each with a checksum. A
   crash leaves both of them whole. If one is damaged, it may be the newer one, and to go on with
   the other one might lose messages that were stored: load() fails with
   Error::Code::StorageCorrupt, which names the copy; see doc/durability.md for what can be done.
   The file is never taken for an empty one. A second file, with `.owner` appended to the name,
   keeps out other owners; it stays. Both must be on a local disk.

    Confirmations are written with the next message, and at the end. */
class QTDELIVERY_EXPORT SettingsProducerQueue : public DurableProducerQueue
{
    Q_OBJECT

public:
    /*! A queue in \a filePath, which load() creates, with its directories, if it is not there. */
    explicit SettingsProducerQueue(const QString &filePath, QObject *parent = nullptr);
    /*! Writes the confirmations, and gives up the file. */
    ~SettingsProducerQueue() override;

    void load(const QString &producerId) override;
    void store(const QList<QtDelivery::DurableMessage> &messages) override;
    void confirm(qint64 seqNr, const QString &qualifier) override;
    /*! 256. */
    [[nodiscard]] qint64 maxMessages() const override;
    /*! 1 MiB. */
    [[nodiscard]] qint64 maxBytes() const override;

private:
    const std::unique_ptr<SettingsProducerQueuePrivate> d;
};

} // namespace QtDelivery
