// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

// What is delivered again when a consumer is replaced in the middle of the flow? Exactly what it
// had been given and had not confirmed, and nothing is left out. First the consumer's object is
// replaced, then its object and its controller. Ends by itself:
//
//     restart-the-consumer

#include <QtDelivery/consumercontroller.h>
#include <QtDelivery/deliverynode.h>
#include <QtDelivery/producercontroller.h>

#include <QCoreApplication>
#include <QDebug>
#include <QTextStream>

using namespace QtDelivery;

static void check(const Error &error)
{
    if (error) {
        qCritical().noquote() << error.message();
        std::exit(EXIT_FAILURE);
    }
}

static void print(const QString &line)
{
    QTextStream(stdout) << line << Qt::endl;
}

/*! The application's object: confirms up to \a lastToConfirm, then gets stuck with a message. */
class Consumer : public QObject
{
    Q_OBJECT

public:
    Consumer(const QString &name, qint64 lastToConfirm, ConsumerController *controller)
    {
        setObjectName(name);
        connect(controller, &ConsumerController::delivered, this,
                [=, this](const Delivery &delivery) {
                    const QString what =
                        name + QStringLiteral(": ") + QString::fromUtf8(delivery.payload());
                    if (delivery.seqNr() > lastToConfirm) {
                        print(what + QStringLiteral(", not confirmed"));
                        Q_EMIT stuck();
                        return;
                    }
                    print(what);
                    check(controller->confirm(delivery));
                });
    }

Q_SIGNALS:
    void stuck();
};

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    constexpr qint64 count = 8;

    DeliveryNode producerNode;
    ProducerController producer(QStringLiteral("orders"), &producerNode);
    QObject::connect(
        &producer, &ProducerController::requestNext, &app, [&](const RequestNext &next) {
            if (next.currentSeqNr() <= count)
                check(producer.send("order " + QByteArray::number(next.currentSeqNr())).error());
        });
    check(producer.start(&app));
    check(producerNode.listen(QUrl(QStringLiteral("tcp://127.0.0.1:0"))));

    DeliveryNode consumerNode;
    check(consumerNode.connectTo(producerNode.listeningUrls().constFirst()));

    std::unique_ptr<ConsumerController> controller;
    const auto newController = [&] {
        controller = std::make_unique<ConsumerController>(QStringLiteral("shop"), &consumerNode);
        check(controller->registerToProducerController(QStringLiteral("orders")));
    };

    // 1. Object A at the first controller.
    newController();
    auto objectA = std::make_unique<Consumer>(QStringLiteral("A"), 2, controller.get());
    std::unique_ptr<Consumer> objectB;
    std::unique_ptr<Consumer> objectC;

    // 3. Object C at a new controller.
    const auto replaceController = [&] {
        newController();
        print(QStringLiteral("-- C and a new controller take over"));
        objectC = std::make_unique<Consumer>(QStringLiteral("C"), count, controller.get());
        check(controller->start(objectC.get()));
    };

    // 2. Object B at the same controller. start() comes before A is deleted: a controller whose
    //    consumer is deleted stops, which is what happens to B.
    const auto replaceObject = [&] {
        print(QStringLiteral("-- B replaces A at the same controller"));
        objectB = std::make_unique<Consumer>(QStringLiteral("B"), 4, controller.get());
        check(controller->start(objectB.get()));
        objectA.reset();
        // Queued: replaceController() deletes what these signals come from.
        QObject::connect(
            objectB.get(), &Consumer::stuck, &app, [&] { objectB.reset(); }, Qt::QueuedConnection);
        QObject::connect(
            controller.get(), &ConsumerController::stopped, &app,
            [&] {
                print(QStringLiteral("-- B is gone, so its controller has stopped"));
                replaceController();
            },
            Qt::QueuedConnection);
    };
    QObject::connect(objectA.get(), &Consumer::stuck, &app, replaceObject, Qt::QueuedConnection);
    check(controller->start(objectA.get()));

    // The end: every order is confirmed.
    QObject::connect(&producer, &ProducerController::confirmed, &app, [&](qint64 seqNr) {
        if (seqNr < count)
            return;
        print(QStringLiteral("%1 orders sent, %2 unconfirmed")
                  .arg(producer.statistics().messages)
                  .arg(producer.unconfirmedCount()));
        consumerNode.close();
    });
    QObject::connect(&consumerNode, &DeliveryNode::closed, &app, &QCoreApplication::quit);
    return app.exec();
}

#include "main.moc"
