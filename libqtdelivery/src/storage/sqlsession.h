// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/sqlconnection.h>

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>

#include <map>
#include <optional>

namespace QtDelivery {

/*!
    \brief An open database, within one thread, for its whole life.

    Theory of operation
    -------------------
        Closed --begin()--> Open, in a transaction --commit()--> Open --begin()--> …
           ^                          |
           |______any error___________|

    Whatever fails in the database closes it: then a lost server, a file that was replaced and a
   transaction of unknown outcome are all treated in the same way, by opening anew. The statements
   of a session are prepared once and kept until then.
*/
class SqlSession
{
public:
    enum class Durability {
        Synced, //!< committed means: there after a power failure
        Relaxed, //!< a power failure may take the last of them, but never what was synced
    };

    explicit SqlSession(SqlConnection connection);
    ~SqlSession();
    Q_DISABLE_COPY_MOVE(SqlSession)

    [[nodiscard]] const SqlConnection &connection() const { return m_connection; }
    [[nodiscard]] QString description() const { return m_connection.description(); }
    [[nodiscard]] bool isOpen() const { return m_database.has_value(); }
    [[nodiscard]] bool isPostgresql() const
    {
        return m_connection.driver == QLatin1StringView("QPSQL");
    }

    /*! Opens the database, if need be, and begins a transaction. */
    [[nodiscard]] bool begin(Durability durability);
    /*! Executes \a statement with \a values; null if that failed. The query is the session's, valid
       until the same statement is executed again. */
    [[nodiscard]] QSqlQuery *execute(const QString &statement, const QVariantList &values = {});
    /*! Goes to the next row of \a query; false at the end and on an error, after which the query is
     * gone. */
    [[nodiscard]] bool fetch(QSqlQuery *query);
    [[nodiscard]] bool commit();
    /*! Undoes the transaction and leaves the database open: it has done nothing wrong. */
    void rollBack();
    void close();

    /*! Why one of the above answered false or null. */
    [[nodiscard]] const Error &error() const { return m_error; }

private:
    bool open();
    bool setUp();
    bool switchToWal();
    bool run(const QString &statement);
    void finishQueries();
    bool fail(const QSqlError &error);
    bool fail(const Error &error);

    const SqlConnection m_connection;
    const QString m_name; // of the connection, unique in the process
    std::optional<QSqlDatabase> m_database;
    std::map<QString, QSqlQuery> m_queries;
    Durability m_durability = Durability::Synced; // SQLite's present
    Error m_error;
};

/*! A null array would be stored as NULL. */
[[nodiscard]] inline QByteArray notNull(const QByteArray &bytes)
{
    return bytes.isNull() ? QByteArray("", 0) : bytes;
}
/*! The same for text. */
[[nodiscard]] inline QString notNull(const QString &text)
{
    return text.isNull() ? QString(QLatin1StringView("")) : text;
}

} // namespace QtDelivery
