// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

// Ceiling (a): what the machine can do. Plain POSIX sockets, writes as large as the window allows,
// one cumulative acknowledgement per read.

#include "benchsupport.h"

#include <cerrno>
#include <ctime>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Bench;

namespace {

constexpr std::size_t readBytes = 256 * 1024;
constexpr std::string_view programName = "ceiling_posix";

sockaddr_in loopback(std::uint16_t port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    return address;
}

void setNoDelay(int socket)
{
    const int on = 1;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

int acceptOne(const std::string &portFile)
{
    const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = loopback(0);
    socklen_t length = sizeof address;
    if (bind(listener, reinterpret_cast<sockaddr *>(&address), length) != 0
        || listen(listener, 1) != 0
        || getsockname(listener, reinterpret_cast<sockaddr *>(&address), &length) != 0)
        fail("cannot listen");
    writePortFile(portFile, ntohs(address.sin_port));
    const int connection = accept(listener, nullptr, nullptr);
    if (connection < 0)
        fail("cannot accept");
    setNoDelay(connection);
    close(listener);
    return connection;
}

int connectTo(std::uint16_t port)
{
    const int connection = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = loopback(port);
    if (connect(connection, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
        fail("cannot connect");
    setNoDelay(connection);
    return connection;
}

// False if there is nothing to read now; only with MSG_DONTWAIT.
bool receive(int connection, FrameReader &reader, int flags)
{
    const auto [data, size] = reader.room(readBytes);
    const ssize_t received = recv(connection, data, size, flags);
    if (received < 0 && (errno == EAGAIN || errno == EINTR))
        return false;
    if (received <= 0)
        fail("the connection ended early");
    reader.filled(std::size_t(received));
    return true;
}

void sleepSeconds(double seconds)
{
    const timespec span{time_t(seconds), long((seconds - double(time_t(seconds))) * 1e9)};
    nanosleep(&span, nullptr);
}

void idle(Meter &meter, const Options &options)
{
    sleepSeconds(options.settle);
    meter.begin();
    sleepSeconds(options.seconds);
    meter.end();
}

void finish(const Report &report, const Options &options)
{
    report.print();
    char ignored;
    while (options.hold && read(STDIN_FILENO, &ignored, 1) > 0) { }
}

class Producer
{
public:
    explicit Producer(const Options &options)
        : m_options(options)
        , m_work(options)
        , m_payload(options.size, 'x')
        , m_connection(connectTo(waitForPort(options.portFile)))
    { }

    void run()
    {
        while (!m_work.isFinished()) {
            const auto untilDue = m_options.mode == Mode::Latency ? m_work.pace() : std::nullopt;
            if (m_written == m_batch.size())
                fillBatch();
            writeBatch();
            // Blocks where nothing else can be done; otherwise looks whether acknowledgements are
            // there.
            const bool hasRest = m_written < m_batch.size();
            const bool isBlocked = !hasRest && !mayStart();
            if (hasRest || untilDue)
                wait(hasRest, untilDue);
            if (receive(m_connection, m_acknowledgements,
                        isBlocked && !untilDue ? 0 : MSG_DONTWAIT))
                takeAcknowledgements();
        }
        if (m_options.mode == Mode::Idle)
            idle(m_work.meter(), m_options);
        finish(m_work.report(programName), m_options);
    }

private:
    bool mayStart() const
    {
        return m_work.maySend() && m_work.outstanding() < m_options.windowMessages
            && m_work.outstanding() * std::int64_t(m_options.size) < m_options.windowBytes;
    }

    void fillBatch()
    {
        m_batch.clear();
        m_written = 0;
        while (mayStart() && m_batch.size() < m_options.batchBytes)
            m_work.stamp(m_batch.appendMessage(++m_seqNr, m_payload));
    }

    void writeBatch()
    {
        if (m_written == m_batch.size())
            return;
        const ssize_t sent = send(m_connection, m_batch.data() + m_written,
                                  m_batch.size() - m_written, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent < 0 && errno != EAGAIN && errno != EINTR)
            fail("the connection ended early");
        m_written += sent > 0 ? std::size_t(sent) : 0;
    }

    void wait(bool alsoForWriting, std::optional<std::int64_t> atMostNs)
    {
        pollfd interest{m_connection, short(POLLIN | (alsoForWriting ? POLLOUT : 0)), 0};
        const timespec span{0, long(atMostNs.value_or(0))};
        ppoll(&interest, 1, atMostNs ? &span : nullptr, nullptr);
    }

    void takeAcknowledgements()
    {
        while (const auto frame = m_acknowledgements.next())
            m_work.confirmed(frame->header.seqNr);
    }

    const Options m_options;
    ProducerWork m_work;
    const std::string m_payload;
    const int m_connection;
    FrameBatch m_batch;
    std::size_t m_written = 0;
    FrameReader m_acknowledgements;
    std::int64_t m_seqNr = 0;
};

void consume(const Options &options)
{
    ConsumerWork work(options);
    const int connection = acceptOne(options.portFile);
    FrameReader messages;
    FrameBatch acknowledgement;
    while (!work.isFinished()) {
        if (!receive(connection, messages, 0))
            continue;
        std::int64_t lastSeqNr = 0;
        while (const auto frame = messages.next()) {
            work.take(frame->payload, frame->header.payloadSize);
            lastSeqNr = frame->header.seqNr;
        }
        if (lastSeqNr == 0)
            continue;
        acknowledgement.clear();
        acknowledgement.appendAcknowledgement(lastSeqNr);
        // 24 bytes always fit: at most a window of them is under way.
        if (send(connection, acknowledgement.data(), acknowledgement.size(), MSG_NOSIGNAL)
            != ssize_t(acknowledgement.size()))
            fail("cannot acknowledge");
    }
    if (options.mode == Mode::Idle)
        idle(work.meter(), options);
    finish(work.report(programName), options);
}

} // namespace

int main(int argc, char **argv)
{
    const Options options = parseOptions(argc, argv);
    if (options.role == Role::Producer)
        Producer(options).run();
    else
        consume(options);
    return 0;
}
