// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/codecs.h>
#include <QtDelivery/error.h>
#include <QtDelivery/producercontroller.h>
#include <QtDelivery/requestnext.h>
#include <QtDelivery/sendresult.h>

#include <QCoreApplication>
#include <QFuture>
#include <QMetaObject>
#include <QObject>
#include <QPointer>

#include <utility>

namespace QtDelivery {

/*! \brief A ProducerController for messages of type \a T instead of byte arrays.

    \code
    QtDelivery::TypedProducer<Order> orders(&controller);
    orders.onRequestNext(this, [this, orders] {
        if (const QtDelivery::SendResult result = orders.send(nextOrder()); !result)
            qWarning() << result.error();
    });
    \endcode

    A handle, cheap to copy: the controller belongs to somebody else, does everything, and may be
    deleted at any time; send() answers Error::Code::Stopped then.

    Thread: that of the controller. */
template <typename T, typename Codec = CborCodec<T>> class TypedProducer
{
    static_assert(PayloadCodec<Codec, T>, "see PayloadCodec for what a codec needs");

public:
    /*! A handle of \a controller, which stays its owner's. */
    explicit TypedProducer(ProducerController *controller)
        : m_controller(controller)
    { }

    /*! The controller; null if it has been deleted. */
    [[nodiscard]] ProducerController *controller() const { return m_controller.data(); }

    /*! Encodes and sends \a message. Beside the refusals of ProducerController::send() there is
        Error::Code::EncodeFailed; the permission stays then. */
    SendResult send(const T &message) const
    {
        if (!m_controller)
            return stopped();
        const Result<QByteArray> payload = Codec::encode(message);
        return payload ? m_controller->send(*payload) : SendResult(payload.error());
    }

    /*! As send(); the future finishes when \a message is confirmed or has failed, see
        ProducerController::sendTracked(). */
    [[nodiscard]] QFuture<SendResult> sendTracked(const T &message) const
    {
        if (!m_controller)
            return finished(stopped());
        const Result<QByteArray> payload = Codec::encode(message);
        return payload ? m_controller->sendTracked(*payload) : finished(payload.error());
    }

    /*! Calls \a handler, with a RequestNext or with nothing, for each permission to send one
        message, in the thread of \a context, until \a context or the controller is deleted. Every
        call adds a handler; but a permission is good for one message whoever sends it. Permission
        that was given before has no signal any more: look at ProducerController::demand(). */
    template <typename Handler>
    QMetaObject::Connection onRequestNext(const QObject *context, Handler &&handler) const
    {
        if (!m_controller)
            return {};
        return QObject::connect(m_controller.data(), &ProducerController::requestNext, context,
                                std::forward<Handler>(handler));
    }

private:
    static SendResult stopped()
    {
        return Error(Error::Code::Stopped,
                     QCoreApplication::translate("QtDelivery", "The controller was deleted."));
    }

    static QFuture<SendResult> finished(const SendResult &result)
    {
        return QtFuture::makeReadyFuture(result);
    }

    QPointer<ProducerController> m_controller;
};

} // namespace QtDelivery
