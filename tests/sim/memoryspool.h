// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "environment.h"

#include <core/payloadsource.h>

#include <map>
#include <tuple>

namespace QtDelivery::Simulation {

/*! \brief A spool that outlives its consumer, as files do, and is full now and then. */
class MemorySpool final : public PayloadSpool
{
public:
    explicit MemorySpool(Environment &environment)
        : m_environment(environment)
    { }

    /*! A write fails with this chance. */
    void setFailures(double chance) { m_failures = chance; }

    std::unique_ptr<PayloadSink> open(Incarnation producer, SeqNr seqNr, quint64 totalSize) override
    {
        if (fails())
            return nullptr;
        return std::make_unique<Sink>(this, Key(producer, seqNr, totalSize));
    }

    std::optional<quint64> find(Incarnation producer, SeqNr seqNr) override
    {
        const auto it = m_parts.lower_bound(Key(producer, seqNr, 0));
        if (it == m_parts.end() || std::get<0>(it->first) != producer
            || std::get<1>(it->first) != seqNr)
            return std::nullopt;
        return std::get<2>(it->first);
    }

    /*! What a complete payload holds. */
    [[nodiscard]] static const QByteArray &bytesOf(const SpooledPayload &payload)
    {
        return static_cast<const Payload &>(payload).bytes;
    }

private:
    using Key = std::tuple<Incarnation, SeqNr, quint64>;

    struct Payload final : SpooledPayload
    {
        explicit Payload(QByteArray content)
            : bytes(std::move(content))
        { }
        QString path() const override { return {}; }
        quint64 size() const override { return quint64(bytes.size()); }
        void discard() override { }

        const QByteArray bytes;
    };

    class Sink final : public PayloadSink
    {
    public:
        Sink(MemorySpool *spool, const Key &key)
            : m_spool(spool)
            , m_key(key)
            , m_bytes(spool->m_parts[key])
        { }
        quint64 have() const override { return quint64(m_bytes.size()); }
        bool read(quint64 offset, char *to, qsizetype size) override
        {
            std::copy_n(m_bytes.constData() + offset, size, to);
            return true;
        }
        bool write(QByteArrayView bytes) override
        {
            if (m_spool->fails())
                return false;
            m_bytes.append(bytes);
            return true;
        }
        std::shared_ptr<SpooledPayload> finish() override
        {
            auto payload = std::make_shared<Payload>(m_bytes);
            discard();
            return payload;
        }
        void discard() override { m_spool->m_parts.erase(m_key); }

    private:
        MemorySpool *const m_spool;
        const Key m_key;
        QByteArray &m_bytes;
    };

    [[nodiscard]] bool fails() { return m_failures > 0 && m_environment.rng.chance(m_failures); }

    Environment &m_environment;
    double m_failures = 0;
    std::map<Key, QByteArray> m_parts;
};

} // namespace QtDelivery::Simulation
