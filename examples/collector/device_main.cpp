// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

// Sends readings to the collector and ends when they are confirmed:
//
//     device name [count [url]]        default: 10 tcp://127.0.0.1:4712

#include "device.h"

#include <QCoreApplication>
#include <QDebug>

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = app.arguments();
    if (arguments.size() < 2) {
        qCritical("usage: device name [count [url]]");
        return EXIT_FAILURE;
    }

    Device device(arguments.at(1), arguments.value(2, QStringLiteral("10")).toLongLong());
    QObject::connect(&device, &Device::finished, &app, &QCoreApplication::quit);
    const QUrl url(arguments.value(3, QStringLiteral("tcp://127.0.0.1:4712")));
    if (const QtDelivery::Error error = device.connectTo(url)) {
        qCritical().noquote() << error.message();
        return EXIT_FAILURE;
    }
    return app.exec();
}
