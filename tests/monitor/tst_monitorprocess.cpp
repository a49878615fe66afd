// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "../link/certificates.h"
#include "cliprocess.h"

#include "model/session.h"
#include "recording/playback.h"

#include <QtDelivery/deliverynode.h>
#include <QtDelivery/monitorserver.h>
#include <QtDelivery/producercontroller.h>

#include <QDir>
#include <QImage>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace Monitor;
using namespace QtDelivery;
using namespace Qt::StringLiterals;

// The program qtdelivery-monitor, looking at real processes of the program qtdelivery.

class TestMonitorProcess : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void commandLine_data();
    void commandLine();
    void wordsNeedNoDisplay();
    void bothEndsRecordedAndReopened();
    void processIsKilled();
    void h62_overTheNetwork();
    void screenshots();
    void terminated_data();
    void terminated();

private:
    QTemporaryDir m_runtime;
};

namespace {

constexpr int Patience = 30'000;

/*! One run of the monitor, with settings of its own. */
class MonitorRun
{
public:
    explicit MonitorRun(const QStringList &arguments, const QString &display = {})
    {
        QProcessEnvironment environment = CliProcess::environment();
        if (!display.isEmpty()) {
            environment.insert(u"QT_QPA_PLATFORM"_s, u"xcb"_s);
            environment.insert(u"DISPLAY"_s, display);
            // What is loaded for X is not ours: it leaves memory behind, and libxkbcommon copies
            // strings that do not end where the strict check wants it.
            const QString asan = environment.value(u"ASAN_OPTIONS"_s);
            environment.insert(u"ASAN_OPTIONS"_s,
                               asan + u":detect_leaks=0:strict_string_checks=0"_s);
        }
        m_process.setProcessEnvironment(environment);
        m_process.setProcessChannelMode(QProcess::MergedChannels);
        m_process.start(QStringLiteral(QTDELIVERY_MONITOR_PROGRAM),
                        QStringList{u"--settings"_s, m_directory.filePath(u"s.ini"_s)} + arguments);
    }
    ~MonitorRun()
    {
        if (m_process.state() != QProcess::NotRunning) {
            m_process.kill();
            m_process.waitForFinished();
        }
    }

    [[nodiscard]] bool isRunning() const { return m_process.state() == QProcess::Running; }
    void terminate() { m_process.terminate(); }
    /*! Waits for the end; -1 for a crash or no end. */
    [[nodiscard]] int exitCode()
    {
        const bool hasEnded =
            m_process.state() == QProcess::NotRunning || m_process.waitForFinished(Patience);
        return hasEnded && m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode()
                                                                          : -1;
    }
    [[nodiscard]] QByteArray output() { return m_process.readAll(); }

private:
    QTemporaryDir m_directory;
    QProcess m_process;
};

/*! An X server that nobody sees. */
class VirtualScreen
{
public:
    VirtualScreen()
    {
        // It chooses a number that is free, and says it when it can be used.
        m_process.start(u"Xvfb"_s,
                        {u"-displayfd"_s, u"1"_s, u"-screen"_s, u"0"_s, u"1280x1024x24"_s,
                         u"-nolisten"_s, u"tcp"_s});
    }
    ~VirtualScreen()
    {
        m_process.terminate();
        if (!m_process.waitForFinished())
            m_process.kill();
    }
    [[nodiscard]] static bool isInstalled()
    {
        return !QStandardPaths::findExecutable(u"Xvfb"_s).isEmpty();
    }
    /*! Empty if it does not start. */
    [[nodiscard]] QString display()
    {
        while (!m_process.canReadLine()) {
            if (!m_process.waitForReadyRead(Patience))
                return {};
        }
        return u':' + QString::fromLatin1(m_process.readLine().trimmed());
    }

private:
    QProcess m_process;
};

/*! Everything of the recording \a path, shown. */
struct Shown
{
    explicit Shown(const QString &path)
        : playback(&session)
    {
        problem = playback.open(path);
    }
    [[nodiscard]] const FlowPair *flow(const QString &title)
    {
        for (int row = 0; row < session.pairs().rowCount(); ++row) {
            if (session.pairs().pairAt(row).title() == title)
                return &session.pairs().pairAt(row);
        }
        return nullptr;
    }

    Session session;
    Playback playback;
    QString problem;
};

/*! The confirmed number of "orders" in a recording that may still be written to. */
qint64 confirmedIn(const QString &path)
{
    Shown shown(path);
    while (shown.problem.isEmpty() && !shown.playback.isComplete())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    const FlowPair *const pair = shown.flow(u"orders"_s);
    return pair && pair->isWhole() ? pair->confirmed() : -1;
}

} // namespace

void TestMonitorProcess::initTestCase()
{
    QVERIFY(m_runtime.isValid());
    qputenv("XDG_RUNTIME_DIR", QFile::encodeName(m_runtime.path()));
    qputenv("QTDELIVERY_MONITOR", "1");
    qputenv("QT_QPA_PLATFORM", "offscreen");
}

void TestMonitorProcess::commandLine_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("--help") << QStringList{u"--help"_s} << 0 << QByteArray("QTDELIVERY_MONITOR=1");
    QTest::newRow("--version") << QStringList{u"--version"_s} << 0
                               << QByteArray("qtdelivery-monitor " QTDELIVERY_VERSION);
    QTest::newRow("unknown") << QStringList{u"--nonsense"_s} << 1 << QByteArray("nonsense");
    QTest::newRow("two modes") << QStringList{u"--demo"_s, u"--socket"_s, u"/x"_s} << 2
                               << QByteArray("exclude each other");
    QTest::newRow("two recordings") << QStringList{u"a"_s, u"b"_s} << 2 << QByteArray("Only one");
    const QString address = u"tls://shop.example:4712"_s;
    QTest::newRow("two ways") << QStringList{u"--demo"_s, u"--connect"_s, address,
                                             u"--token-from"_s, u"env:T"_s}
                              << 2 << QByteArray("exclude each other");
    QTest::newRow("no encryption")
        << QStringList{u"--connect"_s, u"tcp://shop.example:4712"_s, u"--token-from"_s, u"env:T"_s}
        << 2 << QByteArray("tls://HOST:PORT");
    QTest::newRow("no token") << QStringList{u"--connect"_s, address} << 2
                              << QByteArray("--token-from");
    QTest::newRow("token on the command line")
        << QStringList{u"--connect"_s, address, u"--token-from"_s, u"open sesame"_s} << 2
        << QByteArray("--token-from");
    QTest::newRow("no pin") << QStringList{u"--connect"_s, address,    u"--token-from"_s,
                                           u"env:T"_s,     u"--pin"_s, u"12"_s}
                            << 2 << QByteArray("64 hexadecimal digits");
    QTest::newRow("token for nothing")
        << QStringList{u"--token-from"_s, u"env:T"_s} << 2 << QByteArray("--token-from goes with --connect");
    QTest::newRow("no number") << QStringList{u"--after"_s, u"soon"_s} << 2
                               << QByteArray("--after");
}

void TestMonitorProcess::commandLine()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, exitCode);
    QFETCH(QByteArray, words);
    MonitorRun monitor(arguments);
    QCOMPARE(monitor.exitCode(), exitCode);
    const QByteArray output = monitor.output();
    QVERIFY2(output.contains(words), output.constData());
}

void TestMonitorProcess::wordsNeedNoDisplay()
{
    qputenv("QT_QPA_PLATFORM", "none-of-these");
    const auto restored = qScopeGuard([] { qputenv("QT_QPA_PLATFORM", "offscreen"); });
    for (const QString &argument : {u"--help"_s, u"-h"_s, u"--version"_s}) {
        MonitorRun monitor({argument});
        QCOMPARE(monitor.exitCode(), 0);
        QVERIFY(monitor.output().contains("qtdelivery-monitor"));
    }
    MonitorRun monitor({u"--demo"_s}); // the display is really not there
    QVERIFY(monitor.exitCode() != 0);
}

void TestMonitorProcess::bothEndsRecordedAndReopened()
{
    PortFile portFile;
    CliProcess sender(sendArguments(u"orders"_s, portFile.listen()), CliProcess::Input::Open);
    QVERIFY(portFile.port() != 0);
    CliProcess receiver(receiveArguments(u"orders"_s, portFile.connect()));
    sender.write(numberedLines("line", 1, 100));
    QTemporaryDir directory;
    const QString path = directory.filePath(u"record"_s);
    MonitorRun monitor({u"--record"_s, path});
    QTRY_COMPARE_WITH_TIMEOUT(confirmedIn(path), 100, Patience);
    sender.write(numberedLines("line", 101, 150));
    QTRY_COMPARE_WITH_TIMEOUT(confirmedIn(path), 150, Patience);
    QVERIFY(monitor.isRunning());

    // With no process at all.
    sender.sendSignal(SIGKILL);
    receiver.sendSignal(SIGKILL);
    MonitorRun reopened(
        {path, u"--screenshot"_s, directory.filePath(u"shots"_s), u"--after"_s, u"1"_s});
    QCOMPARE(reopened.exitCode(), 0);
    QVERIFY(!QImage(directory.filePath(u"shots/window.png"_s)).isNull());
}

void TestMonitorProcess::processIsKilled()
{
    PortFile portFile;
    CliProcess sender(sendArguments(u"orders"_s, portFile.listen()), CliProcess::Input::Open);
    QVERIFY(portFile.port() != 0);
    QTemporaryDir directory;
    const QString path = directory.filePath(u"record"_s);
    MonitorRun monitor({u"--record"_s, path});
    const auto flowsIn = [&] {
        Shown shown(path);
        while (shown.problem.isEmpty() && !shown.playback.isComplete())
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        return shown.problem.isEmpty() ? shown.session.pairs().rowCount() : -1;
    };
    QTRY_COMPARE_WITH_TIMEOUT(flowsIn(), 1, Patience);
    sender.sendSignal(SIGKILL);
    QTRY_COMPARE_WITH_TIMEOUT(flowsIn(), 0, Patience);
    QVERIFY(monitor.isRunning());
}

/*! The program, a token in a file, and a process that listens with TLS. */
void TestMonitorProcess::h62_overTheNetwork()
{
    TestSupport::Certificates certificates;
    QVERIFY(certificates.makeAuthority(u"ca"_s));
    QVERIFY(certificates.makeCertificate(u"server"_s, u"ca"_s, u"IP:127.0.0.1"_s));
    QFile token(certificates.file(u"token"_s));
    QVERIFY(token.open(QIODevice::WriteOnly));
    token.write("tHe-sEcReT-0f-ThEsE-tEsTs\n");
    token.close();
    SharedSecret secret;
    QVERIFY(!secret.loadFile(token.fileName()));
    DeliveryNode node(NodeSettings{.nodeId = u"shop"_s});
    ProducerController producer(u"orders"_s, &node);
    MonitorServer server(&node);
    QVERIFY(!server.listen(QUrl(u"tls://127.0.0.1:0"_s), certificates.settings(u"server"_s, {}),
                           secret));
    const QString record = certificates.file(u"record"_s);
    MonitorRun monitor({u"--connect"_s, server.url().toString(), u"--tls-ca"_s,
                        certificates.file(u"ca.pem"_s), u"--token-from"_s,
                        u"file:"_s + token.fileName(), u"--record"_s, record});
    QTRY_COMPARE_WITH_TIMEOUT(server.watcherCount(), 2, Patience); // what it shows and records
    monitor.terminate();
    QCOMPARE(monitor.exitCode(), 0);
    QTRY_COMPARE(server.watcherCount(), 0);
}

void TestMonitorProcess::screenshots()
{
    QTemporaryDir directory;
    MonitorRun monitor(
        {u"--demo"_s, u"--screenshot"_s, directory.filePath(u"shots"_s), u"--after"_s, u"2"_s});
    QCOMPARE(monitor.exitCode(), 0);
    const QDir shots(directory.filePath(u"shots"_s));
    QCOMPARE(shots.entryList({u"*.png"_s}).size(), 8);
    for (const QString &name : shots.entryList({u"*.png"_s}))
        QVERIFY(QImage(shots.filePath(name)).width() > 400);
}

void TestMonitorProcess::terminated_data()
{
    QTest::addColumn<bool>("hasScreen");
    QTest::newRow("offscreen") << false;
    QTest::newRow("X") << true;
}

/*! On a real screen, too: it starts, sees a real process, and is ended as a desktop's session ends
   its programs. */
void TestMonitorProcess::terminated()
{
    QFETCH(bool, hasScreen);
    if (hasScreen && !VirtualScreen::isInstalled())
        QSKIP("Xvfb is not installed (package xvfb): nothing was shown on a screen.");
    std::optional<VirtualScreen> screen;
    QString display;
    if (hasScreen)
        QVERIFY(!(display = screen.emplace().display()).isEmpty());
    PortFile portFile;
    CliProcess sender(sendArguments(u"orders"_s, portFile.listen()), CliProcess::Input::Open);
    QVERIFY(portFile.port() != 0);
    CliProcess receiver(receiveArguments(u"orders"_s, portFile.connect()));
    sender.write(numberedLines("line", 1, 20));
    QTemporaryDir directory;
    const QString path = directory.filePath(u"record"_s);
    MonitorRun monitor({u"--record"_s, path}, display);
    QTRY_COMPARE_WITH_TIMEOUT(confirmedIn(path), 20, Patience);
    monitor.terminate();
    QCOMPARE(monitor.exitCode(), 0);
    if (hasScreen) // the offscreen platform speaks of itself
        QCOMPARE(monitor.output(), QByteArray());
    QCOMPARE(confirmedIn(path), 20);
    QVERIFY(sender.isRunning()); // nobody but the monitor has ended
}

QTEST_GUILESS_MAIN(TestMonitorProcess)
#include "tst_monitorprocess.moc"
