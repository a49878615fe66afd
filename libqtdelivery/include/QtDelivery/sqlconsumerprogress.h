// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/consumerprogress.h>
#include <QtDelivery/sqlconnection.h>

#include <memory>

QT_BEGIN_NAMESPACE
class QSqlDatabase;
QT_END_NAMESPACE

namespace QtDelivery {

class SqlConsumerProgressPrivate;

/*! \brief Keeps a consumer's position in a database: SQLite, or PostgreSQL 15 and later.

    Either by itself, or, for effects that happen exactly once, in the application's own
   transaction:

    \code
    void Bank::book(const QtDelivery::Delivery &delivery)
    {
        m_database.transaction(); // its first statement writes
        const bool isBooked = insertTransfer(delivery.payload());
        const QtDelivery::Error error = QtDelivery::SqlConsumerProgress::recordIn(
            m_database, QStringLiteral("bank"), m_consumer.positionOf(delivery));
        if (!isBooked || error || !m_database.commit())
            return giveUp(); // rolls back; the message comes again
        m_consumer.confirm(delivery);
    }
    \endcode

    Construct it with Recording::ByApplication for that. In SQLite a transaction that reads before
   it writes is begun with BEGIN IMMEDIATE, which waits for other writers: one that has begun as a
   reader cannot wait when it is to write, and fails with "database is locked" at once, however long
   the busy timeout is.

    Whatever is killed whenever: the booking and the position are both there or both missing. The
   tables are those of SqlProducerQueue and may be in the same database. Its own SQL runs in a
   thread of its own; of the positions that wait only the newest is written. */
class QTDELIVERY_EXPORT SqlConsumerProgress final : public ConsumerProgress
{
    Q_OBJECT

public:
    /*! Who writes the position. */
    enum class Recording {
        ByItself, //!< this object, whenever something is confirmed
        ByApplication, //!< the application, by recordIn() before it confirms; record() writes
                       //!< nothing
    };
    Q_ENUM(Recording)

    /*! Progress in the database of \a connection, which is opened by load(). */
    explicit SqlConsumerProgress(SqlConnection connection,
                                 Recording recording = Recording::ByItself,
                                 QObject *parent = nullptr);
    /*! Finishes what waits and closes the database. */
    ~SqlConsumerProgress() override;

    void load(const QString &consumerId, const QString &producerId) override;
    void record(const QtDelivery::ConsumerPosition &position) override;

    /*! The database it was constructed with. */
    [[nodiscard]] const SqlConnection &connection() const;
    /*! Who writes the position. */
    [[nodiscard]] Recording recording() const;

    /*! Creates the tables in \a database, open and without a transaction, unless they are there.
       Needed before recordIn() only if no SqlConsumerProgress or SqlProducerQueue has been loaded
       from that database. Call it in the thread of \a database. Possible errors: StorageFailed,
       StorageFull, StorageCorrupt, UnknownFormat. */
    static Error prepare(QSqlDatabase &database);

    /*! Writes \a position of \a consumerId by \a database as a part of its open transaction, which
       the application commits, or rolls back if this fails. \a position is what
        ConsumerController::positionOf() answered, perhaps with a context.

        Error::Code::AlreadyConfirmed says that this position, or a later one of the same stream, is
       recorded, so the transaction must be rolled back: another process has this consumer's id and
       was faster, or this one has committed before and not confirmed, which it can do now.
       Error::Code::InvalidArgument says that \a position has no stream or no number. Other errors:
       those of prepare(). Call it in the thread of \a database. */
    static Error recordIn(QSqlDatabase &database, const QString &consumerId,
                          const ConsumerPosition &position);

private:
    std::unique_ptr<SqlConsumerProgressPrivate> d;
};

} // namespace QtDelivery
