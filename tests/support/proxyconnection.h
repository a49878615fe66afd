// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "proxypipe.h"

#include <memory>

namespace TestSupport {

/*! How a link ends. */
enum class CutKind {
    Reset, //!< at once, as if a cable was pulled and plugged in again: what is on its way is lost
    Finish, //!< in an orderly way: everything that was forwarded before arrives
};

/*! A client's connection and the one to the target that belongs to it. */
class ProxyConnection : public QObject
{
    Q_OBJECT

public:
    /*! Takes \a client, which is connected, and connects to \a targetPort of this machine. */
    ProxyConnection(std::unique_ptr<QTcpSocket> client, quint16 targetPort, PipeFaults *toTarget,
                    PipeFaults *fromTarget);
    ~ProxyConnection() override;

    /*! Ends both sides; finished() follows, for CutKind::Reset from within this call. */
    void cut(CutKind kind);
    /*! Something about the faults has changed. */
    void update();
    /*! Both sides are connected and nobody has ended them. */
    [[nodiscard]] bool isOpen() const;

Q_SIGNALS:
    /*! The byte count of one direction is used up. */
    void exhausted(TestSupport::ProxyPipe *pipe);
    void finished();

private:
    void finishSide(QTcpSocket *socket);
    void finishWhenGone();

    std::unique_ptr<QTcpSocket> m_client;
    std::unique_ptr<QTcpSocket> m_target;
    std::unique_ptr<ProxyPipe> m_toTarget;
    std::unique_ptr<ProxyPipe> m_fromTarget;
    QTimer m_deadline;
    bool m_connected = false; // the target has been reached
    bool m_ending = false;
    bool m_finished = false;
};

} // namespace TestSupport
