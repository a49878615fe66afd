// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "synccount.h"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/*
 * What the ceiling programs and the library's program have in common: options, the work of one role
 * in one mode, framing for the ceilings, the report. Free of Qt, so that the POSIX ceiling pays for
 * nothing but sockets.
 *
 * One run of a pair of processes:
 *   setup     every flow sends one message and has it confirmed, so that connecting and attaching
 * are not measured; warm-up   --warmup messages, not measured; measured  --messages messages
 * (throughput, roundtrip), or --seconds (latency, idle). The producer's clock runs from
 * confirmation to confirmation, the consumer's from message to message.
 */
namespace Bench {

enum class Role { Producer, Consumer };
enum class Mode { Throughput, RoundTrip, Latency, Idle };
// When the application confirms: in the slot that gets the message, in a queued slot per message,
// or in one queued slot for all messages that came meanwhile.
enum class Confirm { Direct, Queued, Collected };
// Where the producer stores each message before it is sent: nowhere; b: a file, by the event loop
// or by a thread; library: its queues.
enum class Store { None, Loop, Thread, File, Sqlite };

// Whether the library's node lets itself be watched, and is.
enum class Watch { Off, Server, Watcher };

struct Options
{
    Role role = Role::Producer;
    Mode mode = Mode::Throughput;
    Confirm confirm = Confirm::Direct;
    std::int64_t messages = 100'000;
    std::int64_t warmup = 0;
    std::size_t size = 100;
    double seconds = 4;
    double settle = 1;
    int rate = 500;
    std::int64_t windowMessages = 1024;
    std::int64_t windowBytes = 1024 * 1024;
    std::size_t batchBytes = 256 * 1024;
    int flows = 1;
    double activePercent = 100;
    std::string portFile;
    std::string directory;
    Store store = Store::None;
    bool progress = false;
    bool heartbeat = false;
    bool cold = false;
    bool views = false;
    bool tls = false;
    Watch watch = Watch::Off;
    bool hold = false;
    int timeout = 300;
};

// Ends the process with status 2 and a usage text if the arguments are wrong. Arms the process's
// own time limit.
Options parseOptions(int argc, char **argv);

// Says why on standard error and ends the process with status 1.
[[noreturn]] void fail(const std::string &why);

// Fails if `directory` is not there, or in memory: a sync costs nothing there.
void requireDisk(const std::string &directory);

void writePortFile(const std::string &path, std::uint16_t port);
std::uint16_t waitForPort(const std::string &path);

// CLOCK_MONOTONIC: comparable between processes of one machine.
std::int64_t nanosecondsNow();
// User and system time of this process.
double cpuSecondsNow();

// In microseconds; the samples are sorted. 0 if there are none.
double percentileUs(std::vector<std::int64_t> &samplesNs, double share);

// One flat JSON object, printed once.
class Report
{
public:
    void add(std::string_view name, double value);
    void add(std::string_view name, std::int64_t value);
    // Of bool alone: a literal, too, would rather be one than a string_view.
    void add(std::string_view name, std::same_as<bool> auto value)
    {
        addRaw(name, value ? "true" : "false");
    }
    void add(std::string_view name, std::string_view value);
    void print() const;

private:
    void addRaw(std::string_view name, std::string_view json);
    std::string m_members;
};

// Wall and CPU time of the measured part, and what it synced.
class Meter
{
public:
    void begin();
    void end();
    bool hasBegun() const { return m_beginNs != 0; }
    void report(Report &report) const;
    double seconds() const { return double(m_endNs - m_beginNs) * 1e-9; }

private:
    SyncCount m_syncs;
    std::int64_t m_beginNs = 0;
    std::int64_t m_endNs = 0;
    double m_beginCpu = 0;
    double m_endCpu = 0;
};

// What every payload begins with; the rest is filling.
struct PayloadHead
{
    std::int64_t seqNr; // 1, 2, 3 ... within its flow
    std::int64_t sentNs;
    std::int64_t flow;
};

// The producer's application: how many messages may be sent now, and what has been confirmed.
class ProducerWork
{
public:
    explicit ProducerWork(const Options &options);

    // Whether the mode lets this flow send now. Permission of the transport is not its business.
    bool maySend(std::int64_t flow = 0) const
    {
        const auto i = std::size_t(flow);
        if (m_flowSent[i] == 0)
            return true;
        return m_sent < m_sendLimit && flow % m_activeStride == 0;
    }
    // Writes the head of the flow's next message; the caller sends it.
    void stamp(char *payload, std::int64_t flow = 0)
    {
        ++m_sent;
        const PayloadHead head{++m_flowSent[std::size_t(flow)], m_timed ? nanosecondsNow() : 0,
                               flow};
        if (m_timed)
            m_lastSentNs = head.sentNs;
        std::memcpy(payload, &head, sizeof head);
    }
    // Cumulative within the flow.
    void confirmed(std::int64_t upToSeqNr, std::int64_t flow = 0)
    {
        std::int64_t &known = m_flowConfirmed[std::size_t(flow)];
        if (upToSeqNr > m_flowSent[std::size_t(flow)])
            fail("confirmation of a message that was not sent");
        m_confirmed += upToSeqNr - known;
        known = upToSeqNr;
        if (m_confirmed >= m_nextStage)
            advanceStage();
    }

    std::int64_t outstanding() const { return m_sent - m_confirmed; }
    // All flows are attached: what setup held back may go on.
    bool isSetUp() const { return m_confirmed >= m_flows; }
    bool isFinished() const { return m_confirmed == m_total; }

    // Latency mode: raises the limit to what is due by now; nanoseconds until the next is due,
    // nothing after the last.
    std::optional<std::int64_t> pace();

    Meter &meter() { return m_meter; }
    Report report(std::string_view program);

private:
    void advanceStage();
    void openMeasuredStage();

    const Options m_options;
    const std::int64_t m_flows;
    const std::int64_t m_activeStride;
    const std::int64_t m_total;
    const bool m_timed;
    std::int64_t m_sendLimit =
        0; // raised stage by stage, message by message in round trip and latency mode
    std::int64_t m_sent = 0;
    std::int64_t m_confirmed = 0;
    std::int64_t m_nextStage;
    std::int64_t m_confirmedAtBegin = 0;
    std::int64_t m_lastSentNs = 0;
    std::int64_t m_paceStartNs = 0;
    std::vector<std::int64_t> m_flowSent;
    std::vector<std::int64_t> m_flowConfirmed;
    std::vector<std::int64_t> m_samplesNs;
    Meter m_meter;
};

// The consumer's application: is every message there, once and in order?
class ConsumerWork
{
public:
    explicit ConsumerWork(const Options &options);

    void take(const char *payload, std::size_t size, std::int64_t flow = 0)
    {
        PayloadHead head;
        if (size != m_options.size)
            fail("a payload has the wrong size");
        std::memcpy(&head, payload, sizeof head);
        if (head.flow != flow || head.seqNr != ++m_flowReceived[std::size_t(flow)])
            fail("out of order: flow " + std::to_string(flow) + " got "
                 + std::to_string(head.seqNr));
        ++m_received;
        if (m_options.mode == Mode::Latency && m_received > m_beginAt)
            m_samplesNs.push_back(nanosecondsNow() - head.sentNs);
        if (m_received == m_beginAt)
            beginMeasuring();
        if (m_received == m_total)
            endMeasuring();
    }

    bool isFinished() const { return m_received == m_total; }
    Meter &meter() { return m_meter; }
    Report report(std::string_view program);

private:
    void beginMeasuring();
    void endMeasuring();

    const Options m_options;
    const std::int64_t m_beginAt;
    const std::int64_t m_total;
    std::int64_t m_received = 0;
    std::vector<std::int64_t> m_flowReceived;
    std::vector<std::int64_t> m_samplesNs;
    Meter m_meter;
};

// The framing of the ceiling programs: a header of 24 bytes, then the payload.
enum class FrameType : std::uint32_t { Message = 1, Acknowledgement = 2 };

struct FrameHeader
{
    std::uint32_t payloadSize;
    FrameType type;
    std::int64_t seqNr;
    std::int64_t reserved; // a real protocol has a flow and flags here
};
static_assert(sizeof(FrameHeader) == 24);

// Frames that leave in one write.
class FrameBatch
{
public:
    void appendAcknowledgement(std::int64_t seqNr) { append(FrameType::Acknowledgement, seqNr, 0); }
    // The caller fills the payload in; `payloadTemplate` is copied there first.
    char *appendMessage(std::int64_t seqNr, std::string_view content)
    {
        char *payload = append(FrameType::Message, seqNr, content.size());
        std::memcpy(payload, content.data(), content.size());
        return payload;
    }
    const char *data() const { return m_bytes.data(); }
    std::size_t size() const { return m_used; }
    bool isEmpty() const { return m_used == 0; }
    void clear() { m_used = 0; }

private:
    char *append(FrameType type, std::int64_t seqNr, std::size_t payloadSize)
    {
        const std::size_t needed = m_used + sizeof(FrameHeader) + payloadSize;
        if (needed > m_bytes.size())
            m_bytes.resize(2 * needed);
        const FrameHeader header{std::uint32_t(payloadSize), type, seqNr, 0};
        std::memcpy(m_bytes.data() + m_used, &header, sizeof header);
        char *payload = m_bytes.data() + m_used + sizeof header;
        m_used = needed;
        return payload;
    }

    std::vector<char> m_bytes;
    std::size_t m_used = 0;
};

// Bytes in, views of whole frames out.
class FrameReader
{
public:
    struct Frame
    {
        FrameHeader header;
        const char *payload;
    };

    // Room for at least `atLeast` bytes; ends the life of frames handed out before.
    std::pair<char *, std::size_t> room(std::size_t atLeast)
    {
        if (m_begin == m_end) {
            m_begin = m_end = 0;
        } else if (m_bytes.size() - m_end < atLeast) {
            std::memmove(m_bytes.data(), m_bytes.data() + m_begin, m_end - m_begin);
            m_end -= m_begin;
            m_begin = 0;
        }
        if (m_bytes.size() - m_end < atLeast)
            m_bytes.resize(m_end + atLeast);
        return {m_bytes.data() + m_end, m_bytes.size() - m_end};
    }
    void filled(std::size_t bytes) { m_end += bytes; }

    std::optional<Frame> next()
    {
        const std::size_t available = m_end - m_begin;
        if (available < sizeof(FrameHeader))
            return std::nullopt;
        Frame frame;
        std::memcpy(&frame.header, m_bytes.data() + m_begin, sizeof frame.header);
        const std::size_t whole = sizeof frame.header + frame.header.payloadSize;
        if (available < whole)
            return std::nullopt;
        frame.payload = m_bytes.data() + m_begin + sizeof frame.header;
        m_begin += whole;
        return frame;
    }

private:
    std::vector<char> m_bytes;
    std::size_t m_begin = 0;
    std::size_t m_end = 0;
};

} // namespace Bench
