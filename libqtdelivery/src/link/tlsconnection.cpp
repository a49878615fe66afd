// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "tlsconnection.h"

#include "socketerrors.h"
#include "tlserrors.h"

#include <QCryptographicHash>
#include <QSslCipher>
#include <QSslConfiguration>

namespace QtDelivery {

namespace {

QString encryptionOf(const QSslSocket &socket)
{
    const QString version = socket.sessionProtocol() == QSsl::TlsV1_2 ? QStringLiteral("TLS 1.2")
                                                                      : QStringLiteral("TLS 1.3");
    return version + QStringLiteral(", ") + socket.sessionCipher().name();
}

} // namespace

TlsConnection::TlsConnection(Side side, const NodeSettings &settings, const TlsSettings &tls)
    : m_side(side)
    , m_tls(tls)
    , m_handshakeTimeout(settings.handshakeTimeout)
{
    m_socket->setReadBufferSize(settings.readBufferSize);
    m_handshakeTimer.setSingleShot(true);
    configure();
    observeSocket();
}

std::unique_ptr<Connection> TlsConnection::open(const QUrl &url, const NodeSettings &settings,
                                                const TlsSettings &tls)
{
    std::unique_ptr<TlsConnection> connection(new TlsConnection(Side::Client, settings, tls));
    connection->m_address = url.toString();
    connection->m_name = tls.serverName.isEmpty() ? url.host() : tls.serverName;
    QSslSocket *const socket = connection->m_socket.get();
    // An attempt may fail within the call: it waits for a turn, until there is somebody to tell.
    QMetaObject::invokeMethod(
        socket,
        [socket, url, name = connection->m_name] {
            socket->connectToHostEncrypted(url.host(), quint16(url.port()), name);
        },
        Qt::QueuedConnection);
    return connection;
}

std::unique_ptr<Connection> TlsConnection::accepted(qintptr descriptor,
                                                    const NodeSettings &settings,
                                                    const TlsSettings &tls)
{
    std::unique_ptr<TlsConnection> connection(new TlsConnection(Side::Server, settings, tls));
    QSslSocket &socket = *connection->m_socket;
    if (!socket.setSocketDescriptor(descriptor))
        return nullptr;
    socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    connection->m_address = peerAddress(u"tls", socket);
    connection->startHandshakeTimer();
    // The same: a key that OpenSSL does not take fails within the call.
    QMetaObject::invokeMethod(
        &socket, [&socket] { socket.startServerEncryption(); }, Qt::QueuedConnection);
    return connection;
}

TlsConnection::~TlsConnection()
{
    TlsConnection::abort();
}

void TlsConnection::configure()
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setProtocol(QSsl::TlsV1_2OrLater);
    configuration.setLocalCertificateChain(m_tls.certificateChain);
    if (m_tls.privateKey)
        configuration.setPrivateKey(*m_tls.privateKey);
    if (!m_tls.caCertificates.isEmpty())
        configuration.setCaCertificates(m_tls.caCertificates);
    // A session that is resumed would not show its certificate again.
    configuration.setSslOption(QSsl::SslOptionDisableSessionTickets, true);
    const bool asks =
        m_side == Side::Client || m_tls.requireClientCertificate || !m_tls.pins.isEmpty();
    // What is wrong is always heard: judge() decides what of it counts.
    configuration.setPeerVerifyMode(asks ? QSslSocket::VerifyPeer : QSslSocket::VerifyNone);
    m_socket->setSslConfiguration(configuration);
}

void TlsConnection::observeSocket()
{
    QSslSocket *const socket = m_socket.get();
    QObject::connect(&m_handshakeTimer, &QTimer::timeout, socket,
                     [this] { goDown(handshakeTimeoutError(m_address)); });
    QObject::connect(socket, &QSslSocket::connected, socket, [this] {
        m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        startHandshakeTimer();
    });
    QObject::connect(socket, &QSslSocket::sslErrors, socket,
                     [this](const QList<QSslError> &errors) { judge(errors); });
    QObject::connect(socket, &QSslSocket::encrypted, socket, [this] { handleEncrypted(); });
    QObject::connect(socket, &QSslSocket::readyRead, socket, [this] { handleReadable(); });
    const auto written = [this] {
        if (m_observer && m_state == State::Open)
            m_observer->writable();
    };
    // The first when OpenSSL has taken bytes, the second when the system has.
    QObject::connect(socket, &QSslSocket::bytesWritten, socket, written);
    QObject::connect(socket, &QSslSocket::encryptedBytesWritten, socket, written);
    QObject::connect(socket, &QSslSocket::errorOccurred, socket,
                     [this](QAbstractSocket::SocketError code) { handleError(code); });
    QObject::connect(socket, &QSslSocket::disconnected, socket, [this] { goDown(closedError()); });
}

void TlsConnection::startHandshakeTimer()
{
    if (m_state != State::Connecting)
        return;
    m_state = State::Handshake;
    m_handshakeTimer.start(m_handshakeTimeout);
}

// ---- the handshake

/*! All that Qt objects to; what is not ignored here ends the handshake after this call. */
void TlsConnection::judge(const QList<QSslError> &errors)
{
    QList<QSslError> counted;
    for (const QSslError &error : errors) {
        if (m_tls.verifyPeer || error.error() == QSslError::NoPeerCertificate)
            counted.append(error);
    }
    if (counted.isEmpty())
        m_socket->ignoreSslErrors();
    else
        m_refusal = certificateError(counted, m_address, m_name);
}

void TlsConnection::handleEncrypted()
{
    if (m_state != State::Handshake)
        return;
    QByteArray pin;
    if (!m_tls.pins.isEmpty()) {
        pin = TlsSettings::pinOf(m_socket->peerCertificate());
        if (pin.isEmpty() || !m_tls.pins.contains(pin)) {
            goDown(pinError(m_address, pin));
            return;
        }
    }
    m_handshakeTimer.stop();
    identifyPeer(pin);
    m_encryption = encryptionOf(*m_socket);
    m_state = State::Open;
    if (m_observer)
        m_observer->connected();
    handleReadable(); // what came with the handshake's last flight
}

/*! Names count only if an authority vouches for them: the owner of a pinned key may write any into
 * a certificate. */
void TlsConnection::identifyPeer(const QByteArray &pin)
{
    m_peer.isLocal = m_socket->peerAddress().isLoopback();
    m_peer.address = m_socket->peerAddress().toString();
    m_peer.wasChosen = m_side == Side::Client && (m_tls.verifyPeer || !pin.isEmpty());
    m_peer.pin = pin;
    const QSslCertificate certificate = m_socket->peerCertificate();
    m_peer.certificateExpiry = certificate.expiryDate();
    if (!m_tls.verifyPeer || certificate.isNull())
        return;
    m_peer.certificateNames = certificate.subjectInfo(QSslCertificate::CommonName)
        + QStringList(certificate.subjectAlternativeNames().values());
}

PeerIdentity TlsConnection::peer() const
{
    if (m_state == State::Open)
        return m_peer;
    PeerIdentity identity; // for who counts connections
    identity.isLocal = m_socket->peerAddress().isLoopback();
    identity.address = m_socket->peerAddress().toString();
    return identity;
}

/*! As "tls-server-end-point" in RFC 5929, always with SHA-256: Qt has no other that both sides
 * know. */
QByteArray TlsConnection::channelBinding() const
{
    const QSslCertificate server =
        m_side == Side::Client ? m_socket->peerCertificate() : m_socket->localCertificate();
    return QCryptographicHash::hash(server.toDer(), QCryptographicHash::Sha256);
}

void TlsConnection::handleError(QAbstractSocket::SocketError code)
{
    if (m_refusal)
        goDown(m_refusal);
    else if (code == QAbstractSocket::RemoteHostClosedError)
        goDown(closedError());
    else if (code == QAbstractSocket::SslHandshakeFailedError
             || code == QAbstractSocket::SslInternalError
             || code == QAbstractSocket::SslInvalidUserDataError)
        goDown(handshakeError(m_address, m_socket->errorString()));
    else
        goDown(networkError(code, m_address, m_socket->errorString()));
}

Error TlsConnection::closedError() const
{
    // With TLS 1.3 a client is done before the server has looked at its certificate.
    const bool isClientsEnd = m_side == Side::Client && !m_wasRead;
    if (m_state == State::Handshake || (m_state == State::Open && isClientsEnd))
        return handshakeClosedError(m_address);
    return networkError(QAbstractSocket::RemoteHostClosedError, m_address, {});
}

// ---- what is open

qint64 TlsConnection::available() const
{
    return m_state == State::Open ? m_socket->bytesAvailable() : 0;
}

qint64 TlsConnection::read(char *data, qint64 size)
{
    const qint64 count = std::max<qint64>(m_socket->read(data, size), 0);
    m_wasRead |= count > 0;
    return count;
}

void TlsConnection::write(QByteArrayView bytes)
{
    m_writing = true;
    m_socket->write(bytes.data(), bytes.size());
    m_socket->flush(); // as for TCP; it encrypts first
    m_writing = false;
    if (m_readWaits || m_endWaits)
        QMetaObject::invokeMethod(
            m_socket.get(), [this] { tellWhatWaits(); }, Qt::QueuedConnection);
}

void TlsConnection::tellWhatWaits()
{
    if (std::exchange(m_readWaits, false))
        handleReadable();
    if (const Error reason = std::exchange(m_endWaits, {}))
        goDown(reason);
}

// A peer that does not read leaves bytesToWrite() at 0: OpenSSL takes everything at once.
qint64 TlsConnection::backlog() const
{
    return m_socket->bytesToWrite() + m_socket->encryptedBytesToWrite();
}

void TlsConnection::handleReadable()
{
    if (m_writing)
        m_readWaits = true;
    else if (m_observer && available() > 0)
        m_observer->readable();
}

// ---- the end

void TlsConnection::closeGracefully()
{
    m_socket->disconnectFromHost();
}

void TlsConnection::abort()
{
    m_observer = nullptr;
    m_state = State::Down;
    m_handshakeTimer.stop();
    m_socket->disconnect(); // its signals, that is
    m_socket->abort();
}

void TlsConnection::goDown(const Error &reason)
{
    if (m_writing) {
        if (!m_endWaits)
            m_endWaits = reason;
        return;
    }
    if (!m_observer)
        return;
    m_handshakeTimer.stop();
    handleReadable();
    m_state = State::Down;
    if (ConnectionObserver *observer = std::exchange(m_observer, nullptr))
        observer->down(reason);
}

} // namespace QtDelivery
