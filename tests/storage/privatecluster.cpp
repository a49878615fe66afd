// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "privatecluster.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTest>
#include <QVariant>

#include <csignal>
#include <sys/prctl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace QtDelivery::Test {

namespace {

constexpr int PatienceMs = 60'000; // a loaded machine
constexpr int OldestVersion = 15;
constexpr uint Nobody = 65534;

/*! Where the server's programs are; empty if there are none. */
QString programDirectory()
{
    const QDir versions(u"/usr/lib/postgresql"_s);
    int newest = 0;
    for (const QString &version : versions.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        if (QFileInfo::exists(versions.filePath(version + u"/bin/postgres"_s)))
            newest = std::max(newest, version.toInt());
    }
    return newest < OldestVersion ? QString()
                                  : versions.filePath(QString::number(newest) + u"/bin/"_s);
}

/*! Prepares \a process to run \a program: not as root, which the server refuses. The end of this
 * process ends it. */
void setProgram(QProcess &process, const QString &program, const QStringList &arguments)
{
    if (geteuid() == 0) {
        process.setProgram(u"setpriv"_s);
        process.setArguments(QStringList{u"--reuid=%1"_s.arg(Nobody), u"--regid=%1"_s.arg(Nobody),
                                         u"--clear-groups"_s, u"--pdeathsig=QUIT"_s,
                                         programDirectory() + program}
                             + arguments);
    } else {
        process.setProgram(programDirectory() + program);
        process.setArguments(arguments);
        process.setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGQUIT); });
    }
}

} // namespace

PrivateCluster::~PrivateCluster()
{
    stop();
}

QString PrivateCluster::obstacle()
{
    if (!QSqlDatabase::isDriverAvailable(u"QPSQL"_s))
        return u"the driver QPSQL is not installed (libqt6sql6-psql)"_s;
    if (programDirectory().isEmpty())
        return u"PostgreSQL %1 or later is not installed (postgresql-15)"_s.arg(OldestVersion);
    return {};
}

bool PrivateCluster::start()
{
    if (!QFileInfo::exists(path(u"data"_s)) && !create())
        return false;
    setProgram(m_server, u"postgres"_s,
               {u"-D"_s, path(u"data"_s), u"-k"_s, m_directory.path(), u"-c"_s,
                u"listen_addresses="_s, u"-c"_s, u"fsync=on"_s});
    m_server.setStandardOutputFile(path(u"log"_s), QIODevice::Append);
    m_server.setStandardErrorFile(path(u"log"_s), QIODevice::Append);
    m_server.start();
    if (m_server.waitForStarted()
        && QTest::qWaitFor([this] { return isReady() || m_server.state() == QProcess::NotRunning; },
                           PatienceMs)
        && isReady())
        return true;
    QFile log(path(u"log"_s));
    if (log.open(QIODevice::ReadOnly))
        qInfo("%s", log.readAll().constData());
    return false;
}

bool PrivateCluster::create()
{
    const QByteArray directory = QFile::encodeName(m_directory.path());
    if (geteuid() == 0 && chown(directory.constData(), Nobody, Nobody) != 0)
        return false;
    QProcess initdb;
    setProgram(initdb, u"initdb"_s,
               {u"-D"_s, path(u"data"_s), u"-U"_s, u"postgres"_s, u"-A"_s, u"trust"_s, u"-E"_s,
                u"UTF8"_s, u"--locale=C"_s, u"--no-sync"_s});
    initdb.setProcessChannelMode(QProcess::MergedChannels);
    initdb.start();
    if (initdb.waitForFinished(PatienceMs) && initdb.exitCode() == 0)
        return true;
    qInfo("%s", initdb.readAll().constData());
    return false;
}

bool PrivateCluster::isReady() const
{
    QFile status(path(u"data/postmaster.pid"_s));
    return m_server.state() == QProcess::Running && status.open(QIODevice::ReadOnly)
        && status.readAll().split('\n').value(7).trimmed() == "ready";
}

void PrivateCluster::stop()
{
    if (m_server.state() == QProcess::NotRunning)
        return;
    ::kill(pid_t(m_server.processId()), SIGQUIT);
    if (!m_server.waitForFinished(PatienceMs)) {
        m_server.kill();
        m_server.waitForFinished();
    }
}

SqlConnection PrivateCluster::maintenance() const
{
    return {.driver = u"QPSQL"_s,
            .databaseName = u"postgres"_s,
            .hostName = m_directory.path(),
            .userName = u"postgres"_s};
}

SqlConnection PrivateCluster::newDatabase()
{
    // Every database costs hundreds of files, which a server that was killed syncs before it is
    // ready. A schema has what is put there, and is as separate.
    const QString schema = u"test%1"_s.arg(++m_schemas);
    runSql(maintenance(), u"CREATE SCHEMA "_s + schema);
    SqlConnection connection = maintenance();
    connection.options = u"options=-csearch_path="_s + schema;
    return connection;
}

bool PrivateCluster::terminateBackends(const SqlConnection &connection)
{
    return runSql(
               maintenance(),
               u"SELECT count(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity"
               " WHERE datname = '%1' AND pid <> pg_backend_pid()"_s.arg(connection.databaseName))
               .toInt()
        > 0;
}

QVariant runSql(const SqlConnection &connection, const QString &statement)
{
    static int connections = 0;
    const QString name = u"runSql%1"_s.arg(++connections);
    QVariant result;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(connection.driver, name);
        database.setDatabaseName(connection.databaseName);
        database.setHostName(connection.hostName);
        database.setUserName(connection.userName);
        database.setConnectOptions(connection.options);
        QSqlQuery query(database);
        if (!database.open())
            qWarning("%s", qPrintable(database.lastError().text()));
        else if (!QSqlQuery(database).exec(u"SELECT 1"_s)
                 || !(query = QSqlQuery(database)).exec(statement))
            qWarning("%s: %s", qPrintable(statement), qPrintable(query.lastError().text()));
        else if (query.next())
            result = query.value(0);
    }
    QSqlDatabase::removeDatabase(name);
    return result;
}

} // namespace QtDelivery::Test
