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
             |______ deadline, wrong proof or certificate _______\--> Refused
             |______ its connection ends ________________________\--> Gone

    The process tells nothing but a nonce before the proof, and reads no frame longer than
   MaxProofFrame. One deadline counts from the beginning, whatever arrives meanwhile: a byte now and
   then gains no time. The watcher has to wait for the process's proof, so that anything behind its
   own is wrong.

    \c settled is called when it is Proven, Refused or Gone, perhaps from within a signal of the
   connection: not the place to destroy the candidate.
*/
class WatcherCandidate final : private ConnectionObserver
{
public:
    enum class State { Encrypting, Challenged, Proven, Refused, Gone };

    WatcherCandidate(std::unique_ptr<Connection> connection, QByteArray token,
                     std::function<void()> settled);
    ~WatcherCandidate();

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool isSettled() const
    {
        return m_state != State::Encrypting && m_state != State::Challenged;
    }
    /*! Its connection is gone, perhaps after it was Proven. */
    [[nodiscard]] bool hasEnded() const { return m_hasEnded; }
    /*! From where it came. */
    [[nodiscard]] const QString &address() const { return m_address; }
    /*! Why it is Refused or Gone, for the log. */
    [[nodiscard]] const QString &refusal() const { return m_refusal; }
    /*! Of who is Proven; the process's proof is written. The candidate is empty then. */
    [[nodiscard]] std::unique_ptr<Connection> takeConnection();

private:
    void connected() override;
    void readable() override;
    void writable() override { }
    void down(const Error &reason) override;

    void judge(const QByteArray &bytes);
    void refuse(const char *why);
    void settle(State state);

    std::unique_ptr<Connection> m_connection;
    const QString m_address;
    const QByteArray m_token;
    const std::function<void()> m_settled;
    MonitorTranscript m_transcript;
    MonitorFrames m_frames{MaxProofFrame};
    QTimer m_deadline;
    QString m_refusal;
    State m_state = State::Encrypting;
    bool m_hasEnded = false;
};

} // namespace QtDelivery
