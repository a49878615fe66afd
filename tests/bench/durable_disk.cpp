// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

// How much disk a journal takes when everything in it is confirmed, and how much it took at most.

#include "benchsupport.h"
#include "queuefeeder.h"

#include <QtDelivery/fileproducerqueue.h>

#include <QCoreApplication>
#include <QDir>

#include <sys/stat.h>

using namespace Bench;
using namespace QtDelivery;

namespace {

constexpr int storedBlock = 512; // what st_blocks counts

// What the files occupy, the lock file of some bytes left out.
std::int64_t diskBytes(const QString &directory)
{
    const QDir files(directory);
    std::int64_t bytes = 0;
    for (const QString &name : files.entryList(QDir::Files)) {
        struct stat status = {};
        if (name != QStringLiteral("lock")
            && stat(QFile::encodeName(files.filePath(name)).constData(), &status) == 0)
            bytes += std::int64_t(status.st_blocks) * storedBlock;
    }
    return bytes;
}

} // namespace

int main(int argc, char **argv)
{
    const Options options = parseOptions(argc, argv);
    requireDisk(options.directory);
    const QCoreApplication application(argc, argv);
    const QString directory = QString::fromStdString(options.directory) + QStringLiteral("/queue");
    std::int64_t peak = 0;
    bool isComplete = false;
    FileProducerQueue queue(directory);
    Meter meter;
    meter.begin();
    const QueueFeeder feeder(queue, options.messages, options.size, [&](qint64 seqNr) {
        queue.confirm(seqNr, {});
        peak = std::max(peak, diskBytes(directory));
        isComplete = seqNr == options.messages;
        if (isComplete)
            QCoreApplication::quit();
    });
    QCoreApplication::exec();
    meter.end();
    Report report;
    report.add("program", "durable_disk");
    report.add("messages", options.messages);
    meter.report(report);
    report.add("diskBytes", diskBytes(directory));
    report.add("peakBytes", peak);
    report.add("segmentBytes", std::int64_t(FileQueueSettings().segmentSize));
    report.add("complete", isComplete);
    report.print();
    return 0;
}
