// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "nodeprivate.h"
#include "words/text.h"

#include <QSet>

namespace QtDelivery {

DeliveryNode::DeliveryNode(QObject *parent)
    : DeliveryNode(NodeSettings(), parent)
{ }

DeliveryNode::DeliveryNode(const NodeSettings &settings, QObject *parent)
    : DeliveryNode(settings, systemEnvironment(), parent)
{ }

DeliveryNode::DeliveryNode(const NodeSettings &settings,
                           std::unique_ptr<NodeEnvironment> environment, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<NodePrivate>(this, settings, std::move(environment)))
{
    d->startMonitor();
}

DeliveryNode::~DeliveryNode() = default;

QString DeliveryNode::nodeId() const
{
    return d->nodeId();
}

Error DeliveryNode::setTlsSettings(const TlsSettings &tls)
{
    if (const Error error = d->usable())
        return error;
    if (const Error error = tls.validate())
        return error;
    d->setTls(tls);
    return {};
}

Error DeliveryNode::setSharedSecrets(const QList<SharedSecret> &secrets)
{
    if (const Error error = d->usable())
        return error;
    QSet<QString> names;
    for (const SharedSecret &secret : secrets) {
        if (const Error error = secret.validate())
            return error;
        if (names.contains(secret.name))
            return {Error::Code::InvalidSetting,
                    //: %1 is the name of a secret
                    Text::tr("There are two shared secrets with the name %1.").arg(secret.name)};
        names.insert(secret.name);
    }
    d->setSharedSecrets(secrets);
    return {};
}

Error DeliveryNode::setAuthorizer(std::shared_ptr<const Authorizer> authorizer)
{
    if (const Error error = d->usable())
        return error;
    d->setAuthorizer(std::move(authorizer));
    return {};
}

Refusals DeliveryNode::refusals() const
{
    return d->refusals();
}

Error DeliveryNode::listen(const QUrl &url)
{
    return d->listen(url);
}

QList<QUrl> DeliveryNode::listeningUrls() const
{
    return d->listeningUrls();
}

Error DeliveryNode::connectTo(const QUrl &url)
{
    return d->connectTo(url);
}

Error DeliveryNode::disconnectFrom(const QUrl &url)
{
    return d->disconnectFrom(url);
}

int DeliveryNode::linkCount() const
{
    return d->linkCount();
}

quint64 DeliveryNode::reconnects() const
{
    return d->reconnects();
}

void DeliveryNode::close()
{
    d->close();
}

QList<FlowSnapshot> DeliveryNode::flowSnapshots() const
{
    return d->flowSnapshots();
}

QList<LinkSnapshot> DeliveryNode::linkSnapshots() const
{
    return d->linkSnapshots();
}

qint64 DeliveryNode::clock() const
{
    return d->clock();
}

void DeliveryNode::measureRoundTrips()
{
    d->measureRoundTrips();
}

bool DeliveryNode::setRecording(const QString &flowKey, bool on)
{
    return d->setRecording(flowKey, on);
}

QList<FlowEvent> DeliveryNode::eventsAfter(const QString &flowKey, qint64 number) const
{
    return d->eventsAfter(flowKey, number);
}

const NodeSettings &DeliveryNode::settings() const
{
    return d->settings();
}

FlowHost &DeliveryNode::flowHost() const
{
    return *d;
}

} // namespace QtDelivery
