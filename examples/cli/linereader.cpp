// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "linereader.h"

#include <QFile>
#include <QFileInfo>
#include <QSocketNotifier>

#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

namespace Cli {

namespace {

constexpr qint64 readAhead = 1024 * 1024;

const QString standardInput = QStringLiteral("-");

} // namespace

LineReader::LineReader(const QStringList &files, qint64 maxLength, QObject *parent)
    : QObject(parent)
    , m_files(files.isEmpty() ? QStringList(standardInput) : files)
    , m_maxLength(maxLength)
{
    openNext();
}

LineReader::~LineReader()
{
    closeFile();
}

QString LineReader::refusal(const QStringList &files)
{
    for (const QString &name : files) {
        if (name == standardInput)
            continue;
        // Opening it here would take the first bytes of a named pipe.
        if (QFileInfo(name).isDir())
            return tr("'%1' is a directory.").arg(name);
        if (::access(QFile::encodeName(name).constData(), R_OK) != 0)
            return tr("'%1' cannot be read: %2.").arg(name, qt_error_string(errno));
    }
    return {};
}

std::optional<QByteArray> LineReader::takeLine()
{
    goOnToNextFile();
    std::optional<QByteArray> line = m_splitter.takeLine();
    m_lineNumber += line ? 1 : 0;
    if (line && line->size() > m_maxLength) {
        failOverlong();
        return std::nullopt;
    }
    updateNotifier();
    return line;
}

bool LineReader::atEnd() const
{
    if (m_splitter.hasLine())
        return false;
    return !m_error.isEmpty() || (m_fileEnded && m_files.size() == 1);
}

QString LineReader::fileName() const
{
    const QString &name = m_files.first();
    return name == standardInput ? tr("standard input") : name;
}

QString LineReader::place() const
{
    //: a file name, and the number of a line in it
    return tr("%1, line %2").arg(fileName()).arg(m_lineNumber);
}

void LineReader::openNext()
{
    m_fileEnded = false;
    m_lineNumber = 0;
    // Without O_NONBLOCK, opening a named pipe waits until somebody writes to it.
    m_fd = m_files.first() == standardInput ? STDIN_FILENO
                                            : ::open(QFile::encodeName(m_files.first()).constData(),
                                                     O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (m_fd == -1) {
        fail(tr("'%1' cannot be read: %2.").arg(m_files.first(), qt_error_string(errno)));
        return;
    }
    m_notifier = std::make_unique<QSocketNotifier>(m_fd, QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &LineReader::readSome);
}

void LineReader::goOnToNextFile()
{
    // Only when the last line is taken, so that place() always means the file of the last line.
    if (!m_fileEnded || m_files.size() == 1 || m_splitter.hasLine() || !m_error.isEmpty())
        return;
    closeFile();
    m_files.removeFirst();
    openNext();
}

void LineReader::readSome()
{
    char buffer[64 * 1024];
    const ssize_t count = ::read(m_fd, buffer, sizeof(buffer));
    if (count < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    if (count < 0) {
        fail(tr("%1 cannot be read: %2.").arg(fileName(), qt_error_string(errno)));
    } else if (count == 0) {
        m_splitter.finish();
        m_fileEnded = true;
    } else {
        m_splitter.append(QByteArrayView(buffer, count));
        if (m_splitter.pendingBytes() > m_maxLength && !m_splitter.hasLine()) {
            ++m_lineNumber;
            failOverlong();
        }
    }
    updateNotifier();
    Q_EMIT changed();
}

void LineReader::updateNotifier()
{
    // Of one line that is longer than that, all is read; failOverlong() bounds it.
    const bool mayRead = m_splitter.pendingBytes() < readAhead || !m_splitter.hasLine();
    if (m_notifier)
        m_notifier->setEnabled(mayRead && !m_fileEnded);
}

void LineReader::closeFile()
{
    if (m_notifier) {
        m_notifier->setEnabled(false);
        m_notifier.release()->deleteLater(); // its signal may be the one that is being handled
    }
    if (m_fd > STDIN_FILENO)
        ::close(m_fd);
    m_fd = -1;
}

void LineReader::fail(const QString &sentence)
{
    m_error = sentence;
    closeFile();
}

void LineReader::failOverlong()
{
    fail(tr("%1 is longer than %2 bytes, the most that one message may have.")
             .arg(place())
             .arg(m_maxLength));
    m_splitter = {};
}

} // namespace Cli
