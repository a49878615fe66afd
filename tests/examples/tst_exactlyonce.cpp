// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <QProcess>
#include <QRandomGenerator>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <optional>

using namespace Qt::StringLiterals;

namespace {

constexpr int Transfers = 2'000;
constexpr int KillsOfEach = 20;
constexpr int PatienceMs = 60'000; // a loaded machine and sanitizers included
constexpr qint64 CentsInTheBank = 1'000'000;

} // namespace

/*! \brief The bank of examples/exactly-once, while its processes are killed. */
class tst_ExactlyOnce : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nobodyIsKilled();
    void eitherIsKilledAtRandom();
    void waitsForAnotherWriter();
    void wrongArguments();

private:
    /*! One of the two, which is started again after each kill. */
    struct Process
    {
        QStringList arguments;
        std::unique_ptr<QProcess> process{};
        int kills = 0;

        void start()
        {
            process = std::make_unique<QProcess>();
            process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
            process->start(QStringLiteral(EXACTLY_ONCE), arguments);
            process->waitForStarted();
        }

        [[nodiscard]] bool killAndRestart()
        {
            process->kill(); // SIGKILL
            const bool wasKilled =
                process->waitForFinished() && process->exitStatus() == QProcess::CrashExit;
            ++kills;
            start();
            return wasKilled;
        }
    };

    void startBoth();
    [[nodiscard]] qint64 number(const QString &statement);
    [[nodiscard]] qint64 booked() { return number(u"SELECT count(*) FROM transfer"_s); }
    void checkBooks();

    std::optional<QTemporaryDir> m_directory;
    Process m_producer;
    Process m_consumer;
};

void tst_ExactlyOnce::startBoth()
{
    m_directory.emplace();
    const QString url = u"local:"_s + m_directory->filePath(u"socket"_s);
    m_consumer = {.arguments = {u"consume"_s, m_directory->path(), url}};
    m_producer = {
        .arguments = {u"produce"_s, m_directory->path(), url, QString::number(Transfers)}};
    m_consumer.start();
    m_producer.start();
}

/*! The answer of the bank's database; 0 as long as there is none. */
qint64 tst_ExactlyOnce::number(const QString &statement)
{
    const QString file = m_directory->filePath(u"bank.db"_s);
    qint64 answer = 0;
    if (!QFile::exists(file))
        return answer;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"test"_s);
        database.setDatabaseName(file);
        if (database.open()) {
            QSqlQuery query(database);
            if (query.exec(statement) && query.next())
                answer = query.value(0).toLongLong();
        }
    }
    QSqlDatabase::removeDatabase(u"test"_s);
    return answer;
}

void tst_ExactlyOnce::checkBooks()
{
    QVERIFY(m_producer.process->waitForFinished(PatienceMs));
    QCOMPARE(m_producer.process->exitStatus(), QProcess::NormalExit);
    QCOMPARE(m_producer.process->exitCode(), 0);
    QCOMPARE(m_consumer.process->state(), QProcess::Running);
    m_consumer.process->kill();
    QVERIFY(m_consumer.process->waitForFinished());

    QCOMPARE(booked(), Transfers);
    QCOMPARE(number(u"SELECT count(DISTINCT id) FROM transfer"_s), Transfers);
    QCOMPARE(number(u"SELECT min(id) FROM transfer"_s), 1);
    QCOMPARE(number(u"SELECT max(id) FROM transfer"_s), Transfers);
    QCOMPARE(number(u"SELECT sum(cents) FROM account"_s), CentsInTheBank);
    qint64 first = 100'000; // of account 0, as the producer orders
    for (int id = 1; id <= Transfers; ++id)
        first += (id / 3 % 10 == 0 ? id % 97 : 0) - (id % 10 == 0 ? id % 97 : 0);
    QCOMPARE(number(u"SELECT cents FROM account WHERE id = 0"_s), first);

    Process check{.arguments = {u"check"_s, m_directory->path()}};
    check.start();
    QVERIFY(check.process->waitForFinished(PatienceMs));
    QCOMPARE(
        check.process->readAllStandardOutput(),
        QByteArray("10 accounts, 1000000 cents\n2000 transfers booked, 2000 different ones\n"));
}

void tst_ExactlyOnce::nobodyIsKilled()
{
    startBoth();
    checkBooks();
}

void tst_ExactlyOnce::eitherIsKilledAtRandom()
{
    const quint32 seed = qEnvironmentVariableIsSet("QTDELIVERY_TEST_SEED")
        ? quint32(qEnvironmentVariableIntValue("QTDELIVERY_TEST_SEED"))
        : QRandomGenerator::global()->generate();
    QRandomGenerator random(seed);
    const auto context = [&] {
        return u"seed %1, booked %2, killed: producer %3, consumer %4"_s.arg(seed)
            .arg(booked())
            .arg(m_producer.kills)
            .arg(m_consumer.kills);
    };

    startBoth();
    // Spread over all the transfers; at the last ones everything must still be alive to be killed.
    constexpr int kills = 2 * KillsOfEach;
    for (int kill = 0; kill < kills; ++kill) {
        const int earliest = kill * Transfers / (kills + 2);
        const qint64 moment = earliest + random.bounded(Transfers / (kills + 2));
        QVERIFY2(QTest::qWaitFor([&] { return booked() >= moment; }, PatienceMs),
                 qPrintable(context()));
        // Neither prints anything: a wait for a moment that no message decides.
        m_consumer.process->waitForReadyRead(random.bounded(1, 15));
        const bool producerLeft = m_producer.kills < KillsOfEach;
        const bool consumerLeft = m_consumer.kills < KillsOfEach;
        const bool isProducer = producerLeft && (!consumerLeft || random.bounded(2) == 0);
        QVERIFY2((isProducer ? m_producer : m_consumer).killAndRestart(), qPrintable(context()));
    }
    const QString killed = context();
    checkBooks();
    if (QTest::currentTestFailed())
        qInfo("%s", qPrintable(killed));
}

/*! Whoever repairs the log of a killed bank, this test's queries among them, holds the write lock
   for a moment: a bank that is started just then waits for it. */
void tst_ExactlyOnce::waitsForAnotherWriter()
{
    startBoth();
    QVERIFY(QTest::qWaitFor([&] { return booked() >= 1; }, PatienceMs));
    m_consumer.process->kill();
    QVERIFY(m_consumer.process->waitForFinished());
    const QString name = u"writer"_s;
    {
        QSqlDatabase writer = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
        writer.setDatabaseName(m_directory->filePath(u"bank.db"_s));
        QVERIFY2(writer.open(), qPrintable(writer.lastError().text()));
        QSqlQuery lock(writer);
        QVERIFY2(lock.exec(u"BEGIN IMMEDIATE"_s), qPrintable(lock.lastError().text()));
        m_consumer.start();
        // It would have given up long before.
        QVERIFY(!m_consumer.process->waitForFinished(1'000));
        QVERIFY2(lock.exec(u"ROLLBACK"_s), qPrintable(lock.lastError().text()));
    }
    QSqlDatabase::removeDatabase(name);
    checkBooks();
}

void tst_ExactlyOnce::wrongArguments()
{
    Process process{.arguments = {u"produce"_s}};
    process.start();
    QVERIFY(process.process->waitForFinished(PatienceMs));
    QCOMPARE(process.process->exitCode(), 1);
}

QTEST_GUILESS_MAIN(tst_ExactlyOnce)
#include "tst_exactlyonce.moc"
