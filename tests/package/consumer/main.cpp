// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <QtDelivery/consumercontroller.h>
#include <QtDelivery/deliverynode.h>
#include <QtDelivery/producercontroller.h>

#include <QCoreApplication>
#include <QDebug>
#include <QTimer>

using namespace QtDelivery;
using namespace Qt::StringLiterals;

// A producer and a consumer, each with its node, in one process.
int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const QUrl url(u"local:qtdelivery-package-%1"_s.arg(QCoreApplication::applicationPid()));
    constexpr int LastMessage = 10;
    constexpr auto Patience = std::chrono::seconds(20);
    QTimer::singleShot(Patience, &app, [] { QCoreApplication::exit(2); });

    DeliveryNode consumerNode;
    ConsumerController consumer(u"billing"_s, &consumerNode);
    QObject::connect(&consumer, &ConsumerController::delivered, &app,
                     [&](const Delivery &delivery) {
                         qInfo().noquote() << "received" << delivery.payload();
                         if (consumer.confirm(delivery))
                             QCoreApplication::exit(1);
                     });

    DeliveryNode producerNode;
    ProducerController producer(u"orders"_s, &producerNode);
    QObject::connect(
        &producer, &ProducerController::requestNext, &app, [&](const RequestNext &next) {
            const QByteArray payload = "order " + QByteArray::number(next.currentSeqNr());
            if (next.currentSeqNr() <= LastMessage && !producer.send(payload))
                QCoreApplication::exit(1);
        });
    QObject::connect(&producer, &ProducerController::confirmed, &app, [](qint64 seqNr) {
        if (seqNr == LastMessage)
            QCoreApplication::exit(0);
    });

    for (const Error &error :
         {consumerNode.listen(url), producerNode.connectTo(url), consumer.start(&app),
          producer.start(&app), consumer.registerToProducerController(u"orders"_s)}) {
        if (error) {
            qCritical() << error;
            return 1;
        }
    }
    return QCoreApplication::exec();
}
