// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/retrytimer.h"
#include "core/storepipeline.h"

#include <QtDelivery/error.h>
#include <QtDelivery/storagesnapshot.h>

namespace QtDelivery {

/*!
    \brief What a controller knows of its durable storage, queue or progress: whether it is loaded,
   and why not.

    Theory of operation
    -------------------
        Idle --load()--> Loading --handleLoaded()--> Ready       failed: again after an interval,
                            ^                                    or Broken, if trying again is
   useless
                            |________retry()________ Broken

    Loading is repeated here. Afterwards the machine's StorePipeline says what is to be stored and
   when to try again; it is asked for its opinion of each failure.
*/
class StorageClient
{
public:
    enum class State { Idle, Loading, Ready, Broken };

    [[nodiscard]] State state() const { return m_state; }
    /*! Why nothing is stored at present; no error if all is well. */
    [[nodiscard]] const Error &error() const { return m_error; }
    /*! Loading has succeeded once: there is something to go on from. */
    [[nodiscard]] bool wasLoaded() const { return m_wasLoaded; }
    /*! What it shows of itself. */
    [[nodiscard]] virtual StorageSnapshot storageSnapshot() const = 0;

    [[nodiscard]] std::optional<TimePoint> nextTimeout() const { return m_loadRetry.deadline(); }
    void handleTimeout(TimePoint now);

protected:
    explicit StorageClient(const StoreConfig &config);
    ~StorageClient() = default;

    /*! Asks the storage to load. */
    virtual void requestLoad() = 0;

    void load();
    /*! What was loaded is of no use any more. */
    void forget();
    void handleLoaded();
    /*! Something was stored. */
    void handleProgress()
    {
        if (m_state != State::Broken)
            m_error = {};
    }
    /*! The error to be told to the application; none if it knows already. \a pipeline is called
     * unless loading has failed: it says whether what was to be stored is tried again. */
    template <typename Pipeline>
    [[nodiscard]] Error handleFailed(const Error &error, TimePoint now, Pipeline pipeline)
    {
        const auto opinion = m_state == State::Loading ? loadFailed(now) : pipeline();
        return takeNote(error, opinion);
    }
    /*! What was stored is of no use until somebody has done something; the error to be told. */
    [[nodiscard]] Error handleGivenUp(const Error &error)
    {
        return takeNote(error, StorePipeline::Failure::Broken);
    }
    /*! Tries again what was given up; true if that is storing, false if it is loading, which goes
     * on from here, or if nothing was given up. */
    [[nodiscard]] bool resumeStoring();

private:
    [[nodiscard]] StorePipeline::Failure loadFailed(TimePoint now);
    [[nodiscard]] Error takeNote(const Error &error, StorePipeline::Failure opinion);

    const int m_attempts;
    State m_state = State::Idle;
    bool m_wasLoaded = false;
    Error m_error;
    RetryTimer m_loadRetry;
    int m_loadFailures = 0;
};

} // namespace QtDelivery
