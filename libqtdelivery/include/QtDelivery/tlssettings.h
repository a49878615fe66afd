// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/error.h>

#include <QByteArray>
#include <QList>
#include <QSslCertificate>
#include <QSslKey>
#include <QString>

#include <chrono>
#include <optional>

namespace QtDelivery {

/*! \brief Who a DeliveryNode is and whom it believes on `tls://` addresses.

    TLS 1.2 or newer. The defaults verify: a node without a CA of its own believes the system's.

    \code
    QtDelivery::TlsSettings tls;
    if (const QtDelivery::Error error = tls.load(certificateFile, keyFile, caFile))
        qFatal("%s", qUtf8Printable(error.message()));
    if (const QtDelivery::Error error = node.setTlsSettings(tls))
        qFatal("%s", qUtf8Printable(error.message()));
    \endcode

    A plain value; it holds the private key. doc/security.md says how to make certificates. */
struct QTDELIVERY_EXPORT TlsSettings
{
    /*! This node's certificate, then those of the authorities between it and the root, which may be
        left out. Needed to listen, and to connect to who asks for one. Default none. */
    QList<QSslCertificate> certificateChain = {};

    /*! The key of the first of #certificateChain: RSA or elliptic curves. Default none. Not a null
        QSslKey instead, because every one of them loads OpenSSL, which costs each process 4 MiB. */
    std::optional<QSslKey> privateKey = {};

    /*! The authorities that are believed, or single self-signed certificates. Empty, the default:
        the system's authorities when connecting. A listener with #requireClientCertificate must
        name its own: to the system's, every owner of a web site would be a welcome peer. */
    QList<QSslCertificate> caCertificates = {};

    /*! The public keys that are believed, each as pinOf() writes it. Unless empty, the default, a
        peer whose key is not among them is refused, in addition to everything else that is checked;
        a listener then asks for certificates as with #requireClientCertificate. */
    QList<QByteArray> pins = {};

    /*! The name that the certificate of the node that is connected to must be for. Empty, the
        default: the host in the address. */
    QString serverName = {};

    /*! Whether authority, dates and name of the peer's certificate are checked. Default true. False
        is safe only with #pins: then the key alone decides, as with SSH. Without pins whoever is in
        between can read and change everything. */
    bool verifyPeer = true;

    /*! A listener refuses who shows no certificate: TLS on both sides. Default false. */
    bool requireClientCertificate = false;

    /*! How long before a certificate ends, this node's or that of a peer,
        DeliveryNode::certificateExpires() begins to tell: 0 … 10 000 days, default 14 days. */
    std::chrono::hours announceExpiry = std::chrono::hours(14 * 24);

    /*! No error if the members go together; otherwise Error::Code::InvalidSetting. */
    [[nodiscard]] Error validate() const;

    /*! Reads #certificateChain, #privateKey and #caCertificates from PEM files; an empty name
       leaves the member as it is. \a passphrase is for the key. An error names the file and leaves
        everything as it was. Reads at once: in a GUI, not from a slow disk. */
    Error load(const QString &certificateFile, const QString &keyFile, const QString &caFile,
               const QByteArray &passphrase = {});

    /*! What pins \a certificate: the 32 bytes of the SHA-256 of its SubjectPublicKeyInfo, which
       stay the same when a certificate is renewed with its key. Empty for what is no certificate.
     */
    [[nodiscard]] static QByteArray pinOf(const QSslCertificate &certificate);
    /*! The pin that people write as 64 hexadecimal \a digits, as errors show it. Empty if these are
        not. */
    [[nodiscard]] static QByteArray pinFromHex(const QString &digits);
};

} // namespace QtDelivery
