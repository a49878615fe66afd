// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

// Sends "hello 1", "hello 2", … and ends when the last one is confirmed:
//
//     hello-producer [url [count]]        default: tcp://127.0.0.1:4711 10

#include <QtDelivery/deliverynode.h>
#include <QtDelivery/producercontroller.h>

#include <QCoreApplication>
#include <QDebug>

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
    ProducerController producer(QStringLiteral("hello"), &node);
    const auto sendNext = [&](const RequestNext &next) {
        if (next.currentSeqNr() <= count)
            check(producer.send("hello " + QByteArray::number(next.currentSeqNr())).error());
    };
    QObject::connect(&producer, &ProducerController::requestNext, &app, sendNext);
    check(producer.start(&app));
    check(node.connectTo(url));

    const auto closeAfterLast = [&](qint64 seqNr) {
        if (seqNr == count)
            node.close();
    };
    QObject::connect(&producer, &ProducerController::confirmed, &app, closeAfterLast);
    QObject::connect(&node, &DeliveryNode::closed, &app, &QCoreApplication::quit);
    return app.exec();
}
