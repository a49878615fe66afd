// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/durableproducerqueue.h>
#include <QtDelivery/journalreport.h>
#include <QtDelivery/result.h>
#include <QtDelivery/storagekeys.h>

#include <chrono>
#include <functional>
#include <memory>

QT_BEGIN_NAMESPACE
class QSettings;
QT_END_NAMESPACE

namespace QtDelivery {

/*! \brief The limits and habits of a FileProducerQueue.

    \code
    const QtDelivery::FileQueueSettings settings{.maxBytes = 64 * 1024 * 1024};
    \endcode

    A plain value: safe to copy to another thread. The names that Akka has too have its defaults. */
struct QTDELIVERY_EXPORT FileQueueSettings
{
    /*! Length of each file in bytes: 64 KiB … 1 GiB, default 8 MiB. A message that is longer gets a
        file of its own. The directory takes up to two files more than the unconfirmed messages
       need; with several qualifiers, whose messages lie mixed, up to half as much again. */
    qint64 segmentSize = 8 * 1024 * 1024;

    /*! After how many messages and confirmations a snapshot is written: 1 … 1 000 000, default
       1000. Each file begins with one in any case. Akka's `snapshot-every`. */
    int snapshotEvery = 1000;

    /*! How many files, each with the snapshot that it begins with, are kept at least, needed or
       not: 1 … 1000, default 2, the current one included. From 2 on the oldest is used again for
       the next, so that nothing is allocated. Akka's `keep-n-snapshots`. */
    int keepSnapshots = 2;

    /*! Whether files that are not needed are used again and removed; otherwise they are kept for
       ever, as a record of what was sent, and somebody must take them away. Default true. Akka's
       `delete-events`. */
    bool deleteEvents = true;

    /*! After how long a qualifier that has no unconfirmed messages, and was not used, is forgotten:
       1 ms … 10 000 days, default 1 h. By a monotonic clock, which begins anew with each load. It
       is looked at when something is stored or confirmed. Akka's `cleanup-unused-after`. */
    std::chrono::milliseconds cleanupUnusedAfter = std::chrono::hours(1);

    /*! The most unconfirmed messages: 1 … 1 000 000 000, default 1 000 000. At the limit there is
     * no requestNext. */
    qint64 maxMessages = 1'000'000;

    /*! The most unconfirmed payload bytes: 1 B … 1 TiB, default 1 GiB. The message that reaches the
     * limit is the last. */
    qint64 maxBytes = 1024 * 1024 * 1024;

    /*! No error if every member is within its range; otherwise Error::Code::InvalidSetting with the
        member's name, its value and what is allowed. */
    Error validate() const;

    /*! Reads the members from the current group of \a settings; see QSettings::beginGroup(). Keys
        are the names of the members, durations are whole milliseconds. A missing key leaves
        the default; groups inside the group are not looked at.

        A key that is not a member is Error::Code::UnknownSetting, a value that does not parse or
        validate is Error::Code::InvalidSetting; both name the key with its group, and \a out
        is left as it was. */
    static Error load(QSettings &settings, FileQueueSettings *out);

    /*! Writes every member to the current group of \a settings, such that load() reads them. */
    void store(QSettings &settings) const;

    /*! Equal in every member. */
    friend bool operator==(const FileQueueSettings &, const FileQueueSettings &) = default;
};

/*! \brief Keeps a producer's messages in the files of one directory: the durable queue to begin
   with.

    \code
    auto *queue = new QtDelivery::FileProducerQueue(u"/var/lib/shop/orders"_s, this);
    auto *producer = new QtDelivery::ProducerController(u"orders"_s, {}, queue, &node, this);
    \endcode

    Messages are appended to a journal and synced to the disk (`fdatasync`) before stored() is
   emitted. A thread of the queue's own does that; everything that waits while it syncs is stored by
   the next sync together. After a crash what was torn at the end is cut; damage in what had been
   stored is refused with Error::Code::StorageCorrupt, naming file and offset, and never skipped.
   See doc/durability.md.

    Files and devices longer than 64 KiB are copied once, to a file beside the journal, which is
   synced before the journal refers to it and removed when the message is confirmed.

    The directory is created if need be, for this user only, and belongs to one queue at a time. It
   should be on a local disk: locks and syncs of network file systems often promise more than they
   do. Not available on Windows. */
class QTDELIVERY_EXPORT FileProducerQueue : public DurableProducerQueue
{
    Q_OBJECT

public:
    /*! A queue in \a directory, with the default settings. */
    explicit FileProducerQueue(const QString &directory, QObject *parent = nullptr);
    /*! A queue in \a directory; if \a settings are not valid, load() fails with
     * Error::Code::InvalidSetting. */
    FileProducerQueue(const QString &directory, const FileQueueSettings &settings,
                      QObject *parent = nullptr);
    /*! The same, with files that are encrypted by \a keys, unless these are empty. load() fails
       with Error::Code::AccessDenied, names file and key, and changes nothing if a file needs a key
       that is not there, or is not encrypted. */
    FileProducerQueue(const QString &directory, const FileQueueSettings &settings,
                      const StorageKeys &keys, QObject *parent = nullptr);
    /*! Stores what was requested, then gives up the directory. Waits for the disk, so it may take a
     * moment. */
    ~FileProducerQueue() override;

    void load(const QString &producerId) override;
    void store(const QList<QtDelivery::DurableMessage> &messages) override;
    void confirm(qint64 seqNr, const QString &qualifier) override;
    void skip(qint64 seqNr, const QString &qualifier) override;
    [[nodiscard]] qint64 maxMessages() const override;
    [[nodiscard]] qint64 maxBytes() const override;
    [[nodiscard]] bool takesFiles() const override { return true; }
    [[nodiscard]] QString payloadFile(qint64 seqNr) const override;
    [[nodiscard]] std::shared_ptr<PayloadReader> openPayload(qint64 seqNr,
                                                             qint64 size) const override;
    /*! The segments of the journal, the payloads in files, and the syncs since this object was
     * made. */
    [[nodiscard]] StorageSnapshot storageSnapshot() const override;

    /*! Reads the journal in \a directory without changing anything, and calls \a visit with each
       valid record, oldest first. Payloads in files are read, too. No lock is taken: while a queue
       is using the directory the result is unreliable. An error if the files cannot be read at all;
       damage is part of the report, and so is that there is no key for a file, or a file that is
       not encrypted although there are \a keys. Can be called from every thread. */
    [[nodiscard]] static Result<JournalReport> inspect(
        const QString &directory, const std::function<void(const JournalRecord &)> &visit = {},
        const StorageKeys &keys = {});

private:
    class Private;
    const std::unique_ptr<Private> d;
};

} // namespace QtDelivery
