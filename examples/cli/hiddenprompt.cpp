// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "hiddenprompt.h"

#include "descriptor.h"

#include <array>
#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

namespace Cli {

namespace {

constexpr std::array Signals{SIGINT, SIGTERM, SIGHUP, SIGQUIT};

volatile std::sig_atomic_t caught = 0;

/*! While it lives signals interrupt read(), and are noted. */
class SignalNotes
{
public:
    SignalNotes()
    {
        caught = 0;
        struct sigaction action = {}; // without SA_RESTART
        action.sa_handler = [](int number) { caught = number; };
        for (size_t i = 0; i < Signals.size(); ++i)
            ::sigaction(Signals.at(i), &action, &m_former.at(i));
    }
    ~SignalNotes()
    {
        for (size_t i = 0; i < Signals.size(); ++i)
            ::sigaction(Signals.at(i), &m_former.at(i), nullptr);
    }
    Q_DISABLE_COPY_MOVE(SignalNotes)

private:
    std::array<struct sigaction, Signals.size()> m_former = {};
};

/*! While it lives what is typed is not shown. */
class NoEcho
{
public:
    explicit NoEcho(int terminal)
        : m_terminal(terminal)
        , m_isKnown(::tcgetattr(terminal, &m_former) == 0)
    {
        termios hidden = m_former;
        hidden.c_lflag &= ~tcflag_t(ECHO);
        hidden.c_lflag |= ICANON | ISIG;
        if (m_isKnown)
            ::tcsetattr(m_terminal, TCSAFLUSH, &hidden);
    }
    ~NoEcho()
    {
        if (m_isKnown)
            ::tcsetattr(m_terminal, TCSAFLUSH, &m_former);
    }
    Q_DISABLE_COPY_MOVE(NoEcho)

    [[nodiscard]] bool isHidden() const { return m_isKnown; }

private:
    const int m_terminal;
    termios m_former = {};
    const bool m_isKnown;
};

Typed readLine(int terminal)
{
    Typed typed;
    while (caught == 0) {
        char byte = 0;
        const ssize_t count = ::read(terminal, &byte, 1);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0 || byte == '\n')
            break;
        typed.line += byte;
    }
    typed.interruptedBy = caught;
    return typed;
}

} // namespace

std::optional<Typed> askHidden(const QString &question)
{
    const int terminal = ::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    if (terminal < 0)
        return std::nullopt;
    std::optional<Typed> typed;
    {
        const SignalNotes notes;
        const NoEcho noEcho(terminal);
        if (noEcho.isHidden() && writeFully(terminal, question.toLocal8Bit())) {
            typed = readLine(terminal);
            (void)writeFully(terminal, "\n");
        }
    }
    ::close(terminal);
    return typed;
}

} // namespace Cli
