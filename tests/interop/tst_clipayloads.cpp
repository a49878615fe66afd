// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "cliprocess.h"

#include <QCryptographicHash>
#include <QFile>
#include <QHash>
#include <QRegularExpression>
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

/*! What the program carries: any bytes, from files and pipes, in one flow or many, at a limited
 * rate. */
class TestCliPayloads : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

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

    void allFlows();
    void allFlowsOfOneName();
    void flowsThatLeaveMakeRoom();
    void secondSenderWaits();
};

// ---- what passes

void TestCliPayloads::payloads_data()
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

void TestCliPayloads::payloads()
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

void TestCliPayloads::files_data()
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

void TestCliPayloads::files()
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

void TestCliPayloads::tenThousandLines_data()
{
    QTest::addColumn<bool>("receiverListens");
    QTest::addColumn<bool>("local");

    QTest::newRow("receiver listens, TCP") << true << false;
    QTest::newRow("sender listens, TCP") << false << false;
    QTest::newRow("receiver listens, local") << true << true;
    QTest::newRow("sender listens, local") << false << true;
}

void TestCliPayloads::tenThousandLines()
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

void TestCliPayloads::linesPassWhileInputIsOpen()
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

void TestCliPayloads::readsNoMoreThanItCanSend()
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

void TestCliPayloads::lineTooLong()
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

void TestCliPayloads::limitRate_data()
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

void TestCliPayloads::limitRate()
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

// ---- all flows

void TestCliPayloads::allFlows()
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

void TestCliPayloads::allFlowsOfOneName()
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

void TestCliPayloads::flowsThatLeaveMakeRoom()
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

void TestCliPayloads::secondSenderWaits()
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

QTEST_GUILESS_MAIN(TestCliPayloads)
#include "tst_clipayloads.moc"
