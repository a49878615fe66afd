// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "../controller/flow.h"
#include "observe/flightrecorder.h"
#include "observe/monitorframes.h"

#include <QtDelivery/monitorclient.h>
#include <QtDelivery/monitorregistry.h>
#include <QtDelivery/monitorserver.h>

#include <QDir>
#include <QFile>
#include <QHash>
#include <QLocalServer>
#include <QLocalSocket>
#include <QRegularExpression>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>
#include <QtEndian>

#include <atomic>

using namespace QtDelivery;
using namespace TestSupport;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

// A node and its watchers, through real local sockets; and what both do when the other one
// misbehaves.

class TestMonitor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void everythingAtFirst();
    void thenWhatHasChanged();
    void removed();
    void h62_refusalsAreShown();
    void severalWatchers();
    void events();
    void applicationsRecorder();
    void nodeEnds();
    void serverCloses();

    void registry();
    void registryIsPrivate();
    void registryCleansUp();
    void refusingSocketIsRemoved();
    void environmentAsksForIt();
    void listenRefused();

    void neverReads();
    void manyFlowsInTurns();
    void maxWatchers();
    void hostileWatcher_data();
    void hostileWatcher();

    void hostileServer_data();
    void hostileServer();
    void silentServer();
    void tooManyFlows();
    void serverDeletedFromASlot();
    void clientInAnotherThread();
    void replayed();
    void replayOfNonsense_data();
    void replayOfNonsense();
    void closedFromASlot();
    void deletedFromASlot();

private:
    QTemporaryDir m_runtime;
};

namespace {

/*! A client and the picture that it has put together. */
struct Watching
{
    explicit Watching(const QString &path)
    {
        QObject::connect(&client, &MonitorClient::flowsUpdated, &client,
                         [this](const QList<FlowSnapshot> &changed) {
                             for (const FlowSnapshot &flow : changed)
                                 flows.insert(flow.key(), flow);
                             changes += changed.size();
                         });
        QObject::connect(&client, &MonitorClient::flowsRemoved, &client,
                         [this](const QStringList &keys) {
                             for (const QString &key : keys)
                                 flows.remove(key);
                         });
        QObject::connect(&client, &MonitorClient::linksUpdated, &client,
                         [this](const QList<LinkSnapshot> &changed) {
                             for (const LinkSnapshot &link : changed)
                                 links.insert(link.key(), link);
                         });
        QObject::connect(&client, &MonitorClient::linksRemoved, &client,
                         [this](const QStringList &keys) {
                             for (const QString &key : keys)
                                 links.remove(key);
                         });
        QObject::connect(
            &client, &MonitorClient::eventsRecorded, &client,
            [this](const QString &key, const QList<FlowEvent> &news) { events[key] += news; });
        QObject::connect(&client, &MonitorClient::updated, &client, [this] { ++updates; });
        QObject::connect(&client, &MonitorClient::disconnected, &client,
                         [this](const Error &error) { ends.append(error.code()); });
        client.connectTo(path);
    }

    MonitorClient client;
    QHash<QString, FlowSnapshot> flows;
    QHash<QString, LinkSnapshot> links;
    QHash<QString, QList<FlowEvent>> events;
    QList<Error::Code> ends;
    qsizetype changes = 0;
    int updates = 0;
};

/*! A flow whose producer's node is watched. */
struct WatchedFlow : Flow
{
    WatchedFlow()
        : server(&left)
    {
        if (begin() || server.listen())
            qFatal("The flow does not begin.");
    }

    MonitorServer server;
};

/*! A process that is not one of ours. */
struct Impostor
{
    Impostor()
    {
        if (!directory.isValid() || !server.listen(path()))
            qFatal("No socket.");
    }
    [[nodiscard]] QString path() const { return directory.filePath(u"socket"_s); }

    QTemporaryDir directory;
    QLocalServer server;
};

QByteArray framed(const QByteArray &body)
{
    QByteArray length(4, 0);
    qToBigEndian(quint32(body.size()), length.data());
    return length + body;
}

} // namespace

void TestMonitor::initTestCase()
{
    QVERIFY(m_runtime.isValid());
    qputenv("XDG_RUNTIME_DIR", QFile::encodeName(m_runtime.path()));
}

// ---- watching

void TestMonitor::everythingAtFirst()
{
    WatchedFlow flow;
    QCOMPARE(flow.send(3), 3);
    flow.world.time.advance(1ms);
    Watching watching(flow.server.socketPath());
    QTRY_VERIFY(watching.client.isComplete());
    QCOMPARE(watching.flows.size(), 1);
    FlowSnapshot shown = watching.flows.value(u"p/producer"_s);
    shown.rtt = flow.producer.snapshot().rtt; // measured since
    QVERIFY(shown.isSameAs(flow.producer.snapshot()));
    QCOMPARE(watching.links.size(), 1);
    QCOMPARE(watching.links.cbegin()->peerNodeId, u"right"_s);
    QCOMPARE(watching.client.nodeId(), u"left"_s);
    QCOMPARE(watching.client.process().pid, QCoreApplication::applicationPid());
    QCOMPARE(watching.client.process().program, u"tst_monitor"_s);
    QCOMPARE(watching.client.clock(), flow.left.clock());
    QCOMPARE(flow.server.watcherCount(), 1);
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    QVERIFY(qAbs((watching.client.clock() + watching.client.clockOffset()) / 1000 - now) < 60'000);
}

void TestMonitor::thenWhatHasChanged()
{
    WatchedFlow flow;
    ProducerController idle(u"idle"_s, &flow.left);
    Watching watching(flow.server.socketPath());
    QTRY_VERIFY(watching.client.isComplete());
    // The first round trip is news, too.
    QTRY_VERIFY(watching.flows.value(u"p/producer"_s).rtt >= 0);
    watching.changes = 0;
    QCOMPARE(flow.send(5), 5);
    flow.world.time.advance(1ms);
    QTRY_COMPARE(watching.flows.value(u"p/producer"_s).confirmedSeqNr, 5);
    QVERIFY(watching.changes >= 1);
    QVERIFY(watching.changes <= 3); // never the idle one
    const int updates = watching.updates;
    const qsizetype changes = watching.changes;
    QTRY_VERIFY(watching.updates >= updates + 3); // time goes on, the flow does not
    QCOMPARE(watching.changes, changes);
}

void TestMonitor::removed()
{
    WatchedFlow flow;
    auto other = std::make_unique<ConsumerController>(u"other"_s, &flow.left);
    Watching watching(flow.server.socketPath());
    QTRY_COMPARE(watching.flows.size(), 2);
    QCOMPARE(watching.links.size(), 1);
    other.reset();
    QTRY_COMPARE(watching.flows.size(), 1);
    flow.world.network.setSilent(true);
    flow.world.network.cutAll();
    VirtualTime::settle();
    QTRY_COMPARE(watching.links.size(), 0);
    QCOMPARE(watching.flows.value(u"p/producer"_s).blocked.reason, BlockedReason::LinkDown);
}

void TestMonitor::h62_refusalsAreShown()
{
    DeliveryNode node(NodeSettings{.maxLinks = 1});
    QVERIFY(!node.listen(QUrl(u"tcp://127.0.0.1:0"_s)));
    MonitorServer server(&node);
    QVERIFY(!server.listen());
    const Watching watching(server.socketPath());
    QTRY_VERIFY(watching.client.isComplete());
    QCOMPARE(watching.client.refusals(), Refusals());
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"maxLinks is reached"_s));
    QTcpSocket peers[2];
    for (QTcpSocket &peer : peers)
        peer.connectToHost(QHostAddress::LocalHost, quint16(node.listeningUrls().first().port()));
    QTRY_COMPARE(watching.client.refusals(), Refusals{.connections = 1});
}

void TestMonitor::severalWatchers()
{
    WatchedFlow flow;
    Watching first(flow.server.socketPath());
    QTRY_VERIFY(first.client.isComplete());
    auto second = std::make_unique<Watching>(flow.server.socketPath());
    QTRY_VERIFY(second->client.isComplete());
    QCOMPARE(flow.server.watcherCount(), 2);
    QCOMPARE(second->flows.size(), 1);
    second.reset();
    QTRY_COMPARE(flow.server.watcherCount(), 1);
    QCOMPARE(flow.send(1), 1);
    flow.world.time.advance(1ms);
    QTRY_COMPARE(first.flows.value(u"p/producer"_s).confirmedSeqNr, 1);
}

void TestMonitor::events()
{
    WatchedFlow flow;
    auto watching = std::make_unique<Watching>(flow.server.socketPath());
    watching->client.watchEvents({u"p/producer"_s, u"p/nobody"_s});
    QTRY_VERIFY(!watching->events.value(u"p/producer"_s).isEmpty());
    QCOMPARE(watching->events.value(u"p/producer"_s).first().kind, FlowEvent::Kind::RecordingBegan);
    QCOMPARE(flow.send(1), 1);
    flow.world.time.advance(1ms);
    QTRY_COMPARE(watching->events.value(u"p/producer"_s).last().kind, FlowEvent::Kind::Report);
    qint64 last = 0;
    for (const FlowEvent &event : watching->events.value(u"p/producer"_s))
        QCOMPARE(event.number, ++last); // each once
    watching.reset();
    QTRY_VERIFY(flow.producer.eventsAfter().isEmpty()); // switched off with its last watcher
}

void TestMonitor::applicationsRecorder()
{
    WatchedFlow flow;
    flow.producer.setRecording(true);
    auto watching = std::make_unique<Watching>(flow.server.socketPath());
    watching->client.watchEvents({u"p/producer"_s});
    QTRY_VERIFY(!watching->events.isEmpty());
    watching.reset();
    QTRY_COMPARE(flow.server.watcherCount(), 0);
    QVERIFY(!flow.producer.eventsAfter().isEmpty()); // it stays as the application wants it
}

void TestMonitor::nodeEnds()
{
    VirtualWorld world;
    auto node = std::make_unique<TestNode>(world);
    MonitorServer server(node.get());
    QVERIFY(!server.listen());
    Watching watching(server.socketPath());
    QTRY_VERIFY(watching.client.isComplete());
    node.reset();
    QTRY_COMPARE(watching.ends, QList<Error::Code>{Error::Code::Closed});
    QVERIFY(!server.isListening());
    QVERIFY(!watching.client.isConnected());
    QCOMPARE(server.listen().code(), Error::Code::InvalidArgument);
}

void TestMonitor::serverCloses()
{
    WatchedFlow flow;
    const QString path = flow.server.socketPath();
    Watching watching(path);
    QTRY_VERIFY(watching.client.isComplete());
    QSignalSpy count(&flow.server, &MonitorServer::watcherCountChanged);
    flow.server.close();
    QCOMPARE(count.size(), 1);
    QTRY_COMPARE(watching.ends, QList<Error::Code>{Error::Code::Closed});
    QVERIFY(!QFile::exists(path));
    Watching late(path);
    QTRY_COMPARE(late.ends, QList<Error::Code>{Error::Code::ConnectionRefused});
}

// ---- finding

void TestMonitor::registry()
{
    QVERIFY(MonitorRegistry::processes().isEmpty());
    VirtualWorld world;
    TestNode node(world);
    MonitorServer first(&node);
    MonitorServer second(&node);
    QVERIFY(!first.listen());
    QVERIFY(!second.listen());
    const QList<MonitorProcess> found = MonitorRegistry::processes();
    QCOMPARE(found.size(), 2);
    QCOMPARE(found[0].pid, QCoreApplication::applicationPid());
    QCOMPARE(found[0].program, u"tst_monitor"_s);
    QCOMPARE(found[0].socketPath, first.socketPath());
    QCOMPARE(found[1].socketPath, second.socketPath());
    QVERIFY(found[0].number < found[1].number);
    first.close();
    QCOMPARE(MonitorRegistry::processes(), found.mid(1));
}

void TestMonitor::registryIsPrivate()
{
    VirtualWorld world;
    TestNode node(world);
    MonitorServer server(&node);
    QVERIFY(!server.listen());
    constexpr auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup
        | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
    QCOMPARE(QFile::permissions(MonitorRegistry::directory()) & others, QFile::Permissions());
    QCOMPARE(QFile::permissions(server.socketPath()) & others, QFile::Permissions());
}

void TestMonitor::registryCleansUp()
{
    QVERIFY(QDir().mkpath(MonitorRegistry::directory()));
    const QDir folder(MonitorRegistry::directory());
    const QString dead = folder.filePath(u"999999999-1-gone.sock"_s);
    const QString foreign = folder.filePath(u"readme.sock"_s);
    for (const QString &name : {dead, foreign}) {
        QFile file(name);
        QVERIFY(file.open(QIODevice::WriteOnly));
    }
    QVERIFY(MonitorRegistry::processes().isEmpty());
    QVERIFY(!QFile::exists(dead));
    QVERIFY(QFile::exists(foreign)); // not one of ours
    QVERIFY(QFile::remove(foreign));
}

/*! The number of a process may have been given to another one since. */
void TestMonitor::refusingSocketIsRemoved()
{
    QVERIFY(QDir().mkpath(MonitorRegistry::directory()));
    const QString path = u"%1/%2-999-old.sock"_s.arg(MonitorRegistry::directory())
                             .arg(QCoreApplication::applicationPid());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(MonitorRegistry::processes().size(), 1);
    Watching watching(path);
    QTRY_COMPARE(watching.ends, QList<Error::Code>{Error::Code::ConnectionRefused});
    QVERIFY(MonitorRegistry::processes().isEmpty());
}

void TestMonitor::environmentAsksForIt()
{
    VirtualWorld world;
    for (const char *value : {"", "0"}) {
        qputenv("QTDELIVERY_MONITOR", value);
        const TestNode node(world);
        QVERIFY(MonitorRegistry::processes().isEmpty());
    }
    qputenv("QTDELIVERY_MONITOR", "1");
    {
        const TestNode node(world, nodeNamed(u"asked"_s));
        qunsetenv("QTDELIVERY_MONITOR");
        const QList<MonitorProcess> found = MonitorRegistry::processes();
        QCOMPARE(found.size(), 1);
        Watching watching(found[0].socketPath);
        QTRY_VERIFY(watching.client.isComplete());
        QCOMPARE(watching.client.nodeId(), u"asked"_s);
    }
    QVERIFY(MonitorRegistry::processes().isEmpty());
}

void TestMonitor::listenRefused()
{
    VirtualWorld world;
    TestNode node(world);
    MonitorServer server(&node);
    QVERIFY(server.listen(u"/nowhere/at/all"_s).isError());
    QVERIFY(!server.isListening());
    QTemporaryDir directory;
    const QString path = directory.filePath(u"socket"_s);
    MonitorServer first(&node);
    QVERIFY(!first.listen(path));
    QCOMPARE(server.listen(path).code(), Error::Code::AddressInUse);
    QVERIFY(first.isListening());
    MonitorServer without(nullptr);
    QCOMPARE(without.listen().code(), Error::Code::InvalidArgument);
}

// ---- watchers that misbehave

/*! One that never reads, while a thousand flows change all the time: what is held for it stays the
    same, and the other watcher does not notice. */
void TestMonitor::neverReads()
{
    VirtualWorld world;
    TestNode node(world);
    std::vector<std::unique_ptr<ProducerController>> flows;
    for (int i = 0; i < 1000; ++i)
        flows.push_back(std::make_unique<ProducerController>(u"flow %1"_s.arg(i), &node));
    MonitorServer server(&node);
    QVERIFY(!server.listen());
    QLocalSocket deaf;
    deaf.setReadBufferSize(1);
    deaf.connectToServer(server.socketPath());
    QVERIFY(deaf.waitForConnected());
    Watching watching(server.socketPath());
    QTRY_VERIFY(watching.client.isComplete());
    QCOMPARE(server.watcherCount(), 2);
    qint64 rejected = 0;
    for (int round = 0; round < 8; ++round) {
        for (const auto &flow : flows)
            QVERIFY(!flow->send("refused, and counted"));
        ++rejected;
        QTRY_COMPARE(watching.flows.value(u"p/flow 999"_s).rejected, rejected);
    }
    QVERIFY(server.pendingBytes() > 0);
    QVERIFY2(server.pendingBytes() <= 384 * 1024,
             qPrintable(QString::number(server.pendingBytes())));
    QCOMPARE(server.watcherCount(), 2); // it may begin to read yet
}

/*! More than one update takes: all of them come, and each is as it is now. */
void TestMonitor::manyFlowsInTurns()
{
    VirtualWorld world;
    TestNode node(world);
    std::vector<std::unique_ptr<ProducerController>> flows;
    for (int i = 0; i < 3000; ++i)
        flows.push_back(std::make_unique<ProducerController>(u"flow %1"_s.arg(i), &node));
    MonitorServer server(&node);
    QVERIFY(!server.listen());
    Watching watching(server.socketPath());
    QTRY_VERIFY(watching.client.isComplete());
    QCOMPARE(watching.flows.size(), 3000);
    QVERIFY(watching.updates > 1);
}

void TestMonitor::maxWatchers()
{
    WatchedFlow flow;
    flow.server.setMaxWatchers(1);
    Watching first(flow.server.socketPath());
    QTRY_VERIFY(first.client.isComplete());
    Watching second(flow.server.socketPath());
    QTRY_COMPARE(second.ends, QList<Error::Code>{Error::Code::Closed});
    QVERIFY(first.client.isConnected());
}

void TestMonitor::hostileWatcher_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("noise") << QByteArray("GET / HTTP/1.1\r\n\r\n");
    QTest::newRow("huge") << QByteArray("\xff\xff\xff\xff");
    QTest::newRow("above the limit") << framed(QByteArray(MaxWatcherFrame + 1, 0));
    QTest::newRow("malformed") << framed("\xff");
    QTest::newRow("empty frame") << QByteArray(4, 0);
    QTest::newRow("deeply nested") << framed(QByteArray(60'000, char(0x81)));
}

void TestMonitor::hostileWatcher()
{
    QFETCH(QByteArray, bytes);
    WatchedFlow flow;
    Watching watching(flow.server.socketPath());
    QTRY_VERIFY(watching.client.isComplete());
    QLocalSocket hostile;
    hostile.connectToServer(flow.server.socketPath());
    QVERIFY(hostile.waitForConnected());
    hostile.write(bytes);
    QTRY_COMPARE(hostile.state(), QLocalSocket::UnconnectedState);
    QTRY_COMPARE(flow.server.watcherCount(), 1);
    QVERIFY(watching.client.isConnected());
    QCOMPARE(flow.send(1), 1); // and the flow goes on
    flow.world.time.advance(1ms);
    QTRY_COMPARE(watching.flows.value(u"p/producer"_s).confirmedSeqNr, 1);
}

// ---- processes that misbehave

void TestMonitor::hostileServer_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Error::Code>("code");
    const QByteArray hello = encoded(MonitorHello{});
    QTest::newRow("noise") << QByteArray("220 mail.example ESMTP\r\n")
                           << Error::Code::ProtocolError;
    QTest::newRow("huge") << hello + QByteArray("\xff\xff\xff\xff") << Error::Code::ProtocolError;
    QTest::newRow("just too large")
        << hello + framed(QByteArray(MaxMonitorFrame + 1, 0)) << Error::Code::ProtocolError;
    QTest::newRow("malformed") << hello + framed("\xff") << Error::Code::ProtocolError;
    QTest::newRow("update before the greeting")
        << UpdateWriter(1).finish(true) << Error::Code::ProtocolError;
    QTest::newRow("another version")
        << encoded(MonitorHello{.version = 2}) << Error::Code::UnsupportedVersion;
    QTest::newRow("deeply nested")
        << hello + framed(QByteArray(900'000, char(0x81))) << Error::Code::ProtocolError;
    QTest::newRow("array of an announced length")
        << hello + framed(QByteArray::fromHex("9bffffffffffffffff")) << Error::Code::ProtocolError;
}

void TestMonitor::hostileServer()
{
    QFETCH(QByteArray, bytes);
    QFETCH(Error::Code, code);
    Impostor impostor;
    Watching watching(impostor.path());
    QTRY_VERIFY(impostor.server.hasPendingConnections());
    impostor.server.nextPendingConnection()->write(bytes);
    QTRY_COMPARE(watching.ends, QList<Error::Code>{code});
    QVERIFY(!watching.client.isConnected());
}

void TestMonitor::silentServer()
{
    Impostor impostor;
    Watching watching(impostor.path());
    QTRY_VERIFY(impostor.server.hasPendingConnections());
    QTRY_COMPARE_WITH_TIMEOUT(watching.ends, QList<Error::Code>{Error::Code::TimedOut}, 10'000);
}

void TestMonitor::tooManyFlows()
{
    Impostor impostor;
    Watching watching(impostor.path());
    QTRY_VERIFY(impostor.server.hasPendingConnections());
    QLocalSocket *const socket = impostor.server.nextPendingConnection();
    socket->write(encoded(MonitorHello{}));
    UpdateWriter writer(1);
    FlowSnapshot flow;
    for (int i = 0; i <= 100'000; ++i) {
        flow.id = QString::number(i);
        writer.add(flow);
    }
    socket->write(writer.finish(true));
    QTRY_COMPARE_WITH_TIMEOUT(watching.ends, QList<Error::Code>{Error::Code::LimitReached}, 60'000);
}

void TestMonitor::serverDeletedFromASlot()
{
    VirtualWorld world;
    TestNode node(world);
    QPointer<MonitorServer> server = new MonitorServer(&node);
    QVERIFY(!server->listen());
    QObject::connect(server, &MonitorServer::watcherCountChanged, &node, [&] { delete server; });
    Watching watching(server->socketPath());
    QTRY_VERIFY(!server);
    QTRY_COMPARE(watching.ends, QList<Error::Code>{Error::Code::Closed});
}

void TestMonitor::clientInAnotherThread()
{
    WatchedFlow flow;
    QThread thread;
    thread.start();
    auto *const client = new MonitorClient;
    std::atomic<int> updates = 0;
    QObject::connect(client, &MonitorClient::updated, client, [&updates] { ++updates; });
    client->moveToThread(&thread);
    QObject::connect(&thread, &QThread::finished, client, &QObject::deleteLater);
    QMetaObject::invokeMethod(
        client, [client, path = flow.server.socketPath()] { client->connectTo(path); });
    QTRY_COMPARE(flow.server.watcherCount(), 1);
    QTRY_VERIFY(updates > 2);
    thread.quit();
    QVERIFY(thread.wait());
    QTRY_COMPARE(flow.server.watcherCount(), 0);
}

void TestMonitor::replayed()
{
    WatchedFlow flow;
    QList<QByteArray> frames;
    Watching live(flow.server.socketPath());
    QObject::connect(&live.client, &MonitorClient::frameReceived, &live.client,
                     [&](const QByteArray &frame) { frames.append(frame); });
    QTRY_COMPARE(live.flows.size(), 1);
    flow.send(3);
    QTRY_COMPARE(live.flows.value(u"p/producer"_s).sentSeqNr, 3);

    Watching shown({});
    QSignalSpy connected(&shown.client, &MonitorClient::connected);
    shown.client.beginReplay(u"yesterday"_s);
    shown.client.watchEvents({u"p/producer"_s}); // nobody is asked
    for (const QByteArray &frame : frames)
        shown.client.replay(frame);
    QCOMPARE(connected.size(), 1);
    QCOMPARE(shown.client.socketPath(), u"yesterday"_s);
    QCOMPARE(shown.client.nodeId(), u"left"_s);
    QCOMPARE(shown.client.clockOffset(), live.client.clockOffset());
    QCOMPARE(shown.flows, live.flows);
    QCOMPARE(shown.updates, live.updates);
    QVERIFY(shown.ends.isEmpty());
}

void TestMonitor::replayOfNonsense_data()
{
    QTest::addColumn<QByteArray>("frame");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no map") << QByteArray("\x01");
    QTest::newRow("update before the hello") << QByteArray::fromHex("a2000201 09");
    QTest::newRow("too long") << QByteArray(1024 * 1024 + 1, '\0');
}

void TestMonitor::replayOfNonsense()
{
    QFETCH(QByteArray, frame);
    Watching shown({});
    shown.client.beginReplay(u"yesterday"_s);
    shown.client.replay(frame);
    QCOMPARE(shown.ends, QList<Error::Code>{Error::Code::ProtocolError});
    QVERIFY(!shown.client.isConnected());
}

void TestMonitor::closedFromASlot()
{
    WatchedFlow flow;
    MonitorClient client;
    int updates = 0;
    QObject::connect(&client, &MonitorClient::linksUpdated, &client, [&] { client.close(); });
    QObject::connect(&client, &MonitorClient::updated, &client, [&] { ++updates; });
    QSignalSpy links(&client, &MonitorClient::linksUpdated);
    client.connectTo(flow.server.socketPath());
    QTRY_COMPARE(links.size(), 1);
    QTRY_COMPARE(flow.server.watcherCount(), 0);
    QCOMPARE(updates, 0);
}

void TestMonitor::deletedFromASlot()
{
    WatchedFlow flow;
    for (const bool early : {true, false}) {
        QPointer<MonitorClient> client = new MonitorClient;
        if (early)
            QObject::connect(client, &MonitorClient::connected, &flow.application,
                             [client] { delete client; });
        else
            QObject::connect(client, &MonitorClient::flowsUpdated, &flow.application,
                             [client] { delete client; });
        client->connectTo(flow.server.socketPath());
        QTRY_VERIFY(!client);
        QTRY_COMPARE(flow.server.watcherCount(), 0);
    }
}

QTEST_GUILESS_MAIN(TestMonitor)
#include "tst_monitor.moc"
