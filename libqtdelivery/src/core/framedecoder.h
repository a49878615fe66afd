// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "frames.h"

namespace QtDelivery {

/*! \brief Turns the bytes of one connection into frames, whatever the pieces they arrive in.

    A length is checked against the limit before anything is stored on its word: the buffer only
   ever grows by bytes that have arrived. Once next() has failed the decoder stays failed; the link
   is to be closed with reason(). */
class FrameDecoder
{
public:
    enum class Result {
        Frame, //!< one frame is in the out parameters
        NeedMore, //!< the next frame is not complete
        Failed, //!< see reason()
    };

    /*! Until \a maxLength is raised after the handshake only frames up to MaxHelloLength pass, and
     * the first must be a Hello. */
    FrameDecoder() = default;

    /*! The longest `length` accepted from now on, in bytes. Call it once the Hello has been
     * decoded. */
    void setMaxLength(quint32 maxLength) { m_maxLength = maxLength; }

    /*! Packed payloads were agreed on: they are unpacked here, and nobody else notices. Otherwise
     * they are malformed. */
    void setUnpacking(bool on) { m_isUnpacking = on; }

    /*! Room for \a size bytes that the caller reads straight into; invalidates views of earlier
     * frames. */
    [[nodiscard]] char *prepare(qsizetype size);
    /*! \a size of the prepared bytes are now filled. */
    void commit(qsizetype size);
    /*! prepare(), copy, commit(). */
    void append(QByteArrayView bytes);

    /*! Takes the next frame. Views in \a frame are valid until the next prepare() or append(); of
     * a packed payload also not beyond the next next(). */
    [[nodiscard]] Result next(ChannelNr *channel, Frame *frame);

    /*! Fails with \a reason, and forgets what is buffered, with its memory. */
    void stop(Reason reason);

    [[nodiscard]] Reason reason() const { return m_reason; }
    /*! Bytes that are buffered and not yet given out. */
    [[nodiscard]] qsizetype pendingBytes() const { return m_end - m_begin; }
    /*! Bytes of memory that the buffer takes. */
    [[nodiscard]] qsizetype capacity() const { return m_buffer.size(); }

private:
    Result fail(Reason reason);

    QByteArray m_buffer;
    qsizetype m_begin = 0; // first byte not given out
    qsizetype m_end = 0; // behind the last byte that arrived
    quint32 m_maxLength = MaxHelloLength;
    bool m_firstFrame = true;
    bool m_isUnpacking = false;
    PayloadUnpacker m_unpacker;
    Reason m_reason = Reason::None;
};

} // namespace QtDelivery
