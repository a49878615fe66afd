// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "connection.h"

#include <QtDelivery/nodesettings.h>
#include <QtDelivery/tlssettings.h>

#include <QSslSocket>
#include <QTimer>
#include <QUrl>

#include <memory>

namespace QtDelivery {

/*!
    \brief A TLS connection of either side.

        Connecting --TCP--> Handshake --encrypted, peer accepted--> Open --any--> Down
        (client)               |______ refused, timeout, any _____________________^

    The observer hears connected() on the way to Open, so that nothing is written before: a
    QSslSocket would take it, and keep it until the handshake is over. The handshake has
    handshakeTimeout, on both sides, and the link's own handshake comes after it.

    Within write() OpenSSL may also read, and find the peer's data or its end. The observer is in
    the middle of its own work then, so it hears of them in a turn of their own.
*/
class TlsConnection final : public Connection
{
public:
    /*! Begins to connect. */
    [[nodiscard]] static std::unique_ptr<Connection> open(const QUrl &url,
                                                          const NodeSettings &settings,
                                                          const TlsSettings &tls);
    /*! Takes what was accepted; null if the descriptor is of no use. */
    [[nodiscard]] static std::unique_ptr<Connection> accepted(qintptr descriptor,
                                                              const NodeSettings &settings,
                                                              const TlsSettings &tls);

    ~TlsConnection() override;

    bool isReady() const override { return m_state == State::Open; }
    PeerIdentity peer() const override;
    QByteArray channelBinding() const override;
    QString encryption() const override { return m_encryption; }
    qint64 available() const override;
    qint64 read(char *data, qint64 size) override;
    void write(QByteArrayView bytes) override;
    qint64 backlog() const override;
    void closeGracefully() override;
    void abort() override;

private:
    enum class Side { Client, Server };
    enum class State { Connecting, Handshake, Open, Down };

    TlsConnection(Side side, const NodeSettings &settings, const TlsSettings &tls);

    void configure();
    void observeSocket();
    void startHandshakeTimer();
    void judge(const QList<QSslError> &errors);
    void handleEncrypted();
    void identifyPeer(const QByteArray &pin);
    void handleError(QAbstractSocket::SocketError code);
    [[nodiscard]] Error closedError() const;
    void handleReadable();
    void goDown(const Error &reason);
    void tellWhatWaits();

    const Side m_side;
    const TlsSettings m_tls;
    const std::chrono::milliseconds m_handshakeTimeout;
    std::unique_ptr<QSslSocket> m_socket = std::make_unique<QSslSocket>();
    QTimer m_handshakeTimer;
    QString m_address; // of the peer
    QString m_name; // that its certificate must be for
    PeerIdentity m_peer; // from Open on
    QString m_encryption; // the same
    State m_state = State::Connecting;
    Error m_refusal; // what is wrong with its certificate
    bool m_wasRead = false; // at least one byte of it
    bool m_writing = false;
    bool m_readWaits = false; // for the end of write()
    Error m_endWaits; // the same
};

} // namespace QtDelivery
