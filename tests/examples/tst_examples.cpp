// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <QFile>
#include <QLocalServer>
#include <QLocalSocket>
#include <QProcess>
#include <QRegularExpression>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include <memory>
#include <vector>

namespace {

constexpr int ExampleTimeout = 60'000; // ms; a loaded machine and sanitizers included

/*! One example, running. What it wrote is what a person would have seen. */
class Example
{
public:
    explicit Example(const char *program, const QStringList &arguments = {})
    {
        m_process.start(QString::fromUtf8(program), arguments);
    }

    ~Example()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

    /*! Waits for the end, which must be a success without a word of complaint. */
    bool succeeds()
    {
        const bool success = ends();
        if (!m_complaints.isEmpty())
            qWarning("%s", m_complaints.constData());
        return success && m_complaints.isEmpty();
    }

    /*! As succeeds(), but it may complain. */
    bool ends()
    {
        if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(ExampleTimeout))
            qWarning("%s does not end", qPrintable(m_process.program()));
        m_output += m_process.readAllStandardOutput();
        m_complaints += m_process.readAllStandardError();
        return m_process.error() == QProcess::UnknownError
            && m_process.exitStatus() == QProcess::NormalExit && m_process.exitCode() == 0;
    }

    /*! As a crash: no destructor runs, nothing is sent any more. */
    void kill()
    {
        m_process.kill();
        m_process.waitForFinished();
        m_output += m_process.readAllStandardOutput();
    }

    [[nodiscard]] QStringList complaints() const
    {
        return QString::fromUtf8(m_complaints).split(u'\n', Qt::SkipEmptyParts);
    }

    [[nodiscard]] QStringList lines() const
    {
        return QString::fromUtf8(m_output).split(u'\n', Qt::SkipEmptyParts);
    }

    /*! The lines so far, which are of a program that goes on. */
    bool waitForLines(int count)
    {
        QDeadlineTimer deadline(ExampleTimeout);
        while (m_output.count('\n') < count && !deadline.hasExpired()) {
            m_process.waitForReadyRead(100);
            m_output += m_process.readAllStandardOutput();
        }
        return m_output.count('\n') >= count;
    }

private:
    QProcess m_process;
    QByteArray m_output;
    QByteArray m_complaints;
};

const QString LocalScheme = QStringLiteral("local:");

/*! Waits until a program listens on \a url: a caller who hangs up finds out. */
bool somebodyListens(const QString &url)
{
    const auto calls = [&] {
        if (url.startsWith(LocalScheme)) {
            QLocalSocket socket;
            socket.connectToServer(url.sliced(LocalScheme.size()));
            return socket.waitForConnected(ExampleTimeout);
        }
        QTcpSocket socket;
        socket.connectToHost(QHostAddress(QHostAddress::LocalHost), quint16(QUrl(url).port()));
        return socket.waitForConnected(ExampleTimeout);
    };
    return QTest::qWaitFor(calls, ExampleTimeout);
}

/*! Listens on an address before the program that will, and knows who has tried to reach it. */
class Doorman
{
public:
    explicit Doorman(const QString &url)
        : m_isLocal(url.startsWith(LocalScheme))
    {
        const bool listens = m_isLocal
            ? m_local.listen(url.sliced(LocalScheme.size()))
            : m_tcp.listen(QHostAddress::LocalHost, quint16(QUrl(url).port()));
        if (!listens)
            qWarning("cannot listen on %s", qPrintable(url));
    }
    bool somebodyCalls()
    {
        return m_isLocal ? m_local.waitForNewConnection(ExampleTimeout)
                         : m_tcp.waitForNewConnection(ExampleTimeout);
    }
    /*! Hangs up, and leaves the address to others. */
    void leave()
    {
        m_local.close();
        m_tcp.close();
        qDeleteAll(m_local.findChildren<QLocalSocket *>());
        qDeleteAll(m_tcp.findChildren<QTcpSocket *>());
    }

private:
    const bool m_isLocal;
    QLocalServer m_local;
    QTcpServer m_tcp;
};

QStringList numbered(const QString &text, int first, int last)
{
    QStringList lines;
    for (int i = first; i <= last; ++i)
        lines << text.arg(i);
    return lines;
}

QStringList numbered(const QString &text, int count)
{
    return numbered(text, 1, count);
}

QString contentsOf(const QString &name)
{
    QFile file(QStringLiteral(SOURCE_DIRECTORY "/") + name);
    if (!file.open(QIODevice::ReadOnly))
        qWarning("cannot read %s", qPrintable(name));
    return QString::fromUtf8(file.readAll());
}

/*! The ```cpp blocks of a Markdown text. */
QStringList codeBlocks(const QString &markdown)
{
    static const QRegularExpression block(QStringLiteral("^```cpp\\n(.*?)^```$"),
                                          QRegularExpression::MultilineOption
                                              | QRegularExpression::DotMatchesEverythingOption);
    QStringList blocks;
    for (auto match = block.globalMatch(markdown); match.hasNext();)
        blocks << match.next().captured(1);
    return blocks;
}

/*! As it stands within a function. */
QString indented(const QString &code)
{
    static const QRegularExpression line(QStringLiteral("^(?=.)"),
                                         QRegularExpression::MultilineOption);
    return QString(code).replace(line, QStringLiteral("    "));
}

} // namespace

/*! \brief Every example is started as a person would start it, and what it prints is read. */
class tst_Examples : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void hello_data();
    void hello();
    void closedConsumerLeavesTheRest();
    void killedConsumerIsReplaced();
    void restartTheConsumer();
    void typedOrders();
    void workerThread();
    void collectorSelfTest();
    void collectorAndDevices();
    void deviceStartsAgain();
    void readmeShowsHello();
    void guaranteesNameRealTests();

private:
    [[nodiscard]] QString localUrl(const char *name) const
    {
        return QStringLiteral("local:") + m_directory.filePath(QString::fromUtf8(name));
    }

    QTemporaryDir m_directory;
};

void tst_Examples::hello_data()
{
    QTest::addColumn<bool>("tcp");
    QTest::addColumn<bool>("consumerFirst");

    QTest::newRow("local, consumer first") << false << true;
    QTest::newRow("local, producer first") << false << false;
    QTest::newRow("tcp, consumer first") << true << true;
    QTest::newRow("tcp, producer first") << true << false;
}

void tst_Examples::hello()
{
    QFETCH(bool, tcp);
    QFETCH(bool, consumerFirst);

    QString url = localUrl("hello");
    if (tcp) {
        QTcpServer portFinder; // whose port is free when it is gone
        QVERIFY(portFinder.listen(QHostAddress::LocalHost));
        url = QStringLiteral("tcp://127.0.0.1:%1").arg(portFinder.serverPort());
    }
    const QStringList arguments{url, QStringLiteral("1000")};

    std::unique_ptr<Example> consumer;
    std::unique_ptr<Example> producer;
    if (consumerFirst) {
        consumer = std::make_unique<Example>(HELLO_CONSUMER, arguments);
        QVERIFY(somebodyListens(url));
        producer = std::make_unique<Example>(HELLO_PRODUCER, arguments);
    } else {
        Doorman doorman(url); // instead of the consumer, which comes later
        producer = std::make_unique<Example>(HELLO_PRODUCER, arguments);
        QVERIFY(doorman.somebodyCalls());
        doorman.leave();
        consumer = std::make_unique<Example>(HELLO_CONSUMER, arguments);
    }

    QVERIFY(consumer->succeeds());
    QVERIFY(producer->succeeds());
    QCOMPARE(consumer->lines(), numbered(QStringLiteral("hello %1"), 1000));
}

/*! A node that closes has reported what was confirmed, and takes nothing more. */
void tst_Examples::closedConsumerLeavesTheRest()
{
    const QString url = localUrl("closed");
    Example producer(HELLO_PRODUCER, {url, QStringLiteral("1000")});
    Example first(HELLO_CONSUMER, {url, QStringLiteral("5")});
    QVERIFY(first.succeeds());
    Example second(HELLO_CONSUMER, {url, QStringLiteral("1000")});
    QVERIFY(second.succeeds());
    QVERIFY(producer.succeeds());
    QCOMPARE(first.lines(), numbered(QStringLiteral("hello %1"), 5));
    QCOMPARE(second.lines(), numbered(QStringLiteral("hello %1"), 6, 1000));
}

/*! What a killed consumer has confirmed in its last moment may come again, and nothing else. */
void tst_Examples::killedConsumerIsReplaced()
{
    const int count = 50'000;
    const QStringList arguments{localUrl("killed"), QString::number(count)};
    Example producer(HELLO_PRODUCER, arguments);
    Example first(HELLO_CONSUMER, arguments);
    QVERIFY(first.waitForLines(1000));
    first.kill();
    Example second(HELLO_CONSUMER, arguments);
    QVERIFY(second.succeeds());
    QVERIFY(producer.succeeds());

    const QString text = QStringLiteral("hello %1");
    const int repeated = int(first.lines().size() + second.lines().size()) - count;
    QVERIFY2(repeated >= 0, qPrintable(QString::number(repeated)));
    QCOMPARE(first.lines(), numbered(text, int(first.lines().size())));
    QCOMPARE(second.lines(), numbered(text, int(first.lines().size()) - repeated + 1, count));
}

void tst_Examples::restartTheConsumer()
{
    Example example(RESTART_THE_CONSUMER);
    QVERIFY(example.succeeds());
    const QStringList expected{
        QStringLiteral("A: order 1"),
        QStringLiteral("A: order 2"),
        QStringLiteral("A: order 3, not confirmed"),
        QStringLiteral("-- B replaces A at the same controller"),
        QStringLiteral("B: order 3"),
        QStringLiteral("B: order 4"),
        QStringLiteral("B: order 5, not confirmed"),
        QStringLiteral("-- B is gone, so its controller has stopped"),
        QStringLiteral("-- C and a new controller take over"),
        QStringLiteral("C: order 5"),
        QStringLiteral("C: order 6"),
        QStringLiteral("C: order 7"),
        QStringLiteral("C: order 8"),
        QStringLiteral("8 orders sent, 0 unconfirmed"),
    };
    QCOMPARE(example.lines(), expected);
}

void tst_Examples::typedOrders()
{
    Example example(TYPED_ORDERS);
    QVERIFY(example.succeeds());
    const QStringList expected{
        QStringLiteral("add 2 x tea"),    QStringLiteral("add 1 x biscuits"),
        QStringLiteral("add 1 x teapot"), QStringLiteral("remove biscuits"),
        QStringLiteral("add 1 x tea"),    QStringLiteral("checkout for Ada:"),
        QStringLiteral("  3 x tea"),      QStringLiteral("  1 x teapot"),
    };
    QCOMPARE(example.lines(), expected);
}

void tst_Examples::workerThread()
{
    Example example(WORKER_THREAD);
    QVERIFY(example.succeeds());
    const QStringList expected{
        QStringLiteral("processed job 1"),
        QStringLiteral("processed job 2"),
        QStringLiteral("busy for 2 s"),
        QStringLiteral("processed job 3"),
        QStringLiteral("processed job 4"),
        QStringLiteral("processed job 5"),
        QStringLiteral("processed job 6"),
        QStringLiteral("6 jobs processed and confirmed, 0 links lost"),
    };
    QCOMPARE(example.lines(), expected);
}

void tst_Examples::collectorSelfTest()
{
    Example example(COLLECTOR, {QStringLiteral("--selftest")});
    QVERIFY(example.succeeds());
    QCOMPARE(example.lines(),
             numbered(QStringLiteral("device-%1: 100 readings"), 5)
                 << QStringLiteral("each once and in order"));
}

void tst_Examples::collectorAndDevices()
{
    const QString url = localUrl("collector");
    Example collector(COLLECTOR, {QStringLiteral("300"), url});
    std::vector<std::unique_ptr<Example>> devices;
    for (const char *name : {"press", "oven", "saw"}) {
        devices.push_back(std::make_unique<Example>(
            DEVICE, QStringList{QString::fromUtf8(name), QStringLiteral("100"), url}));
    }
    for (const auto &device : devices)
        QVERIFY(device->succeeds());
    QVERIFY(collector.succeeds());

    const QStringList lines = collector.lines();
    QCOMPARE(lines.size(), 300);
    for (const char *name : {"press", "oven", "saw"}) {
        const QString prefix = QString::fromUtf8(name) + QStringLiteral(": ");
        QCOMPARE(lines.filter(prefix), numbered(prefix + QStringLiteral("reading %1"), 100));
    }
}

/*! A device that was restarted counts from 1 again: nothing of it is taken for a repetition, and
   the collector is told. */
void tst_Examples::deviceStartsAgain()
{
    const QString url = localUrl("again");
    Example collector(COLLECTOR, {QStringLiteral("12"), url});
    for (int start = 1; start <= 3; ++start) {
        Example device(DEVICE, {QStringLiteral("press"), QStringLiteral("4"), url});
        QVERIFY(device.succeeds());
        QVERIFY(collector.waitForLines(4 * start));
    }
    QVERIFY(collector.ends());
    QCOMPARE(collector.complaints().size(), 2);
    QCOMPARE(collector.complaints().filter(QStringLiteral("ProducerRestarted")).size(), 2);
    const QStringList once = numbered(QStringLiteral("press: reading %1"), 4);
    QCOMPARE(collector.lines(), once + once + once);
}

void tst_Examples::readmeShowsHello()
{
    const QStringList blocks = codeBlocks(contentsOf(QStringLiteral("README.md")));
    QCOMPARE(blocks.size(), 2);
    QVERIFY(contentsOf(QStringLiteral("examples/hello-producer/main.cpp"))
                .contains(indented(blocks.at(0))));
    QVERIFY(contentsOf(QStringLiteral("examples/hello-consumer/main.cpp"))
                .contains(indented(blocks.at(1))));
}

/*! `folder/file: name` in guarantees.md is a test, or a row of the simulation. */
void tst_Examples::guaranteesNameRealTests()
{
    static const QRegularExpression citation(QStringLiteral("`(\\w+/\\w+): ([^`]+)`"));
    const QString page = contentsOf(QStringLiteral("libqtdelivery/doc/guarantees.md"));
    int citations = 0;
    for (auto match = citation.globalMatch(page); match.hasNext(); ++citations) {
        const QRegularExpressionMatch found = match.next();
        const QString file = QStringLiteral("tests/%1.cpp").arg(found.captured(1));
        const QString name = found.captured(2);
        const QString source = contentsOf(file);
        QVERIFY2(source.contains(QStringLiteral("\"%1\"").arg(name))
                     || source.contains(QStringLiteral(" %1();").arg(name)),
                 qPrintable(found.captured()));
    }
    QVERIFY(citations > 20);
}

QTEST_GUILESS_MAIN(tst_Examples)
#include "tst_examples.moc"
