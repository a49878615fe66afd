// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "../controller/flow.h"
#include "../link/certificates.h"
#include "observe/monitorframes.h"
#include "observe/monitorproof.h"
#include "observe/watcher.h"

#include <QtDelivery/monitorclient.h>
#include <QtDelivery/monitorserver.h>

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSslServer>
#include <QSslSocket>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QTimer>
#include <QtEndian>

using namespace QtDelivery;
using namespace TestSupport;
using namespace Qt::StringLiterals;

// A node that is watched over the network: who may, who may not, and what a stranger hears before
// that.

namespace {

const QUrl AnyTls(u"tls://127.0.0.1:0"_s);
const SharedSecret Token{.secret = "tHe-sEcReT-0f-ThEsE-tEsTs"};
const SharedSecret OtherToken{.secret = "another-secret-of-mine"};

/*! A client and what it has heard. */
struct Watching
{
    Watching()
    {
        QObject::connect(&client, &MonitorClient::flowsUpdated, &client,
                         [this](const QList<FlowSnapshot> &changed) {
                             for (const FlowSnapshot &flow : changed)
                                 flows.insert(flow.key(), flow);
                         });
        QObject::connect(&client, &MonitorClient::eventsRecorded, &client, [this] { ++events; });
        QObject::connect(&client, &MonitorClient::updated, &client, [this] { ++updates; });
        QObject::connect(&client, &MonitorClient::frameReceived, &client, [this] { ++frames; });
        QObject::connect(&client, &MonitorClient::disconnected, &client,
                         [this](const Error &error) { ends.append(error); });
    }

    /*! Why it ended, once it has; nothing if it has not. */
    [[nodiscard]] QList<Error::Code> codes() const
    {
        QList<Error::Code> codes;
        for (const Error &error : ends)
            codes.append(error.code());
        return codes;
    }

    MonitorClient client;
    QHash<QString, FlowSnapshot> flows;
    QList<Error> ends;
    int events = 0;
    int updates = 0;
    int frames = 0;
};

/*! A watcher that is not ours: it says what the test says, through TLS. */
struct Stranger
{
    explicit Stranger(const QUrl &url)
    {
        QObject::connect(&socket, &QSslSocket::readyRead, &socket,
                         [this] { heard += socket.readAll(); });
        socket.setPeerVerifyMode(QSslSocket::VerifyNone);
        socket.connectToHostEncrypted(url.host(), quint16(url.port()));
    }

    [[nodiscard]] bool hasEnded() const { return socket.state() == QSslSocket::UnconnectedState; }
    /*! The challenge and nothing else has come. */
    [[nodiscard]] bool isChallenged() const { return heard.size() == challengeSize(); }
    [[nodiscard]] static qsizetype challengeSize()
    {
        return encoded(MonitorChallenge{.nonce = QByteArray(MonitorNonceSize, 0)}).size();
    }

    [[nodiscard]] MonitorTranscript transcript() const
    {
        const auto challenge = decoded(heard.mid(4, challengeSize() - 4)).challenge;
        return {.processNonce = challenge ? challenge->nonce : QByteArray(),
                .watcherNonce = QByteArray(MonitorNonceSize, 'w'),
                .channelBinding = QCryptographicHash::hash(socket.peerCertificate().toDer(),
                                                           QCryptographicHash::Sha256)};
    }
    [[nodiscard]] QByteArray proof(const QByteArray &token,
                                   MonitorProver role = MonitorProver::Watcher) const
    {
        const MonitorTranscript seen = transcript();
        return encoded(MonitorWatcherProof{.nonce = seen.watcherNonce,
                                           .proof = monitorProof(role, token, seen)});
    }

    QSslSocket socket;
    QByteArray heard;
};

QByteArray framed(const QByteArray &body)
{
    QByteArray length(4, 0);
    qToBigEndian(quint32(body.size()), length.data());
    return length + body;
}

QUrl urlOf(const QTcpServer &server)
{
    return QUrl(u"tls://127.0.0.1:%1"_s.arg(server.serverPort()));
}

/*! Whoever runs the process is told. */
void expectRefusal(const QString &why)
{
    QTest::ignoreMessage(QtWarningMsg,
                         QRegularExpression(u"^a monitor at \\S+ is refused: %1$"_s.arg(why)));
}

} // namespace

class TestRemoteMonitor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void h62_rightToken();
    void h62_wrongToken();
    void h62_certificate_data();
    void h62_certificate();
    void h62_clientCertificate();
    void maxWatchers();
    void nobodyListens();
    void serverCloses();

    void listenRefused_data();
    void listenRefused();
    void connectRefused_data();
    void connectRefused();

    void h62_nothingBeforeTheProof();
    void h62_plainText_data();
    void h62_plainText();
    void h62_hostileCandidate_data();
    void h62_hostileCandidate();
    void h62_replayedProof();
    void h62_neverEnding();
    void h62_manyHalfOpen();
    void hostileAfterTheProof_data();
    void hostileAfterTheProof();
    void hastyWatcher();

    void h62_impostor_data();
    void h62_impostor();
    void h62_somebodyBetween();
    void closesAtOnce();

private:
    [[nodiscard]] TlsSettings server() const { return m_certificates.settings(u"server"_s, {}); }
    [[nodiscard]] TlsSettings client() const { return m_certificates.settings({}, u"ca"_s); }
    /*! Of a TLS server that is none of ours. */
    [[nodiscard]] QSslConfiguration impostorsTls(const QString &name) const
    {
        const TlsSettings tls = m_certificates.settings(name, {});
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setLocalCertificateChain(tls.certificateChain);
        configuration.setPrivateKey(tls.privateKey.value_or(QSslKey()));
        configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
        return configuration;
    }

    Certificates m_certificates;
};

namespace {

/*! A flow whose producer's node is watched over the network. */
struct WatchedFlow : Flow
{
    explicit WatchedFlow(const TlsSettings &tls)
        : server(&left)
    {
        if (begin() || server.listen(AnyTls, tls, Token))
            qFatal("The flow does not begin.");
    }

    MonitorServer server;
};

} // namespace

void TestRemoteMonitor::initTestCase()
{
    const QString names = u"IP:127.0.0.1"_s;
    QVERIFY(m_certificates.makeAuthority(u"ca"_s));
    QVERIFY(m_certificates.makeAuthority(u"other-ca"_s));
    QVERIFY(m_certificates.makeCertificate(u"server"_s, u"ca"_s, names));
    QVERIFY(m_certificates.makeCertificate(u"monitor"_s, u"ca"_s, names));
    QVERIFY(m_certificates.makeCertificate(u"elsewhere"_s, u"ca"_s, u"DNS:elsewhere.example"_s));
    QVERIFY(m_certificates.makeSelfSigned(u"middle"_s, names));
}

// ---- who may watch

void TestRemoteMonitor::h62_rightToken()
{
    WatchedFlow flow(server());
    QVERIFY(flow.server.isListening());
    QVERIFY(flow.server.socketPath().isEmpty());
    QVERIFY(flow.server.url().port() > 0);
    QCOMPARE(flow.send(3), 3);
    flow.world.time.advance(std::chrono::milliseconds(1));

    Watching watching;
    watching.client.watchEvents({u"p/producer"_s});
    SharedSecret named = Token;
    named.name = u"whatever it is called here"_s;
    watching.client.connectTo(flow.server.url(), client(), named);
    QTRY_VERIFY(watching.client.isComplete());
    QCOMPARE(flow.server.watcherCount(), 1);
    QCOMPARE(watching.client.nodeId(), u"left"_s);
    QCOMPARE(watching.client.socketPath(), flow.server.url().toString());
    QCOMPARE(watching.flows.value(u"p/producer"_s).confirmedSeqNr, 3);
    QCOMPARE(flow.send(2), 2);
    flow.world.time.advance(std::chrono::milliseconds(1));
    QTRY_COMPARE(watching.flows.value(u"p/producer"_s).confirmedSeqNr, 5);
    QTRY_VERIFY(watching.events > 0);
    watching.client.close();
    QTRY_COMPARE(flow.server.watcherCount(), 0);
    QCOMPARE(watching.codes(), QList<Error::Code>());
    QCOMPARE(flow.server.refusedCount(), 0u);
}

void TestRemoteMonitor::h62_wrongToken()
{
    expectRefusal(u"it has another token"_s);
    WatchedFlow flow(server());
    Watching watching;
    watching.client.connectTo(flow.server.url(), client(), OtherToken);
    QTRY_COMPARE(watching.codes(), QList<Error::Code>{Error::Code::NotAuthenticated});
    const QString words = watching.ends.first().message();
    QVERIFY2(words.contains(u"does not accept the token"), qPrintable(words));
    QVERIFY(words.contains(flow.server.url().toString()));
    QVERIFY(!words.contains(QString::fromLatin1(Token.secret)));
    QVERIFY(!words.contains(QString::fromLatin1(OtherToken.secret)));
    QCOMPARE(flow.server.watcherCount(), 0);
    QCOMPARE(flow.server.refusedCount(), 1u);
    QCOMPARE(watching.frames, 0);
}

void TestRemoteMonitor::h62_certificate_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<TlsSettings>("tls");
    QTest::addColumn<bool>("isAccepted");
    const auto settings = [this](const QString &ca, const QString &pinned, bool verifies) {
        TlsSettings tls = m_certificates.settings({}, ca);
        if (!pinned.isEmpty())
            tls.pins = {TlsSettings::pinOf(m_certificates.certificate(pinned))};
        tls.verifyPeer = verifies;
        return tls;
    };
    QTest::newRow("its authority") << u"server"_s << settings(u"ca"_s, {}, true) << true;
    QTest::newRow("another one") << u"server"_s << settings(u"other-ca"_s, {}, true) << false;
    QTest::newRow("the system's") << u"server"_s << settings({}, {}, true) << false;
    QTest::newRow("another host") << u"elsewhere"_s << settings(u"ca"_s, {}, true) << false;
    QTest::newRow("pinned") << u"server"_s << settings({}, u"server"_s, false) << true;
    QTest::newRow("another pin") << u"server"_s << settings(u"ca"_s, u"monitor"_s, true) << false;
}

void TestRemoteMonitor::h62_certificate()
{
    QFETCH(const QString, name);
    QFETCH(const TlsSettings, tls);
    QFETCH(const bool, isAccepted);
    WatchedFlow flow(m_certificates.settings(name, {}));
    Watching watching;
    watching.client.connectTo(flow.server.url(), tls, Token);
    if (isAccepted) {
        QTRY_VERIFY(watching.client.isComplete());
        return;
    }
    QTRY_COMPARE(watching.codes(), QList<Error::Code>{Error::Code::CertificateRefused});
    const QByteArray pin = TlsSettings::pinOf(m_certificates.certificate(name));
    const QString words = watching.ends.first().message();
    QVERIFY2(words.contains(QString::fromLatin1(pin.toHex())), qPrintable(words));
    QCOMPARE(flow.server.watcherCount(), 0);
    QCOMPARE(watching.frames, 0);
}

void TestRemoteMonitor::h62_clientCertificate()
{
    TlsSettings tls = m_certificates.settings(u"server"_s, u"ca"_s);
    tls.requireClientCertificate = true;
    expectRefusal(u".* showed no certificate.*"_s);
    WatchedFlow flow(tls);
    Watching without;
    without.client.connectTo(flow.server.url(), client(), Token);
    QTRY_COMPARE(without.codes(), QList<Error::Code>{Error::Code::TlsFailed});
    QCOMPARE(flow.server.refusedCount(), 1u);
    Watching with;
    with.client.connectTo(flow.server.url(), m_certificates.settings(u"monitor"_s, u"ca"_s), Token);
    QTRY_VERIFY(with.client.isComplete());
    QCOMPARE(flow.server.watcherCount(), 1);
}

void TestRemoteMonitor::maxWatchers()
{
    WatchedFlow flow(server());
    flow.server.setMaxWatchers(1);
    Watching first;
    first.client.connectTo(flow.server.url(), client(), Token);
    QTRY_VERIFY(first.client.isComplete());
    Watching second;
    second.client.connectTo(flow.server.url(), client(), Token);
    QTRY_COMPARE(second.codes(), QList<Error::Code>{Error::Code::LimitReached});
    QVERIFY(first.client.isConnected());
    QCOMPARE(flow.server.refusedCount(), 1u);
}

void TestRemoteMonitor::nobodyListens()
{
    QUrl url;
    {
        QTcpServer nobody;
        QVERIFY(nobody.listen(QHostAddress::LocalHost));
        url = urlOf(nobody);
    }
    Watching watching;
    watching.client.connectTo(url, client(), Token);
    QTRY_COMPARE(watching.codes(), QList<Error::Code>{Error::Code::ConnectionRefused});
}

void TestRemoteMonitor::serverCloses()
{
    WatchedFlow flow(server());
    Watching watching;
    watching.client.connectTo(flow.server.url(), client(), Token);
    QTRY_VERIFY(watching.client.isComplete());
    const QUrl url = flow.server.url();
    flow.server.close();
    QVERIFY(!flow.server.isListening());
    QVERIFY(flow.server.url().isEmpty());
    QTRY_COMPARE(watching.codes(), QList<Error::Code>{Error::Code::Closed});
    QVERIFY(!flow.server.listen(url, server(), Token)); // the port is free again
    watching.client.connectTo(url, client(), Token);
    QTRY_VERIFY(watching.client.isComplete());
}

// ---- what cannot be asked for

void TestRemoteMonitor::listenRefused_data()
{
    QTest::addColumn<QUrl>("url");
    QTest::addColumn<TlsSettings>("tls");
    QTest::addColumn<SharedSecret>("token");
    QTest::addColumn<Error::Code>("code");
    const TlsSettings good = server();
    TlsSettings keyless = good;
    keyless.privateKey = {};
    using enum Error::Code;
    QTest::newRow("tcp") << QUrl(u"tcp://127.0.0.1:0"_s) << good << Token << PlainText;
    QTest::newRow("local") << QUrl(u"local:monitor"_s) << good << Token << PlainText;
    QTest::newRow("nowhere") << QUrl() << good << Token << PlainText;
    QTest::newRow("no certificate") << AnyTls << TlsSettings() << Token << InvalidSetting;
    QTest::newRow("no key") << AnyTls << keyless << Token << InvalidSetting;
    QTest::newRow("no token") << AnyTls << good << SharedSecret() << InvalidSetting;
    QTest::newRow("short token") << AnyTls << good << SharedSecret{.secret = "fifteen-bytes.."}
                                 << InvalidSetting;
    QTest::newRow("no address") << QUrl(u"tls://nowhere.example:0"_s) << good << Token
                                << InvalidUrl;
}

void TestRemoteMonitor::listenRefused()
{
    QFETCH(const QUrl, url);
    QFETCH(const TlsSettings, tls);
    QFETCH(const SharedSecret, token);
    QFETCH(const Error::Code, code);
    DeliveryNode node;
    MonitorServer monitor(&node);
    const Error error = monitor.listen(url, tls, token);
    QCOMPARE(error.code(), code);
    QVERIFY(!error.message().isEmpty());
    QVERIFY(!monitor.isListening());
    QVERIFY(monitor.url().isEmpty());
}

void TestRemoteMonitor::connectRefused_data()
{
    QTest::addColumn<QUrl>("url");
    QTest::addColumn<SharedSecret>("token");
    QTest::addColumn<Error::Code>("code");
    using enum Error::Code;
    QTest::newRow("tcp") << QUrl(u"tcp://127.0.0.1:4712"_s) << Token << PlainText;
    QTest::newRow("local") << QUrl(u"local:monitor"_s) << Token << PlainText;
    QTest::newRow("no port") << AnyTls << Token << InvalidUrl;
    QTest::newRow("no host") << QUrl(u"tls://:4712"_s) << Token << InvalidUrl;
    QTest::newRow("no token") << QUrl(u"tls://127.0.0.1:4712"_s) << SharedSecret()
                              << InvalidSetting;
}

void TestRemoteMonitor::connectRefused()
{
    QFETCH(const QUrl, url);
    QFETCH(const SharedSecret, token);
    QFETCH(const Error::Code, code);
    Watching watching;
    watching.client.connectTo(url, client(), token);
    QCOMPARE(watching.codes(), QList<Error::Code>()); // never from within the call
    QTRY_COMPARE(watching.codes(), QList<Error::Code>{code});
}

// ---- strangers

/*! Whatever there is to tell meanwhile, who has proved nothing hears a number and nothing else. */
void TestRemoteMonitor::h62_nothingBeforeTheProof()
{
    WatchedFlow flow(server());
    Stranger stranger(flow.server.url());
    QTcpSocket noHandshake;
    noHandshake.connectToHost(flow.server.url().host(), quint16(flow.server.url().port()));
    Watching watching;
    watching.client.connectTo(flow.server.url(), client(), Token);
    QTRY_VERIFY(stranger.isChallenged());
    QTRY_VERIFY(watching.updates >= 3);
    QCOMPARE(flow.server.watcherCount(), 1);
    QVERIFY(noHandshake.state() == QTcpSocket::ConnectedState && noHandshake.bytesAvailable() == 0);
    QVERIFY(stranger.isChallenged());
    // A length, a map of two: the type, 32 bytes.
    QCOMPARE(stranger.heard.left(9).toHex(), QByteArray("00000027bf00030158"));
    QCOMPARE(stranger.heard.at(9), char(MonitorNonceSize));
    QCOMPARE(stranger.heard.last(1).toHex(), QByteArray("ff"));
    Stranger another(flow.server.url());
    QTRY_VERIFY(another.isChallenged());
    QVERIFY(another.heard != stranger.heard); // with a number of its own
}

void TestRemoteMonitor::h62_plainText_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("HTTP") << QByteArray("GET / HTTP/1.1\r\n\r\n");
    QTest::newRow("request") << encoded(MonitorRequest{.recordedFlows = {u"p/producer"_s}});
    QTest::newRow("proof") << encoded(
        MonitorWatcherProof{.nonce = QByteArray(32, 'n'), .proof = QByteArray(32, 'p')});
    QTest::newRow("noise") << QByteArray(100'000, char(0x81));
}

void TestRemoteMonitor::h62_plainText()
{
    QFETCH(const QByteArray, bytes);
    WatchedFlow flow(server());
    QTcpSocket socket;
    const QSignalSpy connected(&socket, &QTcpSocket::connected);
    socket.connectToHost(flow.server.url().host(), quint16(flow.server.url().port()));
    socket.write(bytes);
    QTRY_COMPARE(socket.state(), QTcpSocket::UnconnectedState);
    QCOMPARE(connected.size(), 1);
    const QByteArray heard = socket.readAll();
    // Nothing, or an alert of TLS, which is a record of type 21 with two bytes.
    QVERIFY2(heard.isEmpty() || (heard.size() == 7 && heard.at(0) == 21),
             heard.toHex().constData());
    QCOMPARE(flow.server.watcherCount(), 0);
}

void TestRemoteMonitor::h62_hostileCandidate_data()
{
    QTest::addColumn<std::function<QByteArray(const Stranger &)>>("words");
    const auto row = [](const char *name, const std::function<QByteArray(const Stranger &)> &say) {
        QTest::newRow(name) << say;
    };
    const auto says = [&row](const char *name, const QByteArray &bytes) {
        row(name, [bytes](const Stranger &) { return bytes; });
    };
    const QByteArray nonce(MonitorNonceSize, 'n');
    says("noise", "GET / HTTP/1.1\r\n\r\n");
    says("huge", "\xff\xff\xff\xff");
    says("above the limit", framed(QByteArray(MaxProofFrame + 1, 0)));
    says("empty frame", QByteArray(4, 0));
    says("malformed", framed("\xff"));
    says("request", encoded(MonitorRequest{}));
    says("hello", encoded(MonitorHello{}));
    says("challenge", encoded(MonitorChallenge{.nonce = nonce}));
    says("process's proof", encoded(MonitorProcessProof{.proof = nonce}));
    says("unknown frame", framed(QByteArray::fromHex("a1001863")));
    says("short nonce", encoded(MonitorWatcherProof{.nonce = "n", .proof = nonce}));
    says("no proof", encoded(MonitorWatcherProof{.nonce = nonce}));
    row("wrong token", [](const Stranger &me) { return me.proof(OtherToken.secret); });
    row("no token", [](const Stranger &me) { return me.proof({}); });
    row("the process's role",
        [](const Stranger &me) { return me.proof(Token.secret, MonitorProver::Process); });
    row("of no encryption", [](const Stranger &me) {
        MonitorTranscript seen = me.transcript();
        seen.channelBinding.clear();
        return encoded(
            MonitorWatcherProof{.nonce = seen.watcherNonce,
                                .proof = monitorProof(MonitorProver::Watcher, Token.secret, seen)});
    });
    row("more behind it",
        [](const Stranger &me) { return me.proof(Token.secret) + encoded(MonitorRequest{}); });
}

void TestRemoteMonitor::h62_hostileCandidate()
{
    QFETCH(const std::function<QByteArray(const Stranger &)>, words);
    expectRefusal(u"(it is no monitor|it has another token)"_s);
    WatchedFlow flow(server());
    Stranger stranger(flow.server.url());
    QTRY_VERIFY(stranger.isChallenged());
    stranger.socket.write(words(stranger));
    QTRY_VERIFY(stranger.hasEnded());
    QVERIFY(stranger.isChallenged()); // and nothing else was said
    QCOMPARE(flow.server.watcherCount(), 0);
    Stranger honest(flow.server.url());
    QTRY_VERIFY(honest.isChallenged());
    honest.socket.write(honest.proof(Token.secret));
    QTRY_COMPARE(flow.server.watcherCount(), 1);
    QTRY_VERIFY(decoded(honest.heard.mid(Stranger::challengeSize() + 4, 39)).processProof);
}

void TestRemoteMonitor::h62_replayedProof()
{
    expectRefusal(u"it has another token"_s);
    WatchedFlow flow(server());
    Stranger first(flow.server.url());
    QTRY_VERIFY(first.isChallenged());
    const QByteArray proof = first.proof(Token.secret);
    first.socket.write(proof);
    QTRY_COMPARE(flow.server.watcherCount(), 1);
    Stranger second(flow.server.url());
    QTRY_VERIFY(second.isChallenged());
    second.socket.write(proof);
    QTRY_VERIFY(second.hasEnded());
    QVERIFY(second.isChallenged());
    QCOMPARE(flow.server.watcherCount(), 1);
}

/*! Without a handshake, with one that stops, and with a byte of the proof now and then. */
void TestRemoteMonitor::h62_neverEnding()
{
    expectRefusal(u"it took too long to show that it knows the token"_s); // the others no TLS
    WatchedFlow flow(server());
    const QString host = flow.server.url().host();
    const auto port = quint16(flow.server.url().port());
    QElapsedTimer elapsed;
    elapsed.start();
    QTcpSocket silent;
    silent.connectToHost(host, port);
    QTcpSocket begun;
    begun.connectToHost(host, port);
    begun.write(QByteArray::fromHex("16030100c8")); // of a record that has 200 bytes
    Stranger dripping(flow.server.url());
    QTimer drip;
    qsizetype at = 0;
    QObject::connect(&drip, &QTimer::timeout, &drip,
                     [&] { dripping.socket.write(dripping.proof(Token.secret).mid(at++, 1)); });
    QTRY_VERIFY(dripping.isChallenged());
    drip.start(1000);
    for (QTcpSocket *const socket : {&silent, &begun, static_cast<QTcpSocket *>(&dripping.socket)})
        QTRY_COMPARE_WITH_TIMEOUT(socket->state(), QTcpSocket::UnconnectedState, 20'000);
    QVERIFY2(elapsed.elapsed() >= 9'000, qPrintable(QString::number(elapsed.elapsed())));
    QVERIFY(at > 1);
    QVERIFY(dripping.isChallenged());
}

/*! A few are listened to, the others closed at once; who is watching does not notice. */
void TestRemoteMonitor::h62_manyHalfOpen()
{
    constexpr int Many = 50;
    constexpr int Kept = 16;
    WatchedFlow flow(server());
    Watching watching;
    watching.client.connectTo(flow.server.url(), client(), Token);
    QTRY_VERIFY(watching.client.isComplete());
    std::vector<std::unique_ptr<QTcpSocket>> sockets;
    int ended = 0;
    for (int i = Kept; i < Many + 1; ++i) // and the late one
        expectRefusal(u"too many others have shown no token yet"_s);
    for (int i = 0; i < Many; ++i) {
        sockets.push_back(std::make_unique<QTcpSocket>());
        QObject::connect(sockets.back().get(), &QTcpSocket::disconnected, &watching.client,
                         [&ended] { ++ended; });
        sockets.back()->connectToHost(flow.server.url().host(), quint16(flow.server.url().port()));
    }
    QTRY_COMPARE(ended, Many - Kept);
    const int updates = watching.updates;
    QTRY_VERIFY(watching.updates > updates);
    Watching late;
    late.client.connectTo(flow.server.url(), client(), Token);
    QTRY_COMPARE(late.codes(), QList<Error::Code>{Error::Code::TlsFailed});
    QCOMPARE(ended, Many - Kept);
    QCOMPARE(flow.server.refusedCount(), quint64(Many - Kept + 1));
    sockets.clear();
    // Their places are free as soon as they have left, which takes the server a turn or two.
    QTRY_VERIFY([&] {
        if (!late.client.isConnected() && late.ends.size() > 0) {
            late.ends.clear();
            late.client.connectTo(flow.server.url(), client(), Token);
        }
        return late.client.isComplete();
    }());
    QCOMPARE(flow.server.watcherCount(), 2);
}

void TestRemoteMonitor::hostileAfterTheProof_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("noise") << QByteArray("GET / HTTP/1.1\r\n\r\n");
    QTest::newRow("huge") << QByteArray("\xff\xff\xff\xff");
    QTest::newRow("above the limit") << framed(QByteArray(MaxWatcherFrame + 1, 0));
    QTest::newRow("malformed") << framed("\xff");
    QTest::newRow("deeply nested") << framed(QByteArray(60'000, char(0x81)));
}

void TestRemoteMonitor::hostileAfterTheProof()
{
    QFETCH(const QByteArray, bytes);
    WatchedFlow flow(server());
    Watching watching;
    watching.client.connectTo(flow.server.url(), client(), Token);
    QTRY_VERIFY(watching.client.isComplete());
    Stranger hostile(flow.server.url());
    QTRY_VERIFY(hostile.isChallenged());
    hostile.socket.write(hostile.proof(Token.secret));
    QTRY_COMPARE(flow.server.watcherCount(), 2);
    hostile.socket.write(bytes);
    QTRY_VERIFY(hostile.hasEnded());
    QTRY_COMPARE(flow.server.watcherCount(), 1);
    QVERIFY(watching.client.isConnected());
    QCOMPARE(flow.send(1), 1); // and the flow goes on
    flow.world.time.advance(std::chrono::milliseconds(1));
    QTRY_COMPARE(watching.flows.value(u"p/producer"_s).confirmedSeqNr, 1);
}

/*! What came while the connection was still a candidate's is read, too. */
void TestRemoteMonitor::hastyWatcher()
{
    class FullConnection final : public Connection
    {
    public:
        qint64 available() const override { return 5; }
        qint64 read(char *, qint64) override { return 0; }
        void write(QByteArrayView) override { }
        qint64 backlog() const override { return 0; }
        void closeGracefully() override { }
        void abort() override { }
    };
    int calls = 0;
    const Watcher watcher(std::make_unique<FullConnection>(), [&calls] { ++calls; });
    QCOMPARE(calls, 1);
}

// ---- processes that are not what they seem

void TestRemoteMonitor::h62_impostor_data()
{
    QTest::addColumn<std::function<QByteArray(const MonitorWatcherProof &)>>("answer");
    QTest::addColumn<QByteArray>("first");
    QTest::addColumn<Error::Code>("code");
    using Answer = std::function<QByteArray(const MonitorWatcherProof &)>;
    const QByteArray challenge =
        encoded(MonitorChallenge{.nonce = QByteArray(MonitorNonceSize, 'c')});
    const auto answers = [](const QByteArray &bytes) -> Answer {
        return [bytes](const MonitorWatcherProof &) { return bytes; };
    };
    using enum Error::Code;
    QTest::newRow("does not have the token")
        << answers(encoded(MonitorProcessProof{.proof = QByteArray(MonitorNonceSize, 'p')}))
        << challenge << NotAuthenticated;
    QTest::newRow("sends the proof back") << Answer([](const MonitorWatcherProof &proof) {
        return encoded(MonitorProcessProof{.proof = proof.proof});
    }) << challenge << NotAuthenticated;
    QTest::newRow("greets instead")
        << answers(encoded(MonitorHello{})) << challenge << NotAuthenticated;
    QTest::newRow("asks again") << answers(challenge) << challenge << NotAuthenticated;
    QTest::newRow("asks for nothing") << Answer() << encoded(MonitorHello{}) << NotAuthenticated;
    QTest::newRow("proof without a question")
        << Answer() << encoded(MonitorProcessProof{.proof = QByteArray(MonitorNonceSize, 'p')})
        << NotAuthenticated;
    QTest::newRow("unknown frame")
        << Answer() << framed(QByteArray::fromHex("a1001863")) << NotAuthenticated;
    QTest::newRow("update") << Answer() << UpdateWriter(1).finish(true) << ProtocolError;
    QTest::newRow("noise") << Answer() << QByteArray("220 mail.example ESMTP\r\n") << ProtocolError;
    QTest::newRow("short question")
        << Answer() << encoded(MonitorChallenge{.nonce = "c"}) << ProtocolError;
}

void TestRemoteMonitor::h62_impostor()
{
    QFETCH(const std::function<QByteArray(const MonitorWatcherProof &)>, answer);
    QFETCH(const QByteArray, first);
    QFETCH(const Error::Code, code);
    QSslServer impostor;
    impostor.setSslConfiguration(impostorsTls(u"server"_s));
    QVERIFY(impostor.listen(QHostAddress::LocalHost));
    QObject::connect(&impostor, &QSslServer::pendingConnectionAvailable, &impostor, [&] {
        QTcpSocket *const socket = impostor.nextPendingConnection();
        QObject::connect(socket, &QTcpSocket::readyRead, socket, [socket, answer] {
            const auto proof = decoded(socket->readAll().mid(4)).watcherProof;
            if (answer && proof)
                socket->write(answer(*proof));
        });
        socket->write(first);
    });
    Watching watching;
    QSignalSpy connected(&watching.client, &MonitorClient::connected);
    watching.client.connectTo(urlOf(impostor), client(), Token);
    QTRY_COMPARE(watching.codes(), QList<Error::Code>{code});
    QVERIFY(connected.isEmpty());
    QCOMPARE(watching.frames, 0);
}

/*! Even a monitor that believes every certificate notices that another one answers than the
 * process's, although each word of the proofs is passed on. */
void TestRemoteMonitor::h62_somebodyBetween()
{
    expectRefusal(u"it has another token"_s);
    WatchedFlow flow(server());
    QSslServer middle;
    middle.setSslConfiguration(impostorsTls(u"middle"_s));
    QVERIFY(middle.listen(QHostAddress::LocalHost));
    QSslSocket behind;
    behind.setPeerVerifyMode(QSslSocket::VerifyNone);
    bool wasPassedOn = false;
    QObject::connect(&middle, &QSslServer::pendingConnectionAvailable, &middle, [&] {
        QTcpSocket *const before = middle.nextPendingConnection();
        QObject::connect(&behind, &QSslSocket::readyRead, before,
                         [&behind, before] { before->write(behind.readAll()); });
        QObject::connect(&behind, &QSslSocket::disconnected, before,
                         &QTcpSocket::disconnectFromHost);
        QObject::connect(before, &QTcpSocket::readyRead, &behind, [&, before] {
            wasPassedOn = true;
            behind.write(before->readAll());
        });
        behind.connectToHostEncrypted(flow.server.url().host(), quint16(flow.server.url().port()));
    });
    TlsSettings believesAll;
    believesAll.verifyPeer = false;
    Watching watching;
    watching.client.connectTo(urlOf(middle), believesAll, Token);
    QTRY_COMPARE(watching.codes(), QList<Error::Code>{Error::Code::NotAuthenticated});
    QVERIFY(wasPassedOn);
    QCOMPARE(flow.server.watcherCount(), 0);
    QCOMPARE(watching.frames, 0);
}

/*! A port where something else than TLS is. */
void TestRemoteMonitor::closesAtOnce()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    QObject::connect(&other, &QTcpServer::newConnection, &other,
                     [&] { delete other.nextPendingConnection(); });
    Watching watching;
    watching.client.connectTo(urlOf(other), client(), Token);
    QTRY_COMPARE(watching.codes(), QList<Error::Code>{Error::Code::TlsFailed});
}

QTEST_GUILESS_MAIN(TestRemoteMonitor)
#include "tst_remotemonitor.moc"
