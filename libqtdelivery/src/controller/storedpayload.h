// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/payloadsource.h"

#include <QtDelivery/payloadreader.h>

namespace QtDelivery {

/*! \brief A payload that a durable queue has, or is about to have, in a file.

    The file is open only while the message is transmitted: thousands may wait. */
class StoredPayload final : public PayloadSource
{
public:
    // Cannot be read until setFile() says where it is.
    explicit StoredPayload(quint64 size)
        : m_size(size)
    { }
    StoredPayload(quint64 size, QByteArray digest)
        : m_size(size)
        , m_digest(std::move(digest))
    { }

    /*! It is \a path, which \a reader reads if that is not null. */
    void setFile(const QString &path, std::shared_ptr<PayloadReader> reader)
    {
        m_path = path;
        m_reader = std::move(reader);
    }

    [[nodiscard]] quint64 size() const override { return m_size; }
    [[nodiscard]] bool read(quint64 offset, char *to, qsizetype size) override;
    [[nodiscard]] bool isStored() const override { return true; }
    [[nodiscard]] QByteArray digest() const override { return m_digest; }

private:
    const quint64 m_size;
    const QByteArray m_digest;
    QString m_path;
    std::shared_ptr<PayloadReader> m_reader; // null: the file is the payload
    std::shared_ptr<PayloadSource> m_file; // null: not open
};

/*! \brief Lets a durable queue read what was given to send(). */
class SourceReader final : public PayloadReader
{
public:
    explicit SourceReader(std::shared_ptr<PayloadSource> source)
        : m_source(std::move(source))
    { }

    [[nodiscard]] qint64 size() const override { return qint64(m_source->size()); }
    [[nodiscard]] bool read(qint64 offset, char *to, qint64 size) override
    {
        return m_source->read(quint64(offset), to, qsizetype(size));
    }

private:
    const std::shared_ptr<PayloadSource> m_source;
};

} // namespace QtDelivery
