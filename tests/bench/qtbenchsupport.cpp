// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "qtbenchsupport.h"

#include <QCoreApplication>
#include <QSocketNotifier>

#include <chrono>

#include <unistd.h>

namespace Bench {

namespace {

std::chrono::milliseconds toMilliseconds(double seconds)
{
    return std::chrono::milliseconds(qint64(seconds * 1000));
}

} // namespace

Pacer::Pacer(ProducerWork &work, std::function<void()> pump)
    : m_work(work)
    , m_pump(std::move(pump))
{
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setSingleShot(true);
    m_timer.callOnTimeout([this] { tick(); });
}

void Pacer::start()
{
    tick();
}

void Pacer::tick()
{
    const auto untilDue = m_work.pace();
    m_pump();
    // Rounded up: waking before the message is due would only cost a second turn.
    if (untilDue)
        m_timer.start(int((*untilDue + 999'999) / 1'000'000));
}

template <typename Work> void Finisher<Work>::start()
{
    m_started = true;
    if (m_options.mode != Mode::Idle) {
        printAndLeave();
        return;
    }
    QTimer::singleShot(toMilliseconds(m_options.settle), Qt::PreciseTimer, qApp, [this] {
        m_work.meter().begin();
        QTimer::singleShot(toMilliseconds(m_options.seconds), Qt::PreciseTimer, qApp, [this] {
            m_work.meter().end();
            printAndLeave();
        });
    });
}

template <typename Work> void Finisher<Work>::printAndLeave()
{
    Report report = m_work.report(m_program);
    if (m_addMore)
        m_addMore(report);
    report.print();
    if (!m_options.hold) {
        // The last confirmations still have to leave.
        QTimer::singleShot(500, qApp, &QCoreApplication::quit);
        return;
    }
    auto *standardInput = new QSocketNotifier(STDIN_FILENO, QSocketNotifier::Read, qApp);
    QObject::connect(standardInput, &QSocketNotifier::activated, qApp, [standardInput] {
        char ignored;
        if (read(STDIN_FILENO, &ignored, 1) > 0)
            return;
        standardInput->setEnabled(false);
        QCoreApplication::quit();
    });
}

template class Finisher<ProducerWork>;
template class Finisher<ConsumerWork>;

} // namespace Bench
