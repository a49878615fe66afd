// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "cuttingproxy.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTest>

#include <memory>

#include <cerrno>

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace TestSupport;
using namespace std::chrono_literals;
using Direction = CuttingProxy::Direction;

namespace {

/*! A server that keeps what its last client sends. */
class Server : public QTcpServer
{
public:
    Server()
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this] {
            client.reset(nextPendingConnection());
            client->setParent(nullptr);
            connect(client.get(), &QTcpSocket::readyRead, this,
                    [this] { received += client->readAll(); });
        });
    }

    [[nodiscard]] bool hasClient() const
    {
        return client && client->state() == QAbstractSocket::ConnectedState;
    }

    std::unique_ptr<QTcpSocket> client;
    QByteArray received;
};

/*! A client without Qt, which does not tell a reset from an orderly end. */
class PlainClient
{
public:
    explicit PlainClient(quint16 port)
        : m_fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in address = {};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        m_connectError =
            ::connect(m_fd, reinterpret_cast<const sockaddr *>(&address), sizeof(address)) == 0
            ? 0
            : errno;
        ::fcntl(m_fd, F_SETFL, O_NONBLOCK);
    }
    ~PlainClient() { ::close(m_fd); }
    PlainClient(const PlainClient &) = delete;
    PlainClient &operator=(const PlainClient &) = delete;

    [[nodiscard]] int connectError() const { return m_connectError; }
    void send(const QByteArray &bytes)
    {
        const ssize_t sent = ::send(m_fd, bytes.constData(), size_t(bytes.size()), MSG_NOSIGNAL);
        QCOMPARE(sent, bytes.size());
    }
    /*! "open", "end" or "reset". */
    [[nodiscard]] QByteArray state()
    {
        char byte = 0;
        if (m_state == "open") {
            const ssize_t count = ::recv(m_fd, &byte, 1, 0);
            if (count == 0)
                m_state = "end";
            else if (count < 0 && errno == ECONNRESET)
                m_state = "reset";
        }
        return m_state;
    }

private:
    int m_fd;
    int m_connectError = 0;
    QByteArray m_state = "open";
};

QByteArray someBytes(int count)
{
    QByteArray bytes;
    for (int i = 0; bytes.size() < count; ++i)
        bytes += QByteArray::number(i) + ' ';
    bytes.truncate(count);
    return bytes;
}

} // namespace

/*! The tool that other tests rely on. */
class TestCuttingProxy : public QObject
{
    Q_OBJECT

    [[nodiscard]] bool connectClient();

    std::unique_ptr<Server> m_server;
    std::unique_ptr<CuttingProxy> m_proxy;
    std::unique_ptr<QTcpSocket> m_client;

private Q_SLOTS:
    void init();
    void cleanup();

    void forwardsBothWays();
    void endsInGoodOrder();
    void cutsAfterExactlySoManyBytes_data();
    void cutsAfterExactlySoManyBytes();
    void cutsAgainAndAgain();
    void kindOfCut_data();
    void kindOfCut();
    void cutsInIntervals();
    void stalls();
    void delays();
    void limitsTheRate();
    void refuses();
    void targetThatDoesNotListen();
};

void TestCuttingProxy::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_server = std::make_unique<Server>();
    m_proxy = std::make_unique<CuttingProxy>();
    QVERIFY(m_proxy->start(m_server->serverPort()));
}

void TestCuttingProxy::cleanup()
{
    m_client.reset();
    m_proxy.reset();
    m_server.reset();
}

bool TestCuttingProxy::connectClient()
{
    const int before = m_proxy->openConnections();
    m_client = std::make_unique<QTcpSocket>();
    m_client->connectToHost(QHostAddress::LocalHost, m_proxy->port());
    return QTest::qWaitFor(
        [&] { return m_server->hasClient() && m_proxy->openConnections() == before + 1; });
}

void TestCuttingProxy::forwardsBothWays()
{
    QVERIFY(connectClient());
    const QByteArray there = someBytes(1'000'000);
    const QByteArray back = someBytes(700'000);
    m_client->write(there);
    m_server->client->write(back);
    QByteArray received;
    connect(m_client.get(), &QTcpSocket::readyRead, this, [&] { received += m_client->readAll(); });
    QTRY_COMPARE(m_server->received.size(), there.size());
    QTRY_COMPARE(received.size(), back.size());
    QVERIFY(m_server->received == there);
    QVERIFY(received == back);
    QCOMPARE(m_proxy->forwarded(Direction::ToTarget), there.size());
    QCOMPARE(m_proxy->forwarded(Direction::FromTarget), back.size());
    QCOMPARE(m_proxy->cuts(), 0);
    QCOMPARE(m_proxy->accepted(), 1);
}

void TestCuttingProxy::endsInGoodOrder()
{
    QVERIFY(connectClient());
    m_client->write(someBytes(300'000));
    m_client->disconnectFromHost();
    QTRY_VERIFY(!m_server->hasClient());
    QCOMPARE(m_server->received, someBytes(300'000));
    QTRY_COMPARE(m_proxy->openConnections(), 0);
    QCOMPARE(m_proxy->cuts(), 0);
}

void TestCuttingProxy::cutsAfterExactlySoManyBytes_data()
{
    QTest::addColumn<int>("count");
    QTest::newRow("one") << 1;
    QTest::newRow("some") << 12345;
    QTest::newRow("more than the buffers") << 345'678;
}

void TestCuttingProxy::cutsAfterExactlySoManyBytes()
{
    QFETCH(int, count);
    m_proxy->cutAfter(Direction::ToTarget, count, CutKind::Finish);
    QVERIFY(connectClient());
    m_client->write(someBytes(count + 1000));
    QTRY_COMPARE(m_proxy->cuts(), 1);
    QTRY_VERIFY(!m_server->hasClient());
    QCOMPARE(m_server->received, someBytes(count));
    QTRY_COMPARE(m_client->state(), QAbstractSocket::UnconnectedState);
}

void TestCuttingProxy::cutsAgainAndAgain()
{
    m_proxy->cutAfter(Direction::FromTarget, 100, CutKind::Reset, 3);
    for (int i = 1; i <= 3; ++i) {
        QVERIFY(connectClient());
        m_server->client->write(someBytes(60));
        QTRY_COMPARE(m_client->bytesAvailable(), 60);
        QCOMPARE(m_proxy->cuts(), i - 1);
        m_server->client->write(someBytes(60));
        QTRY_COMPARE(m_proxy->cuts(), i);
        QTRY_COMPARE(m_client->state(), QAbstractSocket::UnconnectedState);
    }
    QVERIFY(connectClient());
    m_server->client->write(someBytes(1000));
    QTRY_COMPARE(m_client->bytesAvailable(), 1000);
    QCOMPARE(m_proxy->cuts(), 3);
}

void TestCuttingProxy::kindOfCut_data()
{
    QTest::addColumn<bool>("reset");
    QTest::addColumn<QByteArray>("state");
    QTest::newRow("reset") << true << QByteArray("reset");
    QTest::newRow("finish") << false << QByteArray("end");
}

void TestCuttingProxy::kindOfCut()
{
    QFETCH(bool, reset);
    QFETCH(QByteArray, state);
    PlainClient client(m_proxy->port());
    QCOMPARE(client.connectError(), 0);
    QTRY_VERIFY(m_server->hasClient());
    QTRY_COMPARE(m_proxy->openConnections(), 1);
    client.send("hello");
    QTRY_COMPARE(m_server->received, QByteArray("hello"));
    client.send("what waits to be read must not turn an end into a reset");
    QVERIFY(m_proxy->cutNow(reset ? CutKind::Reset : CutKind::Finish));
    QTRY_COMPARE(client.state(), state);
    QTRY_VERIFY(!m_server->hasClient());
    QVERIFY(!m_proxy->cutNow(CutKind::Reset)); // there is none
    QCOMPARE(m_proxy->cuts(), 1);
}

void TestCuttingProxy::cutsInIntervals()
{
    m_proxy->cutEvery(20ms, CutKind::Reset);
    for (int i = 1; i <= 3; ++i) {
        m_client = std::make_unique<QTcpSocket>();
        m_client->connectToHost(QHostAddress::LocalHost, m_proxy->port());
        QTRY_COMPARE(m_proxy->cuts(), i);
    }
    m_proxy->cutEvery(0ms, CutKind::Reset);
    QVERIFY(connectClient());
    m_client->write(someBytes(1000));
    QTRY_COMPARE(m_server->received.size(), 1000);
    QCOMPARE(m_proxy->cuts(), 3);
}

void TestCuttingProxy::stalls()
{
    QVERIFY(connectClient());
    m_proxy->setStalled(Direction::ToTarget, true);
    m_client->write("swallowed");
    m_server->client->write("the other way is open");
    QTRY_COMPARE(m_client->bytesAvailable(), 21);
    QCOMPARE(m_server->received, QByteArray());
    m_client->disconnectFromHost();
    QTRY_COMPARE(m_client->state(), QAbstractSocket::UnconnectedState);
    // Nobody tells the server that its client has gone.
    QVERIFY(!QTest::qWaitFor([&] { return !m_server->hasClient(); }, 100));
    QCOMPARE(m_server->received, QByteArray());
    m_proxy->setStalled(Direction::ToTarget, false);
    QTRY_COMPARE(m_server->received, QByteArray("swallowed"));
    QTRY_VERIFY(!m_server->hasClient());
}

void TestCuttingProxy::delays()
{
    m_proxy->setDelay(Direction::ToTarget, 150ms);
    QVERIFY(connectClient());
    QElapsedTimer clock;
    clock.start();
    m_client->write("late");
    m_server->client->write("at once");
    QTRY_COMPARE(m_client->bytesAvailable(), 7);
    QCOMPARE(m_server->received, QByteArray());
    QTRY_COMPARE(m_server->received, QByteArray("late"));
    QVERIFY2(clock.elapsed() >= 150, QByteArray::number(clock.elapsed()).constData());
}

void TestCuttingProxy::limitsTheRate()
{
    m_proxy->setRate(Direction::ToTarget, 200'000);
    QVERIFY(connectClient());
    QElapsedTimer clock;
    clock.start();
    m_client->write(someBytes(100'000));
    QTRY_COMPARE(m_server->received.size(), 100'000);
    const qint64 elapsed = clock.elapsed();
    QVERIFY2(elapsed >= 450 && elapsed < 1500, QByteArray::number(elapsed).constData());
    QCOMPARE(m_server->received, someBytes(100'000));
}

void TestCuttingProxy::refuses()
{
    QVERIFY(connectClient());
    m_proxy->refuseFor(300ms);
    QCOMPARE(PlainClient(m_proxy->port()).connectError(), ECONNREFUSED);
    // The connection that was there before stays.
    m_client->write("still here");
    QTRY_COMPARE(m_server->received, QByteArray("still here"));
    QTRY_COMPARE(PlainClient(m_proxy->port()).connectError(), 0);
}

void TestCuttingProxy::targetThatDoesNotListen()
{
    m_server->close();
    PlainClient client(m_proxy->port());
    QCOMPARE(client.connectError(), 0);
    QTRY_COMPARE(client.state(), QByteArray("reset"));
    QCOMPARE(m_proxy->cuts(), 0);
    QVERIFY(m_server->listen(QHostAddress::LocalHost));
    m_proxy->setTargetPort(m_server->serverPort());
    QVERIFY(connectClient());
}

QTEST_GUILESS_MAIN(TestCuttingProxy)
#include "tst_cuttingproxy.moc"
