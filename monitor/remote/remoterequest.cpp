// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "remoterequest.h"

#include "../model/words.h"

#include <QtDelivery/credentialreference.h>

namespace Monitor {

using QtDelivery::CredentialReference;
using QtDelivery::CredentialStore;
using QtDelivery::Error;
using QtDelivery::Result;
using QtDelivery::TlsSettings;

namespace {

Error inWords(const Error &error, const CredentialReference &reference)
{
    if (error.code() != Error::Code::CredentialNotFound
        || reference.place() != CredentialReference::Place::Store)
        return error;
    return {error.code(),
            //: %1 is the name of a credential
            Words::tr("The keychain has nothing named '%1': type it once more, or keep it there "
                      "with 'qtdelivery credentials set %1'.")
                .arg(reference.name())};
}

/*! What was \a typed, at once, or else what is at \a from. */
void readSecret(const QByteArray &typed, const QString &from, CredentialStore *keychain,
                QObject *context, const CredentialStore::SecretAnswer &answer)
{
    const auto reference = CredentialReference::fromString(from);
    if (!typed.isEmpty() || !reference) {
        answer(typed);
        return;
    }
    reference->read(keychain, context,
                    [reference = *reference, answer](const Result<QByteArray> &read) {
                        answer(read ? read : inWords(read.error(), reference));
                    });
}

} // namespace

QString RemoteRequest::keychainService()
{
    return QStringLiteral("qtdelivery");
}

QString RemoteRequest::problem() const
{
    const QUrl url(address);
    if (!url.isValid() || url.scheme() != u"tls" || url.host().isEmpty() || url.port() <= 0)
        //: %1 is what the user gave
        return Words::tr("'%1' is not an address of a process: write tls://HOST:PORT.")
            .arg(address);
    for (const QString &pin : pins) {
        if (TlsSettings::pinFromHex(pin).isEmpty())
            //: %1 is what the user gave
            return Words::tr("A fingerprint has 64 hexadecimal digits, unlike '%1'.").arg(pin);
    }
    if (token.isEmpty() && !CredentialReference::fromString(tokenFrom))
        return Words::tr("A token is needed: --token-from says where it is, keychain:NAME, "
                         "file:PATH or env:VARIABLE.");
    if (certificate.isEmpty() != key.isEmpty())
        return Words::tr("A certificate of one's own and its private key belong together.");
    if (!keyPassphraseFrom.isEmpty()
        && (key.isEmpty() || !CredentialReference::fromString(keyPassphraseFrom)))
        return Words::tr("--tls-key-passphrase-from needs --tls-key, and keychain:NAME, file:PATH "
                         "or env:VARIABLE.");
    return {};
}

Result<RemoteProcess> RemoteRequest::process(const QByteArray &tokenRead,
                                             const QByteArray &passphrase) const
{
    RemoteProcess process{.url = QUrl(address)};
    process.token = {.name = QStringLiteral("token"), .secret = tokenRead.trimmed()};
    if (const Error error = process.token.validate())
        return error;
    QtDelivery::TlsSettings &tls = process.tls;
    if (const Error error = tls.load(certificate, key, authority,
                                     CredentialReference::withoutLineBreak(passphrase)))
        return error;
    for (const QString &pin : pins)
        tls.pins.append(TlsSettings::pinFromHex(pin));
    // Without an authority the key alone decides, as with SSH.
    tls.verifyPeer = pins.isEmpty() || !authority.isEmpty();
    return process;
}

void RemoteRequest::resolve(CredentialStore *keychain, QObject *context, const Answer &answer) const
{
    const auto readPassphrase = [keychain, context, answer,
                                 request = *this](const Result<QByteArray> &tokenRead) {
        if (!tokenRead) {
            answer(tokenRead.error());
            return;
        }
        const auto end = [request, answer, tokenRead = *tokenRead](const auto &passphrase) {
            answer(passphrase ? request.process(tokenRead, *passphrase) : passphrase.error());
        };
        readSecret(request.keyPassphrase, request.keyPassphraseFrom, keychain, context, end);
    };
    readSecret(token, tokenFrom, keychain, context, readPassphrase);
}

} // namespace Monitor
