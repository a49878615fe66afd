// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "benchsupport.h"

#include <QTimer>

#include <functional>
#include <string_view>

namespace Bench {

// Lets a producer send at the options' rate: calls `pump` whenever a message is due, until the last
// is.
class Pacer
{
public:
    Pacer(ProducerWork &work, std::function<void()> pump);
    void start();

private:
    void tick();

    ProducerWork &m_work;
    const std::function<void()> m_pump;
    QTimer m_timer;
};

// Ends a Qt program's run: in idle mode measures the idle time first; then prints the report and
// leaves the event loop, with --hold only at the end of standard input. Call it once, when the work
// is finished.
template <typename Work> class Finisher
{
public:
    Finisher(Work &work, const Options &options, std::string_view program)
        : m_work(work)
        , m_options(options)
        , m_program(program)
    { }
    void start();
    bool isStarted() const { return m_started; }
    // `addMore` adds its figures when the report is made.
    void setAddMore(std::function<void(Report &)> addMore) { m_addMore = std::move(addMore); }

private:
    void printAndLeave();

    Work &m_work;
    const Options &m_options;
    const std::string_view m_program;
    std::function<void(Report &)> m_addMore;
    bool m_started = false;
};

} // namespace Bench
