// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "cliprocess.h"

#include <QElapsedTimer>
#include <QFile>
#include <QRegularExpression>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <csignal>
#include <memory>

namespace {

using Arguments = QStringList;

QString writeFile(const QTemporaryDir &directory, const QString &name, const QByteArray &bytes)
{
    QFile file(directory.filePath(name));
    const bool written = file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
    return written ? file.fileName() : QString();
}

} // namespace

/*! How the program ends when something goes wrong, and when it is interrupted. */
class TestCliTrouble : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void brokenPipe();
    void closedOutput_data();
    void closedOutput();
    void replaced();
    void refusalsAreToldOnce();
    void endingsAreToldOnce();

    void interruptedReceiver_data();
    void interruptedReceiver();
    void interruptedWhileIdle_data();
    void interruptedWhileIdle();
    void interruptedSender();
    void secondInterruptEndsAtOnce();
};

// ---- what goes wrong

void TestCliTrouble::brokenPipe()
{
    const PortFile portFile;
    const QString flow = QStringLiteral("pipe");
    CliProcess sender(sendArguments(flow, portFile.listen()), CliProcess::Input::Open);
    OutputPipe pipe;
    CliProcess first(receiveArguments(flow, portFile.connect()), pipe.name());
    sender.write("one\n");
    QTRY_COMPARE(pipe.read(), QByteArray("one\n"));
    pipe.close();
    sender.write("two\nthree\n");
    QCOMPARE(first.exitCode(), 1);
    QCOMPARE(first.complaints(), QByteArray("Nobody reads standard output any more.\n"));
    // What could not be written was not confirmed.
    CliProcess second(receiveArguments(flow, portFile.connect()));
    sender.closeInput();
    QCOMPARE(sender.exitCode(), 0);
    QTRY_COMPARE(second.output(), QByteArray("two\nthree\n"));
}

void TestCliTrouble::closedOutput_data()
{
    QTest::addColumn<QString>("redirection");
    QTest::addColumn<QByteArray>("sentence");

    QTest::newRow("closed") << QStringLiteral(">&-")
                            << QByteArray("Standard output cannot be written: Bad file "
                                          "descriptor.\n");
    QTest::newRow("full") << QStringLiteral(">/dev/full")
                          << QByteArray("Standard output cannot be written: No space left on "
                                        "device.\n");
}

void TestCliTrouble::closedOutput()
{
    QFETCH(QString, redirection);
    QFETCH(QByteArray, sentence);
    const PortFile portFile;
    CliProcess sender(sendArguments(QStringLiteral("x"), portFile.listen()),
                      CliProcess::Input::Open);
    sender.write("one\n");
    // A closed descriptor 1 must not become the connection that lines are then written into.
    const auto receiver = CliProcess::shell(
        QStringLiteral("exec \"$0\" %1 <&- %2")
            .arg(receiveArguments(QStringLiteral("x"), portFile.connect()).join(u' '),
                 redirection));
    QCOMPARE(receiver->exitCode(), 1);
    QCOMPARE(receiver->complaints(), sentence);
    CliProcess second(receiveArguments(QStringLiteral("x"), portFile.connect()));
    QTRY_COMPARE(second.output(), QByteArray("one\n"));
}

void TestCliTrouble::replaced()
{
    const PortFile portFile;
    CliProcess sender(sendArguments(QStringLiteral("taken"), portFile.listen()),
                      CliProcess::Input::Open);
    sender.write("one\n");
    CliProcess first(receiveArguments(QStringLiteral("taken"), portFile.connect()));
    QTRY_COMPARE(first.output(), QByteArray("one\n"));
    CliProcess second(receiveArguments(QStringLiteral("taken"), portFile.connect()));
    QCOMPARE(first.exitCode(), 1);
    QCOMPARE(first.complaints(), QByteArray("Another receiver has taken the flow 'taken'.\n"));
    sender.write("two\n");
    QTRY_COMPARE(second.output(), QByteArray("two\n"));
}

void TestCliTrouble::refusalsAreToldOnce()
{
    // A port that nobody listens on, as far as that can be known.
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    const quint16 port = server.serverPort();
    server.close();
    CliProcess receiver(receiveArguments(
        QStringLiteral("x"),
        connectTo(port) + Arguments{QStringLiteral("--idle-exit"), QStringLiteral("1")}));
    const QByteArray sentence =
        "Nobody listens on tcp://127.0.0.1:" + QByteArray::number(port) + ". Trying again.\n";
    QTRY_COMPARE(receiver.complaints(), sentence);
    QCOMPARE(receiver.exitCode(), 0); // several attempts later
    QCOMPARE(receiver.complaints(), sentence);
}

void TestCliTrouble::endingsAreToldOnce()
{
    QTcpServer server; // which accepts and hangs up
    int connections = 0;
    connect(&server, &QTcpServer::newConnection, this, [&] {
        while (QTcpSocket *socket = server.nextPendingConnection()) {
            ++connections;
            socket->close();
            socket->deleteLater();
        }
    });
    QVERIFY(server.listen(QHostAddress::LocalHost));
    CliProcess receiver(receiveArguments(QStringLiteral("x"), connectTo(server.serverPort())));
    QTRY_VERIFY(connections >= 3);
    QCOMPARE(receiver.complaints().count('\n'), 1);
    QVERIFY2(receiver.complaints().endsWith(" Trying again.\n"), receiver.complaints().constData());
    // Another reason is told.
    server.close();
    QTRY_COMPARE(receiver.complaints().count('\n'), 2);
    QVERIFY(receiver.complaints().contains("Nobody listens on tcp://127.0.0.1:"));
}

// ---- signals

void TestCliTrouble::interruptedReceiver_data()
{
    QTest::addColumn<int>("signal");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("flow");

    QTest::newRow("SIGINT") << SIGINT << 130 << QStringLiteral("x");
    QTest::newRow("SIGTERM") << SIGTERM << 143 << QStringLiteral("x");
    QTest::newRow("SIGINT, all flows") << SIGINT << 130 << QStringLiteral("*");
}

void TestCliTrouble::interruptedReceiver()
{
    QFETCH(int, signal);
    QFETCH(int, exitCode);
    QFETCH(QString, flow);
    const PortFile portFile;
    const QTemporaryDir directory;
    const QByteArray text = numberedLines("n", 1, 20'000);
    CliProcess sender(sendArguments(
        QStringLiteral("x"),
        portFile.listen() + Arguments{writeFile(directory, QStringLiteral("text"), text)}));
    CliProcess first(
        receiveArguments(flow, portFile.connect() + Arguments{QStringLiteral("--json")}));
    // In the middle of it: nobody reads the pipe until the signal is sent.
    QVERIFY(first.process().waitForReadyRead());
    QElapsedTimer clock;
    clock.start();
    first.sendSignal(signal);
    QCOMPARE(first.exitCode(), exitCode);
    QVERIFY(clock.elapsed() < 4000); // in good order, and not because closeTimeout was over
    const auto json = summary(first.complaints());
    QVERIFY2(json, first.complaints().constData());
    QCOMPARE(json->value(u"messages"), QJsonValue(first.lines().size()));
    QVERIFY(first.lines().size() < 20'000);

    // Everything that was written is confirmed: the next one continues exactly there.
    CliProcess second(
        receiveArguments(flow,
                         portFile.connect()
                             + Arguments{QStringLiteral("--count"),
                                         QString::number(20'000 - first.lines().size())}));
    QCOMPARE(sender.exitCode(), 0);
    QCOMPARE(second.exitCode(), 0);
    QByteArray both = first.output() + second.output();
    if (flow == u"*")
        both.replace("x\tn", "n");
    QCOMPARE(both.size(), text.size());
    QVERIFY(both == text);
}

void TestCliTrouble::interruptedWhileIdle_data()
{
    QTest::addColumn<QStringList>("arguments");
    const auto words = [](const char *text) { return QString::fromLatin1(text).split(u' '); };
    QTest::newRow("listening receiver") << words("receive --flow x --listen tcp://127.0.0.1:0");
    QTest::newRow("all flows") << words("receive --flow * --listen tcp://127.0.0.1:0");
    QTest::newRow("connecting receiver") << words("receive --flow x --connect tcp://127.0.0.1:1");
    QTest::newRow("listening sender") << words("send --flow x --listen tcp://127.0.0.1:0");
    QTest::newRow("connecting sender") << words("send --flow x --connect tcp://127.0.0.1:1");
}

void TestCliTrouble::interruptedWhileIdle()
{
    QFETCH(QStringList, arguments);
    const PortFile portFile;
    const bool listens = arguments.contains(u"--listen");
    if (listens)
        arguments += {QStringLiteral("--port-file"), portFile.name()};
    CliProcess cli(arguments, CliProcess::Input::Open);
    if (listens)
        QVERIFY(portFile.port() > 0);
    else
        QTRY_VERIFY(cli.complaints().startsWith("Nobody listens on "));
    cli.sendSignal(SIGINT);
    QCOMPARE(cli.exitCode(), 130);
    QCOMPARE(cli.output(), QByteArray());
    QVERIFY(cli.complaints().isEmpty() || cli.complaints().count('\n') == 1);
}

void TestCliTrouble::interruptedSender()
{
    const PortFile portFile;
    OutputPipe pipe; // smaller than the second line, so the receiver cannot confirm that
    CliProcess sender(
        sendArguments(QStringLiteral("x"), portFile.listen() + Arguments{QStringLiteral("--json")}),
        CliProcess::Input::Open);
    CliProcess receiver(receiveArguments(QStringLiteral("x"), portFile.connect()), pipe.name());
    sender.write("first\n" + QByteArray(200'000, 'x') + '\n');
    QTRY_VERIFY(pipe.hasData());
    sender.sendSignal(SIGINT);
    QCOMPARE(sender.exitCode(), 130);
    // The confirmation of the first one may still be under way.
    const QRegularExpression sentence(
        QStringLiteral("^Interrupted; [01] of the 2 messages that were sent are confirmed\\.\n$"));
    QVERIFY2(sentence.match(QString::fromUtf8(sender.complaints())).hasMatch(),
             sender.complaints().constData());
    const auto json = summary(sender.output());
    QVERIFY(json);
    QCOMPARE(json->value(u"messages"), QJsonValue(2));
    QCOMPARE(json->value(u"bytes"), QJsonValue(200'005));
}

void TestCliTrouble::secondInterruptEndsAtOnce()
{
    const PortFile portFile;
    const OutputPipe pipe;
    CliProcess sender(sendArguments(QStringLiteral("x"), portFile.listen()),
                      CliProcess::Input::Open);
    CliProcess receiver(
        receiveArguments(QStringLiteral("x"),
                         portFile.connect() + Arguments{QStringLiteral("--verbose")}),
        pipe.name());
    sender.write(QByteArray(200'000, 'x') + '\n');
    QTRY_VERIFY(pipe.hasData());
    // The first one waits until the line is written, which shows that a reader who is slow does not
    // make the program deaf.
    receiver.sendSignal(SIGINT);
    QTRY_VERIFY(receiver.complaints().contains("interrupted, to exit with code 130"));
    QVERIFY(receiver.isRunning());
    receiver.sendSignal(SIGINT);
    QCOMPARE(receiver.exitCode(), 130);
}

QTEST_GUILESS_MAIN(TestCliTrouble)
#include "tst_clitrouble.moc"
