// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <QtDelivery/fileproducerqueue.h>

#include "journalinspector.h"
#include "journalpayloads.h"
#include "journalthread.h"
#include "posixfilesystem.h"
#include "sealedreader.h"

#include <QDir>

namespace QtDelivery {

namespace {

JournalConfig journalConfig(const FileQueueSettings &settings,
                            const std::shared_ptr<const CipherKeys> &keys)
{
    JournalConfig config;
    config.segmentSize = settings.segmentSize;
    config.snapshotEvery = settings.snapshotEvery;
    config.retention = {settings.keepSnapshots, settings.deleteEvents};
    config.cleanupUnusedAfter = settings.cleanupUnusedAfter;
    config.keys = keys;
    return config;
}

} // namespace

class FileProducerQueue::Private
{
public:
    Private(FileProducerQueue *queue, const QString &directory, const FileQueueSettings &settings,
            const StorageKeys &keys)
        : directory(directory)
        , settings(settings)
        , keys(keys.d)
        , invalid(settings.validate())
        , thread(queue, std::make_unique<PosixFileSystem>(directory, &gauge),
                 journalConfig(settings, keys.d), &gauge)
    { }

    const QString directory;
    const FileQueueSettings settings;
    const std::shared_ptr<const CipherKeys> keys; // null: it is not encrypted
    const Error invalid;
    StorageGauge gauge; // before the thread, which uses it to its end
    JournalThread thread;
};

FileProducerQueue::FileProducerQueue(const QString &directory, QObject *parent)
    : FileProducerQueue(directory, FileQueueSettings(), parent)
{ }

FileProducerQueue::FileProducerQueue(const QString &directory, const FileQueueSettings &settings,
                                     QObject *parent)
    : FileProducerQueue(directory, settings, StorageKeys(), parent)
{ }

FileProducerQueue::FileProducerQueue(const QString &directory, const FileQueueSettings &settings,
                                     const StorageKeys &keys, QObject *parent)
    : DurableProducerQueue(parent)
    , d(std::make_unique<Private>(this, directory, settings, keys))
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

void FileProducerQueue::skip(qint64 seqNr, const QString &qualifier)
{
    d->thread.skip(seqNr, qualifier);
}

qint64 FileProducerQueue::maxMessages() const
{
    return d->settings.maxMessages;
}

qint64 FileProducerQueue::maxBytes() const
{
    return d->settings.maxBytes;
}

QString FileProducerQueue::payloadFile(qint64 seqNr) const
{
    return QDir(d->directory).filePath(payloadFileName(seqNr));
}

std::shared_ptr<PayloadReader> FileProducerQueue::openPayload(qint64 seqNr, qint64 size) const
{
    if (!d->keys)
        return nullptr;
    return std::make_shared<SealedReader>(payloadFile(seqNr), d->keys,
                                          sealedPayloadOf(seqNr, size));
}

StorageSnapshot FileProducerQueue::storageSnapshot() const
{
    return d->gauge.snapshot();
}

Result<JournalReport> FileProducerQueue::inspect(
    const QString &directory, const std::function<void(const JournalRecord &)> &visit,
    const StorageKeys &keys)
{
    PosixFileSystem files(directory);
    return inspectJournal(files, visit, keys.d.get());
}

} // namespace QtDelivery
