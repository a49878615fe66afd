// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "cliprocess.h"

#include <QElapsedTimer>
#include <QFile>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTcpServer>
#include <QTest>

#include <csignal>
#include <memory>

namespace {

const QString Flow = QStringLiteral("orders");

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
    void sameCommandAfterTheEnd();
    void appendedInput();
    void changedInput_data();
    void changedInput();
    void storedWithoutAnybodyThere();
    void outFileIsCut();
    void outFileIsTooShort();
    void secondOwner();
    void usage_data();
    void usage();

private:
    [[nodiscard]] QString path(const char *name) const
    {
        return m_directory->filePath(QLatin1String(name));
    }
    [[nodiscard]] QStringList sendArguments(const QString &input) const
    {
        return {QStringLiteral("send"),
                QStringLiteral("--flow"),
                Flow,
                QStringLiteral("--listen"),
                m_address,
                QStringLiteral("--durable"),
                path("queue"),
                input};
    }
    [[nodiscard]] QStringList receiveArguments(const QStringList &more) const
    {
        return QStringList{QStringLiteral("receive"),
                           QStringLiteral("--flow"),
                           Flow,
                           QStringLiteral("--connect"),
                           m_address,
                           QStringLiteral("--progress"),
                           path("progress"),
                           QStringLiteral("--out"),
                           path("out.txt")}
        + more;
    }

    std::unique_ptr<QTemporaryDir> m_directory; // of one function
    QString m_address;
};

void TestDurableProcesses::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
    QTcpServer server; // finds a port that is free
    QVERIFY(server.listen(QHostAddress::LocalHost));
    m_address = QStringLiteral("tcp://127.0.0.1:%1").arg(server.serverPort());
}

void TestDurableProcesses::bothKilled_data()
{
    QTest::addColumn<int>("lines");
    QTest::addColumn<int>("kills");
    QTest::addColumn<bool>("sender");
    QTest::addColumn<bool>("receiver");
    QTest::newRow("sender") << 50'000 << 60 << true << false;
    QTest::newRow("receiver") << 50'000 << 60 << false << true;
    QTest::newRow("both") << 50'000 << 80 << true << true;
}

/*! With progress the output is the input, whoever was killed when. */
void TestDurableProcesses::bothKilled()
{
    QFETCH(int, lines);
    QFETCH(int, kills);
    QFETCH(bool, sender);
    QFETCH(bool, receiver);
    const QString input = path("input.txt");
    QVERIFY(writeFile(input, numberedLines("order", 1, lines)));
    // Slow enough that the last kill comes before the last line.
    const QStringList send =
        sendArguments(input) + QStringList{QStringLiteral("--limit-rate"), QStringLiteral("60K")};
    const QStringList receive =
        receiveArguments({QStringLiteral("--idle-exit"), QStringLiteral("5")});
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
