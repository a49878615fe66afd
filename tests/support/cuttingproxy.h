// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "proxyconnection.h"

#include <QObject>
#include <QTcpServer>
#include <QTimer>

#include <chrono>
#include <memory>
#include <vector>

namespace TestSupport {

/*! \brief A TCP proxy on 127.0.0.1 that harms what passes.

    Forwards every connection to a port of this machine. Runs in the event loop of its thread.

    \code
    CuttingProxy proxy;
    QVERIFY(proxy.start(serverPort));
    proxy.cutAfter(CuttingProxy::Direction::ToTarget, 4096, CutKind::Reset);
    client.connectTo(QUrl(u"tcp://127.0.0.1:%1"_qs.arg(proxy.port())));
    \endcode */
class CuttingProxy : public QObject
{
    Q_OBJECT

public:
    enum class Direction {
        ToTarget, //!< from whoever connects to the server behind the proxy
        FromTarget,
    };

    explicit CuttingProxy(QObject *parent = nullptr);
    ~CuttingProxy() override;

    /*! Listens on a free port; false if that is impossible. */
    [[nodiscard]] bool start(quint16 targetPort);
    [[nodiscard]] quint16 port() const { return m_port; }
    /*! For connections from now on: the server was started again elsewhere. */
    void setTargetPort(quint16 port) { m_targetPort = port; }

    /*! Cuts every connection there is; false and no cut if there is none. */
    bool cutNow(CutKind kind);
    /*! Cuts when exactly \a bytes more were forwarded in \a direction, over all connections;
       \a times that, each counted from the cut before. */
    void cutAfter(Direction direction, qint64 bytes, CutKind kind, int times = 1);
    /*! Cuts in every \a interval in which there is a connection; 0 ends it. */
    void cutEvery(std::chrono::milliseconds interval, CutKind kind);

    /*! Takes and forwards nothing in \a direction, and hides the end of the connection, as if the
       network swallowed everything. */
    void setStalled(Direction direction, bool stalled);
    /*! Everything arrives later by \a delay. */
    void setDelay(Direction direction, std::chrono::milliseconds delay);
    /*! 0 = no limit. */
    void setRate(Direction direction, qint64 bytesPerSecond);
    /*! For so long nobody listens on port(). Connections there are stay. */
    void refuseFor(std::chrono::milliseconds time);

    [[nodiscard]] int cuts() const { return m_cuts; }
    /*! Connections that were accepted since the start. */
    [[nodiscard]] int accepted() const { return m_accepted; }
    /*! Connections that are open to both sides. */
    [[nodiscard]] int openConnections() const;
    [[nodiscard]] qint64 forwarded(Direction direction) const;

Q_SIGNALS:
    void connectionAccepted();
    /*! The cut number \a number, from 1. */
    void linkCut(int number);

private:
    struct ByteCut
    {
        Direction direction;
        qint64 bytes;
        CutKind kind;
        int times;
    };

    [[nodiscard]] PipeFaults &faults(Direction direction) { return m_faults[int(direction)]; }
    void accept();
    void cutByBytes();
    void cutAll(CutKind kind);
    void update();
    /*! A copy: what ends leaves m_connections. */
    [[nodiscard]] std::vector<ProxyConnection *> connections() const;

    QTcpServer m_server;
    quint16 m_port = 0;
    quint16 m_targetPort = 0;
    PipeFaults m_faults[2];
    std::optional<ByteCut> m_byteCut;
    CutKind m_intervalKind = CutKind::Reset;
    QTimer m_intervalTimer;
    QTimer m_refuseTimer;
    int m_cuts = 0;
    int m_accepted = 0;
    std::vector<std::unique_ptr<ProxyConnection>> m_connections;
};

} // namespace TestSupport
