// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "payloadpacker.h"

#include <zstd.h>

namespace QtDelivery {

namespace {

// What was needed for one long payload is not kept for many short ones.
constexpr qsizetype KeptCapacity = 256 * 1024;

/*! Of \a size bytes, with what they need at least and not much more. */
void makeRoom(QByteArray &buffer, qsizetype size)
{
    if (buffer.size() < size || (buffer.size() > KeptCapacity && buffer.size() / 4 > size))
        buffer = QByteArray(size, Qt::Uninitialized);
}

} // namespace

struct PayloadPacker::Context
{
    const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> zstd{ZSTD_createCCtx(),
                                                                    &ZSTD_freeCCtx};
};

PayloadPacker::PayloadPacker(const PackerConfig &config)
    : m_config(config)
    , m_context(std::make_unique<Context>())
{ }

PayloadPacker::~PayloadPacker() = default;

QByteArrayView PayloadPacker::pack(QByteArrayView payload)
{
    if (payload.isEmpty() || payload.size() < m_config.threshold)
        return {};
    const qsizetype room = payload.size() - payload.size() / 8;
    makeRoom(m_packed, room);
    // Without room for more it is an error, and what has none is not worth it.
    const size_t size = ZSTD_compressCCtx(m_context->zstd.get(), m_packed.data(), size_t(room),
                                          payload.data(), size_t(payload.size()), m_config.level);
    if (ZSTD_isError(size))
        return {};
    m_packedFrom += quint64(payload.size());
    m_packedTo += size;
    return {m_packed.constData(), qsizetype(size)};
}

struct PayloadUnpacker::Context
{
    const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> zstd{ZSTD_createDCtx(),
                                                                    &ZSTD_freeDCtx};
};

PayloadUnpacker::PayloadUnpacker() = default;
PayloadUnpacker::PayloadUnpacker(PayloadUnpacker &&other) noexcept = default;
PayloadUnpacker &PayloadUnpacker::operator=(PayloadUnpacker &&other) noexcept = default;
PayloadUnpacker::~PayloadUnpacker() = default;

QByteArrayView PayloadUnpacker::unpack(QByteArrayView packed, qsizetype size)
{
    // What it says of itself costs nothing to ask; if it says nothing it is found out below.
    const unsigned long long said = ZSTD_getFrameContentSize(packed.data(), size_t(packed.size()));
    if (said == ZSTD_CONTENTSIZE_ERROR
        || (said != ZSTD_CONTENTSIZE_UNKNOWN && said != static_cast<unsigned long long>(size)))
        return {};
    if (!m_context)
        m_context = std::make_unique<Context>();
    makeRoom(m_payload, size);
    const size_t found = ZSTD_decompressDCtx(m_context->zstd.get(), m_payload.data(), size_t(size),
                                             packed.data(), size_t(packed.size()));
    if (ZSTD_isError(found) || found != size_t(size))
        return {};
    return {m_payload.constData(), size};
}

} // namespace QtDelivery
