// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <QtDelivery/monitorregistry.h>

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QStandardPaths>

#include <algorithm>
#include <atomic>

#ifdef Q_OS_UNIX
#include <cerrno>
#include <signal.h>
#endif

namespace QtDelivery {

namespace {

constexpr qsizetype MaxProgramName = 32;

/*! Whether a process \a pid runs, of whomever. */
bool isRunning(qint64 pid)
{
#ifdef Q_OS_UNIX
    return ::kill(pid_t(pid), 0) == 0 || errno != ESRCH;
#else
    Q_UNUSED(pid)
    return true;
#endif
}

QString programName()
{
    QString name = QFileInfo(QCoreApplication::applicationFilePath()).fileName();
    for (QChar &c : name) {
        const bool isPlain =
            (c.unicode() < 128 && c.isLetterOrNumber()) || c == u'-' || c == u'_' || c == u'+';
        if (!isPlain)
            c = u'_';
    }
    return name.isEmpty() ? QStringLiteral("program") : name.left(MaxProgramName);
}

} // namespace

QString MonitorRegistry::directory()
{
    // Without XDG_RUNTIME_DIR Qt would take a directory below /tmp, and say so on standard error.
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    const bool hasRuntime = !runtime.isEmpty() && QFileInfo(runtime).isDir();
    const QString base = QStandardPaths::writableLocation(
        hasRuntime ? QStandardPaths::RuntimeLocation : QStandardPaths::GenericCacheLocation);
    return base + QStringLiteral("/qtdelivery");
}

MonitorProcess MonitorRegistry::parse(const QString &socketPath)
{
    static const QRegularExpression form(QStringLiteral("^(\\d{1,10})-(\\d{1,6})-(.+)\\.sock$"));
    const auto match = form.match(QFileInfo(socketPath).fileName());
    if (!match.hasMatch())
        return {};
    return {.pid = match.captured(1).toLongLong(),
            .number = match.captured(2).toInt(),
            .program = match.captured(3),
            .socketPath = socketPath};
}

QList<MonitorProcess> MonitorRegistry::processes()
{
    const QDir folder(directory());
    QList<MonitorProcess> found;
    const QStringList names =
        folder.entryList({QStringLiteral("*.sock")}, QDir::System | QDir::Files);
    for (const QString &name : names) {
        const MonitorProcess process = parse(folder.filePath(name));
        if (process.pid == 0)
            continue;
        if (isRunning(process.pid))
            found.append(process);
        else
            QFile::remove(process.socketPath);
    }
    std::sort(found.begin(), found.end(), [](const auto &a, const auto &b) {
        return std::pair(a.pid, a.number) < std::pair(b.pid, b.number);
    });
    return found;
}

QString MonitorRegistry::newSocketPath()
{
    static std::atomic<int> last = 0;
    return QStringLiteral("%1/%2-%3-%4.sock")
        .arg(directory())
        .arg(QCoreApplication::applicationPid())
        .arg(++last)
        .arg(programName());
}

} // namespace QtDelivery
