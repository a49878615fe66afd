// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <QtDelivery/eventmodel.h>

#include "words.h"
#include "words/text.h"

#include <QDateTime>

#include <array>
#include <deque>

namespace QtDelivery {

namespace {

struct EventRow
{
    QString source;
    QString flowKey;
    qint64 time = 0; // microseconds since 1970
    FlowEvent event;
};

QVariant rawValue(const EventRow &row, int column)
{
    switch (column) {
    case EventModel::TimeColumn:
        return row.time;
    case EventModel::FlowColumn:
        return row.flowKey;
    case EventModel::KindColumn:
        return FlowEvent::kindName(row.event.kind);
    case EventModel::SeqNrColumn:
        return row.event.seqNr;
    case EventModel::TextColumn:
        return row.event.sentence();
    default:
        return row.source;
    }
}

QVariant shownValue(const EventRow &row, int column)
{
    if (column == EventModel::TimeColumn)
        return QDateTime::fromMSecsSinceEpoch(row.time / 1000)
            .toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz"));
    if (column == EventModel::SeqNrColumn)
        return row.event.seqNr == 0 ? QString() : countText(row.event.seqNr);
    return rawValue(row, column);
}

} // namespace

class EventModelPrivate
{
public:
    std::deque<EventRow> rows;
    qsizetype maxEvents = 10'000;
};

EventModel::EventModel(QObject *parent)
    : QAbstractTableModel(parent)
    , d(std::make_unique<EventModelPrivate>())
{ }

EventModel::~EventModel() = default;

void EventModel::append(const QString &source, const QString &flowKey, qint64 clockOffset,
                        const QList<FlowEvent> &events)
{
    const QList<FlowEvent> last = events.mid(qMax<qsizetype>(0, events.size() - d->maxEvents));
    if (last.isEmpty())
        return;
    const qsizetype surplus = qsizetype(d->rows.size()) + last.size() - d->maxEvents;
    if (surplus > 0) {
        beginRemoveRows({}, 0, int(surplus) - 1);
        d->rows.erase(d->rows.begin(), d->rows.begin() + surplus);
        endRemoveRows();
    }
    const int first = int(d->rows.size());
    beginInsertRows({}, first, first + int(last.size()) - 1);
    for (const FlowEvent &event : last)
        d->rows.push_back({source, flowKey, event.time + clockOffset, event});
    endInsertRows();
}

void EventModel::clear()
{
    if (d->rows.empty())
        return;
    beginRemoveRows({}, 0, int(d->rows.size()) - 1);
    d->rows.clear();
    endRemoveRows();
}

void EventModel::setMaxEvents(int count)
{
    d->maxEvents = qBound(1, count, 10'000'000);
    const qsizetype surplus = qsizetype(d->rows.size()) - d->maxEvents;
    if (surplus <= 0)
        return;
    beginRemoveRows({}, 0, int(surplus) - 1);
    d->rows.erase(d->rows.begin(), d->rows.begin() + surplus);
    endRemoveRows();
}

int EventModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(d->rows.size());
}

int EventModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant EventModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= qsizetype(d->rows.size()))
        return {};
    const EventRow &row = d->rows[size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return shownValue(row, index.column());
    case SortRole:
        return rawValue(row, index.column());
    case Qt::TextAlignmentRole:
        return int(Qt::AlignVCenter
                   | (index.column() == SeqNrColumn ? Qt::AlignRight : Qt::AlignLeft));
    case EventRole:
        return QVariant::fromValue(row.event);
    default:
        return {};
    }
}

QVariant EventModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    static constexpr std::array<const char *, ColumnCount> titles{
        QT_TRANSLATE_NOOP("QtDelivery", "Time"),    QT_TRANSLATE_NOOP("QtDelivery", "Flow"),
        QT_TRANSLATE_NOOP("QtDelivery", "Event"),   QT_TRANSLATE_NOOP("QtDelivery", "Message"),
        QT_TRANSLATE_NOOP("QtDelivery", "Meaning"), QT_TRANSLATE_NOOP("QtDelivery", "Process"),
    };
    const bool isTitle = orientation == Qt::Horizontal && role == Qt::DisplayRole && section >= 0
        && section < ColumnCount;
    return isTitle ? Text::tr(titles[size_t(section)])
                   : QAbstractTableModel::headerData(section, orientation, role);
}

QHash<int, QByteArray> EventModel::roleNames() const
{
    QHash<int, QByteArray> names = QAbstractTableModel::roleNames();
    names.insert({{SortRole, "sort"}, {EventRole, "event"}});
    return names;
}

} // namespace QtDelivery
