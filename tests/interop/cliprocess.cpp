// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "cliprocess.h"

#include <QFile>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>

#include <csignal>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

constexpr int patience = 30'000; // ms; for a loaded machine and sanitizers

} // namespace

CliProcess::CliProcess()
{
    m_process.setProcessEnvironment(environment());
}

CliProcess::CliProcess(const QStringList &arguments, Input input)
    : CliProcess()
{
    start(program(), arguments);
    if (input == Input::Empty)
        m_process.closeWriteChannel();
}

CliProcess::CliProcess(const QStringList &arguments, const QString &output)
    : CliProcess()
{
    m_process.setStandardOutputFile(output);
    start(program(), arguments);
    m_process.closeWriteChannel();
}

QString CliProcess::program()
{
    return QStringLiteral(QTDELIVERY_CLI);
}

std::unique_ptr<CliProcess> CliProcess::shell(const QString &command)
{
    std::unique_ptr<CliProcess> process(new CliProcess);
    process->start(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), command, program()});
    process->m_process.closeWriteChannel();
    return process;
}

CliProcess::~CliProcess()
{
    if (isRunning()) {
        m_process.kill();
        m_process.waitForFinished();
    }
}

QProcessEnvironment CliProcess::environment()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
    environment.remove(QStringLiteral("QT_LOGGING_RULES"));
    environment.remove(QStringLiteral("QT_MESSAGE_PATTERN"));
    return environment;
}

void CliProcess::start(const QString &program, const QStringList &arguments)
{
    m_process.start(program, arguments);
    if (!m_process.waitForStarted(patience))
        qWarning("%s does not start", qPrintable(program));
}

void CliProcess::sendSignal(int number)
{
    if (isRunning())
        ::kill(pid_t(m_process.processId()), number);
}

int CliProcess::exitCode()
{
    // Not qWaitFor(), which sleeps between looks: pipes are small, and data must keep moving.
    QSignalSpy finished(&m_process, &QProcess::finished);
    if (isRunning() && !finished.wait(patience)) {
        qWarning("qtdelivery does not end; it says: %s", complaints().constData());
        return -1;
    }
    read();
    return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
}

void CliProcess::read()
{
    m_output += m_process.readAllStandardOutput();
    m_complaints += m_process.readAllStandardError();
}

const QByteArray &CliProcess::output()
{
    read();
    return m_output;
}

const QByteArray &CliProcess::complaints()
{
    read();
    return m_complaints;
}

QByteArrayList CliProcess::lines()
{
    QByteArrayList lines = output().split('\n');
    lines.removeLast(); // what follows the last newline
    return lines;
}

OutputPipe::OutputPipe()
{
    if (::mkfifo(qUtf8Printable(name()), 0600) == 0)
        m_readEnd = ::open(qUtf8Printable(name()), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
}

bool OutputPipe::hasData() const
{
    pollfd readable{m_readEnd, POLLIN, 0};
    return ::poll(&readable, 1, 0) == 1 && (readable.revents & POLLIN);
}

const QByteArray &OutputPipe::read()
{
    QByteArray buffer(64 * 1024, '\0');
    while (hasData()) {
        const ssize_t count = ::read(m_readEnd, buffer.data(), size_t(buffer.size()));
        if (count <= 0)
            break;
        m_bytes += buffer.left(count);
    }
    return m_bytes;
}

void OutputPipe::close()
{
    if (m_readEnd != -1)
        ::close(m_readEnd);
    m_readEnd = -1;
}

QStringList PortFile::listen(quint16 port) const
{
    return {QStringLiteral("--listen"), QStringLiteral("tcp://127.0.0.1:%1").arg(port),
            QStringLiteral("--port-file"), name()};
}

quint16 PortFile::port() const
{
    QFile file(name());
    if (!QTest::qWaitFor([&] { return file.exists(); }, patience)
        || !file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().trimmed().toUShort();
}

QStringList PortFile::connect() const
{
    return connectTo(port());
}

QStringList connectTo(quint16 port)
{
    return {QStringLiteral("--connect"), QStringLiteral("tcp://127.0.0.1:%1").arg(port)};
}

QStringList sendArguments(const QString &flow, const QStringList &more)
{
    return QStringList{QStringLiteral("send"), QStringLiteral("--flow"), flow} + more;
}

QStringList receiveArguments(const QString &flow, const QStringList &more)
{
    return QStringList{QStringLiteral("receive"), QStringLiteral("--flow"), flow} + more;
}

std::optional<QJsonObject> summary(const QByteArray &text)
{
    if (text.count('\n') != 1 || !text.endsWith('\n'))
        return std::nullopt;
    const QJsonDocument document = QJsonDocument::fromJson(text);
    return document.isObject() ? std::optional(document.object()) : std::nullopt;
}

QByteArray numberedLines(const QByteArray &name, int first, int last)
{
    QByteArray text;
    for (int i = first; i <= last; ++i) {
        // Of different lengths, so that cuts fall on all parts of a frame.
        text += name + ' ' + QByteArray::number(i) + ' '
            + QByteArray(60 + i * 7 % 80, char('a' + i % 26)) + '\n';
    }
    return text;
}

int lineNumber(const QByteArray &line)
{
    const QByteArrayList words = line.split(' ');
    bool ok = false;
    const int number = words.value(1).toInt(&ok);
    return ok && words.size() == 3 ? number : -1;
}
