// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "sqlschema.h"

#include "sqlerror.h"

#include <QSqlDatabase>
#include <QSqlQuery>

#include <iterator>
#include <optional>

using namespace Qt::StringLiterals;

namespace QtDelivery {

namespace {

// Two that come at the same time must not both create. The number is this library's own.
constexpr auto PostgresqlLock = "SELECT pg_advisory_xact_lock(5643124171)"_L1;

/*! What leads from each version to the next; %1 is the type for bytes. */
const QStringList &step(int version)
{
    static const QStringList steps[] = {
        {u"CREATE TABLE qtdelivery_queue (producer_id TEXT NOT NULL PRIMARY KEY,"
         " stream_id TEXT NOT NULL, epoch BIGINT NOT NULL, current_seq_nr BIGINT NOT NULL,"
         " context %1 NOT NULL)"_s,
         u"CREATE TABLE qtdelivery_message (producer_id TEXT NOT NULL REFERENCES qtdelivery_queue,"
         " seq_nr BIGINT NOT NULL, qualifier TEXT NOT NULL, context %1 NOT NULL,"
         " payload %1 NOT NULL, PRIMARY KEY (producer_id, seq_nr))"_s,
         u"CREATE TABLE qtdelivery_confirmed (producer_id TEXT NOT NULL REFERENCES "
         u"qtdelivery_queue,"
         " qualifier TEXT NOT NULL, seq_nr BIGINT NOT NULL, PRIMARY KEY (producer_id, qualifier))"_s,
         u"CREATE TABLE qtdelivery_progress (consumer_id TEXT NOT NULL, producer_id TEXT NOT NULL,"
         " epoch BIGINT NOT NULL, stream_id TEXT NOT NULL, seq_nr BIGINT NOT NULL,"
         " context %1 NOT NULL, PRIMARY KEY (consumer_id, producer_id))"_s},
    };
    static_assert(std::size(steps) == SqlSchemaVersion);
    return steps[version];
}

/*! \brief One look at the tables, and what has to be done about them. */
class Migration
{
public:
    Migration(QSqlDatabase &database, const QString &description, const QString &password)
        : m_database(database)
        , m_query(database)
        , m_description(description)
        , m_password(password)
    { }

    Error run()
    {
        // Most often all is well, and nothing is written.
        if (exists() && readVersion() && *m_version == SqlSchemaVersion)
            return {};
        if (!m_error && !(begin() && migrate() && exec(u"COMMIT"_s))) {
            m_query.finish();
            QSqlQuery(m_database).exec(u"ROLLBACK"_s);
        }
        return m_error;
    }

private:
    [[nodiscard]] bool isPostgresql() const { return m_database.driverName() == "QPSQL"_L1; }

    bool exec(const QString &statement)
    {
        if (m_query.exec(statement))
            return true;
        m_error =
            storageError(m_query.lastError(), m_database.driverName(), m_description, m_password);
        return false;
    }

    bool begin()
    {
        if (isPostgresql())
            return exec(u"BEGIN"_s) && exec(PostgresqlLock);
        return exec(u"BEGIN IMMEDIATE"_s);
    }

    bool exists()
    {
        const bool isAnswered =
            exec(isPostgresql() ? u"SELECT to_regclass('qtdelivery_schema') IS NOT NULL"_s
                                : u"SELECT count(*) > 0 FROM sqlite_master"
                                  " WHERE name = 'qtdelivery_schema'"_s)
            && m_query.next();
        const bool answer = isAnswered && m_query.value(0).toBool();
        m_query.finish();
        return answer;
    }

    bool readVersion()
    {
        if (!exec(u"SELECT version FROM qtdelivery_schema"_s))
            return false;
        m_version = m_query.next() ? m_query.value(0).toInt() : 0;
        m_query.finish();
        return true;
    }

    bool migrate()
    {
        if (!exists() && !m_error
            && !exec(u"CREATE TABLE IF NOT EXISTS qtdelivery_schema (version INTEGER NOT NULL)"_s))
            return false;
        if (m_error || !readVersion())
            return false;
        if (*m_version < 0 || *m_version > SqlSchemaVersion) {
            m_error = unknownSchema(*m_version, m_description);
            return false;
        }
        const QString bytes = isPostgresql() ? u"BYTEA"_s : u"BLOB"_s;
        for (int version = *m_version; version < SqlSchemaVersion; ++version) {
            for (const QString &statement : step(version)) {
                if (!exec(statement.contains("%1"_L1) ? statement.arg(bytes) : statement))
                    return false;
            }
        }
        return exec(u"DELETE FROM qtdelivery_schema"_s)
            && exec(u"INSERT INTO qtdelivery_schema VALUES (%1)"_s.arg(SqlSchemaVersion));
    }

    QSqlDatabase &m_database;
    QSqlQuery m_query;
    const QString m_description;
    const QString m_password;
    std::optional<int> m_version;
    Error m_error;
};

} // namespace

Error prepareSchema(QSqlDatabase &database, const QString &description, const QString &password)
{
    return Migration(database, description, password).run();
}

} // namespace QtDelivery
