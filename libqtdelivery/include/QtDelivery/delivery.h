// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/qtdeliveryglobal.h>

#include <QByteArray>
#include <QMetaType>
#include <QString>

#include <utility>

namespace QtDelivery {

class ConsumerControllerPrivate;

/*! \brief One message, as ConsumerController::delivered() hands it over.

    Keep it, or a copy, until the message is processed, then give it to
    ConsumerController::confirm(). Copies share id and payload and cost no allocation. */
class QTDELIVERY_EXPORT Delivery
{
    Q_GADGET
    Q_PROPERTY(QString producerId READ producerId CONSTANT)
    Q_PROPERTY(qint64 seqNr READ seqNr CONSTANT)
    Q_PROPERTY(QByteArray payload READ payload CONSTANT)

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

    /*! What the producer gave to send(), byte for byte. */
    [[nodiscard]] const QByteArray &payload() const { return m_payload; }

    /*! Identifies this delivery to its controller. Opaque: neither ordered nor meaningful. */
    [[nodiscard]] quint64 token() const { return m_token; }

    /*! Equal in every member. */
    friend bool operator==(const Delivery &, const Delivery &) = default;

private:
    friend class ConsumerControllerPrivate;

    QString m_producerId;
    qint64 m_seqNr = 0;
    QByteArray m_payload;
    quint64 m_token = 0;
};

} // namespace QtDelivery

Q_DECLARE_METATYPE(QtDelivery::Delivery)
