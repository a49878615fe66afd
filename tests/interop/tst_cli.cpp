// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "cliprocess.h"

#include <QCryptographicHash>
#include <QElapsedTimer>
#include <QFile>
#include <QRegularExpression>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <csignal>
#include <memory>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

using Arguments = QStringList;

QByteArray hash(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
}

QString localAddress()
{
    static int number = 0;
    return QStringLiteral("local:qtdelivery-test-%1-%2")
        .arg(QCoreApplication::applicationPid())
        .arg(++number);
}

QString writeFile(const QTemporaryDir &directory, const QString &name, const QByteArray &bytes)
{
    QFile file(directory.filePath(name));
    const bool written = file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
    return written ? file.fileName() : QString();
}

} // namespace

/*! Every option, exit code and sentence of the program, as real processes. */
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

    void payloads_data();
    void payloads();
    void files_data();
    void files();
    void tenThousandLines_data();
    void tenThousandLines();
    void linesPassWhileInputIsOpen();
    void readsNoMoreThanItCanSend();
    void lineTooLong();
    void limitRate_data();
    void limitRate();

    void portFile();
    void jsonKeys();
    void count();
    void countOfNone();
    void idleExit();
    void silentWithoutTerminal();
    void progressOnTerminal();
    void verbose();

    void allFlows();
    void allFlowsOfOneName();
    void flowsThatLeaveMakeRoom();
    void secondSenderWaits();

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

    row({}, "Say what to do: 'send' or 'receive'.");
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
        "--port-file needs --listen with a tcp: address.");
    row(words("send --flow x --listen local:z --port-file f"),
        "--port-file needs --listen with a tcp: address.");
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
                                          "tcp://host:port or local:name.");
    QTest::newRow("other scheme")
        << words("send --flow x --connect http://127.0.0.1:80")
        << QByteArray("http://127.0.0.1:80 is not an address for this library: write "
                      "tcp://host:port or local:name.");
    QTest::newRow("no port") << words("send --flow x --connect tcp://127.0.0.1")
                             << QByteArray("tcp://127.0.0.1 is not a TCP address: write "
                                           "tcp://host:port.");
    QTest::newRow("not of this machine")
        << words("receive --flow x --listen tcp://elsewhere:0")
        << QByteArray("tcp://elsewhere:0 names no address of this machine: give its number, such "
                      "as 127.0.0.1 or 0.0.0.0.");
    QTest::newRow("unknown host") << words("receive --flow x --connect tcp://nosuch.invalid:4711")
                                  << QByteArray(
                                         "The host of tcp://nosuch.invalid:4711 is unknown.");
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

// ---- what passes

void TestCli::payloads_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QByteArray>("expected");

    const auto same = [](const char *name, const QByteArray &bytes) {
        QTest::newRow(name) << bytes << bytes;
    };
    same("empty input", "");
    same("one line", "hello\n");
    same("one empty line", "\n");
    same("empty lines", "\n\na\n\n");
    same("NUL", QByteArray("a\0b\n\0\n", 6));
    same("carriage returns", "a\r\nb\r\n");
    same("invalid UTF-8", "\xff\xfe\xc3\n\x80\n\xed\xa0\x80\n");
    same("UTF-8", "Grüße, 世界 🌍\n");
    same("line of 3 MiB", QByteArray(3 << 20, 'x') + "\nshort\n");
    same("as large as permitted", QByteArray(16 << 20, 'x') + '\n');
    QTest::newRow("no newline at the end") << QByteArray("one\ntwo") << QByteArray("one\ntwo\n");
    QTest::newRow("no newline at all") << QByteArray("one") << QByteArray("one\n");
}

void TestCli::payloads()
{
    QFETCH(QByteArray, input);
    QFETCH(QByteArray, expected);
    const PortFile portFile;
    const QString flow = QStringLiteral("payloads");
    const int lines = int(expected.count('\n'));
    CliProcess receiver(receiveArguments(
        flow, portFile.listen() + Arguments{QStringLiteral("--count"), QString::number(lines)}));
    CliProcess sender(sendArguments(flow, lines > 0 ? portFile.connect() : connectTo(1)),
                      CliProcess::Input::Open);
    sender.write(input);
    sender.closeInput();
    QCOMPARE(sender.exitCode(), 0);
    QCOMPARE(receiver.exitCode(), 0);
    QCOMPARE(receiver.output().size(), expected.size());
    QVERIFY(receiver.output() == expected);
    QCOMPARE(sender.output(), QByteArray());
    QCOMPARE(receiver.complaints(), QByteArray());
}

void TestCli::files_data()
{
    QTest::addColumn<QStringList>("files");
    QTest::addColumn<QByteArray>("expected");

    const auto names = [](const char *text) { return QString::fromLatin1(text).split(u' '); };
    QTest::newRow("one") << names("a") << QByteArray("a1\na2\n");
    QTest::newRow("two") << names("a b") << QByteArray("a1\na2\nb1\n");
    QTest::newRow("each ends its last line") << names("b a") << QByteArray("b1\na1\na2\n");
    QTest::newRow("empty ones between")
        << names("empty a empty empty b empty") << QByteArray("a1\na2\nb1\n");
    QTest::newRow("standard input among them") << names("a - b") << QByteArray("a1\na2\nin\nb1\n");
    QTest::newRow("twice") << names("b b") << QByteArray("b1\nb1\n");
    QTest::newRow("named pipe") << names("a pipe") << QByteArray("a1\na2\np1\np2\n");
}

void TestCli::files()
{
    QFETCH(QStringList, files);
    QFETCH(QByteArray, expected);
    const PortFile portFile;
    const QTemporaryDir directory;
    QVERIFY(!writeFile(directory, QStringLiteral("a"), "a1\na2\n").isEmpty());
    QVERIFY(!writeFile(directory, QStringLiteral("b"), "b1").isEmpty());
    QVERIFY(!writeFile(directory, QStringLiteral("empty"), {}).isEmpty());
    const QString pipe = directory.filePath(QStringLiteral("pipe"));
    QCOMPARE(::mkfifo(qUtf8Printable(pipe), 0600), 0);

    CliProcess receiver(receiveArguments(
        QStringLiteral("files"),
        portFile.listen()
            + Arguments{QStringLiteral("--count"), QString::number(expected.count('\n'))}));
    Arguments arguments = sendArguments(QStringLiteral("files"), portFile.connect());
    for (const QString &file : std::as_const(files))
        arguments += file == u"-" ? file : directory.filePath(file);
    CliProcess sender(arguments, CliProcess::Input::Open);
    sender.write("in");
    sender.closeInput();
    if (files.contains(u"pipe")) {
        // Its writer comes late, when everything before has arrived.
        QTRY_COMPARE(receiver.output(), QByteArray("a1\na2\n"));
        QFile writer(pipe);
        QVERIFY(writer.open(QIODevice::WriteOnly));
        writer.write("p1\np2");
    }
    QCOMPARE(sender.exitCode(), 0);
    QCOMPARE(receiver.exitCode(), 0);
    QCOMPARE(receiver.output(), expected);
}

void TestCli::tenThousandLines_data()
{
    QTest::addColumn<bool>("receiverListens");
    QTest::addColumn<bool>("local");

    QTest::newRow("receiver listens, TCP") << true << false;
    QTest::newRow("sender listens, TCP") << false << false;
    QTest::newRow("receiver listens, local") << true << true;
    QTest::newRow("sender listens, local") << false << true;
}

void TestCli::tenThousandLines()
{
    QFETCH(bool, receiverListens);
    QFETCH(bool, local);
    const PortFile portFile;
    const QTemporaryDir directory;
    const QByteArray text = numberedLines("line", 1, 10'000);
    const QString file = writeFile(directory, QStringLiteral("text"), text);
    const QString flow = QStringLiteral("ten thousand");
    const QString url = localAddress();
    const Arguments listen = local ? Arguments{QStringLiteral("--listen"), url} : portFile.listen();
    const auto connect = [&] {
        return local ? Arguments{QStringLiteral("--connect"), url} : portFile.connect();
    };
    const Arguments count{QStringLiteral("--count"), QStringLiteral("10000")};

    std::unique_ptr<CliProcess> receiver;
    std::unique_ptr<CliProcess> sender;
    if (receiverListens) {
        receiver = std::make_unique<CliProcess>(receiveArguments(flow, listen + count));
        sender = std::make_unique<CliProcess>(sendArguments(flow, connect() + Arguments{file}));
    } else {
        sender = std::make_unique<CliProcess>(sendArguments(flow, listen + Arguments{file}));
        receiver = std::make_unique<CliProcess>(receiveArguments(flow, connect() + count));
    }
    QCOMPARE(sender->exitCode(), 0);
    QCOMPARE(receiver->exitCode(), 0);
    QCOMPARE(receiver->output().size(), text.size());
    QCOMPARE(hash(receiver->output()), hash(text));
}

void TestCli::linesPassWhileInputIsOpen()
{
    const PortFile portFile;
    CliProcess receiver(receiveArguments(QStringLiteral("live"), portFile.listen()));
    CliProcess sender(sendArguments(QStringLiteral("live"), portFile.connect()),
                      CliProcess::Input::Open);
    sender.write("one\n");
    QTRY_COMPARE(receiver.output(), QByteArray("one\n"));
    sender.write("two\nthr");
    QTRY_COMPARE(receiver.output(), QByteArray("one\ntwo\n"));
    sender.write("ee\n");
    QTRY_COMPARE(receiver.output(), QByteArray("one\ntwo\nthree\n"));
    QVERIFY(sender.isRunning());
    sender.closeInput();
    QCOMPARE(sender.exitCode(), 0);
    QVERIFY(receiver.isRunning());
}

void TestCli::readsNoMoreThanItCanSend()
{
    constexpr qint64 ahead = 1 << 20;
    constexpr qint64 pipeAndBlock = 2 * 64 * 1024; // what the pipe holds, and one read
    const QTemporaryDir directory;
    const PortFile portFile;
    const QString pipe = directory.filePath(QStringLiteral("pipe"));
    QCOMPARE(::mkfifo(qUtf8Printable(pipe), 0600), 0);
    CliProcess sender(sendArguments(QStringLiteral("ahead"), portFile.listen() + Arguments{pipe}));

    int fd = -1; // opens as soon as the other end is open
    QTRY_VERIFY(fd != -1
                || (fd = ::open(qUtf8Printable(pipe), O_WRONLY | O_NONBLOCK | O_CLOEXEC)) != -1);
    const QByteArray line = QByteArray(1023, 'x') + '\n';
    qint64 written = 0;
    pollfd writable{fd, POLLOUT, 0};
    // Until it is not read for a while.
    while (written < 8 * ahead && ::poll(&writable, 1, 500) == 1) {
        const qint64 offset = written % line.size();
        const ssize_t count = ::write(fd, line.constData() + offset, size_t(line.size() - offset));
        written += qMax<ssize_t>(count, 0);
    }
    QVERIFY2(written >= ahead, QByteArray::number(written).constData());
    QVERIFY2(written <= ahead + pipeAndBlock, QByteArray::number(written).constData());

    // Nothing of it is lost on the way.
    ::close(fd);
    CliProcess receiver(receiveArguments(
        QStringLiteral("ahead"),
        portFile.connect()
            + Arguments{QStringLiteral("--count"), QString::number((written + 1023) / 1024)}));
    QCOMPARE(sender.exitCode(), 0);
    QCOMPARE(receiver.exitCode(), 0);
    QCOMPARE(receiver.output().count('x'), written - written / 1024);
}

void TestCli::lineTooLong()
{
    constexpr qsizetype limit = 16 << 20;
    const PortFile portFile;
    CliProcess receiver(receiveArguments(
        QStringLiteral("long"),
        portFile.listen() + Arguments{QStringLiteral("--idle-exit"), QStringLiteral("30")}));
    CliProcess sender(sendArguments(QStringLiteral("long"), portFile.connect()),
                      CliProcess::Input::Open);
    sender.write("one\ntwo\n" + QByteArray(limit + 1, 'x') + "\nfour\n");
    sender.closeInput();
    QCOMPARE(sender.exitCode(), 1);
    QCOMPARE(sender.complaints(),
             QByteArray("standard input, line 3 is longer than 16777216 bytes, the most that one "
                        "message may have.\n"));
    // What came before is confirmed, what comes after is not sent.
    QCOMPARE(receiver.output(), QByteArray("one\ntwo\n"));
}

void TestCli::limitRate_data()
{
    QTest::addColumn<QString>("rate");
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<double>("seconds");

    QTest::newRow("many small") << QStringLiteral("50K") << QByteArray("123456789\n").repeated(4096)
                                << 4096 * 9 / 51200.0;
    QTest::newRow("few large") << QStringLiteral("1M")
                               << (QByteArray(200'000, 'x') + '\n').repeated(4)
                               << 800'000 / 1048576.0;
    // One message: its time counts, or nothing would.
    QTest::newRow("one") << QStringLiteral("100") << QByteArray(50, 'x') << 0.5;
    QTest::newRow("empty lines cost nothing")
        << QStringLiteral("1") << QByteArray(100, '\n') << 0.0;
}

void TestCli::limitRate()
{
    QFETCH(QString, rate);
    QFETCH(QByteArray, input);
    QFETCH(double, seconds);
    const PortFile portFile;
    CliProcess receiver(receiveArguments(QStringLiteral("rate"), portFile.listen()));
    CliProcess sender(sendArguments(QStringLiteral("rate"),
                                    portFile.connect()
                                        + Arguments{QStringLiteral("--limit-rate"), rate,
                                                    QStringLiteral("--json")}),
                      CliProcess::Input::Open);
    sender.write(input);
    sender.closeInput();
    QCOMPARE(sender.exitCode(), 0);
    const auto json = summary(sender.output());
    QVERIFY(json);
    const double measured = json->value(QStringLiteral("seconds")).toDouble();
    QVERIFY2(measured >= seconds - 0.001, QByteArray::number(measured).constData());
    // The upper bound is generous: the machine may be busy, and lost time is not made up for.
    QVERIFY2(measured <= seconds * 1.5 + 0.5, QByteArray::number(measured).constData());
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
    CliProcess receiver(receive(portFile.listen(), "1"));
    CliProcess sender(
        sendArguments(flow,
                      portFile.connect()
                          + Arguments{QStringLiteral("--limit-rate"), QStringLiteral("36")}),
        CliProcess::Input::Open);
    sender.write(QByteArray("123456789\n").repeated(6));
    sender.closeInput();
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
        portFile.listen() + Arguments{QStringLiteral("--idle-exit"), QStringLiteral("0.6")}));
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

// ---- all flows

void TestCli::allFlows()
{
    const PortFile portFile;
    CliProcess receiver(receiveArguments(
        QStringLiteral("*"),
        portFile.listen() + Arguments{QStringLiteral("--count"), QStringLiteral("4000")}));
    const auto send = [&](const char *flow) {
        auto sender = std::make_unique<CliProcess>(
            sendArguments(QString::fromUtf8(flow), portFile.connect()), CliProcess::Input::Open);
        sender->write(numberedLines("x", 1, 2000));
        sender->closeInput();
        return sender;
    };
    const auto first = send("first");
    const auto second = send("zweiter Fluss");
    QCOMPARE(first->exitCode(), 0);
    QCOMPARE(second->exitCode(), 0);
    QCOMPARE(receiver.exitCode(), 0);
    QHash<QByteArray, QByteArray> texts;
    const QByteArrayList lines = receiver.lines();
    for (const QByteArray &line : lines) {
        const qsizetype tab = line.indexOf('\t');
        texts[line.left(tab)] += line.mid(tab + 1) + '\n';
    }
    QCOMPARE(texts.size(), 2);
    QVERIFY(texts.value("first") == numberedLines("x", 1, 2000));
    QVERIFY(texts.value("zweiter Fluss") == numberedLines("x", 1, 2000));
}

void TestCli::allFlowsOfOneName()
{
    const PortFile portFile;
    CliProcess receiver(receiveArguments(
        QStringLiteral("*"),
        portFile.listen() + Arguments{QStringLiteral("--count"), QStringLiteral("2000")}));
    CliProcess first(sendArguments(QStringLiteral("log"), portFile.connect()),
                     CliProcess::Input::Open);
    CliProcess second(sendArguments(QStringLiteral("log"), portFile.connect()),
                      CliProcess::Input::Open);
    first.write(numberedLines("a", 1, 1000));
    second.write(numberedLines("b", 1, 1000));
    QCOMPARE(receiver.exitCode(), 0);
    QHash<QByteArray, QByteArray> texts;
    const QByteArrayList lines = receiver.lines();
    for (const QByteArray &line : lines) {
        QVERIFY(line.startsWith("log\t"));
        texts[line.mid(4, 1)] += line.mid(4) + '\n';
    }
    QVERIFY(texts.value("a") == numberedLines("a", 1, 1000));
    QVERIFY(texts.value("b") == numberedLines("b", 1, 1000));
}

void TestCli::flowsThatLeaveMakeRoom()
{
    const PortFile portFile;
    CliProcess receiver(receiveArguments(
        QStringLiteral("*"),
        portFile.listen() + Arguments{QStringLiteral("--verbose"), QStringLiteral("--json")}));
    QByteArray expected;
    for (int i = 0; i < 5; ++i) {
        CliProcess sender(sendArguments(QStringLiteral("come and go"), portFile.connect()),
                          CliProcess::Input::Open);
        const QByteArray line = "line " + QByteArray::number(i) + '\n';
        sender.write(line);
        sender.closeInput();
        QCOMPARE(sender.exitCode(), 0);
        expected += "come and go\t" + line;
        QTRY_COMPARE(receiver.complaints().count("flow come and go removed"), i + 1);
    }
    QCOMPARE(receiver.output(), expected);
    receiver.sendSignal(SIGINT);
    QCOMPARE(receiver.exitCode(), 130);
    const auto json = summary(receiver.complaints().split('\n').constEnd()[-2] + '\n');
    QVERIFY(json);
    QCOMPARE(json->value(u"messages"), QJsonValue(5));
}

void TestCli::secondSenderWaits()
{
    const PortFile portFile;
    CliProcess receiver(receiveArguments(
        QStringLiteral("log"),
        portFile.listen() + Arguments{QStringLiteral("--count"), QStringLiteral("4")}));
    CliProcess first(sendArguments(QStringLiteral("log"), portFile.connect()),
                     CliProcess::Input::Open);
    first.write("a1\n");
    QTRY_COMPARE(receiver.output(), QByteArray("a1\n"));
    CliProcess second(sendArguments(QStringLiteral("log"), portFile.connect()),
                      CliProcess::Input::Open);
    second.write("b1\nb2\n");
    second.closeInput();
    const QRegularExpression sentence(
        QStringLiteral("^The node send-\\S+ offers a producer log, too; "
                       "this consumer stays with the one it has\\.\n$"));
    QTRY_VERIFY(sentence.match(QString::fromUtf8(receiver.complaints())).hasMatch());
    first.write("a2\n");
    first.closeInput();
    QCOMPARE(first.exitCode(), 0);
    QCOMPARE(second.exitCode(), 0);
    QCOMPARE(receiver.exitCode(), 0);
    QCOMPARE(receiver.output(), QByteArray("a1\na2\nb1\nb2\n"));
}

// ---- what goes wrong

void TestCli::brokenPipe()
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

void TestCli::closedOutput_data()
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

void TestCli::closedOutput()
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

void TestCli::replaced()
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

void TestCli::refusalsAreToldOnce()
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

void TestCli::endingsAreToldOnce()
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

void TestCli::interruptedReceiver_data()
{
    QTest::addColumn<int>("signal");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("flow");

    QTest::newRow("SIGINT") << SIGINT << 130 << QStringLiteral("x");
    QTest::newRow("SIGTERM") << SIGTERM << 143 << QStringLiteral("x");
    QTest::newRow("SIGINT, all flows") << SIGINT << 130 << QStringLiteral("*");
}

void TestCli::interruptedReceiver()
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

void TestCli::interruptedWhileIdle_data()
{
    QTest::addColumn<QStringList>("arguments");
    const auto words = [](const char *text) { return QString::fromLatin1(text).split(u' '); };
    QTest::newRow("listening receiver") << words("receive --flow x --listen tcp://127.0.0.1:0");
    QTest::newRow("all flows") << words("receive --flow * --listen tcp://127.0.0.1:0");
    QTest::newRow("connecting receiver") << words("receive --flow x --connect tcp://127.0.0.1:1");
    QTest::newRow("listening sender") << words("send --flow x --listen tcp://127.0.0.1:0");
    QTest::newRow("connecting sender") << words("send --flow x --connect tcp://127.0.0.1:1");
}

void TestCli::interruptedWhileIdle()
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

void TestCli::interruptedSender()
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

void TestCli::secondInterruptEndsAtOnce()
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

QTEST_GUILESS_MAIN(TestCli)
#include "tst_cli.moc"
