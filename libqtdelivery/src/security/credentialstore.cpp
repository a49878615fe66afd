// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <QtDelivery/credentialstore.h>

#include "credentialerrors.h"
#include "words/text.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QEvent>
#include <QPointer>
#include <QThread>
#include <QTimer>

#include <algorithm>
#include <deque>
#include <optional>

namespace QtDelivery {

namespace {

using Answer = std::function<void(const CredentialOutcome &)>;

void answerLater(QObject *context, const Answer &answer, const CredentialOutcome &outcome)
{
    if (context && answer)
        QMetaObject::invokeMethod(
            context, [answer, outcome] { answer(outcome); }, Qt::QueuedConnection);
}

/*! \a answer as one that takes an outcome; none if it is empty. */
Answer telling(CredentialStore::DoneAnswer answer)
{
    if (!answer)
        return {};
    return
        [answer = std::move(answer)](const CredentialOutcome &outcome) { answer(outcome.error); };
}

/*! The same of one that wants this \a part of it. */
template <typename Part>
Answer telling(std::function<void(const Result<Part> &)> answer, Part CredentialOutcome::*part)
{
    if (!answer)
        return {};
    return [answer = std::move(answer), part](const CredentialOutcome &outcome) {
        if (outcome.error)
            answer(outcome.error);
        else
            answer(outcome.*part);
    };
}

bool showsAvailability(const Error &error)
{
    return error.code() != Error::Code::InvalidArgument
        && error.code() != Error::Code::LimitReached;
}

} // namespace

/*! A request that waits, is under way, or has an outcome that is not told yet. */
struct PendingCredentialRequest
{
    CredentialRequest request;
    std::chrono::milliseconds timeout = {};
    QDeadlineTimer deadline;
    QPointer<QObject> context;
    std::function<void(const CredentialOutcome &)> answer;
    std::optional<CredentialOutcome> outcome; //!< waits to be told
};

/*!
    Theory of operation
    -------------------
    Requests wait in a queue, from whose front one at a time is begun. An outcome is noted with its
    request, and told by the *turn*, a posted event, which also begins the next request: so neither
    answers nor begin() ever run within a call of the user's, and an implementation may end a
   request from within begin().

    A request that takes too long gets its outcome from the timer. If it is under way it is
   abandoned, and the next one is begun; if it still waits it is never begun. Since all are given
   the same time, mostly, those behind one that hangs are answered soon after it.

    A child of the store, so that it is always in the same thread.
*/
class CredentialStorePrivate : public QObject
{
public:
    CredentialStorePrivate(CredentialStore *store,
                           std::function<void(const CredentialRequest &)> begin,
                           std::function<void()> abandon)
        : QObject(store)
        , q(store)
        , m_begin(std::move(begin))
        , m_abandon(std::move(abandon))
        , m_timer(this)
    {
        m_timer.setSingleShot(true);
        m_timer.setTimerType(Qt::PreciseTimer);
        connect(&m_timer, &QTimer::timeout, this, &CredentialStorePrivate::endOverdue);
    }

    void add(CredentialRequest request, QObject *context, Answer answer);
    void end(const CredentialOutcome &outcome);
    void stop();

    std::chrono::milliseconds timeout = CredentialStore::DefaultTimeout;
    CredentialStore::Availability availability = CredentialStore::Availability::Unknown;
    Error obstacle;

protected:
    void customEvent(QEvent *event) override;

private:
    void postTurn() { QCoreApplication::postEvent(this, new QEvent(QEvent::User)); }
    void endOverdue();
    void armTimer();
    void learn(const Error &error);

    CredentialStore *const q;
    const std::function<void(const CredentialRequest &)> m_begin;
    const std::function<void()> m_abandon;
    std::deque<PendingCredentialRequest> m_pending;
    bool m_isFrontBegun = false;
    QTimer m_timer;
};

void CredentialStorePrivate::add(CredentialRequest request, QObject *context, Answer answer)
{
    if (QThread::currentThread() != thread()) {
        answerLater(
            context, answer,
            {.error = {Error::Code::WrongThread,
                       Text::tr("A credential store can be used in its own thread only.")}});
        return;
    }
    PendingCredentialRequest pending{.request = std::move(request),
                                     .timeout = timeout,
                                     .deadline = QDeadlineTimer(timeout, Qt::PreciseTimer),
                                     .context = context,
                                     .answer = std::move(answer),
                                     .outcome = {}};
    if (const Error error = credentialRequestError(pending.request))
        pending.outcome = CredentialOutcome{.error = error};
    m_pending.push_back(std::move(pending));
    armTimer();
    postTurn();
}

void CredentialStorePrivate::end(const CredentialOutcome &outcome)
{
    // Overdue ones are told already, or are about to be.
    if (!m_isFrontBegun || m_pending.front().outcome)
        return;
    m_pending.front().outcome = outcome;
    m_pending.front().outcome->names.sort();
    postTurn();
}

void CredentialStorePrivate::customEvent(QEvent * /*event*/)
{
    const QPointer<CredentialStorePrivate> alive(this); // who is answered may delete the store
    while (!m_pending.empty() && m_pending.front().outcome) {
        const PendingCredentialRequest answered = std::move(m_pending.front());
        m_pending.pop_front();
        m_isFrontBegun = false;
        armTimer();
        learn(answered.outcome->error);
        if (answered.context && answered.answer) // even if the store is gone by now
            answered.answer(*answered.outcome);
        if (!alive)
            return;
    }
    if (!m_pending.empty() && !m_isFrontBegun) {
        m_isFrontBegun = true;
        m_begin(m_pending.front().request);
    }
}

void CredentialStorePrivate::endOverdue()
{
    for (PendingCredentialRequest &pending : m_pending) {
        if (pending.outcome || !pending.deadline.hasExpired())
            continue;
        if (&pending == &m_pending.front() && m_isFrontBegun)
            m_abandon();
        pending.outcome = CredentialOutcome{.error = credentialTimedOut(pending.timeout)};
    }
    armTimer();
    postTurn();
}

void CredentialStorePrivate::armTimer()
{
    m_timer.stop();
    auto next = QDeadlineTimer(QDeadlineTimer::Forever);
    for (const PendingCredentialRequest &pending : m_pending) {
        if (!pending.outcome)
            next = std::min(next, pending.deadline);
    }
    if (!next.isForever())
        m_timer.start(std::chrono::milliseconds(next.remainingTime() + 1));
}

void CredentialStorePrivate::learn(const Error &error)
{
    using Availability = CredentialStore::Availability;
    if (!showsAvailability(error))
        return;
    const bool works = !error || error.code() == Error::Code::CredentialNotFound;
    obstacle = works ? Error() : error;
    const Availability learned = works ? Availability::Available : Availability::Unavailable;
    if (std::exchange(availability, learned) != learned)
        Q_EMIT q->availabilityChanged(learned);
}

void CredentialStorePrivate::stop()
{
    for (const PendingCredentialRequest &pending : std::exchange(m_pending, {}))
        answerLater(pending.context, pending.answer,
                    pending.outcome.value_or(CredentialOutcome{.error = credentialStoreStopped()}));
}

CredentialStore::CredentialStore(QObject *parent)
    : QObject(parent)
    , d(std::make_unique<CredentialStorePrivate>(
          this, [this](const CredentialRequest &request) { begin(request); },
          [this] { abandon(); }))
{ }

CredentialStore::~CredentialStore()
{
    d->stop();
}

void CredentialStore::read(const QString &name, QObject *context, SecretAnswer answer)
{
    d->add({.kind = CredentialRequest::Kind::Read, .name = name}, context,
           telling(std::move(answer), &CredentialOutcome::secret));
}

void CredentialStore::write(const QString &name, const QByteArray &secret, QObject *context,
                            DoneAnswer answer)
{
    d->add({.kind = CredentialRequest::Kind::Write, .name = name, .secret = secret}, context,
           telling(std::move(answer)));
}

void CredentialStore::remove(const QString &name, QObject *context, DoneAnswer answer)
{
    d->add({.kind = CredentialRequest::Kind::Remove, .name = name}, context,
           telling(std::move(answer)));
}

void CredentialStore::listNames(QObject *context, NamesAnswer answer)
{
    d->add({.kind = CredentialRequest::Kind::ListNames}, context,
           telling(std::move(answer), &CredentialOutcome::names));
}

std::chrono::milliseconds CredentialStore::timeout() const
{
    return d->timeout;
}

void CredentialStore::setTimeout(std::chrono::milliseconds timeout)
{
    d->timeout = std::max(timeout, std::chrono::milliseconds(1));
}

CredentialStore::Availability CredentialStore::availability() const
{
    return d->availability;
}

Error CredentialStore::obstacle() const
{
    return d->obstacle;
}

void CredentialStore::end(const QtDelivery::CredentialOutcome &outcome)
{
    d->end(outcome);
}

} // namespace QtDelivery
