// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "words/text.h"

#include <QtDelivery/tlssettings.h>

#include <QCryptographicHash>
#include <QFile>

#include <optional>

namespace QtDelivery {

namespace {

constexpr std::chrono::hours MaxAnnounceExpiry(10'000 * 24);
constexpr int PinSize = 32; // of SHA-256
constexpr qint64 MaxFileSize = 1 << 20; // far more than any chain; not /dev/zero

Error invalid(const QString &text)
{
    return {Error::Code::InvalidSetting, text};
}

Error readAll(const QString &name, QByteArray *out)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return {Error::Code::AccessDenied,
                //: %1 is the name of a file, %2 the system's words
                Text::tr("%1 cannot be read: %2.").arg(name, file.errorString())};
    *out = file.read(MaxFileSize);
    return {};
}

Error readCertificates(const QString &name, QList<QSslCertificate> *out)
{
    QByteArray pem;
    if (const Error error = readAll(name, &pem))
        return error;
    *out = QSslCertificate::fromData(pem, QSsl::Pem);
    if (out->isEmpty())
        //: %1 is the name of a file
        return invalid(Text::tr("%1 holds no certificate in PEM format.").arg(name));
    return {};
}

Error readKey(const QString &name, const QByteArray &passphrase, QSslKey *out)
{
    QByteArray pem;
    if (const Error error = readAll(name, &pem))
        return error;
    for (const QSsl::KeyAlgorithm algorithm : {QSsl::Ec, QSsl::Rsa}) {
        *out = QSslKey(pem, algorithm, QSsl::Pem, QSsl::PrivateKey, passphrase);
        if (!out->isNull())
            return {};
    }
    //: %1 is the name of a file
    return invalid(Text::tr("%1 holds no private key that can be used: it must be RSA or elliptic "
                            "curve in PEM format, and its passphrase, if it has one, right.")
                       .arg(name));
}

// ---- of DER, as much as leads to the key of a certificate

struct Element
{
    QByteArrayView whole;
    QByteArrayView content;
    uchar tag = 0;
};

/*! Takes the first element off \a bytes. */
std::optional<Element> takeElement(QByteArrayView &bytes)
{
    if (bytes.size() < 2)
        return {};
    const auto at = [&](qsizetype i) { return uchar(bytes[i]); };
    qsizetype header = 2;
    qsizetype length = at(1);
    if (length & 0x80) { // the long form: so many bytes of length
        const qsizetype count = length & 0x7f;
        if (count < 1 || count > 3 || bytes.size() < 2 + count)
            return {};
        length = 0;
        for (qsizetype i = 0; i < count; ++i)
            length = length << 8 | at(2 + i);
        header += count;
    }
    if (bytes.size() < header + length)
        return {};
    const Element element{bytes.first(header + length), bytes.sliced(header, length), at(0)};
    bytes = bytes.sliced(header + length);
    return element;
}

// Not QSslCertificate::publicKey(): of kinds of keys that Qt does not know it gives nothing.
QByteArrayView publicKeyInfo(QByteArrayView der)
{
    const auto certificate = takeElement(der);
    if (!certificate)
        return {};
    QByteArrayView rest = certificate->content;
    const auto body = takeElement(rest);
    if (!body)
        return {};
    rest = body->content;
    // version (tag 0xa0, may be absent), serial number, algorithm, issuer, validity, subject, key
    auto element = takeElement(rest);
    int before = element && element->tag == 0xa0 ? 6 : 5;
    for (; element && before > 0; --before)
        element = takeElement(rest);
    return element ? element->whole : QByteArrayView();
}

} // namespace

Error TlsSettings::validate() const
{
    const bool hasKey = privateKey && !privateKey->isNull();
    if (certificateChain.isEmpty() == hasKey)
        return invalid(Text::tr("certificateChain and privateKey belong together: give both or "
                                "neither."));
    if (announceExpiry < announceExpiry.zero() || announceExpiry > MaxAnnounceExpiry)
        return invalid(Text::tr("announceExpiry must be from 0 to 10 000 days."));
    for (const QByteArray &pin : pins) {
        if (pin.size() != PinSize)
            return invalid(Text::tr("Each of pins is the %1 bytes of a SHA-256: see "
                                    "TlsSettings::pinOf().")
                               .arg(PinSize));
    }
    return {};
}

Error TlsSettings::load(const QString &certificateFile, const QString &keyFile,
                        const QString &caFile, const QByteArray &passphrase)
{
    TlsSettings loaded = *this;
    if (!certificateFile.isEmpty()) {
        if (const Error error = readCertificates(certificateFile, &loaded.certificateChain))
            return error;
    }
    if (!keyFile.isEmpty()) {
        if (const Error error = readKey(keyFile, passphrase, &loaded.privateKey.emplace()))
            return error;
    }
    if (!caFile.isEmpty()) {
        if (const Error error = readCertificates(caFile, &loaded.caCertificates))
            return error;
    }
    if (const Error error = loaded.validate())
        return error;
    *this = loaded;
    return {};
}

QByteArray TlsSettings::pinOf(const QSslCertificate &certificate)
{
    const QByteArray der = certificate.toDer();
    const QByteArrayView key = publicKeyInfo(der);
    if (key.isEmpty())
        return {};
    return QCryptographicHash::hash(QByteArray(key.data(), key.size()), QCryptographicHash::Sha256);
}

QByteArray TlsSettings::pinFromHex(const QString &digits)
{
    const QByteArray pin = QByteArray::fromHex(digits.toLatin1());
    // fromHex() passes over what is no digit.
    const bool isPin = pin.size() == PinSize && QLatin1StringView(pin.toHex()) == digits.toLower();
    return isPin ? pin : QByteArray();
}

} // namespace QtDelivery
