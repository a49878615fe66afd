// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/consumercontroller.h>
#include <QtDelivery/deliverynode.h>
#include <QtDelivery/producercontroller.h>

#include <QAbstractEventDispatcher>
#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QTimer>

#include <functional>

// The two applications of one flow, for tests that care about links.

namespace TestSupport {

/*! Processes events until \a condition holds; false if that takes longer than \a limit. QTRY_VERIFY
 * looks only every 50 ms. */
[[nodiscard]] inline bool waitUntil(const std::function<bool()> &condition,
                                    std::chrono::milliseconds limit = std::chrono::seconds(20))
{
    const QDeadlineTimer deadline(limit);
    QTimer alarm; // ends the last wait for events
    alarm.start(limit);
    while (!condition()) {
        if (deadline.hasExpired())
            return false;
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
    return true;
}

/*! Message \a seqNr of a flow: tells its number, as far as \a size allows. */
inline QByteArray payloadOf(qint64 seqNr, qsizetype size)
{
    QByteArray payload = "message " + QByteArray::number(seqNr) + ' ';
    payload.resize(size, char('a' + seqNr % 26));
    return payload;
}

/*! Sends what it was given to send, one message per permission. */
class Sender : public QObject
{
public:
    Sender(const QString &id, QtDelivery::DeliveryNode *node,
           const QtDelivery::ProducerSettings &settings = {})
        : controller(id, settings, node)
    {
        connect(&controller, &QtDelivery::ProducerController::requestNext, this,
                [this] { work(); });
        m_error = controller.start(this);
    }

    void send(const QList<QByteArray> &messages)
    {
        m_messages += messages;
        work();
    }

    [[nodiscard]] qsizetype sent() const { return m_sent; }
    /*! No call has failed, and nothing is left to be confirmed. */
    [[nodiscard]] bool isDone() const
    {
        return !m_error && controller.confirmedSeqNr() == m_messages.size();
    }
    [[nodiscard]] const QList<QByteArray> &messages() const { return m_messages; }
    [[nodiscard]] const QtDelivery::Error &error() const { return m_error; }

    QtDelivery::ProducerController controller;

private:
    void work()
    {
        while (controller.demand() && m_sent < m_messages.size() && !m_error)
            m_error = controller.send(m_messages[m_sent++]).error();
    }

    QList<QByteArray> m_messages;
    qsizetype m_sent = 0;
    QtDelivery::Error m_error;
};

/*! Keeps what it is given, and confirms it at once or a turn later. */
class Receiver : public QObject
{
public:
    enum class Confirm { AtOnce, Later, Never };

    Receiver(const QString &id, QtDelivery::DeliveryNode *node, Confirm when = Confirm::AtOnce,
             const QtDelivery::ConsumerSettings &settings = {})
        : controller(id, settings, node)
    {
        connect(&controller, &QtDelivery::ConsumerController::delivered, this,
                [this, when](const QtDelivery::Delivery &delivery) {
                    if (received.isEmpty())
                        first = delivery.seqNr();
                    inOrder &= delivery.seqNr() == first + received.size();
                    received.append(delivery.payload());
                    if (when == Confirm::AtOnce)
                        confirm(delivery);
                    else if (when == Confirm::Later)
                        QMetaObject::invokeMethod(
                            this, [this, delivery] { confirm(delivery); }, Qt::QueuedConnection);
                });
        m_error = controller.start(this);
    }

    void registerTo(const QString &producerId)
    {
        if (!m_error)
            m_error = controller.registerToProducerController(producerId);
    }

    /*! \a messages from the first on, each once, in order, and no call has failed. */
    [[nodiscard]] bool hasExactly(const QList<QByteArray> &messages) const
    {
        return !m_error && inOrder && first == 1 && received == messages;
    }
    [[nodiscard]] const QtDelivery::Error &error() const { return m_error; }

    QtDelivery::ConsumerController controller;
    QList<QByteArray> received;
    qint64 first = 1; // the number of the first of them
    bool inOrder = true;

private:
    void confirm(const QtDelivery::Delivery &delivery)
    {
        if (!m_error)
            m_error = controller.confirm(delivery);
    }

    QtDelivery::Error m_error;
};

} // namespace TestSupport
