// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

// Prints the readings of every device that connects, for ever or until it has printed as many:
//
//     collector [count [url]]        default: 0 (for ever) tcp://127.0.0.1:4712
//     collector --selftest           a collector and five devices in this process

#include "collector.h"
#include "device.h"

#include <QCoreApplication>
#include <QDebug>
#include <QHash>
#include <QTextStream>

#include <memory>
#include <vector>

using namespace QtDelivery;

static int collect(const QUrl &url, qint64 count)
{
    Collector collector;
    qint64 received = 0;
    QObject::connect(&collector, &Collector::received, qApp,
                     [&](const QString &device, const Delivery &reading) {
                         QTextStream(stdout) << device << ": " << reading.payload() << Qt::endl;
                         if (++received == count)
                             collector.close();
                     });
    QObject::connect(&collector, &Collector::closed, qApp, &QCoreApplication::quit);
    if (const Error error = collector.listen(url)) {
        qCritical().noquote() << error.message();
        return EXIT_FAILURE;
    }
    return QCoreApplication::exec();
}

/*! Which device comes first is chance; the order within a device is not. */
static int selfTest()
{
    constexpr int deviceCount = 5;
    constexpr qint64 readingCount = 100;

    Collector collector;
    if (const Error error = collector.listen(QUrl(QStringLiteral("tcp://127.0.0.1:0")))) {
        qCritical().noquote() << error.message();
        return EXIT_FAILURE;
    }
    QHash<QString, qint64> last; // by device: the number of its last reading
    bool ordered = true;
    QObject::connect(&collector, &Collector::received, qApp,
                     [&](const QString &device, const Delivery &reading) {
                         ordered = ordered && reading.seqNr() == last[device] + 1;
                         last[device] = reading.seqNr();
                     });
    QObject::connect(&collector, &Collector::closed, qApp, &QCoreApplication::quit);

    int running = deviceCount;
    std::vector<std::unique_ptr<Device>> devices;
    for (int i = 1; i <= deviceCount; ++i) {
        auto device = std::make_unique<Device>(QStringLiteral("device-%1").arg(i), readingCount);
        QObject::connect(device.get(), &Device::finished, &collector, [&] {
            if (--running == 0)
                collector.close();
        });
        if (const Error error = device->connectTo(collector.url())) {
            qCritical().noquote() << error.message();
            return EXIT_FAILURE;
        }
        devices.push_back(std::move(device));
    }
    QCoreApplication::exec();

    for (int i = 1; i <= deviceCount; ++i) {
        const QString device = QStringLiteral("device-%1").arg(i);
        QTextStream(stdout) << device << ": " << last.value(device) << " readings" << Qt::endl;
        ordered = ordered && last.value(device) == readingCount;
    }
    QTextStream(stdout) << (ordered ? "each once and in order" : "NOT in order") << Qt::endl;
    return ordered ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = app.arguments();
    if (arguments.contains(QStringLiteral("--selftest")))
        return selfTest();
    return collect(QUrl(arguments.value(2, QStringLiteral("tcp://127.0.0.1:4712"))),
                   arguments.value(1, QStringLiteral("0")).toLongLong());
}
