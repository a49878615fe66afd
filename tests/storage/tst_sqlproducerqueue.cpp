// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "queueconformance.h"
#include "sqlplaces.h"
#include "storage/sqlqueuestore.h"

#include <QtDelivery/sqlproducerqueue.h>

#include <QDeadlineTimer>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlQuery>

using namespace Qt::StringLiterals;
using namespace QtDelivery;
using namespace QtDelivery::Test;

namespace {

using Code = Error::Code;

const QString Id = u"producer-1"_s;

} // namespace

/*! \brief SqlProducerQueue is a durable queue, and what databases have of their own. */
class tst_SqlProducerQueue : public QueueConformance
{
    Q_OBJECT

public:
    tst_SqlProducerQueue()
        : QueueConformance([this] {
            m_database = m_places.newDatabase();
            return [database = m_database] { return std::make_unique<SqlProducerQueue>(database); };
        })
    { }

private Q_SLOTS:
    void initTestCase_data() { SqlPlaces::addRows(); }
    void init();

    void severalProducersInOneDatabase();
    void newerOwnerWins();
    void formerOwnerConfirmsNothing();
    void formerOwnerTakesOverAgain();
    void takeOverWhileStoring();
    void requestsBehindAFailureFailWithIt();
    void manyRequestsOneTransaction();
    void confirmationAloneIsWrittenSoon();
    void durability();
    void limits();
    void terminatedConnection();
    void stoppedServer();
    void h51_serverCrashesWhileStoring();
    void unreachableServer();
    void schemaOfTheFuture();
    void loadedByTwoAtTheFirstTime();
    void contradiction_data();
    void contradiction();
    void fullDisk();
    void corruptFile();
    void noSuchDirectory();
    void busyDatabase();
    void unknownDriver();

private:
    SqlPlaces m_places;
    SqlConnection m_database;
};

void tst_SqlProducerQueue::init()
{
    if (const QString obstacle = SqlPlaces::obstacle(); !obstacle.isEmpty())
        QSKIP(qPrintable(obstacle));
    QVERIFY(m_places.start());
    // The newer owner wins, and one database is for any number of producers: see below.
    const QByteArray function(QTest::currentTestFunction());
    if (function == "secondOwnerIsRefused" || function == "otherProducerIsRefused")
        QSKIP("a database is not owned as a whole: newerOwnerWins, severalProducersInOneDatabase");
    callSlotOf<QueueConformance>(this, "init()");
}

void tst_SqlProducerQueue::severalProducersInOneDatabase()
{
    auto first = open();
    auto second = open();
    const auto stateOfFirst = first->loadNow(Id);
    const auto stateOfSecond = second->loadNow(u"producer-2"_s);
    QVERIFY(stateOfFirst && stateOfSecond);
    QVERIFY(stateOfFirst->streamId != stateOfSecond->streamId);
    QCOMPARE(first->storeNow(durableMessages(1, 2)), Code::NoError);
    QCOMPARE(second->storeNow(durableMessages(1, 5)), Code::NoError);
    first->confirm(1);
    first->end();
    second->end();
    QCOMPARE(reloaded().unconfirmed, durableMessages(2, 2));
    QCOMPARE(reloaded(u"producer-2"_s).unconfirmed, durableMessages(1, 5));
}

void tst_SqlProducerQueue::newerOwnerWins()
{
    auto older = open();
    QVERIFY(older->loadNow(Id));
    QCOMPARE(older->storeNow(durableMessages(1, 2)), Code::NoError);
    auto newer = open();
    const auto state = newer->loadNow(Id);
    QVERIFY(state);
    QCOMPARE(state->generation, 2);
    QCOMPARE(state->unconfirmed, durableMessages(1, 2));

    QCOMPARE(older->storeNow(durableMessages(3, 4)), Code::StorageInUse);
    QVERIFY2(older->lastError().contains(Id), qPrintable(older->lastError()));
    QCOMPARE(newer->storeNow({durableMessage(3)}), Code::NoError);
    QCOMPARE(older->storeNow({durableMessage(3)}), Code::StorageInUse); // even if it is stored
    older->end();
    newer->end();
    QCOMPARE(reloaded().unconfirmed, durableMessages(1, 3));
}

void tst_SqlProducerQueue::formerOwnerConfirmsNothing()
{
    auto older = open();
    QVERIFY(older->loadNow(Id));
    QCOMPARE(older->storeNow(durableMessages(1, 2)), Code::NoError);
    QVERIFY(open()->loadNow(Id));
    older->confirm(2);
    older->end();
    QCOMPARE(older->answers().size(), 2);
    QCOMPARE(reloaded().unconfirmed, durableMessages(1, 2));
}

void tst_SqlProducerQueue::formerOwnerTakesOverAgain()
{
    auto first = open();
    auto second = open();
    QVERIFY(first->loadNow(Id));
    QVERIFY(second->loadNow(Id));
    QCOMPARE(first->storeNow(durableMessages(1, 1)), Code::StorageInUse);
    QVERIFY(first->loadNow(Id));
    QCOMPARE(first->storeNow(durableMessages(1, 1)), Code::NoError);
    QCOMPARE(second->storeNow(durableMessages(1, 1)), Code::StorageInUse);
}

/*! What the former owner was told to be stored, and nothing else, is what the next one finds. */
void tst_SqlProducerQueue::takeOverWhileStoring()
{
    constexpr int rounds = 50;
    int fenced = 0;
    auto owner = open();
    QVERIFY(owner->loadNow(Id));
    qint64 next = 1;
    for (int round = 0; round < rounds; ++round) {
        const qint64 told = owner->lastStored();
        const qsizetype before = owner->answers().size();
        auto successor = open();
        owner->store(durableMessages(next, next + round % 5));
        if (round % 5 == 0) // otherwise who comes first is open
            QTRY_COMPARE(owner->answers().size(), before + 1);
        successor->load(Id);
        QTRY_COMPARE(successor->answers().size(), 1);
        QTRY_COMPARE(owner->answers().size(), before + 1);
        const bool isStored = owner->answers().last().kind == QueueAnswer::Kind::Stored;
        fenced += isStored ? 0 : 1;
        if (!isStored)
            QCOMPARE(owner->answers().last().error.code(), Code::StorageInUse);
        QVERIFY(owner->lastStored() >= told);

        const DurableProducerState state = successor->answers().first().state;
        QCOMPARE(state.currentSeqNr, isStored ? next + round % 5 + 1 : next);
        QCOMPARE(state.unconfirmed, durableMessages(1, state.currentSeqNr - 1));
        next = state.currentSeqNr;
        // Its thread is not opening the database any more, so both are as fast in the next round.
        owner = std::move(successor);
    }
    QVERIFY2(fenced < rounds, "the former owner never stored anything");
}

/*! Also if the storage thread could have tried them before the failure was told. */
void tst_SqlProducerQueue::requestsBehindAFailureFailWithIt()
{
    const auto letStorageThreadWork = [this] {
        for (QDeadlineTimer end(200); !end.hasExpired();) // and nothing is answered meanwhile
            runSql(m_database, u"SELECT 1"_s);
    };
    auto probe = open();
    QVERIFY(probe->loadNow(Id));
    runSql(m_database, u"ALTER TABLE qtdelivery_message RENAME TO elsewhere"_s);
    probe->store(durableMessages(1, 2));
    letStorageThreadWork();
    runSql(m_database, u"ALTER TABLE elsewhere RENAME TO qtdelivery_message"_s);
    probe->store(durableMessages(3, 4)); // would leave out what has failed
    letStorageThreadWork();
    QCOMPARE(probe->answers().size(), 1);
    QTRY_COMPARE(probe->answers().size(), 2);
    QCOMPARE(probe->answers().last().error.code(), Code::StorageFailed);
    QCOMPARE(probe->storeNow(durableMessages(1, 4)), Code::NoError);
    QCOMPARE(probe->answers().size(), 3);
    probe->end();
    QCOMPARE(reloaded().unconfirmed, durableMessages(1, 4));
}

void tst_SqlProducerQueue::manyRequestsOneTransaction()
{
    constexpr int batches = 2000;
    auto probe = open();
    QVERIFY(probe->loadNow(Id));
    for (qint64 n = 1; n <= batches; ++n)
        probe->store({durableMessage(n)});
    QVERIFY2(probe->waitForStored(batches), qPrintable(probe->lastError()));
    QVERIFY2(probe->answers().size() < batches / 10,
             qPrintable(QString::number(probe->answers().size())));
}

void tst_SqlProducerQueue::confirmationAloneIsWrittenSoon()
{
    auto probe = open();
    QVERIFY(probe->loadNow(Id));
    QCOMPARE(probe->storeNow(durableMessages(1, 3)), Code::NoError);
    probe->confirm(2);
    QTRY_COMPARE(runSql(m_database, u"SELECT count(*) FROM qtdelivery_message"_s).toInt(), 1);
    QCOMPARE(runSql(m_database, u"SELECT seq_nr FROM qtdelivery_confirmed"_s).toInt(), 2);
    QCOMPARE(probe->storeNow(durableMessages(4, 4)), Code::NoError);
}

void tst_SqlProducerQueue::durability()
{
    using Durability = SqlSession::Durability;
    const bool isSqlite = SqlPlaces::isSqlite();
    SqlSession session(m_database);
    const auto answer = [&](const QString &statement) {
        QSqlQuery *const query = session.execute(statement);
        return query && session.fetch(query) ? query->value(0).toString() : u"nothing"_s;
    };
    const QString setting =
        isSqlite ? u"PRAGMA synchronous"_s : u"SELECT current_setting('synchronous_commit')"_s;
    for (const Durability durability :
         {Durability::Synced, Durability::Relaxed, Durability::Synced, Durability::Synced,
          Durability::Relaxed, Durability::Relaxed, Durability::Synced}) {
        QVERIFY(session.begin(durability));
        const QString synced = isSqlite ? u"2"_s : u"on"_s; // FULL
        const QString relaxed = isSqlite ? u"1"_s : u"off"_s; // NORMAL
        QCOMPARE(answer(setting), durability == Durability::Synced ? synced : relaxed);
        QVERIFY(session.commit());
    }
    if (isSqlite) {
        QCOMPARE(answer(u"PRAGMA journal_mode"_s), u"wal"_s);
        QCOMPARE(answer(u"PRAGMA foreign_keys"_s), u"1"_s);
    }
}

void tst_SqlProducerQueue::limits()
{
    const SqlProducerQueue usual(m_database);
    QCOMPARE(usual.maxMessages(), 1'000'000);
    QCOMPARE(usual.maxBytes(), 268'435'456);
    QCOMPARE(usual.connection(), m_database);
    const SqlProducerQueue narrow(m_database, 5, 0);
    QCOMPARE(narrow.maxMessages(), 5);
    QCOMPARE(narrow.maxBytes(), 1);
}

void tst_SqlProducerQueue::terminatedConnection()
{
    if (SqlPlaces::isSqlite())
        QSKIP("there is no server");
    auto probe = open();
    QVERIFY(probe->loadNow(Id));
    for (qint64 n = 1; n <= 5; ++n) {
        QVERIFY(m_places.cluster()->terminateBackends(m_database));
        QCOMPARE(probe->storeNow({durableMessage(n)}), Code::StorageFailed);
        QCOMPARE(probe->storeNow({durableMessage(n)}), Code::NoError);
    }
    probe->end();
    QCOMPARE(reloaded().unconfirmed, durableMessages(1, 5));
}

void tst_SqlProducerQueue::stoppedServer()
{
    if (SqlPlaces::isSqlite())
        QSKIP("there is no server");
    auto probe = open();
    QVERIFY(probe->loadNow(Id));
    QCOMPARE(probe->storeNow(durableMessages(1, 100)), Code::NoError);
    m_places.cluster()->stop();
    QCOMPARE(probe->storeNow(durableMessages(101, 110)), Code::StorageFailed);
    QCOMPARE(probe->storeNow(durableMessages(101, 110)), Code::StorageFailed);
    QVERIFY(m_places.cluster()->start());
    QCOMPARE(probe->storeNow(durableMessages(101, 120)), Code::NoError);
    probe->end();
    QCOMPARE(reloaded().unconfirmed, durableMessages(1, 120));
}

void tst_SqlProducerQueue::h51_serverCrashesWhileStoring()
{
    if (SqlPlaces::isSqlite())
        QSKIP("there is no server");
    for (int crash = 0; crash < 2; ++crash) {
        auto probe = open();
        const auto before = probe->loadNow(Id);
        QVERIFY(before);
        const qint64 first = before->currentSeqNr;
        const qint64 last = first + 20'000 - 1;
        QCOMPARE(probe->storeNow(durableMessages(first, first + 49)), Code::NoError);
        for (qint64 n = first + 50; n <= last; n += 50)
            probe->store(durableMessages(n, n + 49));
        m_places.cluster()->stop();
        const auto hasEnded = [&] {
            return probe->lastStored() >= last
                || probe->answers().last().kind == QueueAnswer::Kind::Failed;
        };
        QTRY_VERIFY(hasEnded());
        QVERIFY(m_places.cluster()->start());
        const DurableProducerState state = reloaded();
        QVERIFY(state.currentSeqNr > probe->lastStored());
        QCOMPARE((state.currentSeqNr - first) % 50, 0); // a batch is there or not
        QVERIFY(state.unconfirmed == durableMessages(1, state.currentSeqNr - 1));
    }
}

void tst_SqlProducerQueue::unreachableServer()
{
    if (SqlPlaces::isSqlite())
        QSKIP("there is no server");
    m_database.hostName += u"/nowhere"_s;
    m_database.password = u"no server"_s;
    QStringList violations;
    QueueProbe probe(std::make_unique<SqlProducerQueue>(m_database), &violations);
    QCOMPARE(probe.loadError(Id), Code::StorageFailed);
    QVERIFY2(probe.lastError().contains(m_database.hostName), qPrintable(probe.lastError()));
    QVERIFY2(!probe.lastError().contains(m_database.password), qPrintable(probe.lastError()));
}

void tst_SqlProducerQueue::schemaOfTheFuture()
{
    QVERIFY(open()->loadNow(Id));
    runSql(m_database, u"UPDATE qtdelivery_schema SET version = 99"_s);
    auto probe = open();
    QCOMPARE(probe->loadError(Id), Code::UnknownFormat);
    QVERIFY2(probe->lastError().contains(u"99"_s), qPrintable(probe->lastError()));
    QCOMPARE(runSql(m_database, u"SELECT version FROM qtdelivery_schema"_s).toInt(), 99);
    QCOMPARE(runSql(m_database, u"SELECT epoch FROM qtdelivery_queue"_s).toInt(), 1);
}

void tst_SqlProducerQueue::loadedByTwoAtTheFirstTime()
{
    auto first = open();
    auto second = open();
    first->load(Id);
    second->load(u"producer-2"_s);
    for (QueueProbe *probe : {first.get(), second.get()}) {
        QTRY_COMPARE(probe->answers().size(), 1);
        QVERIFY2(probe->answers().first().kind == QueueAnswer::Kind::Loaded,
                 qPrintable(probe->lastError()));
    }
    QCOMPARE(runSql(m_database, u"SELECT count(*) FROM qtdelivery_schema"_s).toInt(), 1);
}

void tst_SqlProducerQueue::contradiction_data()
{
    QTest::addColumn<QString>("statement");
    QTest::newRow("a message is missing") << u"DELETE FROM qtdelivery_message WHERE seq_nr = 4"_s;
    QTest::newRow("the last is missing") << u"DELETE FROM qtdelivery_message WHERE seq_nr = 5"_s;
    QTest::newRow("confirmed and there") << u"UPDATE qtdelivery_confirmed SET seq_nr = 3"_s;
    QTest::newRow("confirmed before") << u"UPDATE qtdelivery_confirmed SET seq_nr = 1"_s;
    QTest::newRow("confirmed beyond the end") << u"UPDATE qtdelivery_confirmed SET seq_nr = 9"_s;
    QTest::newRow("a smaller next number") << u"UPDATE qtdelivery_queue SET current_seq_nr = 5"_s;
    QTest::newRow("no stream") << u"UPDATE qtdelivery_queue SET stream_id = ''"_s;
}

void tst_SqlProducerQueue::contradiction()
{
    QFETCH(const QString, statement);
    auto probe = open();
    QVERIFY(probe->loadNow(Id));
    QCOMPARE(probe->storeNow(durableMessages(1, 5)), Code::NoError);
    probe->confirm(2);
    probe->end();
    QCOMPARE(reloaded().unconfirmed, durableMessages(3, 5));
    runSql(m_database, statement);
    probe = open();
    QCOMPARE(probe->loadError(Id), Code::StorageCorrupt);
    QVERIFY2(probe->lastError().contains(Id), qPrintable(probe->lastError()));
}

void tst_SqlProducerQueue::fullDisk()
{
    if (!SqlPlaces::isSqlite())
        QSKIP("the server's disk is not the test's");
    SqlSession session(m_database);
    SqlQueueStore store;
    QVERIFY(store.load(session, Id));
    QVERIFY(session.begin(SqlSession::Durability::Synced));
    QVERIFY(session.execute(u"PRAGMA max_page_count = 30"_s));
    QVERIFY(session.commit());
    DurableMessage large = durableMessage(2);
    large.payload = QByteArray(1 << 20, 'x');
    QCOMPARE(store.write(session, {.batches = {{durableMessage(1)}}, .confirmed = {}}).stored, 1);
    const auto outcome = store.write(session, {.batches = {{large}}, .confirmed = {}});
    QCOMPARE(outcome.error.code(), Code::StorageFull);
    QCOMPARE(outcome.stored, 0);
    // The disk has room again: the limit was the connection's.
    QCOMPARE(store.write(session, {.batches = {{large}}, .confirmed = {}}).stored, 2);
    session.close();
    QCOMPARE(reloaded().currentSeqNr, 3);
}

void tst_SqlProducerQueue::corruptFile()
{
    if (!SqlPlaces::isSqlite())
        QSKIP("the server's files are not the test's");
    QFile file(m_database.databaseName);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(8192, 'x'));
    file.close();
    auto probe = open();
    QCOMPARE(probe->loadError(Id), Code::StorageCorrupt);
    QVERIFY2(probe->lastError().contains(m_database.databaseName), qPrintable(probe->lastError()));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray(8192, 'x'));
}

void tst_SqlProducerQueue::noSuchDirectory()
{
    if (!SqlPlaces::isSqlite())
        QSKIP("see unreachableServer");
    m_database.databaseName += u"/nowhere/file.db"_s;
    QStringList violations;
    QueueProbe probe(std::make_unique<SqlProducerQueue>(m_database), &violations);
    QCOMPARE(probe.loadError(Id), Code::StorageFailed);
    QVERIFY2(probe.lastError().contains(m_database.databaseName), qPrintable(probe.lastError()));
    QCOMPARE(probe.storeNow(durableMessages(1, 1)), Code::InvalidArgument); // not loaded
    QVERIFY(violations.isEmpty());
}

void tst_SqlProducerQueue::busyDatabase()
{
    if (!SqlPlaces::isSqlite())
        QSKIP("others do not keep a server from writing");
    auto probe = open();
    QVERIFY(probe->loadNow(Id));
    {
        QSqlDatabase other = QSqlDatabase::addDatabase(m_database.driver, u"other"_s);
        other.setDatabaseName(m_database.databaseName);
        QVERIFY(other.open());
        QVERIFY(QSqlQuery(other).exec(u"BEGIN IMMEDIATE"_s));
        probe->store(durableMessages(1, 2)); // returns at once
        QSignalSpy answers(probe->queue(), &DurableProducerQueue::stored);
        QVERIFY(!answers.wait(200));
        QVERIFY(QSqlQuery(other).exec(u"COMMIT"_s));
        QVERIFY2(probe->waitForStored(2), qPrintable(probe->lastError()));
    }
    QSqlDatabase::removeDatabase(u"other"_s);
}

void tst_SqlProducerQueue::unknownDriver()
{
    m_database.driver = u"QODBC"_s;
    QStringList violations;
    QueueProbe probe(std::make_unique<SqlProducerQueue>(m_database), &violations);
    QCOMPARE(probe.loadError(Id), Code::StorageFailed);
    QVERIFY2(probe.lastError().contains(u"QODBC"_s), qPrintable(probe.lastError()));
}

QTEST_GUILESS_MAIN(tst_SqlProducerQueue)
#include "tst_sqlproducerqueue.moc"
