// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "transport.h"

#include "socketerrors.h"
#include "tlsconnection.h"
#include "words/text.h"

#include <QLocalServer>
#include <QLocalSocket>
#include <QTcpServer>
#include <QTcpSocket>

#include <type_traits>

namespace QtDelivery {

namespace {

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
            const QAbstractSocket::SocketError error = socketError(code);
            goDown(error == QAbstractSocket::RemoteHostClosedError
                       ? closedError()
                       : networkError(error, m_address, m_socket->errorString()));
        });
        QObject::connect(m_socket.get(), &Socket::disconnected, m_socket.get(),
                         [this] { goDown(closedError()); });
        setLowDelay();
    }

    ~SocketConnection() override { SocketConnection::abort(); }

    PeerIdentity peer() const override
    {
        PeerIdentity identity;
        identity.isLocal = true;
        identity.wasChosen = m_wasOpened;
        if constexpr (std::is_same_v<Socket, QTcpSocket>) {
            identity.isLocal = m_socket->peerAddress().isLoopback();
            identity.address = m_socket->peerAddress().toString();
        }
        return identity;
    }

    qint64 available() const override { return m_socket->bytesAvailable(); }

    qint64 read(char *data, qint64 size) override
    {
        const qint64 count = std::max<qint64>(m_socket->read(data, size), 0);
        m_wasRead |= count > 0;
        return count;
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
        m_wasOpened = true;
        if (m_observer)
            m_observer->connected();
    }

    /*! A node that is not asked for TLS says Hello at once. */
    Error closedError() const
    {
        if (m_wasOpened && !m_wasRead && std::is_same_v<Socket, QTcpSocket>)
            return {Error::Code::ConnectionLost,
                    //: %1 is an address
                    Text::tr("%1 closed the connection without a word: perhaps it wants tls:// "
                             "instead, or has as many connections as it allows.")
                        .arg(m_address)};
        return networkError(QAbstractSocket::RemoteHostClosedError, m_address, {});
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
    bool m_wasOpened = false; // by this side
    bool m_wasRead = false; // at least one byte
};

QString localName(const QUrl &url)
{
    return url.path(QUrl::FullyDecoded);
}

/*! Makes a connection of a descriptor that was accepted; null if it is of no use. */
using WrapFunction = std::function<std::unique_ptr<Connection>(qintptr)>;

std::unique_ptr<Connection> wrapTcp(qintptr descriptor, qint64 readBufferSize)
{
    auto socket = std::make_unique<QTcpSocket>();
    if (!socket->setSocketDescriptor(descriptor))
        return nullptr;
    const QString address = peerAddress(u"tcp", *socket);
    return std::make_unique<SocketConnection<QTcpSocket>>(std::move(socket), address,
                                                          readBufferSize);
}

// For TLS too: a QSslServer would keep connections to itself until the handshake is over, where the
// node's limits do not count them.
class TcpListener final : public Listener, private QTcpServer
{
public:
    TcpListener(WrapFunction wrap, AcceptFunction accept)
        : m_wrap(std::move(wrap))
        , m_accept(std::move(accept))
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
        if (auto connection = m_wrap(descriptor))
            m_accept(std::move(connection));
    }

    const WrapFunction m_wrap;
    const AcceptFunction m_accept;
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

Error checkTls(const QUrl &url)
{
    if (QSslSocket::supportsSsl())
        return {};
    return {Error::Code::TlsFailed,
            //: %1 is an address
            Text::tr("%1 cannot be used, because Qt finds no OpenSSL: its plugin "
                     "tls/libqopensslbackend.so and OpenSSL 3 must be installed.")
                .arg(url.toString())};
}

Error checkTlsListener(const QUrl &url, const TlsSettings &tls)
{
    if (tls.certificateChain.isEmpty())
        return {Error::Code::InvalidSetting,
                //: %1 is an address
                Text::tr("To listen on %1 the node needs certificateChain and privateKey: see "
                         "DeliveryNode::setTlsSettings().")
                    .arg(url.toString())};
    if (tls.requireClientCertificate && tls.verifyPeer && tls.caCertificates.isEmpty())
        return {Error::Code::InvalidSetting,
                //: %1 is an address
                Text::tr("To ask for certificates on %1 the node needs caCertificates: the "
                         "authority that issues those of its peers.")
                    .arg(url.toString())};
    return {};
}

/*! "localhost", too, which is never looked up. */
bool isOfThisMachine(const QString &host)
{
    return host == u"localhost" || QHostAddress(host).isLoopback();
}

Error checkPlainText(const QUrl &url, const NodeSettings &settings)
{
    if (url.scheme() != u"tcp" || settings.allowPlainText || isOfThisMachine(url.host()))
        return {};
    return {Error::Code::PlainText,
            //: %1 is an address that the user gave
            Text::tr("%1 leads beyond this machine without encryption: use tls:// instead, or set "
                     "allowPlainText if you trust everybody on the way.")
                .arg(url.toString())};
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
    if (url.scheme() != u"tcp" && url.scheme() != u"tls")
        return {Error::Code::InvalidUrl,
                //: %1 is an address that the user gave
                Text::tr("%1 is not an address for this library: write tcp://host:port, "
                         "tls://host:port or local:name.")
                    .arg(url.toString())};
    if (url.host().isEmpty() || url.port() < 0 || !(url.path().isEmpty() || url.path() == u"/"))
        return {Error::Code::InvalidUrl,
                //: %1 is an address that the user gave, %2 is tcp or tls
                Text::tr("%1 is not a TCP address: write %2://host:port.")
                    .arg(url.toString(), url.scheme())};
    if (url.scheme() == u"tls")
        return checkTls(url);
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

Error checkConnectUrl(const QUrl &url, const NodeSettings &settings)
{
    if (const Error error = checkUrl(url))
        return error;
    if (url.scheme() != u"local" && url.port() == 0)
        //: %1 is an address that the user gave
        return {Error::Code::InvalidUrl,
                Text::tr("%1 has no port to connect to.").arg(url.toString())};
    return checkPlainText(url, settings);
}

std::unique_ptr<Connection> openConnection(const QUrl &url, const NodeSettings &settings,
                                           const TlsSettings &tls)
{
    if (url.scheme() == u"local")
        return opened<QLocalSocket>(url, settings, [name = localName(url)](QLocalSocket *socket) {
            socket->connectToServer(name);
        });
    if (url.scheme() == u"tls")
        return TlsConnection::open(url, settings, tls);
    return opened<QTcpSocket>(url, settings, [url](QTcpSocket *socket) {
        socket->connectToHost(url.host(), quint16(url.port()));
    });
}

std::unique_ptr<Connection> localConnection(std::unique_ptr<QLocalSocket> socket,
                                            const QString &address, qint64 readBufferSize)
{
    socket->setParent(nullptr); // the connection owns it
    return std::make_unique<SocketConnection<QLocalSocket>>(std::move(socket), address,
                                                            readBufferSize);
}

std::unique_ptr<Listener> openListener(const QUrl &url, const NodeSettings &settings,
                                       const TlsSettings &tls, AcceptFunction accept, Error *error)
{
    *error = checkUrl(url);
    // A name that is none of this machine's has an error of its own, below.
    if (!error->isError() && !QHostAddress(url.host()).isNull())
        *error = checkPlainText(url, settings);
    if (error->isError())
        return nullptr;
    if (url.scheme() == u"local")
        return started(std::make_unique<LocalListener>(settings, std::move(accept)), url, error);
    WrapFunction wrap = [size = settings.readBufferSize](qintptr descriptor) {
        return wrapTcp(descriptor, size);
    };
    if (url.scheme() == u"tls") {
        *error = checkTlsListener(url, tls);
        if (error->isError())
            return nullptr;
        wrap = [settings, &tls](qintptr descriptor) {
            return TlsConnection::accepted(descriptor, settings, tls);
        };
    }
    return started(std::make_unique<TcpListener>(std::move(wrap), std::move(accept)), url, error);
}

} // namespace QtDelivery
