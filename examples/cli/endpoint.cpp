// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "endpoint.h"

#include "console.h"
#include "log.h"
#include "options.h"

#include <QCoreApplication>
#include <QRandomGenerator>
#include <QSaveFile>
#include <QTimer>
#include <QUrl>

namespace Cli {

using QtDelivery::DeliveryNode;
using QtDelivery::Error;

namespace {

QtDelivery::NodeSettings nodeSettings(const Options &options)
{
    QtDelivery::NodeSettings settings;
    // To be read by people in messages; the random part keeps apart containers that count alike.
    settings.nodeId = QStringLiteral("%1-%2-%3")
                          .arg(options.task == Task::Send ? u"send" : u"receive")
                          .arg(QCoreApplication::applicationPid())
                          .arg(QRandomGenerator::system()->generate(), 8, 16, QLatin1Char('0'));
    settings.allowPlainText = options.security.allowAnyone;
    // Somebody sits and waits; a crowd of clients that must be held back is not expected.
    settings.reconnectIntervalMin = std::chrono::milliseconds(100);
    settings.reconnectIntervalMax = std::chrono::seconds(1);
    return settings;
}

} // namespace

Endpoint::Endpoint(const Options &options, Console *console, QObject *parent)
    : QObject(parent)
    , m_options(options)
    , m_console(console)
    , m_node(nodeSettings(options))
{
    connect(&m_node, &DeliveryNode::linkUp, this, [this] { m_wasLinked = true; });
    connect(&m_node, &DeliveryNode::reconnectScheduled, this, &Endpoint::handleRetry);
    logEvents();
}

QString Endpoint::open()
{
    const QUrl url(m_options.address, QUrl::StrictMode);
    if (!url.isValid()) // the library could not name it
        return tr("'%1' is not an address; write tcp://host:port or local:name.")
            .arg(m_options.address);
    const QString refusal =
        Security::apply(m_options.security, m_options.role == Role::Listen, url, &m_node);
    if (!refusal.isEmpty())
        return refusal;
    const QString obstacle = Security::awaitMonitors(m_options.security, &m_monitor);
    if (!obstacle.isEmpty())
        return obstacle;
    if (m_monitor.isListening())
        qCInfo(lcCli).noquote() << "monitors are awaited on" << m_monitor.url().toString();
    const Error error = m_options.role == Role::Listen ? m_node.listen(url) : m_node.connectTo(url);
    if (error)
        return error.message();
    return m_options.portFile.isEmpty() ? QString() : writePortFile();
}

QString Endpoint::writePortFile() const
{
    // The name appears with its content: whoever waits for the file reads a whole number.
    QSaveFile file(m_options.portFile);
    const int port = m_node.listeningUrls().constFirst().port();
    if (!file.open(QIODevice::WriteOnly) || file.write(QByteArray::number(port) + '\n') < 0
        || !file.commit())
        return tr("'%1' cannot be written: %2.").arg(m_options.portFile, file.errorString());
    return {};
}

void Endpoint::close()
{
    m_closing = true;
    m_node.close();
}

void Endpoint::handleRetry(const QUrl &url, std::chrono::milliseconds delay, const Error &reason)
{
    qCInfo(lcCli).noquote() << "reconnect to" << url.toString() << "in" << delay.count()
                            << "ms:" << reason;
    if (reason.code() == Error::Code::HostNotFound && !m_wasLinked) {
        // More likely a typing error than a name server that will recover.
        Q_EMIT failed(reason.message());
        return;
    }
    // The news that nothing is left to do may have come with the end of the link.
    QTimer::singleShot(0, this, [this, reason] {
        if (m_closing || m_toldReasons.contains(int(reason.code())))
            return;
        m_toldReasons.insert(int(reason.code()));
        //: %1 is a sentence that says why there is no connection
        m_console->say(tr("%1 Trying again.").arg(reason.message()));
    });
}

void Endpoint::logEvents()
{
    connect(&m_node, &DeliveryNode::linkUp, this,
            [](const QString &peer) { qCInfo(lcCli).noquote() << "link up to node" << peer; });
    connect(&m_node, &DeliveryNode::linkDown, this, [](const QString &peer, const Error &reason) {
        qCInfo(lcCli).noquote() << "link down to node" << peer << "because of" << reason;
    });
    connect(&m_node, &DeliveryNode::producerOffered, this,
            [](const QString &producer, const QString &peer) {
                qCInfo(lcCli).noquote() << "producer" << producer << "offered by node" << peer;
            });
    connect(&m_node, &DeliveryNode::producerWithdrawn, this,
            [](const QString &producer, const QString &peer) {
                qCInfo(lcCli).noquote() << "producer" << producer << "withdrawn by node" << peer;
            });
}

} // namespace Cli
