// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <QtDelivery/flowmodel.h>

#include "keyedrows.h"
#include "words.h"
#include "words/text.h"

#include <QSet>

#include <array>

namespace QtDelivery {

namespace {

// A rate is that of at least so long, and falls to what it is when nothing has come for so long.
constexpr qint64 RateTime = 500'000;
constexpr qint64 QuietTime = 2'000'000;

struct FlowRow
{
    FlowSnapshot flow;
    qint64 clock = 0; // the source's, as far as is known
    qint64 rateMessages = 0; // at
    qint64 rateTime = 0;
    double rate = 0;

    void updateRate(qint64 now)
    {
        if (now <= rateTime)
            return;
        rate = double(flow.messages - rateMessages) * 1e6 / double(now - rateTime);
        rateMessages = flow.messages;
        rateTime = now;
    }
    [[nodiscard]] qint64 age() const
    {
        return flow.oldestUnconfirmedAt < 0 ? -1
                                            : qMax(clock, flow.time) - flow.oldestUnconfirmedAt;
    }
    [[nodiscard]] qint64 backlog() const
    {
        return flow.role == FlowSnapshot::Role::Producer
            ? qMax<qint64>(0, flow.nextSeqNr - 1 - flow.confirmedSeqNr)
            : flow.receivedSeqNr - flow.confirmedSeqNr;
    }
    [[nodiscard]] qint64 resent() const
    {
        return flow.role == FlowSnapshot::Role::Producer ? flow.resent : flow.resendsAsked;
    }
};

QString roleText(FlowSnapshot::Role role)
{
    return role == FlowSnapshot::Role::Producer ? Text::tr("Producer") : Text::tr("Consumer");
}

QString stateText(FlowSnapshot::State state)
{
    switch (state) {
    case FlowSnapshot::State::Loading:
        return Text::tr("Loading");
    case FlowSnapshot::State::Unattached:
        return Text::tr("Not attached");
    case FlowSnapshot::State::Attaching:
        return Text::tr("Attaching");
    case FlowSnapshot::State::Attached:
        return Text::tr("Attached");
    case FlowSnapshot::State::Stopped:
        return Text::tr("Stopped");
    }
    return {};
}

/*! Texts are their own raw value. */
QString textOf(const FlowRow &row, const QString &source, int column)
{
    switch (column) {
    case FlowModel::IdColumn:
        return row.flow.id;
    case FlowModel::RoleColumn:
        return roleText(row.flow.role);
    case FlowModel::NodeColumn:
        return row.flow.nodeId;
    case FlowModel::PeerColumn:
        return row.flow.peerId;
    case FlowModel::PeerNodeColumn:
        return row.flow.peerNodeId;
    case FlowModel::StateColumn:
        return stateText(row.flow.state);
    case FlowModel::BlockedColumn:
        return row.flow.blocked.isBlocked()
            ? row.flow.blocked.sentence(qMax(row.clock, row.flow.time))
            : QString();
    default:
        return source;
    }
}

bool isNumber(int column)
{
    return column >= FlowModel::ConfirmedColumn && column != FlowModel::SourceColumn;
}

qint64 numberOf(const FlowRow &row, int column)
{
    switch (column) {
    case FlowModel::ConfirmedColumn:
        return row.flow.confirmedSeqNr;
    case FlowModel::InFlightColumn:
        return row.flow.inFlight();
    case FlowModel::WindowColumn:
        return row.flow.window();
    case FlowModel::BacklogColumn:
        return row.backlog();
    case FlowModel::UnconfirmedBytesColumn:
        return row.flow.unconfirmedBytes;
    case FlowModel::RateColumn:
        return qRound64(row.rate);
    case FlowModel::MessagesColumn:
        return row.flow.messages;
    case FlowModel::ResentColumn:
        return row.resent();
    case FlowModel::DuplicatesColumn:
        return row.flow.duplicatesDropped;
    case FlowModel::AgeColumn:
        return row.age();
    case FlowModel::QueueDepthColumn:
        return row.flow.queueDepth;
    case FlowModel::StoreLatencyColumn:
        return row.flow.storeLatency;
    case FlowModel::RoundTripColumn:
        return row.flow.rtt;
    case FlowModel::EpochColumn:
        return row.flow.epoch;
    default:
        return 0;
    }
}

QString numberText(int column, qint64 number)
{
    switch (column) {
    case FlowModel::UnconfirmedBytesColumn:
        return bytesText(number);
    case FlowModel::AgeColumn:
        return number < 0 ? QString() : durationText(number);
    case FlowModel::StoreLatencyColumn:
    case FlowModel::RoundTripColumn:
        return latencyText(number);
    case FlowModel::RateColumn:
        //: %1 is a number of messages
        return Text::tr("%1/s").arg(countText(number));
    default:
        return countText(number);
    }
}

} // namespace

class FlowModelPrivate
{
public:
    KeyedRows<FlowRow> rows;
};

FlowModel::FlowModel(QObject *parent)
    : QAbstractTableModel(parent)
    , d(std::make_unique<FlowModelPrivate>())
{ }

FlowModel::~FlowModel() = default;

void FlowModel::update(const QString &source, const QList<FlowSnapshot> &flows)
{
    ChangedRows changed;
    QList<FlowRow> added;
    QHash<QString, qsizetype> addedAt; // a flow may be named twice
    for (const FlowSnapshot &flow : flows) {
        const QString key = flow.key();
        const qsizetype at = d->rows.find({source, key});
        if (at < 0) {
            const FlowRow row{flow, flow.time, flow.messages, flow.time, 0};
            if (const auto twin = addedAt.constFind(key); twin != addedAt.constEnd()) {
                added[*twin] = row;
                continue;
            }
            addedAt.insert(key, added.size());
            added.append(row);
            continue;
        }
        FlowRow &row = d->rows[at];
        row.flow = flow;
        row.clock = qMax(row.clock, flow.time);
        if (flow.time - row.rateTime >= RateTime)
            row.updateRate(flow.time);
        changed.add(at);
    }
    if (!changed.isEmpty())
        Q_EMIT dataChanged(index(changed.first(), 0), index(changed.last(), ColumnCount - 1));
    if (added.isEmpty())
        return;
    beginInsertRows({}, int(d->rows.size()), int(d->rows.size() + added.size()) - 1);
    for (const FlowRow &row : std::as_const(added))
        d->rows.append({source, row.flow.key()}, row);
    endInsertRows();
}

void FlowModel::remove(const QString &source, const QStringList &keys)
{
    QList<qsizetype> rows;
    for (const QString &key : QSet<QString>(keys.begin(), keys.end())) {
        if (const qsizetype row = d->rows.find({source, key}); row >= 0)
            rows.append(row);
    }
    d->rows.remove(
        rows,
        [this](qsizetype first, qsizetype last) { beginRemoveRows({}, int(first), int(last)); },
        [this] { endRemoveRows(); });
}

void FlowModel::removeSource(const QString &source)
{
    d->rows.remove(
        d->rows.rowsOf(source),
        [this](qsizetype first, qsizetype last) { beginRemoveRows({}, int(first), int(last)); },
        [this] { endRemoveRows(); });
}

void FlowModel::setClock(const QString &source, qint64 clock)
{
    ChangedRows changed;
    const QList<qsizetype> rows = d->rows.rowsOf(source);
    for (const qsizetype at : rows) {
        FlowRow &row = d->rows[at];
        row.clock = clock;
        const bool falls = row.rate != 0 && clock - row.rateTime >= QuietTime;
        if (falls)
            row.updateRate(clock);
        if (falls || row.flow.blocked.at >= 0 || row.flow.oldestUnconfirmedAt >= 0)
            changed.add(at);
    }
    if (!changed.isEmpty())
        Q_EMIT dataChanged(index(changed.first(), 0), index(changed.last(), ColumnCount - 1));
}

FlowSnapshot FlowModel::flowAt(int row) const
{
    return d->rows.contains(row) ? d->rows[row].flow : FlowSnapshot();
}

int FlowModel::rowOf(const QString &source, const QString &key) const
{
    return int(d->rows.find({source, key}));
}

int FlowModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(d->rows.size());
}

int FlowModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant FlowModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= d->rows.size())
        return {};
    const FlowRow &row = d->rows[index.row()];
    const auto &[source, key] = d->rows.keyOf(index.row());
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        if (isNumber(column))
            return numberText(column, numberOf(row, column));
        return textOf(row, source, column);
    case SortRole:
        if (isNumber(column))
            return numberOf(row, column);
        return textOf(row, source, column);
    case Qt::TextAlignmentRole:
        return int(Qt::AlignVCenter | (isNumber(column) ? Qt::AlignRight : Qt::AlignLeft));
    case FlowRole:
        return QVariant::fromValue(row.flow);
    case KeyRole:
        return key;
    case SourceRole:
        return source;
    case ReasonRole:
        return Blocked::reasonName(row.flow.blocked.reason);
    default:
        return {};
    }
}

QVariant FlowModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    static constexpr std::array<const char *, ColumnCount> titles{
        QT_TRANSLATE_NOOP("QtDelivery", "Flow"),
        QT_TRANSLATE_NOOP("QtDelivery", "Role"),
        QT_TRANSLATE_NOOP("QtDelivery", "Node"),
        QT_TRANSLATE_NOOP("QtDelivery", "Other end"),
        QT_TRANSLATE_NOOP("QtDelivery", "Other node"),
        QT_TRANSLATE_NOOP("QtDelivery", "State"),
        QT_TRANSLATE_NOOP("QtDelivery", "Blocked because"),
        QT_TRANSLATE_NOOP("QtDelivery", "Confirmed"),
        QT_TRANSLATE_NOOP("QtDelivery", "In flight"),
        QT_TRANSLATE_NOOP("QtDelivery", "Window"),
        QT_TRANSLATE_NOOP("QtDelivery", "Backlog"),
        QT_TRANSLATE_NOOP("QtDelivery", "Unconfirmed"),
        QT_TRANSLATE_NOOP("QtDelivery", "Rate"),
        QT_TRANSLATE_NOOP("QtDelivery", "Messages"),
        QT_TRANSLATE_NOOP("QtDelivery", "Resent"),
        QT_TRANSLATE_NOOP("QtDelivery", "Duplicates"),
        QT_TRANSLATE_NOOP("QtDelivery", "Oldest"),
        QT_TRANSLATE_NOOP("QtDelivery", "Not stored"),
        QT_TRANSLATE_NOOP("QtDelivery", "Storage"),
        QT_TRANSLATE_NOOP("QtDelivery", "Round trip"),
        QT_TRANSLATE_NOOP("QtDelivery", "Epoch"),
        QT_TRANSLATE_NOOP("QtDelivery", "Process"),
    };
    const bool isTitle = orientation == Qt::Horizontal && role == Qt::DisplayRole && section >= 0
        && section < ColumnCount;
    return isTitle ? Text::tr(titles[size_t(section)])
                   : QAbstractTableModel::headerData(section, orientation, role);
}

QHash<int, QByteArray> FlowModel::roleNames() const
{
    QHash<int, QByteArray> names = QAbstractTableModel::roleNames();
    names.insert({{SortRole, "sort"},
                  {FlowRole, "flow"},
                  {KeyRole, "key"},
                  {SourceRole, "source"},
                  {ReasonRole, "reason"}});
    return names;
}

} // namespace QtDelivery
