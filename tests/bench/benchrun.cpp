// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "benchrun.h"

#include <QEventLoop>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>

#include <algorithm>
#include <functional>
#include <memory>
#include <vector>

using namespace Qt::Literals::StringLiterals;

namespace Bench {

namespace {

// One process of a run. It prints its report as one line and stays until its standard input is
// closed.
class Party : public QObject
{
public:
    Party(const QString &role, const QString &program, const QStringList &options)
        : m_role(role)
    {
        m_process.setProgram(program);
        m_process.setArguments(QStringList{u"--role"_s, role} + options);
    }

    void start(const std::function<void()> &changed)
    {
        connect(&m_process, &QProcess::readyReadStandardOutput, this, [this, changed] {
            if (!m_process.canReadLine())
                return;
            m_report = QJsonDocument::fromJson(m_process.readLine()).object();
            changed();
        });
        connect(&m_process, &QProcess::finished, this, changed);
        connect(&m_process, &QProcess::errorOccurred, this, changed);
        m_process.start();
    }

    bool hasReport() const { return !m_report.isEmpty(); }
    bool hasEnded() const { return m_process.state() == QProcess::NotRunning; }
    QJsonObject report() const { return m_report; }
    void release() { m_process.closeWriteChannel(); }
    void kill()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

    // Empty if it did what it should.
    QString failure()
    {
        const QString said = QString::fromLocal8Bit(m_process.readAllStandardError()).trimmed();
        if (m_process.error() == QProcess::FailedToStart)
            return m_role + u" did not start: "_s + m_process.errorString();
        if (m_process.exitStatus() != QProcess::NormalExit)
            return m_role + u" crashed or took too long: "_s + said;
        if (m_process.exitCode() != 0)
            return m_role + u": "_s + said;
        if (!hasReport())
            return m_role + u" ended without a report: "_s + said;
        if (!m_report.value(u"complete").toBool()
            || (m_role == u"consumer"_s && !m_report.value(u"ordered").toBool()))
            return m_role + u": incomplete or out of order"_s;
        return {};
    }

private:
    const QString m_role;
    QProcess m_process;
    QJsonObject m_report;
};

} // namespace

std::optional<RunResult> execute(const Run &run, const QString &programs, const QString &directory,
                                 QString *why)
{
    const QTemporaryDir place(directory + u"/run-XXXXXX"_s);
    if (!place.isValid()) {
        *why = place.errorString();
        return std::nullopt;
    }
    const QStringList options = run.options.split(u' ', Qt::SkipEmptyParts)
        + QStringList{u"--hold"_s, u"--port-file"_s, place.filePath(u"port"_s), u"--directory"_s,
                      place.path()};
    const QString program = programs + u'/' + run.program;
    std::vector<std::unique_ptr<Party>> parties;
    if (!run.isAlone)
        parties.push_back(std::make_unique<Party>(u"consumer"_s, program, options));
    parties.push_back(std::make_unique<Party>(u"producer"_s, program, options));

    QEventLoop loop;
    bool isReleased = false;
    const auto changed = [&] {
        if (!isReleased && std::ranges::all_of(parties, &Party::hasReport)) {
            isReleased = true;
            std::ranges::for_each(parties, &Party::release);
        }
        const bool lostOne = !isReleased && std::ranges::any_of(parties, &Party::hasEnded);
        if (lostOne || std::ranges::all_of(parties, &Party::hasEnded))
            loop.quit();
    };
    for (const auto &party : parties)
        party->start(changed);
    loop.exec();

    for (const auto &party : parties) {
        if (!party->hasEnded()) {
            party->kill();
            continue;
        }
        *why = party->failure();
        if (!why->isEmpty()) {
            std::ranges::for_each(parties, &Party::kill);
            return std::nullopt;
        }
    }
    return RunResult{parties.back()->report(),
                     run.isAlone ? QJsonObject() : parties.front()->report()};
}

} // namespace Bench
