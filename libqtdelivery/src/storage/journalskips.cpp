// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

// What Journal does with messages that are skipped after they were stored.

#include "journal.h"

#include <algorithm>

namespace QtDelivery {

void Journal::skip(qint64 seqNr, const QString &qualifier)
{
    if (!isOpen() || seqNr >= m_storedSeqNr || !m_index.isLive(seqNr, qualifier))
        return;
    m_skips.push_back({seqNr, qualifier});
    (void)writeSkips();
}

/*! Those that are not written; false if there is no room for all of them in this segment. */
bool Journal::writeSkips()
{
    for (Skip &skip : m_skips) {
        if (skip.place || !m_index.isLive(skip.seqNr, skip.qualifier))
            continue;
        const DurableMessage message{.seqNr = skip.seqNr,
                                     .payload = {},
                                     .context = {},
                                     .qualifier = skip.qualifier,
                                     .isSkipped = true};
        const QByteArray qualifier = m_index.utf8(skip.qualifier);
        if (!hasRoom(messageRecordSize(message, qualifier.size())))
            return false;
        skip.place = write(message, qualifier);
        countEvent();
    }
    return true;
}

void Journal::skipsSynced()
{
    std::vector<qint64> payloads;
    for (const Skip &skip : m_skips) {
        const bool isSkipped = skip.place && m_index.isLive(skip.seqNr, skip.qualifier);
        if (isSkipped && m_index.skip(skip.qualifier, *skip.place))
            payloads.push_back(skip.seqNr);
    }
    std::erase_if(m_skips, [this](const Skip &skip) {
        return skip.place || !m_index.isLive(skip.seqNr, skip.qualifier);
    });
    m_payloads.confirmed(payloads, m_syncedEnd);
}

} // namespace QtDelivery
