// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "frames.h"
#include "messagedigest.h"
#include "payloadsource.h"

#include <memory>

namespace QtDelivery {

/*! \brief One message that arrives in ranges: what is there of it, in memory or in a sink.

    Bytes are taken in their order only, so what is there is one run from the first byte on. Memory
   grows with what has arrived, not with what was announced. */
class PartialMessage
{
public:
    enum class Outcome {
        Taken,
        Duplicate, //!< all its bytes are there already
        Gap, //!< it begins behind what is there
        SinkFailed, //!< the sink has no room; nothing was taken
        Complete, //!< and its digest is right
        Spoiled, //!< it has come to its end, but without all of its bytes
        Wrong, //!< another total size than before, or the digest is not that of the bytes
    };

    /*! In memory if \a sink is null. */
    PartialMessage(SeqNr seqNr, quint64 totalSize, std::unique_ptr<PayloadSink> sink);

    [[nodiscard]] SeqNr seqNr() const { return m_seqNr; }
    [[nodiscard]] quint64 totalSize() const { return m_totalSize; }
    /*! So many bytes are there. */
    [[nodiscard]] quint64 have() const { return m_have; }
    [[nodiscard]] bool isSpooled() const { return m_sink != nullptr; }

    [[nodiscard]] Outcome add(const RangeFrame &range);

    /*! The bytes up to \a offset were transmitted and not all of them arrived, and nobody resends:
     * the rest is not kept either. */
    void spoil(quint64 offset);

    /*! Of a complete message that is not spooled. */
    [[nodiscard]] QByteArray takePayload() { return std::move(m_payload); }
    /*! Of a complete message that is. */
    [[nodiscard]] std::shared_ptr<SpooledPayload> finish() { return m_sink->finish(); }
    /*! It will not be completed. */
    void discard();

private:
    [[nodiscard]] bool catchUp();

    const SeqNr m_seqNr;
    const quint64 m_totalSize;
    const std::unique_ptr<PayloadSink> m_sink;
    QByteArray m_payload;
    quint64 m_have = 0;
    bool m_isSpoiled = false;
    MessageDigest m_digest;
};

} // namespace QtDelivery
