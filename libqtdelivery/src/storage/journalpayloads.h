// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "filesystem.h"
#include "sealedpieces.h"

#include <QtDelivery/durableproducerqueue.h>
#include <QtDelivery/payloadreader.h>

#include <map>
#include <set>
#include <vector>

namespace QtDelivery {

/*! Name of the file with the payload of message \a seqNr. */
[[nodiscard]] QString payloadFileName(qint64 seqNr);

/*! Of message \a seqNr, with \a size bytes, if the journal is encrypted. */
[[nodiscard]] SealedPayload sealedPayloadOf(qint64 seqNr, qint64 size);

/*! AccessDenied if one of the payloads of messages \a seqNrs needs a key that is not among \a keys.
   Whatever else is wrong with them, checkPayloads() says. */
[[nodiscard]] Error checkPayloadKeys(FileSystem &files, const CipherKeys *keys,
                                     const std::set<qint64> &seqNrs);
/*! Why \a sizes, number and size of payloads that a journal refers to, are not all there; no error
 * if they are. They are encrypted if there are \a keys. */
[[nodiscard]] Error checkPayloads(FileSystem &files, const CipherKeys *keys,
                                  const std::map<qint64, qint64> &sizes);
/*! Reads the payload of \a message: StorageCorrupt unless it is what was stored. */
[[nodiscard]] Error verifyPayload(FileSystem &files, const CipherKeys *keys,
                                  const DurableMessage &message);

/*!
    \brief The payloads of a journal that lie in files of their own, beside its segments.

    Theory of operation
    -------------------
    A payload is complete before anything refers to it, and is there as long as anything does:

        reader --copied, synced--> payload.tmp --renamed, directory synced--> 000000000017.payload
                                                                  then the record is written

        confirmation --written--> .. --synced, or another segment's snapshot--> the file is removed

    What is copied once more, because storing the record has failed, takes the name in one step: a
   record that was taken back and is found in spite of that has a whole file, too. Files that
   nothing refers to are removed when the journal is opened.

    With keys the files are encrypted, each by itself (sealedpieces.h), and one that is begun anew
   with another salt; digests are those of the payloads.
*/
class JournalPayloads
{
public:
    /*! With \a keepsConfirmed no file of a message that was ever stored is removed. */
    JournalPayloads(FileSystem &files, const CipherKeys *keys, bool keepsConfirmed)
        : m_files(files)
        , m_keys(keys)
        , m_keepsConfirmed(keepsConfirmed)
    { }

    /*! Copies what \a reader reads, such that it is there after a power failure; returns the
     * digest. SourceFailed if it cannot be read; otherwise errors are the disk's. */
    [[nodiscard]] Result<QByteArray> spool(qint64 seqNr, PayloadReader &reader);

    /*! The journal has just been read, and refers to the files of \a live. Others are removed;
     * those of numbers from \a currentSeqNr on were never stored. */
    void loaded(const std::set<qint64> &live, qint64 currentSeqNr);

    /*! \a seqNrs are confirmed, by what ends at \a end in the newest segment. */
    void confirmed(const std::vector<qint64> &seqNrs, qint64 end);
    /*! The same, but the newest segment has no room for a word of it. */
    void confirmedUnwritten(const std::vector<qint64> &seqNrs);
    /*! A sync would set files free. */
    [[nodiscard]] bool waitForSync() const;
    /*! The newest segment is synced up to \a end. */
    void synced(qint64 end);
    /*! Nothing behind \a end will ever be in it. */
    void takenBack(qint64 end);
    /*! Another segment was begun, whose snapshot has all confirmations. */
    void segmentBegun();

    [[nodiscard]] qint64 count() const { return qint64(m_sizes.size()); }
    [[nodiscard]] qint64 bytes() const;

private:
    [[nodiscard]] Error copy(File &file, qint64 seqNr, PayloadReader &reader, QByteArray *digest);
    void remove(qint64 seqNr);

    struct Confirmed
    {
        qint64 seqNr;
        qint64 end; // of what says so in the newest segment
    };

    FileSystem &m_files;
    const CipherKeys *const m_keys; // null: nothing is encrypted
    const bool m_keepsConfirmed;
    std::map<qint64, qint64> m_sizes; // of the files that are there
    std::vector<Confirmed> m_confirmed; // and their files are still there
};

} // namespace QtDelivery
