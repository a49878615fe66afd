// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "options.h"

#include "quantities.h"

#include <QCommandLineParser>

namespace Cli {

namespace {

const QString sendName = QStringLiteral("send");
const QString receiveName = QStringLiteral("receive");

const QString &nameOf(Task task)
{
    return task == Task::Send ? sendName : receiveName;
}

/*! The value of \a option, if there is one, as \a reference; false if it cannot be. */
bool take(const QCommandLineParser &parser, const QCommandLineOption &option,
          QtDelivery::CredentialReference *reference)
{
    if (!parser.isSet(option))
        return true;
    const auto given = QtDelivery::CredentialReference::fromString(parser.value(option));
    if (given)
        *reference = *given;
    return given.hasValue();
}

// The rule for ids of producers, which the library has too; here it is a matter of usage.
bool isFlowName(const QString &name)
{
    const bool hasControl = std::any_of(
        name.cbegin(), name.cend(), [](QChar c) { return c.category() == QChar::Other_Control; });
    return !name.isEmpty() && !hasControl && name.toUtf8().size() <= 255;
}

} // namespace

/*! The options of one command, and the text that explains them. */
class CommandLine::Parser : public QCommandLineParser
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)

public:
    explicit Parser(Task task)
    {
        addOptions({flow, listen, connect});
        if (task == Task::Send)
            addSendOptions();
        else
            addReceiveOptions();
        addOptions({tlsCert, tlsKey, tlsKeyPassphraseFrom, tlsCa, pin, secretFrom, allowAnyone,
                    monitorListen, monitorTokenFrom});
        addOptions({portFile, json, verbose, help, version});
    }

    const QCommandLineOption flow{QStringLiteral("flow"),
                                  tr("The name of the flow; '*' receives all."), tr("NAME")};
    const QCommandLineOption listen{QStringLiteral("listen"),
                                    tr("Waits for the other side at URL: tcp://address:port or "
                                       "tls://address:port, where port 0 "
                                       "is any that is free, or local:name."),
                                    tr("URL")};
    const QCommandLineOption connect{
        QStringLiteral("connect"),
        tr("Connects to the other side at URL, and again whenever the link is lost."), tr("URL")};
    const QCommandLineOption file{
        QStringLiteral("file"),
        tr("Sends each FILE as one message, with its name, however long it is. The files must stay "
           "as they are until the end, or with --durable until they are stored.")};
    const QCommandLineOption into{
        QStringLiteral("into"),
        tr("Writes each message of 'send --file' to a file in the folder DIR, under the name that "
           "the sender gives: when it is complete and verified, then it is confirmed. After "
           "whatever has ended it, the same command goes on where a file was cut off, if the "
           "sender has not been ended as well, or has --durable."),
        tr("DIR")};
    const QCommandLineOption force{QStringLiteral("force"),
                                   tr("With --into: replaces files that are there already.")};
    const QCommandLineOption limitRate{
        QStringLiteral("limit-rate"),
        tr("Sends no more than BYTES of payload per second; K, M, G multiply by 1024, 1024² and "
           "1024³."),
        tr("BYTES[K|M|G]")};
    const QCommandLineOption compress{
        QStringLiteral("compress"),
        tr("Packs messages with zstd while they travel, where that makes them shorter.")};
    const QCommandLineOption durable{
        QStringLiteral("durable"),
        tr("Stores each message in the folder DIR before it is sent. After whatever has ended it, "
           "the same command goes on: what was stored is sent, and of the files what was not. "
           "(Standard input cannot be read again: all of it is new.)"),
        tr("DIR")};
    const QCommandLineOption durableSql{
        QStringLiteral("durable-sql"),
        tr("'send': as --durable, in the database CONNECTION; 'receive': as --progress. "
           "sqlite:/path/file.db, or postgresql://user@host/database."),
        tr("CONNECTION")};
    const QCommandLineOption storageKeyFrom{
        QStringLiteral("storage-key-from"),
        tr("Encrypts what is stored in DIR, and what is arriving for --into, with a key of 32 "
           "random bytes, or their base64: in the keychain (keychain:NAME), in a file (file:PATH) "
           "or in an environment variable (env:NAME). May be given more than once: the first is "
           "for what is new, the others are former keys, for what was stored with them."),
        tr("SOURCE")};
    const QCommandLineOption progress{QStringLiteral("progress"),
                                      tr("Remembers in the folder DIR what was received. The same "
                                         "command is not given it again."),
                                      tr("DIR")};
    const QCommandLineOption out{
        QStringLiteral("out"),
        tr("With --progress: writes to FILE instead of standard output. Its length is remembered "
           "too, and what was written beyond it is cut off at the next start, so that the file has "
           "every message once, whatever was killed or lost its power. (On standard output a kill "
           "may repeat what was written and not yet remembered.)"),
        tr("FILE")};
    const QCommandLineOption count{QStringLiteral("count"),
                                   tr("Ends after N messages, when they are confirmed."), tr("N")};
    const QCommandLineOption idleExit{QStringLiteral("idle-exit"),
                                      tr("Ends after SECONDS without a message."), tr("SECONDS")};
    const QCommandLineOption tlsCert{
        QStringLiteral("tls-cert"),
        tr("For tls: addresses: the certificate of this side, and those between it and its "
           "authority, as PEM."),
        tr("FILE")};
    const QCommandLineOption tlsKey{QStringLiteral("tls-key"),
                                    tr("The private key of --tls-cert, as PEM."), tr("FILE")};
    const QCommandLineOption tlsKeyPassphraseFrom{
        QStringLiteral("tls-key-passphrase-from"),
        tr("Where the passphrase of --tls-key is, if it has one: as --secret-from."), tr("SOURCE")};
    const QCommandLineOption tlsCa{
        QStringLiteral("tls-ca"),
        tr("The authority that issues the certificate of the other side, as PEM. With --listen the "
           "other side must show one."),
        tr("FILE")};
    const QCommandLineOption pin{
        QStringLiteral("pin"),
        tr("The other side must have the key with this SHA-256, 64 hexadecimal digits. May be "
           "given "
           "more than once. Without --tls-ca nothing else of its certificate counts."),
        tr("DIGITS")};
    const QCommandLineOption secretFrom{QStringLiteral("secret-from"),
                                        tr("Both sides must have the same secret. It is in the "
                                           "keychain (keychain:NAME, kept there by "
                                           "'qtdelivery credentials set NAME'), in a file "
                                           "(file:PATH) or in an environment variable "
                                           "(env:NAME)."),
                                        tr("SOURCE")};
    const QCommandLineOption allowAnyone{
        QStringLiteral("allow-anyone"),
        tr("Lets in whoever comes from other machines, and uses tcp: addresses beyond this one, "
           "where everybody on the way can read and change what is said.")};
    const QCommandLineOption monitorListen{
        QStringLiteral("monitor-listen"),
        tr("Lets 'qtdelivery-monitor --connect' watch from other machines, at URL: "
           "tls://address:port. Needs --tls-cert, --tls-key and a token."),
        tr("URL")};
    const QCommandLineOption monitorTokenFrom{
        QStringLiteral("monitor-token-from"),
        tr("Where the token is that monitors must have, too: as --secret-from."), tr("SOURCE")};
    const QCommandLineOption portFile{
        QStringLiteral("port-file"),
        tr("Writes the port of a tcp: or tls: address of --listen to F."), tr("F")};
    const QCommandLineOption json{
        QStringLiteral("json"),
        tr("Prints a summary at the end: messages, bytes, seconds, resent, duplicatesDropped, "
           "reconnects. 'send' prints it on standard output, 'receive' on standard error because "
           "its standard output carries the messages.")};
    const QCommandLineOption verbose{QStringLiteral("verbose"),
                                     tr("Tells on standard error what happens in the protocol.")};
    const QCommandLineOption help{{QStringLiteral("h"), QStringLiteral("help")},
                                  tr("Shows this text.")};
    const QCommandLineOption version{{QStringLiteral("v"), QStringLiteral("version")},
                                     tr("Shows the version.")};

private:
    void addSendOptions()
    {
        addPositionalArgument(QStringLiteral("FILE"),
                              tr("Files to send, '-' is standard input, the default."),
                              tr("[FILE…]"));
        addOptions({file, limitRate, compress, durable, durableSql, storageKeyFrom});
        setApplicationDescription(
            tr("Sends each line of the files, or with --file each file, as one message of a flow\n"
               "and ends when all of them are confirmed."));
    }

    void addReceiveOptions()
    {
        addOptions({into, force, count, idleExit, progress, durableSql, storageKeyFrom, out});
        setApplicationDescription(tr(
            "Writes each message of a flow as one line to standard output, and confirms it when\n"
            "it is written. Without --count and --idle-exit it ends with Ctrl-C.\n\n"
            "With --flow '*' it takes every flow that is offered and writes the name of the flow\n"
            "and a tab before each message."));
    }
};

CommandLine::CommandLine(const QStringList &arguments)
{
    const QString command = arguments.value(1);
    const QStringList rest = arguments.first(1) + arguments.mid(2);
    if (command == sendName)
        parseTask(Task::Send, rest);
    else if (command == receiveName)
        parseTask(Task::Receive, rest);
    else if (command == u"--help" || command == u"-h" || command == u"help")
        showHelp();
    else if (command == u"--version" || command == u"-v")
        showVersion();
    else if (command.isEmpty())
        refuse(
            tr("Say what to do: 'send', 'receive', 'journal', 'metrics', 'top', 'credentials' or "
               "'doctor'."));
    else if (command.startsWith(u'-'))
        refuse(tr("Unknown option '%1'.").arg(command));
    else
        refuse(tr("Unknown command '%1'.").arg(command));
}

void CommandLine::parseTask(Task task, const QStringList &arguments)
{
    Parser parser(task);
    if (!parser.parse(arguments)) {
        refuse(parser.errorText(), nameOf(task));
        return;
    }
    if (parser.isSet(parser.help)) {
        m_text = helpText(task, parser);
        return;
    }
    if (parser.isSet(parser.version)) {
        showVersion();
        return;
    }
    Options options{.task = task};
    QString refusal = fillCommon(&options, parser);
    if (refusal.isEmpty())
        refusal = task == Task::Send ? fillSend(&options, parser) : fillReceive(&options, parser);
    if (refusal.isEmpty())
        m_options = options;
    else
        refuse(refusal, nameOf(task));
}

QString CommandLine::helpText(Task task, const Parser &parser) const
{
    // Qt's first line does not know about commands.
    const QString text = parser.helpText();
    const QString usage = task == Task::Send
        ? tr("Usage: qtdelivery send --flow NAME (--listen URL | --connect URL) [options] [FILE…]")
        : tr("Usage: qtdelivery receive --flow NAME (--listen URL | --connect URL) [options]");
    return usage + text.mid(text.indexOf(u'\n'));
}

QString CommandLine::fillCommon(Options *options, const Parser &parser) const
{
    const QStringList flows = parser.values(parser.flow);
    if (flows.size() != 1)
        return flows.isEmpty() ? tr("--flow is missing.") : tr("--flow can be given only once.");
    if (!isFlowName(flows.first()))
        return tr("The name of a flow has 1 to 255 bytes and no control characters.");
    options->flow = flows.first();

    const QStringList listens = parser.values(parser.listen);
    const QStringList connects = parser.values(parser.connect);
    if (listens.size() + connects.size() != 1)
        return tr("Exactly one --listen or --connect is needed.");
    options->role = connects.isEmpty() ? Role::Listen : Role::Connect;
    options->address = (listens + connects).first();

    options->portFile = parser.value(parser.portFile);
    if (parser.isSet(parser.portFile)
        && (options->role == Role::Connect
            || !(options->address.startsWith(u"tcp:", Qt::CaseInsensitive)
                 || options->address.startsWith(u"tls:", Qt::CaseInsensitive))))
        return tr("--port-file needs --listen with a tcp: or tls: address.");
    if (parser.isSet(parser.portFile) && options->portFile.isEmpty())
        return tr("--port-file needs the name of a file.");
    if (parser.isSet(parser.durableSql)) {
        const auto connection = QtDelivery::SqlConnection::fromUrl(parser.value(parser.durableSql));
        if (!connection)
            return connection.error().message();
        options->durableSql = *connection;
    }
    options->json = parser.isSet(parser.json);
    options->verbose = parser.isSet(parser.verbose);
    if (const QString refusal = fillStorageKeys(options, parser); !refusal.isEmpty())
        return refusal;
    return fillSecurity(options, parser);
}

QString CommandLine::fillStorageKeys(Options *options, const Parser &parser) const
{
    return options->storageKeysFrom.parse(QStringLiteral("--storage-key-from"),
                                          parser.values(parser.storageKeyFrom));
}

QString CommandLine::fillSecurity(Options *options, const Parser &parser) const
{
    SecurityOptions &security = options->security;
    security.certificate = parser.value(parser.tlsCert);
    security.key = parser.value(parser.tlsKey);
    security.authority = parser.value(parser.tlsCa);
    security.allowAnyone = parser.isSet(parser.allowAnyone);
    if (security.certificate.isEmpty() != security.key.isEmpty())
        return tr("--tls-cert and --tls-key belong together.");
    if (!take(parser, parser.tlsKeyPassphraseFrom, &security.keyPassphraseFrom)
        || (security.key.isEmpty() && !security.keyPassphraseFrom.isEmpty()))
        return tr("--tls-key-passphrase-from needs --tls-key, and keychain:NAME, file:PATH or "
                  "env:NAME.");
    const QStringList pins = parser.values(parser.pin);
    for (const QString &pin : pins) {
        if (!Security::addPin(pin, &security))
            return tr("--pin needs 64 hexadecimal digits, not '%1'.").arg(pin);
    }
    if (!take(parser, parser.secretFrom, &security.secretFrom))
        return tr("--secret-from needs keychain:NAME, file:PATH or env:NAME.");
    return fillMonitor(&security, parser);
}

QString CommandLine::fillMonitor(SecurityOptions *security, const Parser &parser)
{
    security->monitorAddress = parser.value(parser.monitorListen);
    if (parser.isSet(parser.monitorListen) != parser.isSet(parser.monitorTokenFrom))
        return tr("--monitor-listen and --monitor-token-from belong together.");
    if (!parser.isSet(parser.monitorListen))
        return {};
    if (!security->monitorAddress.startsWith(u"tls:", Qt::CaseInsensitive)
        || security->certificate.isEmpty())
        return tr("--monitor-listen needs a tls: address, and --tls-cert and --tls-key.");
    if (!take(parser, parser.monitorTokenFrom, &security->monitorTokenFrom))
        return tr("--monitor-token-from needs keychain:NAME, file:PATH or env:NAME.");
    return {};
}

QString CommandLine::fillSend(Options *options, const Parser &parser) const
{
    if (options->allFlows())
        return tr("A flow that is sent cannot be named '*'.");
    if (parser.isSet(parser.limitRate)) {
        options->limitRate = parseBytes(parser.value(parser.limitRate));
        if (!options->limitRate)
            return tr("--limit-rate needs a number of bytes, such as 500, 100K or 2M, not '%1'.")
                .arg(parser.value(parser.limitRate));
    }
    options->compress = parser.isSet(parser.compress);
    options->durable = parser.value(parser.durable);
    if (parser.isSet(parser.durable) && options->durable.isEmpty())
        return tr("--durable needs the name of a folder.");
    if (parser.isSet(parser.durable) && options->durableSql)
        return tr("Only one of --durable and --durable-sql can be given.");
    if (parser.isSet(parser.storageKeyFrom) && !parser.isSet(parser.durable))
        return tr("--storage-key-from needs --durable.");
    options->files = parser.positionalArguments();
    options->sendsFiles = parser.isSet(parser.file);
    if (options->sendsFiles && options->files.isEmpty())
        return tr("--file needs the name of a file.");
    if (options->sendsFiles && options->durableSql)
        return tr("--file does not go with --durable-sql.");
    return {};
}

QString CommandLine::fillReceive(Options *options, const Parser &parser) const
{
    if (!parser.positionalArguments().isEmpty())
        return tr("'receive' takes no file: '%1'.").arg(parser.positionalArguments().first());
    if (parser.isSet(parser.count) && parser.isSet(parser.idleExit))
        return tr("Only one of --count and --idle-exit can be given.");
    if (parser.isSet(parser.count)) {
        options->count = parseCount(parser.value(parser.count));
        if (!options->count)
            return tr("--count needs a number of messages, not '%1'.")
                .arg(parser.value(parser.count));
    }
    if (parser.isSet(parser.idleExit)) {
        options->idleExit = parseSeconds(parser.value(parser.idleExit));
        if (!options->idleExit)
            return tr("--idle-exit needs a number of seconds, such as 2 or 0.5, not '%1'.")
                .arg(parser.value(parser.idleExit));
    }
    options->progress = parser.value(parser.progress);
    options->out = parser.value(parser.out);
    if (parser.isSet(parser.progress) && options->progress.isEmpty())
        return tr("--progress needs the name of a folder.");
    if (parser.isSet(parser.progress) && options->durableSql)
        return tr("Only one of --progress and --durable-sql can be given.");
    if ((parser.isSet(parser.progress) || options->durableSql) && options->allFlows())
        return tr("Progress needs the name of one flow.");
    if (parser.isSet(parser.out) && options->out.isEmpty())
        return tr("--out needs the name of a file.");
    if (parser.isSet(parser.out) && !parser.isSet(parser.progress) && !options->durableSql)
        return tr("--out needs --progress or --durable-sql.");
    options->into = parser.value(parser.into);
    options->force = parser.isSet(parser.force);
    if (parser.isSet(parser.into) && options->into.isEmpty())
        return tr("--into needs the name of a folder.");
    if (parser.isSet(parser.into) && parser.isSet(parser.out))
        return tr("Only one of --into and --out can be given.");
    if (options->force && !parser.isSet(parser.into))
        return tr("--force needs --into.");
    if (parser.isSet(parser.storageKeyFrom)
        && (options->durableSql || (!parser.isSet(parser.progress) && !parser.isSet(parser.into))))
        return tr("--storage-key-from needs --progress or --into, without --durable-sql.");
    return {};
}

void CommandLine::showHelp()
{
    m_text =
        tr("Usage: qtdelivery send --flow NAME (--listen URL | --connect URL) [options] "
           "[FILE…]\n"
           "       qtdelivery receive --flow NAME (--listen URL | --connect URL) [options]\n"
           "       qtdelivery journal verify|dump DIR [--key-from SOURCE]\n"
           "       qtdelivery metrics\n"
           "       qtdelivery top [--once]\n"
           "       qtdelivery credentials set|list|remove [NAME]\n"
           "       qtdelivery doctor\n"
           "Carries lines of text, or of any bytes, from one process to another: in order, "
           "each once,\n"
           "however often the link is lost on the way. 'journal' looks into the folder of\n"
           "'send --durable' without changing it; 'metrics' and 'top' show the flows of running\n"
           "processes that were started with QTDELIVERY_MONITOR=1; 'credentials' keeps secrets;\n"
           "'doctor' says what is wrong with this machine.\n"
           "\n"
           "Options:\n"
           "  -h, --help     Shows this text; 'qtdelivery send --help' and 'qtdelivery "
           "receive --help'\n"
           "                 say more.\n"
           "  -v, --version  Shows the version.\n"
           "\n"
           "Example, in two terminals:\n"
           "  qtdelivery receive --flow notes --listen tcp://127.0.0.1:4711\n"
           "  qtdelivery send --flow notes --connect tcp://127.0.0.1:4711 notes.txt\n"
           "\n"
           "Exit code: 0 done, 1 failed, 2 wrong usage, 130 after Ctrl-C, 143 after "
           "SIGTERM.\n");
}

void CommandLine::showVersion()
{
    m_text = QStringLiteral("qtdelivery " QTDELIVERY_VERSION "\n");
}

void CommandLine::refuse(const QString &sentence, const QString &command)
{
    const QString help = command.isEmpty() ? QStringLiteral("qtdelivery --help")
                                           : QStringLiteral("qtdelivery %1 --help").arg(command);
    m_text = sentence + u'\n' + tr("Try '%1'.").arg(help) + u'\n';
    m_exitCode = 2;
}

} // namespace Cli
