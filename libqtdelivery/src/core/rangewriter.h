// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "frames.h"
#include "messagedigest.h"
#include "unconfirmedbuffer.h"

#include <memory>

namespace QtDelivery {

/*! \brief Writes messages as ranges of their bytes, with the digest in the last one.

    The digest is of one message at a time and grows with the ranges. Whoever goes on in the middle
   of a message that this object has not written lets it catch up: the bytes before are read, a
   piece per call. */
class RangeWriter
{
public:
    explicit RangeWriter(DigestFactory newDigest)
        : m_newDigest(newDigest)
    { }

    enum class Outcome {
        Written, //!< one range; the offset has moved behind it
        CatchingUp, //!< nothing yet, but call again
        SourceFailed, //!< the message cannot be read any more
    };

    /*! Writes at most \a chunkSize bytes of message \a seqNr from \a offset on. */
    [[nodiscard]] Outcome write(FrameWriter &writer, ChannelNr channel,
                                const UnconfirmedBuffer &buffer, SeqNr seqNr, qsizetype chunkSize,
                                quint64 *offset);
    /*! Writes message \a seqNr, which comes from a source, as one Message frame. */
    [[nodiscard]] Outcome writeWhole(FrameWriter &writer, ChannelNr channel,
                                     const UnconfirmedBuffer &buffer, SeqNr seqNr);

    /*! The message that the last range was of; 0 = none was written. */
    [[nodiscard]] SeqNr seqNr() const { return m_state ? m_state->seqNr : 0; }

private:
    struct State
    {
        State(SeqNr number, QByteArray bytes, std::unique_ptr<DigestStream> stream)
            : seqNr(number)
            , payload(std::move(bytes))
            , digest(std::move(stream))
        { }

        const SeqNr seqNr;
        const QByteArray payload; // that the digest is computed of, unless there is a source
        MessageDigest digest;
        QByteArray scratch; // what was read from a source
    };

    /*! Empty if the source fails. Valid until the next call, or as long as the payload. */
    [[nodiscard]] QByteArrayView bytes(const UnconfirmedBuffer &buffer, quint64 offset,
                                       qsizetype size);
    /*! Written: the digest covers everything before \a offset. */
    [[nodiscard]] Outcome catchUp(const UnconfirmedBuffer &buffer, quint64 offset,
                                  qsizetype chunkSize);

    void addToDigest(quint64 offset, QByteArrayView bytes);

    [[nodiscard]] Outcome failed();
    /*! The message, all of which is in the digest, is what its source has promised. */
    [[nodiscard]] bool isAsStored(const UnconfirmedBuffer &buffer);

    const DigestFactory m_newDigest;
    std::unique_ptr<State> m_state; // most flows never need it
};

} // namespace QtDelivery
