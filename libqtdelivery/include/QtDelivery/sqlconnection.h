// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/result.h>

#include <QMetaType>
#include <QString>
#include <QUrl>

namespace QtDelivery {

/*! \brief Where a database is and how it is opened: a value, not an open connection.

    SqlProducerQueue and SqlConsumerProgress open it themselves, each in a thread of its own. */
struct QTDELIVERY_EXPORT SqlConnection
{
    Q_GADGET
    Q_PROPERTY(QString driver MEMBER driver)
    Q_PROPERTY(QString databaseName MEMBER databaseName)
    Q_PROPERTY(QString hostName MEMBER hostName)
    Q_PROPERTY(int port MEMBER port)
    Q_PROPERTY(QString userName MEMBER userName)
    Q_PROPERTY(QString options MEMBER options)

public:
    /*! "QSQLITE" or "QPSQL", as in QSqlDatabase::drivers(). */
    QString driver{};
    /*! SQLite: the file, created if it does not exist. PostgreSQL: the database, which must exist.
     */
    QString databaseName{};
    QString hostName{}; //!< PostgreSQL: a host, or the directory of the server's Unix socket
    int port = -1; //!< PostgreSQL; -1 = the driver's default
    QString userName{}; //!< PostgreSQL; empty = the driver's default
    QString password{}; //!< PostgreSQL; never part of a message
    /*! As in QSqlDatabase::setConnectOptions(), e.g. "sslmode=require". What decides how long a
       dead server is waited for is added unless it is there: connect_timeout=10 s,
       tcp_user_timeout=30,000 ms. */
    QString options{};

    /*! Reads one of

        \code
        sqlite:/path/file.db
        postgresql://user@host:port/database
        postgresql:///database?host=/directory/of/the/socket
        \endcode

        Of a query `host`, `port`, `user` and `password` are taken for what they are, the rest goes
       to options. Answers Error::Code::InvalidUrl for anything else. Can be called from every
       thread. */
    [[nodiscard]] static Result<SqlConnection> fromUrl(const QUrl &url);
    /*! The same for text. */
    [[nodiscard]] static Result<SqlConnection> fromUrl(const QString &url);

    /*! For people: the file, or "database on host", without user and password. */
    [[nodiscard]] QString description() const;

    /*! Equal in every member. */
    friend bool operator==(const SqlConnection &, const SqlConnection &) = default;
};

} // namespace QtDelivery

Q_DECLARE_METATYPE(QtDelivery::SqlConnection)
