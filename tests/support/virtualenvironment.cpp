// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "virtualenvironment.h"

#include "memoryconnection.h"

#include <QCoreApplication>
#include <QEvent>

#include <algorithm>

using namespace QtDelivery;

namespace TestSupport {

namespace {

class EventCounter final : public QObject
{
public:
    EventCounter() { QCoreApplication::instance()->installEventFilter(this); }

    bool eventFilter(QObject *, QEvent *) override
    {
        ++count;
        return false;
    }

    int count = 0;
};

} // namespace

// ---- VirtualTime

void VirtualTime::settle()
{
    // One call leaves alone what is posted while it runs.
    EventCounter events;
    do {
        events.count = 0;
        QCoreApplication::sendPostedEvents();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    } while (events.count > 0);
}

VirtualEnvironment *VirtualTime::nextDue(TimePoint limit) const
{
    VirtualEnvironment *next = nullptr;
    for (VirtualEnvironment *environment : m_environments) {
        const auto alarm = environment->alarm();
        if (alarm && *alarm <= limit && (!next || *alarm < *next->alarm()))
            next = environment;
    }
    return next;
}

void VirtualTime::advance(std::chrono::milliseconds time)
{
    const TimePoint end = m_now + time;
    settle();
    while (VirtualEnvironment *const due = nextDue(end)) {
        m_now = std::max(m_now, *due->alarm());
        due->fire();
        settle();
    }
    m_now = std::max(m_now, end); // an advance() inside a nested event loop may have gone further
}

bool VirtualTime::advanceToAlarm(std::chrono::milliseconds limit)
{
    settle();
    VirtualEnvironment *const due = nextDue(m_now + limit);
    if (!due)
        return false;
    m_now = std::max(m_now, *due->alarm());
    due->fire();
    settle();
    return true;
}

int VirtualTime::alarmCount() const
{
    return int(std::count_if(m_environments.begin(), m_environments.end(),
                             [](const auto *e) { return e->alarm().has_value(); }));
}

// ---- VirtualEnvironment

VirtualEnvironment::VirtualEnvironment(VirtualTime &time, MemoryNetwork *network, quint64 seed)
    : m_time(time)
    , m_network(network)
    , m_state(seed)
{
    m_time.m_environments.push_back(this);
}

VirtualEnvironment::~VirtualEnvironment()
{
    std::erase(m_time.m_environments, this);
}

quint64 VirtualEnvironment::random()
{
    // splitmix64: the same numbers on every platform.
    quint64 z = (m_state += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

std::unique_ptr<Connection> VirtualEnvironment::connectTo(const QUrl &url,
                                                          const NodeSettings &settings,
                                                          const TlsSettings &tls)
{
    return m_network ? m_network->connectTo(url) : NodeEnvironment::connectTo(url, settings, tls);
}

std::unique_ptr<Listener> VirtualEnvironment::listen(const QUrl &url, const NodeSettings &settings,
                                                     const TlsSettings &tls, AcceptFunction accept,
                                                     Error *error)
{
    return m_network ? m_network->listen(url, std::move(accept), error)
                     : NodeEnvironment::listen(url, settings, tls, std::move(accept), error);
}

void VirtualEnvironment::fire()
{
    m_alarm.reset();
    m_wakeUp();
}

} // namespace TestSupport
