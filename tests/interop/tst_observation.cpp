// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "cliprocess.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;

// `qtdelivery top` and `qtdelivery metrics`, looking at real processes.

class TestObservation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void nobody();
    void usage_data();
    void usage();
    void waitingForAConsumer();
    void bothEnds();
    void processIsKilled();
    void outputIsClosed();

private:
    QTemporaryDir m_runtime;
};

namespace {

QByteArray outputOf(const QStringList &arguments)
{
    CliProcess process(arguments);
    return process.exitCode() == 0 ? process.output() : "exit code " + process.complaints();
}

QByteArray top()
{
    return outputOf({u"top"_s, u"--once"_s});
}

QByteArray metrics()
{
    return outputOf({u"metrics"_s});
}

} // namespace

void TestObservation::initTestCase()
{
    QVERIFY(m_runtime.isValid());
    qputenv("XDG_RUNTIME_DIR", QFile::encodeName(m_runtime.path()));
    qputenv("QTDELIVERY_MONITOR", "1");
}

void TestObservation::nobody()
{
    QVERIFY(top().contains("No process can be watched"));
    QVERIFY(metrics().contains("# TYPE qtdelivery_flow_window gauge"));
    QVERIFY(!metrics().contains('{'));
}

void TestObservation::usage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("exitCode");
    QTest::newRow("top --help") << QStringList{u"top"_s, u"--help"_s} << 0;
    QTest::newRow("top -h") << QStringList{u"top"_s, u"-h"_s} << 0;
    QTest::newRow("top, unknown") << QStringList{u"top"_s, u"--twice"_s} << 2;
    QTest::newRow("metrics --help") << QStringList{u"metrics"_s, u"--help"_s} << 0;
    QTest::newRow("metrics, unknown") << QStringList{u"metrics"_s, u"all"_s} << 2;
}

void TestObservation::usage()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, exitCode);
    CliProcess process(arguments);
    QCOMPARE(process.exitCode(), exitCode);
    QVERIFY((exitCode == 0 ? process.output() : process.complaints()).startsWith("Usage: "));
}

void TestObservation::waitingForAConsumer()
{
    PortFile portFile;
    CliProcess sender(sendArguments(u"orders"_s, portFile.listen()), CliProcess::Input::Open);
    QVERIFY(portFile.port() != 0);
    QTRY_VERIFY(top().contains("orders  Producer"));
    QVERIFY(top().contains("No consumer is attached."));
    const QByteArray text = metrics();
    QVERIFY(text.contains("flow=\"orders\",role=\"producer\",reason=\"no-consumer\"} 1\n"));
    QVERIFY(text.contains("{process=\"qtdelivery-"));
}

void TestObservation::bothEnds()
{
    PortFile portFile;
    CliProcess sender(sendArguments(u"orders"_s, portFile.listen()), CliProcess::Input::Open);
    QVERIFY(portFile.port() != 0);
    CliProcess receiver(receiveArguments(u"orders"_s, portFile.connect()));
    sender.write(numberedLines("line", 1, 100));
    const QByteArray confirmed = "flow=\"orders\",role=\"producer\"} 100\n";
    QTRY_VERIFY(metrics().contains(confirmed));
    QVERIFY(metrics().contains("qtdelivery_link_up{"));
    const QByteArray shown = top();
    QVERIFY(shown.startsWith("2 nodes, 2 flows\n"));
    QVERIFY(shown.contains("Producer"));
    QVERIFY(shown.contains("Consumer"));
    QVERIFY(!shown.contains("No consumer"));
}

void TestObservation::processIsKilled()
{
    QVERIFY(!top().isEmpty()); // cleans up behind those before
    PortFile portFile;
    CliProcess sender(sendArguments(u"orders"_s, portFile.listen()), CliProcess::Input::Open);
    QVERIFY(portFile.port() != 0);
    const QDir registry(m_runtime.filePath(u"qtdelivery"_s));
    QCOMPARE(registry.entryList(QDir::System | QDir::Files).size(), 1);
    sender.sendSignal(SIGKILL);
    QTRY_VERIFY(!sender.isRunning());
    QCOMPARE(registry.entryList(QDir::System | QDir::Files).size(), 1); // it could not clean up
    QVERIFY(top().contains("No process can be watched"));
    QCOMPARE(registry.entryList(QDir::System | QDir::Files).size(), 0);
}

void TestObservation::outputIsClosed()
{
    for (const char *command : {"\"$0\" top --once >&-", "\"$0\" metrics >&-"}) {
        const auto process = CliProcess::shell(QString::fromLatin1(command));
        QCOMPARE(process->exitCode(), 1);
    }
}

QTEST_GUILESS_MAIN(TestObservation)
#include "tst_observation.moc"
