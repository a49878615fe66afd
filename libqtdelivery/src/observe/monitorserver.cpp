// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <QtDelivery/monitorserver.h>

#include "link/transport.h"
#include "watcher.h"
#include "watchercandidate.h"
#include "words/text.h"

#include <QtDelivery/deliverynode.h>
#include <QtDelivery/monitorregistry.h>

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QLocalServer>
#include <QLocalSocket>
#include <QLoggingCategory>
#include <QPointer>
#include <QSet>
#include <QTimer>

#include <algorithm>
#include <vector>

namespace QtDelivery {

namespace {

using namespace std::chrono_literals;

Q_LOGGING_CATEGORY(lcMonitor, "qtdelivery.monitor", QtWarningMsg)

constexpr std::chrono::milliseconds MinInterval = 100ms;
// Updates may take one of so many parts of the thread's time.
constexpr int Share = 20;
// How often the links' round trips are measured, in updates.
constexpr int UpdatesPerRoundTrip = 10;

// Connections from the network that have not shown who they are; one more is closed at once.
constexpr size_t MaxCandidates = 16;
constexpr qint64 WatcherReadBuffer = 128 * 1024;

bool isListenedTo(const QString &socketPath)
{
    if (!QFileInfo::exists(socketPath))
        return false;
    QLocalSocket socket;
    socket.connectToServer(socketPath); // at once, or not at all
    return socket.state() == QLocalSocket::ConnectedState;
}

} // namespace

class MonitorServerPrivate
{
public:
    explicit MonitorServerPrivate(MonitorServer *server, DeliveryNode *node)
        : q(server)
        , node(node)
    {
        timer.setSingleShot(true);
        QObject::connect(&timer, &QTimer::timeout, q, [this] { update(); });
        QObject::connect(&sockets, &QLocalServer::newConnection, q, [this] { accept(); });
    }

    void accept();
    void consider(std::unique_ptr<Connection> connection);
    void admit();
    [[nodiscard]] bool add(std::unique_ptr<Connection> connection);
    void close();
    void attend(const Watcher *watcher);
    void remove(const Watcher *watcher);
    void update();
    void updateRecording();

    MonitorServer *const q;
    const QPointer<DeliveryNode> node;
    QLocalServer sockets;
    TlsSettings tls; // before the listener, which looks at it
    QByteArray token;
    std::unique_ptr<Listener> network;
    std::vector<std::unique_ptr<WatcherCandidate>> candidates;
    QTimer timer;
    std::vector<std::unique_ptr<Watcher>> watchers;
    QSet<QString> recorded; // recorders that were switched on here
    int maxWatchers = 8;
    std::chrono::milliseconds interval = MinInterval;
    int updates = 0;
    quint64 refused = 0;
};

void MonitorServerPrivate::accept()
{
    bool isAnyNew = false;
    while (std::unique_ptr<QLocalSocket> socket{sockets.nextPendingConnection()})
        isAnyNew |= add(localConnection(std::move(socket), q->socketPath(), WatcherReadBuffer));
    if (isAnyNew)
        Q_EMIT q->watcherCountChanged(); // last: a slot may delete the server
}

/*! Somebody from the network. What is over the limit is closed by its destructor, before it has
 * cost a handshake. */
void MonitorServerPrivate::consider(std::unique_ptr<Connection> connection)
{
    if (!node)
        return;
    if (candidates.size() >= MaxCandidates) {
        qCWarning(lcMonitor, "a monitor at %s is refused: too many others have shown no token yet",
                  qUtf8Printable(connection->peer().address));
        ++refused;
        return;
    }
    const auto settled = [this] {
        QMetaObject::invokeMethod(
            q, [this] { admit(); }, Qt::QueuedConnection);
    };
    candidates.push_back(std::make_unique<WatcherCandidate>(std::move(connection), token, settled));
}

/*! Candidates that are settled become watchers, or are gone. */
void MonitorServerPrivate::admit()
{
    bool isAnyNew = false;
    for (const auto &candidate : candidates) {
        switch (candidate->state()) {
        case WatcherCandidate::State::Encrypting:
        case WatcherCandidate::State::Challenged:
            break;
        case WatcherCandidate::State::Proven:
            if (!candidate->hasEnded())
                isAnyNew |= add(candidate->takeConnection());
            break;
        case WatcherCandidate::State::Refused:
            qCWarning(lcMonitor, "a monitor at %s is refused: %s",
                      qUtf8Printable(candidate->address()), qUtf8Printable(candidate->refusal()));
            ++refused;
            break;
        case WatcherCandidate::State::Gone:
            qCInfo(lcMonitor, "a connection from %s has ended: %s",
                   qUtf8Printable(candidate->address()), qUtf8Printable(candidate->refusal()));
            break;
        }
    }
    std::erase_if(candidates, [](const auto &candidate) { return candidate->isSettled(); });
    if (isAnyNew)
        Q_EMIT q->watcherCountChanged(); // last: a slot may delete the server
}

/*! False if there are too many: it is closed then. */
bool MonitorServerPrivate::add(std::unique_ptr<Connection> connection)
{
    if (!node)
        return false;
    if (int(watchers.size()) >= maxWatchers) {
        ++refused;
        return false;
    }
    // Queued, so that a watcher is never removed within a signal of its socket.
    auto place = std::make_shared<const Watcher *>(nullptr);
    const auto happened = [this, place] {
        QMetaObject::invokeMethod(
            q, [this, place] { attend(*place); }, Qt::QueuedConnection);
    };
    watchers.push_back(std::make_unique<Watcher>(std::move(connection), happened));
    Watcher *const watcher = watchers.back().get();
    *place = watcher;
    watcher->greet({.pid = QCoreApplication::applicationPid(),
                    .program = QFileInfo(QCoreApplication::applicationFilePath()).fileName(),
                    .nodeId = node->nodeId(),
                    .clock = node->clock(),
                    .wallClock = QDateTime::currentMSecsSinceEpoch() * 1000});
    if (!timer.isActive())
        timer.start(0);
    return true;
}

void MonitorServerPrivate::close()
{
    timer.stop();
    sockets.close();
    network.reset();
    candidates.clear();
    watchers.clear();
    updateRecording();
}

/*! \a watcher has said something, or left; it may have been removed since. */
void MonitorServerPrivate::attend(const Watcher *watcher)
{
    const auto found = std::find_if(watchers.begin(), watchers.end(),
                                    [&](const auto &w) { return w.get() == watcher; });
    if (found == watchers.end())
        return;
    if (!(*found)->read() || (*found)->hasEnded())
        remove(watcher);
    else
        updateRecording();
}

void MonitorServerPrivate::remove(const Watcher *watcher)
{
    std::erase_if(watchers, [&](const auto &w) { return w.get() == watcher; });
    updateRecording();
    Q_EMIT q->watcherCountChanged();
}

/*! Flight recorders are on while somebody wants their events; those that the application has
 * switched on itself stay as they are. */
void MonitorServerPrivate::updateRecording()
{
    if (!node)
        return;
    QSet<QString> wanted;
    for (const auto &watcher : watchers) {
        for (const QString &key : watcher->recordedFlows())
            wanted.insert(key);
    }
    const QSet<QString> before = recorded;
    for (const QString &key : before - wanted) {
        (void)node->setRecording(key, false);
        recorded.remove(key);
    }
    for (const QString &key : wanted - before) {
        if (node->eventsAfter(key).isEmpty() && node->setRecording(key, true))
            recorded.insert(key);
    }
}

void MonitorServerPrivate::update()
{
    if (watchers.empty() || !node)
        return;
    QElapsedTimer elapsed;
    elapsed.start();
    const bool isAnyReady =
        std::any_of(watchers.begin(), watchers.end(), [](const auto &w) { return w->isReady(); });
    if (isAnyReady) {
        if (updates++ % UpdatesPerRoundTrip == 0)
            node->measureRoundTrips();
        const QList<FlowSnapshot> flows = node->flowSnapshots();
        const QList<LinkSnapshot> links = node->linkSnapshots();
        for (const auto &watcher : watchers) {
            if (watcher->isReady())
                watcher->update(*node, flows, links);
        }
    }
    timer.start(std::max<std::chrono::milliseconds>(
        interval, std::chrono::milliseconds(elapsed.elapsed() * Share)));
}

MonitorServer::MonitorServer(DeliveryNode *node, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<MonitorServerPrivate>(this, node))
{
    if (node)
        connect(node, &QObject::destroyed, this, &MonitorServer::close);
}

MonitorServer::~MonitorServer()
{
    d->close();
}

Error MonitorServer::listen()
{
    const QString directory = MonitorRegistry::directory();
    if (!QDir().mkpath(directory)
        || !QFile::setPermissions(directory,
                                  QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner))
        return {Error::Code::AccessDenied,
                //: %1 is a directory
                Text::tr("The directory %1 for monitors cannot be created.").arg(directory)};
    return listen(MonitorRegistry::newSocketPath());
}

Error MonitorServer::listen(const QString &socketPath)
{
    if (const Error error = checkPlace())
        return error;
    close();
    if (isListenedTo(socketPath))
        return {Error::Code::AddressInUse,
                //: %1 is a path
                Text::tr("Another program listens at %1.").arg(socketPath)};
    QLocalServer::removeServer(socketPath); // left behind by a process of the same number
    d->sockets.setSocketOptions(QLocalServer::UserAccessOption);
    if (!d->sockets.listen(socketPath))
        return {Error::Code::NetworkError,
                //: %1 is a path, %2 the system's words
                Text::tr("Monitors cannot be awaited at %1: %2")
                    .arg(socketPath, d->sockets.errorString())};
    return {};
}

Error MonitorServer::listen(const QUrl &url, const TlsSettings &tls, const SharedSecret &token)
{
    if (const Error error = checkPlace())
        return error;
    if (url.scheme() != u"tls")
        return {Error::Code::PlainText,
                //: %1 is an address that the user gave
                Text::tr("Monitors are awaited on the network with encryption only: write "
                         "tls://host:port instead of %1.")
                    .arg(url.toString())};
    if (tls.certificateChain.isEmpty())
        return {Error::Code::InvalidSetting,
                //: %1 is an address
                Text::tr("To await monitors on %1 a certificate and its private key are needed.")
                    .arg(url.toString())};
    if (const Error error = tls.validate())
        return error;
    if (const Error error = token.validate())
        return error;
    close();
    d->tls = tls;
    d->token = token.secret;
    Error error;
    d->network = openListener(
        url, {.readBufferSize = WatcherReadBuffer}, d->tls,
        [this](std::unique_ptr<Connection> connection) { d->consider(std::move(connection)); },
        &error);
    return error;
}

Error MonitorServer::checkPlace() const
{
    if (!d->node)
        return {Error::Code::InvalidArgument, Text::tr("A monitor server needs a node.")};
    if (d->node->thread() != thread())
        return {Error::Code::WrongThread,
                Text::tr("A monitor server must live in the thread of its node.")};
    return {};
}

void MonitorServer::close()
{
    const bool hadWatchers = !d->watchers.empty();
    d->close();
    if (hadWatchers)
        Q_EMIT watcherCountChanged();
}

bool MonitorServer::isListening() const
{
    return d->sockets.isListening() || d->network;
}

QString MonitorServer::socketPath() const
{
    return d->sockets.fullServerName();
}

QUrl MonitorServer::url() const
{
    return d->network ? d->network->url() : QUrl();
}

int MonitorServer::watcherCount() const
{
    return int(d->watchers.size());
}

quint64 MonitorServer::refusedCount() const
{
    return d->refused;
}

qint64 MonitorServer::pendingBytes() const
{
    qint64 bytes = 0;
    for (const auto &watcher : d->watchers)
        bytes += watcher->pendingBytes();
    return bytes;
}

void MonitorServer::setMaxWatchers(int count)
{
    d->maxWatchers = qBound(1, count, 64);
}

void MonitorServer::setInterval(std::chrono::milliseconds interval)
{
    d->interval = qBound<std::chrono::milliseconds>(MinInterval, interval, 1h);
}

bool MonitorServer::isWanted()
{
    const QByteArray value = qgetenv("QTDELIVERY_MONITOR");
    return !value.isEmpty() && value != "0";
}

} // namespace QtDelivery
