// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/error.h>

#include <utility>

namespace QtDelivery {

/*! \brief What became of a message: the number it got, or the reason why it was not taken.

    \code
    if (const QtDelivery::SendResult result = controller.send(payload))
        qInfo() << "sent as" << result.seqNr();
    else
        qWarning() << result.error();
    \endcode */
class QTDELIVERY_NODISCARD_EXPORT SendResult
{
    Q_GADGET
    Q_PROPERTY(bool accepted READ isAccepted CONSTANT)
    Q_PROPERTY(qint64 seqNr READ seqNr CONSTANT)
    Q_PROPERTY(QtDelivery::Error error READ error CONSTANT)

public:
    /*! Nothing has been sent: a refusal with Error::Code::NotStarted. */
    SendResult()
        : m_error(Error::Code::NotStarted, QString())
    { }

    /*! The message was taken as number \a seqNr, which is 1 or more. */
    explicit SendResult(qint64 seqNr)
        : m_seqNr(seqNr)
    {
        Q_ASSERT(seqNr >= 1);
    }

    /*! The message was refused because of \a error, which must be one. */
    SendResult(Error error)
        : m_error(std::move(error))
    {
        Q_ASSERT(m_error.isError());
    }

    /*! Returns true if the message was taken. */
    [[nodiscard]] bool isAccepted() const { return m_seqNr > 0; }

    /*! True if the message \e was taken: the other way round than Error. */
    [[nodiscard]] explicit operator bool() const { return isAccepted(); }

    /*! The message's number, from 1 on; 0 if it was refused. */
    [[nodiscard]] qint64 seqNr() const { return m_seqNr; }

    /*! Why the message was refused; no error if it was taken. */
    [[nodiscard]] const Error &error() const { return m_error; }

    /*! Equal numbers and equal errors. */
    friend bool operator==(const SendResult &, const SendResult &) = default;

private:
    qint64 m_seqNr = 0;
    Error m_error;
};

/*! Writes e.g. `QtDelivery::SendResult(seqNr 7)` or the error. */
QTDELIVERY_EXPORT QDebug operator<<(QDebug debug, const SendResult &result);

} // namespace QtDelivery

Q_DECLARE_METATYPE(QtDelivery::SendResult)
