// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <QtDelivery/monitorserver.h>

#include "watcher.h"
#include "words/text.h"

#include <QtDelivery/deliverynode.h>
#include <QtDelivery/monitorregistry.h>

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QLocalServer>
#include <QPointer>
#include <QSet>
#include <QTimer>

#include <algorithm>
#include <vector>

namespace QtDelivery {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds MinInterval = 100ms;
// Updates may take one of so many parts of the thread's time.
constexpr int Share = 20;
// How often the links' round trips are measured, in updates.
constexpr int UpdatesPerRoundTrip = 10;

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
    void close();
    [[nodiscard]] Watcher *watcherOf(const QLocalSocket *socket) const;
    void read(const QLocalSocket *socket);
    void removeIfEnded(const QLocalSocket *socket);
    void remove(const Watcher *watcher);
    void update();
    void updateRecording();

    MonitorServer *const q;
    const QPointer<DeliveryNode> node;
    QLocalServer sockets;
    QTimer timer;
    std::vector<std::unique_ptr<Watcher>> watchers;
    QSet<QString> recorded; // recorders that were switched on here
    int maxWatchers = 8;
    std::chrono::milliseconds interval = MinInterval;
    int updates = 0;
};

void MonitorServerPrivate::accept()
{
    const size_t before = watchers.size();
    while (QLocalSocket *const raw = sockets.nextPendingConnection()) {
        std::unique_ptr<QLocalSocket> socket(raw);
        socket->setParent(nullptr); // the watcher owns it
        if (int(watchers.size()) >= maxWatchers || !node)
            continue;
        // Queued, so that a watcher is never removed within a signal of its socket.
        QObject::connect(
            raw, &QLocalSocket::disconnected, q, [this, raw] { removeIfEnded(raw); },
            Qt::QueuedConnection);
        QObject::connect(
            raw, &QLocalSocket::readyRead, q, [this, raw] { read(raw); }, Qt::QueuedConnection);
        watchers.push_back(std::make_unique<Watcher>(std::move(socket)));
        Watcher *const watcher = watchers.back().get();
        watcher->greet({.pid = QCoreApplication::applicationPid(),
                        .program = QFileInfo(QCoreApplication::applicationFilePath()).fileName(),
                        .nodeId = node->nodeId(),
                        .clock = node->clock(),
                        .wallClock = QDateTime::currentMSecsSinceEpoch() * 1000});
    }
    if (watchers.size() == before)
        return;
    if (!timer.isActive())
        timer.start(0);
    Q_EMIT q->watcherCountChanged(); // last: a slot may delete the server
}

void MonitorServerPrivate::close()
{
    timer.stop();
    sockets.close();
    watchers.clear();
    updateRecording();
}

/*! Null if it was removed since the signal. */
Watcher *MonitorServerPrivate::watcherOf(const QLocalSocket *socket) const
{
    const auto found = std::find_if(watchers.begin(), watchers.end(),
                                    [&](const auto &w) { return w->socket() == socket; });
    return found == watchers.end() ? nullptr : found->get();
}

void MonitorServerPrivate::read(const QLocalSocket *socket)
{
    Watcher *const watcher = watcherOf(socket);
    if (!watcher)
        return;
    if (watcher->read())
        updateRecording();
    else
        remove(watcher);
}

void MonitorServerPrivate::removeIfEnded(const QLocalSocket *socket)
{
    Watcher *const watcher = watcherOf(socket);
    if (watcher && watcher->socket()->state() == QLocalSocket::UnconnectedState)
        remove(watcher);
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
    if (!d->node)
        return {Error::Code::InvalidArgument, Text::tr("A monitor server needs a node.")};
    if (d->node->thread() != thread())
        return {Error::Code::WrongThread,
                Text::tr("A monitor server must live in the thread of its node.")};
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

void MonitorServer::close()
{
    const bool hadWatchers = !d->watchers.empty();
    d->close();
    if (hadWatchers)
        Q_EMIT watcherCountChanged();
}

bool MonitorServer::isListening() const
{
    return d->sockets.isListening();
}

QString MonitorServer::socketPath() const
{
    return d->sockets.fullServerName();
}

int MonitorServer::watcherCount() const
{
    return int(d->watchers.size());
}

qint64 MonitorServer::pendingBytes() const
{
    qint64 bytes = 0;
    for (const auto &watcher : d->watchers)
        bytes += watcher->socket()->bytesToWrite();
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
