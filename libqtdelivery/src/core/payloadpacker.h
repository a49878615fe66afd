// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "types.h"

#include <QByteArray>
#include <QByteArrayView>

#include <memory>

// zstd, one frame of it for the payload of each frame: nothing is shared between two, so whatever
// is lost or sent again is packed anew. doc/protocol.md, section 3.3, has the rules.

namespace QtDelivery {

struct PackerConfig
{
    int level = 0; //!< of zstd; 0 = nothing is packed
    qsizetype threshold = 1024; //!< shorter payloads go as they are
};

/*! \brief Packs payloads on their way out, if that is worth it. */
class PayloadPacker
{
public:
    explicit PayloadPacker(const PackerConfig &config);
    ~PayloadPacker();
    Q_DISABLE_COPY_MOVE(PayloadPacker)

    /*! \a payload packed, or nothing if it is short, or not an eighth shorter then. Valid until the
     * next call. */
    [[nodiscard]] QByteArrayView pack(QByteArrayView payload);

    /*! Bytes of all payloads that were packed … */
    [[nodiscard]] quint64 packedFrom() const { return m_packedFrom; }
    /*! … and how many they were then. */
    [[nodiscard]] quint64 packedTo() const { return m_packedTo; }

private:
    struct Context;

    const PackerConfig m_config;
    const std::unique_ptr<Context> m_context;
    QByteArray m_packed;
    quint64 m_packedFrom = 0;
    quint64 m_packedTo = 0;
};

/*! \brief Unpacks payloads on their way in; memory is taken only for what the caller permits. */
class PayloadUnpacker
{
public:
    PayloadUnpacker();
    PayloadUnpacker(PayloadUnpacker &&other) noexcept;
    PayloadUnpacker &operator=(PayloadUnpacker &&other) noexcept;
    ~PayloadUnpacker();
    Q_DISABLE_COPY(PayloadUnpacker)

    /*! Null unless \a packed is exactly \a size bytes, packed; \a size is at most what the caller
     * would have accepted as it is. Valid until the next call. */
    [[nodiscard]] QByteArrayView unpack(QByteArrayView packed, qsizetype size);

private:
    struct Context;

    std::unique_ptr<Context> m_context; // when it is needed
    QByteArray m_payload;
};

} // namespace QtDelivery
