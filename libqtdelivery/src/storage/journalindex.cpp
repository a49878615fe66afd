// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "journalindex.h"

#include <algorithm>

namespace QtDelivery {

namespace {

bool isBefore(const MessagePlace &a, const MessagePlace &b)
{
    return a.seqNr < b.seqNr;
}

/*! Sorts, and keeps of a message that was written twice what was written last. */
void tidy(std::deque<MessagePlace> &places)
{
    const auto isMisplaced = [](const auto &a, const auto &b) { return a.seqNr >= b.seqNr; };
    if (std::adjacent_find(places.begin(), places.end(), isMisplaced) == places.end())
        return;
    std::stable_sort(places.begin(), places.end(), isBefore);
    std::deque<MessagePlace> kept;
    for (const MessagePlace &place : places) {
        if (!kept.empty() && kept.back().seqNr == place.seqNr)
            kept.back() = place;
        else
            kept.push_back(place);
    }
    places.swap(kept);
}

} // namespace

qint64 JournalIndex::liveBytes(quint64 segment) const
{
    const auto it = m_liveBytesOf.find(segment);
    return it == m_liveBytesOf.end() ? 0 : it->second;
}

void JournalIndex::add(const QString &qualifier, const MessagePlace &place,
                       const QByteArray &context, TimePoint now)
{
    Q_ASSERT(place.seqNr == m_currentSeqNr);
    Qualifier &of = entry(qualifier)->second;
    of.live.push_back(place);
    of.lastUsed = now;
    count(place, 1);
    m_context = context;
    m_currentSeqNr = place.seqNr + 1;
}

void JournalIndex::addFile(const QString &qualifier)
{
    entry(qualifier)->second.files.insert(m_currentSeqNr - 1);
}

std::set<qint64> JournalIndex::files() const
{
    std::set<qint64> all;
    for (const auto &[name, of] : m_qualifiers)
        all.insert(of.files.begin(), of.files.end());
    return all;
}

std::optional<qint64> JournalIndex::confirm(qint64 seqNr, const QString &qualifier, TimePoint now,
                                            std::vector<qint64> *files)
{
    const qint64 upTo = std::min(seqNr, m_currentSeqNr - 1);
    if (upTo < 1)
        return std::nullopt;
    Qualifier &of = entry(qualifier)->second;
    of.lastUsed = now;
    if (upTo <= of.confirmedSeqNr)
        return std::nullopt;
    of.confirmedSeqNr = upTo;
    m_highestConfirmedSeqNr = std::max(m_highestConfirmedSeqNr, upTo);
    while (!of.live.empty() && of.live.front().seqNr <= upTo) {
        count(of.live.front(), -1);
        of.live.pop_front();
    }
    const auto behind = of.files.upper_bound(upTo);
    files->insert(files->end(), of.files.begin(), behind);
    of.files.erase(of.files.begin(), behind);
    return upTo;
}

bool JournalIndex::isLive(qint64 seqNr, const QString &qualifier) const
{
    const auto it = m_qualifiers.find(qualifier);
    return it != m_qualifiers.end()
        && std::binary_search(it->second.live.begin(), it->second.live.end(),
                              MessagePlace{.seqNr = seqNr}, isBefore);
}

bool JournalIndex::skip(const QString &qualifier, const MessagePlace &place)
{
    move({place});
    return entry(qualifier)->second.files.erase(place.seqNr) > 0;
}

std::vector<QString> JournalIndex::dropUnused(TimePoint now, Duration age)
{
    std::vector<QString> dropped;
    for (auto it = m_qualifiers.begin(); it != m_qualifiers.end();) {
        const auto here = it++;
        const Qualifier &of = here->second;
        // The empty one is no name that somebody might never use again.
        if (here->first.isEmpty() || !of.live.empty() || now - of.lastUsed < age)
            continue;
        dropped.push_back(here->first);
        erase(here);
    }
    return dropped;
}

void JournalIndex::rollBack(qint64 currentSeqNr, const QByteArray &context)
{
    m_currentSeqNr = currentSeqNr;
    m_context = context;
    m_highestConfirmedSeqNr = std::min(m_highestConfirmedSeqNr, currentSeqNr - 1);
    for (auto it = m_qualifiers.begin(); it != m_qualifiers.end();) {
        const auto here = it++;
        Qualifier &of = here->second;
        while (!of.live.empty() && of.live.back().seqNr >= currentSeqNr) {
            count(of.live.back(), -1);
            of.live.pop_back();
        }
        of.files.erase(of.files.lower_bound(currentSeqNr), of.files.end());
        of.confirmedSeqNr = std::min(of.confirmedSeqNr, currentSeqNr - 1);
        if (!of.isKnown())
            erase(here);
    }
}

SnapshotRecord JournalIndex::snapshot() const
{
    SnapshotRecord snapshot;
    snapshot.generation = m_generation;
    snapshot.currentSeqNr = m_currentSeqNr;
    snapshot.highestConfirmedSeqNr = m_highestConfirmedSeqNr;
    snapshot.context = m_context;
    for (const auto &[name, of] : m_qualifiers) {
        if (of.isKnown())
            snapshot.qualifiers.push_back({name, of.confirmedSeqNr});
    }
    return snapshot;
}

std::vector<MessagePlace> JournalIndex::placesIn(quint64 segment) const
{
    std::vector<MessagePlace> found;
    for (const auto &[name, of] : m_qualifiers) {
        for (const MessagePlace &place : of.live) {
            if (place.segment == segment)
                found.push_back(place);
        }
    }
    std::sort(found.begin(), found.end(), [](const auto &a, const auto &b) { return a.at < b.at; });
    return found;
}

std::vector<std::pair<MessagePlace, const QString *>> JournalIndex::places() const
{
    std::vector<std::pair<MessagePlace, const QString *>> all;
    for (const auto &[name, of] : m_qualifiers) {
        for (const MessagePlace &place : of.live)
            all.emplace_back(place, &name);
    }
    if (m_qualifiers.size() > 1) {
        std::sort(all.begin(), all.end(),
                  [](const auto &a, const auto &b) { return isBefore(a.first, b.first); });
    }
    return all;
}

void JournalIndex::move(const std::vector<MessagePlace> &places)
{
    for (auto &[name, of] : m_qualifiers) {
        for (MessagePlace &place : of.live) {
            const auto it = std::lower_bound(places.begin(), places.end(), place, isBefore);
            if (it == places.end() || it->seqNr != place.seqNr)
                continue;
            count(place, -1);
            place = *it;
            count(place, 1);
        }
    }
}

bool JournalIndex::replay(const RecordView &record, quint64 segment)
{
    switch (record.type) {
    case RecordType::Message:
    case RecordType::Described:
        return replayMessage(record, segment);
    case RecordType::Confirmed: {
        const auto confirmed = decodeConfirmed(record.body);
        if (!confirmed || confirmed->seqNr >= m_currentSeqNr)
            return false;
        qint64 &seqNr = entryOf(confirmed->qualifier)->second.confirmedSeqNr;
        seqNr = std::max(seqNr, confirmed->seqNr);
        m_highestConfirmedSeqNr = std::max(m_highestConfirmedSeqNr, seqNr);
        return true;
    }
    case RecordType::Snapshot: {
        const auto snapshot = decodeSnapshot(record.body);
        return snapshot && replaySnapshot(*snapshot);
    }
    case RecordType::QualifierDropped:
        erase(entryOf(record.body));
        return true;
    case RecordType::Mark:
        break;
    }
    return false;
}

bool JournalIndex::replayMessage(const RecordView &record, quint64 segment)
{
    const auto message = decodeMessage(record);
    if (!message || message->seqNr > m_currentSeqNr || message->seqNr >= MaxSeqNr)
        return false;
    // What is confirmed is dropped by finishReplay(): an earlier message may follow, copied.
    const MessagePlace place{message->seqNr, segment, quint32(record.offset / JournalAlignment),
                             quint32(record.length)};
    Qualifier &of = entryOf(message->qualifier)->second;
    of.live.push_back(place);
    if (message->fileSize > 0)
        of.files.insert(message->seqNr);
    else
        of.files.erase(message->seqNr); // it is skipped now
    if (message->seqNr == m_currentSeqNr) {
        ++m_currentSeqNr;
        m_context = message->context.toByteArray();
    }
    return true;
}

bool JournalIndex::replaySnapshot(const SnapshotRecord &snapshot)
{
    if (snapshot.currentSeqNr < m_currentSeqNr || snapshot.currentSeqNr > MaxSeqNr
        || snapshot.generation < m_generation
        || snapshot.highestConfirmedSeqNr >= snapshot.currentSeqNr)
        return false;
    // It bridges segments that are not needed any more, and with them confirmations and the end of
    // qualifiers.
    std::set<QString> known;
    for (const QualifierPosition &position : snapshot.qualifiers) {
        if (position.confirmedSeqNr < 0 || position.confirmedSeqNr >= snapshot.currentSeqNr)
            return false;
        qint64 &seqNr = entry(position.name)->second.confirmedSeqNr;
        seqNr = std::max(seqNr, position.confirmedSeqNr);
        known.insert(position.name);
    }
    for (auto it = m_qualifiers.begin(); it != m_qualifiers.end();) {
        const auto here = it++;
        if (!known.contains(here->first))
            erase(here);
    }
    m_generation = snapshot.generation;
    m_currentSeqNr = snapshot.currentSeqNr;
    m_highestConfirmedSeqNr = std::max(m_highestConfirmedSeqNr, snapshot.highestConfirmedSeqNr);
    m_context = snapshot.context;
    return true;
}

std::optional<MessagePlace> JournalIndex::finishReplay(TimePoint now)
{
    m_liveBytesOf.clear();
    m_liveBytes = 0;
    for (auto it = m_qualifiers.begin(); it != m_qualifiers.end();) {
        const auto here = it++;
        Qualifier &of = here->second;
        of.lastUsed = now;
        tidy(of.live);
        while (!of.live.empty() && of.live.front().seqNr <= of.confirmedSeqNr)
            of.live.pop_front();
        of.files.erase(of.files.begin(), of.files.upper_bound(of.confirmedSeqNr));
        for (const MessagePlace &place : of.live)
            count(place, 1);
        if (!of.isKnown())
            m_qualifiers.erase(here);
    }
    m_last.reset();
    if (m_qualifiers.size() < 2)
        return std::nullopt;
    const auto all = places();
    const auto twice = std::adjacent_find(all.begin(), all.end(), [](const auto &a, const auto &b) {
        return a.first.seqNr == b.first.seqNr;
    });
    return twice == all.end() ? std::nullopt : std::optional(twice->first);
}

JournalIndex::Entry JournalIndex::entry(const QString &qualifier)
{
    if (m_last && (*m_last)->first == qualifier)
        return *m_last;
    auto it = m_qualifiers.find(qualifier);
    if (it == m_qualifiers.end()) {
        it = m_qualifiers.emplace(qualifier, Qualifier()).first;
        it->second.utf8 = qualifier.toUtf8();
    }
    m_last = it;
    return it;
}

JournalIndex::Entry JournalIndex::entryOf(QByteArrayView utf8)
{
    if (m_last && (*m_last)->second.utf8 == utf8)
        return *m_last;
    return entry(QString::fromUtf8(utf8));
}

void JournalIndex::erase(Entry entry)
{
    if (m_last == entry)
        m_last.reset();
    m_qualifiers.erase(entry);
}

void JournalIndex::count(const MessagePlace &place, qint64 sign)
{
    qint64 &bytes = m_liveBytesOf[place.segment];
    bytes += sign * place.size();
    m_liveBytes += sign * place.size();
    if (bytes == 0)
        m_liveBytesOf.erase(place.segment);
}

} // namespace QtDelivery
