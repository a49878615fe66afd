// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "certificates.h"
#include "flowpair.h"

#include <QCryptographicHash>
#include <QLoggingCategory>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace QtDelivery;
using namespace TestSupport;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// Who gets in over tls://, who does not, and what each of them is told.

namespace {

NodeSettings fastSettings()
{
    NodeSettings settings;
    settings.nodeId = u"the-secret-name"_s;
    settings.reconnectIntervalMin = 5ms;
    settings.reconnectIntervalMax = 20ms;
    settings.closeTimeout = 300ms;
    return settings;
}

const QUrl AnyTls(u"tls://127.0.0.1:0"_s);
const QString ThisHost = u"IP:127.0.0.1,DNS:localhost"_s;

QUrl withScheme(QUrl url, const QString &scheme)
{
    url.setScheme(scheme);
    return url;
}

} // namespace

class TestTls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void accepted_data();
    void accepted();
    void clientRefuses_data();
    void clientRefuses();
    void serverRefuses_data();
    void serverRefuses();
    void plainTextToTls();
    void tlsToPlainText();
    void nothingIsSaidBeforeTheHandshake();
    void h62_handshakeThatNeverEnds();
    void h62_pendingHandshakesAreLimited();
    void certificatesAreReplacedWhileLinksStay();
    void expiryIsAnnounced_data();
    void expiryIsAnnounced();
    void impossibleListeners();
    void impossibleSettings();
    void unreadableFiles();
    void pinIsThatOfOpenssl_data();
    void pinIsThatOfOpenssl();
    void oldVersionsAreRefused_data();
    void oldVersionsAreRefused();

private:
    [[nodiscard]] TlsSettings named(const QString &name) const;
    [[nodiscard]] QByteArray pin(const QString &name) const
    {
        return TlsSettings::pinOf(m_certificates.certificate(name));
    }

    Certificates m_certificates;
};

void TestTls::initTestCase()
{
    QVERIFY(m_certificates.makeAuthority(u"ca"_s));
    QVERIFY(m_certificates.makeAuthority(u"otherca"_s));
    QVERIFY(m_certificates.makeCertificate(u"server"_s, u"ca"_s, ThisHost));
    QVERIFY(m_certificates.makeCertificate(u"client"_s, u"ca"_s, u"DNS:client.example"_s));
    QVERIFY(m_certificates.makeCertificate(u"elsewhere"_s, u"ca"_s, u"DNS:elsewhere.example"_s));
    QVERIFY(m_certificates.makeCertificate(u"expired"_s, u"ca"_s, ThisHost, -1));
    QVERIFY(m_certificates.makeCertificate(u"stranger"_s, u"otherca"_s, ThisHost));
    QVERIFY(m_certificates.makeSelfSigned(u"self"_s, ThisHost));
}

void TestTls::init()
{
    QTest::failOnWarning(QRegularExpression(u"."_s));
    QLoggingCategory::setFilterRules(u"qtdelivery.*.info=false"_s);
}

/*! What both sides of a row are made of: "CERTIFICATE/AUTHORITY", then what the words say. */
TlsSettings TestTls::named(const QString &name) const
{
    const QStringList words = name.split(u' ');
    const QStringList files = words.first().split(u'/');
    TlsSettings tls = m_certificates.settings(files.value(0), files.value(1));
    for (const QString &word : words.mid(1)) {
        if (word.startsWith("pin:"_L1))
            tls.pins.append(pin(word.mid(4)));
        else if (word.startsWith("name:"_L1))
            tls.serverName = word.mid(5);
        else if (word == "trusting"_L1)
            tls.verifyPeer = false;
        else if (word == "mutual"_L1)
            tls.requireClientCertificate = true;
    }
    return tls;
}

void TestTls::accepted_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("client");
    QTest::newRow("server verified") << u"server/"_s << u"/ca"_s;
    QTest::newRow("both verified") << u"server/ca mutual"_s << u"client/ca"_s;
    QTest::newRow("another name") << u"elsewhere/"_s << u"/ca name:elsewhere.example"_s;
    QTest::newRow("pinned") << u"server/ca mutual pin:client"_s
                            << u"client/ca pin:stranger pin:server"_s;
    QTest::newRow("self-signed and known") << u"self/self mutual"_s << u"self/self"_s;
    QTest::newRow("the pin alone")
        << u"self/ trusting pin:stranger"_s << u"stranger/ trusting pin:self"_s;
    QTest::newRow("nothing checked") << u"expired/"_s << u"/ trusting"_s;
}

void TestTls::accepted()
{
    QFETCH(const QString, server);
    QFETCH(const QString, client);

    DeliveryNode serverNode(fastSettings());
    QVERIFY(!serverNode.setTlsSettings(named(server)));
    QVERIFY(!serverNode.listen(AnyTls));
    DeliveryNode clientNode(fastSettings());
    QVERIFY(!clientNode.setTlsSettings(named(client)));
    Sender sender(u"orders"_s, &serverNode);
    Receiver receiver(u"billing"_s, &clientNode);
    receiver.registerTo(u"orders"_s);
    QList<QByteArray> messages;
    for (int i = 1; i <= 300; ++i)
        messages.append(payloadOf(i, 3000));
    sender.send(messages);
    QVERIFY(!clientNode.connectTo(serverNode.listeningUrls().first()));
    QVERIFY(waitUntil([&] { return sender.isDone(); }));
    QVERIFY(receiver.hasExactly(messages));

    const LinkSnapshot shown = clientNode.linkSnapshots().first();
    QVERIFY2(shown.encryption.startsWith("TLS 1.3, TLS_"_L1), qPrintable(shown.encryption));
    QCOMPARE(
        shown.certificateExpires,
        m_certificates.certificate(server.section(u'/', 0, 0)).expiryDate().toSecsSinceEpoch());
    const TlsSettings ofClient = named(client);
    QCOMPARE(shown.peerProof.contains("certificate:"_L1), ofClient.verifyPeer);
    QCOMPARE(shown.peerProof.contains("pin:"_L1), !ofClient.pins.isEmpty());
}

void TestTls::clientRefuses_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("client");
    QTest::addColumn<QString>("words");
    QTest::newRow("wrong host") << u"elsewhere/"_s << u"/ca"_s
                                << u"is for elsewhere.example, not for 127.0.0.1"_s;
    QTest::newRow("wrong name") << u"server/"_s << u"/ca name:other.example"_s
                                << u"not for other.example"_s;
    QTest::newRow("expired") << u"expired/"_s << u"/ca"_s << u"expired on"_s;
    QTest::newRow("self-signed") << u"self/"_s << u"/ca"_s << u"is signed by itself"_s;
    QTest::newRow("unknown authority")
        << u"stranger/"_s << u"/ca"_s << u"comes from otherca, which is not believed here"_s;
    QTest::newRow("unknown to the system")
        << u"server/"_s << QString() << u"comes from ca, which is not believed here"_s;
    QTest::newRow("another key") << u"server/"_s << u"/ca pin:self"_s << u"is none of pins"_s;
    QTest::newRow("another key, nothing else checked")
        << u"server/"_s << u"/ trusting pin:self"_s << u"is none of pins"_s;
    QTest::newRow("the right key, expired")
        << u"expired/"_s << u"/ca pin:expired"_s << u"expired on"_s;
}

void TestTls::clientRefuses()
{
    QFETCH(const QString, server);
    QFETCH(const QString, client);
    QFETCH(const QString, words);

    DeliveryNode serverNode(fastSettings());
    QVERIFY(!serverNode.setTlsSettings(named(server)));
    QVERIFY(!serverNode.listen(AnyTls));
    QSignalSpy strangers(&serverNode, &DeliveryNode::linkDown); // a peer that introduced itself
    DeliveryNode clientNode(fastSettings());
    QVERIFY(!clientNode.setTlsSettings(named(client)));
    QSignalSpy scheduled(&clientNode, &DeliveryNode::reconnectScheduled);
    QVERIFY(!clientNode.connectTo(serverNode.listeningUrls().first()));
    QVERIFY(waitUntil([&] { return scheduled.size() == 2; }));
    const auto error = scheduled.first().at(2).value<Error>();
    QCOMPARE(error.code(), Error::Code::CertificateRefused);
    QVERIFY2(error.message().contains(words), qPrintable(error.message()));
    QVERIFY2(error.message().contains(serverNode.listeningUrls().first().toString()),
             qPrintable(error.message()));
    QCOMPARE(clientNode.linkCount(), 0);
    QVERIFY(strangers.isEmpty());
}

void TestTls::serverRefuses_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("client");
    QTest::addColumn<QString>("words");
    QTest::newRow("no certificate")
        << u"server/ca mutual"_s << u"/ca"_s << u"showed no certificate"_s;
    QTest::newRow("no certificate, nothing else checked")
        << u"server/ca mutual trusting"_s << u"/ca"_s << u"showed no certificate"_s;
    QTest::newRow("unknown authority")
        << u"server/ca mutual"_s << u"stranger/ca"_s << u"comes from otherca"_s;
    QTest::newRow("expired") << u"server/ca mutual"_s << u"expired/ca"_s << u"expired on"_s;
    QTest::newRow("another key") << u"server/ca mutual pin:client"_s << u"elsewhere/ca"_s
                                 << u"is none of pins"_s;
    QTest::newRow("another key, nothing else checked")
        << u"server/ trusting pin:client"_s << u"elsewhere/ca"_s << u"is none of pins"_s;
}

void TestTls::serverRefuses()
{
    QFETCH(const QString, server);
    QFETCH(const QString, client);
    QFETCH(const QString, words);

    DeliveryNode serverNode(fastSettings());
    QVERIFY(!serverNode.setTlsSettings(named(server)));
    QVERIFY(!serverNode.listen(AnyTls));
    QSignalSpy serverUp(&serverNode, &DeliveryNode::linkUp);
    DeliveryNode clientNode(fastSettings());
    QVERIFY(!clientNode.setTlsSettings(named(client)));
    QSignalSpy clientUp(&clientNode, &DeliveryNode::linkUp);
    QSignalSpy scheduled(&clientNode, &DeliveryNode::reconnectScheduled);
    QLoggingCategory::setFilterRules(u"qtdelivery.*.info=true"_s);
    QTest::ignoreMessage(QtInfoMsg, QRegularExpression(words));
    QVERIFY(!clientNode.connectTo(serverNode.listeningUrls().first()));
    QVERIFY(waitUntil([&] { return scheduled.size() == 2; }));
    const auto error = scheduled.first().at(2).value<Error>();
    QVERIFY2(error.code() == Error::Code::TlsFailed, qPrintable(error.message()));
    QVERIFY(serverUp.isEmpty());
    QVERIFY(clientUp.isEmpty());
}

void TestTls::plainTextToTls()
{
    DeliveryNode serverNode(fastSettings());
    QVERIFY(!serverNode.setTlsSettings(named(u"server/"_s)));
    QVERIFY(!serverNode.listen(AnyTls));
    DeliveryNode clientNode(fastSettings());
    QSignalSpy scheduled(&clientNode, &DeliveryNode::reconnectScheduled);
    QLoggingCategory::setFilterRules(u"qtdelivery.*.info=true"_s);
    QTest::ignoreMessage(QtInfoMsg,
                         QRegularExpression(u"tls://127.0.0.1:[0-9]+ does not speak TLS"_s));
    QVERIFY(!clientNode.connectTo(withScheme(serverNode.listeningUrls().first(), u"tcp"_s)));
    QVERIFY(waitUntil([&] { return scheduled.size() == 2; }));
    const auto error = scheduled.first().at(2).value<Error>();
    QCOMPARE(error.code(), Error::Code::ConnectionLost);
    QVERIFY2(error.message().contains("wants tls://"_L1), qPrintable(error.message()));
}

void TestTls::tlsToPlainText()
{
    DeliveryNode serverNode(fastSettings());
    QVERIFY(!serverNode.listen(withScheme(AnyTls, u"tcp"_s)));
    DeliveryNode clientNode(fastSettings());
    QVERIFY(!clientNode.setTlsSettings(named(u"/ca"_s)));
    QSignalSpy scheduled(&clientNode, &DeliveryNode::reconnectScheduled);
    QVERIFY(!clientNode.connectTo(withScheme(serverNode.listeningUrls().first(), u"tls"_s)));
    QVERIFY(waitUntil([&] { return scheduled.size() == 2; }));
    const auto error = scheduled.first().at(2).value<Error>();
    QCOMPARE(error.code(), Error::Code::TlsFailed);
    QVERIFY2(error.message().contains("does not speak TLS"_L1), qPrintable(error.message()));
}

// The server is silent: all that it hears is the ClientHello, and the client gives up in time.
void TestTls::nothingIsSaidBeforeTheHandshake()
{
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    QByteArray heard;
    int ended = 0;
    connect(&silent, &QTcpServer::newConnection, this, [&] {
        QTcpSocket *const socket = silent.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, this, [&, socket] { heard += socket->readAll(); });
        connect(socket, &QTcpSocket::disconnected, this, [&] { ++ended; });
    });
    NodeSettings settings = fastSettings();
    settings.handshakeTimeout = 100ms;
    DeliveryNode client(settings);
    QVERIFY(!client.setTlsSettings(named(u"/ca"_s)));
    Sender sender(u"the-secret-flow"_s, &client);
    QSignalSpy scheduled(&client, &DeliveryNode::reconnectScheduled);
    QVERIFY(!client.connectTo(QUrl(u"tls://localhost:%1"_s.arg(silent.serverPort()))));
    QVERIFY(waitUntil([&] { return !scheduled.isEmpty() && ended > 0; }));
    const auto error = scheduled.first().at(2).value<Error>();
    QCOMPARE(error.code(), Error::Code::TimedOut);
    QVERIFY2(error.message().contains("handshakeTimeout"_L1), qPrintable(error.message()));
    QVERIFY(heard.startsWith("\x16\x03"));
    QVERIFY(!heard.contains("secret"));
}

// A stranger that says nothing, and one that goes on saying a little, are cut off alike.
void TestTls::h62_handshakeThatNeverEnds()
{
    NodeSettings settings = fastSettings();
    settings.handshakeTimeout = 200ms;
    DeliveryNode server(settings);
    QVERIFY(!server.setTlsSettings(named(u"server/"_s)));
    QVERIFY(!server.listen(AnyTls));
    const QUrl url = server.listeningUrls().first();
    int ended = 0;
    QTimer drip;
    QTcpSocket mute;
    QTcpSocket slow;
    for (QTcpSocket *socket : {&mute, &slow}) {
        connect(socket, &QTcpSocket::disconnected, this, [&] { ++ended; });
        socket->connectToHost(url.host(), quint16(url.port()));
    }
    // The head of a record of 16 KiB, and then a byte at a time.
    connect(&slow, &QTcpSocket::connected, this, [&] {
        slow.write(QByteArray::fromHex("1603014000010030000303"));
        drip.start(10);
    });
    connect(&slow, &QTcpSocket::disconnected, &drip, &QTimer::stop);
    connect(&drip, &QTimer::timeout, this, [&] { slow.write("x"); });
    QVERIFY(waitUntil([&] { return ended == 2; }));
    QCOMPARE(mute.readAll() + slow.readAll(), QByteArray());
    DeliveryNode client(fastSettings());
    QVERIFY(!client.setTlsSettings(named(u"/ca"_s)));
    QVERIFY(!client.connectTo(url));
    QVERIFY(waitUntil([&] { return client.linkCount() == 1; }));
}

void TestTls::h62_pendingHandshakesAreLimited()
{
    NodeSettings settings = fastSettings();
    settings.maxPendingHandshakes = 5;
    DeliveryNode server(settings);
    QVERIFY(!server.setTlsSettings(named(u"server/"_s)));
    QVERIFY(!server.listen(AnyTls));
    const QUrl url = server.listeningUrls().first();
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"maxPendingHandshakes"_s));
    int gone = 0;
    std::vector<std::unique_ptr<QTcpSocket>> sockets;
    for (int i = 0; i < 6; ++i) {
        sockets.push_back(std::make_unique<QTcpSocket>());
        connect(sockets.back().get(), &QTcpSocket::disconnected, this, [&] { ++gone; });
        sockets.back()->connectToHost(url.host(), quint16(url.port()));
    }
    QVERIFY(waitUntil([&] { return gone == 1; }));
    sockets.clear();
    DeliveryNode client(fastSettings());
    QVERIFY(!client.setTlsSettings(named(u"/ca"_s)));
    QVERIFY(!client.connectTo(url));
    QVERIFY(waitUntil([&] { return client.linkCount() == 1; }));
}

void TestTls::certificatesAreReplacedWhileLinksStay()
{
    DeliveryNode server(fastSettings());
    QVERIFY(!server.setTlsSettings(named(u"server/"_s)));
    QVERIFY(!server.listen(AnyTls));
    const QUrl url = server.listeningUrls().first();
    DeliveryNode before(fastSettings());
    QVERIFY(!before.setTlsSettings(named(u"/ca pin:server"_s)));
    QSignalSpy down(&before, &DeliveryNode::linkDown);
    QVERIFY(!before.connectTo(url));
    QVERIFY(waitUntil([&] { return before.linkCount() == 1; }));

    QVERIFY(!server.setTlsSettings(named(u"stranger/"_s)));
    DeliveryNode after(fastSettings());
    QVERIFY(!after.setTlsSettings(named(u"/otherca pin:stranger"_s)));
    QVERIFY(!after.connectTo(url));
    QVERIFY(waitUntil([&] { return after.linkCount() == 1; }));
    QCOMPARE(before.linkCount(), 1);
    QVERIFY(down.isEmpty());
}

void TestTls::expiryIsAnnounced_data()
{
    QTest::addColumn<int>("days"); // the certificates end in two
    QTest::addColumn<bool>("announced");
    QTest::newRow("soon") << 3 << true;
    QTest::newRow("later") << 1 << false;
    QTest::newRow("never") << 0 << false;
}

void TestTls::expiryIsAnnounced()
{
    QFETCH(const int, days);
    QFETCH(const bool, announced);
    const QDateTime end = m_certificates.certificate(u"server"_s).expiryDate();
    DeliveryNode server(fastSettings());
    QSignalSpy own(&server, &DeliveryNode::certificateExpires);
    TlsSettings tls = named(u"server/"_s);
    tls.announceExpiry = std::chrono::hours(24 * days);
    QVERIFY(!server.setTlsSettings(tls));
    QVERIFY(!server.listen(AnyTls));
    DeliveryNode client(fastSettings());
    tls = named(u"/ca"_s);
    tls.announceExpiry = std::chrono::hours(24 * days);
    QVERIFY(!client.setTlsSettings(tls));
    QSignalSpy peers(&client, &DeliveryNode::certificateExpires);
    QSignalSpy up(&client, &DeliveryNode::linkCountChanged);
    QVERIFY(!client.connectTo(server.listeningUrls().first()));
    QVERIFY(waitUntil([&] { return !up.isEmpty(); }));
    QCoreApplication::processEvents();
    QCOMPARE(own.size(), announced ? 1 : 0);
    QCOMPARE(peers.size(), announced ? 1 : 0);
    if (announced) {
        QCOMPARE(own.first(), (QVariantList{QString(), end}));
        QCOMPARE(peers.first(), (QVariantList{u"the-secret-name"_s, end}));
    }
}

void TestTls::impossibleListeners()
{
    DeliveryNode node(fastSettings());
    Error error = node.listen(AnyTls);
    QCOMPARE(error.code(), Error::Code::InvalidSetting);
    QVERIFY(error.message().contains("certificateChain"_L1));
    // Everybody whom the system's authorities know would be let in.
    QVERIFY(!node.setTlsSettings(named(u"server/ mutual"_s)));
    error = node.listen(AnyTls);
    QCOMPARE(error.code(), Error::Code::InvalidSetting);
    QVERIFY(error.message().contains("caCertificates"_L1));
    QVERIFY(node.listeningUrls().isEmpty());
    QCOMPARE(node.connectTo(AnyTls).code(), Error::Code::InvalidUrl); // no port
}

void TestTls::impossibleSettings()
{
    DeliveryNode node(fastSettings());
    TlsSettings tls = named(u"server/ca"_s);
    tls.privateKey = {};
    QCOMPARE(node.setTlsSettings(tls).code(), Error::Code::InvalidSetting);
    tls = named(u"server/ca"_s);
    tls.pins = {"abc"};
    QCOMPARE(node.setTlsSettings(tls).code(), Error::Code::InvalidSetting);
    QCOMPARE(node.listen(AnyTls).code(), Error::Code::InvalidSetting); // none was taken
}

void TestTls::unreadableFiles()
{
    const auto file = [&](const QString &name) { return m_certificates.file(name); };
    const QString noFile = file(u"missing.pem"_s);
    TlsSettings tls = named(u"server/ca"_s);
    const QList<QSslCertificate> before = tls.certificateChain;
    Error error = tls.load(noFile, {}, {});
    QCOMPARE(error.code(), Error::Code::AccessDenied);
    QVERIFY(error.message().contains(noFile));
    error = tls.load(file(u"client.pem"_s), {}, file(u"client.key"_s)); // a key for an authority
    QCOMPARE(error.code(), Error::Code::InvalidSetting);
    QVERIFY(error.message().contains(file(u"client.key"_s)));
    error = tls.load({}, file(u"client.pem"_s), {});
    QCOMPARE(error.code(), Error::Code::InvalidSetting);
    QVERIFY(error.message().contains("no private key"_L1));
    QCOMPARE(tls.certificateChain, before);

    // A key with a passphrase.
    const QString locked = file(u"locked.key"_s);
    QVERIFY(m_certificates.encryptKey(u"server"_s, u"locked"_s, "open sesame"));
    QCOMPARE(tls.load({}, locked, {}, "wrong").code(), Error::Code::InvalidSetting);
    QVERIFY(!tls.load({}, locked, {}, "open sesame"));
    QCOMPARE(tls.privateKey, named(u"server/"_s).privateKey);
}

void TestTls::pinIsThatOfOpenssl_data()
{
    QTest::addColumn<QString>("algorithm");
    QTest::newRow("P-256") << u"ec -pkeyopt ec_paramgen_curve:P-256"_s;
    QTest::newRow("RSA") << u"rsa:2048"_s;
    QTest::newRow("Ed25519") << u"ed25519"_s; // Qt does not know this kind
}

void TestTls::pinIsThatOfOpenssl()
{
    QFETCH(const QString, algorithm);
    QVERIFY(m_certificates.makeCertificate(u"key"_s, u"ca"_s, ThisHost, 2, algorithm));
    const QString pem = m_certificates.file(u"key.pub"_s);
    const QString der = m_certificates.file(u"key.der"_s);
    QVERIFY(Certificates::openssl({u"x509"_s, u"-in"_s, m_certificates.file(u"key.pem"_s),
                                   u"-noout"_s, u"-pubkey"_s, u"-out"_s, pem}));
    QVERIFY(Certificates::openssl(
        {u"pkey"_s, u"-pubin"_s, u"-in"_s, pem, u"-outform"_s, u"DER"_s, u"-out"_s, der}));
    QFile file(der);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(pin(u"key"_s).toHex(),
             QCryptographicHash::hash(file.readAll(), QCryptographicHash::Sha256).toHex());
    QVERIFY(TlsSettings::pinOf(QSslCertificate()).isEmpty());
    const QString digits = QString::fromLatin1(pin(u"key"_s).toHex());
    QCOMPARE(TlsSettings::pinFromHex(digits), pin(u"key"_s));
    QCOMPARE(TlsSettings::pinFromHex(digits.toUpper()), pin(u"key"_s));
    const QString less = digits.chopped(1);
    for (const QString &wrong : {QString(), less, less + u'g', digits + u"00"_s})
        QVERIFY2(TlsSettings::pinFromHex(wrong).isEmpty(), qPrintable(wrong));
}

void TestTls::oldVersionsAreRefused_data()
{
    QTest::addColumn<QString>("version");
    QTest::addColumn<bool>("isAccepted");
    QTest::newRow("1.1") << u"-tls1_1"_s << false;
    QTest::newRow("1.2") << u"-tls1_2"_s << true;
    QTest::newRow("1.3") << u"-tls1_3"_s << true;
}

// A client that is not ours.
void TestTls::oldVersionsAreRefused()
{
    QFETCH(const QString, version);
    QFETCH(const bool, isAccepted);

    DeliveryNode server(fastSettings());
    QVERIFY(!server.setTlsSettings(named(u"server/"_s)));
    QVERIFY(!server.listen(AnyTls));
    const QUrl url = server.listeningUrls().first();
    QProcess client;
    QSignalSpy finished(&client, &QProcess::finished);
    client.start(u"openssl"_s,
                 {u"s_client"_s, u"-connect"_s, url.authority(), u"-verify_return_error"_s,
                  u"-CAfile"_s, m_certificates.file(u"ca.pem"_s), u"-cipher"_s,
                  u"DEFAULT@SECLEVEL=0"_s, version});
    client.closeWriteChannel(); // it leaves after the handshake
    QVERIFY(waitUntil([&] { return !finished.isEmpty(); }));
    QCOMPARE(client.exitCode() == 0, isAccepted);
}

QTEST_GUILESS_MAIN(TestTls)
#include "tst_tls.moc"
