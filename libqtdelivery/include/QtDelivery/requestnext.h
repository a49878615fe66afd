// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/qtdeliveryglobal.h>

#include <QMetaType>
#include <QString>

#include <utility>

namespace QtDelivery {

class ProducerControllerPrivate;

/*! \brief Permission to send exactly one message.

    Comes with ProducerController::requestNext(). Permissions do not add up: after each one the
    producer sends one message and waits for the next permission. */
class QTDELIVERY_EXPORT RequestNext
{
    Q_GADGET
    Q_PROPERTY(QString producerId READ producerId CONSTANT)
    Q_PROPERTY(qint64 currentSeqNr READ currentSeqNr CONSTANT)
    Q_PROPERTY(qint64 confirmedSeqNr READ confirmedSeqNr CONSTANT)

public:
    /*! No permission: an empty id and numbers 0. */
    RequestNext() = default;

    /*! Made by a ProducerController; useful by itself in tests only. */
    RequestNext(QString producerId, qint64 currentSeqNr, qint64 confirmedSeqNr)
        : m_producerId(std::move(producerId))
        , m_currentSeqNr(currentSeqNr)
        , m_confirmedSeqNr(confirmedSeqNr)
    { }

    /*! The id of the producer that may send. */
    [[nodiscard]] const QString &producerId() const { return m_producerId; }

    /*! The number that the next message will get, from 1 on. */
    [[nodiscard]] qint64 currentSeqNr() const { return m_currentSeqNr; }

    /*! The consumer's application has processed everything up to this number; 0 is nothing yet.
        It never gets smaller from one permission to the next. */
    [[nodiscard]] qint64 confirmedSeqNr() const { return m_confirmedSeqNr; }

    /*! Equal in every member. */
    friend bool operator==(const RequestNext &, const RequestNext &) = default;

private:
    friend class ProducerControllerPrivate;

    QString m_producerId;
    qint64 m_currentSeqNr = 0;
    qint64 m_confirmedSeqNr = 0;
};

} // namespace QtDelivery

Q_DECLARE_METATYPE(QtDelivery::RequestNext)
