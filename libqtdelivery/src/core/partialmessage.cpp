// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "partialmessage.h"

#include <algorithm>

namespace QtDelivery {

PartialMessage::PartialMessage(SeqNr seqNr, quint64 totalSize, std::unique_ptr<PayloadSink> sink,
                               DigestFactory newDigest)
    : m_seqNr(seqNr)
    , m_totalSize(totalSize)
    , m_sink(std::move(sink))
    , m_have(m_sink ? m_sink->have() : 0)
    , m_digest(newDigest(totalSize))
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
    if (m_sink && !m_sink->write(news))
        return Outcome::SinkFailed;
    if (!m_sink)
        keep(news);
    else if (!isBehind())
        m_digest.add(m_have, news);
    m_have += quint64(news.size());
    if (m_have < m_totalSize)
        return Outcome::Taken;
    m_expected = range.digest.toByteArray();
    m_name = range.name.toByteArray();
    return verdict();
}

void PartialMessage::keep(QByteArrayView news)
{
    if (m_payload.movesFor(news.size()))
        m_digest.settle();
    m_digest.addInPlace(m_have, m_payload.append(news, qsizetype(m_totalSize)));
}

PartialMessage::Outcome PartialMessage::verdict()
{
    if (isBehind())
        return Outcome::Verifying;
    return m_expected == m_digest.result() ? Outcome::Complete : Outcome::Wrong;
}

PartialMessage::Outcome PartialMessage::catchUp()
{
    constexpr quint64 pieceSize = 1 << 20;
    const quint64 at = m_digest.position();
    QByteArray piece(qsizetype(std::min(pieceSize, m_have - at)), Qt::Uninitialized);
    if (!m_sink->read(at, piece.data(), piece.size()))
        return Outcome::SinkFailed;
    m_digest.add(at, piece);
    return m_have == m_totalSize ? verdict() : Outcome::Taken;
}

void PartialMessage::spoil(quint64 offset)
{
    discard();
    m_digest.settle();
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
