// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "benchsupport.h"

#include <QProcess>
#include <QString>
#include <QStringList>

namespace Bench {

/*! \brief The certificate of a run with --tls, and its key: files in the run's directory. The
   consumer makes them, with the program openssl, before it tells its port; the producer believes
   nobody else. */
class TlsIdentity
{
public:
    explicit TlsIdentity(const Options &options)
        : m_stem(QString::fromStdString(options.directory) + QStringLiteral("/tls"))
    { }

    [[nodiscard]] QString certificateFile() const { return m_stem + QStringLiteral(".pem"); }
    [[nodiscard]] QString keyFile() const { return m_stem + QStringLiteral(".key"); }

    void make() const
    {
        QStringList arguments =
            QStringLiteral("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 "
                           "-subj /CN=bench -addext subjectAltName=IP:127.0.0.1")
                .split(u' ');
        arguments << QStringLiteral("-keyout") << keyFile() << QStringLiteral("-out")
                  << certificateFile();
        QProcess openssl;
        openssl.start(QStringLiteral("openssl"), arguments);
        if (!openssl.waitForFinished() || openssl.exitCode() != 0)
            fail("openssl cannot make a certificate");
    }

private:
    const QString m_stem;
};

} // namespace Bench
