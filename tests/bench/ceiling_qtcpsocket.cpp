// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

// Ceiling (b): what Qt can do. A bare QTcpSocket, own framing, one write and flush per event-loop
// turn, one acknowledgement frame per message. A message is a QByteArray that the application
// makes, and one that it is handed, as in any Qt program; with --views not even that. With
// --queued-confirm each message is handed over in a queued call. With --store each turn's batch is
// written to a file and synced before it is sent. With --tls the socket is a bare QSslSocket. It
// keeps nothing for a resend and knows one flow:
// everything a library does beyond that shows as a ratio below one.

#include "qtbenchsupport.h"
#include "syncedlog.h"
#include "tlsidentity.h"

#include <QCoreApplication>
#include <QFile>
#include <QHostAddress>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>
#include <QTcpServer>
#include <QTcpSocket>

#include <memory>
#include <optional>

using namespace Bench;

namespace {

constexpr qint64 readBytes = 256 * 1024;
constexpr std::string_view programName = "ceiling_qtcpsocket";

void configure(QTcpSocket &socket)
{
    socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    socket.setReadBufferSize(readBytes);
}

// Everything the socket has, into the reader; its buffer is bounded, so nothing may stay behind.
void drain(QTcpSocket &socket, FrameReader &reader)
{
    while (socket.bytesAvailable() > 0) {
        const auto [data, size] = reader.room(std::size_t(socket.bytesAvailable()));
        const qint64 received = socket.read(data, qint64(size));
        if (received <= 0)
            fail("cannot read");
        reader.filled(std::size_t(received));
    }
}

void writeAndFlush(QTcpSocket &socket, FrameBatch &batch)
{
    if (batch.isEmpty())
        return;
    if (socket.write(batch.data(), qint64(batch.size())) != qint64(batch.size()))
        fail("cannot write");
    batch.clear();
    socket.flush();
}

/*! Made with what the application's socket is to be. */
std::unique_ptr<QTcpSocket> makeSocket(const Options &options)
{
    if (!options.tls)
        return std::make_unique<QTcpSocket>();
    auto socket = std::make_unique<QSslSocket>();
    const TlsIdentity identity(options);
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setProtocol(QSsl::TlsV1_2OrLater);
    if (options.role == Role::Consumer) {
        configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
        configuration.setLocalCertificateChain(
            QSslCertificate::fromPath(identity.certificateFile()));
        QFile key(identity.keyFile());
        if (!key.open(QIODevice::ReadOnly))
            fail("there is no key");
        configuration.setPrivateKey(QSslKey(&key, QSsl::Ec));
    }
    socket->setSslConfiguration(configuration);
    return socket;
}

/*! The descriptor becomes makeSocket()'s. */
class Server final : public QTcpServer
{
public:
    explicit Server(const Options &options)
        : m_options(options)
    { }

private:
    void incomingConnection(qintptr descriptor) override
    {
        auto socket = makeSocket(m_options);
        socket->setParent(this);
        if (!socket->setSocketDescriptor(descriptor))
            fail("cannot accept");
        if (auto *ssl = qobject_cast<QSslSocket *>(socket.get()))
            ssl->startServerEncryption();
        addPendingConnection(socket.release());
    }

    const Options &m_options;
};

class Producer
{
public:
    explicit Producer(const Options &options)
        : m_options(options)
        , m_work(options)
        , m_finisher(m_work, m_options, programName)
        , m_pacer(m_work, [this] { pump(); })
        , m_payload(options.size, 'x')
    {
        openStore();
        QObject::connect(m_socket.get(), &QTcpSocket::readyRead, m_socket.get(),
                         [this] { takeAcknowledgements(); });
        QObject::connect(m_socket.get(), &QTcpSocket::bytesWritten, m_socket.get(),
                         [this] { pump(); });
        QObject::connect(m_socket.get(), &QTcpSocket::errorOccurred, m_socket.get(), [this] {
            if (!m_finisher.isStarted())
                fail("the connection ended early");
        });
        connectToConsumer();
    }

private:
    void connectToConsumer()
    {
        const auto begin = [this] {
            configure(*m_socket);
            m_isOpen = true;
            pump();
        };
        const quint16 port = waitForPort(m_options.portFile);
        if (auto *ssl = qobject_cast<QSslSocket *>(m_socket.get())) {
            QObject::connect(ssl, &QSslSocket::encrypted, ssl, begin);
            // Whoever made the certificate is the consumer: that is enough for a benchmark.
            QObject::connect(ssl, &QSslSocket::sslErrors, ssl, [ssl] { ssl->ignoreSslErrors(); });
            ssl->connectToHostEncrypted(QStringLiteral("127.0.0.1"), port);
            return;
        }
        QObject::connect(m_socket.get(), &QTcpSocket::connected, m_socket.get(), begin);
        m_socket->connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    }

    void openStore()
    {
        if (m_options.store == Store::Loop)
            m_log.emplace(m_options.directory);
        if (m_options.store == Store::Thread) {
            m_thread.emplace(m_options.directory, [this] {
                QMetaObject::invokeMethod(
                    m_socket.get(), [this] { sendStored(); }, Qt::QueuedConnection);
            });
        }
    }

    bool mayStart() const
    {
        return m_work.maySend() && m_work.outstanding() < m_options.windowMessages
            && m_work.outstanding() * std::int64_t(m_options.size) < m_options.windowBytes;
    }

    void appendMessage()
    {
        if (m_options.views) {
            m_work.stamp(m_batch.appendMessage(++m_seqNr, m_payload));
            return;
        }
        QByteArray message(m_payload.data(), qsizetype(m_payload.size()));
        m_work.stamp(message.data());
        m_batch.appendMessage(++m_seqNr, {message.constData(), std::size_t(message.size())});
    }

    void pump()
    {
        // flush() emits bytesWritten from within: without the guard the inner call would send
        // before the outer one.
        if (m_isPumping || !m_isOpen)
            return;
        m_isPumping = true;
        while (mayStart() && m_socket->bytesToWrite() < qint64(m_options.batchBytes)) {
            while (mayStart() && m_batch.size() < m_options.batchBytes)
                appendMessage();
            if (m_thread) {
                storeLater();
                break;
            }
            if (m_log)
                m_log->append(m_batch.data(), m_batch.size());
            writeAndFlush(*m_socket, m_batch);
        }
        m_isPumping = false;
    }

    // What comes while a batch is stored is the next one.
    void storeLater()
    {
        if (m_isStoring || m_batch.isEmpty())
            return;
        m_isStoring = true;
        m_thread->store(m_batch);
    }

    void sendStored()
    {
        m_isStoring = false;
        // The next is stored while this is sent; the thread has its own buffer again by then.
        FrameBatch stored;
        std::swap(stored, m_thread->batch());
        storeLater();
        const bool wasPumping = std::exchange(m_isPumping, true);
        writeAndFlush(*m_socket, stored);
        m_isPumping = wasPumping;
        if (m_batch.isEmpty())
            std::swap(m_batch, stored);
        pump();
    }

    void takeAcknowledgements()
    {
        const bool wasSetUp = m_work.isSetUp();
        drain(*m_socket, m_acknowledgements);
        while (const auto frame = m_acknowledgements.next())
            m_work.confirmed(frame->header.seqNr);
        if (m_work.isFinished()) {
            m_finisher.start();
            return;
        }
        if (!wasSetUp && m_work.isSetUp() && m_options.mode == Mode::Latency)
            m_pacer.start();
        pump();
    }

    const Options m_options;
    ProducerWork m_work;
    Finisher<ProducerWork> m_finisher;
    Pacer m_pacer;
    const std::string m_payload;
    const std::unique_ptr<QTcpSocket> m_socket = makeSocket(m_options);
    FrameBatch m_batch;
    FrameReader m_acknowledgements;
    std::optional<SyncedLog> m_log;
    std::optional<SyncThread> m_thread;
    std::int64_t m_seqNr = 0;
    bool m_isOpen = false;
    bool m_isPumping = false;
    bool m_isStoring = false;
};

class Consumer
{
public:
    explicit Consumer(const Options &options)
        : m_options(options)
        , m_work(options)
        , m_finisher(m_work, m_options, programName)
    {
        if (m_options.tls)
            TlsIdentity(m_options).make();
        if (!m_server.listen(QHostAddress::LocalHost))
            fail("cannot listen");
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] { accept(); });
        writePortFile(m_options.portFile, m_server.serverPort());
    }

private:
    void accept()
    {
        m_socket = m_server.nextPendingConnection();
        m_server.close();
        configure(*m_socket);
        QObject::connect(m_socket, &QTcpSocket::readyRead, m_socket, [this] { takeMessages(); });
        QObject::connect(m_socket, &QTcpSocket::errorOccurred, m_socket, [this] {
            if (!m_finisher.isStarted())
                fail("the connection ended early");
        });
    }

    void takeMessage(const char *payload, std::size_t size)
    {
        if (m_options.views) {
            m_work.take(payload, size);
            return;
        }
        const QByteArray message(payload, qsizetype(size));
        m_work.take(message.constData(), std::size_t(message.size()));
    }

    void takeMessages()
    {
        drain(*m_socket, m_messages);
        while (const auto frame = m_messages.next()) {
            if (m_options.confirm == Confirm::Queued) {
                takeLater(*frame);
                continue;
            }
            takeMessage(frame->payload, frame->header.payloadSize);
            m_acknowledgements.appendAcknowledgement(frame->header.seqNr);
        }
        finishTurn();
    }

    // 64 at a time, as many as the library's flows have outstanding; then the turn ends.
    template <typename Frame> void takeLater(const Frame &frame)
    {
        ++m_queued;
        QMetaObject::invokeMethod(
            m_socket,
            [this, message = QByteArray(frame.payload, qsizetype(frame.header.payloadSize)),
             seqNr = frame.header.seqNr] {
                m_work.take(message.constData(), std::size_t(message.size()));
                m_acknowledgements.appendAcknowledgement(seqNr);
                if (--m_queued % 64 == 0)
                    finishTurn();
            },
            Qt::QueuedConnection);
    }

    void finishTurn()
    {
        writeAndFlush(*m_socket, m_acknowledgements);
        if (m_work.isFinished() && !m_finisher.isStarted())
            m_finisher.start();
    }

    const Options m_options;
    ConsumerWork m_work;
    Finisher<ConsumerWork> m_finisher;
    Server m_server{m_options};
    QTcpSocket *m_socket = nullptr; // the server's child
    FrameReader m_messages;
    FrameBatch m_acknowledgements;
    int m_queued = 0;
};

template <typename Party> int runParty(const Options &options)
{
    const Party party(options);
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    const Options options = parseOptions(argc, argv);
    const QCoreApplication application(argc, argv);
    return options.role == Role::Producer ? runParty<Producer>(options)
                                          : runParty<Consumer>(options);
}
