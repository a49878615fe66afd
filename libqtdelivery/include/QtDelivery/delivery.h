// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/error.h>

#include <QByteArray>
#include <QMetaType>
#include <QString>

#include <memory>
#include <utility>

QT_BEGIN_NAMESPACE
class QIODevice;
QT_END_NAMESPACE

namespace QtDelivery {

class ConsumerControllerPrivate;
class DeliveryExtra;
class PayloadSource;

/*! \brief One message, as ConsumerController::delivered() hands it over.

    Keep it, or a copy, until the message is processed, then give it to
    ConsumerController::confirm(). Copies share id and payload and cost no allocation.

    A payload longer than ConsumerSettings::spoolThreshold is in a file, if there is a
    ConsumerSettings::spoolDirectory: openPayload() reads either kind. The file is deleted when the
    message is confirmed and the last copy of the delivery is gone; takePayloadFile() keeps it. If
    the message is not confirmed the file stays, and the next process with this spool directory need
    not receive it again. */
class QTDELIVERY_EXPORT Delivery
{
    Q_GADGET
    Q_PROPERTY(QString producerId READ producerId CONSTANT)
    Q_PROPERTY(qint64 seqNr READ seqNr CONSTANT)
    Q_PROPERTY(QByteArray payload READ payload CONSTANT)
    Q_PROPERTY(QString name READ name CONSTANT)

public:
    /*! No message: an empty id, number 0, no payload. No controller accepts its confirmation. */
    Delivery() = default;

    /*! Made by a ConsumerController; useful by itself in tests only. */
    Delivery(QString producerId, qint64 seqNr, QByteArray payload, quint64 token)
        : m_producerId(std::move(producerId))
        , m_seqNr(seqNr)
        , m_payload(std::move(payload))
        , m_token(token)
    { }

    /*! The id of the producer that sent the message. */
    [[nodiscard]] const QString &producerId() const { return m_producerId; }

    /*! The message's number: 1, 2, 3 … for each start of a producer, or over all of them with a
     * durable queue. */
    [[nodiscard]] qint64 seqNr() const { return m_seqNr; }

    /*! What the producer gave to send(), byte for byte; empty if it is in a file. */
    [[nodiscard]] const QByteArray &payload() const { return m_payload; }

    /*! What the producer calls the message, see ProducerController::sendFile(); mostly empty. At
        most 255 bytes of UTF-8 without control characters, but otherwise whatever the other side
        likes: not safe as the name of a file. */
    [[nodiscard]] QString name() const;
    /*! The payload's length in bytes, wherever it is. */
    [[nodiscard]] qint64 payloadSize() const;
    /*! The file that holds the payload; empty if it is in memory. If the consumer encrypts its
       spool, so is the file, until takePayloadFile(); openPayload() decrypts. */
    [[nodiscard]] QString payloadFile() const;
    /*! A new device, open for reading, on the payload; not open, with its errorString(), if the
        file cannot be opened. */
    [[nodiscard]] std::unique_ptr<QIODevice> openPayload() const;
    /*! Moves the payload's file to \a path, which must be on the same file system, and writes it to
        the disk: when this returns without an error it is there, under that name and complete,
        whatever happens then. That may take seconds. If the consumer encrypts its spool this is
        a copy that is not encrypted, made beside \a path, and StorageCorrupt says that somebody has
        changed the file. From then on it is the application's.
        StorageFailed if there is something at \a path, unless it may be \a replaced; for each
        other reason of the system; InvalidArgument if the payload is in memory. Confirm after it.
     */
    Error takePayloadFile(const QString &path, bool replaced = false) const;

    /*! Identifies this delivery to its controller. Opaque: neither ordered nor meaningful. */
    [[nodiscard]] quint64 token() const { return m_token; }

    /*! Equal in every member. */
    friend bool operator==(const Delivery &, const Delivery &) = default;

private:
    friend class ConsumerControllerPrivate;

    [[nodiscard]] std::shared_ptr<PayloadSource> encryptedPayload() const;

    QString m_producerId;
    qint64 m_seqNr = 0;
    QByteArray m_payload;
    quint64 m_token = 0;
    std::shared_ptr<DeliveryExtra> m_extra; // null, but for a name or a file
};

} // namespace QtDelivery

Q_DECLARE_METATYPE(QtDelivery::Delivery)
