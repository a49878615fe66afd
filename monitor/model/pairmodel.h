// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "flowpair.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QStringList>

#include <optional>
#include <vector>

namespace Monitor {

/*! \brief Flows as the rows of a table, the two ends of one flow as one row.

    Ends come and go by themselves, and learn of each other later: rows are joined and split as that
   happens. Rows are never reset, so that selections and scroll positions stay.

    What changes inside of rows is kept until announceChanges(): a table that sorts itself ten times
   a second cannot be read. */
class PairModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        FlowColumn,
        HealthColumn,
        SentenceColumn, //!< why it does not move
        CulpritColumn, //!< who has to do something
        BacklogColumn, //!< messages
        RateColumn, //!< messages per second
        AgeColumn, //!< of the oldest unconfirmed; microseconds, -1 = none
        InFlightColumn, //!< messages
        WindowColumn, //!< messages
        ResentColumn, //!< messages
        BytesColumn, //!< unconfirmed
        RoundTripColumn, //!< microseconds, -1 = none
        ConfirmedColumn, //!< number
        ProducerColumn, //!< id and node
        ConsumerColumn, //!< id and node
        ProcessColumn, //!< of both ends
    };
    Q_ENUM(Column)
    static constexpr int ColumnCount = ProcessColumn + 1;

    enum Role {
        SortRole = Qt::UserRole + 1, //!< the raw value
        HealthRole, //!< int(Health)
        FilterRole, //!< every text of the row, for a quick filter
    };

    explicit PairModel(QObject *parent = nullptr);

    /*! Adds the ends of \a source that are not there, and renews the others. \a process names it
        for people. */
    void update(const QString &source, const QString &process,
                const QList<QtDelivery::FlowSnapshot> &flows);
    void remove(const QString &source, const QStringList &keys);
    void removeSource(const QString &source);
    /*! The clock of \a source has come to \a clock. */
    void setClock(const QString &source, qint64 clock);
    /*! Announces what has changed in rows since the last time. */
    void announceChanges();

    [[nodiscard]] const FlowPair &pairAt(int row) const { return m_rows.at(size_t(row)); }
    /*! The row that has this end, or -1. */
    [[nodiscard]] int rowOf(const EndKey &end) const { return m_ends.value(end).row; }
    /*! Ends of all flows. */
    [[nodiscard]] qsizetype endCount() const { return m_ends.size(); }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    /*! What an end is called by others. */
    struct Name
    {
        QString node;
        QString id;
        bool isProducer = false;

        friend bool operator==(const Name &, const Name &) = default;
        friend size_t qHash(const Name &name, size_t seed = 0)
        {
            return qHashMulti(seed, name.node, name.id, name.isProducer);
        }
    };
    /*! What is kept of an end beside its row. */
    struct Record
    {
        int row = -1;
        Name peer; //!< whom it names
        qint64 rateMessages = 0; //!< at
        qint64 rateTime = 0;
    };

    [[nodiscard]] FlowPair &pairIn(int row);
    [[nodiscard]] FlowEnd &endOf(const EndKey &key);
    void renew(FlowEnd &end, Record &record, const QtDelivery::FlowSnapshot &flow);
    void add(const EndKey &key, const QString &process, const QtDelivery::FlowSnapshot &flow);
    void forget(const EndKey &key);
    void settle(const EndKey &key);
    void split(int row);
    [[nodiscard]] std::optional<EndKey> freePartnerOf(const EndKey &key);
    void join(const EndKey &producer, const EndKey &consumer);
    void insertNewRows();
    void removeEmptyRows();
    void noteChange(int row);

    [[nodiscard]] const QString &searchTextOf(int row) const;

    std::vector<FlowPair> m_rows;
    mutable std::vector<QString> m_searchTexts; // of m_rows; empty until somebody asks
    std::vector<FlowPair> m_newRows; // those behind m_rows, while an update is taken in
    QList<int> m_emptyRows; // of m_rows, while an update is taken in
    QHash<EndKey, Record> m_ends;
    QMultiHash<Name, EndKey> m_named; // nothing forbids two processes to use one name
    QMultiHash<Name, EndKey> m_naming; // by the partner that they name
    int m_firstChange = -1;
    int m_lastChange = -1;
};

} // namespace Monitor
