// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QCryptographicHash>

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
    QCryptographicHash m_hash{QCryptographicHash::Blake2b_256};
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
        Q_ASSERT(offset <= m_position);
        const quint64 known = m_position - offset;
        if (known >= quint64(bytes.size()))
            return;
        m_stream->add(bytes.sliced(qsizetype(known)));
        m_position = offset + quint64(bytes.size());
    }

    /*! Of all bytes up to position(). Nothing can be added behind it. */
    [[nodiscard]] const QByteArray &result()
    {
        if (m_result.isEmpty())
            m_result = m_stream->result();
        return m_result;
    }

private:
    const std::unique_ptr<DigestStream> m_stream;
    quint64 m_position = 0;
    QByteArray m_result;
};

} // namespace QtDelivery
