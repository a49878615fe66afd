// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "session.h"

#include <QDateTime>
#include <QFileInfo>

#include <algorithm>

namespace Monitor {

using namespace std::chrono_literals;
using QtDelivery::FlowEvent;
using QtDelivery::FlowSnapshot;
using QtDelivery::LinkSnapshot;
using QtDelivery::MonitorClient;

namespace {

constexpr auto LookInterval = 1s;
constexpr auto SearchInterval = 5s;
constexpr auto RefreshInterval = 250ms;
constexpr qint64 AlertInterval = 1'000'000;
constexpr qint64 SilenceLimit = 2000;
constexpr int MaxEvents = 20'000;

/*! It happens with every few messages. */
bool isRoutine(const FlowEvent &event)
{
    return event.kind == FlowEvent::Kind::Report || event.kind == FlowEvent::Kind::Probe;
}

void open(MonitorClient *client, const QString &path, const RemoteProcess &remote)
{
    if (remote.url.isEmpty())
        client->connectTo(path);
    else
        client->connectTo(remote.url, remote.tls, remote.token);
}

/*! It is there and wants nothing of this monitor: to ask again changes nothing. */
bool isRefusal(QtDelivery::Error::Code code)
{
    return code == QtDelivery::Error::Code::NotAuthenticated
        || code == QtDelivery::Error::Code::CertificateRefused;
}

} // namespace

Session::Session(QObject *parent)
    : QObject(parent)
{
    m_events.setMaxEvents(MaxEvents);
    m_look.setInterval(LookInterval);
    m_search.setInterval(SearchInterval);
    m_refresh.setInterval(RefreshInterval);
    connect(&m_search, &QTimer::timeout, this, &Session::search);
    connect(&m_look, &QTimer::timeout, this, &Session::lookAround);
    connect(&m_refresh, &QTimer::timeout, this, &Session::refresh);
}

Session::~Session()
{
    for (const auto &[path, source] : m_sources)
        source->client.disconnect(this);
}

void Session::begin(Mode mode)
{
    while (!m_sources.empty())
        forget(m_sources.begin()->first, false);
    m_events.clear();
    m_alerts.clear();
    m_histories.clear();
    m_transfers.clear();
    m_preferred.clear();
    m_lost.clear();
    m_replayTime = 0;
    m_lastAlerts = 0;
    m_mode = mode;
    m_look.stop();
    m_search.stop();
    m_refresh.stop();
    if (mode == Mode::Registry) {
        m_look.start();
        lookAround();
    }
    if (mode != Mode::Replay)
        m_refresh.start();
    Q_EMIT restarted();
    Q_EMIT sourcesChanged();
    Q_EMIT refreshed();
}

void Session::lookAround()
{
    for (const auto &process : QtDelivery::MonitorRegistry::processes()) {
        if (!m_sources.contains(process.socketPath))
            add(process.socketPath).client.connectTo(process.socketPath);
    }
}

void Session::watch(const QString &socketPath)
{
    forget(socketPath, false);
    Source &source = add(socketPath);
    source.isGiven = true;
    source.client.connectTo(socketPath);
}

void Session::watch(const RemoteProcess &process)
{
    m_lost.erase(process.source());
    addRemote(process).isGiven = true;
}

Session::Source &Session::addRemote(const RemoteProcess &process)
{
    forget(process.source(), false);
    Source &source = add(process.source());
    source.remote = process;
    open(&source.client, process.source(), process);
    return source;
}

/*! For those that were lost. */
void Session::search()
{
    for (const auto &[path, process] : m_lost) {
        if (!m_sources.contains(path))
            addRemote(process);
    }
    if (m_lost.empty())
        m_search.stop();
}

void Session::arrived(Source *source, const QString &path)
{
    source->wasWatched = true;
    Q_EMIT sourcesChanged();
    if (m_lost.erase(path) > 0)
        Q_EMIT watchResumed(path);
}

void Session::gone(const QString &path, const QtDelivery::Error &reason)
{
    const Source &source = *m_sources.at(path);
    const bool isRemote = !source.remote.url.isEmpty();
    const bool refuses = isRefusal(reason.code());
    const bool isLost = isRemote && source.wasWatched && !refuses;
    // What is of this machine says with its flows that it has gone; what never was there cannot.
    const bool hasFailed =
        m_lost.contains(path) ? refuses : source.isGiven && (isRemote || !source.wasWatched);
    if (isLost) {
        m_lost[path] = source.remote;
        m_search.start();
    } else if (hasFailed) {
        m_lost.erase(path);
    }
    forget(path, true);
    if (isLost)
        Q_EMIT watchLost(path, reason.message());
    else if (hasFailed)
        Q_EMIT watchFailed(path, reason.message());
}

void Session::connectClient(MonitorClient *client, const QString &source) const
{
    const auto found = m_sources.find(source);
    open(client, source, found == m_sources.end() ? RemoteProcess() : found->second->remote);
}

Session::Source &Session::add(const QString &socketPath)
{
    Source *const source =
        m_sources.emplace(socketPath, std::make_unique<Source>()).first->second.get();
    MonitorClient *const client = &source->client;
    connect(client, &MonitorClient::connected, this,
            [this, source, socketPath] { arrived(source, socketPath); });
    connect(client, &MonitorClient::flowsUpdated, this,
            [this, source](const QList<FlowSnapshot> &flows) { take(*source, flows); });
    connect(client, &MonitorClient::flowsRemoved, this,
            [this, source, socketPath](const QStringList &keys) {
                m_pairs.remove(socketPath, keys);
                m_storages.remove(socketPath, keys);
                for (const QString &key : keys) {
                    source->flowKeys.removeOne(key);
                    m_histories.remove({socketPath, key});
                }
            });
    connect(client, &MonitorClient::linksUpdated, this,
            [this, source, socketPath](const QList<LinkSnapshot> &links) {
                m_links.update(socketPath, links);
                for (const LinkSnapshot &link : links)
                    source->links.insert(link.key(), link);
            });
    connect(client, &MonitorClient::linksRemoved, this,
            [this, source, socketPath](const QStringList &keys) {
                m_links.remove(socketPath, keys);
                for (const QString &key : keys)
                    source->links.remove(key);
            });
    connect(client, &MonitorClient::eventsRecorded, this,
            [this, source](const QString &key, QList<FlowEvent> events) {
                if (!m_isRoutineWanted)
                    events.removeIf(isRoutine);
                m_events.append(processText(source->client.socketPath()), key,
                                source->client.clockOffset(), events);
            });
    connect(client, &MonitorClient::updated, this, [this, socketPath](qint64 clock) {
        m_pairs.setClock(socketPath, clock);
        m_storages.setClock(socketPath, clock);
        m_links.setClock(socketPath, clock);
    });
    connect(client, &MonitorClient::disconnected, this,
            [this, source, socketPath](const QtDelivery::Error &reason) {
                source->hasEnded = true;
                QMetaObject::invokeMethod(
                    this,
                    [this, source, socketPath, reason] {
                        const auto found = m_sources.find(socketPath);
                        if (found != m_sources.end() && found->second.get() == source)
                            gone(socketPath, reason);
                    },
                    Qt::QueuedConnection); // it is the client that speaks
            });
    return *source;
}

void Session::take(Source &source, const QList<FlowSnapshot> &flows)
{
    const QString path = source.client.socketPath();
    const qint64 offset = source.client.clockOffset();
    m_pairs.update(path, processText(path), flows);
    QList<FlowSnapshot> durable;
    std::copy_if(flows.begin(), flows.end(), std::back_inserter(durable),
                 [](const FlowSnapshot &flow) { return flow.isDurable; });
    m_storages.update(path, durable);
    for (const FlowSnapshot &flow : flows) {
        const EndKey key{path, flow.key()};
        if (!m_histories.find(key)) {
            source.flowKeys.append(key.key);
            source.isRecordingStale = true;
        }
        m_histories.add(key, flow, flow.time + offset);
        m_transfers.add(flow, flow.time + offset);
    }
}

void Session::forget(const QString &socketPath, bool isLost)
{
    const auto found = m_sources.find(socketPath);
    if (found == m_sources.end())
        return;
    const std::unique_ptr<Source> source = std::move(found->second);
    m_sources.erase(found);
    source->client.disconnect(this);
    m_pairs.removeSource(socketPath);
    m_storages.removeSource(socketPath);
    m_links.removeSource(socketPath);
    m_histories.removeSource(socketPath);
    if (isLost)
        Q_EMIT sourcesChanged();
}

void Session::replay(const QString &source, const QByteArray &frame, qint64 time)
{
    m_replayTime = qMax(m_replayTime, time);
    const auto known = m_sources.find(source);
    Source &entry = known == m_sources.end() ? add(source) : *known->second;
    if (known == m_sources.end())
        entry.client.beginReplay(source);
    if (!entry.hasEnded)
        entry.client.replay(frame);
    if (m_replayTime - m_lastAlerts >= AlertInterval)
        evaluateAlerts();
}

void Session::endSource(const QString &source)
{
    forget(source, true);
}

void Session::announce()
{
    m_pairs.announceChanges();
    Q_EMIT refreshed();
}

void Session::refresh()
{
    wantEvents();
    if (now() - m_lastAlerts >= AlertInterval)
        evaluateAlerts();
    announce();
}

void Session::evaluateAlerts()
{
    m_lastAlerts = now();
    std::vector<const FlowPair *> flows;
    flows.reserve(size_t(m_pairs.rowCount()));
    for (int row = 0; row < m_pairs.rowCount(); ++row)
        flows.push_back(&m_pairs.pairAt(row));
    QList<LinkSnapshot> links;
    for (const auto &[path, source] : m_sources)
        links += source->links.values();
    m_alerts.evaluate(flows, links, m_lastAlerts);
}

qint64 Session::now() const
{
    return m_mode == Mode::Replay ? m_replayTime : QDateTime::currentMSecsSinceEpoch() * 1000;
}

qint64 Session::clockOffset(const QString &source) const
{
    const auto found = m_sources.find(source);
    return found == m_sources.end() ? 0 : found->second->client.clockOffset();
}

int Session::nodeCount() const
{
    return int(sources().size());
}

QStringList Session::sources() const
{
    QStringList paths;
    for (const auto &[path, source] : m_sources) {
        if (source->client.isConnected())
            paths.append(path);
    }
    return paths;
}

QStringList Session::lostSources() const
{
    QStringList addresses;
    for (const auto &[address, process] : m_lost)
        addresses.append(address);
    return addresses;
}

QString Session::processText(const QString &path) const
{
    const auto found = m_sources.find(path);
    if (found == m_sources.end() || !found->second->client.isConnected())
        return QFileInfo(path).fileName();
    const QtDelivery::MonitorProcess process = found->second->client.process();
    const QString pid = QString::number(process.pid);
    const QUrl url(path); // of a process on the network, in a recording, too
    if (url.scheme() == u"tls")
        return QStringLiteral("%1 (%2, %3)").arg(process.program, pid, url.host());
    return QStringLiteral("%1 (%2)").arg(process.program, pid);
}

QStringList Session::silentProcesses() const
{
    QStringList silent;
    for (const auto &[path, source] : m_sources) {
        const bool isLive = m_mode != Mode::Replay && source->client.isConnected();
        if (isLive && source->client.silence() > SilenceLimit)
            silent.append(source->client.nodeId());
    }
    return silent;
}

void Session::preferEvents(const QList<EndKey> &ends)
{
    if (ends == m_preferred)
        return;
    m_preferred = ends;
    for (const auto &[path, source] : m_sources)
        source->isRecordingStale =
            source->isRecordingStale || source->flowKeys.size() > MonitorClient::MaxEventFlows;
}

void Session::wantEvents()
{
    for (const auto &[path, source] : m_sources) {
        if (!std::exchange(source->isRecordingStale, false))
            continue;
        QStringList keys;
        for (const EndKey &end : std::as_const(m_preferred)) {
            if (end.source == path)
                keys.append(end.key);
        }
        for (const QString &key : std::as_const(source->flowKeys)) {
            if (keys.size() < MonitorClient::MaxEventFlows && !keys.contains(key))
                keys.append(key);
        }
        source->client.watchEvents(keys);
    }
}

} // namespace Monitor
