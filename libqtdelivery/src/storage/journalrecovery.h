// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "journalindex.h"
#include "segmentstore.h"

namespace QtDelivery {

/*! \brief What a journal's files hold. */
struct RecoveredJournal
{
    bool isNew = true; //!< there is no segment; nothing below counts
    SegmentHeader newest;
    std::vector<SegmentExtent> segments; //!< what is needed, ascending; the newest is the last
    JournalIndex index;
    /*! Nothing proves that the newest segment was ever synced from here on. */
    qint64 provenEnd = 0;
};

/*! Reads what the segments of \a numbers, ascending, hold; changes nothing.

    The newest segment's last snapshot names the others that are needed. Possible errors:
   StorageCorrupt, UnknownFormat, AccessDenied, StorageFailed. */
[[nodiscard]] Result<RecoveredJournal> recoverJournal(FileSystem &files, const CipherKeys *keys,
                                                      const std::vector<quint64> &numbers,
                                                      TimePoint now);

/*! Reads the messages at the places of \a index, and everything else of its state. */
[[nodiscard]] Result<DurableProducerState> readState(FileSystem &files, const CipherKeys *keys,
                                                     const JournalIndex &index,
                                                     const QUuid &streamId);

} // namespace QtDelivery
