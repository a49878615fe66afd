// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "cliprocess.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QRegularExpression>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <csignal>

#include <fcntl.h>
#include <unistd.h>

namespace {

using Arguments = QStringList;

} // namespace

/*! The command line: every option, every exit code at once, what is told and what is not. */
class TestCli : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void help_data();
    void help();
    void usage_data();
    void usage();
    void failsAtOnce_data();
    void failsAtOnce();
    void portInUse();

    void portFile();
    void jsonKeys();
    void count();
    void countOfNone();
    void idleExit();
    void silentWithoutTerminal();
    void progressOnTerminal();
    void verbose();
};

// ---- the command line

void TestCli::help_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArrayList>("words");

    const auto row = [](const char *arguments, const QByteArrayList &words) {
        QTest::newRow(arguments) << QString::fromLatin1(arguments).split(u' ') << words;
    };
    const QByteArrayList both{"--flow", "--listen", "--connect", "--port-file", "--verbose",
                              "NAME",   "URL",      "--help",    "--version",   "standard error"};
    row("--help", {"qtdelivery send", "qtdelivery receive", "130", "143", "--version"});
    row("-h", {"qtdelivery send"});
    row("send --help", both + QByteArrayList{"--limit-rate", "BYTES[K|M|G]", "FILE"});
    row("receive --help",
        both + QByteArrayList{"--count", "--idle-exit", "'*'", "'receive' on\n", "tab"});
    row("receive -h", both);
    const QByteArrayList version{"qtdelivery " QTDELIVERY_VERSION "\n"};
    row("--version", version);
    row("-v", version);
    row("send --version", version);
    row("receive --version", version);
}

void TestCli::help()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArrayList, words);
    CliProcess cli(arguments);
    QCOMPARE(cli.exitCode(), 0);
    QCOMPARE(cli.complaints(), QByteArray());
    for (const QByteArray &word : std::as_const(words)) {
        if (word.contains('\n')) // wrapped text
            continue;
        QVERIFY2(cli.output().contains(word), (word + " in " + cli.output()).constData());
    }
    if (words.size() == 1 && words.first().endsWith('\n'))
        QCOMPARE(cli.output(), words.first());
}

void TestCli::usage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("sentence");
    QTest::addColumn<QByteArray>("command"); // whose help is recommended

    const auto row = [](const QStringList &arguments, const QByteArray &sentence) {
        const QString first = arguments.value(0);
        const bool command = first == u"send" || first == u"receive";
        QTest::newRow(qUtf8Printable(arguments.join(u' ').left(60) + u'|'))
            << arguments << sentence << (command ? first.toUtf8() + ' ' : QByteArray());
    };
    const auto words = [](const char *text) { return QString::fromLatin1(text).split(u' '); };

    row({},
        "Say what to do: 'send', 'receive', 'journal', 'metrics', 'top', 'credentials' or "
        "'doctor'.");
    row(words("forward"), "Unknown command 'forward'.");
    row(words("--flow x"), "Unknown option '--flow'.");
    row(words("send"), "--flow is missing.");
    row(words("receive --connect tcp://127.0.0.1:1"), "--flow is missing.");
    row(words("send --flow"), "Missing value after '--flow'.");
    row(words("send --colour red --flow x"), "Unknown option 'colour'.");
    row(words("send --flow x --flow y --connect local:z"), "--flow can be given only once.");
    row({QStringLiteral("send"), QStringLiteral("--flow="), QStringLiteral("--connect=local:z")},
        "The name of a flow has 1 to 255 bytes and no control characters.");
    row({QStringLiteral("send"), QStringLiteral("--flow=a\tb"),
         QStringLiteral("--connect=local:z")},
        "The name of a flow has 1 to 255 bytes and no control characters.");
    row({QStringLiteral("send"), QStringLiteral("--flow"), QString(128, u'ä'),
         QStringLiteral("--connect=local:z")},
        "The name of a flow has 1 to 255 bytes and no control characters.");
    const QByteArray one("Exactly one --listen or --connect is needed.");
    row(words("send --flow x"), one);
    row(words("receive --flow x"), one);
    row(words("send --flow x --listen local:a --connect local:b"), one);
    row(words("receive --flow x --listen local:a --listen local:b"), one);
    row(words("send --flow * --connect local:z"), "A flow that is sent cannot be named '*'.");
    row(words("send --flow x --connect local:z --limit-rate 1T"),
        "--limit-rate needs a number of bytes, such as 500, 100K or 2M, not '1T'.");
    row(words("send --flow x --connect local:z --count 1"), "Unknown option 'count'.");
    row(words("receive --flow x --connect local:z --limit-rate 1K"),
        "Unknown option 'limit-rate'.");
    row(words("receive --flow x --connect local:z --count -1"),
        "--count needs a number of messages, not '-1'.");
    row(words("receive --flow x --connect local:z --idle-exit soon"),
        "--idle-exit needs a number of seconds, such as 2 or 0.5, not 'soon'.");
    row(words("receive --flow x --connect local:z --count 1 --idle-exit 1"),
        "Only one of --count and --idle-exit can be given.");
    row(words("receive --flow x --connect local:z file"), "'receive' takes no file: 'file'.");
    row(words("receive --flow x --connect tcp://127.0.0.1:1 --port-file f"),
        "--port-file needs --listen with a tcp: or tls: address.");
    row(words("send --flow x --listen local:z --port-file f"),
        "--port-file needs --listen with a tcp: or tls: address.");
    row(words("send --flow x --connect tls://a:1 --tls-cert f"),
        "--tls-cert and --tls-key belong together.");
    row(words("send --flow x --connect tls://a:1 --pin abc"),
        "--pin needs 64 hexadecimal digits, not 'abc'.");
    const QString almost = QString(63, u'a') + u'x';
    row(words("send --flow x --connect tls://a:1 --pin") + QStringList{almost},
        "--pin needs 64 hexadecimal digits, not '" + almost.toLatin1() + "'.");
    row(words("send --flow x --connect local:z --monitor-listen tls://127.0.0.1:0"),
        "--monitor-listen and --monitor-token-from belong together.");
    row(words("send --flow x --connect local:z --monitor-token-from env:T"),
        "--monitor-listen and --monitor-token-from belong together.");
    row(words("send --flow x --connect local:z --monitor-listen tls://127.0.0.1:0 "
              "--monitor-token-from env:T"),
        "--monitor-listen needs a tls: address, and --tls-cert and --tls-key.");
    row(words("receive --flow x --connect local:z --monitor-listen tcp://127.0.0.1:0 "
              "--monitor-token-from env:T --tls-cert f --tls-key f"),
        "--monitor-listen needs a tls: address, and --tls-cert and --tls-key.");
    row(words("receive --flow x --connect local:z --monitor-listen tls://127.0.0.1:0 "
              "--monitor-token-from tHe-sEcReT --tls-cert f --tls-key f"),
        "--monitor-token-from needs keychain:NAME, file:PATH or env:NAME.");
    for (const char *text : {"tHe-sEcReT", "keychain:"}) // and does not say what it got
        row(words("send --flow x --connect tls://a:1 --secret-from")
                + QStringList(QString::fromLatin1(text)),
            "--secret-from needs keychain:NAME, file:PATH or env:NAME.");
    for (const char *text :
         {"send --flow x --connect tls://a:1 --tls-key-passphrase-from file:p",
          "send --flow x --tls-cert f --tls-key f --connect tls://a:1 --tls-key-passphrase-from p"})
        row(words(text),
            "--tls-key-passphrase-from needs --tls-key, and keychain:NAME, file:PATH or env:NAME.");
    row(words("send --flow x --connect local:z --storage-key-from env:K"),
        "--storage-key-from needs --durable.");
    const QByteArray receives(
        "--storage-key-from needs --progress or --into, without --durable-sql.");
    row(words("receive --flow x --connect local:z --storage-key-from env:K"), receives);
    row(words("receive --flow x --connect local:z --storage-key-from env:K --into d --durable-sql "
              "sqlite:/f"),
        receives);
    row(words("send --flow x --listen tcp://127.0.0.1:0 --port-file="),
        "--port-file needs the name of a file.");
}

void TestCli::usage()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, sentence);
    QFETCH(QByteArray, command);
    CliProcess cli(arguments);
    QCOMPARE(cli.exitCode(), 2);
    QCOMPARE(cli.complaints(), sentence + "\nTry 'qtdelivery " + command + "--help'.\n");
    QCOMPARE(cli.output(), QByteArray());
}

void TestCli::failsAtOnce_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("sentence");

    const auto words = [](const char *text) { return QString::fromLatin1(text).split(u' '); };
    QTest::newRow("bad URL") << words("receive --flow x --connect tcp://[x")
                             << QByteArray("'tcp://[x' is not an address; write tcp://host:port "
                                           "or local:name.");
    QTest::newRow("no URL") << words("send --flow x --connect garbage")
                            << QByteArray("garbage is not an address for this library: write "
                                          "tcp://host:port, tls://host:port or local:name.");
    QTest::newRow("other scheme")
        << words("send --flow x --connect http://127.0.0.1:80")
        << QByteArray("http://127.0.0.1:80 is not an address for this library: write "
                      "tcp://host:port, tls://host:port or local:name.");
    QTest::newRow("no port") << words("send --flow x --connect tcp://127.0.0.1")
                             << QByteArray("tcp://127.0.0.1 is not a TCP address: write "
                                           "tcp://host:port.");
    QTest::newRow("not of this machine")
        << words("receive --flow x --listen tcp://elsewhere:0")
        << QByteArray("tcp://elsewhere:0 names no address of this machine: give its number, such "
                      "as 127.0.0.1 or 0.0.0.0.");
    QTest::newRow("unknown host") << words("receive --flow x --connect tls://nosuch.invalid:4711")
                                  << QByteArray(
                                         "The host of tls://nosuch.invalid:4711 is unknown.");
    QTest::newRow("plain text")
        << words("send --flow x --connect tcp://192.0.2.7:4711")
        << QByteArray("tcp://192.0.2.7:4711 leads beyond this machine without encryption: use "
                      "tls:// instead, or set allowPlainText if you trust everybody on the way.");
    QTest::newRow("for whom")
        << words("receive --flow x --listen tls://0.0.0.0:0")
        << QByteArray("Nobody on another machine could be let in: say whom with --tls-ca, --pin or "
                      "--secret-from, or give --allow-anyone.");
    QTest::newRow("no secret in the file")
        << words("receive --flow x --listen local:z --secret-from file:/nosuch/file")
        << QByteArray("The secret in /nosuch/file cannot be read: No such file or directory.");
    QTest::newRow("empty secret")
        << words("receive --flow x --listen local:z --secret-from file:/dev/null")
        << QByteArray("There is no secret in /dev/null: the file is empty.");
    QTest::newRow("short secret")
        << words("receive --flow x --listen local:z --secret-from file:/proc/self/comm")
        << QByteArray("The shared secret shared is too short: take at least 16 random bytes.");
    QTest::newRow("no secret in the variable")
        << words("receive --flow x --listen local:z --secret-from env:QTDELIVERY_NO_SUCH_VARIABLE")
        << QByteArray("There is no secret in the environment variable "
                      "QTDELIVERY_NO_SUCH_VARIABLE.");
    QTest::newRow("missing file")
        << words("send --flow x --connect local:z /nosuch/file")
        << QByteArray("'/nosuch/file' cannot be read: No such file or directory.");
    QTest::newRow("missing second file")
        << words("send --flow x --connect local:z /dev/null /nosuch/file")
        << QByteArray("'/nosuch/file' cannot be read: No such file or directory.");
    QTest::newRow("directory") << words("send --flow x --connect local:z /")
                               << QByteArray("'/' is a directory.");
    QTest::newRow("port file in no directory")
        << words("receive --flow x --listen tcp://127.0.0.1:0 --port-file /nosuch/port")
        << QByteArray("'/nosuch/port' cannot be written: No such file or directory.");
}

void TestCli::failsAtOnce()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, sentence);
    // Open, because an empty input would be a success at once.
    CliProcess cli(arguments, CliProcess::Input::Open);
    QCOMPARE(cli.exitCode(), 1);
    QCOMPARE(cli.complaints(), sentence + '\n');
    QCOMPARE(cli.output(), QByteArray());
}

void TestCli::portInUse()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    const QString url = QStringLiteral("tcp://127.0.0.1:%1").arg(server.serverPort());
    CliProcess receiver(receiveArguments(QStringLiteral("x"), {QStringLiteral("--listen"), url}));
    QCOMPARE(receiver.exitCode(), 1);
    QCOMPARE(receiver.complaints(), url.toUtf8() + " is in use by another program.\n");
}

// ---- options

void TestCli::portFile()
{
    const PortFile portFile;
    CliProcess receiver(receiveArguments(QStringLiteral("x"), portFile.listen()));
    const quint16 port = portFile.port();
    QVERIFY(port > 0);
    QFile file(portFile.name());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray::number(port) + '\n');
    QCOMPARE(QDir(portFile.directory()).entryList(QDir::Files | QDir::Hidden),
             QStringList{QStringLiteral("port")});
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, port);
    QTRY_COMPARE(socket.state(), QAbstractSocket::ConnectedState);
}

void TestCli::jsonKeys()
{
    const PortFile portFile;
    const Arguments json{QStringLiteral("--json")};
    CliProcess receiver(receiveArguments(
        QStringLiteral("json"),
        portFile.listen() + json + Arguments{QStringLiteral("--count"), QStringLiteral("2")}));
    CliProcess sender(sendArguments(QStringLiteral("json"), portFile.connect() + json),
                      CliProcess::Input::Open);
    sender.write("one\nthree\n");
    sender.closeInput();
    QCOMPARE(sender.exitCode(), 0);
    QCOMPARE(receiver.exitCode(), 0);
    QCOMPARE(receiver.output(), QByteArray("one\nthree\n"));
    QCOMPARE(sender.complaints(), QByteArray());
    const QStringList keys{QStringLiteral("bytes"),    QStringLiteral("duplicatesDropped"),
                           QStringLiteral("messages"), QStringLiteral("reconnects"),
                           QStringLiteral("resent"),   QStringLiteral("seconds")};
    for (const QByteArray &text : {sender.output(), receiver.complaints()}) {
        const auto object = summary(text);
        QVERIFY2(object, text.constData());
        QCOMPARE(object->keys(), keys);
        QCOMPARE(object->value(u"messages"), QJsonValue(2));
        QCOMPARE(object->value(u"bytes"), QJsonValue(8));
        QCOMPARE(object->value(u"reconnects"), QJsonValue(0));
        QCOMPARE(object->value(u"resent"), QJsonValue(0));
        QCOMPARE(object->value(u"duplicatesDropped"), QJsonValue(0));
        QVERIFY(object->value(u"seconds").isDouble());
    }
}

void TestCli::count()
{
    const PortFile portFile;
    CliProcess sender(sendArguments(QStringLiteral("count"), portFile.listen()),
                      CliProcess::Input::Open);
    sender.write(numberedLines("n", 1, 10));
    sender.closeInput();
    const auto receive = [&](const char *count) {
        return receiveArguments(
            QStringLiteral("count"),
            portFile.connect() + Arguments{QStringLiteral("--count"), QString::fromLatin1(count)});
    };
    CliProcess first(receive("4"));
    QCOMPARE(first.exitCode(), 0);
    QCOMPARE(first.output(), numberedLines("n", 1, 4));
    QVERIFY(sender.isRunning());
    // Exactly the rest: what the first one wrote is confirmed, what it did not write is not.
    CliProcess second(receive("6"));
    QCOMPARE(second.exitCode(), 0);
    QCOMPARE(second.output(), numberedLines("n", 5, 10));
    QCOMPARE(sender.exitCode(), 0);
}

void TestCli::countOfNone()
{
    const PortFile portFile;
    CliProcess receiver(receiveArguments(
        QStringLiteral("x"),
        portFile.listen() + Arguments{QStringLiteral("--count"), QStringLiteral("0")}));
    QCOMPARE(receiver.exitCode(), 0);
    QCOMPARE(receiver.output(), QByteArray());
}

void TestCli::idleExit()
{
    const PortFile portFile;
    const QString flow = QStringLiteral("idle");
    const auto receive = [&](const Arguments &where, const char *seconds) {
        return receiveArguments(
            flow, where + Arguments{QStringLiteral("--idle-exit"), QString::fromLatin1(seconds)});
    };
    QElapsedTimer clock;
    clock.start();
    CliProcess lonely(receive(connectTo(1), "0.3"));
    QCOMPARE(lonely.exitCode(), 0);
    QVERIFY(clock.elapsed() >= 300);

    // Each message starts the time anew: six in 1.5 s are more than one pause of 1 s.
    CliProcess sender(
        sendArguments(flow,
                      portFile.listen()
                          + Arguments{QStringLiteral("--limit-rate"), QStringLiteral("36")}),
        CliProcess::Input::Open);
    sender.write(QByteArray("123456789\n").repeated(6));
    sender.closeInput();
    CliProcess receiver(receive(portFile.connect(), "1"));
    QCOMPARE(sender.exitCode(), 0);
    clock.start();
    QVERIFY(receiver.isRunning());
    QCOMPARE(receiver.exitCode(), 0);
    QVERIFY2(clock.elapsed() >= 800, QByteArray::number(clock.elapsed()).constData());
    QCOMPARE(receiver.lines().size(), 6);
}

void TestCli::silentWithoutTerminal()
{
    const PortFile portFile;
    CliProcess receiver(receiveArguments(
        QStringLiteral("silent"),
        portFile.listen() + Arguments{QStringLiteral("--count"), QStringLiteral("1")}));
    CliProcess sender(
        sendArguments(QStringLiteral("silent"),
                      portFile.connect()
                          + Arguments{QStringLiteral("--limit-rate"), QStringLiteral("20")}),
        CliProcess::Input::Open);
    sender.write("1234567890\n"); // half a second, in which a progress line would appear
    sender.closeInput();
    QCOMPARE(sender.exitCode(), 0);
    QCOMPARE(receiver.exitCode(), 0);
    QCOMPARE(sender.complaints(), QByteArray());
    QCOMPARE(receiver.complaints(), QByteArray());
}

void TestCli::progressOnTerminal()
{
    const int terminal = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
    QVERIFY(terminal != -1 && ::grantpt(terminal) == 0 && ::unlockpt(terminal) == 0);
    const int side = ::open(::ptsname(terminal), O_RDWR | O_NOCTTY | O_CLOEXEC);
    QVERIFY(side != -1);

    const PortFile portFile;
    CliProcess sender(sendArguments(QStringLiteral("progress"), portFile.listen()),
                      CliProcess::Input::Open);
    sender.write("one\ntwo\n");
    QProcess receiver;
    receiver.setProcessEnvironment(CliProcess::environment());
    receiver.setChildProcessModifier([side] { ::dup2(side, STDERR_FILENO); });
    receiver.start(sender.process().program(),
                   receiveArguments(QStringLiteral("progress"), portFile.connect()));
    QByteArray shown;
    const auto contains = [&](const QByteArray &text) {
        char buffer[4096];
        ssize_t count = 0;
        while ((count = ::read(terminal, buffer, sizeof(buffer))) > 0)
            shown.append(buffer, count);
        return shown.contains(text);
    };
    QTRY_VERIFY(contains("\r2 messages, 0/s, 0 in flight, connected\x1b[K"));
    // One line only, which disappears.
    QVERIFY(!shown.contains('\n'));
    receiver.terminate();
    QTRY_VERIFY(receiver.state() == QProcess::NotRunning);
    QVERIFY(contains("\r\x1b[K"));
    QVERIFY(shown.endsWith("\r\x1b[K"));
    ::close(side);
    ::close(terminal);
}

void TestCli::verbose()
{
    const PortFile portFile;
    CliProcess receiver(receiveArguments(
        QStringLiteral("loud"), portFile.listen() + Arguments{QStringLiteral("--verbose")}));
    CliProcess sender(sendArguments(QStringLiteral("loud"),
                                    portFile.connect() + Arguments{QStringLiteral("--verbose")}),
                      CliProcess::Input::Open);
    sender.write("one\n");
    QTRY_COMPARE(receiver.output(), QByteArray("one\n"));
    QTRY_VERIFY(receiver.complaints().contains("link up to node send-"));
    QTRY_VERIFY(receiver.complaints().contains("producer loud offered by node send-"));
    QTRY_VERIFY(receiver.complaints().contains("flow loud attached"));
    QTRY_VERIFY(receiver.complaints().contains("qtdelivery.consumer: "));
    receiver.sendSignal(SIGTERM);
    QCOMPARE(receiver.exitCode(), 143);
    QVERIFY(receiver.complaints().contains("interrupted"));
    QTRY_VERIFY(sender.complaints().contains("link down to node receive-"));
    QTRY_VERIFY(sender.complaints().contains("reconnect to tcp://127.0.0.1:"));
    QTRY_VERIFY(sender.complaints().contains("ConnectionRefused"));
    QVERIFY(sender.complaints().contains("detached after message 1"));
    QCOMPARE(sender.output(), QByteArray());
}

QTEST_GUILESS_MAIN(TestCli)
#include "tst_cli.moc"
