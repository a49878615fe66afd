// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/credentialreference.h>

#include <QCoreApplication>
#include <QStringList>

#include <memory>

namespace Cli {

/*! `qtdelivery credentials`: sets, lists and removes secrets in a keychain or in an encrypted file.
    A secret is read from standard input or typed, never taken from the command line, which every
    user of the machine can read. */
class Credentials
{
    Q_DECLARE_TR_FUNCTIONS(Credentials)

public:
    /*! \a arguments: what follows "credentials" on the command line. */
    explicit Credentials(const QStringList &arguments)
        : m_arguments(arguments)
    { }

    /*! The exit code: 0 done, 1 failed, 2 wrong usage, 128 and the signal's number. */
    [[nodiscard]] int run();

private:
    [[nodiscard]] QString parse();
    [[nodiscard]] QString parseStore(const QString &store, const QString &passphraseFrom);
    /*! True, or an exit code is set. */
    [[nodiscard]] bool readPassphrase();
    [[nodiscard]] bool typePassphrase();
    [[nodiscard]] bool readSecret();
    [[nodiscard]] bool type(const QString &question, QByteArray *out);
    [[nodiscard]] bool openStore();
    [[nodiscard]] int carryOut();
    [[nodiscard]] bool fail(const QString &sentence);
    [[nodiscard]] static QString helpText();

    const QStringList m_arguments;
    QString m_task;
    QString m_name;
    QString m_file; // empty: the keychain
    QtDelivery::CredentialReference m_passphraseFrom; // empty: it is asked for
    QByteArray m_passphrase;
    QByteArray m_secret;
    std::unique_ptr<QtDelivery::CredentialStore> m_store;
    int m_exitCode = 0;
};

} // namespace Cli
