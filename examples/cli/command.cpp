// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "command.h"

#include "descriptor.h"
#include "log.h"

#include <QCoreApplication>

namespace Cli {

using namespace std::chrono_literals;
using QtDelivery::DeliveryNode;

Command::Command(const Options &options)
    : m_options(options)
    , m_console(options.verbose)
    , m_endpoint(m_options, &m_console)
{
    connect(&m_endpoint, &Endpoint::failed, this, &Command::fail);
    connect(&m_signals, &SignalWatcher::interrupted, this, [this](int exitCode) {
        qCInfo(lcCli) << "interrupted, to exit with code" << exitCode;
        if (!isEnding())
            interrupt(exitCode);
    });
    connect(&node(), &DeliveryNode::closed, this, &Command::leave);
    connect(&m_progressTimer, &QTimer::timeout, this, &Command::showProgress);
}

Command::~Command() = default;

int Command::run()
{
    QTimer::singleShot(0, this, &Command::begin);
    return QCoreApplication::exec();
}

void Command::begin()
{
    if (isEnding()) // a signal was faster
        return;
    QString refusal = start();
    if (refusal.isEmpty())
        refusal = m_endpoint.open();
    if (!refusal.isEmpty()) {
        m_console.say(refusal);
        QCoreApplication::exit(1);
        return;
    }
    if (m_console.showsProgress()) {
        m_progressClock.start();
        m_progressTimer.start(250ms);
    }
}

void Command::end(int exitCode)
{
    if (isEnding())
        return;
    m_exitCode = exitCode;
    m_progressTimer.stop();
    m_console.clearProgress();
    stop(&m_summary);
    m_endpoint.close();
}

void Command::fail(const QString &sentence)
{
    if (isEnding())
        return;
    m_console.say(sentence);
    end(1);
}

void Command::leave()
{
    m_summary.reconnects = node().reconnects();
    if (m_options.json && !writeFully(summaryDescriptor(), m_summary.toJson()) && m_exitCode == 0) {
        m_console.say(tr("The summary cannot be written."));
        m_exitCode = 1;
    }
    QCoreApplication::exit(m_exitCode);
}

void Command::showProgress()
{
    m_console.showProgress(
        progressText(std::chrono::milliseconds(qMax<qint64>(1, m_progressClock.restart()))));
}

QString Command::progressText(std::chrono::milliseconds elapsed)
{
    const Progress now = progress();
    const double rate = double(now.messages - m_progressMessages) * 1000 / double(elapsed.count());
    m_progressMessages = now.messages;
    //: %1 and %3 are numbers of messages, %2 is messages per second, %4 the state of the link
    return tr("%1 messages, %2/s, %3 in flight, %4")
        .arg(now.messages)
        .arg(rate, 0, 'f', 0)
        .arg(now.inFlight)
        .arg(isLinked() ? tr("connected") : tr("not connected"));
}

} // namespace Cli
