// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "linewriter.h"

#include <cerrno>
#include <climits>
#include <utility>

#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Cli {

namespace {

bool wouldBlock()
{
    pollfd descriptor{STDOUT_FILENO, POLLOUT, 0};
    // An error or a hang-up is for write() to tell.
    return ::poll(&descriptor, 1, 0) == 0;
}

} // namespace

LineWriter::LineWriter(QObject *parent)
    : QObject(parent)
    , m_notifier(STDOUT_FILENO, QSocketNotifier::Write)
{
    struct stat status = {};
    m_isFile = ::fstat(STDOUT_FILENO, &status) == 0 && S_ISREG(status.st_mode);
    m_notifier.setEnabled(false);
    connect(&m_notifier, &QSocketNotifier::activated, this, &LineWriter::writeQueue);
}

void LineWriter::write(const QByteArray &line, Written written)
{
    if (m_failed)
        return;
    m_queue.push_back({line, std::move(written)});
    if (m_queue.size() == 1)
        writeQueue();
}

void LineWriter::writeQueue()
{
    while (!m_queue.empty()) {
        const Step step = writeBytes(m_queue.front().bytes);
        m_notifier.setEnabled(step == Step::Blocked);
        if (step == Step::Failed) {
            m_failed = true;
            m_queue.clear();
            Q_EMIT failed(
                m_errno == EPIPE
                    ? tr("Nobody reads standard output any more.")
                    : tr("Standard output cannot be written: %1.").arg(qt_error_string(m_errno)));
        }
        if (step != Step::Done)
            return;
        m_offset = 0;
        const Line line = std::exchange(m_queue.front(), {});
        m_queue.pop_front();
        line.written();
    }
    m_notifier.setEnabled(false);
}

LineWriter::Step LineWriter::writeBytes(const QByteArray &bytes)
{
    while (m_offset < bytes.size()) {
        // The descriptor is shared with other processes, so it cannot be made non-blocking. What
        // poll() allows is at least PIPE_BUF.
        if (!m_isFile && wouldBlock())
            return Step::Blocked;
        const qsizetype rest = bytes.size() - m_offset;
        const size_t length = size_t(m_isFile ? rest : qMin<qsizetype>(rest, PIPE_BUF));
        const ssize_t count = ::write(STDOUT_FILENO, bytes.constData() + m_offset, length);
        if (count >= 0)
            m_offset += count;
        else if (errno == EINTR || errno == EAGAIN)
            return Step::Blocked;
        else {
            m_errno = errno;
            return Step::Failed;
        }
    }
    return Step::Done;
}

} // namespace Cli
