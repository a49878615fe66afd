// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "partialmessage.h"

#include <algorithm>

namespace QtDelivery {

PartialMessage::PartialMessage(SeqNr seqNr, quint64 totalSize, std::unique_ptr<PayloadSink> sink)
    : m_seqNr(seqNr)
    , m_totalSize(totalSize)
    , m_sink(std::move(sink))
    , m_have(m_sink ? m_sink->have() : 0)
{
    Q_ASSERT(m_have < m_totalSize);
}

PartialMessage::Outcome PartialMessage::add(const RangeFrame &range)
{
    if (m_isSpoiled) {
        m_have = range.offset + quint64(range.payload.size());
        return m_have < range.totalSize ? Outcome::Taken : Outcome::Spoiled;
    }
    if (range.totalSize != m_totalSize)
        return Outcome::Wrong;
    if (range.offset > m_have)
        return Outcome::Gap;
    const quint64 known = m_have - range.offset;
    if (known >= quint64(range.payload.size()))
        return Outcome::Duplicate;
    const QByteArrayView news = range.payload.sliced(qsizetype(known));
    if (!catchUp() || (m_sink && !m_sink->write(news)))
        return Outcome::SinkFailed;
    if (!m_sink)
        m_payload.append(news);
    m_digest.add(m_have, news);
    m_have += quint64(news.size());
    if (m_have < m_totalSize)
        return Outcome::Taken;
    return range.digest == m_digest.result() ? Outcome::Complete : Outcome::Wrong;
}

/*! The digest covers what a former life has left. */
bool PartialMessage::catchUp()
{
    constexpr quint64 pieceSize = 256 * 1024;
    QByteArray piece;
    while (m_digest.position() < m_have) {
        const quint64 at = m_digest.position();
        piece.resize(qsizetype(std::min(pieceSize, m_have - at)));
        if (!m_sink->read(at, piece.data(), piece.size()))
            return false;
        m_digest.add(at, piece);
    }
    return true;
}

void PartialMessage::spoil(quint64 offset)
{
    discard();
    m_payload.clear();
    m_isSpoiled = true;
    m_have = std::max(m_have, offset);
}

void PartialMessage::discard()
{
    if (m_sink)
        m_sink->discard();
}

} // namespace QtDelivery
