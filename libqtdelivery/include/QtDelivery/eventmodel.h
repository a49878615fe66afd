// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/flowevent.h>

#include <QAbstractTableModel>

#include <memory>

namespace QtDelivery {

class EventModelPrivate;

/*! \brief Events of flows as the rows of a table, oldest first. The oldest are dropped when there
   are too many. */
class QTDELIVERY_EXPORT EventModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    /*! Columns. Values are only ever added, at the end. */
    enum Column {
        TimeColumn, //!< microseconds since 1970, UTC; displayed in the local time zone
        FlowColumn, //!< FlowSnapshot::key()
        KindColumn, //!< what happened, FlowEvent::kindName()
        SeqNrColumn, //!< number
        TextColumn, //!< the whole sentence
        SourceColumn, //!< where the row comes from
    };
    Q_ENUM(Column)
    static constexpr int ColumnCount = SourceColumn + 1; //!< of the columns above

    /*! Roles beside those of Qt. Values are only ever added, at the end. */
    enum Role {
        SortRole = Qt::UserRole + 1, //!< the raw value: a number, or the text
        EventRole, //!< the whole FlowEvent, in every column
    };
    Q_ENUM(Role)

    /*! An empty table. */
    explicit EventModel(QObject *parent = nullptr);
    ~EventModel() override;

    /*! Appends \a events of the flow \a flowKey of \a source; \a clockOffset, in microseconds,
       makes dates of their times: MonitorClient::clockOffset(). */
    void append(const QString &source, const QString &flowKey, qint64 clockOffset,
                const QList<QtDelivery::FlowEvent> &events);
    /*! Forgets everything. */
    void clear();
    /*! The most rows: 1 … 10 000 000, default 10 000. */
    void setMaxEvents(int count);

    /*! A row for each entry; none below another. */
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    /*! The columns of Column. */
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    /*! See Column and Role; anything else is invalid. */
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    /*! The columns' titles, translated. */
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    /*! Qt's roles and those of Role. */
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

private:
    std::unique_ptr<EventModelPrivate> d;
};

} // namespace QtDelivery
