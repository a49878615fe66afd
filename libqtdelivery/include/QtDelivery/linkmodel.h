// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/linksnapshot.h>

#include <QAbstractTableModel>

#include <memory>

namespace QtDelivery {

class LinkModelPrivate;

/*! \brief Links as the rows of a table, for views of one's own; used as FlowModel is. */
class QTDELIVERY_EXPORT LinkModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    /*! Columns. Values are only ever added, at the end. */
    enum Column {
        NodeColumn, //!< the node it is of
        PeerNodeColumn, //!< the node at the other end
        UrlColumn, //!< the address; empty: the peer has connected
        StateColumn, //!< what it is doing
        RoundTripColumn, //!< microseconds, -1 = not measured
        PendingColumn, //!< bytes
        BytesInColumn, //!< bytes
        BytesOutColumn, //!< bytes
        UptimeColumn, //!< microseconds, -1 = it is not up
        RetryColumn, //!< microseconds until the next attempt, -1 = none
        FlowsColumn, //!< ends of flows
        SourceColumn, //!< where the row comes from
        EncryptionColumn, //!< TLS version and cipher; "none" while plain text is spoken
        ProofColumn, //!< what the peer has proved to be
        ExpiryColumn, //!< of the peer's certificate, seconds since 1970, -1 = none
    };
    Q_ENUM(Column)
    static constexpr int ColumnCount = ExpiryColumn + 1; //!< of the columns above

    /*! Roles beside those of Qt. Values are only ever added, at the end. */
    enum Role {
        SortRole = Qt::UserRole + 1, //!< the raw value: a number, or the text
        LinkRole, //!< the whole LinkSnapshot, in every column
        KeyRole, //!< LinkSnapshot::key()
        SourceRole, //!< the name of the source
    };
    Q_ENUM(Role)

    /*! An empty table. */
    explicit LinkModel(QObject *parent = nullptr);
    ~LinkModel() override;

    /*! Adds the links of \a source that are not there, and renews the others. */
    void update(const QString &source, const QList<QtDelivery::LinkSnapshot> &links);
    /*! Removes the links \a keys of \a source. */
    void remove(const QString &source, const QStringList &keys);
    /*! Removes everything of \a source. */
    void removeSource(const QString &source);
    /*! The clock of \a source has come to \a clock, in microseconds. */
    void setClock(const QString &source, qint64 clock);

    /*! The link in \a row; a fresh one if there is no such row. */
    [[nodiscard]] QtDelivery::LinkSnapshot linkAt(int row) const;

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
    std::unique_ptr<LinkModelPrivate> d;
};

} // namespace QtDelivery
