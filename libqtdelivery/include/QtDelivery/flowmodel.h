// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/flowsnapshot.h>

#include <QAbstractTableModel>

#include <memory>

namespace QtDelivery {

class FlowModelPrivate;

/*! \brief Ends of flows as the rows of a table, for views of one's own.

    Rows come from one or several sources: name each as you like, for example by
   MonitorClient::socketPath(). Rows keep their place; what changes is announced, never reset.

    \code
    connect(&client, &MonitorClient::flowsUpdated, &model,
            [&](const auto &flows) { model.update(client.socketPath(), flows); });
    connect(&client, &MonitorClient::updated, &model,
            [&](qint64 clock) { model.setClock(client.socketPath(), clock); });
    \endcode

    Qt::DisplayRole is translated text for people; SortRole the raw value, for
   QSortFilterProxyModel::setSortRole(). */
class QTDELIVERY_EXPORT FlowModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    /*! Columns. Values are only ever added, at the end. */
    enum Column {
        IdColumn, //!< the controller's id
        RoleColumn, //!< producer or consumer
        NodeColumn, //!< the node it is on
        PeerColumn, //!< the id of the other end
        PeerNodeColumn, //!< the node of that
        StateColumn, //!< how far the two ends have come
        BlockedColumn, //!< why it does not move, as a sentence
        ConfirmedColumn, //!< number
        InFlightColumn, //!< messages
        WindowColumn, //!< messages
        BacklogColumn, //!< messages that are held and not confirmed
        UnconfirmedBytesColumn, //!< bytes
        RateColumn, //!< messages per second, of the last half second or more
        MessagesColumn, //!< messages
        ResentColumn, //!< producer: transmitted once more; consumer: asked for once more
        DuplicatesColumn, //!< messages dropped
        AgeColumn, //!< of the oldest unconfirmed; microseconds, -1 = none
        QueueDepthColumn, //!< messages that are not stored
        StoreLatencyColumn, //!< microseconds, -1 = none
        RoundTripColumn, //!< microseconds, -1 = not measured
        EpochColumn, //!< number
        SourceColumn, //!< where the row comes from
    };
    Q_ENUM(Column)
    static constexpr int ColumnCount = SourceColumn + 1; //!< of the columns above

    /*! Roles beside those of Qt. Values are only ever added, at the end. */
    enum Role {
        SortRole = Qt::UserRole + 1, //!< the raw value: a number, or the text
        FlowRole, //!< the whole FlowSnapshot, in every column
        KeyRole, //!< FlowSnapshot::key()
        SourceRole, //!< the name of the source
        ReasonRole, //!< Blocked::reasonName()
    };
    Q_ENUM(Role)

    /*! An empty table. */
    explicit FlowModel(QObject *parent = nullptr);
    ~FlowModel() override;

    /*! Adds the flows of \a source that are not there, and renews the others. */
    void update(const QString &source, const QList<QtDelivery::FlowSnapshot> &flows);
    /*! Removes the flows \a keys of \a source. */
    void remove(const QString &source, const QStringList &keys);
    /*! Removes everything of \a source. */
    void removeSource(const QString &source);
    /*! The clock of \a source has come to \a clock, in microseconds: ages go on, and rates of flows
        that do not change fall. */
    void setClock(const QString &source, qint64 clock);

    /*! The flow in \a row; a fresh one if there is no such row. */
    [[nodiscard]] QtDelivery::FlowSnapshot flowAt(int row) const;
    /*! The row of the flow \a key of \a source, or -1. */
    [[nodiscard]] int rowOf(const QString &source, const QString &key) const;

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
    std::unique_ptr<FlowModelPrivate> d;
};

} // namespace QtDelivery
