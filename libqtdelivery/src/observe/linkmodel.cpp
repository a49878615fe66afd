// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <QtDelivery/linkmodel.h>

#include "snapshottable.h"
#include "words.h"

#include <QDateTime>

namespace QtDelivery {

namespace {

class LinkRow
{
public:
    explicit LinkRow(const LinkSnapshot &link)
        : m_link(link)
        , m_clock(link.time)
    { }

    void renew(const LinkSnapshot &link) { *this = LinkRow(link); }
    bool setClock(qint64 clock)
    {
        m_clock = clock;
        return true;
    }

    [[nodiscard]] const LinkSnapshot &snapshot() const { return m_link; }
    [[nodiscard]] qint64 uptime() const { return m_link.since < 0 ? -1 : now() - m_link.since; }
    [[nodiscard]] qint64 retryIn() const
    {
        return m_link.retryAt < 0 ? -1 : qMax<qint64>(0, m_link.retryAt - now());
    }

private:
    [[nodiscard]] qint64 now() const { return qMax(m_clock, m_link.time); }

    LinkSnapshot m_link;
    qint64 m_clock; // the source's, as far as is known
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

QString timeText(qint64 time)
{
    return time < 0 ? QString() : durationText(time);
}

QString encryptionText(const LinkSnapshot &link)
{
    if (!link.encryption.isEmpty() || link.state != LinkSnapshot::State::Up)
        return link.encryption;
    //: of a link: it is not encrypted
    return Text::tr("none");
}

QString expiryText(qint64 seconds)
{
    return seconds < 0
        ? QString()
        : QLocale().toString(QDateTime::fromSecsSinceEpoch(seconds).date(), QLocale::ShortFormat);
}

using Row = LinkRow;
using Column = TableColumn<LinkRow>;

/*! In the order of LinkModel::Column. */
constexpr std::array<Column, LinkModel::ColumnCount> LinkColumns{
    Column::ofText(QT_TRANSLATE_NOOP("QtDelivery", "Node"),
                   [](const Row &row, const QString &) { return row.snapshot().nodeId; }),
    Column::ofText(QT_TRANSLATE_NOOP("QtDelivery", "Other node"),
                   [](const Row &row, const QString &) { return row.snapshot().peerNodeId; }),
    Column::ofText(
        QT_TRANSLATE_NOOP("QtDelivery", "Address"),
        [](const Row &row, const QString &) { return row.snapshot().url.toDisplayString(); }),
    Column::ofText(QT_TRANSLATE_NOOP("QtDelivery", "State"),
                   [](const Row &row, const QString &) { return stateText(row.snapshot().state); }),
    Column::ofNumber(
        QT_TRANSLATE_NOOP("QtDelivery", "Round trip"),
        [](const Row &row) { return row.snapshot().rtt; }, latencyText),
    Column::ofNumber(
        QT_TRANSLATE_NOOP("QtDelivery", "Pending"),
        [](const Row &row) { return row.snapshot().pendingBytes; }, bytesText),
    Column::ofNumber(
        QT_TRANSLATE_NOOP("QtDelivery", "Received"),
        [](const Row &row) { return row.snapshot().bytesIn; }, bytesText),
    Column::ofNumber(
        QT_TRANSLATE_NOOP("QtDelivery", "Written"),
        [](const Row &row) { return row.snapshot().bytesOut; }, bytesText),
    Column::ofNumber(
        QT_TRANSLATE_NOOP("QtDelivery", "Up for"), [](const Row &row) { return row.uptime(); },
        timeText),
    Column::ofNumber(
        QT_TRANSLATE_NOOP("QtDelivery", "Next attempt in"),
        [](const Row &row) { return row.retryIn(); }, timeText),
    Column::ofNumber(
        QT_TRANSLATE_NOOP("QtDelivery", "Flows"),
        [](const Row &row) { return qint64(row.snapshot().flows); }, countText),
    Column::ofText(QT_TRANSLATE_NOOP("QtDelivery", "Process"),
                   [](const Row &, const QString &source) { return source; }),
    Column::ofText(QT_TRANSLATE_NOOP("QtDelivery", "Encryption"),
                   [](const Row &row, const QString &) { return encryptionText(row.snapshot()); }),
    Column::ofText(QT_TRANSLATE_NOOP("QtDelivery", "Proved by the peer"),
                   [](const Row &row, const QString &) { return row.snapshot().peerProof; }),
    Column::ofNumber(
        QT_TRANSLATE_NOOP("QtDelivery", "Certificate ends"),
        [](const Row &row) { return row.snapshot().certificateExpires; }, expiryText),
};

static_assert(int(LinkModel::SortRole) == TableSortRole);
static_assert(int(LinkModel::LinkRole) == TableSnapshotRole);
static_assert(int(LinkModel::KeyRole) == TableKeyRole);
static_assert(int(LinkModel::SourceRole) == TableSourceRole);

} // namespace

class LinkModelPrivate : public SnapshotTable<LinkRow, LinkModel::ColumnCount>
{
public:
    explicit LinkModelPrivate(LinkModel *model)
        : SnapshotTable(model, LinkColumns)
    { }
};

LinkModel::LinkModel(QObject *parent)
    : QAbstractTableModel(parent)
    , d(std::make_unique<LinkModelPrivate>(this))
{ }

LinkModel::~LinkModel() = default;

void LinkModel::update(const QString &source, const QList<LinkSnapshot> &links)
{
    d->update(source, links);
}

void LinkModel::remove(const QString &source, const QStringList &keys)
{
    d->remove(source, keys);
}

void LinkModel::removeSource(const QString &source)
{
    d->removeSource(source);
}

void LinkModel::setClock(const QString &source, qint64 clock)
{
    d->changeEach(source, UptimeColumn, RetryColumn,
                  [&](LinkRow &row) { return row.setClock(clock); });
}

LinkSnapshot LinkModel::linkAt(int row) const
{
    const LinkRow *const found = d->at(row);
    return found ? found->snapshot() : LinkSnapshot();
}

int LinkModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : d->size();
}

int LinkModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant LinkModel::data(const QModelIndex &index, int role) const
{
    return d->data(index, role);
}

QVariant LinkModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    const QVariant title = d->title(section, orientation, role);
    return title.isValid() ? title : QAbstractTableModel::headerData(section, orientation, role);
}

QHash<int, QByteArray> LinkModel::roleNames() const
{
    QHash<int, QByteArray> names = QAbstractTableModel::roleNames();
    names.insert(
        {{SortRole, "sort"}, {LinkRole, "link"}, {KeyRole, "key"}, {SourceRole, "source"}});
    return names;
}

} // namespace QtDelivery
