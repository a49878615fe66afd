// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "journalthread.h"

#include <utility>

namespace QtDelivery {

namespace {

TimePoint currentTime()
{
    return std::chrono::steady_clock::now();
}

} // namespace

JournalThread::JournalThread(DurableProducerQueue *owner, std::unique_ptr<FileSystem> files,
                             const JournalConfig &config, StorageGauge *gauge)
    : m_owner(owner)
    , m_files(std::move(files))
    , m_config(config)
    , m_gauge(gauge)
    , m_thread([this] { run(); })
{ }

JournalThread::~JournalThread()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isStopping = true;
        m_wake.wake();
    }
    m_thread.join();
}

void JournalThread::load(const QString &producerId)
{
    request(Load{producerId});
}

void JournalThread::store(const QList<DurableMessage> &messages)
{
    request(messages);
}

void JournalThread::confirm(qint64 seqNr, const QString &qualifier)
{
    request(Confirm{seqNr, qualifier});
}

void JournalThread::skip(qint64 seqNr, const QString &qualifier)
{
    request(Skip{seqNr, qualifier});
}

void JournalThread::refuse(const Error &error)
{
    answer(error);
}

void JournalThread::request(Request request)
{
    {
        const std::lock_guard lock(m_mutex);
        auto *confirm = std::get_if<Confirm>(&request);
        auto *last = m_requests.empty() ? nullptr : std::get_if<Confirm>(&m_requests.back());
        if (confirm && last && confirm->qualifier == last->qualifier)
            last->seqNr = std::max(last->seqNr, confirm->seqNr);
        else
            m_requests.push_back(std::move(request));
    }
    m_wake.wake(); // the worker must not wake to wait for the lock
}

// ---- in the worker

void JournalThread::run()
{
    std::vector<Request> batch;
    while (take(&batch)) {
        process(batch);
        noteSize();
        batch.clear();
    }
    m_journal.reset();
}

bool JournalThread::take(std::vector<Request> *batch)
{
    const auto lock = m_wake.wait(
        m_mutex, [this] { return m_isStopping || (!m_requests.empty() && !m_isFailing); });
    if (m_requests.empty() || m_isFailing)
        return false;
    batch->swap(m_requests);
    return true;
}

void JournalThread::process(const std::vector<Request> &batch)
{
    Error error;
    for (const Request &request : batch) {
        // What else was requested has failed with it.
        if (!error || isLasting(request)) {
            if (Error failure = carryOut(request))
                error = failure;
        }
    }
    if (!error)
        error = commit();
    if (error) {
        m_unanswered = 0;
        answer(error);
    }
}

Error JournalThread::carryOut(const Request &request)
{
    const TimePoint now = currentTime();
    if (const auto *wanted = std::get_if<Load>(&request)) {
        if (Error error = commit())
            return error;
        return load(*wanted);
    }
    if (!m_journal)
        m_journal.emplace(*m_files, m_config); // not open: it refuses in words
    if (now - m_lastCleanup >= m_config.cleanupUnusedAfter) {
        m_lastCleanup = now;
        m_journal->dropUnusedQualifiers(now);
    }
    if (const auto *confirmed = std::get_if<Confirm>(&request)) {
        m_journal->confirm(confirmed->seqNr, confirmed->qualifier, now);
        return {};
    }
    if (const auto *skipped = std::get_if<Skip>(&request)) {
        m_journal->skip(skipped->seqNr, skipped->qualifier);
        return {};
    }
    const auto &messages = std::get<Store>(request);
    qsizetype from = 0;
    for (qsizetype i = 1; i < messages.size(); ++i) {
        if (!messages[i].reader)
            continue;
        if (Error error = append(messages.mid(from, i - from)))
            return error;
        from = i;
    }
    return append(messages.mid(from));
}

/*! Only the first of \a messages may have a reader. */
Error JournalThread::append(const Store &messages)
{
    if (messages.isEmpty())
        return {};
    if (messages.constFirst().reader) {
        if (Error error = commit())
            return error;
    }
    if (Error error = m_journal->append(messages, currentTime()))
        return error;
    m_unanswered = messages.constLast().seqNr;
    return {};
}

Error JournalThread::load(const Load &load)
{
    m_journal.reset(); // gives up possession
    m_journal.emplace(*m_files, m_config);
    const TimePoint now = currentTime();
    m_lastCleanup = now;
    Result<DurableProducerState> state = m_journal->open(load.producerId, QUuid::createUuid(), now);
    if (!state)
        return state.error();
    answer(*std::move(state));
    return {};
}

/*! What was appended is stored; without messages it is only written. */
Error JournalThread::commit()
{
    if (!m_journal)
        return {};
    if (m_unanswered == 0) {
        (void)m_journal->flush(); // nobody waits for that
        if (m_journal->hasReleasable())
            m_journal->release();
        return {};
    }
    if (Error error = m_journal->sync())
        return error;
    answer(std::exchange(m_unanswered, 0));
    m_journal->mark(); // nobody has to wait for that
    return {};
}

void JournalThread::answer(Answer answer)
{
    const std::lock_guard lock(m_mutex);
    m_isFailing = m_isFailing || std::holds_alternative<Error>(answer);
    auto *seqNr = std::get_if<qint64>(&answer);
    auto *last = m_answers.empty() ? nullptr : std::get_if<qint64>(&m_answers.back());
    if (seqNr && last)
        *last = *seqNr;
    else
        m_answers.push_back(std::move(answer));
    if (std::exchange(m_isPosted, true))
        return;
    QMetaObject::invokeMethod(
        m_owner, [this] { deliver(); }, Qt::QueuedConnection);
}

/*! The files are others only after a segment was begun, or a payload came or went. */
void JournalThread::noteSize()
{
    if (!m_gauge || !m_journal || !m_journal->isOpen())
        return;
    const qint64 payloads = m_journal->payloadCount();
    if (m_journal->newest() == m_notedSegment && payloads == m_notedPayloads)
        return;
    m_notedSegment = m_journal->newest();
    m_notedPayloads = payloads;
    m_gauge->noteSize(m_journal->fileBytes(), m_journal->fileCount());
}

// ---- in the owner's thread

void JournalThread::deliver()
{
    std::vector<Answer> answers;
    {
        const std::lock_guard lock(m_mutex);
        answers.swap(m_answers);
        m_isPosted = false;
    }
    // A slot may delete the owner, and this object with it.
    const QPointer<DurableProducerQueue> owner(m_owner);
    for (const Answer &answer : answers) {
        if (!owner)
            return;
        if (const auto *state = std::get_if<DurableProducerState>(&answer)) {
            Q_EMIT owner->loaded(*state);
        } else if (const auto *seqNr = std::get_if<qint64>(&answer)) {
            Q_EMIT owner->stored(*seqNr);
        } else {
            dropFailed();
            Q_EMIT owner->failed(std::get<Error>(answer));
        }
    }
}

void JournalThread::dropFailed()
{
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_requests, [](const Request &request) { return !isLasting(request); });
    m_isFailing = false;
    m_wake.wake();
}

} // namespace QtDelivery
