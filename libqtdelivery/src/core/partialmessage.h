// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "frames.h"
#include "growingpayload.h"
#include "messagedigest.h"
#include "payloadsource.h"

#include <memory>

namespace QtDelivery {

/*! \brief One message that arrives in ranges: what is there of it, in memory or in a sink.

    Bytes are taken in their order only, so what is there is one run from the first byte on. Memory
   grows with what has arrived, not with what was announced.

    The digest of what a former life has left is made up for a piece at a time, by catchUp(), while
   the rest arrives: the file may be long. */
class PartialMessage
{
public:
    enum class Outcome {
        Taken,
        Duplicate, //!< all its bytes are there already
        Gap, //!< it begins behind what is there
        SinkFailed, //!< the sink has no room; nothing was taken
        Complete, //!< and its digest is right
        Verifying, //!< all bytes are there, but not all of them are in the digest: see catchUp()
        Spoiled, //!< it has come to its end, but without all of its bytes
        Wrong, //!< another total size than before, or the digest is not that of the bytes
    };

    /*! In memory if \a sink is null. */
    PartialMessage(SeqNr seqNr, quint64 totalSize, std::unique_ptr<PayloadSink> sink,
                   DigestFactory newDigest = &DirectDigest::make);

    [[nodiscard]] SeqNr seqNr() const { return m_seqNr; }
    [[nodiscard]] quint64 totalSize() const { return m_totalSize; }
    /*! So many bytes are there. */
    [[nodiscard]] quint64 have() const { return m_have; }
    [[nodiscard]] bool isSpooled() const { return m_sink != nullptr; }

    [[nodiscard]] Outcome add(const RangeFrame &range);

    /*! Bytes that a former life has left are not in the digest yet. */
    [[nodiscard]] bool isBehind() const { return !m_isSpoiled && m_digest.position() < m_have; }
    /*! Everything is there but for the verdict. */
    [[nodiscard]] bool isVerifying() const { return isBehind() && m_have == m_totalSize; }
    /*! Takes a piece of them into the digest. Taken, SinkFailed if it cannot be read, or the
     * verdict of a message that is verifying. */
    [[nodiscard]] Outcome catchUp();

    /*! The bytes up to \a offset were transmitted and not all of them arrived, and nobody resends:
     * the rest is not kept either. */
    void spoil(quint64 offset);

    /*! Of a complete message, in UTF-8; empty if it has none. */
    [[nodiscard]] const QByteArray &name() const { return m_name; }
    /*! Of a complete message that is not spooled. */
    [[nodiscard]] QByteArray takePayload() { return m_payload.take(); }
    /*! Of a complete message that is. */
    [[nodiscard]] std::shared_ptr<SpooledPayload> finish() { return m_sink->finish(); }
    /*! It will not be completed. */
    void discard();

private:
    [[nodiscard]] Outcome verdict();
    void keep(QByteArrayView news);

    const SeqNr m_seqNr;
    const quint64 m_totalSize;
    const std::unique_ptr<PayloadSink> m_sink;
    GrowingPayload m_payload;
    quint64 m_have = 0;
    bool m_isSpoiled = false;
    MessageDigest m_digest;
    QByteArray m_expected; // digest, from the last range
    QByteArray m_name; // likewise
};

} // namespace QtDelivery
