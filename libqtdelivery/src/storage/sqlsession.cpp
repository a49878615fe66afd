// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "sqlsession.h"

#include "sqlerror.h"
#include "sqlschema.h"

#include <QDeadlineTimer>
#include <QThread>
#include <QUuid>

#include <tuple>

using namespace Qt::StringLiterals;

namespace QtDelivery {

namespace {

constexpr int SqliteBusyTimeout = 10'000; // ms; another process writes meanwhile

QString connectOptions(const SqlConnection &connection)
{
    QStringList options = connection.options.split(u';', Qt::SkipEmptyParts);
    if (connection.driver == "QPSQL"_L1) {
        for (const QString &fallback : {u"connect_timeout=10"_s, u"tcp_user_timeout=30000"_s}) {
            const QString key = fallback.section(u'=', 0, 0) + u'=';
            if (!connection.options.contains(key))
                options += fallback;
        }
    }
    return options.join(u';');
}

} // namespace

SqlSession::SqlSession(SqlConnection connection)
    : m_connection(std::move(connection))
    , m_name(u"qtdelivery-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces))
{ }

SqlSession::~SqlSession()
{
    close();
}

bool SqlSession::begin(Durability durability)
{
    m_error = {};
    if (!m_database && !open())
        return false;
    if (isPostgresql())
        return run(u"BEGIN"_s)
            && (durability == Durability::Synced || run(u"SET LOCAL synchronous_commit = off"_s));
    if (m_durability != durability) {
        // In WAL mode NORMAL syncs at checkpoints only, and a later FULL commit syncs all before
        // it.
        if (!run(durability == Durability::Synced ? u"PRAGMA synchronous = FULL"_s
                                                  : u"PRAGMA synchronous = NORMAL"_s))
            return false;
        m_durability = durability;
    }
    return run(u"BEGIN IMMEDIATE"_s); // waits here for another writer, and nowhere else
}

QSqlQuery *SqlSession::execute(const QString &statement, const QVariantList &values)
{
    auto found = m_queries.find(statement);
    if (found == m_queries.end()) {
        QSqlQuery query(*m_database);
        query.setForwardOnly(true);
        if (!query.prepare(statement)) {
            const QSqlError error = query.lastError();
            query = QSqlQuery(); // before the database is closed
            std::ignore = fail(error);
            return nullptr;
        }
        found = m_queries.emplace(statement, std::move(query)).first;
    }
    QSqlQuery &query = found->second;
    for (int i = 0; i < values.size(); ++i)
        query.bindValue(i, values[i]);
    if (query.exec())
        return &query;
    std::ignore = fail(query.lastError());
    return nullptr;
}

bool SqlSession::fetch(QSqlQuery *query)
{
    if (query->next())
        return true;
    if (const QSqlError error = query->lastError(); error.isValid())
        std::ignore = fail(error);
    return false;
}

bool SqlSession::commit()
{
    finishQueries();
    return run(u"COMMIT"_s);
}

void SqlSession::rollBack()
{
    finishQueries();
    if (m_database)
        std::ignore = run(u"ROLLBACK"_s); // or it is closed, with the same effect
}

void SqlSession::close()
{
    m_queries.clear();
    if (!m_database)
        return;
    m_database->close(); // undoes an open transaction
    m_database.reset();
    QSqlDatabase::removeDatabase(m_name);
}

bool SqlSession::open()
{
    if (!QSqlDatabase::isDriverAvailable(m_connection.driver)
        || (!isPostgresql() && m_connection.driver != "QSQLITE"_L1))
        return fail(missingDriver(m_connection.driver));
    m_database = QSqlDatabase::addDatabase(m_connection.driver, m_name);
    m_database->setDatabaseName(m_connection.databaseName);
    m_database->setHostName(m_connection.hostName);
    m_database->setPort(m_connection.port);
    m_database->setUserName(m_connection.userName);
    m_database->setPassword(m_connection.password);
    m_database->setConnectOptions(connectOptions(m_connection));
    if (!m_database->open())
        return fail(m_database->lastError());
    return setUp();
}

bool SqlSession::setUp()
{
    if (!isPostgresql()) {
        m_durability = Durability::Synced;
        if (!run(u"PRAGMA busy_timeout = %1"_s.arg(SqliteBusyTimeout)) || !switchToWal())
            return false;
        for (const QString &pragma :
             {u"PRAGMA synchronous = FULL"_s, u"PRAGMA foreign_keys = ON"_s}) {
            if (!run(pragma))
                return false;
        }
    }
    const Error error = prepareSchema(*m_database, description(), m_connection.password);
    return !error || fail(error);
}

/*! SQLite does not wait by itself when two do this to a new file at the same time. */
bool SqlSession::switchToWal()
{
    QSqlError error;
    for (const QDeadlineTimer patience(SqliteBusyTimeout);; QThread::msleep(10)) {
        QSqlQuery query(*m_database);
        if (query.exec(u"PRAGMA journal_mode = WAL"_s))
            return true;
        error = query.lastError();
        const bool isBusy = (error.nativeErrorCode().toInt() & 0xff) == 5; // SQLITE_BUSY
        if (!isBusy || patience.hasExpired())
            break;
    }
    return fail(error);
}

bool SqlSession::run(const QString &statement)
{
    QSqlQuery query(*m_database);
    if (query.exec(statement))
        return true;
    const QSqlError error = query.lastError();
    query = QSqlQuery(); // before the database is closed
    return fail(error);
}

void SqlSession::finishQueries()
{
    for (auto &[statement, query] : m_queries)
        query.finish();
}

bool SqlSession::fail(const QSqlError &error)
{
    return fail(storageError(error, m_connection.driver, description(), m_connection.password));
}

bool SqlSession::fail(const Error &error)
{
    m_error = error;
    close();
    return false;
}

} // namespace QtDelivery
