// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/consumercontroller.h>
#include <QtDelivery/deliverynode.h>
#include <QtDelivery/producercontroller.h>

#include <QObject>
#include <QUrl>

#include <memory>

/*! \brief The producer's half that lives in a worker thread: node and controller.

    Other threads talk to it through queued connections only, and never see the controller. */
class ProducerWorker : public QObject
{
    Q_OBJECT

public:
    explicit ProducerWorker(const QUrl &url);

    /*! To be called in the worker's thread: node, controller and their sockets belong to it. */
    void begin();
    /*! One message for one wanted(). */
    void send(const QByteArray &payload);
    void end();

Q_SIGNALS:
    /*! One message may be sent now. Until then the other thread produces nothing: back-pressure. */
    void wanted(qint64 seqNr);
    void confirmed(qint64 seqNr);
    void linkLost(const QString &why);
    void ended();

private:
    const QUrl m_url;
    // Declared in this order: controllers go before their node.
    std::unique_ptr<QtDelivery::DeliveryNode> m_node;
    std::unique_ptr<QtDelivery::ProducerController> m_controller;
};

/*! \brief The consumer's half that lives in a worker thread. */
class ConsumerWorker : public QObject
{
    Q_OBJECT

public:
    explicit ConsumerWorker(const QUrl &url);

    void begin();
    /*! The other thread has processed \a delivery; the next one follows. */
    void confirm(const QtDelivery::Delivery &delivery);
    void end();

Q_SIGNALS:
    /*! One at a time; what arrives meanwhile waits in the controller, within its window. */
    void delivered(const QtDelivery::Delivery &delivery);
    void linkLost(const QString &why);
    void ended();

private:
    const QUrl m_url;
    std::unique_ptr<QtDelivery::DeliveryNode> m_node;
    std::unique_ptr<QtDelivery::ConsumerController> m_controller;
};
