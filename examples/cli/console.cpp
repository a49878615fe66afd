// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "console.h"

#include <cstdio>

#include <unistd.h>

namespace Cli {

namespace {

void writeError(const QString &text)
{
    std::fputs(text.toLocal8Bit().constData(), stderr);
}

} // namespace

Console::Console(bool verbose)
    : m_showsProgress(!verbose && ::isatty(STDERR_FILENO) == 1)
{ }

Console::~Console()
{
    clearProgress();
}

void Console::showProgress(const QString &text)
{
    if (!m_showsProgress)
        return;
    writeError(u'\r' + text + QStringLiteral("\x1b[K"));
    m_progressVisible = true;
}

void Console::clearProgress()
{
    if (m_progressVisible)
        writeError(QStringLiteral("\r\x1b[K"));
    m_progressVisible = false;
}

void Console::say(const QString &sentence)
{
    clearProgress();
    writeError(sentence + u'\n');
}

} // namespace Cli
