// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "filesystem.h"
#include "journalformat.h"

#include <map>
#include <set>

namespace QtDelivery {

/*! Name of the file that is segment \a number. */
[[nodiscard]] QString segmentFileName(quint64 number);
/*! 0 if \a name is not that of a segment. */
[[nodiscard]] quint64 segmentNumber(const QString &name);
/*! The file that becomes the next segment. */
[[nodiscard]] QString nextSegmentFileName();
[[nodiscard]] QString lockFileName();

/*! Reads segment \a number, and its header, whole; \a bytes is used again. Records that are
   encrypted are decrypted. AccessDenied if one of \a keys is needed that is not there, or if there
   are \a keys and the segment is not encrypted: somebody may have put it there who has none. */
[[nodiscard]] Error readSegment(FileSystem &files, const CipherKeys *keys, quint64 number,
                                QByteArray *bytes, SegmentHeader *header);

struct RetentionPolicy
{
    int keep = 2; //!< so many segments at least, needed or not
    bool deleteSegments = true;
};

/*! \brief The files of a journal.

    Theory of operation
    -------------------
    A segment gets its name only when its header and first snapshot are synced: what is found under
   a segment's name was begun properly. It is prepared under another name, in the file of a segment
   that is not needed any more, if there is one, since new files cost time and room.

    A segment is needed while the last \e synced snapshot lists it. Until then its file is left
   alone, even if all of its messages are confirmed: after a crash that is not known any more.
*/
class SegmentStore
{
public:
    struct Segment
    {
        qint64 size = -1; //!< of the file; negative = not known, it is not needed
        qint64 end = 0; //!< behind the last record
        bool isListed = false; //!< by the last synced snapshot
    };

    SegmentStore(FileSystem &files, RetentionPolicy policy)
        : m_files(files)
        , m_policy(policy)
    { }

    /*! Looks which there are. */
    [[nodiscard]] Error load();
    [[nodiscard]] const std::map<quint64, Segment> &segments() const { return m_segments; }
    [[nodiscard]] quint64 newest() const
    {
        return m_segments.empty() ? 0 : m_segments.rbegin()->first;
    }
    [[nodiscard]] Segment &segment(quint64 number) { return m_segments[number]; }
    /*! Of its file; 0 if that is not to be found out. */
    [[nodiscard]] qint64 sizeOf(quint64 number);
    /*! Of all files. */
    [[nodiscard]] qint64 bytes();

    /*! The segments that a snapshot lists which is synced now. */
    void setListed(const std::set<quint64> &numbers);

    /*! The file of new segment \a header, which begins with \a head, synced. Its number must not
       have been used before, even if it failed; the newest stays open to be written to, unless \a
       isVisible: then the new one may be found after a crash and nothing must be written to another
       one. */
    [[nodiscard]] Result<std::unique_ptr<File>> create(const SegmentHeader &header,
                                                       const QByteArray &head, bool *isVisible);
    /*! Removes what is not needed and not to be kept. A file that cannot be removed is tried again.
     */
    void removeUnneeded();

private:
    [[nodiscard]] Result<std::unique_ptr<File>> prepare(qint64 size);
    [[nodiscard]] quint64 reusable(qint64 size);

    FileSystem &m_files;
    const RetentionPolicy m_policy;
    std::map<quint64, Segment> m_segments;
};

} // namespace QtDelivery
