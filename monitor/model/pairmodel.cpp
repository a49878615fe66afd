// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "pairmodel.h"

#include "text.h"

#include <QSet>

#include <algorithm>
#include <array>
#include <utility>

namespace Monitor {

using QtDelivery::FlowSnapshot;

namespace {

// A rate is that of at least so long, and falls when nothing has come for so long.
constexpr qint64 FlowRateTime = 500'000;
constexpr qint64 QuietTime = 2'000'000;

bool isProducer(const FlowSnapshot &flow)
{
    return flow.role == FlowSnapshot::Role::Producer;
}

std::optional<FlowEnd> &endIn(FlowPair &pair, bool producer)
{
    return producer ? pair.producer : pair.consumer;
}

} // namespace

PairModel::PairModel(QObject *parent)
    : QAbstractTableModel(parent)
{ }

FlowPair &PairModel::pairIn(int row)
{
    const auto number = size_t(row);
    return number < m_rows.size() ? m_rows[number] : m_newRows[number - m_rows.size()];
}

FlowEnd &PairModel::endOf(const EndKey &key)
{
    return *endIn(pairIn(m_ends[key].row), key.key.startsWith(u'p'));
}

void PairModel::update(const QString &source, const QString &process,
                       const QList<FlowSnapshot> &flows)
{
    for (const FlowSnapshot &flow : flows) {
        const EndKey key{source, flow.key()};
        const auto known = m_ends.find(key);
        if (known == m_ends.end())
            add(key, process, flow);
        else
            renew(endOf(key), *known, flow);
        settle(key);
    }
    insertNewRows();
    removeEmptyRows();
}

void PairModel::add(const EndKey &key, const QString &process, const FlowSnapshot &flow)
{
    const int row = int(m_rows.size() + m_newRows.size());
    FlowPair pair;
    endIn(pair, isProducer(flow)) =
        FlowEnd{.source = key.source, .process = process, .flow = flow, .now = flow.time};
    m_newRows.push_back(std::move(pair));
    const Name peer{flow.peerNodeId, flow.peerId, !isProducer(flow)};
    m_ends.insert(key,
                  {.row = row, .peer = peer, .rateMessages = flow.messages, .rateTime = flow.time});
    m_named.insert({flow.nodeId, flow.id, isProducer(flow)}, key);
    m_naming.insert(peer, key);
}

void PairModel::renew(FlowEnd &end, Record &record, const FlowSnapshot &flow)
{
    const Name peer{flow.peerNodeId, flow.peerId, !isProducer(flow)};
    if (!(peer == record.peer)) {
        m_naming.remove(record.peer, end.key());
        m_naming.insert(peer, end.key());
        record.peer = peer;
    }
    end.flow = flow;
    end.now = qMax(end.now, flow.time);
    const qint64 time = flow.time - record.rateTime;
    if (time >= FlowRateTime) {
        // Smoothed, so that one message every second is not now 0/s, now 2/s.
        const double rate =
            double(qMax<qint64>(0, flow.messages - record.rateMessages)) * 1e6 / double(time);
        end.rate = end.rate <= 0 ? rate : 0.7 * end.rate + 0.3 * rate;
        record.rateMessages = flow.messages;
        record.rateTime = flow.time;
    }
    noteChange(record.row);
}

/*! Brings \a key together with the end that it belongs to now. */
void PairModel::settle(const EndKey &key)
{
    const int row = m_ends[key].row;
    if (pairIn(row).isWhole()) {
        if (belongTogether(pairIn(row).producer->flow, pairIn(row).consumer->flow))
            return;
        split(row);
    }
    if (const auto partner = freePartnerOf(key)) {
        if (key.key.startsWith(u'p'))
            join(key, *partner);
        else
            join(*partner, key);
    }
}

void PairModel::split(int row)
{
    FlowPair alone;
    std::swap(alone.consumer, pairIn(row).consumer);
    m_ends[alone.consumer->key()].row = int(m_rows.size() + m_newRows.size());
    m_newRows.push_back(std::move(alone));
    noteChange(row);
}

std::optional<EndKey> PairModel::freePartnerOf(const EndKey &key)
{
    const FlowEnd &end = endOf(key);
    const bool producer = isProducer(end.flow);
    const QList<EndKey> candidates = m_named.values(m_ends[key].peer)
        + m_naming.values({end.flow.nodeId, end.flow.id, producer});
    for (const EndKey &candidate : candidates) {
        const FlowPair &pair = pairIn(m_ends[candidate].row);
        if (pair.isWhole())
            continue;
        const FlowSnapshot &flow = pair.anyEnd().flow;
        if (producer ? belongTogether(end.flow, flow) : belongTogether(flow, end.flow))
            return candidate;
    }
    return std::nullopt;
}

void PairModel::join(const EndKey &producer, const EndKey &consumer)
{
    const int row = m_ends[producer].row;
    const int emptied = std::exchange(m_ends[consumer].row, row);
    std::swap(pairIn(row).consumer, pairIn(emptied).consumer);
    if (emptied < int(m_rows.size()))
        m_emptyRows.append(emptied);
    noteChange(row);
}

void PairModel::insertNewRows()
{
    std::erase_if(m_newRows, [](const FlowPair &pair) { return pair.isEmpty(); });
    if (m_newRows.empty())
        return;
    const int first = int(m_rows.size());
    const auto added = std::exchange(m_newRows, {});
    beginInsertRows({}, first, first + int(added.size()) - 1);
    for (const FlowPair &pair : added) {
        for (const auto &end : {pair.producer, pair.consumer}) {
            if (end)
                m_ends[end->key()].row = int(m_rows.size());
        }
        m_rows.push_back(pair);
    }
    m_searchTexts.resize(m_rows.size());
    endInsertRows();
}

void PairModel::removeEmptyRows()
{
    QList<int> rows = std::exchange(m_emptyRows, {});
    rows.removeIf([this](int row) { return !m_rows[size_t(row)].isEmpty(); });
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    if (rows.isEmpty())
        return;
    // From behind, in runs: what is in front keeps its place.
    for (qsizetype last = rows.size() - 1, first = last; last >= 0; last = first = first - 1) {
        while (first > 0 && rows[first - 1] == rows[first] - 1)
            --first;
        beginRemoveRows({}, rows[first], rows[last]);
        m_rows.erase(m_rows.begin() + rows[first], m_rows.begin() + rows[last] + 1);
        m_searchTexts.erase(m_searchTexts.begin() + rows[first],
                            m_searchTexts.begin() + rows[last] + 1);
        endRemoveRows();
    }
    for (size_t row = size_t(rows.first()); row < m_rows.size(); ++row) {
        for (const auto *end : {&m_rows[row].producer, &m_rows[row].consumer}) {
            if (*end)
                m_ends[(*end)->key()].row = int(row);
        }
    }
    m_lastChange = qMin(m_lastChange, int(m_rows.size()) - 1);
    // What moved up has changed as well, if it had before.
    m_firstChange = m_firstChange < 0 ? -1 : qMin(m_firstChange, rows.first());
}

void PairModel::forget(const EndKey &key)
{
    const auto known = m_ends.find(key);
    if (known == m_ends.end())
        return;
    const int row = known->row;
    auto &end = endIn(pairIn(row), key.key.startsWith(u'p'));
    m_named.remove({end->flow.nodeId, end->flow.id, isProducer(end->flow)}, key);
    m_naming.remove(known->peer, key);
    m_ends.erase(known);
    end.reset();
    if (pairIn(row).isEmpty())
        m_emptyRows.append(row);
    noteChange(row);
}

void PairModel::remove(const QString &source, const QStringList &keys)
{
    for (const QString &key : keys)
        forget({source, key});
    removeEmptyRows();
}

void PairModel::removeSource(const QString &source)
{
    QStringList keys;
    for (auto end = m_ends.keyBegin(); end != m_ends.keyEnd(); ++end) {
        if (end->source == source)
            keys.append(end->key);
    }
    remove(source, keys);
}

void PairModel::setClock(const QString &source, qint64 clock)
{
    for (int row = 0; row < int(m_rows.size()); ++row) {
        for (auto *end : {&m_rows[size_t(row)].producer, &m_rows[size_t(row)].consumer}) {
            if (!*end || (*end)->source != source)
                continue;
            (*end)->now = clock;
            if ((*end)->rate > 0) {
                Record &record = m_ends[(*end)->key()];
                if (clock - record.rateTime >= QuietTime) {
                    (*end)->rate = 0;
                    record.rateTime = clock;
                    record.rateMessages = (*end)->flow.messages;
                    noteChange(row);
                }
            }
            if ((*end)->flow.blocked.at >= 0 || (*end)->flow.oldestUnconfirmedAt >= 0)
                noteChange(row);
        }
    }
}

void PairModel::noteChange(int row)
{
    m_firstChange = m_firstChange < 0 ? row : qMin(m_firstChange, row);
    m_lastChange = qMax(m_lastChange, row);
    if (size_t(row) < m_searchTexts.size())
        m_searchTexts[size_t(row)].clear();
}

void PairModel::announceChanges()
{
    const int first = std::exchange(m_firstChange, -1);
    const int last = qMin(std::exchange(m_lastChange, -1), int(m_rows.size()) - 1);
    if (first >= 0 && first <= last)
        Q_EMIT dataChanged(index(first, 0), index(last, ColumnCount - 1));
}

int PairModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int PairModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

namespace {

QString processText(const FlowPair &pair)
{
    if (!pair.isWhole() || pair.producer->process == pair.consumer->process)
        return pair.isEmpty() ? QString() : pair.anyEnd().process;
    //: the process %1 sends to the process %2
    return PairModel::tr("%1 → %2").arg(pair.producer->process, pair.consumer->process);
}

QString textOf(const FlowPair &pair, int column)
{
    switch (column) {
    case PairModel::FlowColumn:
        return pair.title();
    case PairModel::HealthColumn:
        return healthText(pair.health());
    case PairModel::SentenceColumn:
        return pair.sentence();
    case PairModel::CulpritColumn:
        return culpritText(pair.culprit());
    case PairModel::ProducerColumn:
        return pair.producerText();
    case PairModel::ConsumerColumn:
        return pair.consumerText();
    default:
        return processText(pair);
    }
}

bool isNumber(int column)
{
    return column >= PairModel::BacklogColumn && column <= PairModel::ConfirmedColumn;
}

double numberOf(const FlowPair &pair, int column)
{
    switch (column) {
    case PairModel::BacklogColumn:
        return double(pair.backlog());
    case PairModel::RateColumn:
        return pair.rate();
    case PairModel::AgeColumn:
        return double(pair.age());
    case PairModel::InFlightColumn:
        return double(pair.inFlight());
    case PairModel::WindowColumn:
        return double(pair.window());
    case PairModel::ResentColumn:
        return double(pair.resent());
    case PairModel::BytesColumn:
        return double(pair.unconfirmedBytes());
    case PairModel::RoundTripColumn:
        return double(pair.roundTrip());
    default:
        return double(pair.confirmed());
    }
}

QString numberText(double number, int column)
{
    switch (column) {
    case PairModel::RateColumn:
        return rateText(number);
    case PairModel::AgeColumn:
        return durationText(qint64(number));
    case PairModel::BytesColumn:
        return bytesText(qint64(number));
    case PairModel::RoundTripColumn:
        return latencyText(qint64(number));
    default:
        return countText(qint64(number));
    }
}

/*! Everything that is told in words, a line for each column. */
QString searchText(const FlowPair &pair)
{
    constexpr qsizetype usualLength = 256;
    QString text;
    text.reserve(usualLength);
    for (const int column :
         {PairModel::FlowColumn, PairModel::HealthColumn, PairModel::SentenceColumn,
          PairModel::ProducerColumn, PairModel::ConsumerColumn, PairModel::ProcessColumn}) {
        text += textOf(pair, column);
        text += u'\n';
    }
    return text;
}

} // namespace

/*! Each letter that is typed into a filter asks for that of every row. */
const QString &PairModel::searchTextOf(int row) const
{
    QString &text = m_searchTexts[size_t(row)];
    if (text.isEmpty())
        text = searchText(m_rows[size_t(row)]);
    return text;
}

QVariant PairModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const FlowPair &pair = m_rows[size_t(index.row())];
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return isNumber(column) ? numberText(numberOf(pair, column), column) : textOf(pair, column);
    case SortRole:
        if (column == HealthColumn)
            return int(pair.health());
        return isNumber(column) ? QVariant(numberOf(pair, column)) : textOf(pair, column);
    case Qt::TextAlignmentRole:
        return int(Qt::AlignVCenter | (isNumber(column) ? Qt::AlignRight : Qt::AlignLeft));
    case HealthRole:
        return int(pair.health());
    case FilterRole:
        return searchTextOf(index.row());
    default:
        return {};
    }
}

QVariant PairModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    const bool isColumn = orientation == Qt::Horizontal && section >= 0 && section < ColumnCount;
    if (isColumn && role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | (isNumber(section) ? Qt::AlignRight : Qt::AlignLeft));
    if (!isColumn || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    const std::array<QString, ColumnCount> titles{
        tr("Flow"),
        tr("Health"),
        tr("Why it does not move"),
        //: who has to do something so that the flow moves
        tr("Held up by"),
        tr("Backlog"),
        tr("Rate"),
        //: the age of the oldest unconfirmed message
        tr("Oldest"),
        tr("In flight"),
        tr("Window"),
        tr("Resent"),
        tr("Unconfirmed"),
        tr("Round trip"),
        tr("Confirmed"),
        tr("Producer"),
        tr("Consumer"),
        tr("Process"),
    };
    return titles[size_t(section)];
}

} // namespace Monitor
