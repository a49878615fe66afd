// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "signalwatcher.h"

#include <QSocketNotifier>

#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <unistd.h>

namespace Cli {

namespace {

// A signal handler reaches nothing but globals.
volatile std::sig_atomic_t handlerPipe = -1;
volatile std::sig_atomic_t handledSignals = 0;

extern "C" void handleSignal(int number)
{
    const int savedErrno = errno;
    handledSignals = handledSignals + 1;
    const char byte = char(number);
    if (handledSignals > 1 || ::write(handlerPipe, &byte, 1) != 1)
        ::_exit(128 + number);
    errno = savedErrno;
}

} // namespace

SignalWatcher::SignalWatcher(QObject *parent)
    : QObject(parent)
{
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
        qFatal("No pipe for signals: %s", qUtf8Printable(qt_error_string()));
    m_readEnd = ends[0];
    handlerPipe = ends[1];
    auto *notifier = new QSocketNotifier(m_readEnd, QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, &SignalWatcher::readPipe);

    struct sigaction action = {};
    sigemptyset(&action.sa_mask);
    // Without SA_RESTART a write to a stopped terminal returns, so that Ctrl-C is heard.
    action.sa_handler = handleSignal;
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGTERM, &action, nullptr);
    // A reader that has gone is an error of write(), not the end of the process.
    action.sa_handler = SIG_IGN;
    ::sigaction(SIGPIPE, &action, nullptr);
}

SignalWatcher::~SignalWatcher()
{
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
    ::close(handlerPipe);
    ::close(m_readEnd);
    handlerPipe = -1;
}

void SignalWatcher::readPipe()
{
    char number = 0;
    if (::read(m_readEnd, &number, 1) == 1)
        Q_EMIT interrupted(128 + number);
}

} // namespace Cli
