// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "certificates.h"
#include "flowpair.h"
#include "rawpeer.h"

#include <QFile>
#include <QLocalServer>
#include <QLocalSocket>
#include <QLoggingCategory>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <sys/socket.h>

using namespace QtDelivery;
using namespace QtDelivery::Test;
using namespace TestSupport;
using namespace std::chrono_literals;

// Everything runs with TCP, with TLS and with local sockets.

namespace {

enum class Kind { Tcp, Tls, Local };

// Everybody's: one certificate, known to all. Made late, as Qt's TLS wants an application.
std::optional<TlsSettings> tlsSettings;

class Node : public DeliveryNode
{
public:
    explicit Node(const NodeSettings &settings)
        : DeliveryNode(settings)
    {
        if (const Error error = setTlsSettings(*tlsSettings))
            qFatal("%s", qUtf8Printable(error.message()));
    }
};

NodeSettings fastSettings()
{
    NodeSettings settings;
    settings.reconnectIntervalMin = 5ms;
    settings.reconnectIntervalMax = 20ms;
    settings.closeTimeout = 300ms;
    return settings;
}

QList<QByteArray> messages(int count, qsizetype size)
{
    QList<QByteArray> result;
    for (int i = 1; i <= count; ++i)
        result.append(payloadOf(i, size));
    return result;
}

HelloFrame helloOf(bool initiator)
{
    HelloFrame hello = RawPeer::hello();
    hello.initiator = initiator;
    hello.connectionNumber = initiator ? 1 : 0;
    return hello;
}

/*! With TLS, all that the system was given. */
bool isWritten(const QIODevice &device)
{
    const auto *tls = qobject_cast<const QSslSocket *>(&device);
    return device.bytesToWrite() == 0 && (!tls || tls->encryptedBytesToWrite() == 0);
}

/*! A client's bare socket of any kind. */
std::unique_ptr<QIODevice> openSocket(const QUrl &url)
{
    if (url.scheme() == u"tls") {
        auto socket = std::make_unique<QSslSocket>();
        QSslConfiguration configuration = socket->sslConfiguration();
        configuration.setCaCertificates(tlsSettings->caCertificates);
        socket->setSslConfiguration(configuration);
        socket->connectToHostEncrypted(url.host(), quint16(url.port()));
        const auto isRefused = [&] { return socket->state() == QAbstractSocket::UnconnectedState; };
        if (waitUntil([&] { return socket->isEncrypted() || isRefused(); }))
            return socket;
    } else if (url.scheme() == u"tcp") {
        auto socket = std::make_unique<QTcpSocket>();
        socket->connectToHost(url.host(), quint16(url.port()));
        if (waitUntil([&] { return socket->state() == QAbstractSocket::ConnectedState; }))
            return socket;
    } else {
        auto socket = std::make_unique<QLocalSocket>();
        socket->connectToServer(url.path());
        if (waitUntil([&] { return socket->state() == QLocalSocket::ConnectedState; }))
            return socket;
    }
    return nullptr;
}

bool isConnected(const QIODevice &device)
{
    if (const auto *tcp = qobject_cast<const QTcpSocket *>(&device))
        return tcp->state() == QAbstractSocket::ConnectedState;
    return static_cast<const QLocalSocket &>(device).state() == QLocalSocket::ConnectedState;
}

qintptr descriptorOf(const QIODevice &device)
{
    if (const auto *tcp = qobject_cast<const QTcpSocket *>(&device))
        return tcp->socketDescriptor();
    return static_cast<const QLocalSocket &>(device).socketDescriptor();
}

/*! Closes with RST, if there is such a thing. */
void resetSocket(QIODevice &device)
{
    if (auto *tcp = qobject_cast<QTcpSocket *>(&device)) {
        const linger option{1, 0};
        ::setsockopt(int(descriptorOf(device)), SOL_SOCKET, SO_LINGER, &option, sizeof(option));
        tcp->abort();
    } else {
        static_cast<QLocalSocket &>(device).abort();
    }
}

std::optional<Reason> closeReason(const QByteArray &bytes)
{
    FrameDecoder decoder;
    decoder.append(bytes);
    ChannelNr channel = 0;
    Frame frame;
    while (decoder.next(&channel, &frame) == FrameDecoder::Result::Frame) {
        decoder.setMaxLength(1 << 24);
        if (const auto *close = std::get_if<CloseFrame>(&frame))
            return close->reason;
    }
    return {};
}

} // namespace

class TestSockets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void initTestCase();
    void init();

    void flow();
    void h5StalledReader();
    void trickledByteByByte();
    void everythingBeforeTheEndIsRead_data();
    void everythingBeforeTheEndIsRead();
    void refused();
    void unknownHost();
    void addressInUse();
    void staleLocalSocketIsTakenOver();
    void tooManyHandshakes();
    void halfOpenHandshakesTimeOut();
    void foreignPeer();
    void foreignServer();

private:
    [[nodiscard]] QUrl anyUrl();

    QTemporaryDir m_directory;
    Certificates m_certificates;
    int m_names = 0;
};

void TestSockets::initTestCase_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::newRow("tcp") << Kind::Tcp;
    QTest::newRow("tls") << Kind::Tls;
    QTest::newRow("local") << Kind::Local;
}

void TestSockets::initTestCase()
{
    QLoggingCategory::setFilterRules(QStringLiteral("qtdelivery.*.info=false"));
    QVERIFY(m_directory.isValid());
    const auto name = QStringLiteral("node");
    QVERIFY(m_certificates.makeSelfSigned(name, QStringLiteral("IP:127.0.0.1")));
    tlsSettings = m_certificates.settings(name, name);
}

void TestSockets::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".")));
}

/*! To listen on. */
QUrl TestSockets::anyUrl()
{
    QFETCH_GLOBAL(const Kind, kind);
    if (kind != Kind::Local)
        return QUrl(kind == Kind::Tls ? QStringLiteral("tls://127.0.0.1:0")
                                      : QStringLiteral("tcp://127.0.0.1:0"));
    return QUrl(QStringLiteral("local:") + m_directory.filePath(QString::number(++m_names)));
}

void TestSockets::flow()
{
    Node server(fastSettings());
    Node client(fastSettings());
    Sender sender(QStringLiteral("orders"), &server);
    Receiver receiver(QStringLiteral("billing"), &client);
    receiver.registerTo(QStringLiteral("orders"));
    sender.send(messages(2000, 3000));
    QVERIFY(!server.listen(anyUrl()));
    QVERIFY(!client.connectTo(server.listeningUrls().first()));
    QVERIFY(waitUntil([&] { return sender.isDone(); }));
    QVERIFY(receiver.hasExactly(sender.messages()));
    QSignalSpy closed(&client, &DeliveryNode::closed);
    client.close();
    QVERIFY(waitUntil([&] { return !closed.isEmpty() && server.linkCount() == 0; }));
}

// The peer grants everything and never reads: what is taken from the flow is bounded all the same.
void TestSockets::h5StalledReader()
{
    NodeSettings settings = fastSettings();
    settings.writeHighWaterMark = 64 * 1024;
    Node server(settings);
    ProducerSettings producer;
    producer.maxUnconfirmedBytes = 4 << 20;
    Sender sender(QStringLiteral("orders"), &server, producer);
    QVERIFY(!server.listen(anyUrl()));
    const auto socket = openSocket(server.listeningUrls().first());
    QVERIFY(socket);
    if (auto *tcp = qobject_cast<QTcpSocket *>(socket.get()))
        tcp->setReadBufferSize(1);
    else
        static_cast<QLocalSocket &>(*socket).setReadBufferSize(1);
    AttachFrame attach;
    attach.consumer = {7, 7};
    attach.requestUpToSeqNr = 1'000'000;
    attach.requestUpToBytes = quint64(1) << 40;
    attach.maxMessageSize = 1 << 20;
    attach.producerId = QStringLiteral("orders");
    attach.consumerId = QStringLiteral("sleepy");
    socket->write(encoded(0, helloOf(true)) + encoded(1, attach));

    sender.send(messages(20'000, 10'000)); // 200 MB
    QVERIFY(waitUntil([&] { return sender.controller.unconfirmedCount() > 400; }));
    // The producer's own bound is reached; nothing moves any more.
    const auto before = sender.sent();
    QVERIFY(before * 10'000 <= (4 << 20) + 20'000);
    QVERIFY(!waitUntil([&] { return sender.sent() > before; }, 100ms));
    QVERIFY(!sender.controller.demand());
    QCOMPARE(server.linkCount(), 1);
}

void TestSockets::trickledByteByByte()
{
    Node server(fastSettings());
    Receiver receiver(QStringLiteral("billing"), &server);
    receiver.registerTo(QStringLiteral("orders"));
    QVERIFY(!server.listen(anyUrl()));
    const auto socket = openSocket(server.listeningUrls().first());
    QVERIFY(socket);
    const QByteArray bytes = encoded(0, helloOf(true))
        + encoded(0, OfferFrame{OfferKind::Producer, {9, 9}, QStringLiteral("orders")})
        + encoded(2, AttachedFrame{{9, 9}, 1, 1}) + encoded(2, MessageFrame{1, "one"})
        + encoded(2, MessageFrame{2, "two"});
    for (const char byte : bytes) {
        socket->write(&byte, 1);
        QVERIFY(waitUntil([&] { return isWritten(*socket); }));
        QCoreApplication::processEvents();
    }
    QVERIFY(waitUntil([&] { return receiver.received == QList<QByteArray>({"one", "two"}); }));
    QVERIFY(receiver.inOrder);
}

void TestSockets::everythingBeforeTheEndIsRead_data()
{
    QTest::addColumn<QString>("end");
    QTest::newRow("Close") << QStringLiteral("close");
    QTest::newRow("half a frame") << QStringLiteral("half");
    QTest::newRow("reset") << QStringLiteral("reset");
}

// More than the read buffer holds, and right behind it the end.
void TestSockets::everythingBeforeTheEndIsRead()
{
    QFETCH(const QString, end);

    Node server(fastSettings());
    ConsumerSettings wide;
    wide.flowControlWindowBytes = 10 << 20;
    Receiver receiver(QStringLiteral("billing"), &server, Receiver::Confirm::AtOnce, wide);
    receiver.registerTo(QStringLiteral("orders"));
    QSignalSpy down(&server, &DeliveryNode::linkDown);
    QVERIFY(!server.listen(anyUrl()));
    const auto socket = openSocket(server.listeningUrls().first());
    QVERIFY(socket);
    socket->write(encoded(0, helloOf(true))
                  + encoded(0, OfferFrame{OfferKind::Producer, {9, 9}, QStringLiteral("orders")}));
    QVERIFY(waitUntil([&] { return server.linkCount() == 1 && socket->bytesAvailable() > 100; }));
    QByteArray bytes = encoded(2, AttachedFrame{{9, 9}, 1, 1});
    for (int n = 1; n <= 1000; ++n)
        appendFrame(bytes, 2, MessageFrame{n, payloadOf(n, 2000)});
    if (end == u"close")
        appendFrame(bytes, 0, CloseFrame{Reason::GoingAway, {}});
    else if (end == u"half")
        bytes += encoded(2, MessageFrame{1001, "x"}).first(20);
    socket->write(bytes);
    if (end == u"reset") {
        QVERIFY(waitUntil([&] { return receiver.received.size() > 500; }));
        resetSocket(*socket);
    } else {
        // A peer that keeps the protocol goes on reading: what it closes over would be reset.
        QVERIFY(waitUntil([&] { return isWritten(*socket); }));
        QCOMPARE(::shutdown(int(descriptorOf(*socket)), SHUT_WR), 0);
    }
    QVERIFY(waitUntil([&] { return !down.isEmpty(); }));
    QVERIFY(waitUntil([&] { return receiver.controller.bufferedCount() == 0; }));
    QVERIFY(receiver.inOrder);
    if (end != u"reset")
        QCOMPARE(receiver.received, messages(1000, 2000));
    const auto code = down.first().at(1).value<Error>().code();
    QCOMPARE(code, end == u"close" ? Error::Code::Closed : Error::Code::ConnectionLost);
}

void TestSockets::refused()
{
    QUrl url = anyUrl();
    if (url.scheme() != u"local") { // a port that was free a moment ago
        QTcpServer probe;
        QVERIFY(probe.listen(QHostAddress::LocalHost));
        url.setPort(probe.serverPort());
    }
    Node client(fastSettings());
    QSignalSpy scheduled(&client, &DeliveryNode::reconnectScheduled);
    QVERIFY(!client.connectTo(url));
    QVERIFY(waitUntil([&] { return scheduled.size() == 3; }));
    for (const auto &call : scheduled)
        QCOMPARE(call.at(2).value<Error>().code(), Error::Code::ConnectionRefused);

    Node server(fastSettings());
    QVERIFY(!server.listen(url));
    QVERIFY(waitUntil([&] { return client.linkCount() == 1; }));
}

void TestSockets::unknownHost()
{
    QFETCH_GLOBAL(const Kind, kind);
    if (kind == Kind::Local)
        return; // names only
    NodeSettings settings = fastSettings();
    settings.allowPlainText = true; // who knows where it leads
    Node client(settings);
    QSignalSpy scheduled(&client, &DeliveryNode::reconnectScheduled);
    QVERIFY(
        !client.connectTo(QUrl(anyUrl().scheme() + QStringLiteral("://no-such-host.invalid:1"))));
    QVERIFY(waitUntil([&] { return !scheduled.isEmpty(); }));
    QCOMPARE(scheduled.first().at(2).value<Error>().code(), Error::Code::HostNotFound);
}

void TestSockets::addressInUse()
{
    Node first(fastSettings());
    QVERIFY(!first.listen(anyUrl()));
    const QUrl url = first.listeningUrls().first();
    Node second(fastSettings());
    QCOMPARE(second.listen(url).code(), Error::Code::AddressInUse);
    QVERIFY(second.listeningUrls().isEmpty());
    QVERIFY(!second.connectTo(url)); // and the first one still works
    QVERIFY(waitUntil([&] { return second.linkCount() == 1; }));
}

void TestSockets::staleLocalSocketIsTakenOver()
{
    QFETCH_GLOBAL(const Kind, kind);
    if (kind != Kind::Local)
        return; // leaves nothing behind
    const QUrl url = anyUrl();
    {
        // What a process that crashed leaves: a socket file that nobody listens on.
        sockaddr_storage storage{};
        storage.ss_family = AF_UNIX;
        const QByteArray path = QFile::encodeName(url.path());
        char *const bytes = reinterpret_cast<char *>(&storage) + sizeof(sa_family_t);
        std::copy(path.begin(), path.end(), bytes);
        const int descriptor = ::socket(AF_UNIX, SOCK_STREAM, 0);
        QCOMPARE(::bind(descriptor, reinterpret_cast<const sockaddr *>(&storage),
                        socklen_t(sizeof(sa_family_t) + size_t(path.size()) + 1)),
                 0);
        ::close(descriptor);
    }
    QVERIFY(QFile::exists(url.path()));
    Node server(fastSettings());
    QVERIFY(!server.listen(url));
    Node client(fastSettings());
    QVERIFY(!client.connectTo(url));
    QVERIFY(waitUntil([&] { return client.linkCount() == 1; }));
}

void TestSockets::tooManyHandshakes()
{
    NodeSettings settings = fastSettings();
    settings.maxPendingHandshakes = 5;
    Node server(settings);
    QVERIFY(!server.listen(anyUrl()));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("maxPendingHandshakes")));
    std::vector<std::unique_ptr<QIODevice>> sockets;
    for (int i = 0; i < 6; ++i)
        sockets.push_back(openSocket(server.listeningUrls().first()));
    QVERIFY(waitUntil([&] { return !isConnected(*sockets[5]); }));
    for (int i = 0; i < 5; ++i) {
        QVERIFY(waitUntil([&] { return sockets[i]->bytesAvailable() > 0; })); // Hello
        QVERIFY(isConnected(*sockets[i]));
    }
    sockets[2]->write(encoded(0, helloOf(true))); // one introduces itself: there is room again
    QVERIFY(waitUntil([&] { return server.linkCount() == 1; }));
    Node client(fastSettings());
    QVERIFY(!client.connectTo(server.listeningUrls().first()));
    QVERIFY(waitUntil([&] { return client.linkCount() == 1; }));
}

void TestSockets::halfOpenHandshakesTimeOut()
{
    constexpr int Count = 200;
    NodeSettings settings = fastSettings();
    settings.maxPendingHandshakes = Count;
    settings.handshakeTimeout = 200ms;
    settings.heartbeatInterval = 50ms; // runs out while the handshake still may take its time
    settings.heartbeatTimeout = 100ms;
    Node server(settings);
    QVERIFY(!server.listen(anyUrl()));
    std::vector<std::unique_ptr<QIODevice>> sockets;
    for (int i = 0; i < Count; ++i) {
        sockets.push_back(openSocket(server.listeningUrls().first()));
        QVERIFY(sockets.back());
        sockets.back()->write(encoded(0, helloOf(true)).first(i % 60)); // some begin
    }
    for (const auto &socket : sockets) {
        QVERIFY(waitUntil([&] { return closeReason(socket->peek(1000)).has_value(); }));
        QCOMPARE(closeReason(socket->peek(1000)), std::optional(Reason::HandshakeTimeout));
    }
    QVERIFY(waitUntil([&] { // they do not leave; the node does
        return std::none_of(sockets.begin(), sockets.end(),
                            [](const auto &socket) { return isConnected(*socket); });
    }));
    Node client(fastSettings());
    QVERIFY(!client.connectTo(server.listeningUrls().first()));
    QVERIFY(waitUntil([&] { return client.linkCount() == 1; }));
}

void TestSockets::foreignPeer()
{
    Node server(fastSettings());
    QVERIFY(!server.listen(anyUrl()));
    const auto socket = openSocket(server.listeningUrls().first());
    QVERIFY(socket);
    socket->write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QVERIFY(waitUntil([&] { return !isConnected(*socket); }));
    QCOMPARE(closeReason(socket->readAll()), std::optional(Reason::NotThisProtocol));
}

// It speaks first, as mail servers do.
void TestSockets::foreignServer()
{
    const QByteArray greeting("220 mail.example ESMTP, at your service\r\n");
    QTcpServer tcp;
    QLocalServer local;
    QUrl url = anyUrl();
    if (url.scheme() != u"local") {
        QVERIFY(tcp.listen(QHostAddress::LocalHost));
        url.setPort(tcp.serverPort());
        connect(&tcp, &QTcpServer::newConnection, this,
                [&] { tcp.nextPendingConnection()->write(greeting); });
    } else {
        QVERIFY(local.listen(url.path()));
        connect(&local, &QLocalServer::newConnection, this,
                [&] { local.nextPendingConnection()->write(greeting); });
    }
    Node client(fastSettings());
    QSignalSpy scheduled(&client, &DeliveryNode::reconnectScheduled);
    QVERIFY(!client.connectTo(url));
    QVERIFY(waitUntil([&] { return scheduled.size() == 2; }));
    QCOMPARE(scheduled.first().at(2).value<Error>().code(),
             url.scheme() == u"tls" ? Error::Code::TlsFailed : Error::Code::ProtocolError);
    QCOMPARE(client.linkCount(), 0);
}

QTEST_GUILESS_MAIN(TestSockets)
#include "tst_sockets.moc"
