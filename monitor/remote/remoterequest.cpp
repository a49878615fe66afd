// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "remoterequest.h"

#include "../model/words.h"

namespace Monitor {

using QtDelivery::CredentialStore;
using QtDelivery::Error;
using QtDelivery::Result;
using QtDelivery::TlsSettings;

namespace {

Error inWords(const Error &error, const QString &name)
{
    if (error.code() != Error::Code::CredentialNotFound)
        return error;
    return {error.code(),
            //: %1 is the name of a credential
            Words::tr("The keychain has no token named '%1': type it once more, or keep it there "
                      "with 'qtdelivery credentials set %1'.")
                .arg(name)};
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
    const QString place = tokenFrom.section(u':', 1);
    const bool isPlace = !place.isEmpty()
        && (tokenFrom.startsWith(u"keychain:") || tokenFrom.startsWith(u"file:")
            || tokenFrom.startsWith(u"env:"));
    if (token.isEmpty() && !isPlace)
        return Words::tr("A token is needed: --token-from says where it is, keychain:NAME, "
                         "file:PATH or env:VARIABLE.");
    return {};
}

Error RemoteRequest::readTls(TlsSettings *tls) const
{
    if (const Error error = tls->load({}, {}, authority))
        return error;
    for (const QString &pin : pins)
        tls->pins.append(TlsSettings::pinFromHex(pin));
    // Without an authority the key alone decides, as with SSH.
    tls->verifyPeer = pins.isEmpty() || !authority.isEmpty();
    return {};
}

void RemoteRequest::resolve(CredentialStore *keychain, QObject *context, Answer answer) const
{
    RemoteProcess process{.url = QUrl(address)};
    process.token.name = QStringLiteral("token");
    if (const Error error = readTls(&process.tls)) {
        answer(error);
        return;
    }
    const QString place = tokenFrom.section(u':', 1);
    if (token.isEmpty() && tokenFrom.startsWith(u"keychain:")) {
        keychain->read(place, context,
                       [process, place, answer](const Result<QByteArray> &read) mutable {
                           if (!read) {
                               answer(inWords(read.error(), place));
                               return;
                           }
                           process.token.secret = *read;
                           answer(process);
                       });
        return;
    }
    process.token.secret = token;
    if (token.isEmpty() && tokenFrom.startsWith(u"env:")) {
        process.token.secret = qgetenv(place.toLocal8Bit().constData()).trimmed();
    } else if (token.isEmpty()) {
        if (const Error error = process.token.loadFile(place)) {
            answer(error);
            return;
        }
    }
    if (process.token.secret.isEmpty())
        answer(Error(QtDelivery::Error::Code::InvalidSetting,
                     //: %1 is the name of an environment variable
                     Words::tr("There is no token in the environment variable '%1'.").arg(place)));
    else
        answer(process);
}

} // namespace Monitor
