// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "vaultworker.h"

#include <chrono>
#include <utility>

namespace QtDelivery {

namespace {

using namespace std::chrono_literals;

constexpr auto VaultLockInterval = 20ms;

} // namespace

VaultWorker::~VaultWorker()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isStopping = true;
    }
    m_wake.notify_one();
    if (m_thread.joinable())
        m_thread.join();
}

void VaultWorker::request(const CredentialRequest &request)
{
    {
        const std::lock_guard lock(m_mutex);
        m_request = request;
        m_answer.reset();
        ++m_number;
    }
    m_wake.notify_one();
    if (!m_thread.joinable())
        m_thread = std::thread([this] { run(); });
}

void VaultWorker::cancel()
{
    const std::lock_guard lock(m_mutex);
    m_request.reset();
    m_answer.reset();
    ++m_number;
}

std::optional<CredentialOutcome> VaultWorker::takeAnswer()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_answer, std::nullopt);
}

void VaultWorker::run()
{
    std::unique_lock lock(m_mutex);
    while (true) {
        m_wake.wait(lock, [this] { return m_isStopping || m_request; });
        if (m_isStopping)
            return;
        const CredentialRequest request = *m_request;
        const quint64 number = m_number;
        lock.unlock();
        const CredentialOutcome outcome = m_vault.carryOut(request);
        lock.lock();
        if (number != m_number)
            continue;
        if (outcome.error.code() == Error::Code::StorageInUse) {
            m_wake.wait_for(lock, VaultLockInterval, [this] { return m_isStopping; });
            continue;
        }
        m_request.reset();
        m_answer = outcome;
        lock.unlock();
        m_notify();
        lock.lock();
    }
}

} // namespace QtDelivery
