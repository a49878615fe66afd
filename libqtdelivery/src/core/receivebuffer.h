// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "payloadarena.h"
#include "receivedmessage.h"
#include "ringbuffer.h"
#include "types.h"

#include <QByteArray>

#include <algorithm>
#include <cstring>
#include <map>

namespace QtDelivery {

/*! \brief What a consumer holds between reception and delivery: order, holes, duplicates.

    Slots stand for consecutive numbers from firstSeqNr() on, the next number to be taken; a slot is
   filled or a hole. */
class ReceiveBuffer
{
public:
    struct Range
    {
        SeqNr from = 0;
        SeqNr to = 0; // included
    };

    /*! Holds nothing and expects \a seqNr next. */
    void reset(SeqNr seqNr)
    {
        for (const auto &[number, extra] : m_extras) {
            if (extra->file)
                extra->file->discard();
        }
        m_extras.clear();
        m_slots.clear();
        m_arena = {};
        m_first = seqNr;
        m_received = seqNr - 1;
        m_bytes = 0;
        m_filled = 0;
    }

    /*! Next number to be taken. */
    [[nodiscard]] SeqNr firstSeqNr() const { return m_first; }
    /*! Everything up to here has arrived. */
    [[nodiscard]] SeqNr receivedSeqNr() const { return m_received; }
    /*! The highest number that has arrived. */
    [[nodiscard]] SeqNr highestSeqNr() const { return m_first - 1 + m_slots.size(); }
    /*! Payload bytes held, in memory or not. */
    [[nodiscard]] quint64 bytes() const { return m_bytes; }
    /*! Messages held. */
    [[nodiscard]] qsizetype count() const { return m_filled; }

    /*! The number has arrived, or was passed or discarded. */
    [[nodiscard]] bool contains(SeqNr seqNr) const
    {
        return seqNr <= m_received || isFilled(seqNr);
    }

    /*! False if the number has been seen before. The caller bounds \a seqNr by what it granted:
     * slots up to it are allocated. */
    [[nodiscard]] bool insert(SeqNr seqNr, QByteArrayView payload)
    {
        if (seqNr <= m_received)
            return false;
        const qsizetype index = seqNr - m_first;
        while (m_slots.size() < index)
            m_slots.pushBack({});
        if (index == m_slots.size())
            append(payload);
        else if (m_slots[index].content != Content::Hole)
            return false;
        else
            m_slots[index] = {payload.toByteArray(), Content::Owned};
        inserted(seqNr, quint64(payload.size()));
        return true;
    }

    /*! The same without a copy, for a number that is not contained. */
    void insertWhole(SeqNr seqNr, QByteArray payload)
    {
        const quint64 size = quint64(payload.size());
        slot(seqNr) = {std::move(payload), Content::Owned};
        inserted(seqNr, size);
    }

    /*! Likewise. */
    void insertSpooled(SeqNr seqNr, std::shared_ptr<SpooledPayload> payload)
    {
        slot(seqNr) = {{}, Content::Spooled};
        const quint64 size = payload->size();
        extraOf(seqNr).file = std::move(payload);
        inserted(seqNr, size);
    }

    /*! Message \a seqNr, which is about to be inserted, has the name \a utf8. */
    void setName(SeqNr seqNr, QByteArrayView utf8)
    {
        extraOf(seqNr).name = QString::fromUtf8(utf8);
    }

    /*! Message \a seqNr, which is not contained, will never arrive: nobody has to wait for it. */
    void skip(SeqNr seqNr)
    {
        slot(seqNr).content = Content::Skipped;
        if (seqNr == m_received + 1)
            advanceReceived();
        skipPassed();
    }

    /*! Accepts as passed whatever is missing up to \a seqNr: the flow does not resend. */
    void pass(SeqNr seqNr)
    {
        while (highestSeqNr() < seqNr)
            m_slots.pushBack({});
        m_received = std::max(m_received, seqNr);
        advanceReceived();
        skipPassed();
    }

    /*! Forgets everything below \a seqNr, held or not; expects \a seqNr if it expected less. */
    void discardBefore(SeqNr seqNr)
    {
        while (m_first < seqNr && !m_slots.isEmpty())
            dropFront();
        if (m_first < seqNr)
            m_first = seqNr;
        m_received = std::max(m_received, seqNr - 1);
        advanceReceived();
        skipPassed();
    }

    [[nodiscard]] bool hasNext() const { return !m_slots.isEmpty() && m_first <= m_received; }

    /*! What message firstSeqNr() has beside its bytes; mostly null. With a file, takeNext() then
     * gives no bytes. */
    [[nodiscard]] std::unique_ptr<MessageExtra> takeExtra()
    {
        if (m_extras.empty())
            return nullptr;
        auto node = m_extras.extract(m_first);
        if (node.empty())
            return nullptr;
        if (node.mapped()->file)
            m_bytes -= node.mapped()->file->size();
        return std::move(node.mapped());
    }

    /*! Takes message firstSeqNr(); only if hasNext(). Passed holes behind it are skipped. */
    [[nodiscard]] QByteArray takeNext()
    {
        Q_ASSERT(hasNext());
        Slot &slot = m_slots.front();
        QByteArray payload =
            slot.content == Content::InArena ? copied(slot.payload) : std::move(slot.payload);
        m_bytes -= quint64(payload.size());
        --m_filled;
        if (slot.content == Content::InArena)
            m_arena.pop(payload.size());
        m_slots.dropFront();
        ++m_first;
        skipPassed();
        if (hasNext())
            prefetchNext();
        return payload;
    }

    /*! Nobody needs \a payload, which takeNext() has given, any more: the next small one may have
     * its memory. With nothing to take soon none is kept. */
    void recycle(QByteArray payload)
    {
        if (hasNext() && payload.size() <= PayloadArena::MaxPayload && payload.isDetached())
            m_recycled = std::move(payload);
    }

    /*! First range of missing numbers within \a from … \a to, both included; empty (to < from) if
     * all are there. */
    [[nodiscard]] Range nextHole(SeqNr from, SeqNr to) const
    {
        SeqNr start = std::max(from, m_received + 1);
        while (start <= to && isFilled(start))
            ++start;
        SeqNr end = start;
        while (end <= to && !isFilled(end))
            ++end;
        return {start, end - 1};
    }

private:
    enum class Content : quint8 {
        Hole,
        Owned, //!< the payload's bytes are its own
        InArena, //!< they are in the arena, in the order of the slots
        Spooled, //!< they are in a file
        Skipped, //!< there is no such message
    };

    struct Slot
    {
        QByteArray payload;
        Content content = Content::Hole;
    };

    void append(QByteArrayView payload)
    {
        if (payload.isEmpty() || payload.size() > PayloadArena::MaxPayload)
            m_slots.pushBack({payload.toByteArray(), Content::Owned});
        else
            m_slots.pushBack(
                {QByteArray::fromRawData(m_arena.push(payload), payload.size()), Content::InArena});
    }

    /*! malloc() and free() for each message would cost more than all that is done with it here. */
    [[nodiscard]] QByteArray copied(QByteArrayView payload)
    {
        if (m_recycled.isNull())
            return payload.toByteArray(); // of its size: resize() would let it grow, out of
                                          // free()'s fast lists
        QByteArray copy = std::move(m_recycled);
        copy.resize(payload.size());
        std::memcpy(copy.data(), payload.data(), size_t(payload.size()));
        return copy;
    }

    Slot &slot(SeqNr seqNr)
    {
        while (highestSeqNr() < seqNr)
            m_slots.pushBack({});
        return m_slots[seqNr - m_first];
    }

    MessageExtra &extraOf(SeqNr seqNr)
    {
        auto &extra = m_extras[seqNr];
        if (!extra)
            extra = std::make_unique<MessageExtra>();
        return *extra;
    }

    void inserted(SeqNr seqNr, quint64 size)
    {
        m_bytes += size;
        ++m_filled;
        if (seqNr != m_received + 1)
            return;
        m_received = seqNr;
        if (seqNr < highestSeqNr())
            advanceReceived();
    }

    [[nodiscard]] static bool isMessage(Content content)
    {
        return content != Content::Hole && content != Content::Skipped;
    }

    [[nodiscard]] bool isFilled(SeqNr seqNr) const
    {
        return seqNr <= highestSeqNr() && m_slots[seqNr - m_first].content != Content::Hole;
    }

    void advanceReceived()
    {
        while (m_received < highestSeqNr() && isFilled(m_received + 1))
            ++m_received;
    }

    /*! Nobody takes a passed hole: the first slot is filled, or its number has not arrived. */
    void skipPassed()
    {
        while (hasNext() && !isMessage(m_slots.front().content))
            dropFront();
    }

    /*! What is taken next comes soon, and with many flows it is in no cache any more. */
    Q_ALWAYS_INLINE void prefetchNext() const // GCC sees no effect and would drop a call
    {
        constexpr qsizetype cacheLine = 64;
        const QByteArray &payload = m_slots[0].payload;
        if (!payload.isEmpty()) {
            const qsizetype last = payload.size() - 1; // it begins anywhere in a line
            for (const qsizetype at : {qsizetype(0), std::min(cacheLine, last), last})
                __builtin_prefetch(payload.constData() + at);
        }
        // The slot behind it is looked at when this one is taken.
        constexpr qsizetype slotsAhead = 2 * cacheLine / qsizetype(sizeof(Slot));
        if (m_slots.size() > slotsAhead)
            __builtin_prefetch(&m_slots[slotsAhead]);
    }

    void dropFront()
    {
        const Slot &slot = m_slots.front();
        if (isMessage(slot.content)) {
            m_bytes -= quint64(slot.payload.size());
            --m_filled;
        }
        if (slot.content == Content::InArena)
            m_arena.pop(slot.payload.size());
        if (const auto extra = takeExtra(); extra && extra->file)
            extra->file->discard();
        m_slots.dropFront();
        ++m_first;
    }

    RingBuffer<Slot> m_slots;
    PayloadArena m_arena;
    QByteArray m_recycled;
    std::map<SeqNr, std::unique_ptr<MessageExtra>> m_extras;
    SeqNr m_first = 1;
    SeqNr m_received = 0;
    quint64 m_bytes = 0;
    qsizetype m_filled = 0;
};

} // namespace QtDelivery
