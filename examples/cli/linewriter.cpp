// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "linewriter.h"

#include "directorysync.h"

#include <QFile>

#include <cerrno>
#include <climits>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Cli {

namespace {

bool wouldBlock(int fd)
{
    pollfd descriptor{fd, POLLOUT, 0};
    // An error or a hang-up is for write() to tell.
    return ::poll(&descriptor, 1, 0) == 0;
}

} // namespace

LineWriter::LineWriter(QObject *parent)
    : QObject(parent)
    , m_fd(STDOUT_FILENO)
    , m_notifier(STDOUT_FILENO, QSocketNotifier::Write)
{
    struct stat status = {};
    m_isFile = ::fstat(STDOUT_FILENO, &status) == 0 && S_ISREG(status.st_mode);
    m_notifier.setEnabled(false);
    connect(&m_notifier, &QSocketNotifier::activated, this, &LineWriter::writeQueue);
}

LineWriter::~LineWriter()
{
    if (m_fd != STDOUT_FILENO)
        ::close(m_fd);
}

QString LineWriter::openFile(const QString &name, qint64 length)
{
    const auto refusal = [&] {
        return tr("%1 cannot be written: %2.").arg(name, qt_error_string(errno));
    };
    const int fd =
        ::open(QFile::encodeName(name).constData(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    if (fd < 0)
        return refusal();
    struct stat status = {};
    QString sentence;
    if (::fstat(fd, &status) != 0)
        sentence = refusal();
    else if (!S_ISREG(status.st_mode))
        sentence = tr("%1 is not a file.").arg(name);
    else if (status.st_size < length)
        sentence = tr("%1 is shorter than what was written to it before.").arg(name);
    else if (::ftruncate(fd, length) != 0 || ::lseek(fd, length, SEEK_SET) < 0
             || !syncDirectoryOf(name))
        sentence = refusal();
    if (!sentence.isEmpty()) {
        ::close(fd);
        return sentence;
    }
    m_fd = fd;
    m_name = name;
    m_fileLength = length;
    m_isFile = true;
    return {};
}

int LineWriter::syncFile() const
{
    return ::fdatasync(m_fd) == 0 ? 0 : errno;
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
                m_errno == EPIPE ? tr("Nobody reads standard output any more.")
                    : m_name.isEmpty()
                    ? tr("Standard output cannot be written: %1.").arg(qt_error_string(m_errno))
                    : tr("%1 cannot be written: %2.").arg(m_name, qt_error_string(m_errno)));
        }
        if (step != Step::Done)
            return;
        m_fileLength += m_offset;
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
        if (!m_isFile && wouldBlock(m_fd))
            return Step::Blocked;
        const qsizetype rest = bytes.size() - m_offset;
        const size_t length = size_t(m_isFile ? rest : qMin<qsizetype>(rest, PIPE_BUF));
        const ssize_t count = ::write(m_fd, bytes.constData() + m_offset, length);
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
