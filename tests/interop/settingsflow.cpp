// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

// A producer and a consumer with the durable engines for small state, to be killed:
//
//     settingsflow send URL QUEUE.ini COUNT [MILLISECONDS]   "order 1" to "order COUNT", with
//     pauses settingsflow receive URL PROGRESS.ini OUT              writes them to a file, until it
//     is killed

#include <QtDelivery/consumercontroller.h>
#include <QtDelivery/deliverynode.h>
#include <QtDelivery/producercontroller.h>
#include <QtDelivery/settingsconsumerprogress.h>
#include <QtDelivery/settingsproducerqueue.h>

#include <QCoreApplication>
#include <QDebug>
#include <QFile>
#include <QTimer>

using namespace QtDelivery;

namespace {

const QString Flow = QStringLiteral("orders");

void check(const Error &error)
{
    if (error) {
        qCritical().noquote() << error.message();
        std::exit(EXIT_FAILURE);
    }
}

void check(bool good, const QFile &file)
{
    if (!good) {
        qCritical().noquote() << file.fileName() << file.errorString();
        std::exit(EXIT_FAILURE);
    }
}

int send(const QStringList &arguments)
{
    const qint64 count = arguments.value(2).toLongLong();
    DeliveryNode node;
    SettingsProducerQueue queue(arguments.value(1));
    ProducerController producer(Flow, ProducerSettings(), &queue, &node);
    QTimer pause;
    pause.setSingleShot(true);
    pause.setInterval(arguments.value(3).toInt());
    const auto sendNext = [&] {
        if (producer.demand() && producer.currentSeqNr() <= count)
            check(producer.send("order " + QByteArray::number(producer.currentSeqNr())).error());
    };
    QObject::connect(&pause, &QTimer::timeout, &producer, sendNext);
    QObject::connect(&producer, &ProducerController::requestNext, &pause,
                     qOverload<>(&QTimer::start));
    const auto endAfterLast = [&] {
        if (producer.currentSeqNr() > count && producer.unconfirmedCount() == 0)
            node.close();
    };
    QObject::connect(&producer, &ProducerController::loaded, &node, endAfterLast);
    QObject::connect(&producer, &ProducerController::confirmed, &node, endAfterLast);
    QObject::connect(&producer, &ProducerController::errorOccurred, &node,
                     [](const Error &error) { check(error); });
    QObject::connect(&node, &DeliveryNode::closed, qApp, &QCoreApplication::quit);
    check(producer.start(qApp));
    check(node.listen(QUrl(arguments.value(0))));
    return QCoreApplication::exec();
}

int receive(const QStringList &arguments)
{
    DeliveryNode node;
    SettingsConsumerProgress progress(arguments.value(1));
    ConsumerController consumer(QStringLiteral("settingsflow"), ConsumerSettings(), &progress,
                                &node);
    QFile out(arguments.value(2));
    check(out.open(QIODevice::ReadWrite | QIODevice::Unbuffered), out);
    QObject::connect(&consumer, &ConsumerController::loaded, &out, [&] {
        const qint64 length = consumer.position().context.toLongLong();
        check(out.size() >= length && out.resize(length) && out.seek(length), out);
    });
    QObject::connect(&consumer, &ConsumerController::delivered, &out,
                     [&](const Delivery &delivery) {
                         const QByteArray line = delivery.payload() + '\n';
                         check(out.write(line) == line.size(), out);
                         check(consumer.confirm(delivery, QByteArray::number(out.pos())));
                     });
    QObject::connect(&consumer, &ConsumerController::errorOccurred, &node,
                     [](const Error &error) { check(error); });
    check(consumer.start(qApp));
    check(consumer.registerToProducerController(Flow));
    check(node.connectTo(QUrl(arguments.value(0))));
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    return arguments.value(1) == u"send" ? send(arguments.mid(2)) : receive(arguments.mid(2));
}
