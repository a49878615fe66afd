// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "controllerbase.h"

#include "core/frames.h"
#include "words/text.h"

#include <QtDelivery/deliverynode.h>

#include <QThread>

namespace QtDelivery {

namespace {

// Errors that wait for a turn; an application that blocks its event loop gets the first ones.
constexpr qsizetype MaxErrors = 64;

} // namespace

ControllerBase::ControllerBase(QObject *controller, QString id, DeliveryNode *node)
    : m_controller(controller)
    , m_id(std::move(id))
    , m_node(node)
{ }

ControllerBase::~ControllerBase()
{
    // The application's object may be the controller itself, in a derived class, and outlives this.
    QObject::disconnect(m_applicationDestroyed);
}

void ControllerBase::join(const Error &settingsError)
{
    if (!m_node)
        m_state = {Error::Code::InvalidArgument, Text::tr("A controller needs a node.")};
    else if (m_node->thread() != m_controller->thread())
        m_state = {Error::Code::WrongThread,
                   Text::tr("A controller must live in the thread of its node.")};
    else if (!isValidId(m_id))
        m_state = {Error::Code::InvalidArgument,
                   Text::tr("An id must be 1 to 255 bytes of UTF-8 without control characters.")};
    else if (settingsError)
        m_state = settingsError;
    else
        m_state = m_node->flowHost().add(this);
    if (m_state)
        return;
    m_host = &m_node->flowHost();
    if (m_node->settings().recordEvents)
        ControllerBase::setRecording(true);
}

void ControllerBase::leave(Reason reason)
{
    if (FlowHost *host = std::exchange(m_host, nullptr)) {
        host->flush(this); // the last confirmations
        host->remove(this, reason);
    }
    m_state = {Error::Code::Stopped, Text::tr("The controller has stopped.")};
}

Error ControllerBase::usable() const
{
    if (QThread::currentThread() != m_controller->thread()) {
#ifdef QTDELIVERY_PARANOID
        qFatal("A controller was called from another thread than its own");
#endif
        return {Error::Code::WrongThread,
                Text::tr("The controller was called from another thread than its own.")};
    }
    if (!m_state)
        m_callers = QThread::currentThreadId();
    return m_state;
}

Error ControllerBase::start(QObject *application)
{
    if (const Error error = usable())
        return error;
    if (!application)
        return {Error::Code::InvalidArgument, Text::tr("start() needs the application's object.")};
    if (application->thread() != m_controller->thread())
        return {Error::Code::WrongThread,
                Text::tr("The application's object lives in another thread than its controller.")};
    QObject::disconnect(m_applicationDestroyed);
    m_applicationDestroyed =
        QObject::connect(application, &QObject::destroyed, m_controller, [this] {
            m_started = false;
            applicationGone();
        });
    m_started = true;
    m_observer.allowed();
    record(FlowEvent::Kind::Started);
    applicationStarted();
    work();
    return {};
}

void ControllerBase::setWanted(const QString &partner, const QString &node)
{
    const QString before = std::exchange(m_wantedPartner, partner);
    m_wantedNode = node;
    if (m_host)
        m_host->registrationChanged(this, before);
}

void ControllerBase::tell(const Error &error)
{
    if (m_errors.size() < MaxErrors)
        m_errors.pushBack(error);
    work();
}

void ControllerBase::attachmentChanged()
{
    m_attachmentTold = false;
    work();
}

void ControllerBase::schedule()
{
    if (!m_host)
        return;
    if (!route.queuedForTransmit && hasFrames())
        m_host->scheduleTransmit(this);
    const bool hasNotices = !m_attachmentTold || !m_errors.isEmpty() || !m_loadedTold;
    if (!route.queuedForEvents && (hasNotices || hasSignals()))
        m_host->scheduleEvents(this);
}

int ControllerBase::emitNotices(const LifeWatch &alive)
{
    // A slot may end this object or its part in the node. work() before each signal: should the
    // slot run an event loop, the rest is told in there.
    int emitted = 0;
    if (!std::exchange(m_attachmentTold, true)) {
        ++emitted;
        work();
        emitAttachedChanged();
    }
    while (alive && m_host && !m_errors.isEmpty()) {
        ++emitted;
        const Error error = m_errors.takeFront();
        work();
        emitError(error);
    }
    if (alive && !std::exchange(m_loadedTold, true)) {
        ++emitted;
        work();
        emitLoaded();
    }
    return emitted;
}

} // namespace QtDelivery
