// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "progressworker.h"

#include <utility>

namespace QtDelivery {

namespace {

using Request = ProgressWorker::Request;

/*! Only the last of records that follow each other counts. */
bool isReplacedBy(const Request &earlier, const Request &later)
{
    return earlier.kind == Request::Kind::Record && later.kind == Request::Kind::Record
        && earlier.round == later.round && earlier.position.producerId == later.position.producerId;
}

} // namespace

ProgressWorker::ProgressWorker(QString directory, std::shared_ptr<const CipherKeys> keys,
                               std::function<void()> notify)
    : m_directory(std::move(directory))
    , m_keys(std::move(keys))
    , m_notify(std::move(notify))
{ }

ProgressWorker::~ProgressWorker()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isStopping = true;
    }
    m_wake.notify_one();
    if (m_thread.joinable())
        m_thread.join();
}

void ProgressWorker::request(Request request)
{
    if (!m_thread.joinable())
        m_thread = std::thread([this] { run(); });
    {
        const std::lock_guard lock(m_mutex);
        if (!m_requests.empty() && isReplacedBy(m_requests.back(), request))
            m_requests.back() = std::move(request);
        else
            m_requests.push_back(std::move(request));
    }
    m_wake.notify_one();
}

std::vector<ProgressWorker::Answer> ProgressWorker::takeAnswers()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_answers, {});
}

void ProgressWorker::run()
{
    ProgressFile file(&m_gauge, m_keys);
    int failedRound = -1;
    std::vector<Request> requests;
    while (waitForRequests(&requests)) {
        for (const Request &request : requests) {
            if (request.round > failedRound && !isStopping() && !carryOut(request, &file))
                failedRound = request.round;
        }
    }
}

bool ProgressWorker::waitForRequests(std::vector<Request> *requests)
{
    requests->clear();
    std::unique_lock lock(m_mutex);
    m_wake.wait(lock, [this] { return m_isStopping || !m_requests.empty(); });
    requests->swap(m_requests);
    return !m_isStopping;
}

bool ProgressWorker::isStopping()
{
    const std::lock_guard lock(m_mutex);
    return m_isStopping;
}

bool ProgressWorker::carryOut(const Request &request, ProgressFile *file)
{
    const bool isLoad = request.kind == Request::Kind::Load;
    const Error error = isLoad
        ? file->open(m_directory, request.consumerId, request.position.producerId)
        : file->write(request.position);
    if (error)
        answer({Answer::Kind::Failed, {}, error});
    else
        answer({isLoad ? Answer::Kind::Loaded : Answer::Kind::Recorded, file->position()});
    return !error;
}

void ProgressWorker::answer(Answer answer)
{
    bool isFirst = false;
    {
        const std::lock_guard lock(m_mutex);
        isFirst = m_answers.empty();
        m_answers.push_back(std::move(answer));
    }
    if (isFirst)
        m_notify();
}

} // namespace QtDelivery
