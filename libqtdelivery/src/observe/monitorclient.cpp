// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <QtDelivery/monitorclient.h>

#include "core/linkproof.h"
#include "link/transport.h"
#include "monitorframes.h"
#include "monitorproof.h"
#include "words/text.h"

#include <QElapsedTimer>
#include <QFile>
#include <QPointer>
#include <QSet>
#include <QTimer>

namespace QtDelivery {

namespace {

using namespace std::chrono_literals;

constexpr auto GreetingTime = 5s;
constexpr auto NetworkGreetingTime = 20s; // connecting and encryption included
constexpr qsizetype MaxKnown = 100'000; // flows, and links
constexpr qint64 ReadBuffer = 2 * MaxMonitorFrame;

} // namespace

class MonitorClientPrivate final : private ConnectionObserver
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
    void open(const QUrl &url, const TlsSettings &tls, const SharedSecret &secret);
    void begin(const QUrl &url, const TlsSettings &tls, std::chrono::milliseconds time);
    void drop();
    void end(const Error &reason);
    void endLater(const Error &reason);
    void endOfSocket(const Error &reason);
    [[nodiscard]] Error localEnd(const Error &reason) const;
    void handleBytes();
    [[nodiscard]] bool handleProof(const MonitorFrame &frame);
    void answer(const MonitorChallenge &challenge);
    void handleFrame(const QByteArray &bytes);
    void handleHello(const MonitorHello &frame);
    void handleUpdate(const MonitorUpdate &update);
    void request();
    [[nodiscard]] bool learn(const MonitorUpdate &update);

    void connected() override { }
    void readable() override;
    void writable() override { }
    void down(const Error &reason) override;

    MonitorClient *const q;
    QString path;
    std::unique_ptr<Connection> connection;
    QByteArray token; // empty: a local socket, which needs none
    MonitorTranscript transcript;
    bool isProved = false; // the process has shown that it has the token
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
    token.clear();
    transcript = {};
    isProved = false;
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
    QUrl url;
    url.setScheme(QStringLiteral("local"));
    url.setPath(socketPath, QUrl::DecodedMode);
    begin(url, {}, GreetingTime);
}

void MonitorClientPrivate::open(const QUrl &url, const TlsSettings &tls, const SharedSecret &secret)
{
    forget(url.toString());
    token = secret.secret;
    if (url.scheme() != u"tls") {
        endLater({Error::Code::PlainText,
                  //: %1 is an address that the user gave
                  Text::tr("Processes are watched over the network with encryption only: write "
                           "tls://host:port instead of %1.")
                      .arg(url.toString())});
        return;
    }
    for (const Error &error : {checkConnectUrl(url, {}), tls.validate(), secret.validate()}) {
        if (error) {
            endLater(error);
            return;
        }
    }
    begin(url, tls, NetworkGreetingTime);
}

void MonitorClientPrivate::begin(const QUrl &url, const TlsSettings &tls,
                                 std::chrono::milliseconds time)
{
    lastUpdate.start();
    timer.start(time);
    connection = openConnection(url, {.readBufferSize = ReadBuffer}, tls);
    connection->setObserver(this);
}

void MonitorClientPrivate::drop()
{
    ++generation;
    timer.stop();
    isGreeted = false;
    connection.reset();
}

void MonitorClientPrivate::end(const Error &reason)
{
    drop();
    Q_EMIT q->disconnected(reason);
}

/*! Nobody expects a signal from within a call. */
void MonitorClientPrivate::endLater(const Error &reason)
{
    QMetaObject::invokeMethod(
        q,
        [this, reason, current = generation] {
            if (generation == current)
                end(reason);
        },
        Qt::QueuedConnection);
}

// Posted, so that a slot that closes the client never destroys the connection within a signal of
// its own. What is there is read at once, since nothing can be after the end: one read buffer.

void MonitorClientPrivate::readable()
{
    QByteArray bytes(qMin<qint64>(connection->available(), ReadBuffer), Qt::Uninitialized);
    while (const qint64 count = connection->read(bytes.data(), bytes.size()))
        frames.append(bytes.first(count));
    QMetaObject::invokeMethod(
        q,
        [this, current = generation] {
            if (generation == current)
                handleBytes();
        },
        Qt::QueuedConnection);
}

void MonitorClientPrivate::down(const Error &reason)
{
    QMetaObject::invokeMethod(
        q,
        [this, reason, current = generation] {
            if (generation == current)
                endOfSocket(reason);
        },
        Qt::QueuedConnection);
}

void MonitorClientPrivate::endOfSocket(const Error &reason)
{
    const bool isClosed = reason.code() == Error::Code::ConnectionLost;
    if (token.isEmpty())
        end(localEnd(reason));
    else if (isGreeted && isClosed)
        end({Error::Code::Closed, Text::tr("The process that was watched has ended it.")});
    else if (!transcript.watcherNonce.isEmpty() && !isProved && isClosed)
        end({Error::Code::NotAuthenticated,
             //: %1 is an address
             Text::tr("%1 does not accept the token: it must be the one that was given to the "
                      "process there.")
                 .arg(path)});
    else if (isProved && isClosed)
        end({Error::Code::LimitReached,
             //: %1 is an address
             Text::tr("%1 is watched by as many monitors as it allows.").arg(path)});
    else
        end(reason);
}

Error MonitorClientPrivate::localEnd(const Error &reason) const
{
    switch (reason.code()) {
    case Error::Code::ConnectionRefused:
        if (MonitorRegistry::parse(path).pid != 0)
            QFile::remove(path); // nobody listens there any more, whoever has that number now
        return {Error::Code::ConnectionRefused,
                //: %1 is a path
                Text::tr("Nobody can be watched at %1.").arg(path)};
    case Error::Code::ConnectionLost:
        return {Error::Code::Closed, Text::tr("The process that was watched has ended it.")};
    default:
        return {Error::Code::NetworkError,
                //: %1 are the system's words
                Text::tr("The process cannot be watched: %1").arg(reason.message())};
    }
}

void MonitorClientPrivate::handleBytes()
{
    // A slot may close, or delete, the client.
    const quint64 current = generation;
    const QPointer<MonitorClient> alive(q);
    const auto goesOn = [&] { return alive && generation == current; };
    while (const auto bytes = goesOn() ? frames.next() : std::nullopt)
        handleFrame(*bytes);
    if (goesOn() && frames.isBroken())
        end({Error::Code::ProtocolError, Text::tr("The process sent something illegible.")});
}

/*! Whether that was all that \a frame had to say: it is of the proofs, or comes before them. */
bool MonitorClientPrivate::handleProof(const MonitorFrame &frame)
{
    const bool isOfProofs = frame.challenge || frame.processProof;
    if (token.isEmpty() || isProved)
        return isOfProofs; // nobody asked for it
    if (frame.challenge && transcript.processNonce.isEmpty()) {
        answer(*frame.challenge);
        return true;
    }
    const QByteArray expected = transcript.watcherNonce.isEmpty()
        ? QByteArray()
        : monitorProof(MonitorProver::Process, token, transcript);
    isProved = frame.processProof && !expected.isEmpty()
        && equalInConstantTime(frame.processProof->proof, expected);
    if (!isProved)
        end({Error::Code::NotAuthenticated,
             //: %1 is an address
             Text::tr("%1 has not shown that it has the token: somebody else answers there, or "
                      "its token is another one.")
                 .arg(path)});
    return true;
}

void MonitorClientPrivate::answer(const MonitorChallenge &challenge)
{
    transcript = {.processNonce = challenge.nonce,
                  .watcherNonce = newMonitorNonce(),
                  .channelBinding = connection->channelBinding()};
    connection->write(encoded(
        MonitorWatcherProof{.nonce = transcript.watcherNonce,
                            .proof = monitorProof(MonitorProver::Watcher, token, transcript)}));
}

void MonitorClientPrivate::handleFrame(const QByteArray &bytes)
{
    const MonitorFrame frame = decoded(bytes);
    if (frame.isMalformed || (frame.update && !isGreeted)) {
        end({Error::Code::ProtocolError, Text::tr("The process sent something illegible.")});
        return;
    }
    if (handleProof(frame))
        return;
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
    if (!connection)
        return; // a recording answers nothing
    connection->write(encoded(MonitorRequest{.recordedFlows = wanted}));
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

void MonitorClient::connectTo(const QUrl &url, const TlsSettings &tls, const SharedSecret &token)
{
    d->open(url, tls, token);
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
