// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "transport.h"

#include "words/text.h"

#include <QLocalServer>
#include <QLocalSocket>
#include <QTcpServer>
#include <QTcpSocket>

#include <type_traits>

namespace QtDelivery {

namespace {

Error networkError(QAbstractSocket::SocketError code, const QString &address, const QString &detail)
{
    switch (code) {
    case QAbstractSocket::ConnectionRefusedError:
        //: %1 is an address
        return {Error::Code::ConnectionRefused, Text::tr("Nobody listens on %1.").arg(address)};
    case QAbstractSocket::HostNotFoundError:
        //: %1 is an address
        return {Error::Code::HostNotFound, Text::tr("The host of %1 is unknown.").arg(address)};
    case QAbstractSocket::RemoteHostClosedError:
        //: %1 is an address
        return {Error::Code::ConnectionLost, Text::tr("%1 closed the connection.").arg(address)};
    case QAbstractSocket::AddressInUseError:
        //: %1 is an address
        return {Error::Code::AddressInUse,
                Text::tr("%1 is in use by another program.").arg(address)};
    case QAbstractSocket::SocketAccessError:
        //: %1 is an address
        return {Error::Code::AccessDenied, Text::tr("Access to %1 is denied.").arg(address)};
    case QAbstractSocket::SocketTimeoutError:
        //: %1 is an address
        return {Error::Code::TimedOut, Text::tr("Connecting to %1 took too long.").arg(address)};
    default:
        //: %1 is an address, %2 the system's words
        return {Error::Code::NetworkError,
                Text::tr("The connection to %1 failed: %2.").arg(address, detail)};
    }
}

QAbstractSocket::SocketError socketError(QAbstractSocket::SocketError code)
{
    return code;
}

QAbstractSocket::SocketError socketError(QLocalSocket::LocalSocketError code)
{
    // Qt gives both enums the same values, but for a name that does not exist, which nobody listens
    // on.
    return code == QLocalSocket::ServerNotFoundError ? QAbstractSocket::ConnectionRefusedError
                                                     : QAbstractSocket::SocketError(int(code));
}

/*! A QTcpSocket or a QLocalSocket. "The connection ended" has no single signal in Qt: an attempt
   that is refused only reports an error, a peer that leaves reports an error and a disconnect, our
   own close only a disconnect. Here it is one down(). */
template <typename Socket> class SocketConnection final : public Connection
{
public:
    SocketConnection(std::unique_ptr<Socket> socket, QString address, qint64 readBufferSize)
        : m_socket(std::move(socket))
        , m_address(std::move(address))
    {
        m_socket->setReadBufferSize(readBufferSize);
        QObject::connect(m_socket.get(), &Socket::connected, m_socket.get(),
                         [this] { handleConnected(); });
        QObject::connect(m_socket.get(), &Socket::readyRead, m_socket.get(), [this] {
            if (m_observer)
                m_observer->readable();
        });
        QObject::connect(m_socket.get(), &Socket::bytesWritten, m_socket.get(), [this] {
            if (m_observer)
                m_observer->writable();
        });
        QObject::connect(m_socket.get(), &Socket::errorOccurred, m_socket.get(), [this](auto code) {
            goDown(networkError(socketError(code), m_address, m_socket->errorString()));
        });
        QObject::connect(m_socket.get(), &Socket::disconnected, m_socket.get(), [this] {
            goDown(networkError(QAbstractSocket::RemoteHostClosedError, m_address, {}));
        });
        setLowDelay();
    }

    ~SocketConnection() override { SocketConnection::abort(); }

    qint64 available() const override { return m_socket->bytesAvailable(); }

    qint64 read(char *data, qint64 size) override
    {
        return std::max<qint64>(m_socket->read(data, size), 0);
    }

    void write(QByteArrayView bytes) override
    {
        m_socket->write(bytes.data(), bytes.size());
        m_socket->flush(); // Qt's own deferred write moves one 16 KiB block per event-loop turn
    }

    qint64 backlog() const override { return m_socket->bytesToWrite(); }

    void closeGracefully() override
    {
        if constexpr (std::is_same_v<Socket, QTcpSocket>)
            m_socket->disconnectFromHost();
        else
            m_socket->disconnectFromServer();
    }

    void abort() override
    {
        m_observer = nullptr;
        m_socket->disconnect(); // its signals, that is
        m_socket->abort();
    }

private:
    void setLowDelay()
    {
        // With Nagle's algorithm a window's last small frame waits for the peer's delayed ACK: 6 x
        // less throughput.
        if constexpr (std::is_same_v<Socket, QTcpSocket>)
            m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    }

    void handleConnected()
    {
        setLowDelay();
        if (m_observer)
            m_observer->connected();
    }

    void goDown(const Error &reason)
    {
        if (!m_observer)
            return;
        if (m_socket->bytesAvailable() > 0)
            m_observer->readable();
        if (ConnectionObserver *observer = std::exchange(m_observer, nullptr))
            observer->down(reason);
    }

    std::unique_ptr<Socket> m_socket;
    QString m_address;
};

QString localName(const QUrl &url)
{
    return url.path(QUrl::FullyDecoded);
}

class TcpListener final : public Listener, private QTcpServer
{
public:
    TcpListener(const NodeSettings &settings, AcceptFunction accept)
        : m_accept(std::move(accept))
        , m_readBufferSize(settings.readBufferSize)
    { }

    Error listen(const QUrl &url)
    {
        QHostAddress address(url.host());
        if (url.host() == u"localhost")
            address = QHostAddress::LocalHost;
        if (address.isNull())
            return {
                Error::Code::InvalidUrl,
                //: %1 is an address that the user gave
                Text::tr(
                    "%1 names no address of this machine: give its number, such as 127.0.0.1 or "
                    "0.0.0.0.")
                    .arg(url.toString())};
        if (!QTcpServer::listen(address, quint16(url.port(0))))
            return networkError(serverError(), url.toString(), errorString());
        m_url = url;
        m_url.setPort(serverPort());
        return {};
    }

    QUrl url() const override { return m_url; }

private:
    void incomingConnection(qintptr descriptor) override
    {
        auto socket = std::make_unique<QTcpSocket>();
        if (!socket->setSocketDescriptor(descriptor))
            return;
        const QString address =
            QStringLiteral("tcp://%1:%2")
                .arg(socket->peerAddress().toString(), QString::number(socket->peerPort()));
        m_accept(std::make_unique<SocketConnection<QTcpSocket>>(std::move(socket), address,
                                                                m_readBufferSize));
    }

    AcceptFunction m_accept;
    const qint64 m_readBufferSize;
    QUrl m_url;
};

class LocalListener final : public Listener
{
public:
    LocalListener(const NodeSettings &settings, AcceptFunction accept)
    {
        m_server.setSocketOptions(QLocalServer::UserAccessOption);
        QObject::connect(
            &m_server, &QLocalServer::newConnection, &m_server,
            [this, accept = std::move(accept), readBufferSize = settings.readBufferSize] {
                while (std::unique_ptr<QLocalSocket> socket{m_server.nextPendingConnection()}) {
                    socket->setParent(nullptr); // the connection owns it
                    accept(std::make_unique<SocketConnection<QLocalSocket>>(
                        std::move(socket), m_url.toString(), readBufferSize));
                }
            });
    }

    Error listen(const QUrl &url)
    {
        const QString name = localName(url);
        // On Unix, and with UserAccessOption, Qt would take the name from whoever listens on it.
        if (isAnswered(name))
            return networkError(QAbstractSocket::AddressInUseError, url.toString(), {});
        if (!m_server.listen(name)
            && m_server.serverError() == QAbstractSocket::AddressInUseError) {
            QLocalServer::removeServer(name); // left behind by a process that crashed
            m_server.listen(name);
        }
        if (!m_server.isListening())
            return networkError(m_server.serverError(), url.toString(), m_server.errorString());
        m_url = url;
        return {};
    }

    QUrl url() const override { return m_url; }

private:
    static bool isAnswered(const QString &name)
    {
        QLocalSocket probe;
        probe.connectToServer(name);
        return probe.waitForConnected(1000); // on this machine: answered or refused at once
    }

    QLocalServer m_server;
    QUrl m_url;
};

template <typename T>
std::unique_ptr<Listener> started(std::unique_ptr<T> listener, const QUrl &url, Error *error)
{
    *error = listener->listen(url);
    return error->isError() ? nullptr : std::unique_ptr<Listener>(std::move(listener));
}

Error checkUrl(const QUrl &url)
{
    if (!url.isValid())
        //: %1 is what the user gave, %2 what is wrong with it
        return {Error::Code::InvalidUrl,
                Text::tr("%1 is not an address: %2.").arg(url.toString(), url.errorString())};
    if (url.scheme() == u"local") {
        if (localName(url).isEmpty() || !url.host().isEmpty())
            //: %1 is an address that the user gave
            return {Error::Code::InvalidUrl,
                    Text::tr("%1 is not a local address: write local:name.").arg(url.toString())};
        return {};
    }
    if (url.scheme() != u"tcp")
        //: %1 is an address that the user gave
        return {
            Error::Code::InvalidUrl,
            Text::tr("%1 is not an address for this library: write tcp://host:port or local:name.")
                .arg(url.toString())};
    if (url.host().isEmpty() || url.port() < 0 || !(url.path().isEmpty() || url.path() == u"/"))
        //: %1 is an address that the user gave
        return {Error::Code::InvalidUrl,
                Text::tr("%1 is not a TCP address: write tcp://host:port.").arg(url.toString())};
    return {};
}

// An attempt may succeed or fail within the call: it waits for a turn, until there is somebody to
// tell.
template <typename Socket, typename Connect>
std::unique_ptr<Connection> opened(const QUrl &url, const NodeSettings &settings, Connect connect)
{
    auto socket = std::make_unique<Socket>();
    Socket *const raw = socket.get();
    QMetaObject::invokeMethod(
        raw, [raw, connect] { connect(raw); }, Qt::QueuedConnection);
    return std::make_unique<SocketConnection<Socket>>(std::move(socket), url.toString(),
                                                      settings.readBufferSize);
}

} // namespace

Error checkConnectUrl(const QUrl &url)
{
    if (const Error error = checkUrl(url))
        return error;
    if (url.scheme() == u"tcp" && url.port() == 0)
        //: %1 is an address that the user gave
        return {Error::Code::InvalidUrl,
                Text::tr("%1 has no port to connect to.").arg(url.toString())};
    return {};
}

std::unique_ptr<Connection> openConnection(const QUrl &url, const NodeSettings &settings)
{
    if (url.scheme() == u"local")
        return opened<QLocalSocket>(url, settings, [name = localName(url)](QLocalSocket *socket) {
            socket->connectToServer(name);
        });
    return opened<QTcpSocket>(url, settings, [url](QTcpSocket *socket) {
        socket->connectToHost(url.host(), quint16(url.port()));
    });
}

std::unique_ptr<Listener> openListener(const QUrl &url, const NodeSettings &settings,
                                       AcceptFunction accept, Error *error)
{
    *error = checkUrl(url);
    if (error->isError())
        return nullptr;
    if (url.scheme() == u"local")
        return started(std::make_unique<LocalListener>(settings, std::move(accept)), url, error);
    return started(std::make_unique<TcpListener>(settings, std::move(accept)), url, error);
}

} // namespace QtDelivery
