// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "keyedrows.h"
#include "words/text.h"

#include <QAbstractTableModel>
#include <QSet>

#include <array>

namespace QtDelivery {

/*! \brief One column: its title, and what it takes from a row: a text, or a number with the way it
   is shown. */
template <typename Row> struct TableColumn
{
    const char *title = nullptr; //!< QT_TRANSLATE_NOOP("QtDelivery", …)
    QString (*text)(const Row &row, const QString &source) = nullptr;
    qint64 (*number)(const Row &row) = nullptr;
    QString (*shown)(qint64 number) = nullptr;

    static constexpr TableColumn ofText(const char *title,
                                        QString (*text)(const Row &row, const QString &source))
    {
        return {title, text, nullptr, nullptr};
    }
    static constexpr TableColumn ofNumber(const char *title, qint64 (*number)(const Row &row),
                                          QString (*shown)(qint64 number))
    {
        return {title, nullptr, number, shown};
    }
};

/*! The roles that tables of snapshots have in common; theirs have the same numbers. */
enum TableRole {
    TableSortRole = Qt::UserRole + 1,
    TableSnapshotRole,
    TableKeyRole,
    TableSourceRole,
};

/*!
    \brief What models of snapshots have in common: rows by source and key, and columns from a
   table.

    A Row is made of a snapshot, takes the next one with renew(), and gives it with snapshot(),
   which has a key(). The models are public classes derived from QAbstractTableModel; this is what
   they are made of, and announces to views in their place.
*/
template <typename Row, size_t ColumnCount> class SnapshotTable
{
public:
    using Columns = std::array<TableColumn<Row>, ColumnCount>;

    SnapshotTable(QAbstractTableModel *model, const Columns &columns)
        : m_model(model)
        , m_columns(columns)
    { }

    [[nodiscard]] int size() const { return int(m_rows.size()); }
    /*! Null if there is no such row. */
    [[nodiscard]] const Row *at(int row) const
    {
        return m_rows.contains(row) ? &m_rows[row] : nullptr;
    }
    [[nodiscard]] int find(const QString &source, const QString &key) const
    {
        return int(m_rows.find({source, key}));
    }

    /*! Adds those of \a snapshots that are not there, renews the others; each in one announcement.
     */
    template <typename Snapshot>
    void update(const QString &source, const QList<Snapshot> &snapshots)
    {
        ChangedRows changed;
        QList<Row> added;
        QHash<QString, qsizetype> addedAt; // one may be named twice
        for (const Snapshot &snapshot : snapshots) {
            const QString key = snapshot.key();
            if (const qsizetype row = m_rows.find({source, key}); row >= 0) {
                m_rows[row].renew(snapshot);
                changed.add(row);
            } else if (const auto twin = addedAt.constFind(key); twin != addedAt.constEnd()) {
                added[*twin].renew(snapshot);
            } else {
                addedAt.insert(key, added.size());
                added.append(Row(snapshot));
            }
        }
        announce(changed, 0, int(ColumnCount) - 1);
        if (added.isEmpty())
            return;
        (m_model->*Announcer::BeginInsert)({}, size(), size() + int(added.size()) - 1);
        for (const Row &row : std::as_const(added))
            m_rows.append({source, row.snapshot().key()}, row);
        (m_model->*Announcer::EndInsert)();
    }

    void remove(const QString &source, const QStringList &keys)
    {
        QList<qsizetype> rows;
        for (const QString &key : QSet<QString>(keys.begin(), keys.end())) {
            if (const qsizetype row = m_rows.find({source, key}); row >= 0)
                rows.append(row);
        }
        removeRows(rows);
    }
    void removeSource(const QString &source) { removeRows(m_rows.rowsOf(source)); }

    /*! Calls \a change with each row of \a source; where it returns true the columns from \a first
        to \a last are announced as changed. */
    template <typename Change>
    void changeEach(const QString &source, int first, int last, Change change)
    {
        ChangedRows changed;
        const QList<qsizetype> rows = m_rows.rowsOf(source);
        for (const qsizetype row : rows) {
            if (change(m_rows[row]))
                changed.add(row);
        }
        announce(changed, first, last);
    }

    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const
    {
        const Row *const row = index.isValid() ? at(index.row()) : nullptr;
        if (!row)
            return {};
        const auto &[source, key] = m_rows.keyOf(index.row());
        const TableColumn<Row> &column = m_columns[size_t(index.column())];
        switch (role) {
        case Qt::DisplayRole:
        case Qt::ToolTipRole:
            return column.text ? column.text(*row, source) : column.shown(column.number(*row));
        case TableSortRole:
            return column.text ? QVariant(column.text(*row, source)) : column.number(*row);
        case Qt::TextAlignmentRole:
            return int(Qt::AlignVCenter | (column.text ? Qt::AlignLeft : Qt::AlignRight));
        case TableSnapshotRole:
            return QVariant::fromValue(row->snapshot());
        case TableKeyRole:
            return key;
        case TableSourceRole:
            return source;
        default:
            return {};
        }
    }

    /*! Invalid if that is no title. */
    [[nodiscard]] QVariant title(int section, Qt::Orientation orientation, int role) const
    {
        const bool isTitle = orientation == Qt::Horizontal && role == Qt::DisplayRole
            && section >= 0 && section < int(ColumnCount);
        return isTitle ? Text::tr(m_columns[size_t(section)].title) : QVariant();
    }

private:
    /*! What a model announces with is protected; a derived class may form pointers to it, which are
        pointers of every model. */
    struct Announcer : QAbstractTableModel
    {
        static constexpr auto BeginInsert = &Announcer::beginInsertRows;
        static constexpr auto EndInsert = &Announcer::endInsertRows;
        static constexpr auto BeginRemove = &Announcer::beginRemoveRows;
        static constexpr auto EndRemove = &Announcer::endRemoveRows;
    };

    void announce(const ChangedRows &changed, int firstColumn, int lastColumn)
    {
        if (!changed.isEmpty())
            Q_EMIT m_model->dataChanged(m_model->index(changed.first(), firstColumn),
                                        m_model->index(changed.last(), lastColumn));
    }

    void removeRows(const QList<qsizetype> &rows)
    {
        m_rows.remove(
            rows,
            [this](qsizetype first, qsizetype last) {
                (m_model->*Announcer::BeginRemove)({}, int(first), int(last));
            },
            [this] { (m_model->*Announcer::EndRemove)(); });
    }

    QAbstractTableModel *const m_model;
    const Columns &m_columns;
    KeyedRows<Row> m_rows;
};

} // namespace QtDelivery
