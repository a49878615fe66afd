// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/error.h>
#include <QtDelivery/peeridentity.h>

#include <QByteArrayView>
#include <QString>

namespace QtDelivery {

/*! What a Connection tells. Every function may be called from within the transport's own signal: no
 * user code in there. */
class ConnectionObserver
{
public:
    /*! The connection is established; not called for an accepted one that was from the start. */
    virtual void connected() = 0;
    /*! Bytes can be read: take all of them now, there may be no second notice. */
    virtual void readable() = 0;
    /*! The backlog has become smaller. */
    virtual void writable() = 0;
    /*! The end, exactly once, whatever the cause; not after abort(). */
    virtual void down(const Error &reason) = 0;

protected:
    ~ConnectionObserver() = default;
};

/*! \brief One byte stream to a peer: TCP, TLS, local socket, or memory in tests.

    Destroying it aborts it. Never destroy it from within one of the observer's functions. */
class Connection
{
public:
    virtual ~Connection() = default;

    void setObserver(ConnectionObserver *observer) { m_observer = observer; }

    /*! Whether a connection that was accepted can be written to at once. If not, connected()
     * follows: nothing may be written before. */
    [[nodiscard]] virtual bool isReady() const { return true; }
    /*! What is known of the peer without having heard it. Valid while it is connected. */
    [[nodiscard]] virtual PeerIdentity peer() const { return {}; }
    /*! The same bytes on both sides, and others for whoever stands between them; empty without
     * encryption. */
    [[nodiscard]] virtual QByteArray channelBinding() const { return {}; }
    /*! Version and cipher, as people write them; empty without encryption, and before it. */
    [[nodiscard]] virtual QString encryption() const { return {}; }
    /*! Bytes that can be read now. */
    [[nodiscard]] virtual qint64 available() const = 0;
    /*! Up to \a size bytes that are there; 0 if none are. */
    [[nodiscard]] virtual qint64 read(char *data, qint64 size) = 0;
    /*! Takes all of \a bytes and hands the system what it takes at once. May call writable() from
     * within. */
    virtual void write(QByteArrayView bytes) = 0;
    /*! Bytes taken by write() that the system has not taken. */
    [[nodiscard]] virtual qint64 backlog() const = 0;
    /*! Ends the connection after the backlog is written; down() follows. */
    virtual void closeGracefully() = 0;
    /*! Ends it now. No observer function is called any more. */
    virtual void abort() = 0;

protected:
    ConnectionObserver *m_observer = nullptr;
};

} // namespace QtDelivery
