// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/consumerprogress.h>

#include <memory>

namespace QtDelivery {

class SettingsConsumerProgressPrivate;

/*! \brief A consumer's progress in an ini file of QSettings, for few confirmations.

    It is meant for a device or a program that receives some messages an hour and keeps its settings
   in ini files anyway. It is slow: the whole file is written anew and synced, \e in the thread of
   the object, which takes some milliseconds; what is recorded in one turn of the event loop is
   written at once. For everything else there is FileConsumerProgress.

    It keeps the positions of at most 256 pairs of consumer and producer, with contexts of at most
   4096 bytes. What is more fails with Error::Code::LimitReached. One object at a time uses the
   file; another one fails with Error::Code::StorageInUse.

    QSettings alone may lose what it was told in a crash. So the file, which belongs to the progress
   alone, holds everything twice, as copies which are written in turn, each with a checksum. If one
   is damaged, the other one, at most one record older, counts, and `qtdelivery.storage` logs a
   warning: at worst what that record confirmed is delivered once more. If both are, load() fails
   with Error::Code::StorageCorrupt. A second file, with `.owner` appended to the name, keeps out
   other owners; it stays. Both must be on a local disk. */
class QTDELIVERY_EXPORT SettingsConsumerProgress : public ConsumerProgress
{
    Q_OBJECT

public:
    /*! Progress in \a filePath, which is made, with its directories, when the first position is
     * recorded. */
    explicit SettingsConsumerProgress(const QString &filePath, QObject *parent = nullptr);
    /*! Gives up the file; what recorded() has not answered is not recorded. */
    ~SettingsConsumerProgress() override;

    void load(const QString &consumerId, const QString &producerId) override;
    void record(const QtDelivery::ConsumerPosition &position) override;

private:
    const std::unique_ptr<SettingsConsumerProgressPrivate> d;
};

} // namespace QtDelivery
