// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "cliprocess.h"
#include "privatecluster.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QSqlDatabase>
#include <QTcpServer>
#include <QTest>
#include <QUrl>

#include <csignal>
#include <memory>

using QtDelivery::Test::PrivateCluster;

namespace {

const QString Flow = QStringLiteral("orders");

enum class Engine { Files, Sqlite, Postgresql };

QByteArray contentOf(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool writeFile(const QString &name, const QByteArray &content)
{
    QFile file(name);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

/*! Lets time pass for processes; what they do meanwhile is what is tested. */
void letRun(int milliseconds)
{
    QElapsedTimer clock;
    clock.start();
    (void)QTest::qWaitFor([&] { return clock.elapsed() >= milliseconds; }, milliseconds + 1000);
}

} // namespace

/*! `send --durable` and `receive --progress`, killed at any moment and started again. */
class TestDurableProcesses : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void bothKilled_data();
    void bothKilled();
    void settingsKilled();
    void sameCommandAfterTheEnd();
    void appendedInput();
    void changedInput_data();
    void changedInput();
    void storedWithoutAnybodyThere();
    void outFileIsSyncedFirst();
    void outFileIsCut();
    void outFileIsTooShort();
    void secondOwner();
    void journal();
    void usage_data();
    void usage();

private:
    [[nodiscard]] QString path(const char *name) const
    {
        return m_directory->filePath(QLatin1String(name));
    }
    /*! The option for the engine of this function, with its place. */
    [[nodiscard]] QStringList durable(const char *option, const char *name) const
    {
        if (m_engine == Engine::Files)
            return {QLatin1String(option), path(name)};
        return {QStringLiteral("--durable-sql"),
                m_engine == Engine::Sqlite ? QStringLiteral("sqlite:") + path(name) : m_database};
    }
    /*! Makes \a engine that of this function; why that is impossible, if it is. */
    [[nodiscard]] QString choose(Engine engine);
    [[nodiscard]] QStringList sendArguments(const QString &input) const
    {
        return QStringList{QStringLiteral("send"), QStringLiteral("--flow"), Flow,
                           QStringLiteral("--listen"), m_address}
        + durable("--durable", "queue") + QStringList{input};
    }
    [[nodiscard]] QStringList receiveArguments(const QStringList &more) const
    {
        return QStringList{QStringLiteral("receive"), QStringLiteral("--flow"), Flow,
                           QStringLiteral("--connect"), m_address}
        + durable("--progress", "progress") + QStringList{QStringLiteral("--out"), path("out.txt")}
        + more;
    }

    Engine m_engine = Engine::Files;
    QString m_database; // of the function: both sides share it
    std::unique_ptr<PrivateCluster> m_cluster; // started by the first function that needs it
    std::unique_ptr<QTemporaryDir> m_directory; // of one function
    QString m_address;
};

void TestDurableProcesses::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_engine = Engine::Files;
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
    QTcpServer server; // finds a port that is free
    QVERIFY(server.listen(QHostAddress::LocalHost));
    m_address = QStringLiteral("tcp://127.0.0.1:%1").arg(server.serverPort());
}

QString TestDurableProcesses::choose(Engine engine)
{
    m_engine = engine;
    if (engine == Engine::Sqlite && !QSqlDatabase::isDriverAvailable(QStringLiteral("QSQLITE")))
        return QStringLiteral("Qt's driver for SQLite is not installed (libqt6sql6-sqlite)");
    if (engine != Engine::Postgresql)
        return {};
    if (const QString obstacle = PrivateCluster::obstacle(); !obstacle.isEmpty())
        return obstacle;
    if (!m_cluster) {
        m_cluster = std::make_unique<PrivateCluster>();
        if (!m_cluster->start())
            qFatal("The private server does not start.");
    }
    const QtDelivery::SqlConnection database = m_cluster->newDatabase();
    m_database = QStringLiteral("postgresql:///%1?host=%2&user=%3&%4")
                     .arg(database.databaseName, database.hostName, database.userName,
                          database.options.section(u'=', 0, 0) + u'='
                              + QString::fromLatin1(
                                  QUrl::toPercentEncoding(database.options.section(u'=', 1))));
    return {};
}

void TestDurableProcesses::bothKilled_data()
{
    QTest::addColumn<int>("lines");
    QTest::addColumn<int>("kills");
    QTest::addColumn<bool>("sender");
    QTest::addColumn<bool>("receiver");
    QTest::addColumn<Engine>("engine");
    QTest::newRow("sender") << 50'000 << 60 << true << false << Engine::Files;
    QTest::newRow("receiver") << 50'000 << 60 << false << true << Engine::Files;
    QTest::newRow("both") << 50'000 << 80 << true << true << Engine::Files;
    QTest::newRow("both, SQLite") << 50'000 << 80 << true << true << Engine::Sqlite;
    QTest::newRow("both, PostgreSQL") << 20'000 << 40 << true << true << Engine::Postgresql;
}

/*! With progress the output is the input, whoever was killed when. */
void TestDurableProcesses::bothKilled()
{
    QFETCH(int, lines);
    QFETCH(int, kills);
    QFETCH(bool, sender);
    QFETCH(bool, receiver);
    QFETCH(Engine, engine);
    if (const QString obstacle = choose(engine); !obstacle.isEmpty())
        QSKIP(qPrintable(obstacle));
    const QString input = path("input.txt");
    QVERIFY(writeFile(input, numberedLines("order", 1, lines)));
    // Slow enough that the last kill comes before the last line.
    const QStringList send =
        sendArguments(input) + QStringList{QStringLiteral("--limit-rate"), QStringLiteral("60K")};
    const QStringList receive =
        receiveArguments({QStringLiteral("--idle-exit"), QStringLiteral("60")});
    auto sending = std::make_unique<CliProcess>(send);
    auto receiving = std::make_unique<CliProcess>(receive);
    QRandomGenerator random(20260101);
    for (int kill = 0; kill < kills; ++kill) {
        letRun(random.bounded(150));
        const bool killsSender = sender && (!receiver || random.bounded(2) == 0);
        std::unique_ptr<CliProcess> &victim = killsSender ? sending : receiving;
        victim->sendSignal(SIGKILL);
        QCOMPARE(victim->exitCode(), -1);
        QVERIFY2(victim->complaints().isEmpty() || !victim->complaints().contains("damage"),
                 victim->complaints().constData());
        victim = std::make_unique<CliProcess>(killsSender ? send : receive);
    }
    // Without the brake the rest goes fast.
    sending->sendSignal(SIGKILL);
    QCOMPARE(sending->exitCode(), -1);
    sending = std::make_unique<CliProcess>(sendArguments(input));
    QCOMPARE(sending->exitCode(), 0);
    receiving->sendSignal(SIGINT);
    QCOMPARE(receiving->exitCode(), 130);
    const QByteArray expected = contentOf(input);
    const QByteArray written = contentOf(path("out.txt"));
    QCOMPARE(written.size(), expected.size());
    QVERIFY(written == expected);
}

/*! The engines for small state have no option of the program: settingsflow.cpp is theirs. */
void TestDurableProcesses::settingsKilled()
{
    constexpr int Lines = 1500;
    constexpr int Kills = 40;
    const auto run = [](const QStringList &arguments) {
        auto process = std::make_unique<QProcess>();
        process->setProcessEnvironment(CliProcess::environment());
        process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process->start(QStringLiteral(SETTINGS_FLOW), arguments);
        return process;
    };
    const QStringList send{QStringLiteral("send"), m_address, path("queue.ini"),
                           QString::number(Lines)};
    const QStringList slowly = send + QStringList{QStringLiteral("10")};
    const QStringList receive{QStringLiteral("receive"), m_address, path("progress.ini"),
                              path("out.txt")};
    auto sending = run(slowly);
    auto receiving = run(receive);
    QRandomGenerator random(20260102);
    for (int kill = 0; kill < Kills; ++kill) {
        letRun(random.bounded(150));
        const bool killsSender = random.bounded(2) == 0;
        std::unique_ptr<QProcess> &victim = killsSender ? sending : receiving;
        QCOMPARE(victim->state(), QProcess::Running);
        victim->kill();
        QVERIFY(victim->waitForFinished());
        QCOMPARE(victim->exitStatus(), QProcess::CrashExit);
        victim = run(killsSender ? slowly : receive);
    }
    sending->kill();
    QVERIFY(sending->waitForFinished());
    const qsizetype before = contentOf(path("out.txt")).count('\n');
    QVERIFY2(before > 0 && before < Lines, qPrintable(QString::number(before)));
    sending = run(send);
    QVERIFY(sending->waitForFinished(60'000));
    QCOMPARE(sending->exitStatus(), QProcess::NormalExit);
    QCOMPARE(sending->exitCode(), 0);
    receiving->kill();
    QVERIFY(receiving->waitForFinished());
    QByteArray expected;
    for (int i = 1; i <= Lines; ++i)
        expected += "order " + QByteArray::number(i) + '\n';
    QVERIFY(contentOf(path("out.txt")) == expected);
}

void TestDurableProcesses::sameCommandAfterTheEnd()
{
    const QString input = path("input.txt");
    QVERIFY(writeFile(input, numberedLines("order", 1, 100)));
    CliProcess receiver(receiveArguments({}));
    CliProcess first(sendArguments(input));
    QCOMPARE(first.exitCode(), 0);
    CliProcess again(sendArguments(input)
                     + QStringList{QStringLiteral("--json")}); // everything is confirmed already
    QCOMPARE(again.exitCode(), 0);
    QVERIFY(again.output().contains("\"messages\":0"));
    receiver.sendSignal(SIGINT);
    QCOMPARE(receiver.exitCode(), 130);
    QVERIFY(contentOf(path("out.txt")) == contentOf(input));
}

void TestDurableProcesses::appendedInput()
{
    const QString input = path("input.txt");
    CliProcess receiver(receiveArguments({}));
    for (const int lines : {10, 25}) {
        QVERIFY(writeFile(input, numberedLines("order", 1, lines)));
        CliProcess sender(sendArguments(input));
        QCOMPARE(sender.exitCode(), 0);
    }
    receiver.sendSignal(SIGINT);
    QCOMPARE(receiver.exitCode(), 130);
    QVERIFY(contentOf(path("out.txt")) == numberedLines("order", 1, 25));
}

void TestDurableProcesses::changedInput_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("complaint");
    QTest::newRow("shorter") << numberedLines("order", 1, 5) << QByteArray("shorter");
    QTest::newRow("other") << numberedLines("other", 1, 10) << QByteArray("not what was sent");
}

void TestDurableProcesses::changedInput()
{
    QFETCH(QByteArray, content);
    QFETCH(QByteArray, complaint);
    const QString input = path("input.txt");
    QVERIFY(writeFile(input, numberedLines("order", 1, 10)));
    CliProcess receiver(receiveArguments({}));
    CliProcess first(sendArguments(input));
    QCOMPARE(first.exitCode(), 0);
    QVERIFY(writeFile(input, content));
    CliProcess second(sendArguments(input));
    QCOMPARE(second.exitCode(), 1);
    QVERIFY2(second.complaints().contains(complaint), second.complaints().constData());
}

void TestDurableProcesses::storedWithoutAnybodyThere()
{
    const QString input = path("input.txt");
    QVERIFY(writeFile(input, numberedLines("order", 1, 10)));
    {
        CliProcess receiver(receiveArguments({}));
        CliProcess sender(sendArguments(input)
                          + QStringList{QStringLiteral("--limit-rate"), QStringLiteral("20")});
        QTRY_VERIFY_WITH_TIMEOUT(contentOf(path("out.txt")).count('\n') >= 2, 20'000);
        receiver.sendSignal(SIGKILL);
        QCOMPARE(receiver.exitCode(), -1);
        sender.sendSignal(SIGINT);
        QCOMPARE(sender.exitCode(), 130);
    }
    CliProcess sender(sendArguments(input));
    CliProcess receiver(receiveArguments({}));
    QCOMPARE(sender.exitCode(), 0);
    receiver.sendSignal(SIGINT);
    QCOMPARE(receiver.exitCode(), 130);
    QVERIFY(contentOf(path("out.txt")) == contentOf(input));
}

/*! A record of lines that are not on the disk would lose them with the power. */
void TestDurableProcesses::outFileIsSyncedFirst()
{
#ifdef SYNC_LOG
    constexpr int Lines = 5000;
    const QString input = path("input.txt");
    QVERIFY(writeFile(input, numberedLines("order", 1, Lines)));
    QStringList arguments = receiveArguments({});
    for (QString &argument : arguments)
        argument = u'\'' + argument + u'\'';
    const auto receiver =
        CliProcess::shell(QStringLiteral("LD_PRELOAD='%1' SYNC_LOG='%2' exec \"$0\" ")
                              .arg(QStringLiteral(SYNC_LOG), path("syncs"))
                          + arguments.join(u' '));
    CliProcess sender(sendArguments(input));
    QCOMPARE(sender.exitCode(), 0);
    receiver->sendSignal(SIGINT);
    QCOMPARE(receiver->exitCode(), 130);
    int records = 0;
    int outputs = 0;
    for (const QByteArray &file : contentOf(path("syncs")).trimmed().split('\n')) {
        if (file.endsWith("/out.txt")) {
            ++outputs;
        } else if (file.endsWith(".progress")) { // not while it is made, under another name
            ++records;
            QVERIFY2(outputs >= records, file.constData());
        }
    }
    QVERIFY(records > 0);
    QVERIFY2(records < Lines, qPrintable(QString::number(records))); // not one a line
#else
    QSKIP("a sanitizer does not let syncs be watched");
#endif
}

/*! What was written and not recorded is cut off. */
void TestDurableProcesses::outFileIsCut()
{
    const QString input = path("input.txt");
    QVERIFY(writeFile(input, numberedLines("order", 1, 10)));
    {
        CliProcess receiver(receiveArguments({}));
        CliProcess sender(sendArguments(input));
        QCOMPARE(sender.exitCode(), 0);
        receiver.sendSignal(SIGINT);
        QCOMPARE(receiver.exitCode(), 130);
    }
    QFile out(path("out.txt"));
    QVERIFY(out.open(QIODevice::Append));
    QCOMPARE(out.write("half a li"), 9);
    out.close();
    QVERIFY(writeFile(input, numberedLines("order", 1, 20)));
    CliProcess receiver(receiveArguments({}));
    CliProcess sender(sendArguments(input));
    QCOMPARE(sender.exitCode(), 0);
    receiver.sendSignal(SIGINT);
    QCOMPARE(receiver.exitCode(), 130);
    QVERIFY(contentOf(path("out.txt")) == contentOf(input));
}

void TestDurableProcesses::outFileIsTooShort()
{
    const QString input = path("input.txt");
    QVERIFY(writeFile(input, numberedLines("order", 1, 10)));
    {
        CliProcess receiver(receiveArguments({}));
        CliProcess sender(sendArguments(input));
        QCOMPARE(sender.exitCode(), 0);
        receiver.sendSignal(SIGINT);
        QCOMPARE(receiver.exitCode(), 130);
    }
    QVERIFY(writeFile(path("out.txt"), "x"));
    CliProcess receiver(receiveArguments({}));
    QCOMPARE(receiver.exitCode(), 1);
    QVERIFY(receiver.complaints().contains("shorter"));
    QCOMPARE(contentOf(path("out.txt")), QByteArray("x"));
}

void TestDurableProcesses::secondOwner()
{
    CliProcess receiver(receiveArguments({}));
    CliProcess holder(sendArguments(QStringLiteral("-")), CliProcess::Input::Open);
    holder.write("a line\n");
    QTRY_COMPARE_WITH_TIMEOUT(contentOf(path("out.txt")), QByteArray("a line\n"), 20'000);
    const QString input = path("input.txt");
    QVERIFY(writeFile(input, numberedLines("order", 1, 10)));
    m_address = QStringLiteral("tcp://127.0.0.1:0");
    CliProcess second(sendArguments(input));
    QCOMPARE(second.exitCode(), 1);
    QVERIFY2(second.complaints().contains("in use"), second.complaints().constData());
    holder.closeInput();
    QCOMPARE(holder.exitCode(), 0); // undisturbed
}

void TestDurableProcesses::journal()
{
    const QString input = path("input.txt");
    QVERIFY(writeFile(input, numberedLines("order", 1, 10)));
    {
        CliProcess receiver(receiveArguments({}));
        CliProcess sender(sendArguments(input));
        QCOMPARE(sender.exitCode(), 0);
        receiver.sendSignal(SIGINT);
        QCOMPARE(receiver.exitCode(), 130);
    }
    const auto run = [this](const char *task) {
        return std::make_unique<CliProcess>(
            QStringList{QStringLiteral("journal"), QLatin1String(task), path("queue")});
    };
    const auto sound = run("verify");
    QCOMPARE(sound->exitCode(), 0);
    QVERIFY2(sound->output().contains("the next is number 11, unconfirmed are 0"),
             sound->output().constData());
    const auto dump = run("dump");
    QCOMPARE(dump->exitCode(), 0);
    QCOMPARE(dump->output().count("\tmessage\t"), 10);
    const QStringList files =
        QDir(path("queue")).entryList({QStringLiteral("*.journal")}, QDir::Files);
    QCOMPARE(files.size(), 1);
    QFile file(path("queue") + u'/' + files.first());
    QVERIFY(file.open(QIODevice::ReadWrite));
    QByteArray content = file.readAll();
    const qsizetype inside = content.indexOf("order 5 ");
    QVERIFY(inside > 0);
    content[inside] = 'O'; // in the middle of what was synced
    QVERIFY(file.seek(0));
    QCOMPARE(file.write(content), content.size());
    file.close();
    const auto damaged = run("verify");
    QCOMPARE(damaged->exitCode(), 1);
    QVERIFY2(damaged->complaints().contains(files.first().toUtf8()),
             damaged->complaints().constData());
    CliProcess sender(sendArguments(input)); // refuses, and changes nothing
    QCOMPARE(sender.exitCode(), 1);
    QVERIFY(sender.complaints().contains("damaged"));
    QVERIFY(contentOf(file.fileName()) == content);
    CliProcess unknown({QStringLiteral("journal"), QStringLiteral("mend"), path("queue")});
    QCOMPARE(unknown.exitCode(), 2);
}

void TestDurableProcesses::usage_data()
{
    QTest::addColumn<QStringList>("arguments");
    const QStringList receive{QStringLiteral("receive"), QStringLiteral("--connect"),
                              QStringLiteral("tcp://127.0.0.1:1"), QStringLiteral("--flow")};
    const QString progress = QStringLiteral("--progress");
    QTest::newRow("--out alone") << receive
            + QStringList{Flow, QStringLiteral("--out"), QStringLiteral("x")};
    QTest::newRow("--progress of all flows")
        << receive + QStringList{QStringLiteral("*"), progress, QStringLiteral("x")};
    QTest::newRow("--progress without a name") << receive + QStringList{Flow, progress, QString()};
    QTest::newRow("--durable without a name") << QStringList{QStringLiteral("send"),
                                                             QStringLiteral("--connect"),
                                                             QStringLiteral("tcp://127.0.0.1:1"),
                                                             QStringLiteral("--flow"),
                                                             Flow,
                                                             QStringLiteral("--durable"),
                                                             QString()};
}

void TestDurableProcesses::usage()
{
    QFETCH(QStringList, arguments);
    CliProcess process(arguments);
    QCOMPARE(process.exitCode(), 2);
    QVERIFY(!process.complaints().isEmpty());
}

QTEST_GUILESS_MAIN(TestDurableProcesses)
#include "tst_durableprocesses.moc"
