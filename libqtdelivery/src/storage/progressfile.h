// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "piececipher.h"
#include "storagegauge.h"
#include "syncedfile.h"

#include <QtDelivery/consumerprogress.h>

namespace QtDelivery {

/*!
    \brief The position of one consumer in the messages of one producer, in a file.

    The file has two slots of 68 KiB, each with a copy of the position (see alternatingcopies.h),
   and keeps this size: it is made whole, in one step, so that one of another size is damaged, and
   recording changes nothing but data, which is the cheapest there is to sync. The position is
   written to the slot that does not hold the newest one; after an error to the same slot again. Who
   has the file open has its lock.

    With keys each copy is encrypted (sealedstate.h), and a file that is not is refused: somebody
   may have put it there who has none.

    Used in one thread at a time; every call may block.
*/
class ProgressFile
{
public:
    static constexpr qint64 MaxContextBytes = 64 * 1024;
    static constexpr qint64 SlotBytes = MaxContextBytes + 4096; // ids of 255 characters take 1 KiB
    static constexpr qint64 FileBytes = 2 * SlotBytes;

    /*! \a gauge is told of size and syncs. Nothing is encrypted if \a keys are null. */
    ProgressFile(StorageGauge *gauge, std::shared_ptr<const CipherKeys> keys)
        : m_gauge(gauge)
        , m_keys(std::move(keys))
    { }

    /*! The name of the file, which people can read and which is different for each pair. */
    [[nodiscard]] static QString fileName(const QString &consumerId, const QString &producerId);

    /*! Closes the one before, opens that of this pair in \a directory, and reads it; both are made
       if they are not there. Nothing is open after an error. */
    [[nodiscard]] Error open(const QString &directory, const QString &consumerId,
                             const QString &producerId);
    void close();
    /*! What was read or written last. */
    [[nodiscard]] const ConsumerPosition &position() const { return m_position; }

    /*! \a position is in the file after the power failed. */
    [[nodiscard]] Error write(const ConsumerPosition &position);

private:
    [[nodiscard]] Error openFile(const QString &directory, const QString &path);
    [[nodiscard]] Error read();
    [[nodiscard]] Error take(const QByteArray &state);
    [[nodiscard]] Result<QByteArray> copyOf(const ConsumerPosition &position, quint64 serial) const;

    StorageGauge *const m_gauge;
    const std::shared_ptr<const CipherKeys> m_keys; // null: it is not encrypted
    SyncedFile m_file;
    QString m_consumerId;
    ConsumerPosition m_position;
    int m_next = 0; // which slot is written next
    quint64 m_serial = 0;
};

} // namespace QtDelivery
