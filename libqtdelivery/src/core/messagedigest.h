// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "blake2b.h"

#include <QByteArray>
#include <QByteArrayView>

#include <memory>

namespace QtDelivery {

/*! \brief BLAKE2b-256 of bytes that come in their order: computed at once, or elsewhere meanwhile.
 */
class DigestStream
{
public:
    DigestStream() = default;
    virtual ~DigestStream() = default;
    Q_DISABLE_COPY_MOVE(DigestStream)

    /*! \a bytes are not needed any more when it returns. */
    virtual void add(QByteArrayView bytes) = 0;
    /*! As add(), but \a bytes stay where they are until settle(), result() or the end of the stream
     * has returned. */
    virtual void addInPlace(QByteArrayView bytes) { add(bytes); }
    /*! Nothing that was added in place is needed any more when it returns. */
    virtual void settle() { }
    /*! Of all that was added; the last call. */
    [[nodiscard]] virtual QByteArray result() = 0;
};

/*! Makes one for a message of \a totalSize bytes. */
using DigestFactory = std::unique_ptr<DigestStream> (*)(quint64 totalSize);

/*! \brief Computes within add(). */
class DirectDigest final : public DigestStream
{
public:
    static std::unique_ptr<DigestStream> make(quint64) { return std::make_unique<DirectDigest>(); }

    void add(QByteArrayView bytes) override { m_hash.addData(bytes); }
    QByteArray result() override { return m_hash.result(); }

private:
    Blake2b m_hash;
};

/*! \brief BLAKE2b-256 of a message that is seen range by range, some of it perhaps more than once.
 */
class MessageDigest
{
public:
    explicit MessageDigest(std::unique_ptr<DigestStream> stream)
        : m_stream(std::move(stream))
    { }

    /*! So many bytes, from the first on, are in the digest. */
    [[nodiscard]] quint64 position() const { return m_position; }

    /*! \a bytes begin at \a offset, which is not beyond position(). Not after result(), unless they
     * are known. */
    void add(quint64 offset, QByteArrayView bytes)
    {
        if (const QByteArrayView news = passed(offset, bytes); !news.isEmpty())
            m_stream->add(news);
    }
    /*! As add(); see DigestStream::addInPlace(). */
    void addInPlace(quint64 offset, QByteArrayView bytes)
    {
        if (const QByteArrayView news = passed(offset, bytes); !news.isEmpty())
            m_stream->addInPlace(news);
    }
    /*! See DigestStream::settle(). */
    void settle() { m_stream->settle(); }

    /*! Of all bytes up to position(). Nothing can be added behind it. */
    [[nodiscard]] const QByteArray &result()
    {
        if (m_result.isEmpty())
            m_result = m_stream->result();
        return m_result;
    }

private:
    /*! What of \a bytes is new; the position is behind it now. */
    [[nodiscard]] QByteArrayView passed(quint64 offset, QByteArrayView bytes)
    {
        Q_ASSERT(offset <= m_position);
        const quint64 known = m_position - offset;
        if (known >= quint64(bytes.size()))
            return {};
        m_position = offset + quint64(bytes.size());
        return bytes.sliced(qsizetype(known));
    }

    const std::unique_ptr<DigestStream> m_stream;
    quint64 m_position = 0;
    QByteArray m_result;
};

} // namespace QtDelivery
