// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "credentialscommand.h"
#include "descriptor.h"
#include "doctor.h"
#include "filesender.h"
#include "journal.h"
#include "log.h"
#include "metricscommand.h"
#include "options.h"
#include "processsetup.h"
#include "receiver.h"
#include "sender.h"
#include "top.h"

#include <QtDelivery/translations.h>

#include <QCoreApplication>

#include <memory>

#include <unistd.h>

int main(int argc, char **argv)
{
    Cli::reserveStandardStreams();
    Cli::preferUtf8Locale();
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("qtdelivery"));
    QtDelivery::installTranslations();
    QtDelivery::installTranslations(QLocale::system(), QStringLiteral("qtdelivery"));

    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == u"credentials")
        return Cli::Credentials(arguments.mid(2)).run();
    if (arguments.value(1) == u"doctor")
        return Cli::Doctor(arguments.mid(2)).run();
    if (arguments.value(1) == u"journal")
        return Cli::Journal(arguments.mid(2)).run();
    if (arguments.value(1) == u"metrics")
        return Cli::Metrics(arguments.mid(2)).run();
    if (arguments.value(1) == u"top")
        return Cli::Top(arguments.mid(2)).run();
    const Cli::CommandLine commandLine(arguments);
    if (!commandLine.options()) {
        const int exitCode = commandLine.exitCode();
        const bool written = Cli::writeFully(exitCode == 0 ? STDOUT_FILENO : STDERR_FILENO,
                                             commandLine.text().toLocal8Bit());
        return exitCode == 0 && !written ? 1 : exitCode;
    }
    Cli::Options options = *commandLine.options();
    Cli::setUpLogging(options.verbose);
    QString refusal = Cli::Security::fetchSecrets(&options.security);
    if (refusal.isEmpty())
        refusal = options.storageKeysFrom.fetch(&options.storageKeys);
    if (!refusal.isEmpty()) {
        (void)Cli::writeFully(STDERR_FILENO, refusal.toLocal8Bit() + '\n');
        return 1;
    }
    std::unique_ptr<Cli::Command> command;
    if (options.task == Cli::Task::Send && options.sendsFiles)
        command = std::make_unique<Cli::FileSender>(options);
    else if (options.task == Cli::Task::Send)
        command = std::make_unique<Cli::Sender>(options);
    else
        command = std::make_unique<Cli::Receiver>(options);
    return command->run();
}
