// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/consumerprogress.h>
#include <QtDelivery/storagekeys.h>

#include <memory>

namespace QtDelivery {

class FileConsumerProgressPrivate;

/*! \brief A consumer's progress in a directory: one small file for each pair of consumer and
   producer.

    \code
    QtDelivery::FileConsumerProgress progress(QStringLiteral("/var/lib/collector/progress"));
    \endcode

    Several consumers, of one process or of several, may have the same directory. A pair has one
   owner at a time: load() of a second one fails with Error::Code::StorageInUse. Contexts are at
   most 64 KiB long; longer ones fail with Error::Code::LimitReached.

    Reading, writing and syncing are done in a thread of its own. While one record is synced, the
   next ones wait, and then only the newest of them is written: one sync serves all, and recorded()
   answers once.

    A file has a fixed size of 136 KiB and holds two copies of the position, which are written in
   turn, each with a checksum. If one is damaged, the other one, at most one record older, counts,
   and `qtdelivery.storage` logs a warning. If both are, or if the file has another size, load()
   fails with Error::Code::StorageCorrupt. Files must be on a local disk. */
class QTDELIVERY_EXPORT FileConsumerProgress : public ConsumerProgress
{
    Q_OBJECT

public:
    /*! Progress in \a directory, which load() creates, with those above it, if it is not there. */
    explicit FileConsumerProgress(const QString &directory, QObject *parent = nullptr);
    /*! The same, with files that are encrypted by \a keys, unless these are empty. load() fails with
       Error::Code::AccessDenied, names file and key, and changes nothing if the file needs a key
       that is not there, or is not encrypted. Names of files show both ids all the same. */
    FileConsumerProgress(const QString &directory, const StorageKeys &keys,
                         QObject *parent = nullptr);
    /*! Waits for a sync that is under way, and gives up the file. What recorded() has not answered
       is recorded or not. */
    ~FileConsumerProgress() override;

    void load(const QString &consumerId, const QString &producerId) override;
    void record(const QtDelivery::ConsumerPosition &position) override;
    /*! The file that was loaded last, and the syncs since this object was made. */
    [[nodiscard]] StorageSnapshot storageSnapshot() const override;

private:
    const std::unique_ptr<FileConsumerProgressPrivate> d;
};

} // namespace QtDelivery
