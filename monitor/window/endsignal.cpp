// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "endsignal.h"

#include <QSocketNotifier>

#ifdef Q_OS_UNIX
#include <array>
#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <unistd.h>

#include <utility>
#endif

namespace Monitor {

#ifdef Q_OS_UNIX

namespace {

constexpr std::array EndSignals{SIGINT, SIGTERM, SIGHUP};

// A signal handler reaches nothing but globals, and may do little more than write.
std::array<int, 2> signalPipe{-1, -1};

extern "C" void noteEndSignal(int)
{
    const int savedErrno = errno;
    const char byte = 0;
    (void)!::write(signalPipe[1], &byte, 1); // a full pipe has said it already
    errno = savedErrno;
}

} // namespace

EndSignal::EndSignal(QObject *parent)
    : QObject(parent)
{
    if (::pipe(signalPipe.data()) != 0)
        return; // the signals then end the process as they always do
    for (const int end : signalPipe) {
        ::fcntl(end, F_SETFD, FD_CLOEXEC);
        ::fcntl(end, F_SETFL, O_NONBLOCK);
    }
    auto *const notifier = new QSocketNotifier(signalPipe[0], QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [this, notifier] {
        notifier->setEnabled(false);
        Q_EMIT raised();
    });
    struct sigaction action = {};
    sigemptyset(&action.sa_mask);
    action.sa_handler = noteEndSignal;
    action.sa_flags = SA_RESTART | int(SA_RESETHAND); // the next one is the system's
    for (const int signal : EndSignals)
        ::sigaction(signal, &action, nullptr);
}

EndSignal::~EndSignal()
{
    for (const int signal : EndSignals)
        std::signal(signal, SIG_DFL);
    for (int &end : signalPipe)
        ::close(std::exchange(end, -1));
}

#else

EndSignal::EndSignal(QObject *parent)
    : QObject(parent)
{ }

EndSignal::~EndSignal() = default;

#endif

} // namespace Monitor
