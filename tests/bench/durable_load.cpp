// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

// How long a producer takes to start again: one process fills a journal with unconfirmed messages
// and ends, another one makes a controller with it and waits until that is loaded.

#include "benchsupport.h"
#include "queuefeeder.h"

#include <QtDelivery/deliverynode.h>
#include <QtDelivery/fileproducerqueue.h>
#include <QtDelivery/producercontroller.h>

#include <QCoreApplication>
#include <QDir>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace Bench;
using namespace QtDelivery;

namespace {

QString journalDirectory(const Options &options)
{
    return QString::fromStdString(options.directory) + QStringLiteral("/queue");
}

int fill(const Options &options, int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    FileProducerQueue queue(journalDirectory(options));
    const QueueFeeder feeder(queue, options.messages, options.size, [&options](qint64 seqNr) {
        if (seqNr == options.messages)
            QCoreApplication::quit();
    });
    return QCoreApplication::exec();
}

// The system forgets what it has in memory of the files.
void forget(const QString &directory)
{
    const QDir files(directory);
    for (const QString &name : files.entryList(QDir::Files)) {
        const int file = open(QFile::encodeName(files.filePath(name)).constData(), O_RDONLY);
        if (file < 0 || fsync(file) != 0 || posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED) != 0)
            fail("cannot make the system forget a file");
        close(file);
    }
}

int load(const Options &options, int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    if (options.cold)
        forget(journalDirectory(options));
    Meter meter;
    meter.begin();
    DeliveryNode node;
    FileProducerQueue queue(journalDirectory(options));
    ProducerController controller(QStringLiteral("producer"), ProducerSettings(), &queue, &node);
    QObject::connect(&controller, &ProducerController::errorOccurred, &controller,
                     [](const Error &error) { fail(error.message().toStdString()); });
    QObject::connect(&controller, &ProducerController::loaded, &controller, [&] {
        meter.end();
        const qint64 unconfirmed = controller.currentSeqNr() - 1 - controller.confirmedSeqNr();
        Report report;
        report.add("program", "durable_load");
        report.add("messages", std::int64_t(unconfirmed));
        meter.report(report);
        report.add("complete", unconfirmed == options.messages);
        report.print();
        QCoreApplication::quit();
    });
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    const Options options = parseOptions(argc, argv);
    requireDisk(options.directory);
    // Before there are threads. What the filling process leaves in the heap must not help.
    const pid_t filler = fork();
    if (filler == 0)
        return fill(options, argc, argv);
    int status = -1;
    if (filler < 0 || waitpid(filler, &status, 0) != filler || status != 0)
        fail("the journal could not be filled");
    return load(options, argc, argv);
}
