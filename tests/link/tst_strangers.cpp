// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "certificates.h"
#include "rawpeer.h"

#include <QDir>
#include <QLoggingCategory>
#include <QProcess>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QtEndian>

#include <malloc.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace QtDelivery;
using namespace TestSupport;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// Who comes to a tls:// port over the network without being invited: real sockets, and clients that
// are not ours.

namespace {

const QUrl AnyTls(u"tls://127.0.0.1:0"_s);
const QString Flow = u"the-secret-flow"_s;

/*! A connection without an object on this side: what is measured is the node's. */
class BareSocket
{
public:
    explicit BareSocket(quint16 port)
        : m_descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        m_isOpen =
            ::connect(m_descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address)
            == 0;
    }
    ~BareSocket() { ::close(m_descriptor); }
    Q_DISABLE_COPY_MOVE(BareSocket)

    [[nodiscard]] bool isOpen() const { return m_isOpen; }
    void write(const QByteArray &bytes)
    {
        (void)::send(m_descriptor, bytes.constData(), size_t(bytes.size()), MSG_NOSIGNAL);
    }

    /*! All of \a bytes; calls \a wait while the other side has to read first. */
    void writeAll(QByteArrayView bytes, const std::function<void()> &wait)
    {
        while (!bytes.isEmpty()) {
            const auto count = ::send(m_descriptor, bytes.data(), size_t(bytes.size()),
                                      MSG_NOSIGNAL | MSG_DONTWAIT);
            bytes = bytes.sliced(std::max<qsizetype>(count, 0));
            wait();
        }
    }

private:
    const int m_descriptor;
    bool m_isOpen = false;
};

size_t memoryInUse()
{
    const auto info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

/*! Whether this process may have so many files and sockets; it asks for them. */
bool mayOpen(rlim_t count)
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return false;
    if (limit.rlim_cur < count) {
        limit.rlim_cur = std::min(count, limit.rlim_max);
        (void)::setrlimit(RLIMIT_NOFILE, &limit);
    }
    return limit.rlim_cur >= count;
}

} // namespace

class TestStrangers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }

    void h62_thousandHalfOpen_data();
    void h62_thousandHalfOpen();
    void h62_bytesHeld();
    void h62_opensslAsAStranger_data();
    void h62_opensslAsAStranger();
    void h62_revokedPin();

private:
    [[nodiscard]] QByteArray pin(const QString &name) const
    {
        return TlsSettings::pinOf(m_certificates.certificate(name));
    }

    Certificates m_certificates;
};

void TestStrangers::initTestCase()
{
    const QString here = u"IP:127.0.0.1"_s;
    QVERIFY(m_certificates.makeAuthority(u"ca"_s));
    QVERIFY(m_certificates.makeCertificate(u"server"_s, u"ca"_s, here));
    QVERIFY(m_certificates.makeCertificate(u"client"_s, u"ca"_s, here));
    QVERIFY(m_certificates.makeCertificate(u"successor"_s, u"ca"_s, here));
}

void TestStrangers::h62_thousandHalfOpen_data()
{
    QTest::addColumn<int>("allowed");
    QTest::newRow("as many as by default") << NodeSettings().maxPendingHandshakes;
    QTest::newRow("all of them") << 1000;
}

// Each has begun a TLS handshake, and goes no further.
void TestStrangers::h62_thousandHalfOpen()
{
    QFETCH(const int, allowed);
    constexpr int Count = 1000;
    constexpr int AtOnce = 20; // fewer than the system lets wait to be accepted
    if (!mayOpen(2 * Count + 100))
        QSKIP("This process may not open so many sockets");
    DeliveryNode server(NodeSettings{.maxPendingHandshakes = allowed});
    QVERIFY(!server.setTlsSettings(m_certificates.settings(u"server"_s, {})));
    QVERIFY(!server.listen(AnyTls));
    const QUrl url = server.listeningUrls().first();
    QTest::failOnWarning(QRegularExpression(u"^$"_s)); // the refusals are logged
    for (int i = 0; i < Count - allowed; ++i)
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"maxPendingHandshakes"_s));

    const size_t before = memoryInUse();
    std::vector<std::unique_ptr<BareSocket>> strangers;
    const auto arrived = [&] {
        return server.linkSnapshots().size() + qsizetype(server.refusals().connections);
    };
    for (int i = 0; i < Count; ++i) {
        strangers.push_back(std::make_unique<BareSocket>(quint16(url.port())));
        QVERIFY(strangers.back()->isOpen());
        strangers.back()->write(QByteArray::fromHex("1603010200010001fc0303")); // 512 are to come
        if (i % AtOnce == AtOnce - 1)
            QVERIFY(waitUntil([&] { return arrived() == i + 1; }));
    }
    const size_t held = memoryInUse() - before;
    qInfo("%d half-open TLS connections hold %zu bytes", allowed, held);
    QCOMPARE(server.linkSnapshots().size(), allowed);
    QCOMPARE(server.refusals().connections, quint64(Count - allowed));
    // Nearly all of it is what OpenSSL takes for a context; Qt gives each connection its own.
    QVERIFY2(held < size_t(allowed) * 192 * 1024, qPrintable(QString::number(held)));

    strangers.clear();
    QVERIFY(waitUntil([&] { return server.linkSnapshots().isEmpty(); }));
    DeliveryNode client;
    QVERIFY(!client.setTlsSettings(m_certificates.settings({}, u"ca"_s)));
    QVERIFY(!client.connectTo(url));
    QVERIFY(waitUntil([&] { return client.linkCount() == 1; }));
}

// Frames that are announced, and come but for their end.
void TestStrangers::h62_bytesHeld()
{
    constexpr int Count = 40;
    constexpr qint64 MiB = 1024 * 1024;
    DeliveryNode server(NodeSettings{.maxFrameLength = MiB, .maxBytesHeld = 8 * MiB});
    QVERIFY(!server.listen(QUrl(u"tcp://127.0.0.1:0"_s)));
    const auto port = quint16(server.listeningUrls().first().port());
    QByteArray most = Test::encoded(1, Test::goldenFirstAttach()).first(FrameHeaderSize);
    qToLittleEndian<quint32>(MiB - 100, most.data() + 4);
    most.append(QByteArray(MiB - 1024, 'x'));
    QLoggingCategory::setFilterRules(u"qtdelivery.link.warning=false"_s); // of each end
    const size_t before = memoryInUse();
    size_t held = 0;
    std::vector<std::unique_ptr<BareSocket>> strangers;
    for (quint64 i = 0; i < Count; ++i) {
        strangers.push_back(std::make_unique<BareSocket>(port));
        HelloFrame hello = RawPeer::hello();
        hello.node = {i, i};
        strangers.back()->write(Test::encoded(0, hello));
        const auto bytesIn = [&] {
            qint64 bytes = 0;
            for (const LinkSnapshot &link : server.linkSnapshots())
                bytes = link.bytesIn; // of the last
            return bytes;
        };
        strangers.back()->writeAll(most, [&] { QCoreApplication::processEvents(); });
        QVERIFY(waitUntil([&] { return bytesIn() > most.size(); }));
        QCoreApplication::processEvents();
        held = std::max(held, memoryInUse() - before);
    }
    QLoggingCategory::setFilterRules({});
    qInfo("%d unfinished frames of 1 MiB hold up to %zu bytes", Count, held);
    QVERIFY2(held < size_t(12 * MiB), qPrintable(QString::number(held)));
    QVERIFY(server.refusals().limits > Count / 2);
}

void TestStrangers::h62_opensslAsAStranger_data()
{
    QTest::addColumn<QByteArray>("said");
    QTest::addColumn<Refusals>("refusals");
    QTest::newRow("nothing") << QByteArray() << Refusals{.handshakes = 1};
    QTest::newRow("another protocol") << "GET / HTTP/1.1\r\nHost: x\r\n\r\n"_ba << Refusals();
    QTest::newRow("a Hello without a secret")
        << Test::encoded(0, RawPeer::hello()) << Refusals{.secrets = 1};
}

// A program that speaks TLS, and is sure that the server is the right one.
void TestStrangers::h62_opensslAsAStranger()
{
    QFETCH(const QByteArray, said);
    QFETCH(const Refusals, refusals);
    DeliveryNode server(NodeSettings{.handshakeTimeout = 500ms, .closeTimeout = 200ms});
    QVERIFY(!server.setTlsSettings(m_certificates.settings(u"server"_s, {})));
    QVERIFY(!server.setSharedSecrets({{u"orders"_s, "tHe-sEcReT-0f-ThEsE-tEsTs"}}));
    QVERIFY(!server.listen(AnyTls));
    const Sender sender(Flow, &server);
    QSignalSpy up(&server, &DeliveryNode::linkUp);
    QProcess client;
    client.start(u"openssl"_s,
                 {u"s_client"_s, u"-quiet"_s, u"-verify_quiet"_s, u"-verify_return_error"_s,
                  u"-CAfile"_s, m_certificates.file(u"ca.pem"_s), u"-connect"_s,
                  server.listeningUrls().first().authority()});
    client.write(said);
    // It stays, so that the node has to end it.
    QVERIFY(waitUntil([&] { return client.state() == QProcess::NotRunning; }));
    const QByteArray heard = client.readAllStandardOutput();
    QVERIFY2(!heard.isEmpty(), client.readAllStandardError().constData()); // there was a handshake
    QVERIFY(!heard.contains(Flow.toUtf8()));
    QVERIFY(up.isEmpty());
    QVERIFY(waitUntil([&] { return server.linkSnapshots().isEmpty(); }));
    QCOMPARE(server.refusals(), refusals);
}

void TestStrangers::h62_revokedPin()
{
    DeliveryNode server;
    TlsSettings tls = m_certificates.settings(u"server"_s, u"ca"_s);
    tls.pins = {pin(u"client"_s), pin(u"successor"_s)};
    QVERIFY(!server.setTlsSettings(tls));
    QVERIFY(!server.listen(AnyTls));
    const QUrl url = server.listeningUrls().first();
    DeliveryNode client(NodeSettings{.reconnectIntervalMin = 5ms, .reconnectIntervalMax = 20ms});
    QVERIFY(!client.setTlsSettings(m_certificates.settings(u"client"_s, u"ca"_s)));
    QVERIFY(!client.connectTo(url));
    QVERIFY(waitUntil([&] { return client.linkCount() == 1; }));

    tls.pins = {pin(u"successor"_s)};
    QVERIFY(!server.setTlsSettings(tls));
    QVERIFY(!client.disconnectFrom(url));
    QVERIFY(waitUntil([&] { return client.linkCount() == 0 && server.linkCount() == 0; }));
    QSignalSpy scheduled(&client, &DeliveryNode::reconnectScheduled);
    QVERIFY(!client.connectTo(url));
    QVERIFY(waitUntil([&] { return scheduled.size() == 2; }));
    QCOMPARE(scheduled.first().at(2).value<Error>().code(), Error::Code::TlsFailed);
    QCOMPARE(client.linkCount(), 0);

    QVERIFY(!client.setTlsSettings(m_certificates.settings(u"successor"_s, u"ca"_s)));
    QVERIFY(waitUntil([&] { return client.linkCount() == 1; }));
}

QTEST_GUILESS_MAIN(TestStrangers)
#include "tst_strangers.moc"
