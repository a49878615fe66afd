// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "credentialvault.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

namespace QtDelivery {

/*!
    \brief Carries out the requests to a vault in a thread of its own.

    One request at a time: the next one may be given when the one before is answered or cancelled.
   What is being read or written then is finished first, and not answered. While another process has
   the lock, the thread tries again until it is cancelled. notify is called in the thread, when
   there is an answer.
*/
class VaultWorker
{
public:
    VaultWorker(const QString &path, const QByteArray &passphrase, std::function<void()> notify)
        : m_vault(path, passphrase)
        , m_notify(std::move(notify))
    { }
    Q_DISABLE_COPY_MOVE(VaultWorker)
    /*! Waits for what is being read or written. */
    ~VaultWorker();

    /*! The first one starts the thread. Like the following called by the owner, in its thread. */
    void request(const CredentialRequest &request);
    void cancel();
    /*! Nothing, if what was answered has been cancelled. */
    [[nodiscard]] std::optional<CredentialOutcome> takeAnswer();

private:
    void run();

    CredentialVault m_vault; // of the thread
    const std::function<void()> m_notify;

    std::mutex m_mutex; // of the following four
    std::optional<CredentialRequest> m_request;
    std::optional<CredentialOutcome> m_answer;
    quint64 m_number = 0; // of the newest request; one that is cancelled is older
    bool m_isStopping = false;
    std::condition_variable m_wake;
    std::thread m_thread; // not a QThread, for the end of which the thread sanitizer is blind
};

} // namespace QtDelivery
