// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/tlssettings.h>

#include <QDebug>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

namespace TestSupport {

/*! \brief Makes certificates with the openssl program, as a user would. All of it is gone with the
    object. */
class Certificates
{
public:
    [[nodiscard]] QString file(const QString &name) const { return m_directory.filePath(name); }

    /*! NAME.pem and NAME.key of an authority. */
    [[nodiscard]] bool makeAuthority(const QString &name) { return makeSelfSigned(name, {}); }

    /*! The same of a certificate for \a names (`DNS:a.example,IP:127.0.0.1`) that nobody else has
     * signed. */
    [[nodiscard]] bool makeSelfSigned(const QString &name, const QString &names)
    {
        QStringList arguments =
            words("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes "
                  "-days 2 -keyout")
            + QStringList{file(name + key()), QStringLiteral("-out"), file(name + pem()),
                          QStringLiteral("-subj"), QStringLiteral("/CN=") + name};
        if (!names.isEmpty())
            arguments += {QStringLiteral("-addext"), QStringLiteral("subjectAltName=") + names};
        return openssl(arguments);
    }

    /*! The same of one that \a authority has signed. It ends in \a days; -1 was yesterday. */
    [[nodiscard]] bool makeCertificate(
        const QString &name, const QString &authority, const QString &names, int days = 2,
        const QString &algorithm = QStringLiteral("ec -pkeyopt ec_paramgen_curve:P-256"))
    {
        QFile extensions(file(name + QStringLiteral(".ext")));
        if (!extensions.open(QIODevice::WriteOnly))
            return false;
        extensions.write("subjectAltName=" + names.toUtf8() + "\nbasicConstraints=CA:FALSE\n");
        extensions.close();
        const QString request = file(name + QStringLiteral(".csr"));
        return openssl(words("req -new -nodes -newkey") + algorithm.split(u' ')
                       + QStringList{QStringLiteral("-keyout"), file(name + key()),
                                     QStringLiteral("-out"), request, QStringLiteral("-subj"),
                                     QStringLiteral("/CN=") + name})
            && openssl(words("x509 -req -CAcreateserial -days")
                       + QStringList{QString::number(days), QStringLiteral("-in"), request,
                                     QStringLiteral("-CA"), file(authority + pem()),
                                     QStringLiteral("-CAkey"), file(authority + key()),
                                     QStringLiteral("-extfile"), extensions.fileName(),
                                     QStringLiteral("-out"), file(name + pem())});
    }

    /*! LOCKED.key: that of the certificate \a name, which needs \a passphrase then. */
    [[nodiscard]] bool encryptKey(const QString &name, const QString &locked,
                                  const QByteArray &passphrase)
    {
        return openssl(words("pkcs8 -topk8 -in")
                       + QStringList{file(name + key()), QStringLiteral("-out"),
                                     file(locked + key()), QStringLiteral("-passout"),
                                     QStringLiteral("pass:") + QString::fromLatin1(passphrase)});
    }

    /*! The settings of who has the certificate \a name, if any, and believes \a authority, if any.
     */
    [[nodiscard]] QtDelivery::TlsSettings settings(const QString &name,
                                                   const QString &authority) const
    {
        QtDelivery::TlsSettings settings;
        const auto path = [&](const QString &stem, const QString &suffix) {
            return stem.isEmpty() ? QString() : file(stem + suffix);
        };
        if (const auto error =
                settings.load(path(name, pem()), path(name, key()), path(authority, pem())))
            qWarning() << error; // fails the test
        return settings;
    }

    [[nodiscard]] QSslCertificate certificate(const QString &name) const
    {
        return QSslCertificate::fromPath(file(name + pem())).value(0);
    }

    [[nodiscard]] static bool openssl(const QStringList &arguments, QByteArray *output = nullptr)
    {
        QProcess process;
        process.start(QStringLiteral("openssl"), arguments);
        const bool ok = process.waitForFinished() && process.exitStatus() == QProcess::NormalExit
            && process.exitCode() == 0;
        if (!ok)
            qWarning() << arguments << process.errorString() << process.readAllStandardError();
        if (output)
            *output = process.readAllStandardOutput();
        return ok;
    }

private:
    [[nodiscard]] static QString pem() { return QStringLiteral(".pem"); }
    [[nodiscard]] static QString key() { return QStringLiteral(".key"); }
    [[nodiscard]] static QStringList words(const char *text)
    {
        return QString::fromLatin1(text).split(u' ');
    }

    QTemporaryDir m_directory;
};

} // namespace TestSupport
