// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "security.h"

#include <QtDelivery/authorizer.h>
#include <QtDelivery/deliverynode.h>
#include <QtDelivery/tlssettings.h>

#include <QHostAddress>
#include <QUrl>

using namespace QtDelivery;

namespace Cli {

namespace {

constexpr qsizetype PinBytes = 32;

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
    const QByteArray pin = QByteArray::fromHex(digits.toLatin1());
    if (digits.size() != 2 * PinBytes || pin.size() != PinBytes)
        return false;
    options->pins.append(pin);
    return true;
}

QString Security::applyTls(const SecurityOptions &options, bool listens, DeliveryNode *node)
{
    TlsSettings tls;
    if (const Error error = tls.load(options.certificate, options.key, options.authority))
        return error.message();
    tls.pins = options.pins;
    // As with SSH: the key alone decides.
    tls.verifyPeer = options.pins.isEmpty() || !options.authority.isEmpty();
    tls.requireClientCertificate = listens && !options.authority.isEmpty();
    return node->setTlsSettings(tls).message();
}

QString Security::applySecret(const QString &from, DeliveryNode *node)
{
    if (from.isEmpty())
        return {};
    SharedSecret secret;
    const QString source = from.section(u':', 1);
    if (from.startsWith(u"file:")) {
        if (const Error error = secret.loadFile(source))
            return error.message();
    } else {
        secret.secret = qgetenv(source.toLocal8Bit().constData()).trimmed();
        if (secret.secret.isEmpty())
            return tr("There is no secret in the environment variable '%1'.").arg(source);
    }
    return node->setSharedSecrets({secret}).message();
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
    if (const QString refusal = applySecret(options.secretFrom, node); !refusal.isEmpty())
        return refusal;
    return node->setAuthorizer(std::make_shared<Doorkeeper>(options.allowAnyone)).message();
}

} // namespace Cli
