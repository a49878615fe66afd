// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "progressfile.h"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace QtDelivery {

/*!
    \brief Reads and writes progress files in a thread of its own.

    Theory of operation
    -------------------
    request() adds to a list, in which a record replaces the one right before it. The thread takes
   the whole list at a time. Answers are added to another list, and when the first one is, `notify`
   is called, once, in this thread; takeAnswers() empties the list.

    After a failure nothing that was requested before the failure was \e told may be answered. So
   each request has the round in which it was made: a failure ends its round, the rest of which is
   skipped here, and the owner begins the next one when it tells of the failure.
*/
class ProgressWorker
{
public:
    struct Request
    {
        enum class Kind { Load, Record };

        Kind kind = Kind::Load;
        int round = 0;
        QString consumerId = {}; //!< of Load
        ConsumerPosition position = {}; //!< of Load only the producer
    };
    struct Answer
    {
        enum class Kind { Loaded, Recorded, Failed };

        Kind kind = Kind::Loaded;
        ConsumerPosition position = {};
        Error error = {}; //!< of Failed
    };

    /*! Nothing is encrypted if \a keys are null. */
    ProgressWorker(QString directory, std::shared_ptr<const CipherKeys> keys,
                   std::function<void()> notify);
    Q_DISABLE_COPY_MOVE(ProgressWorker)
    /*! Waits for what is being carried out; the rest is not. */
    ~ProgressWorker();

    /*! The first one starts the thread. Like takeAnswers() called by the owner, in its thread. */
    void request(Request request);
    [[nodiscard]] std::vector<Answer> takeAnswers();
    /*! Of the file that was opened last, and of all syncs. */
    [[nodiscard]] StorageSnapshot storageSnapshot() const { return m_gauge.snapshot(); }

private:
    void run();
    [[nodiscard]] bool waitForRequests(std::vector<Request> *requests);
    [[nodiscard]] bool isStopping();
    [[nodiscard]] bool carryOut(const Request &request, ProgressFile *file);
    void answer(Answer answer);

    const QString m_directory;
    const std::shared_ptr<const CipherKeys> m_keys;
    const std::function<void()> m_notify;
    StorageGauge m_gauge;

    std::mutex m_mutex; // of the following three
    std::vector<Request> m_requests;
    std::vector<Answer> m_answers;
    bool m_isStopping = false;
    std::condition_variable m_wake;
    std::thread m_thread; // not a QThread, for the end of which the thread sanitizer is blind
};

} // namespace QtDelivery
