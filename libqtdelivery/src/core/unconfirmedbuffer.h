// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "payloadarena.h"
#include "payloadsource.h"
#include "ringbuffer.h"
#include "types.h"

#include <QByteArray>

#include <map>

namespace QtDelivery {

/*! \brief What a producer keeps until it is confirmed: a run of consecutive numbers with their
 * payloads. */
class UnconfirmedBuffer
{
public:
    /*! Lowest number that is held, or the next number if nothing is. */
    [[nodiscard]] SeqNr firstSeqNr() const { return m_confirmed + 1; }
    /*! Number that the next append() gives. */
    [[nodiscard]] SeqNr nextSeqNr() const { return m_confirmed + 1 + m_entries.size(); }
    [[nodiscard]] SeqNr confirmedSeqNr() const { return m_confirmed; }
    [[nodiscard]] bool isEmpty() const { return m_entries.isEmpty(); }

    /*! Goes on with the number behind \a confirmed. Only while it was never used. */
    void startBehind(SeqNr confirmed)
    {
        Q_ASSERT(m_confirmed == 0 && m_entries.isEmpty());
        m_confirmed = confirmed;
    }

    SeqNr append(const QByteArray &payload)
    {
        m_entries.pushBack({kept(payload), totalBytes() + quint64(payload.size())});
        return nextSeqNr() - 1;
    }

    /*! \a source is not for small payloads. */
    SeqNr appendSource(std::shared_ptr<PayloadSource> source)
    {
        Q_ASSERT(source->size() > quint64(PayloadArena::MaxPayload));
        const SeqNr seqNr = nextSeqNr();
        m_entries.pushBack({QByteArray(), totalBytes() + source->size()});
        m_sources.emplace(seqNr, std::move(source));
        return seqNr;
    }

    /*! The message that was appended last has a name. */
    void nameLast(const QString &name) { m_names.emplace(nextSeqNr() - 1, name.toUtf8()); }

    /*! Forgets everything up to \a seqNr, both included; numbers that are gone already are fine. */
    void confirm(SeqNr seqNr)
    {
        Q_ASSERT(seqNr < nextSeqNr());
        while (m_confirmed < seqNr) {
            const Entry &entry = m_entries.front();
            const qsizetype size = qsizetype(entry.end - m_confirmedBytes);
            if (isSmall(size))
                m_arena.pop(size);
            m_confirmedBytes = entry.end;
            m_entries.dropFront();
            ++m_confirmed;
        }
        if (!m_sources.empty())
            m_sources.erase(m_sources.begin(), m_sources.upper_bound(seqNr));
        if (!m_names.empty())
            m_names.erase(m_names.begin(), m_names.upper_bound(seqNr));
    }

    /*! Of a message without source(). Whoever keeps a large one, more than
     * PayloadArena::MaxPayload, shares it. */
    [[nodiscard]] const QByteArray &payload(SeqNr seqNr) const { return entry(seqNr).payload; }
    /*! Null if the payload is in memory. */
    [[nodiscard]] PayloadSource *source(SeqNr seqNr) const
    {
        if (m_sources.empty())
            return nullptr;
        const auto it = m_sources.find(seqNr);
        return it == m_sources.end() ? nullptr : it->second.get();
    }
    /*! In UTF-8; empty if it has none. */
    [[nodiscard]] QByteArrayView name(SeqNr seqNr) const
    {
        if (m_names.empty())
            return {};
        const auto it = m_names.find(seqNr);
        return it == m_names.end() ? QByteArrayView() : QByteArrayView(it->second);
    }
    [[nodiscard]] quint64 size(SeqNr seqNr) const
    {
        const quint64 before = seqNr == firstSeqNr() ? m_confirmedBytes : entry(seqNr - 1).end;
        return entry(seqNr).end - before;
    }

    /*! Frees the payload, if that is worth it, but keeps the number: it will not be sent again,
     * only be confirmed. */
    void dropPayload(SeqNr seqNr)
    {
        m_entries[seqNr - firstSeqNr()].payload = QByteArray();
        m_sources.erase(seqNr);
    }

    /*! Payload bytes of everything that is held and lower than \a seqNr. */
    [[nodiscard]] quint64 bytesBefore(SeqNr seqNr) const
    {
        return seqNr <= firstSeqNr() ? 0 : entry(seqNr - 1).end - m_confirmedBytes;
    }

private:
    struct Entry
    {
        QByteArray payload; // of a small one without owning it: the bytes are the arena's
        quint64 end = 0; // bytes of all messages ever appended, up to and with this one
    };

    [[nodiscard]] static bool isSmall(qsizetype size)
    {
        return size > 0 && size <= PayloadArena::MaxPayload;
    }

    [[nodiscard]] QByteArray kept(const QByteArray &payload)
    {
        return isSmall(payload.size())
            ? QByteArray::fromRawData(m_arena.push(payload), payload.size())
            : payload;
    }

    [[nodiscard]] const Entry &entry(SeqNr seqNr) const { return m_entries[seqNr - firstSeqNr()]; }
    [[nodiscard]] quint64 totalBytes() const
    {
        return m_entries.isEmpty() ? m_confirmedBytes : m_entries.back().end;
    }

    RingBuffer<Entry> m_entries;
    std::map<SeqNr, std::shared_ptr<PayloadSource>> m_sources;
    std::map<SeqNr, QByteArray> m_names;
    PayloadArena m_arena; // of the small ones, in the order of their numbers
    SeqNr m_confirmed = 0;
    quint64 m_confirmedBytes = 0;
};

} // namespace QtDelivery
