// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/durableproducerqueue.h>
#include <QtDelivery/sqlconnection.h>

#include <memory>

namespace QtDelivery {

class SqlProducerQueuePrivate;

/*! \brief Keeps a producer's messages in a database: SQLite, or PostgreSQL 15 and later.

    \code
    QtDelivery::SqlConnection bank{.driver = QStringLiteral("QSQLITE"),
                                   .databaseName = QStringLiteral("/var/lib/bank/outgoing.db")};
    QtDelivery::SqlProducerQueue queue(bank);
    QtDelivery::ProducerController producer(QStringLiteral("transfers"), {}, &queue, &node);
    \endcode

    The tables, whose names begin with `qtdelivery_`, are created when they are missing; one
   database takes any number of producers, told apart by their ids, and tables of the application.
   It needs the driver's plugin: Debian's libqt6sql6-sqlite or libqt6sql6-psql.

    All SQL runs in a thread of the queue's own. What waits is committed in one transaction: SQLite
   in WAL mode with `synchronous=FULL`, PostgreSQL as the server's `synchronous_commit` says, for
   which "on" or stricter is needed. Confirmations go along; alone they are committed 100 ms later,
   without a sync.

    \b Ownership. Unlike a file a database may outlive the machine of its user, so the newer owner
   wins: load() takes over the queue from whoever had it, dead or alive, by counting its epoch up.
   Every transaction of the former owner checks the epoch in the database, so it stores nothing any
   more and fails with Error::Code::StorageInUse. load() itself never answers StorageInUse.

    A lost connection to the server fails with Error::Code::StorageFailed; the next request connects
    again. What the lost transaction had stored is then recognised by its numbers.

    Limits: the unconfirmed messages are read into memory by load(); see maxMessages() and
   maxBytes(). A payload may have 1 GB less what its escaping takes on PostgreSQL, and 1 GB on
   SQLite. */
class QTDELIVERY_EXPORT SqlProducerQueue final : public DurableProducerQueue
{
    Q_OBJECT

public:
    /*! How many unconfirmed messages are taken unless told otherwise. */
    static constexpr qint64 DefaultMaxMessages = 1'000'000;
    /*! How many unconfirmed payload bytes unless told otherwise: 256 MiB. */
    static constexpr qint64 DefaultMaxBytes = qint64(256) << 20;

    /*! A queue in the database of \a connection, which is opened by load(). */
    explicit SqlProducerQueue(SqlConnection connection, QObject *parent = nullptr);
    /*! The same with other limits, each 1 or more: a smaller one counts as 1. */
    SqlProducerQueue(SqlConnection connection, qint64 maxMessages, qint64 maxBytes,
                     QObject *parent = nullptr);
    /*! Finishes what waits and closes the database. Takes as long as the database does. */
    ~SqlProducerQueue() override;

    void load(const QString &producerId) override;
    void store(const QList<QtDelivery::DurableMessage> &messages) override;
    void confirm(qint64 seqNr, const QString &qualifier) override;
    [[nodiscard]] qint64 maxMessages() const override;
    [[nodiscard]] qint64 maxBytes() const override;

    /*! The database it was constructed with. */
    [[nodiscard]] const SqlConnection &connection() const;

private:
    std::unique_ptr<SqlProducerQueuePrivate> d;
};

} // namespace QtDelivery
