// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <QtDelivery/linkmodel.h>

#include "keyedrows.h"
#include "words.h"
#include "words/text.h"

#include <QSet>

#include <array>

namespace QtDelivery {

namespace {

struct LinkRow
{
    LinkSnapshot link;
    qint64 clock = 0;

    [[nodiscard]] qint64 now() const { return qMax(clock, link.time); }
};

QString stateText(LinkSnapshot::State state)
{
    switch (state) {
    case LinkSnapshot::State::Connecting:
        return Text::tr("Connecting");
    case LinkSnapshot::State::Up:
        return Text::tr("Up");
    case LinkSnapshot::State::Closing:
        return Text::tr("Closing");
    case LinkSnapshot::State::Waiting:
        return Text::tr("Down");
    case LinkSnapshot::State::Resting:
        return Text::tr("Not needed");
    }
    return {};
}

bool isNumber(int column)
{
    return column >= LinkModel::RoundTripColumn && column != LinkModel::SourceColumn;
}

qint64 numberOf(const LinkRow &row, int column)
{
    switch (column) {
    case LinkModel::RoundTripColumn:
        return row.link.rtt;
    case LinkModel::PendingColumn:
        return row.link.pendingBytes;
    case LinkModel::BytesInColumn:
        return row.link.bytesIn;
    case LinkModel::BytesOutColumn:
        return row.link.bytesOut;
    case LinkModel::UptimeColumn:
        return row.link.since < 0 ? -1 : row.now() - row.link.since;
    case LinkModel::RetryColumn:
        return row.link.retryAt < 0 ? -1 : qMax<qint64>(0, row.link.retryAt - row.now());
    case LinkModel::FlowsColumn:
        return row.link.flows;
    default:
        return 0;
    }
}

QString numberText(int column, qint64 number)
{
    switch (column) {
    case LinkModel::RoundTripColumn:
        return latencyText(number);
    case LinkModel::PendingColumn:
    case LinkModel::BytesInColumn:
    case LinkModel::BytesOutColumn:
        return bytesText(number);
    case LinkModel::UptimeColumn:
    case LinkModel::RetryColumn:
        return number < 0 ? QString() : durationText(number);
    default:
        return countText(number);
    }
}

QString textOf(const LinkRow &row, const QString &source, int column)
{
    switch (column) {
    case LinkModel::NodeColumn:
        return row.link.nodeId;
    case LinkModel::PeerNodeColumn:
        return row.link.peerNodeId;
    case LinkModel::UrlColumn:
        return row.link.url.toDisplayString();
    case LinkModel::StateColumn:
        return stateText(row.link.state);
    default:
        return source;
    }
}

} // namespace

class LinkModelPrivate
{
public:
    KeyedRows<LinkRow> rows;
};

LinkModel::LinkModel(QObject *parent)
    : QAbstractTableModel(parent)
    , d(std::make_unique<LinkModelPrivate>())
{ }

LinkModel::~LinkModel() = default;

void LinkModel::update(const QString &source, const QList<LinkSnapshot> &links)
{
    for (const LinkSnapshot &link : links) { // they are few
        const LinkRow row{link, link.time};
        if (const qsizetype at = d->rows.find({source, link.key()}); at >= 0) {
            d->rows[at] = row;
            Q_EMIT dataChanged(index(int(at), 0), index(int(at), ColumnCount - 1));
            continue;
        }
        beginInsertRows({}, int(d->rows.size()), int(d->rows.size()));
        d->rows.append({source, link.key()}, row);
        endInsertRows();
    }
}

void LinkModel::remove(const QString &source, const QStringList &keys)
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

void LinkModel::removeSource(const QString &source)
{
    d->rows.remove(
        d->rows.rowsOf(source),
        [this](qsizetype first, qsizetype last) { beginRemoveRows({}, int(first), int(last)); },
        [this] { endRemoveRows(); });
}

void LinkModel::setClock(const QString &source, qint64 clock)
{
    ChangedRows changed;
    const QList<qsizetype> rows = d->rows.rowsOf(source);
    for (const qsizetype at : rows) {
        d->rows[at].clock = clock;
        changed.add(at);
    }
    if (!changed.isEmpty())
        Q_EMIT dataChanged(index(changed.first(), UptimeColumn),
                           index(changed.last(), RetryColumn));
}

LinkSnapshot LinkModel::linkAt(int row) const
{
    return d->rows.contains(row) ? d->rows[row].link : LinkSnapshot();
}

int LinkModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(d->rows.size());
}

int LinkModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant LinkModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= d->rows.size())
        return {};
    const LinkRow &row = d->rows[index.row()];
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
    case LinkRole:
        return QVariant::fromValue(row.link);
    case KeyRole:
        return key;
    case SourceRole:
        return source;
    default:
        return {};
    }
}

QVariant LinkModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    static constexpr std::array<const char *, ColumnCount> titles{
        QT_TRANSLATE_NOOP("QtDelivery", "Node"),
        QT_TRANSLATE_NOOP("QtDelivery", "Other node"),
        QT_TRANSLATE_NOOP("QtDelivery", "Address"),
        QT_TRANSLATE_NOOP("QtDelivery", "State"),
        QT_TRANSLATE_NOOP("QtDelivery", "Round trip"),
        QT_TRANSLATE_NOOP("QtDelivery", "Pending"),
        QT_TRANSLATE_NOOP("QtDelivery", "Received"),
        QT_TRANSLATE_NOOP("QtDelivery", "Written"),
        QT_TRANSLATE_NOOP("QtDelivery", "Up for"),
        QT_TRANSLATE_NOOP("QtDelivery", "Next attempt in"),
        QT_TRANSLATE_NOOP("QtDelivery", "Flows"),
        QT_TRANSLATE_NOOP("QtDelivery", "Process"),
    };
    const bool isTitle = orientation == Qt::Horizontal && role == Qt::DisplayRole && section >= 0
        && section < ColumnCount;
    return isTitle ? Text::tr(titles[size_t(section)])
                   : QAbstractTableModel::headerData(section, orientation, role);
}

QHash<int, QByteArray> LinkModel::roleNames() const
{
    QHash<int, QByteArray> names = QAbstractTableModel::roleNames();
    names.insert(
        {{SortRole, "sort"}, {LinkRole, "link"}, {KeyRole, "key"}, {SourceRole, "source"}});
    return names;
}

} // namespace QtDelivery
