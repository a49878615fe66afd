// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "options.h"

#include "model/words.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstdlib>
#include <string_view>

namespace Monitor {

namespace {

[[noreturn]] void refuse(const QString &problem)
{
    qCritical("%s", qPrintable(problem));
    std::exit(2);
}

/*! A process on the network. */
struct RemoteOptions
{
    explicit RemoteOptions(QCommandLineParser *parser)
    {
        parser->addOptions(
            {connectTo, authority, pin, certificate, key, keyPassphraseFrom, tokenFrom});
    }

    [[nodiscard]] RemoteRequest read(const QCommandLineParser &parser) const
    {
        RemoteRequest request{.address = parser.value(connectTo),
                              .authority = parser.value(authority),
                              .pins = parser.values(pin),
                              .certificate = parser.value(certificate),
                              .key = parser.value(key),
                              .keyPassphraseFrom = parser.value(keyPassphraseFrom),
                              .tokenFrom = parser.value(tokenFrom)};
        if (!parser.isSet(connectTo)) {
            for (const QCommandLineOption *option :
                 {&authority, &pin, &certificate, &key, &keyPassphraseFrom, &tokenFrom}) {
                if (parser.isSet(*option))
                    //: %1 is an option, such as --pin
                    refuse(Words::tr("%1 goes with --connect.")
                               .arg(QStringLiteral("--") + option->names().constFirst()));
            }
            return {};
        }
        if (const QString problem = request.problem(); !problem.isEmpty())
            refuse(problem);
        return request;
    }

    const QCommandLineOption connectTo{
        QStringLiteral("connect"),
        Words::tr("Watches the process at this address on the network, tls://HOST:PORT, and no "
                  "others."),
        Words::tr("address")};
    const QCommandLineOption authority{
        QStringLiteral("tls-ca"),
        Words::tr("With --connect: believes the authorities in this file, not the system's."),
        Words::tr("file")};
    const QCommandLineOption pin{
        QStringLiteral("pin"),
        Words::tr("With --connect: believes the key with this fingerprint, of 64 hexadecimal "
                  "digits. May be given several times. Without --tls-ca nothing else of the "
                  "certificate counts."),
        Words::tr("fingerprint")};
    const QCommandLineOption certificate{
        QStringLiteral("tls-cert"),
        Words::tr("With --connect: the monitor's own certificate, for processes that ask for one."),
        Words::tr("file")};
    const QCommandLineOption key{QStringLiteral("tls-key"),
                                 Words::tr("The private key of --tls-cert."), Words::tr("file")};
    const QCommandLineOption keyPassphraseFrom{
        QStringLiteral("tls-key-passphrase-from"),
        Words::tr("Where the passphrase of --tls-key is, if it has one: as --token-from."),
        Words::tr("place")};
    const QCommandLineOption tokenFrom{
        QStringLiteral("token-from"),
        Words::tr("With --connect: where the token is, keychain:NAME, file:PATH or env:VARIABLE."),
        Words::tr("place")};
};

} // namespace

bool wantsWordsOnly(int argc, const char *const *argv)
{
    return std::any_of(argv + 1, argv + argc, [](const char *argument) {
        using namespace std::string_view_literals;
        for (const std::string_view words :
             {"-h"sv, "--help"sv, "--help-all"sv, "-v"sv, "--version"sv}) {
            if (argument == words)
                return true;
        }
        return false;
    });
}

Options readOptions(const QCoreApplication &application)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(Words::tr(
        "Shows the flows of every process of this user that was started with "
        "QTDELIVERY_MONITOR=1: what is in flight, what waits for whom, and why it does not move."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption demo(QStringLiteral("demo"),
                                  Words::tr("Runs flows in this process and shows them."));
    const QCommandLineOption socket(
        QStringLiteral("socket"),
        Words::tr("Watches the process at this socket, and no others. May be given several times."),
        Words::tr("path"));
    const QCommandLineOption record(QStringLiteral("record"),
                                    Words::tr("Records everything to this file from the start."),
                                    Words::tr("file"));
    const QCommandLineOption settings(QStringLiteral("settings"),
                                      Words::tr("Keeps its settings in this file."),
                                      Words::tr("file"));
    const QCommandLineOption screenshot(
        QStringLiteral("screenshot"),
        Words::tr("Writes pictures of every screen to this directory, then ends."),
        Words::tr("directory"));
    const QCommandLineOption after(
        QStringLiteral("after"),
        Words::tr("With --screenshot: so many seconds after the start. Default: 12."),
        Words::tr("seconds"));
    parser.addOptions({demo, socket, record, settings, screenshot, after});
    const RemoteOptions remote(&parser);
    parser.addPositionalArgument(QStringLiteral("recording"),
                                 Words::tr("A recording to be opened."),
                                 QStringLiteral("[recording]"));
    parser.process(application);
    Options options{.isDemo = parser.isSet(demo),
                    .sockets = parser.values(socket),
                    .remote = remote.read(parser),
                    .recording = parser.positionalArguments().value(0),
                    .recordTo = parser.value(record),
                    .settings = parser.value(settings),
                    .screenshots = parser.value(screenshot)};
    if (parser.positionalArguments().size() > 1)
        refuse(Words::tr("Only one recording can be opened at a time."));
    const int modes = int(options.isDemo) + int(!options.sockets.isEmpty())
        + int(!options.remote.address.isEmpty()) + int(!options.recording.isEmpty());
    if (modes > 1)
        refuse(Words::tr("--demo, --socket, --connect and a recording exclude each other."));
    if (parser.isSet(after)) {
        bool isNumber = false;
        options.after = parser.value(after).toInt(&isNumber);
        if (!isNumber || options.after < 0 || options.after > 3600)
            refuse(Words::tr("--after wants a number of seconds from 0 to 3600."));
    }
    return options;
}

} // namespace Monitor
