// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/consumercontroller.h>
#include <QtDelivery/consumerprogress.h>

#include <QObject>
#include <QString>
#include <QTimer>

#include <memory>

namespace Cli {

/*! One flow of `qtdelivery receive`: a producer id at one node, or at whichever node offers it. */
class FlowConsumer : public QObject
{
    Q_OBJECT

public:
    /*! \a number makes the consumer's id unique in this process. */
    FlowConsumer(const QString &flow, const QString &nodeId, quint64 number,
                 const QtDelivery::ConsumerSettings &settings,
                 const QtDelivery::StorageKeys &spoolKeys, QtDelivery::DeliveryNode *node,
                 QObject *parent = nullptr);
    /*! With durable \a progress: the id is the same in each process. */
    FlowConsumer(const QString &flow, std::unique_ptr<QtDelivery::ConsumerProgress> progress,
                 const QtDelivery::ConsumerSettings &settings,
                 const QtDelivery::StorageKeys &spoolKeys, QtDelivery::DeliveryNode *node,
                 QObject *parent = nullptr);

    /*! Begins; an error is final. */
    QtDelivery::Error start();

    [[nodiscard]] const QString &flow() const { return m_flow; }
    [[nodiscard]] const QString &nodeId() const { return m_nodeId; }
    [[nodiscard]] QtDelivery::ConsumerController &controller() { return m_controller; }
    [[nodiscard]] const QtDelivery::ConsumerController &controller() const { return m_controller; }

    /*! \a context is recorded with it, if there is progress. */
    void confirm(const QtDelivery::Delivery &delivery, const QByteArray &context);
    /*! The producer knows what has been confirmed, or can be told, or has left. */
    [[nodiscard]] bool canReport() const;

    /*! Delivers what has arrived, then stops. */
    void finish();
    /*! It is finishing, and meanwhile the producer is offered once more. */
    void setOfferedAgain(bool again) { m_offeredAgain = again; }
    [[nodiscard]] bool isOfferedAgain() const { return m_offeredAgain; }
    [[nodiscard]] bool isFinishing() const { return m_finishing; }
    /*! The link to the producer is lost: finishes too, unless it comes back within a while. */
    void waitForReturn();

private:
    void connectController();
    void handleAttachedChanged();

    const QString m_flow;
    const QString m_nodeId; // empty = any
    const std::unique_ptr<QtDelivery::ConsumerProgress> m_progress; // null: none
    QtDelivery::ConsumerController m_controller;
    qint64 m_confirmed = 0;
    quint64 m_unreportedSince =
        0; // attachments until something was confirmed last, 0 = nothing yet
    bool m_finishing = false;
    bool m_offeredAgain = false;
    QTimer m_returnTimer;
};

} // namespace Cli
