// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "credentialscommand.h"

#include "credentialreader.h"
#include "descriptor.h"
#include "hiddenprompt.h"
#include "keychainservice.h"

#include <QtDelivery/filecredentialstore.h>
#include <QtDelivery/keychaincredentialstore.h>

#include <QCommandLineParser>
#include <QFile>
#include <QFileInfo>

#include <unistd.h>

namespace Cli {

using QtDelivery::CredentialReference;
using QtDelivery::CredentialStore;
using QtDelivery::Error;

namespace {

/*! Everything that \a file holds, without one line break at its end; at most a little more than a
    secret may have. */
QByteArray readAll(QFile *file)
{
    return CredentialReference::withoutLineBreak(file->read(CredentialStore::MaxSecretBytes + 3));
}

} // namespace

int Credentials::run()
{
    const QStringList help{QStringLiteral("--help"), QStringLiteral("-h")};
    if (m_arguments.size() == 1 && help.contains(m_arguments.first()))
        return writeFully(STDOUT_FILENO, helpText().toLocal8Bit()) ? 0 : 1;
    if (const QString refusal = parse(); !refusal.isEmpty()) {
        (void)fail(refusal + u'\n'
                   + tr("Try '%1'.").arg(QStringLiteral("qtdelivery credentials --help")));
        return 2;
    }
    const bool isReady =
        (m_file.isEmpty() || readPassphrase()) && (m_task != u"set" || readSecret()) && openStore();
    return isReady ? carryOut() : m_exitCode;
}

QString Credentials::parse()
{
    QCommandLineParser parser;
    const QCommandLineOption store(QStringLiteral("store"), {}, QStringLiteral("STORE"),
                                   QStringLiteral("keychain"));
    const QCommandLineOption passphrase(QStringLiteral("passphrase-from"), {},
                                        QStringLiteral("SOURCE"));
    parser.addOptions({store, passphrase});
    // The parser leaves the first one out: it takes it for the program's name.
    if (!parser.parse(QStringList{QString()} + m_arguments))
        return parser.errorText();
    const QStringList words = parser.positionalArguments();
    m_task = words.value(0);
    m_name = words.value(1);
    const bool needsName = m_task == u"set" || m_task == u"remove";
    if (!needsName && m_task != u"list")
        return tr("Say what to do: 'set', 'list' or 'remove'.");
    if (needsName && words.size() < 2)
        return tr("The name of the credential is missing.");
    if (m_task == u"set" && words.size() > 2)
        return tr("A secret is not given on the command line, where others could read it: it is "
                  "typed, or read from standard input.");
    if (words.size() > (needsName ? 2 : 1))
        return tr("There is a word too many: '%1'.").arg(words.last());
    return parseStore(parser.value(store), parser.value(passphrase));
}

QString Credentials::parseStore(const QString &store, const QString &passphraseFrom)
{
    const QString prefix = QStringLiteral("file:");
    if (store != u"keychain" && (!store.startsWith(prefix) || store.size() == prefix.size()))
        return tr("--store needs 'keychain' or 'file:PATH', not '%1'.").arg(store);
    if (store.startsWith(prefix))
        m_file = store.mid(prefix.size());
    if (passphraseFrom.isEmpty())
        return {};
    if (m_file.isEmpty())
        return tr("--passphrase-from needs --store file:PATH.");
    const auto reference = CredentialReference::fromString(passphraseFrom);
    // The keychain would not need the file.
    if (!reference || reference->place() == CredentialReference::Place::Store)
        // Not what was given instead: somebody may have given the passphrase itself.
        return tr("--passphrase-from needs 'file:PATH' or 'env:VARIABLE'.");
    m_passphraseFrom = *reference;
    return {};
}

bool Credentials::readPassphrase()
{
    if (m_passphraseFrom.isEmpty())
        return typePassphrase();
    const auto passphrase = CredentialReader::read(m_passphraseFrom);
    if (!passphrase)
        return fail(passphrase.error().message());
    m_passphrase = CredentialReference::withoutLineBreak(*passphrase);
    //: %1 is a file
    return !m_passphrase.isEmpty()
        || fail(tr("%1 has no passphrase in it.").arg(m_passphraseFrom.name()));
}

bool Credentials::typePassphrase()
{
    //: %1 is a file; the question is followed by what is typed
    if (!type(tr("Passphrase of %1: ").arg(m_file), &m_passphrase))
        return false;
    if (m_passphrase.isEmpty())
        return fail(tr("A file of credentials needs a passphrase."));
    if (m_task != u"set" || QFileInfo::exists(m_file))
        return true;
    QByteArray again;
    //: the question is followed by what is typed
    if (!type(tr("The file is new. The same passphrase again: "), &again))
        return false;
    return again == m_passphrase || fail(tr("These were two different passphrases."));
}

bool Credentials::readSecret()
{
    if (::isatty(STDIN_FILENO) == 1) {
        //: %1 is the name of a credential; the question is followed by what is typed
        if (!type(tr("Secret for \"%1\": ").arg(m_name), &m_secret))
            return false;
    } else {
        QFile input;
        if (!input.open(STDIN_FILENO, QIODevice::ReadOnly))
            return fail(tr("Standard input cannot be read."));
        m_secret = readAll(&input);
    }
    return !m_secret.isEmpty() || fail(tr("There was no secret to be read."));
}

bool Credentials::type(const QString &question, QByteArray *out)
{
    const auto typed = askHidden(question);
    if (!typed)
        return fail(
            tr("There is no terminal to ask for the passphrase; --passphrase-from says where "
               "it is."));
    if (typed->interruptedBy != 0)
        m_exitCode = 128 + typed->interruptedBy;
    *out = typed->line;
    return typed->interruptedBy == 0;
}

bool Credentials::openStore()
{
    if (m_file.isEmpty())
        m_store = std::make_unique<QtDelivery::KeychainCredentialStore>(keychainService());
    else
        m_store = std::make_unique<QtDelivery::FileCredentialStore>(m_file, m_passphrase);
    return true;
}

int Credentials::carryOut()
{
    QObject context;
    const auto end = [this](const Error &error) {
        if (error)
            (void)fail(error.message());
        QCoreApplication::quit();
    };
    if (m_task == u"set") {
        m_store->write(m_name, m_secret, &context, end);
    } else if (m_task == u"remove") {
        m_store->remove(m_name, &context, end);
    } else {
        m_store->listNames(&context, [this, end](const QtDelivery::Result<QStringList> &names) {
            end(names.error());
            if (!names)
                return;
            QByteArray lines;
            for (const QString &name : *names)
                lines += name.toLocal8Bit() + '\n';
            if (!writeFully(STDOUT_FILENO, lines))
                m_exitCode = 1;
        });
    }
    QCoreApplication::exec();
    return m_exitCode;
}

bool Credentials::fail(const QString &sentence)
{
    (void)writeFully(STDERR_FILENO, sentence.toLocal8Bit() + '\n');
    m_exitCode = 1;
    return false;
}

QString Credentials::helpText()
{
    return tr(
        "Usage: qtdelivery credentials set NAME [options]\n"
        "       qtdelivery credentials list [options]\n"
        "       qtdelivery credentials remove NAME [options]\n"
        "Keeps secrets, such as passwords and keys, under names. 'set' asks for the secret, or\n"
        "reads it from standard input, up to 64 KiB, without a line break at its end.\n"
        "\n"
        "Options:\n"
        "  --store STORE             Where: 'keychain', the desktop's, which is the default, or\n"
        "                            'file:PATH', a file encrypted with a passphrase.\n"
        "  --passphrase-from SOURCE  Where the passphrase of the file is: 'file:PATH' or\n"
        "                            'env:VARIABLE'. Without it, it is asked for.\n"
        "\n"
        "Examples:\n"
        "  qtdelivery credentials set orders\n"
        "  head -c 32 /dev/urandom | base64 |\n"
        "      qtdelivery credentials set orders --store file:/etc/shop/credentials\n");
}

} // namespace Cli
