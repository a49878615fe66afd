// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "security.h"

#include "credentialreader.h"

#include <QtDelivery/authorizer.h>
#include <QtDelivery/deliverynode.h>
#include <QtDelivery/monitorserver.h>
#include <QtDelivery/tlssettings.h>

#include <QHostAddress>
#include <QUrl>

using namespace QtDelivery;

namespace Cli {

namespace {

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

QString Security::fetchSecrets(SecurityOptions *options)
{
    QString refusal = fetch(options->secretFrom, &options->secret);
    if (refusal.isEmpty())
        refusal = fetch(options->monitorTokenFrom, &options->monitorToken);
    if (refusal.isEmpty() && !options->keyPassphraseFrom.isEmpty()) {
        const auto passphrase = CredentialReader::read(options->keyPassphraseFrom);
        refusal = passphrase.error().message();
        if (passphrase)
            options->keyPassphrase = CredentialReference::withoutLineBreak(*passphrase);
    }
    return refusal;
}

QString Security::fetch(const CredentialReference &from, SharedSecret *secret)
{
    if (from.isEmpty())
        return {};
    const auto read = CredentialReader::read(from);
    if (!read)
        return read.error().message();
    secret->secret = read->trimmed();
    return secret->validate().message();
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
