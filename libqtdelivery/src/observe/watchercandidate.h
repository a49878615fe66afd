// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "link/connection.h"
#include "monitorframes.h"
#include "monitorproof.h"

#include <QTimer>

#include <functional>
#include <memory>

namespace QtDelivery {

/*!
    \brief Somebody on the network who may become a watcher.

        Encrypting --connected()--> Challenged --right proof--> Proven
             |_______ down, deadline, wrong proof, anything else ______\--> Refused

    The process tells nothing but a nonce before the proof, and reads no frame longer than
   MaxProofFrame. One deadline counts from the beginning, whatever arrives meanwhile: a byte now and
   then gains no time. The watcher has to wait for the process's proof, so that anything behind its
   own is wrong.

    \c settled is called when it is Proven or Refused, perhaps from within a signal of the
   connection: not the place to destroy the candidate.
*/
class WatcherCandidate final : private ConnectionObserver
{
public:
    enum class State { Encrypting, Challenged, Proven, Refused };

    WatcherCandidate(std::unique_ptr<Connection> connection, QByteArray token,
                     std::function<void()> settled);
    ~WatcherCandidate();

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool isSettled() const
    {
        return m_state == State::Proven || m_state == State::Refused;
    }
    /*! Its connection is gone, perhaps after it was Proven. */
    [[nodiscard]] bool hasEnded() const { return m_hasEnded; }
    /*! Of who is Proven; the process's proof is written. The candidate is empty then. */
    [[nodiscard]] std::unique_ptr<Connection> takeConnection();

private:
    void connected() override;
    void readable() override;
    void writable() override { }
    void down(const Error &reason) override;

    void judge(const QByteArray &bytes);
    void settle(State state);

    std::unique_ptr<Connection> m_connection;
    const QByteArray m_token;
    const std::function<void()> m_settled;
    MonitorTranscript m_transcript;
    MonitorFrames m_frames{MaxProofFrame};
    QTimer m_deadline;
    State m_state = State::Encrypting;
    bool m_hasEnded = false;
};

} // namespace QtDelivery
