// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "progressconformance.h"
#include "sqlplaces.h"

#include <QtDelivery/sqlconsumerprogress.h>

#include <QSqlDatabase>
#include <QSqlQuery>

using namespace Qt::StringLiterals;
using namespace QtDelivery;
using namespace QtDelivery::Test;

namespace {

using Code = Error::Code;

/*! The application's connection. */
class ApplicationDatabase
{
public:
    explicit ApplicationDatabase(const SqlConnection &connection)
        : m_name(u"application%1"_s.arg(++s_count))
    {
        m_database = QSqlDatabase::addDatabase(connection.driver, m_name);
        m_database.setDatabaseName(connection.databaseName);
        m_database.setHostName(connection.hostName);
        m_database.setUserName(connection.userName);
        m_database.setConnectOptions(connection.options);
        if (!m_database.open())
            qWarning("the application's database is not open");
    }
    ~ApplicationDatabase()
    {
        m_database = QSqlDatabase();
        QSqlDatabase::removeDatabase(m_name);
    }
    Q_DISABLE_COPY_MOVE(ApplicationDatabase)

    QSqlDatabase &operator*() { return m_database; }
    QSqlDatabase *operator->() { return &m_database; }
    [[nodiscard]] Code recordIn(const ConsumerPosition &position)
    {
        return SqlConsumerProgress::recordIn(m_database, testConsumerId(), position).code();
    }

private:
    static inline int s_count = 0;
    const QString m_name;
    QSqlDatabase m_database;
};

} // namespace

/*! \brief SqlConsumerProgress is a consumer's progress, by itself and in the application's hands.
 */
class tst_SqlConsumerProgress : public ProgressConformance
{
    Q_OBJECT

public:
    tst_SqlConsumerProgress()
        : ProgressConformance(
            [this] {
                m_database = m_places.newDatabase();
                return [database = m_database] {
                    return std::make_unique<SqlConsumerProgress>(database);
                };
            },
            {})
    { }

private Q_SLOTS:
    void initTestCase_data() { SqlPlaces::addRows(); }
    void init();

    void newerOwnerWins();
    void terminatedConnection();
    void schemaOfTheFuture();
    void noSuchDatabase();
    void recordInIsCommittedWithTheRest();
    void recordInIsRolledBackWithTheRest();
    void recordInTwice();
    void recordInOfTwoProcesses();
    void recordInOfAnotherStream();
    void recordInWithoutStream_data();
    void recordInWithoutStream();
    void recordInWithoutTables();
    void byApplicationWritesNothing();

private:
    [[nodiscard]] std::unique_ptr<ProgressProbe> openByApplication();

    SqlPlaces m_places;
    SqlConnection m_database;
    QStringList m_wrong;
};

void tst_SqlConsumerProgress::init()
{
    if (const QString obstacle = SqlPlaces::obstacle(); !obstacle.isEmpty())
        QSKIP(qPrintable(obstacle));
    QVERIFY(m_places.start());
    if (QByteArray(QTest::currentTestFunction()) == "secondOwnerIsRefused")
        QSKIP("the newer owner wins: newerOwnerWins");
    m_wrong.clear();
    callSlotOf<ProgressConformance>(this, "init()");
}

std::unique_ptr<ProgressProbe> tst_SqlConsumerProgress::openByApplication()
{
    auto progress = std::make_unique<SqlConsumerProgress>(
        m_database, SqlConsumerProgress::Recording::ByApplication);
    return std::make_unique<ProgressProbe>(std::move(progress), &m_wrong);
}

void tst_SqlConsumerProgress::newerOwnerWins()
{
    auto older = open();
    QVERIFY(older->loadNow(testConsumerId(), testProducerId()));
    QCOMPARE(older->recordNow(consumerPosition(1)), Code::NoError);
    auto newer = open();
    QCOMPARE(newer->loadNow(testConsumerId(), testProducerId()).value_or(ConsumerPosition()),
             consumerPosition(1));
    QCOMPARE(older->recordNow(consumerPosition(2)), Code::StorageInUse);
    QVERIFY2(older->lastError().contains(testConsumerId()), qPrintable(older->lastError()));
    QCOMPARE(newer->recordNow(consumerPosition(3)), Code::NoError);
    QCOMPARE(older->recordNow(consumerPosition(2)), Code::StorageInUse);
    QCOMPARE(reloaded(), consumerPosition(3));
}

void tst_SqlConsumerProgress::terminatedConnection()
{
    if (SqlPlaces::isSqlite())
        QSKIP("there is no server");
    auto probe = open();
    QVERIFY(probe->loadNow(testConsumerId(), testProducerId()));
    QCOMPARE(probe->recordNow(consumerPosition(1)), Code::NoError);
    QVERIFY(m_places.cluster()->terminateBackends(m_database));
    QCOMPARE(probe->recordNow(consumerPosition(2)), Code::StorageFailed);
    QCOMPARE(probe->recordNow(consumerPosition(2)), Code::NoError);
    QCOMPARE(reloaded(), consumerPosition(2));
}

void tst_SqlConsumerProgress::schemaOfTheFuture()
{
    QVERIFY(open()->loadNow(testConsumerId(), testProducerId()));
    runSql(m_database, u"UPDATE qtdelivery_schema SET version = 99"_s);
    QCOMPARE(open()->loadError(testConsumerId(), testProducerId()), Code::UnknownFormat);
    ApplicationDatabase application(m_database);
    QCOMPARE(SqlConsumerProgress::prepare(*application).code(), Code::UnknownFormat);
}

void tst_SqlConsumerProgress::noSuchDatabase()
{
    m_database.databaseName += u"/nowhere"_s;
    auto probe = openByApplication();
    QCOMPARE(probe->loadError(testConsumerId(), testProducerId()), Code::StorageFailed);
    probe->record(consumerPosition(1)); // refused: nothing is loaded
    QCOMPARE(probe->recordNow(consumerPosition(1)), Code::InvalidArgument);
}

void tst_SqlConsumerProgress::recordInIsCommittedWithTheRest()
{
    auto probe = openByApplication();
    QVERIFY(probe->loadNow(testConsumerId(), testProducerId()));
    ApplicationDatabase application(m_database);
    for (const qint64 seqNr : {1, 2, 7}) {
        QVERIFY(application->transaction());
        QCOMPARE(application.recordIn(consumerPosition(seqNr, "context")), Code::NoError);
        QVERIFY(application->commit());
        QCOMPARE(reloaded(), consumerPosition(seqNr, "context"));
    }
    QVERIFY(m_wrong.isEmpty());
}

void tst_SqlConsumerProgress::recordInIsRolledBackWithTheRest()
{
    ApplicationDatabase application(m_database);
    QVERIFY(!SqlConsumerProgress::prepare(*application));
    QVERIFY(application->transaction());
    QCOMPARE(application.recordIn(consumerPosition(1)), Code::NoError);
    QVERIFY(application->commit());
    QVERIFY(application->transaction());
    QCOMPARE(application.recordIn(consumerPosition(2)), Code::NoError);
    QVERIFY(application->rollback());
    QCOMPARE(reloaded(), consumerPosition(1));
    QVERIFY(application->transaction());
    QCOMPARE(application.recordIn(consumerPosition(2)), Code::NoError);
    QVERIFY(application->commit());
    QCOMPARE(reloaded(), consumerPosition(2));
}

void tst_SqlConsumerProgress::recordInTwice()
{
    ApplicationDatabase application(m_database);
    QVERIFY(!SqlConsumerProgress::prepare(*application));
    QVERIFY(!SqlConsumerProgress::prepare(*application)); // changes nothing
    QCOMPARE(application.recordIn(consumerPosition(5)), Code::NoError);
    for (const qint64 seqNr : {5, 4, 1})
        QCOMPARE(application.recordIn(consumerPosition(seqNr)), Code::AlreadyConfirmed);
    QCOMPARE(application.recordIn(consumerPosition(6)), Code::NoError);
    QCOMPARE(reloaded(), consumerPosition(6));
}

void tst_SqlConsumerProgress::recordInOfTwoProcesses()
{
    ApplicationDatabase one(m_database);
    ApplicationDatabase other(m_database);
    QVERIFY(!SqlConsumerProgress::prepare(*one));
    QVERIFY(one->transaction());
    QCOMPARE(one.recordIn(consumerPosition(1)), Code::NoError);
    QVERIFY(one->commit());
    QVERIFY(other->transaction());
    QCOMPARE(other.recordIn(consumerPosition(1)), Code::AlreadyConfirmed);
    QVERIFY(other->rollback());
}

void tst_SqlConsumerProgress::recordInOfAnotherStream()
{
    ApplicationDatabase application(m_database);
    QVERIFY(!SqlConsumerProgress::prepare(*application));
    QCOMPARE(application.recordIn(consumerPosition(5)), Code::NoError);
    ConsumerPosition anew = consumerPosition(1);
    anew.streamId = QUuid::createUuid();
    QCOMPARE(application.recordIn(anew), Code::NoError);
    QCOMPARE(reloaded(), anew);
}

void tst_SqlConsumerProgress::recordInWithoutStream_data()
{
    QTest::addColumn<ConsumerPosition>("position");
    ConsumerPosition position = consumerPosition(1);
    position.streamId = {};
    QTest::newRow("no stream") << position;
    QTest::newRow("no number") << consumerPosition(0);
    QTest::newRow("nothing") << ConsumerPosition();
}

void tst_SqlConsumerProgress::recordInWithoutStream()
{
    QFETCH(const ConsumerPosition, position);
    ApplicationDatabase application(m_database);
    QVERIFY(!SqlConsumerProgress::prepare(*application));
    QCOMPARE(application.recordIn(position), Code::InvalidArgument);
    QCOMPARE(runSql(m_database, u"SELECT count(*) FROM qtdelivery_progress"_s).toInt(), 0);
}

void tst_SqlConsumerProgress::recordInWithoutTables()
{
    ApplicationDatabase application(m_database);
    QCOMPARE(application.recordIn(consumerPosition(1)), Code::StorageFailed);
}

void tst_SqlConsumerProgress::byApplicationWritesNothing()
{
    auto probe = openByApplication();
    QVERIFY(probe->loadNow(testConsumerId(), testProducerId()));
    QCOMPARE(probe->recordNow(consumerPosition(3)), Code::NoError);
    QCOMPARE(probe->lastRecorded(), consumerPosition(3));
    probe->end();
    QCOMPARE(reloaded().confirmedSeqNr, 0);
    QVERIFY(m_wrong.isEmpty());
}

QTEST_GUILESS_MAIN(tst_SqlConsumerProgress)
#include "tst_sqlconsumerprogress.moc"
