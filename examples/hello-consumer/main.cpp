// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

// Prints what hello-producer sends and ends after the last message:
//
//     hello-consumer [url [count]]        default: tcp://127.0.0.1:4711 10

#include <QtDelivery/consumercontroller.h>
#include <QtDelivery/deliverynode.h>

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

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = app.arguments();
    const QUrl url(arguments.value(1, QStringLiteral("tcp://127.0.0.1:4711")));
    const qint64 count = arguments.value(2, QStringLiteral("10")).toLongLong();

    DeliveryNode node;
    ConsumerController consumer(QStringLiteral("hello-consumer"), &node);
    const auto print = [&](const Delivery &delivery) {
        QTextStream(stdout) << delivery.payload() << Qt::endl;
        check(consumer.confirm(delivery));
        if (delivery.seqNr() == count)
            node.close();
    };
    QObject::connect(&consumer, &ConsumerController::delivered, &app, print);
    check(consumer.start(&app));
    check(consumer.registerToProducerController(QStringLiteral("hello")));
    check(node.listen(url));

    QObject::connect(&node, &DeliveryNode::closed, &app, &QCoreApplication::quit);
    return app.exec();
}
