// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "storage/sqlerror.h"

#include <QtDelivery/sqlconnection.h>

#include <QTest>

using namespace Qt::StringLiterals;
using namespace QtDelivery;

using Code = Error::Code;

/*! \brief Addresses of databases, and what their errors are called. */
class tst_SqlConnection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fromUrl_data();
    void fromUrl();
    void badUrl_data();
    void badUrl();
    void description();
    void errorCodes_data();
    void errorCodes();
    void passwordIsNotRepeated();
    void missingDriverNamesThePackage_data();
    void missingDriverNamesThePackage();
};

void tst_SqlConnection::fromUrl_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<SqlConnection>("expected");
    const auto sqlite = [](const QString &file) {
        return SqlConnection{.driver = u"QSQLITE"_s, .databaseName = file};
    };
    QTest::newRow("file") << u"sqlite:/path/file.db"_s << sqlite(u"/path/file.db"_s);
    QTest::newRow("empty host") << u"sqlite:///path/file.db"_s << sqlite(u"/path/file.db"_s);
    QTest::newRow("relative") << u"sqlite:file.db"_s << sqlite(u"file.db"_s);
    QTest::newRow("encoded") << u"sqlite:/a%20b/%C3%A4.db"_s << sqlite(u"/a b/ä.db"_s);
    QTest::newRow("server") << u"postgresql://ada@db.example:5433/bank"_s
                            << SqlConnection{.driver = u"QPSQL"_s,
                                             .databaseName = u"bank"_s,
                                             .hostName = u"db.example"_s,
                                             .port = 5433,
                                             .userName = u"ada"_s};
    QTest::newRow("password") << u"postgresql://ada:a%40b@db/bank"_s
                              << SqlConnection{.driver = u"QPSQL"_s,
                                               .databaseName = u"bank"_s,
                                               .hostName = u"db"_s,
                                               .userName = u"ada"_s,
                                               .password = u"a@b"_s};
    QTest::newRow("socket") << u"postgresql:///bank?host=/run/postgresql"_s
                            << SqlConnection{.driver = u"QPSQL"_s,
                                             .databaseName = u"bank"_s,
                                             .hostName = u"/run/postgresql"_s};
    QTest::newRow("query")
        << u"postgresql:///bank?user=ada&password=x&port=77&sslmode=require&a=b"_s
        << SqlConnection{.driver = u"QPSQL"_s,
                         .databaseName = u"bank"_s,
                         .port = 77,
                         .userName = u"ada"_s,
                         .password = u"x"_s,
                         .options = u"sslmode=require;a=b"_s};
}

void tst_SqlConnection::fromUrl()
{
    QFETCH(const QString, url);
    QFETCH(const SqlConnection, expected);
    const Result<SqlConnection> connection = SqlConnection::fromUrl(url);
    QVERIFY2(connection, qPrintable(connection.error().message()));
    QCOMPARE(connection->driver, expected.driver);
    QCOMPARE(connection->databaseName, expected.databaseName);
    QCOMPARE(connection->hostName, expected.hostName);
    QCOMPARE(connection->port, expected.port);
    QCOMPARE(connection->userName, expected.userName);
    QCOMPARE(connection->password, expected.password);
    QCOMPARE(connection->options, expected.options);
    QCOMPARE(*connection, expected);
    QCOMPARE(*SqlConnection::fromUrl(QUrl(url)), expected);
}

void tst_SqlConnection::badUrl_data()
{
    QTest::addColumn<QString>("url");
    for (const char *url :
         {"", "file.db", "/path/file.db", "sqlite:", "sqlite:/path/", "sqlite://host/file.db",
          "mysql://host/db", "postgresql:", "postgresql://host", "postgresql://host/",
          "postgresql:bank", "postgresql://host/a/b", "postgresql://host:x/bank",
          "postgresql://host/bank?port=x", "postgresql://host/bank?port=0"})
        QTest::newRow(url) << QString::fromLatin1(url);
}

void tst_SqlConnection::badUrl()
{
    QFETCH(const QString, url);
    const Result<SqlConnection> connection = SqlConnection::fromUrl(url);
    QVERIFY(!connection);
    QCOMPARE(connection.error().code(), Code::InvalidUrl);
}

void tst_SqlConnection::description()
{
    QCOMPARE(SqlConnection::fromUrl(u"sqlite:/a/b.db"_s)->description(), u"/a/b.db"_s);
    QCOMPARE(SqlConnection::fromUrl(u"postgresql://ada:secret@db/bank"_s)->description(),
             u"bank on db"_s);
    const Error bad = SqlConnection::fromUrl(u"postgresql://ada:secret@db/"_s).error();
    QVERIFY2(!bad.message().contains(u"secret"_s), qPrintable(bad.message()));
}

void tst_SqlConnection::errorCodes_data()
{
    QTest::addColumn<QString>("driver");
    QTest::addColumn<QString>("native");
    QTest::addColumn<Code>("code");
    const auto row = [](const char *driver, const char *native, Code code) {
        QTest::addRow("%s %s", driver, native)
            << QString::fromLatin1(driver) << QString::fromLatin1(native) << code;
    };
    row("QSQLITE", "11", Code::StorageCorrupt);
    row("QSQLITE", "267", Code::StorageCorrupt); // SQLITE_CORRUPT_VTAB
    row("QSQLITE", "26", Code::StorageCorrupt);
    row("QSQLITE", "13", Code::StorageFull);
    row("QSQLITE", "5", Code::StorageFailed); // busy
    row("QSQLITE", "8", Code::StorageFailed); // read-only
    row("QSQLITE", "", Code::StorageFailed);
    row("QPSQL", "53100", Code::StorageFull);
    row("QPSQL", "XX001", Code::StorageCorrupt);
    row("QPSQL", "XX002", Code::StorageCorrupt);
    row("QPSQL", "XX000", Code::StorageFailed);
    row("QPSQL", "57P01", Code::StorageFailed);
    row("QPSQL", "13", Code::StorageFailed);
    row("QPSQL", "", Code::StorageFailed);
}

void tst_SqlConnection::errorCodes()
{
    QFETCH(const QString, driver);
    QFETCH(const QString, native);
    QFETCH(const Code, code);
    const QSqlError error(u"driver's words"_s, u"database's words"_s, QSqlError::UnknownError,
                          native);
    const Error result = storageError(error, driver, u"bank"_s);
    QCOMPARE(result.code(), code);
    QCOMPARE(result.message(), u"The database bank has failed: database's words."_s);
}

void tst_SqlConnection::passwordIsNotRepeated()
{
    const QSqlError error({}, u"no pg_hba.conf entry for s3cret"_s, QSqlError::ConnectionError, {});
    const Error result = storageError(error, u"QPSQL"_s, u"bank"_s, u"s3cret"_s);
    QVERIFY2(!result.message().contains(u"s3cret"_s), qPrintable(result.message()));
}

void tst_SqlConnection::missingDriverNamesThePackage_data()
{
    QTest::addColumn<QString>("driver");
    QTest::addColumn<QString>("word");
    QTest::newRow("SQLite") << u"QSQLITE"_s << u"libqt6sql6-sqlite"_s;
    QTest::newRow("PostgreSQL") << u"QPSQL"_s << u"libqt6sql6-psql"_s;
    QTest::newRow("another") << u"QIBASE"_s << u"QIBASE"_s;
    QTest::newRow("none") << QString() << u"QPSQL"_s;
}

void tst_SqlConnection::missingDriverNamesThePackage()
{
    QFETCH(const QString, driver);
    QFETCH(const QString, word);
    const Error error = missingDriver(driver);
    QCOMPARE(error.code(), Code::StorageFailed);
    QVERIFY2(error.message().contains(word), qPrintable(error.message()));
}

QTEST_GUILESS_MAIN(tst_SqlConnection)
#include "tst_sqlconnection.moc"
