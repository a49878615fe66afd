// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <QtDelivery/fileproducerqueue.h>

#include "journalinspector.h"
#include "journalthread.h"
#include "posixfilesystem.h"

#include <QCoreApplication>

namespace QtDelivery {

namespace {

constexpr qint64 KiB = 1024;
constexpr qint64 GiB = KiB * KiB * KiB;
constexpr qint64 MaxCleanupDays = 10'000;
constexpr qint64 MillisecondsPerDay = qint64(24) * 60 * 60 * 1000;

Error checkRange(QLatin1StringView name, qint64 value, qint64 min, qint64 max)
{
    if (value >= min && value <= max)
        return {};
    //: %1 is a setting's name, %2 its value, %3 and %4 are numbers
    return {Error::Code::InvalidSetting,
            QCoreApplication::translate("QtDelivery",
                                        "%1 is %2; it must be a whole number between %3 and %4.")
                .arg(name, QString::number(value), QString::number(min), QString::number(max))};
}

JournalConfig journalConfig(const FileQueueSettings &settings)
{
    JournalConfig config;
    config.segmentSize = settings.segmentSize;
    config.snapshotEvery = settings.snapshotEvery;
    config.retention = {settings.keepSnapshots, settings.deleteEvents};
    config.cleanupUnusedAfter = settings.cleanupUnusedAfter;
    return config;
}

} // namespace

Error FileQueueSettings::validate() const
{
    const Error errors[] = {
        checkRange(QLatin1StringView("segmentSize"), segmentSize, 64 * KiB, GiB),
        checkRange(QLatin1StringView("snapshotEvery"), snapshotEvery, 1, 1'000'000),
        checkRange(QLatin1StringView("keepSnapshots"), keepSnapshots, 1, 1000),
        checkRange(QLatin1StringView("cleanupUnusedAfter"), cleanupUnusedAfter.count(), 1,
                   MaxCleanupDays * MillisecondsPerDay),
        checkRange(QLatin1StringView("maxMessages"), maxMessages, 1, 1'000'000'000),
        checkRange(QLatin1StringView("maxBytes"), maxBytes, 1, KiB * GiB),
    };
    for (const Error &error : errors) {
        if (error)
            return error;
    }
    return {};
}

class FileProducerQueue::Private
{
public:
    Private(FileProducerQueue *queue, const QString &directory, const FileQueueSettings &settings)
        : settings(settings)
        , invalid(settings.validate())
        , thread(queue, std::make_unique<PosixFileSystem>(directory), journalConfig(settings))
    { }

    const FileQueueSettings settings;
    const Error invalid;
    JournalThread thread;
};

FileProducerQueue::FileProducerQueue(const QString &directory, QObject *parent)
    : FileProducerQueue(directory, FileQueueSettings(), parent)
{ }

FileProducerQueue::FileProducerQueue(const QString &directory, const FileQueueSettings &settings,
                                     QObject *parent)
    : DurableProducerQueue(parent)
    , d(std::make_unique<Private>(this, directory, settings))
{ }

FileProducerQueue::~FileProducerQueue() = default;

void FileProducerQueue::load(const QString &producerId)
{
    if (d->invalid)
        d->thread.refuse(d->invalid);
    else
        d->thread.load(producerId);
}

void FileProducerQueue::store(const QList<DurableMessage> &messages)
{
    d->thread.store(messages);
}

void FileProducerQueue::confirm(qint64 seqNr, const QString &qualifier)
{
    d->thread.confirm(seqNr, qualifier);
}

qint64 FileProducerQueue::maxMessages() const
{
    return d->settings.maxMessages;
}

qint64 FileProducerQueue::maxBytes() const
{
    return d->settings.maxBytes;
}

Result<JournalReport> FileProducerQueue::inspect(
    const QString &directory, const std::function<void(const JournalRecord &)> &visit)
{
    PosixFileSystem files(directory);
    return inspectJournal(files, visit);
}

} // namespace QtDelivery
