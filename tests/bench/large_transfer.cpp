// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

// One large message, from memory to memory or from file to file, through the library or, as the
// ceiling, through a bare QTcpSocket that computes the same digest. With --side-flow small messages
// share the library's link, and the consumer reports how long they take.

#include "qtbenchsupport.h"

#include <QtDelivery/consumercontroller.h>
#include <QtDelivery/deliverynode.h>
#include <QtDelivery/producercontroller.h>

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QCryptographicHash>
#include <QFile>
#include <QSocketNotifier>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>
#include <QUrl>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <memory>
#include <vector>

#include <unistd.h>

using namespace Bench;
using namespace QtDelivery;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 Chunk = 64 * 1024;
constexpr qint64 HighWater = 256 * 1024;
constexpr qsizetype DigestBytes = 32;

struct Arguments
{
    bool isProducer = false;
    bool isLibrary = true;
    bool fromFile = false;
    bool hasSideFlow = false;
    qint64 bytes = 0;
    QString directory;
    std::string portFile;
};

Arguments parse(const QStringList &arguments)
{
    QCommandLineParser parser;
    const QCommandLineOption role(u"role"_s, {}, u"role"_s);
    const QCommandLineOption via(u"via"_s, {}, u"via"_s, u"library"_s);
    const QCommandLineOption from(u"from"_s, {}, u"from"_s, u"memory"_s);
    const QCommandLineOption side(u"side-flow"_s);
    const QCommandLineOption bytes(u"bytes"_s, {}, u"bytes"_s);
    const QCommandLineOption directory(u"directory"_s, {}, u"directory"_s);
    const QCommandLineOption portFile(u"port-file"_s, {}, u"port-file"_s);
    const QCommandLineOption hold(u"hold"_s);
    parser.addOptions({role, via, from, side, bytes, directory, portFile, hold});
    if (!parser.parse(arguments))
        fail(parser.errorText().toStdString());
    return {.isProducer = parser.value(role) == u"producer",
            .isLibrary = parser.value(via) == u"library",
            .fromFile = parser.value(from) == u"file",
            .hasSideFlow = parser.isSet(side),
            .bytes = parser.value(bytes).toLongLong(),
            .directory = parser.value(directory),
            .portFile = parser.value(portFile).toStdString()};
}

void require(const Error &error)
{
    if (error)
        fail(error.message().toStdString());
}

qint64 monotonicNs()
{
    return std::chrono::steady_clock::now().time_since_epoch().count();
}

/*! A line of /proc/self/status, in KiB. */
qint64 statusKiB(const QByteArray &name)
{
    QFile file(u"/proc/self/status"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith(name + ':'))
            return line.mid(name.size() + 1).trimmed().split(' ').first().toLongLong();
    }
    return 0;
}

QByteArray block(qint64 number)
{
    QByteArray bytes(Chunk, Qt::Uninitialized);
    quint64 state = quint64(number) * 0x9e3779b97f4a7c15u + 1;
    for (qsizetype i = 0; i < bytes.size(); i += 8) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        std::memcpy(bytes.data() + i, &state, 8);
    }
    return bytes;
}

QString sourceFile(const Arguments &arguments)
{
    const QString path = arguments.directory + u"/source"_s;
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        fail("the source cannot be written");
    for (qint64 at = 0; at < arguments.bytes; at += Chunk) {
        if (file.write(block(at / Chunk)) != Chunk)
            fail("the source cannot be written");
    }
    // A disk that is still busy with the source would be measured with the transfer.
    if (!file.flush() || ::fdatasync(file.handle()) != 0)
        fail("the source cannot be written");
    return path;
}

/*! What both sides of either way report, and when they leave. */
class Party
{
public:
    explicit Party(Arguments arguments)
        : m_arguments(std::move(arguments))
        , m_standardInput(STDIN_FILENO, QSocketNotifier::Read)
    {
        QObject::connect(&m_standardInput, &QSocketNotifier::activated, &m_standardInput, [] {
            char byte = 0;
            if (::read(STDIN_FILENO, &byte, 1) <= 0)
                QCoreApplication::quit();
        });
    }

protected:
    void begin()
    {
        m_residentBefore = statusKiB("VmRSS");
        m_meter.begin();
    }
    void finish(const std::vector<qint64> &samples = {})
    {
        m_meter.end();
        Report report;
        report.add("complete", true);
        report.add("ordered", true);
        report.add("messages", std::int64_t(1));
        m_meter.report(report);
        report.add("peakExtraKiB", std::int64_t(statusKiB("VmHWM") - m_residentBefore));
        if (!samples.empty()) {
            std::vector<qint64> sorted = samples;
            std::ranges::sort(sorted);
            report.add("p99us", double(sorted[sorted.size() * 99 / 100]) / 1000);
        }
        report.print();
    }

    const Arguments m_arguments;
    Meter m_meter;
    qint64 m_residentBefore = 0;

private:
    QSocketNotifier m_standardInput;
};

// ---- the library

class LibraryProducer : Party
{
public:
    explicit LibraryProducer(const Arguments &arguments)
        : Party(arguments)
        , m_large(u"large"_s, settings(), &m_node)
        , m_small(u"small"_s, &m_node)
    {
        if (m_arguments.fromFile)
            m_source = sourceFile(m_arguments);
        else
            m_payload = QByteArray(m_arguments.bytes, 'x');
        QObject::connect(&m_large, &ProducerController::requestNext, &m_application, [this] {
            if (!std::exchange(m_isSent, true))
                QTimer::singleShot(m_arguments.hasSideFlow ? 500 : 0, &m_application,
                                   [this] { send(); });
        });
        QObject::connect(&m_large, &ProducerController::confirmed, &m_application,
                         [this] { finish(); });
        QObject::connect(&m_pace, &QTimer::timeout, &m_application, [this] { sendSmall(); });
        require(m_large.start(&m_application));
        require(m_small.start(&m_application));
        require(
            m_node.connectTo(QUrl(u"tcp://127.0.0.1:%1"_s.arg(waitForPort(m_arguments.portFile)))));
        if (m_arguments.hasSideFlow) {
            m_pace.setTimerType(Qt::PreciseTimer);
            m_pace.start(2);
        }
    }

private:
    static ProducerSettings settings()
    {
        ProducerSettings settings;
        settings.maxMessageSize = 1 << 30;
        return settings;
    }

    void send()
    {
        begin();
        const SendResult result =
            m_arguments.fromFile ? m_large.sendFile(m_source) : m_large.send(m_payload);
        require(result.error());
    }

    void sendSmall()
    {
        QByteArray payload(100, 'x');
        const qint64 now = monotonicNs();
        std::memcpy(payload.data(), &now, sizeof(now));
        if (m_small.demand())
            require(m_small.send(payload).error());
    }

    QObject m_application;
    DeliveryNode m_node;
    ProducerController m_large;
    ProducerController m_small;
    QTimer m_pace;
    QString m_source;
    QByteArray m_payload;
    bool m_isSent = false;
};

class LibraryConsumer : Party
{
public:
    explicit LibraryConsumer(const Arguments &arguments)
        : Party(arguments)
        , m_large(u"large consumer"_s, settings(arguments), &m_node)
        , m_small(u"small consumer"_s, &m_node)
    {
        QObject::connect(&m_large, &ConsumerController::chunkProgress, &m_application, [this] {
            if (!m_meter.hasBegun())
                begin();
        });
        QObject::connect(&m_large, &ConsumerController::delivered, &m_application,
                         [this](const Delivery &delivery) {
                             if (delivery.payloadSize() != m_arguments.bytes)
                                 fail("the payload has the wrong size");
                             require(m_large.confirm(delivery));
                             finish(m_samples);
                         });
        QObject::connect(&m_small, &ConsumerController::delivered, &m_application,
                         [this](const Delivery &delivery) { takeSmall(delivery); });
        require(m_node.listen(QUrl(u"tcp://127.0.0.1:0"_s)));
        require(m_large.start(&m_application));
        require(m_large.registerToProducerController(u"large"_s));
        require(m_small.start(&m_application));
        require(m_small.registerToProducerController(u"small"_s));
        writePortFile(m_arguments.portFile, quint16(m_node.listeningUrls().constFirst().port()));
    }

private:
    static ConsumerSettings settings(const Arguments &arguments)
    {
        ConsumerSettings settings;
        settings.maxMessageSize = 1 << 30;
        if (arguments.fromFile)
            settings.spoolDirectory = arguments.directory + u"/spool"_s;
        return settings;
    }

    void takeSmall(const Delivery &delivery)
    {
        qint64 sent = 0;
        std::memcpy(&sent, delivery.payload().constData(), sizeof(sent));
        if (m_meter.hasBegun()) // while the large one passes
            m_samples.push_back(monotonicNs() - sent);
        require(m_small.confirm(delivery));
    }

    QObject m_application;
    DeliveryNode m_node;
    ConsumerController m_large;
    ConsumerController m_small;
    std::vector<qint64> m_samples;
};

// ---- a bare socket

class SocketProducer : Party
{
public:
    explicit SocketProducer(const Arguments &arguments)
        : Party(arguments)
        , m_file(m_arguments.fromFile ? sourceFile(m_arguments) : QString())
    {
        if (!m_arguments.fromFile)
            m_payload = QByteArray(m_arguments.bytes, 'x');
        else if (!m_file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
            fail("the source cannot be read");
        QObject::connect(&m_socket, &QTcpSocket::connected, &m_socket, [this] {
            m_socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
            begin();
            if (m_arguments.fromFile)
                pump();
            else
                m_socket.write(m_payload);
        });
        QObject::connect(&m_socket, &QTcpSocket::bytesWritten, &m_socket, [this] { pump(); });
        QObject::connect(&m_socket, &QTcpSocket::readyRead, &m_socket, [this] { finish(); });
        m_socket.connectToHost(u"127.0.0.1"_s, waitForPort(m_arguments.portFile));
    }

private:
    void pump()
    {
        while (m_arguments.fromFile && !m_isAtEnd && m_socket.bytesToWrite() < HighWater) {
            const QByteArray bytes = m_file.read(Chunk);
            m_hash.addData(bytes);
            m_sent += bytes.size();
            m_socket.write(bytes);
            m_isAtEnd = m_sent == m_arguments.bytes;
            if (m_isAtEnd)
                m_socket.write(m_hash.result());
        }
    }

    QTcpSocket m_socket;
    QFile m_file;
    QByteArray m_payload;
    QCryptographicHash m_hash{QCryptographicHash::Blake2b_256};
    qint64 m_sent = 0;
    bool m_isAtEnd = false;
};

class SocketConsumer : Party
{
public:
    explicit SocketConsumer(const Arguments &arguments)
        : Party(arguments)
        , m_file(m_arguments.directory + u"/target"_s)
    {
        if (!m_file.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
            fail("the target cannot be written");
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] {
            m_socket = m_server.nextPendingConnection();
            m_socket->setReadBufferSize(HighWater);
            QObject::connect(m_socket, &QTcpSocket::readyRead, &m_server, [this] { take(); });
        });
        if (!m_server.listen(QHostAddress::LocalHost))
            fail("no port");
        writePortFile(m_arguments.portFile, m_server.serverPort());
    }

private:
    void take()
    {
        if (!m_meter.hasBegun())
            begin();
        if (m_arguments.fromFile)
            takeIntoFile();
        else
            m_payload += m_socket->readAll();
        if (m_arguments.fromFile ? m_digest.size() == DigestBytes
                                 : m_payload.size() == m_arguments.bytes) {
            if (m_arguments.fromFile && m_digest != m_hash.result())
                fail("another digest");
            m_socket->write("!");
            finish();
        }
    }

    void takeIntoFile()
    {
        while (m_socket->bytesAvailable() > 0) {
            const qint64 rest = m_arguments.bytes - m_received;
            const QByteArray bytes = m_socket->read(rest > 0 ? std::min(rest, Chunk) : DigestBytes);
            if (rest <= 0) {
                m_digest += bytes;
                continue;
            }
            m_hash.addData(bytes);
            m_received += bytes.size();
            if (m_file.write(bytes) != bytes.size())
                fail("the target cannot be written");
        }
    }

    QTcpServer m_server;
    QTcpSocket *m_socket = nullptr;
    QFile m_file;
    QByteArray m_payload;
    QByteArray m_digest;
    QCryptographicHash m_hash{QCryptographicHash::Blake2b_256};
    qint64 m_received = 0;
};

template <typename Role> int runRole(const Arguments &arguments)
{
    const Role role(arguments);
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const Arguments arguments = parse(QCoreApplication::arguments());
    if (arguments.isLibrary)
        return arguments.isProducer ? runRole<LibraryProducer>(arguments)
                                    : runRole<LibraryConsumer>(arguments);
    return arguments.isProducer ? runRole<SocketProducer>(arguments)
                                : runRole<SocketConsumer>(arguments);
}
