// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QHash>
#include <QList>
#include <QString>

#include <algorithm>
#include <utility>

namespace QtDelivery {

/*! \brief Rows of a table that are found by source and key, and keep their place.

    The model announces what is about to change; this only says what it will be. */
template <typename Row> class KeyedRows
{
public:
    using Key = std::pair<QString, QString>; // source, key

    [[nodiscard]] qsizetype size() const { return m_rows.size(); }
    [[nodiscard]] bool contains(qsizetype row) const { return row >= 0 && row < size(); }
    [[nodiscard]] const Row &operator[](qsizetype row) const { return m_rows[row].second; }
    [[nodiscard]] Row &operator[](qsizetype row) { return m_rows[row].second; }
    [[nodiscard]] const Key &keyOf(qsizetype row) const { return m_rows[row].first; }
    [[nodiscard]] qsizetype find(const Key &key) const { return m_index.value(key, -1); }

    void append(const Key &key, const Row &row)
    {
        m_index.insert(key, size());
        m_rows.append({key, row});
    }

    /*! Removes \a rows, in runs from the end on. \a begin is called with the first and last of each
        before, \a end after it. */
    template <typename Begin, typename End> void remove(QList<qsizetype> rows, Begin begin, End end)
    {
        std::sort(rows.begin(), rows.end());
        while (!rows.isEmpty()) {
            const qsizetype last = rows.takeLast();
            qsizetype first = last;
            while (!rows.isEmpty() && rows.last() == first - 1)
                first = rows.takeLast();
            begin(first, last);
            for (qsizetype row = first; row <= last; ++row)
                m_index.remove(m_rows[row].first);
            m_rows.remove(first, last - first + 1);
            for (qsizetype row = first; row < size(); ++row)
                m_index[m_rows[row].first] = row;
            end();
        }
    }

    /*! The rows of \a source. */
    [[nodiscard]] QList<qsizetype> rowsOf(const QString &source) const
    {
        QList<qsizetype> rows;
        for (qsizetype row = 0; row < size(); ++row) {
            if (m_rows[row].first.first == source)
                rows.append(row);
        }
        return rows;
    }

private:
    QList<std::pair<Key, Row>> m_rows;
    QHash<Key, qsizetype> m_index;
};

/*! \brief From the first to the last row that has changed: one announcement for all. */
class ChangedRows
{
public:
    void add(qsizetype row)
    {
        m_first = m_first < 0 ? row : std::min(m_first, row);
        m_last = std::max(m_last, row);
    }
    [[nodiscard]] bool isEmpty() const { return m_first < 0; }
    [[nodiscard]] int first() const { return int(m_first); }
    [[nodiscard]] int last() const { return int(m_last); }

private:
    qsizetype m_first = -1;
    qsizetype m_last = -1;
};

} // namespace QtDelivery
