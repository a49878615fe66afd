// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "cliprocess.h"
#include "cuttingproxy.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTest>

#include <csignal>
#include <memory>

using namespace TestSupport;

namespace {

using Arguments = QStringList;
using Direction = CuttingProxy::Direction;

const QString flow = QStringLiteral("orders");

Arguments idleExit(const char *seconds)
{
    return {QStringLiteral("--idle-exit"), QString::fromLatin1(seconds)};
}

Arguments rate(const char *bytes)
{
    return {QStringLiteral("--limit-rate"), QString::fromLatin1(bytes)};
}

std::unique_ptr<CliProcess> receive(const Arguments &arguments, const QString &name = flow)
{
    return std::make_unique<CliProcess>(receiveArguments(name, arguments));
}

/*! Sends \a text and ends, or with CliProcess::Input::Open waits for more. */
std::unique_ptr<CliProcess> send(const Arguments &arguments, const QByteArray &text,
                                 CliProcess::Input input = CliProcess::Input::Empty,
                                 const QString &name = flow)
{
    auto sender =
        std::make_unique<CliProcess>(sendArguments(name, arguments), CliProcess::Input::Open);
    sender->write(text);
    if (input == CliProcess::Input::Empty)
        sender->closeInput();
    return sender;
}

/*! The numbers of \a lines, if they go up by one from line to line; otherwise nothing. */
std::optional<std::pair<int, int>> range(const QByteArrayList &lines)
{
    if (lines.isEmpty())
        return std::nullopt;
    const int first = lineNumber(lines.first());
    for (int i = 0; i < lines.size(); ++i) {
        if (lines.at(i) + '\n'
            != numberedLines(lines.at(i).split(' ').first(), first + i, first + i))
            return std::nullopt;
    }
    return std::pair(first, first + int(lines.size()) - 1);
}

/*! Lets the link live until it counts as useful, so that the next pause is a short one. */
bool letLive(const CuttingProxy &proxy)
{
    if (!QTest::qWaitFor([&] { return proxy.openConnections() > 0; }, 20'000))
        return false;
    QElapsedTimer clock;
    clock.start();
    return QTest::qWaitFor([&] { return clock.elapsed() > 130; });
}

} // namespace

/*! Two real processes whose link breaks, and processes that are killed and started again. */
class TestProcesses : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void cuts_data();
    void cuts();
    void cutsOfManyFlows();
    void refusedForAWhile();
    void lastConfirmationWaitsForTheLink();
    void lastConfirmationCannotBeTold();
    void slowLink();
    void startOrder_data();
    void startOrder();
    void receiverKilled_data();
    void receiverKilled();
    void senderKilled_data();
    void senderKilled();
    void serverRestarted_data();
    void serverRestarted();
};

void TestProcesses::cuts_data()
{
    QTest::addColumn<bool>("receiverListens");
    QTest::addColumn<bool>("cutMessages"); // or confirmations
    QTest::addColumn<bool>("reset");

    QTest::newRow("receiver listens, messages cut by reset") << true << true << true;
    QTest::newRow("sender listens, confirmations cut by reset") << false << false << true;
    QTest::newRow("sender listens, messages cut by finish") << false << true << false;
}

void TestProcesses::cuts()
{
    QFETCH(bool, receiverListens);
    QFETCH(bool, cutMessages);
    QFETCH(bool, reset);
    constexpr int total = 5000;
    constexpr int pieces = 25; // and in each of them a cut
    constexpr int piece = total / pieces;
    const PortFile portFile;
    CuttingProxy proxy;
    const Arguments json{QStringLiteral("--json")};
    std::unique_ptr<CliProcess> receiver;
    std::unique_ptr<CliProcess> sender;
    if (receiverListens) {
        receiver = receive(portFile.listen() + json);
        QVERIFY(proxy.start(portFile.port()));
        sender = send(connectTo(proxy.port()) + json, {}, CliProcess::Input::Open);
    } else {
        sender = send(portFile.listen() + json, {}, CliProcess::Input::Open);
        QVERIFY(proxy.start(portFile.port()));
        receiver = receive(connectTo(proxy.port()) + json);
    }

    QRandomGenerator random(20260101);
    for (int i = 0; i < pieces; ++i) {
        QVERIFY(letLive(proxy));
        const QByteArray text = numberedLines("order", i * piece + 1, (i + 1) * piece);
        const Direction direction =
            cutMessages == receiverListens ? Direction::ToTarget : Direction::FromTarget;
        // At any byte of what is on its way, so in the middle of frames too.
        const int most = cutMessages ? int(text.size()) / 2 : 40;
        proxy.cutAfter(direction, random.bounded(1, most),
                       reset ? CutKind::Reset : CutKind::Finish);
        sender->write(text);
        QTRY_COMPARE_WITH_TIMEOUT(proxy.cuts(), i + 1, 20'000);
    }
    sender->closeInput();
    QCOMPARE(sender->exitCode(), 0);
    QTRY_COMPARE(receiver->lines().size(), total);
    receiver->sendSignal(SIGTERM);
    QCOMPARE(receiver->exitCode(), 143);
    QVERIFY(receiver->output() == numberedLines("order", 1, total));

    const auto sent = summary(sender->output());
    QVERIFY(sent);
    QCOMPARE(sent->value(u"messages"), QJsonValue(total));
    QVERIFY(sent->value(u"reconnects").toInt() >= pieces - 1);
    if (cutMessages && reset)
        QVERIFY(sent->value(u"resent").toInt() > 0);
}

void TestProcesses::cutsOfManyFlows()
{
    constexpr int total = 2000;
    constexpr int pieces = 10;
    constexpr int piece = total / pieces;
    const PortFile portFile;
    CuttingProxy proxy;
    const auto receiver = receive(portFile.listen(), QStringLiteral("*"));
    QVERIFY(proxy.start(portFile.port()));
    const auto first =
        send(connectTo(proxy.port()), {}, CliProcess::Input::Open, QStringLiteral("first"));
    const auto second =
        send(connectTo(proxy.port()), {}, CliProcess::Input::Open, QStringLiteral("second"));
    QRandomGenerator random(20260102);
    for (int i = 0; i < pieces; ++i) {
        QTRY_COMPARE(proxy.openConnections(), 2);
        QVERIFY(letLive(proxy));
        const QByteArray text = numberedLines("n", i * piece + 1, (i + 1) * piece);
        if (i % 2 == 0)
            proxy.cutAfter(Direction::ToTarget, random.bounded(1, int(text.size())),
                           CutKind::Reset);
        else
            proxy.cutAfter(Direction::FromTarget, random.bounded(1, 40), CutKind::Reset);
        first->write(text);
        second->write(text);
        QTRY_COMPARE_WITH_TIMEOUT(proxy.cuts(), i + 1, 20'000);
    }
    first->closeInput();
    second->closeInput();
    QCOMPARE(first->exitCode(), 0);
    QCOMPARE(second->exitCode(), 0);
    QTRY_COMPARE(receiver->lines().size(), 2 * total);
    // Each once and in order, although offers went and came with each link.
    QHash<QByteArray, QByteArray> texts;
    const QByteArrayList lines = receiver->lines();
    for (const QByteArray &line : lines) {
        const qsizetype tab = line.indexOf('\t');
        texts[line.left(tab)] += line.mid(tab + 1) + '\n';
    }
    QVERIFY(texts.value("first") == numberedLines("n", 1, total));
    QVERIFY(texts.value("second") == numberedLines("n", 1, total));
}

void TestProcesses::refusedForAWhile()
{
    const PortFile portFile;
    CuttingProxy proxy;
    const auto receiver = receive(portFile.listen());
    QVERIFY(proxy.start(portFile.port()));
    const auto sender =
        send(connectTo(proxy.port()), numberedLines("n", 1, 10), CliProcess::Input::Open);
    QTRY_COMPARE(receiver->lines().size(), 10);
    proxy.refuseFor(std::chrono::milliseconds(500));
    QVERIFY(proxy.cutNow(CutKind::Finish));
    sender->write(numberedLines("n", 11, 20));
    sender->closeInput();
    QCOMPARE(sender->exitCode(), 0);
    QTRY_COMPARE(receiver->lines().size(), 20);
    QCOMPARE(receiver->output(), numberedLines("n", 1, 20));
    // Both reasons, each once.
    const QByteArray port = QByteArray::number(proxy.port());
    QVERIFY2(sender->complaints().contains("Nobody listens on tcp://127.0.0.1:" + port),
             sender->complaints().constData());
    QCOMPARE(sender->complaints().count(" Trying again.\n"), 2);
}

void TestProcesses::lastConfirmationWaitsForTheLink()
{
    const PortFile portFile;
    CuttingProxy proxy;
    OutputPipe pipe; // smaller than the last line, so that it is written when the test says so
    const auto sender = send(portFile.listen(), "first\n" + QByteArray(200'000, 'x') + '\n');
    QVERIFY(proxy.start(portFile.port()));
    CliProcess receiver(
        receiveArguments(flow,
                         connectTo(proxy.port())
                             + Arguments{QStringLiteral("--count"), QStringLiteral("2")}),
        pipe.name());
    QTRY_VERIFY(pipe.hasData());
    proxy.refuseFor(std::chrono::milliseconds(400));
    QVERIFY(proxy.cutNow(CutKind::Reset));
    QTRY_VERIFY(receiver.complaints().contains("Nobody listens"));
    QTRY_COMPARE(pipe.read().size(), 6 + 200'000 + 1);
    // Ending now would leave the sender alone with a message that it could not end with.
    QCOMPARE(sender->exitCode(), 0);
    QCOMPARE(receiver.exitCode(), 0);
}

void TestProcesses::lastConfirmationCannotBeTold()
{
    const PortFile portFile;
    OutputPipe pipe;
    const auto sender = send(portFile.listen(), "first\n" + QByteArray(200'000, 'x') + '\n');
    CliProcess receiver(
        receiveArguments(
            flow, portFile.connect() + Arguments{QStringLiteral("--count"), QStringLiteral("2")}),
        pipe.name());
    QTRY_VERIFY(pipe.hasData());
    sender->sendSignal(SIGKILL);
    QTRY_VERIFY(receiver.complaints().contains("Nobody listens"));
    QTRY_COMPARE(pipe.read().size(), 6 + 200'000 + 1);
    QCOMPARE(receiver.exitCode(), 1);
    QVERIFY2(receiver.complaints().endsWith(
                 "The sender was not reached any more to confirm the last messages.\n"),
             receiver.complaints().constData());
}

void TestProcesses::slowLink()
{
    // A round trip of 100 ms and 200 KiB/s: nothing is sent twice because an answer takes long.
    const PortFile portFile;
    CuttingProxy proxy;
    const auto receiver = receive(portFile.listen());
    QVERIFY(proxy.start(portFile.port()));
    proxy.setDelay(Direction::ToTarget, std::chrono::milliseconds(50));
    proxy.setDelay(Direction::FromTarget, std::chrono::milliseconds(50));
    proxy.setRate(Direction::ToTarget, 200 * 1024);
    const auto sender = send(connectTo(proxy.port()) + Arguments{QStringLiteral("--json")},
                             numberedLines("n", 1, 2000));
    QCOMPARE(sender->exitCode(), 0);
    QTRY_COMPARE(receiver->lines().size(), 2000);
    QVERIFY(receiver->output() == numberedLines("n", 1, 2000));
    const auto json = summary(sender->output());
    QVERIFY(json);
    QCOMPARE(json->value(u"resent"), QJsonValue(0));
    QCOMPARE(json->value(u"reconnects"), QJsonValue(0));
}

void TestProcesses::startOrder_data()
{
    QTest::addColumn<bool>("receiverFirst");
    QTest::addColumn<bool>("firstListens");

    QTest::newRow("receiver first, listens") << true << true;
    QTest::newRow("receiver first, connects") << true << false;
    QTest::newRow("sender first, listens") << false << true;
    QTest::newRow("sender first, connects") << false << false;
}

void TestProcesses::startOrder()
{
    QFETCH(bool, receiverFirst);
    QFETCH(bool, firstListens);
    const PortFile portFile;
    quint16 port = 0; // free a moment ago, if the first one connects to it
    if (!firstListens) {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        port = server.serverPort();
    }
    const Arguments listen = portFile.listen(port);
    const QByteArray text = numberedLines("n", 1, 1000);
    std::unique_ptr<CliProcess> receiver;
    std::unique_ptr<CliProcess> sender;
    const auto start = [&](bool receives, const Arguments &where) {
        if (receives)
            receiver = receive(where + idleExit("10"));
        else
            sender = send(where, text);
    };
    start(receiverFirst, firstListens ? listen : connectTo(port));
    if (!firstListens) {
        // It has tried in vain, at least once.
        QTRY_VERIFY((receiverFirst ? receiver : sender)->complaints().startsWith("Nobody listens"));
    }
    start(!receiverFirst, firstListens ? portFile.connect() : listen);
    QCOMPARE(sender->exitCode(), 0);
    QTRY_COMPARE(receiver->lines().size(), 1000);
    QCOMPARE(receiver->output(), text);
}

void TestProcesses::receiverKilled_data()
{
    QTest::addColumn<bool>("receiverListens");

    QTest::newRow("receiver listens") << true;
    QTest::newRow("sender listens") << false;
}

void TestProcesses::receiverKilled()
{
    QFETCH(bool, receiverListens);
    constexpr int total = 5000;
    const PortFile portFile;
    const PortFile secondPortFile;
    const QByteArray text = numberedLines("n", 1, total);
    std::unique_ptr<CliProcess> first;
    std::unique_ptr<CliProcess> sender;
    if (receiverListens) {
        first = receive(portFile.listen());
        sender = send(portFile.connect() + rate("400K"), text);
    } else {
        sender = send(portFile.listen() + rate("400K"), text);
        first = receive(portFile.connect());
    }
    QTRY_VERIFY(first->lines().size() >= 1000);
    first->sendSignal(SIGKILL);
    QCOMPARE(first->exitCode(), -1);
    QVERIFY(sender->isRunning());
    const auto second =
        receive(receiverListens ? secondPortFile.listen(portFile.port()) : portFile.connect());
    QCOMPARE(sender->exitCode(), 0);
    QTRY_VERIFY(!second->lines().isEmpty() && lineNumber(second->lines().last()) == total);

    // In order in each run, nothing left out between them; what was not confirmed comes again.
    const auto before = range(first->lines());
    const auto after = range(second->lines());
    QVERIFY(before && after);
    QCOMPARE(before->first, 1);
    QVERIFY(before->second < total);
    QVERIFY2(after->first <= before->second + 1, QByteArray::number(after->first).constData());
    QCOMPARE(after->second, total);
}

void TestProcesses::senderKilled_data()
{
    receiverKilled_data();
}

void TestProcesses::senderKilled()
{
    QFETCH(bool, receiverListens);
    const PortFile portFile;
    const PortFile secondPortFile;
    std::unique_ptr<CliProcess> receiver;
    std::unique_ptr<CliProcess> first;
    const QByteArray old = numberedLines("old", 1, 5000);
    if (receiverListens) {
        receiver = receive(portFile.listen());
        first = send(portFile.connect() + rate("400K"), old);
    } else {
        first = send(portFile.listen() + rate("400K"), old);
        receiver = receive(portFile.connect());
    }
    QTRY_VERIFY(receiver->lines().size() >= 1000);
    first->sendSignal(SIGKILL);
    QCOMPARE(first->exitCode(), -1);
    const QByteArray young = numberedLines("new", 1, 3000);
    const auto second =
        send(receiverListens ? portFile.connect() : secondPortFile.listen(portFile.port()), young);
    QCOMPARE(second->exitCode(), 0);

    // All of the new one, which counts from 1 again, after what had arrived of the old one.
    QTRY_VERIFY(receiver->output().endsWith(young));
    QByteArrayList lines = receiver->lines();
    const auto after = range(lines.mid(lines.size() - 3000));
    const auto before = range(lines.first(lines.size() - 3000));
    QVERIFY(before && after);
    QCOMPARE(before->first, 1);
    QVERIFY(before->second >= 1000 && before->second < 5000);
    QCOMPARE(after->first, 1);
    QVERIFY2(receiver->complaints().contains("The producer orders has begun anew"),
             receiver->complaints().constData());
}

void TestProcesses::serverRestarted_data()
{
    receiverKilled_data();
}

void TestProcesses::serverRestarted()
{
    // The side that listens ends in an orderly way and comes back when the other one has noticed.
    QFETCH(bool, receiverListens);
    constexpr int total = 5000;
    const PortFile portFile;
    const PortFile secondPortFile;
    if (receiverListens) {
        const QByteArray text = numberedLines("n", 1, total);
        const auto first = receive(portFile.listen());
        const auto sender = send(portFile.connect() + rate("400K"), text);
        QTRY_VERIFY(first->lines().size() >= 1000);
        first->sendSignal(SIGTERM);
        QCOMPARE(first->exitCode(), 143);
        QTRY_VERIFY(sender->complaints().contains("Nobody listens"));
        const auto second = receive(secondPortFile.listen(portFile.port()));
        QCOMPARE(sender->exitCode(), 0);
        QTRY_VERIFY(second->output().endsWith(numberedLines("n", total, total)));
        // In good order means: each line once.
        QVERIFY(first->output() + second->output() == text);
    } else {
        const auto first = send(portFile.listen(), numberedLines("old", 1, 1000));
        const auto receiver = receive(portFile.connect());
        QCOMPARE(first->exitCode(), 0);
        QTRY_VERIFY(receiver->complaints().contains("Nobody listens"));
        const auto second =
            send(secondPortFile.listen(portFile.port()), numberedLines("new", 1, 1000));
        QCOMPARE(second->exitCode(), 0);
        QTRY_COMPARE(receiver->lines().size(), 2000);
        QVERIFY(receiver->output()
                == numberedLines("old", 1, 1000) + numberedLines("new", 1, 1000));
    }
}

QTEST_GUILESS_MAIN(TestProcesses)
#include "tst_processes.moc"
