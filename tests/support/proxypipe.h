// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QObject>
#include <QTcpSocket>
#include <QTimer>

#include <chrono>
#include <deque>
#include <optional>

namespace TestSupport {

/*! What one direction of a proxy does to the bytes that pass. */
struct PipeFaults
{
    std::chrono::milliseconds delay{0};
    qint64 bytesPerSecond = 0; //!< 0 = no limit
    bool stalled = false; //!< takes nothing and gives nothing, and hides the end of the source
    std::optional<qint64> bytesLeft{}; //!< then the pipe is exhausted
    qint64 forwarded = 0; //!< counted by the pipe
};

/*! One direction of a proxied connection. */
class ProxyPipe : public QObject
{
    Q_OBJECT

public:
    /*! \a faults may be changed at any time; call transfer() then. All three outlive the pipe. */
    ProxyPipe(QTcpSocket *source, QTcpSocket *sink, PipeFaults *faults);

    /*! Moves what can be moved now. */
    void transfer();
    /*! Moves nothing any more. */
    void stop() { m_done = true; }

Q_SIGNALS:
    /*! The last of PipeFaults::bytesLeft has been given to the sink. */
    void exhausted();
    /*! The source has ended and everything from it has been given to the sink. */
    void ended();

private:
    using Clock = std::chrono::steady_clock;

    struct Parcel
    {
        Clock::time_point due;
        QByteArray bytes;
    };

    void fetch();
    /*! False: not now, or never again. */
    [[nodiscard]] bool forwardFront();
    [[nodiscard]] qsizetype allowedNow() const;
    void wakeUpAt(Clock::time_point time);

    QTcpSocket *const m_source;
    QTcpSocket *const m_sink;
    PipeFaults *const m_faults;
    std::deque<Parcel> m_parcels;
    qint64 m_held = 0; // bytes in m_parcels
    Clock::time_point m_freeAt{}; // when the rate allows the next byte
    bool m_done = false;
    QTimer m_timer;
};

} // namespace TestSupport
