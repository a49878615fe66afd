// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "doctor.h"

#include "descriptor.h"

#include <QtDelivery/monitorregistry.h>

#include <QDir>
#include <QList>
#include <QSslSocket>

#include <algorithm>

#include <unistd.h>

namespace Cli {

using State = Finding::State;

namespace {

/*! Of the same width, so that what needs mending is seen at once. */
QString mark(State state)
{
    switch (state) {
    case State::Fine:
        return QStringLiteral("ok    ");
    case State::Note:
        return QStringLiteral("note  ");
    case State::Mend:
        break;
    }
    return QStringLiteral("MEND  ");
}

QList<Finding> findings()
{
    return {
        tlsFinding(QSslSocket::supportsSsl(), QSslSocket::activeBackend(),
                   QSslSocket::sslLibraryVersionString()),
        keychainFinding(),
        clockFinding(QDateTime::currentDateTimeUtc()),
        directoryFinding(QtDelivery::MonitorRegistry::directory(), true),
        directoryFinding(QDir::tempPath(), false),
        processesFinding(),
    };
}

} // namespace

int Doctor::run() const
{
    if (!m_arguments.isEmpty()) {
        const bool isHelp = m_arguments == QStringList{QStringLiteral("--help")}
            || m_arguments == QStringList{QStringLiteral("-h")};
        const bool written =
            writeFully(isHelp ? STDOUT_FILENO : STDERR_FILENO, helpText().toLocal8Bit());
        return isHelp ? int(!written) : 2;
    }
    const QList<Finding> found = findings();
    QString text;
    for (const Finding &finding : found)
        text += mark(finding.state) + finding.sentence + u'\n';
    const auto count = std::ranges::count(found, State::Mend, &Finding::state);
    text += count == 0 ? tr("Nothing needs mending.")
                       : tr("%n things need mending.", nullptr, int(count));
    const bool written = writeFully(STDOUT_FILENO, text.toLocal8Bit() + '\n');
    return count == 0 && written ? 0 : 1;
}

QString Doctor::helpText()
{
    return tr(
        "Usage: qtdelivery doctor\n"
        "Looks at what is needed of this machine - TLS, keychain, clock, directories - and says "
        "what\n"
        "to mend. Changes nothing. Exit code: 0 nothing needs mending, 1 something does.\n");
}

} // namespace Cli
