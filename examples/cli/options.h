// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "security.h"
#include "storagekeysource.h"

#include <QtDelivery/producersettings.h>
#include <QtDelivery/sqlconnection.h>

#include <QCoreApplication>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

namespace Cli {

enum class Task { Send, Receive };
enum class Role { Listen, Connect };

/*! What a valid command line asks for. */
struct Options
{
    Task task = Task::Send;
    QString flow{};
    Role role = Role::Listen;
    QString address{}; //!< as typed: an error names it so
    QString portFile{};
    bool json = false;
    bool verbose = false;
    SecurityOptions security{};
    StorageKeySource storageKeysFrom{};
    QtDelivery::StorageKeys storageKeys{}; //!< what was there; empty = nothing is encrypted

    QStringList files{}; //!< send; empty = standard input
    bool sendsFiles = false; //!< send; each file is one message
    std::optional<qint64> limitRate{}; //!< send; payload bytes per second
    bool compress = false; //!< send
    QString durable{}; //!< send; the folder of a durable queue, empty = none
    std::optional<QtDelivery::SqlConnection> durableSql{}; //!< the database of queue or progress

    std::optional<quint64> count{}; //!< receive
    std::optional<std::chrono::milliseconds> idleExit{}; //!< receive
    QString progress{}; //!< receive; the folder of durable progress, empty = none
    QString into{}; //!< receive; the folder that messages become files of, empty = none
    bool force = false; //!< receive; files there are replaced
    QString out{}; //!< receive; empty = standard output

    /*! What `send` wishes of its producer. */
    [[nodiscard]] QtDelivery::ProducerSettings producerSettings() const
    {
        QtDelivery::ProducerSettings settings;
        settings.compression = compress ? 3 : 0;
        return settings;
    }
    /*! `receive --flow '*'` */
    [[nodiscard]] bool allFlows() const { return flow == u'*'; }
};

/*! The command line is either options, or a text to show and an exit code. */
class CommandLine
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)

public:
    explicit CommandLine(const QStringList &arguments);

    [[nodiscard]] const std::optional<Options> &options() const { return m_options; }
    [[nodiscard]] const QString &text() const { return m_text; }
    [[nodiscard]] int exitCode() const { return m_exitCode; }

private:
    class Parser;

    void parseTask(Task task, const QStringList &arguments);
    [[nodiscard]] QString helpText(Task task, const Parser &parser) const;
    void showHelp();
    void showVersion();
    void refuse(const QString &sentence, const QString &command = {});
    [[nodiscard]] QString fillCommon(Options *options, const Parser &parser) const;
    [[nodiscard]] QString fillSecurity(Options *options, const Parser &parser) const;
    [[nodiscard]] static QString fillMonitor(SecurityOptions *security, const Parser &parser);
    [[nodiscard]] QString fillStorageKeys(Options *options, const Parser &parser) const;
    [[nodiscard]] QString fillSend(Options *options, const Parser &parser) const;
    [[nodiscard]] QString fillReceive(Options *options, const Parser &parser) const;

    std::optional<Options> m_options;
    QString m_text;
    int m_exitCode = 0;
};

} // namespace Cli
