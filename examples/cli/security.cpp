// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "security.h"

#include "keychainservice.h"

#include <QtDelivery/authorizer.h>
#include <QtDelivery/deliverynode.h>
#include <QtDelivery/keychaincredentialstore.h>
#include <QtDelivery/monitorserver.h>
#include <QtDelivery/tlssettings.h>

#include <QEventLoop>
#include <QFile>
#include <QHostAddress>
#include <QUrl>

using namespace QtDelivery;

namespace Cli {

namespace {

constexpr qint64 MaxFileBytes = 64 * 1024;

/*! There is one flow, or all are wanted: whoever has shown who it is may have it. */
class Doorkeeper final : public Authorizer
{
public:
    explicit Doorkeeper(bool allowAnyone)
        : m_allowAnyone(allowAnyone)
    { }

    bool mayProduce(const PeerIdentity &peer, const QString &id) const override
    {
        return Authorizer::mayProduce(peer, id) || isKnown(peer);
    }
    bool mayConsume(const PeerIdentity &peer, const QString &id) const override
    {
        return Authorizer::mayConsume(peer, id) || isKnown(peer);
    }

private:
    bool isKnown(const PeerIdentity &peer) const
    {
        return m_allowAnyone || !peer.secretName.isEmpty() || !peer.certificateNames.isEmpty()
            || !peer.pin.isEmpty();
    }

    const bool m_allowAnyone;
};

bool leadsBeyondThisMachine(const QUrl &url)
{
    const QString host = url.host();
    return url.scheme() != u"local" && host != u"localhost" && !QHostAddress(host).isLoopback();
}

} // namespace

bool Security::addPin(const QString &digits, SecurityOptions *options)
{
    const QByteArray pin = TlsSettings::pinFromHex(digits);
    if (pin.isEmpty())
        return false;
    options->pins.append(pin);
    return true;
}

QString Security::applyTls(const SecurityOptions &options, bool listens, DeliveryNode *node)
{
    TlsSettings tls;
    if (const Error error =
            tls.load(options.certificate, options.key, options.authority, options.keyPassphrase))
        return error.message();
    tls.pins = options.pins;
    // As with SSH: the key alone decides.
    tls.verifyPeer = options.pins.isEmpty() || !options.authority.isEmpty();
    tls.requireClientCertificate = listens && !options.authority.isEmpty();
    return node->setTlsSettings(tls).message();
}

bool Security::isSecretSource(const QString &text)
{
    return text.startsWith(u"keychain:") || text.startsWith(u"file:") || text.startsWith(u"env:");
}

QString Security::fetchSecrets(SecurityOptions *options)
{
    QString refusal = fetch(options->secretFrom, &options->secret);
    if (refusal.isEmpty())
        refusal = fetch(options->monitorTokenFrom, &options->monitorToken);
    if (refusal.isEmpty() && !options->keyPassphraseFrom.isEmpty()) {
        refusal = fetch(options->keyPassphraseFrom, &options->keyPassphrase);
        if (options->keyPassphrase.endsWith('\n')) // as editors end a file
            options->keyPassphrase.chop(1);
    }
    return refusal;
}

QString Security::fetch(const QString &from, QtDelivery::SharedSecret *secret)
{
    const QString place = from.section(u':', 1);
    if (from.isEmpty())
        return {};
    if (from.startsWith(u"file:"))
        return secret->loadFile(place).message();
    return fetch(from, &secret->secret);
}

QString Security::fetch(const QString &source, QByteArray *secret)
{
    const QString place = source.section(u':', 1);
    if (source.startsWith(u"keychain:"))
        return readKeychain(place, secret);
    if (source.startsWith(u"file:")) {
        QFile file(place);
        if (!file.open(QIODevice::ReadOnly))
            //: %1 is the name of a file, %2 the system's reason
            return tr("The secret in %1 cannot be read: %2.").arg(place, file.errorString());
        *secret = file.read(MaxFileBytes);
        return {};
    }
    *secret = qgetenv(place.toLocal8Bit().constData()).trimmed();
    return secret->isEmpty() ? tr("There is no secret in the environment variable '%1'.").arg(place)
                             : QString();
}

QString Security::readKeychain(const QString &name, QByteArray *secret)
{
    QtDelivery::KeychainCredentialStore store(keychainService());
    QEventLoop loop;
    Error error;
    store.read(name, &loop, [&](const QtDelivery::Result<QByteArray> &read) {
        error = read.error();
        if (read)
            *secret = *read;
        loop.quit();
    });
    loop.exec();
    if (error.code() != Error::Code::CredentialNotFound)
        return error.message();
    //: %1 is the name of a credential
    return tr("The keychain has no secret named '%1'. 'qtdelivery credentials set %1' keeps one "
              "there, 'qtdelivery credentials list' shows which there are.")
        .arg(name);
}

QString Security::apply(const SecurityOptions &options, bool listens, const QUrl &url,
                        DeliveryNode *node)
{
    const bool asks =
        !options.authority.isEmpty() || !options.pins.isEmpty() || !options.secretFrom.isEmpty();
    if (listens && leadsBeyondThisMachine(url) && !asks && !options.allowAnyone
        && url.scheme() == u"tls")
        return tr("Nobody on another machine could be let in: say whom with --tls-ca, --pin or "
                  "--secret-from, or give --allow-anyone.");
    if (const QString refusal = applyTls(options, listens, node); !refusal.isEmpty())
        return refusal;
    if (!options.secretFrom.isEmpty()) {
        if (const Error error = node->setSharedSecrets({options.secret}))
            return error.message();
    }
    return node->setAuthorizer(std::make_shared<Doorkeeper>(options.allowAnyone)).message();
}

QString Security::awaitMonitors(const SecurityOptions &options, MonitorServer *server)
{
    if (options.monitorAddress.isEmpty())
        return {};
    TlsSettings tls;
    if (const Error error = tls.load(options.certificate, options.key, {}, options.keyPassphrase))
        return error.message();
    return server->listen(QUrl(options.monitorAddress), tls, options.monitorToken).message();
}

} // namespace Cli
