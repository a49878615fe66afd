// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <QtDelivery/flowmodel.h>

#include "snapshottable.h"
#include "words.h"

namespace QtDelivery {

namespace {

// A rate is that of at least so long, and falls to what it is when nothing has come for so long.
constexpr qint64 RateTime = 500'000;
constexpr qint64 QuietTime = 2'000'000;

class FlowRow
{
public:
    explicit FlowRow(const FlowSnapshot &flow)
        : m_flow(flow)
        , m_clock(flow.time)
        , m_rateMessages(flow.messages)
        , m_rateTime(flow.time)
    { }

    void renew(const FlowSnapshot &flow)
    {
        m_flow = flow;
        m_clock = qMax(m_clock, flow.time);
        if (flow.time - m_rateTime >= RateTime)
            updateRate(flow.time);
    }
    /*! True if that changes what is shown. */
    bool setClock(qint64 clock)
    {
        m_clock = clock;
        const bool falls = m_rate != 0 && clock - m_rateTime >= QuietTime;
        if (falls)
            updateRate(clock);
        return falls || m_flow.blocked.at >= 0 || m_flow.oldestUnconfirmedAt >= 0;
    }

    [[nodiscard]] const FlowSnapshot &snapshot() const { return m_flow; }
    [[nodiscard]] double rate() const { return m_rate; }
    [[nodiscard]] qint64 now() const { return qMax(m_clock, m_flow.time); }
    [[nodiscard]] qint64 age() const
    {
        return m_flow.oldestUnconfirmedAt < 0 ? -1 : now() - m_flow.oldestUnconfirmedAt;
    }
    [[nodiscard]] qint64 backlog() const
    {
        return m_flow.role == FlowSnapshot::Role::Producer
            ? qMax<qint64>(0, m_flow.nextSeqNr - 1 - m_flow.confirmedSeqNr)
            : m_flow.receivedSeqNr - m_flow.confirmedSeqNr;
    }
    [[nodiscard]] qint64 resent() const
    {
        return m_flow.role == FlowSnapshot::Role::Producer ? m_flow.resent : m_flow.resendsAsked;
    }

private:
    void updateRate(qint64 now)
    {
        if (now <= m_rateTime)
            return;
        m_rate = double(m_flow.messages - m_rateMessages) * 1e6 / double(now - m_rateTime);
        m_rateMessages = m_flow.messages;
        m_rateTime = now;
    }

    FlowSnapshot m_flow;
    qint64 m_clock; // the source's, as far as is known
    qint64 m_rateMessages; // at
    qint64 m_rateTime;
    double m_rate = 0;
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

QString perSecondText(qint64 messages)
{
    //: %1 is a number of messages
    return Text::tr("%1/s").arg(countText(messages));
}

QString ageText(qint64 age)
{
    return age < 0 ? QString() : durationText(age);
}

using Row = FlowRow;
using Column = TableColumn<FlowRow>;

/*! In the order of FlowModel::Column. */
constexpr std::array<Column, FlowModel::ColumnCount> FlowColumns{
    Column::ofText(QT_TRANSLATE_NOOP("QtDelivery", "Flow"),
                   [](const Row &row, const QString &) { return row.snapshot().id; }),
    Column::ofText(QT_TRANSLATE_NOOP("QtDelivery", "Role"),
                   [](const Row &row, const QString &) { return roleText(row.snapshot().role); }),
    Column::ofText(QT_TRANSLATE_NOOP("QtDelivery", "Node"),
                   [](const Row &row, const QString &) { return row.snapshot().nodeId; }),
    Column::ofText(QT_TRANSLATE_NOOP("QtDelivery", "Other end"),
                   [](const Row &row, const QString &) { return row.snapshot().peerId; }),
    Column::ofText(QT_TRANSLATE_NOOP("QtDelivery", "Other node"),
                   [](const Row &row, const QString &) { return row.snapshot().peerNodeId; }),
    Column::ofText(QT_TRANSLATE_NOOP("QtDelivery", "State"),
                   [](const Row &row, const QString &) { return stateText(row.snapshot().state); }),
    Column::ofText(QT_TRANSLATE_NOOP("QtDelivery", "Blocked because"),
                   [](const Row &row, const QString &) {
                       const Blocked &blocked = row.snapshot().blocked;
                       return blocked.isBlocked() ? blocked.sentence(row.now()) : QString();
                   }),
    Column::ofNumber(
        QT_TRANSLATE_NOOP("QtDelivery", "Confirmed"),
        [](const Row &row) { return row.snapshot().confirmedSeqNr; }, countText),
    Column::ofNumber(
        QT_TRANSLATE_NOOP("QtDelivery", "In flight"),
        [](const Row &row) { return row.snapshot().inFlight(); }, countText),
    Column::ofNumber(
        QT_TRANSLATE_NOOP("QtDelivery", "Window"),
        [](const Row &row) { return row.snapshot().window(); }, countText),
    Column::ofNumber(
        QT_TRANSLATE_NOOP("QtDelivery", "Backlog"), [](const Row &row) { return row.backlog(); },
        countText),
    Column::ofNumber(
        QT_TRANSLATE_NOOP("QtDelivery", "Unconfirmed"),
        [](const Row &row) { return row.snapshot().unconfirmedBytes; }, bytesText),
    Column::ofNumber(
        QT_TRANSLATE_NOOP("QtDelivery", "Rate"),
        [](const Row &row) { return qRound64(row.rate()); }, perSecondText),
    Column::ofNumber(
        QT_TRANSLATE_NOOP("QtDelivery", "Messages"),
        [](const Row &row) { return row.snapshot().messages; }, countText),
    Column::ofNumber(
        QT_TRANSLATE_NOOP("QtDelivery", "Resent"), [](const Row &row) { return row.resent(); },
        countText),
    Column::ofNumber(
        QT_TRANSLATE_NOOP("QtDelivery", "Duplicates"),
        [](const Row &row) { return row.snapshot().duplicatesDropped; }, countText),
    Column::ofNumber(
        QT_TRANSLATE_NOOP("QtDelivery", "Oldest"), [](const Row &row) { return row.age(); },
        ageText),
    Column::ofNumber(
        QT_TRANSLATE_NOOP("QtDelivery", "Not stored"),
        [](const Row &row) { return row.snapshot().queueDepth; }, countText),
    Column::ofNumber(
        QT_TRANSLATE_NOOP("QtDelivery", "Storage"),
        [](const Row &row) { return row.snapshot().storeLatency; }, latencyText),
    Column::ofNumber(
        QT_TRANSLATE_NOOP("QtDelivery", "Round trip"),
        [](const Row &row) { return row.snapshot().rtt; }, latencyText),
    Column::ofNumber(
        QT_TRANSLATE_NOOP("QtDelivery", "Epoch"),
        [](const Row &row) { return row.snapshot().epoch; }, countText),
    Column::ofText(QT_TRANSLATE_NOOP("QtDelivery", "Process"),
                   [](const Row &, const QString &source) { return source; }),
};

static_assert(int(FlowModel::SortRole) == TableSortRole);
static_assert(int(FlowModel::FlowRole) == TableSnapshotRole);
static_assert(int(FlowModel::KeyRole) == TableKeyRole);
static_assert(int(FlowModel::SourceRole) == TableSourceRole);

} // namespace

class FlowModelPrivate : public SnapshotTable<FlowRow, FlowModel::ColumnCount>
{
public:
    explicit FlowModelPrivate(FlowModel *model)
        : SnapshotTable(model, FlowColumns)
    { }
};

FlowModel::FlowModel(QObject *parent)
    : QAbstractTableModel(parent)
    , d(std::make_unique<FlowModelPrivate>(this))
{ }

FlowModel::~FlowModel() = default;

void FlowModel::update(const QString &source, const QList<FlowSnapshot> &flows)
{
    d->update(source, flows);
}

void FlowModel::remove(const QString &source, const QStringList &keys)
{
    d->remove(source, keys);
}

void FlowModel::removeSource(const QString &source)
{
    d->removeSource(source);
}

void FlowModel::setClock(const QString &source, qint64 clock)
{
    d->changeEach(source, 0, ColumnCount - 1, [&](FlowRow &row) { return row.setClock(clock); });
}

FlowSnapshot FlowModel::flowAt(int row) const
{
    const FlowRow *const found = d->at(row);
    return found ? found->snapshot() : FlowSnapshot();
}

int FlowModel::rowOf(const QString &source, const QString &key) const
{
    return d->find(source, key);
}

int FlowModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : d->size();
}

int FlowModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant FlowModel::data(const QModelIndex &index, int role) const
{
    if (const FlowRow *const row = d->at(index.row()); row && role == ReasonRole)
        return Blocked::reasonName(row->snapshot().blocked.reason);
    return d->data(index, role);
}

QVariant FlowModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    const QVariant title = d->title(section, orientation, role);
    return title.isValid() ? title : QAbstractTableModel::headerData(section, orientation, role);
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
