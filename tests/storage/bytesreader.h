// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/payloadreader.h>

#include <QByteArray>

#include <cstring>

namespace QtDelivery::Test {

/*! \brief A payload that is not in memory, as a durable queue sees it; for tests it is. */
class BytesReader final : public PayloadReader
{
public:
    /*! From offset \a failsAt on it cannot be read; -1 = all of it can. */
    explicit BytesReader(QByteArray bytes, qint64 failsAt = -1)
        : m_bytes(std::move(bytes))
        , m_failsAt(failsAt)
    { }

    [[nodiscard]] qint64 size() const override { return m_bytes.size(); }
    [[nodiscard]] bool read(qint64 offset, char *to, qint64 size) override
    {
        if (offset < 0 || size > m_bytes.size() - offset
            || (m_failsAt >= 0 && offset + size > m_failsAt))
            return false;
        std::memcpy(to, m_bytes.constData() + offset, size_t(size));
        return true;
    }

private:
    const QByteArray m_bytes;
    const qint64 m_failsAt;
};

} // namespace QtDelivery::Test
