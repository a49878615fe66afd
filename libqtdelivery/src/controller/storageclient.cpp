// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "storageclient.h"

#include <QCoreApplication>

namespace QtDelivery {

namespace {

/*! Trying again cannot help: somebody has to do something first. */
bool needsHelp(Error::Code code)
{
    return code == Error::Code::StorageInUse || code == Error::Code::StorageCorrupt
        || code == Error::Code::UnknownFormat || code == Error::Code::AccessDenied
        || code == Error::Code::InvalidArgument || code == Error::Code::WrongThread;
}

Error triedAgain(const Error &reason)
{
    return {reason.code(),
            //: %1 is the reason, a whole sentence
            QCoreApplication::translate("QtDelivery", "Storing has failed and is tried again: %1")
                .arg(reason.message())};
}

Error givenUp(const Error &reason)
{
    return {
        reason.code(),
        //: %1 is the reason, a whole sentence
        QCoreApplication::translate(
            "QtDelivery",
            "Storing has failed and is not tried any more: %1 Nothing is lost. When the reason is "
            "gone, start the program again, or call retry() in it.")
            .arg(reason.message())};
}

/*! A newer owner has what was stored, and keeps it; loading would take it back, retry() does not.
 */
Error takenOver(const Error &reason)
{
    return {
        reason.code(),
        //: %1 is the reason, a whole sentence
        QCoreApplication::translate(
            "QtDelivery",
            "Storing has failed and is not tried any more: %1 What was stored is the new owner's; "
            "retry() cannot help. To own it again, end the other one and make a new queue or "
            "progress object and a new controller.")
            .arg(reason.message())};
}

} // namespace

StorageClient::StorageClient(const StoreConfig &config)
    : m_attempts(config.attempts)
    , m_loadRetry(config.retryMin, config.retryMax)
{ }

void StorageClient::load()
{
    m_state = State::Loading;
    requestLoad();
}

void StorageClient::forget()
{
    m_wasLoaded = false;
    m_loadFailures = 0;
    m_loadRetry.stop();
}

void StorageClient::handleLoaded()
{
    m_state = State::Ready;
    m_wasLoaded = true;
    m_error = {};
    m_loadRetry.stop();
}

StorePipeline::Failure StorageClient::loadFailed(TimePoint now)
{
    m_loadRetry.startIfStopped(now);
    return ++m_loadFailures >= m_attempts ? StorePipeline::Failure::Broken
                                          : StorePipeline::Failure::Retrying;
}

Error StorageClient::takeNote(const Error &error, StorePipeline::Failure opinion)
{
    const bool isNews = !m_error;
    m_error = error;
    if (opinion == StorePipeline::Failure::Retrying && !needsHelp(error.code()))
        return isNews ? triedAgain(error) : Error();
    m_state = State::Broken;
    m_loadRetry.stop();
    const bool isTakenOver = m_wasLoaded && error.code() == Error::Code::StorageInUse;
    m_error = isTakenOver ? takenOver(error) : givenUp(error);
    return m_error;
}

bool StorageClient::resumeStoring()
{
    if (m_state != State::Broken)
        return false;
    m_error = {};
    m_loadFailures = 0;
    if (!m_wasLoaded) {
        load();
        return false;
    }
    m_state = State::Ready;
    return true;
}

void StorageClient::handleTimeout(TimePoint now)
{
    if (m_loadRetry.expire(now))
        load();
}

} // namespace QtDelivery
