// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <QtDelivery/monitorclient.h>

#include "monitorframes.h"
#include "words/text.h"

#include <QElapsedTimer>
#include <QFile>
#include <QLocalSocket>
#include <QPointer>
#include <QSet>
#include <QTimer>

namespace QtDelivery {

namespace {

using namespace std::chrono_literals;

constexpr auto GreetingTime = 5s;
constexpr qsizetype MaxKnown = 100'000; // flows, and links
constexpr qint64 ReadBuffer = 2 * MaxMonitorFrame;

} // namespace

class MonitorClientPrivate
{
public:
    explicit MonitorClientPrivate(MonitorClient *client)
        : q(client)
    {
        timer.setSingleShot(true);
        QObject::connect(&timer, &QTimer::timeout, q, [this] {
            end({Error::Code::TimedOut, Text::tr("The process did not answer in time.")});
        });
    }

    void forget(const QString &path);
    void open(const QString &path);
    void drop();
    void end(const Error &reason);
    void endOfSocket();
    void read();
    void handleFrame(const QByteArray &bytes);
    void handleHello(const MonitorHello &frame);
    void handleUpdate(const MonitorUpdate &update);
    void request();
    [[nodiscard]] bool learn(const MonitorUpdate &update);

    MonitorClient *const q;
    QString path;
    std::unique_ptr<QLocalSocket> socket;
    MonitorFrames frames{MaxMonitorFrame};
    MonitorHello hello;
    bool isGreeted = false;
    bool isComplete = false;
    qint64 clock = 0;
    QElapsedTimer lastUpdate;
    QTimer timer{q}; // so that it moves to another thread with the client
    QStringList wanted;
    QSet<QString> knownFlows;
    QSet<QString> knownLinks;
    Refusals refusals;
    quint64 generation = 0; // of the connection: a slot may have made another one
};

void MonitorClientPrivate::forget(const QString &socketPath)
{
    drop();
    path = socketPath;
    frames = MonitorFrames(MaxMonitorFrame);
    hello = {};
    isComplete = false;
    clock = 0;
    knownFlows.clear();
    knownLinks.clear();
    refusals = {};
}

void MonitorClientPrivate::open(const QString &socketPath)
{
    forget(socketPath);
    lastUpdate.start();
    socket = std::make_unique<QLocalSocket>();
    socket->setReadBufferSize(ReadBuffer);
    // Queued: connectToServer() may fail at once, and nobody expects a signal from within a call;
    // and so a slot that closes the client never deletes the socket within a signal of its own.
    const auto heard = [this, current = generation](auto signal, auto slot) {
        QObject::connect(
            socket.get(), signal, q,
            [this, current, slot] {
                if (generation == current)
                    (this->*slot)();
            },
            Qt::QueuedConnection);
    };
    heard(&QLocalSocket::readyRead, &MonitorClientPrivate::read);
    heard(&QLocalSocket::disconnected, &MonitorClientPrivate::endOfSocket);
    heard(&QLocalSocket::errorOccurred, &MonitorClientPrivate::endOfSocket);
    timer.start(GreetingTime);
    socket->connectToServer(path);
}

void MonitorClientPrivate::drop()
{
    ++generation;
    timer.stop();
    isGreeted = false;
    if (!socket)
        return;
    socket->disconnect();
    socket->abort();
    socket.reset();
}

void MonitorClientPrivate::end(const Error &reason)
{
    drop();
    Q_EMIT q->disconnected(reason);
}

void MonitorClientPrivate::endOfSocket()
{
    if (!socket)
        return;
    const QString words = socket->errorString();
    switch (socket->error()) {
    case QLocalSocket::ConnectionRefusedError:
    case QLocalSocket::ServerNotFoundError:
        if (MonitorRegistry::parse(path).pid != 0)
            QFile::remove(path); // nobody listens there any more, whoever has that number now
        end({Error::Code::ConnectionRefused,
             //: %1 is a path
             Text::tr("Nobody can be watched at %1.").arg(path)});
        return;
    case QLocalSocket::UnknownSocketError: // no error at all
    case QLocalSocket::PeerClosedError:
        end({Error::Code::Closed, Text::tr("The process that was watched has ended it.")});
        return;
    default:
        end({Error::Code::NetworkError,
             //: %1 are the system's words
             Text::tr("The process cannot be watched: %1").arg(words)});
    }
}

void MonitorClientPrivate::read()
{
    // A slot may close, or delete, the client.
    const quint64 current = generation;
    const QPointer<MonitorClient> alive(q);
    const auto goesOn = [&] { return alive && generation == current; };
    // In pieces of what is buffered: a flood is decoded before more of it is read.
    while (goesOn() && socket && socket->bytesAvailable() > 0) {
        frames.append(socket->read(MaxMonitorFrame));
        while (const auto bytes = goesOn() ? frames.next() : std::nullopt)
            handleFrame(*bytes);
        if (goesOn() && frames.isBroken())
            end({Error::Code::ProtocolError, Text::tr("The process sent something illegible.")});
    }
}

void MonitorClientPrivate::handleFrame(const QByteArray &bytes)
{
    const MonitorFrame frame = decoded(bytes);
    if (frame.isMalformed || (frame.update && !isGreeted)) {
        end({Error::Code::ProtocolError, Text::tr("The process sent something illegible.")});
        return;
    }
    const quint64 current = generation;
    const QPointer<MonitorClient> alive(q);
    Q_EMIT q->frameReceived(bytes);
    if (!alive || generation != current)
        return;
    if (frame.hello && !isGreeted)
        handleHello(*frame.hello);
    else if (frame.update)
        handleUpdate(*frame.update);
}

void MonitorClientPrivate::handleHello(const MonitorHello &frame)
{
    if (frame.version != MonitorVersion) {
        end({Error::Code::UnsupportedVersion,
             //: %1 and %2 are numbers
             Text::tr("The process speaks version %1 of the monitor's protocol, not %2.")
                 .arg(frame.version)
                 .arg(MonitorVersion)});
        return;
    }
    hello = frame;
    clock = frame.clock;
    isGreeted = true;
    timer.stop();
    if (!wanted.isEmpty())
        request();
    Q_EMIT q->connected();
}

bool MonitorClientPrivate::learn(const MonitorUpdate &update)
{
    for (const FlowSnapshot &flow : update.flows)
        knownFlows.insert(flow.key());
    for (const LinkSnapshot &link : update.links)
        knownLinks.insert(link.key());
    for (const QString &key : update.removedFlows)
        knownFlows.remove(key);
    for (const QString &key : update.removedLinks)
        knownLinks.remove(key);
    return knownFlows.size() <= MaxKnown && knownLinks.size() <= MaxKnown;
}

void MonitorClientPrivate::handleUpdate(const MonitorUpdate &update)
{
    if (!learn(update)) {
        end({Error::Code::LimitReached,
             //: %1 is a number
             Text::tr("The process has more than %1 flows or links.").arg(MaxKnown)});
        return;
    }
    clock = update.clock;
    isComplete = isComplete || update.isComplete;
    refusals = update.refusals.value_or(refusals);
    lastUpdate.start();
    const quint64 current = generation;
    const QPointer<MonitorClient> alive(q);
    const auto goesOn = [&] { return alive && generation == current; };
    if (!update.removedFlows.isEmpty())
        Q_EMIT q->flowsRemoved(update.removedFlows);
    if (goesOn() && !update.removedLinks.isEmpty())
        Q_EMIT q->linksRemoved(update.removedLinks);
    if (goesOn() && !update.flows.isEmpty())
        Q_EMIT q->flowsUpdated(update.flows);
    if (goesOn() && !update.links.isEmpty())
        Q_EMIT q->linksUpdated(update.links);
    for (const auto &[key, events] : update.events) {
        if (goesOn())
            Q_EMIT q->eventsRecorded(key, events);
    }
    if (goesOn())
        Q_EMIT q->updated(update.clock);
}

void MonitorClientPrivate::request()
{
    if (!socket)
        return; // a recording answers nothing
    socket->write(encoded(MonitorRequest{.recordedFlows = wanted}));
}

MonitorClient::MonitorClient(QObject *parent)
    : QObject(parent)
    , d(std::make_unique<MonitorClientPrivate>(this))
{ }

MonitorClient::~MonitorClient()
{
    d->drop();
}

void MonitorClient::connectTo(const QString &socketPath)
{
    d->open(socketPath);
}

void MonitorClient::close()
{
    d->drop();
}

bool MonitorClient::isConnected() const
{
    return d->isGreeted;
}

QString MonitorClient::socketPath() const
{
    return d->path;
}

MonitorProcess MonitorClient::process() const
{
    return {.pid = d->hello.pid,
            .number = MonitorRegistry::parse(d->path).number,
            .program = d->hello.program,
            .socketPath = d->path};
}

QString MonitorClient::nodeId() const
{
    return d->hello.nodeId;
}

qint64 MonitorClient::clock() const
{
    return d->clock;
}

qint64 MonitorClient::clockOffset() const
{
    return d->hello.wallClock - d->hello.clock;
}

Refusals MonitorClient::refusals() const
{
    return d->refusals;
}

bool MonitorClient::isComplete() const
{
    return d->isComplete;
}

qint64 MonitorClient::silence() const
{
    return d->lastUpdate.isValid() ? d->lastUpdate.elapsed() : 0;
}

void MonitorClient::watchEvents(const QStringList &flowKeys)
{
    d->wanted = flowKeys.mid(0, MaxRecordedFlows);
    if (d->isGreeted)
        d->request();
}

void MonitorClient::beginReplay(const QString &source)
{
    d->forget(source);
}

void MonitorClient::replay(const QByteArray &frame)
{
    if (frame.size() > MaxMonitorFrame)
        d->end({Error::Code::ProtocolError, Text::tr("The process sent something illegible.")});
    else
        d->handleFrame(frame);
}

} // namespace QtDelivery
