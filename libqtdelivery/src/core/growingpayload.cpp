// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "growingpayload.h"

#include <QtGlobal>

#include <algorithm>

#ifdef Q_OS_LINUX
#include <sys/mman.h>
#endif

namespace QtDelivery {

namespace {

#ifdef MADV_POPULATE_WRITE

// Below it malloc() gives memory that was in use before.
constexpr qsizetype WorthPopulating = 1 << 20;

/*! Has the system lay out the pages of \a size bytes from \a begin on at once. One by one, when
 * they are written to, takes as long as to receive them. Where it cannot it is done then. */
void populate(const char *begin, qsizetype size)
{
    constexpr quintptr pageSize = 4096; // where pages are larger it is refused
    const quintptr from = (quintptr(begin) + pageSize - 1) & ~(pageSize - 1);
    const quintptr to = (quintptr(begin) + quintptr(size)) & ~(pageSize - 1);
    if (to > from)
        (void)::madvise(reinterpret_cast<void *>(from), to - from, MADV_POPULATE_WRITE);
}

#endif

} // namespace

QByteArrayView GrowingPayload::append(QByteArrayView piece, qsizetype totalSize)
{
    const qsizetype at = m_payload.size();
    // append() alone would copy all that is there, into new pages, each time that it has to grow;
    // reserve() has the system move the pages.
    if (movesFor(piece.size()))
        m_payload.reserve(
            std::min(totalSize, std::max(at + piece.size(), 2 * m_payload.capacity())));
#ifdef MADV_POPULATE_WRITE
    if (m_payload.capacity() >= WorthPopulating)
        populate(m_payload.constData() + at, piece.size());
#endif
    m_payload.append(piece);
    return QByteArrayView(m_payload).sliced(at);
}

} // namespace QtDelivery
