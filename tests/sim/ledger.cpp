// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "ledger.h"

namespace QtDelivery::Simulation {

namespace {

constexpr qsizetype PoolSize = 512 * 1024;

/*! Payloads are pieces of one random block: cheap to make, and no two of some length are alike. */
const QByteArray &pool()
{
    static const QByteArray bytes = [] {
        Rng rng(1);
        QByteArray filled(PoolSize, Qt::Uninitialized);
        for (char &byte : filled)
            byte = char(rng.next() >> 56);
        return filled;
    }();
    return bytes;
}

} // namespace

// ---- the producer's application

void Ledger::beginGeneration(Incarnation incarnation)
{
    m_generations.push_back(Generation{.incarnation = incarnation});
    if (m_durableQueue)
        current().stored = 0;
}

void Ledger::resumeGeneration(SeqNr stored, SeqNr confirmed)
{
    Generation &now = current();
    check(stored >= *now.stored, "something that was stored is lost");
    check(stored <= sentNow(), "more was stored than sent");
    m_acceptedInAll -= sentNow() - stored;
    now.messages.resize(size_t(stored));
    now.stored = stored;
    now.permission = 0;
    now.confirmedTold = confirmed;
}

void Ledger::endGeneration()
{
    m_lost += current().asks.size();
    current().asks.clear();
}

void Ledger::permitted(SeqNr seqNr, bool mayRepeat)
{
    check(seqNr == sentNow() + 1, "RequestNext names another number than the next");
    check(current().permission == 0 || (mayRepeat && current().permission == seqNr),
          "a second RequestNext while one is out");
    current().permission = seqNr;
}

QByteArray Ledger::compose(qsizetype size)
{
    const auto offset = m_environment.rng.below(quint64(PoolSize - size) + 1);
    return QByteArray::fromRawData(pool().constData() + offset, size);
}

void Ledger::accepted(const QByteArray &payload, bool asked)
{
    Generation &now = current();
    check(now.permission == sentNow() + 1, "a message was accepted without permission");
    now.permission = 0;
    const quint64 before = now.messages.empty() ? 0 : now.messages.back().end;
    now.messages.push_back({payload, before + quint64(payload.size())});
    ++m_acceptedInAll;
    if (asked) {
        ++m_asked;
        now.asks.push_back(sentNow());
    }
}

void Ledger::confirmedTold(SeqNr seqNr)
{
    Generation &now = current();
    check(seqNr > now.confirmedTold, "the confirmed number does not grow");
    check(seqNr <= sentNow(), "more is confirmed than was sent");
    check(m_onlyFlowControl || seqNr <= now.confirmedByApplications,
          "confirmed to the producer, but by no application");
    check(!m_durableProgress || seqNr <= now.recorded,
          "confirmed to the producer, but not recorded");
    now.confirmedTold = seqNr;
    while (!now.asks.empty() && now.asks.front() <= seqNr) {
        now.asks.pop_front();
        ++m_answered;
    }
}

void Ledger::stored(SeqNr seqNr)
{
    check(seqNr <= sentNow(), "more is stored than was sent");
    current().stored = std::max(*current().stored, seqNr);
}

// ---- the consumers' applications

int Ledger::generationOf(const Incarnation &incarnation) const
{
    for (size_t i = 0; i < m_generations.size(); ++i) {
        if (m_generations[i].incarnation == incarnation)
            return int(i);
    }
    return -1;
}

bool Ledger::isGenuine(Reader::Position position, const QByteArray &payload)
{
    if (!check(position.generation >= 0, "a delivery of no known producer"))
        return false;
    const auto &messages = m_generations[size_t(position.generation)].messages;
    if (!check(position.seqNr >= 1 && position.seqNr <= SeqNr(messages.size()),
               "a delivery that was never sent"))
        return false;
    return check(messages[size_t(position.seqNr - 1)].payload == payload, "the payload differs");
}

void Ledger::delivered(Reader &reader, Reader::Position position, const QByteArray &payload)
{
    if (!isGenuine(position, payload))
        return;
    ++m_deliveries;
    const Generation &generation = m_generations[size_t(position.generation)];
    check(!reader.outstanding, "a delivery while one is out");
    check(!generation.stored || position.seqNr <= *generation.stored,
          "delivered although it is not stored");
    check(position.seqNr > generation.recorded, "delivered although it is recorded as confirmed");
    check(position.generation >= reader.last.generation, "a delivery of an older producer");
    const bool sameGeneration = position.generation == reader.last.generation;
    check(!sameGeneration || position.seqNr > reader.last.seqNr, "delivered twice");
    if (!m_onlyFlowControl) {
        check(position.seqNr <= generation.confirmedByApplications + 1,
              "delivered although an earlier message is not confirmed by anybody");
        check(!sameGeneration || reader.hasRivals || position.seqNr == reader.last.seqNr + 1,
              "delivered out of order");
    }
    reader.last = position;
    reader.outstanding = position;
}

void Ledger::redelivered(const Reader &reader, Reader::Position position, const QByteArray &payload)
{
    check(reader.outstanding == position, "another delivery repeated than the one that is out");
    isGenuine(position, payload);
}

void Ledger::confirmed(Reader &reader)
{
    Generation &generation = m_generations[size_t(reader.outstanding->generation)];
    generation.confirmedByApplications =
        std::max(generation.confirmedByApplications, reader.outstanding->seqNr);
    reader.outstanding.reset();
}

void Ledger::recorded(int generation, SeqNr seqNr)
{
    Generation &of = m_generations[size_t(generation)];
    check(seqNr <= of.confirmedByApplications, "recorded, but confirmed by no application");
    of.recorded = std::max(of.recorded, seqNr);
}

// ---- questions

quint64 Ledger::bytesOf(SeqNr from, SeqNr to) const
{
    const auto endOf = [&](SeqNr seqNr) {
        return seqNr < 1 ? 0 : current().messages[size_t(seqNr - 1)].end;
    };
    return from > to ? 0 : endOf(to) - endOf(from - 1);
}

} // namespace QtDelivery::Simulation
