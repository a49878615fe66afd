// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "metricscommand.h"

#include "descriptor.h"
#include "observation.h"

#include <QtDelivery/metrics.h>

#include <QBuffer>

#include <unistd.h>

namespace Cli {

int Metrics::run() const
{
    if (!m_arguments.isEmpty()) {
        const bool isHelp = m_arguments == QStringList{QStringLiteral("--help")}
            || m_arguments == QStringList{QStringLiteral("-h")};
        const QString text =
            tr("Usage: qtdelivery metrics\n"
               "Prints the flows and links of every process of this user that was started with\n"
               "QTDELIVERY_MONITOR=1, in the text format of Prometheus.\n");
        const bool written = writeFully(isHelp ? STDOUT_FILENO : STDERR_FILENO, text.toLocal8Bit());
        return isHelp ? int(!written) : 2;
    }
    Observation observation;
    QObject::connect(&observation, &Observation::settled, &observation,
                     [] { QCoreApplication::quit(); });
    observation.start();
    QCoreApplication::exec();
    QBuffer text;
    text.open(QIODevice::WriteOnly);
    const bool failed = writeMetrics(&text, observation.metrics()).isError()
        || !writeFully(STDOUT_FILENO, text.data());
    return failed ? 1 : 0;
}

} // namespace Cli
