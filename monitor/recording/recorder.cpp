// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "recorder.h"

#include "recordingfile.h"

#include <QDateTime>

namespace Monitor {

using QtDelivery::FlowSnapshot;
using QtDelivery::MonitorClient;

namespace {

qint64 now()
{
    return QDateTime::currentMSecsSinceEpoch() * 1000;
}

} // namespace

Recorder::Recorder(QObject *parent)
    : Recorder([](MonitorClient *client, const QString &path) { client->connectTo(path); }, parent)
{ }

Recorder::Recorder(Connector connector, QObject *parent)
    : QObject(parent)
    , m_connector(std::move(connector))
{ }

Recorder::~Recorder()
{
    stop();
}

QString Recorder::start(const QString &path, qint64 maxBytes)
{
    stop();
    m_file.setFileName(path);
    if (!m_file.open(QIODevice::WriteOnly | QIODevice::Truncate))
        //: %1 is a file name, %2 are the system's words
        return tr("%1 cannot be written: %2").arg(path, m_file.errorString());
    m_maxBytes = maxBytes;
    m_bytes = 0;
    m_sourceCount = 0;
    write(recordingHead());
    return {};
}

void Recorder::follow(const QStringList &socketPaths)
{
    if (!isRecording())
        return;
    std::erase_if(m_sources, [](const auto &entry) { return entry.second->hasEnded; });
    for (const QString &path : socketPaths) {
        if (isRecording() && !m_sources.contains(path) && m_sourceCount < MaxRecordedSources)
            watch(path);
    }
}

void Recorder::watch(const QString &socketPath)
{
    Source *const source =
        m_sources.emplace(socketPath, std::make_unique<Source>()).first->second.get();
    source->number = quint16(m_sourceCount++);
    MonitorClient *const client = &source->client;
    connect(client, &MonitorClient::frameReceived, this, [this, source](const QByteArray &frame) {
        write(encoded({.kind = RecordingEntry::Kind::Frame,
                       .source = source->number,
                       .time = now(),
                       .bytes = frame}));
    });
    connect(client, &MonitorClient::flowsUpdated, this, [source](const QList<FlowSnapshot> &flows) {
        const qsizetype known = source->flows.size();
        for (const FlowSnapshot &flow : flows) {
            if (source->flows.size() >= MonitorClient::MaxEventFlows)
                break;
            if (!source->flows.contains(flow.key()))
                source->flows.append(flow.key());
        }
        if (source->flows.size() != known)
            source->client.watchEvents(source->flows);
    });
    connect(client, &MonitorClient::disconnected, this, [this, source] {
        source->hasEnded = true;
        write(
            encoded({.kind = RecordingEntry::Kind::End, .source = source->number, .time = now()}));
    });
    write(encoded({.kind = RecordingEntry::Kind::Source,
                   .source = source->number,
                   .time = now(),
                   .bytes = socketPath.toUtf8()}));
    m_connector(client, socketPath);
}

void Recorder::write(const QByteArray &bytes)
{
    if (!isRecording())
        return;
    if (m_bytes + bytes.size() > m_maxBytes) {
        fail(tr("The recording has reached its greatest size."));
        return;
    }
    // Flushed, so that a crash of this program leaves what was seen.
    if (m_file.write(bytes) != bytes.size() || !m_file.flush()) {
        //: %1 are the system's words
        fail(tr("The recording cannot be written: %1").arg(m_file.errorString()));
        return;
    }
    m_bytes += bytes.size();
}

void Recorder::fail(const QString &reason)
{
    m_file.close();
    // It may be a client that speaks.
    QMetaObject::invokeMethod(
        this, [this] { stop(); }, Qt::QueuedConnection);
    Q_EMIT stopped(reason);
}

void Recorder::stop()
{
    for (const auto &[path, source] : m_sources)
        source->client.disconnect(this);
    m_sources.clear();
    m_file.close();
}

} // namespace Monitor
