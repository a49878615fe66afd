// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "tlserrors.h"

#include "words/text.h"

#include <QtDelivery/tlssettings.h>

#include <QLocale>
#include <QSslCertificate>
#include <QStringList>

namespace QtDelivery {

namespace {

/*! Whom \a certificate is for. */
QString holders(const QSslCertificate &certificate)
{
    QStringList names = certificate.subjectAlternativeNames().values();
    if (names.isEmpty())
        names = certificate.subjectInfo(QSslCertificate::CommonName);
    return names.isEmpty() ? Text::tr("nobody") : names.join(QLatin1StringView(", "));
}

QString issuer(const QSslCertificate &certificate)
{
    const QString name = certificate.issuerDisplayName();
    return name.isEmpty() ? Text::tr("an authority without a name") : name;
}

QString shown(const QDateTime &time)
{
    return QLocale().toString(time, QLocale::ShortFormat);
}

QString sentence(const QSslError &error, const QString &address, const QString &name)
{
    const QSslCertificate certificate = error.certificate();
    switch (error.error()) {
    case QSslError::HostNameMismatch:
        //: %1 is an address, %2 the names in a certificate, %3 the name it had to be for
        return Text::tr("The certificate of %1 is for %2, not for %3: connect to a name that it is "
                        "for, or give that as serverName.")
            .arg(address, holders(certificate), name);
    case QSslError::CertificateExpired:
        //: %1 is an address, %2 a date
        return Text::tr("The certificate of %1 expired on %2: it must be renewed, unless this "
                        "machine's clock is wrong.")
            .arg(address, shown(certificate.expiryDate()));
    case QSslError::CertificateNotYetValid:
        //: %1 is an address, %2 a date
        return Text::tr(
                   "The certificate of %1 is valid from %2 only: look at this machine's clock.")
            .arg(address, shown(certificate.effectiveDate()));
    case QSslError::SelfSignedCertificate:
        //: %1 is an address
        return Text::tr("The certificate of %1 is signed by itself, which proves nothing: if you "
                        "know it to be the right one, add it to the authorities that are believed "
                        "(caCertificates).")
            .arg(address);
    case QSslError::SelfSignedCertificateInChain:
    case QSslError::UnableToGetIssuerCertificate:
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::CertificateUntrusted:
        //: %1 is an address, %2 the name of a certificate authority
        return Text::tr(
                   "The certificate of %1 comes from %2, which is not believed here: add the "
                   "certificate of that authority to those that are (caCertificates), or let the "
                   "peer send those in between too.")
            .arg(address, issuer(certificate));
    case QSslError::NoPeerCertificate:
        //: %1 is an address
        return Text::tr("%1 showed no certificate, and this node wants one of everybody: give the "
                        "peer a certificateChain and a privateKey.")
            .arg(address);
    case QSslError::InvalidPurpose:
        //: %1 is an address
        return Text::tr("The certificate of %1 is not meant for this: its extendedKeyUsage must "
                        "have serverAuth to listen and clientAuth to connect.")
            .arg(address);
    default:
        //: %1 is an address, %2 the words of the TLS library
        return Text::tr("The certificate of %1 is not accepted: %2.")
            .arg(address, error.errorString());
    }
}

} // namespace

Error certificateError(const QList<QSslError> &errors, const QString &address, const QString &name,
                       const QSslCertificate &certificate)
{
    QStringList sentences;
    for (const QSslError &error : errors)
        sentences.append(sentence(error, address, name));
    sentences.removeDuplicates();
    if (const QByteArray pin = TlsSettings::pinOf(certificate); !pin.isEmpty())
        //: %1 is a number
        sentences.append(
            Text::tr("The fingerprint of its key is %1.").arg(QString::fromLatin1(pin.toHex())));
    return {Error::Code::CertificateRefused, sentences.join(u' ')};
}

Error pinError(const QString &address, const QByteArray &pin)
{
    return {Error::Code::CertificateRefused,
            //: %1 is an address, %2 a number
            Text::tr("The key of %1 is none of pins: somebody else answers there, or it has a new "
                     "key. If you know that to be right, pin it: %2.")
                .arg(address, QString::fromLatin1(pin.toHex()))};
}

Error handshakeError(const QString &address, const QString &detail)
{
    // OpenSSL's names of its reasons for bytes that are no TLS at all; they have not changed in 25
    // years.
    for (const QLatin1StringView sign :
         {QLatin1StringView("wrong version number"), QLatin1StringView("http request"),
          QLatin1StringView("packet length too long")}) {
        if (detail.contains(sign))
            return {Error::Code::TlsFailed,
                    //: %1 is an address
                    Text::tr("%1 does not speak TLS: one side has a tls:// address and the other "
                             "tcp://, or it is another program.")
                        .arg(address)};
    }
    //: %1 is an address, %2 the words of the TLS library
    return {Error::Code::TlsFailed,
            Text::tr("The TLS handshake with %1 failed: %2.").arg(address, detail)};
}

Error handshakeClosedError(const QString &address)
{
    return {Error::Code::TlsFailed,
            //: %1 is an address
            Text::tr("%1 closed the connection at the TLS handshake: it does not accept the "
                     "certificate of this node, or that it has none, or it does not speak TLS. Its "
                     "log says why.")
                .arg(address)};
}

Error handshakeTimeoutError(const QString &address)
{
    return {Error::Code::TimedOut,
            //: %1 is an address
            Text::tr("The TLS handshake with %1 took longer than handshakeTimeout: perhaps it does "
                     "not speak TLS.")
                .arg(address)};
}

} // namespace QtDelivery
