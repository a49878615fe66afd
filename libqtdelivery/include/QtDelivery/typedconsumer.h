// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/codecs.h>
#include <QtDelivery/consumercontroller.h>
#include <QtDelivery/delivery.h>
#include <QtDelivery/error.h>
#include <QtDelivery/qtdeliveryglobal.h>

#include <QCoreApplication>
#include <QMetaObject>
#include <QObject>
#include <QPointer>

#include <functional>
#include <memory>
#include <utility>

namespace QtDelivery {

namespace Detail {

/*! Not API: the part of TypedConsumer that is the same for every type. */
class QTDELIVERY_EXPORT UndecodableNotifier : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /*! Emits undecodable(); without a receiver writes a warning. */
    void report(const QtDelivery::Error &error, const QtDelivery::Delivery &delivery);

Q_SIGNALS:
    void undecodable(const QtDelivery::Error &error, const QtDelivery::Delivery &delivery);
};

} // namespace Detail

/*! \brief A ConsumerController for messages of type \a T instead of byte arrays.

    \code
    QtDelivery::TypedConsumer<Order> orders(&controller);
    orders.onDelivered(
        this, [this, orders](const Order &order, const QtDelivery::Delivery &delivery) {
            book(order);
            if (const QtDelivery::Error error = orders.confirm(delivery))
                qWarning() << error;
        });
    \endcode

    <b>A payload that does not decode</b> is neither confirmed nor dropped by itself: nothing can
    know here whether the message is worthless or this program too old for it. The flow waits until
    somebody decides:

    - onUndecodable() has a handler: it gets the error and the delivery, and can keep the payload
      somewhere and then confirm it, so that the flow goes on; or confirm it later; or stop the
      controller, and the message goes to the next consumer.
    - It has none: a warning of the category `qtdelivery.consumer` names the message and the reason,
      once for each time it is delivered, and the flow waits. A program that is to go on by itself
      has a handler.

    A handle, cheap to copy: the controller belongs to somebody else, does everything, and may be
    deleted at any time; confirm() answers Error::Code::Stopped then. Handlers stay connected when
    the last handle is gone.

    Thread: that of the controller, except where a handler has a context in another one. */
template <typename T, typename Codec = CborCodec<T>> class TypedConsumer
{
    static_assert(PayloadCodec<Codec, T>, "see PayloadCodec for what a codec needs");

public:
    /*! A handle of \a controller, which stays its owner's. */
    explicit TypedConsumer(ConsumerController *controller)
        : m_controller(controller)
        , m_state(std::make_shared<State>())
    { }

    /*! The controller; null if it has been deleted. */
    [[nodiscard]] ConsumerController *controller() const { return m_controller.data(); }

    /*! Calls \a handler with `(const T &, const Delivery &)` for each message that decodes, in the
        thread of \a context, until \a context or the controller is deleted. Decoding is done in
       that thread, too. A message is decoded once: a second call replaces the handler. */
    template <typename Handler>
    QMetaObject::Connection onDelivered(const QObject *context, Handler handler) const
    {
        QObject::disconnect(m_state->delivered);
        if (!m_controller)
            return {};
        m_state->delivered =
            QObject::connect(m_controller.data(), &ConsumerController::delivered, context,
                             [notifier = m_state->notifier,
                              handler = std::move(handler)](const Delivery &delivery) mutable {
                                 const Result<T> message = Codec::decode(delivery.payload());
                                 if (message)
                                     std::invoke(handler, *message, delivery);
                                 else
                                     notifier->report(message.error(), delivery);
                             });
        return m_state->delivered;
    }

    /*! Calls \a handler with `(const Error &, const Delivery &)` for each message that
       onDelivered() found undecodable, in the thread of \a context, until \a context is deleted.
       See above for what it has to decide. */
    template <typename Handler>
    QMetaObject::Connection onUndecodable(const QObject *context, Handler &&handler) const
    {
        return QObject::connect(m_state->notifier.get(), &Detail::UndecodableNotifier::undecodable,
                                context, std::forward<Handler>(handler));
    }

    /*! See ConsumerController::confirm(); Error::Code::Stopped if the controller was deleted. */
    Error confirm(const Delivery &delivery) const
    {
        if (!m_controller) {
            return Error(Error::Code::Stopped,
                         QCoreApplication::translate("QtDelivery", "The controller was deleted."));
        }
        return m_controller->confirm(delivery);
    }

private:
    // Shared with the handlers, which may hold a handle in turn: all of it ends with their
    // contexts.
    struct State
    {
        std::shared_ptr<Detail::UndecodableNotifier> notifier =
            std::make_shared<Detail::UndecodableNotifier>();
        QMetaObject::Connection delivered;
    };

    QPointer<ConsumerController> m_controller;
    std::shared_ptr<State> m_state;
};

} // namespace QtDelivery
