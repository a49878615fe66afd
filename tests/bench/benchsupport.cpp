// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "benchsupport.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <limits>

#include <sys/resource.h>
#include <sys/vfs.h>
#include <unistd.h>

namespace Bench {

namespace {

constexpr std::string_view usage =
    R"(usage: PROGRAM --role producer|consumer --mode throughput|roundtrip|latency|idle --port-file FILE [options]
  --messages N         measured messages (throughput, roundtrip)        100000
  --warmup N           messages before the measured ones                0
  --size BYTES         payload, at least 24                             100
  --seconds T          length of latency and idle mode                  4
  --settle T           idle mode: pause before the measured part        1
  --rate N             latency mode: messages a second                  500
  --window-messages N  unconfirmed messages at most                     1024
  --window-bytes N     ceilings: unconfirmed payload bytes at most      1048576
  --batch-bytes N      ceilings: bytes in one write at most             262144
  --views              b: no message objects, payloads are views of its buffers
  --monitor            library: a monitor server on the node, nobody watches
  --watched            library: the same, and one watcher at 10 Hz on either side
  --flows K            library: flows on the one link                   1
  --active-percent P   library: share of the flows that send            100
  --directory DIR      where files are kept
  --store KIND         producer: store each message in DIR and sync before it is sent; b: loop or
                       thread, who does that; library: file or sqlite, which queue
  --progress           library, consumer: FileConsumerProgress in DIR
  --heartbeat          library, producer: how late a timer is meanwhile
  --cold               durable_load: the system has to read the files from the disk
  --queued-confirm     b and library: confirm each message in a queued slot
  --collected-confirm  library: one queued slot confirms what came meanwhile
  --hold               after the report stay connected until standard input ends
  --timeout T          give up after T seconds                          300
The consumer listens on 127.0.0.1 and writes its port to FILE. Both print one JSON object at the end.
)";

[[noreturn]] void refuse(const std::string &why)
{
    std::fprintf(stderr, "%s\n%s", why.c_str(), usage.data());
    std::exit(2);
}

double parseNumber(std::string_view option, std::string_view text)
{
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < 0)
        refuse("not a number for " + std::string(option) + ": " + std::string(text));
    return value;
}

Role parseRole(std::string_view text)
{
    if (text == "producer")
        return Role::Producer;
    if (text == "consumer")
        return Role::Consumer;
    refuse("unknown role " + std::string(text));
}

constexpr std::pair<std::string_view, Mode> modeNames[] = {{"throughput", Mode::Throughput},
                                                           {"roundtrip", Mode::RoundTrip},
                                                           {"latency", Mode::Latency},
                                                           {"idle", Mode::Idle}};

Mode parseMode(std::string_view text)
{
    for (const auto &[name, mode] : modeNames) {
        if (name == text)
            return mode;
    }
    refuse("unknown mode " + std::string(text));
}

std::string_view nameOf(Mode mode)
{
    for (const auto &[name, value] : modeNames) {
        if (value == mode)
            return name;
    }
    return "unknown";
}

constexpr std::pair<std::string_view, Store> storeNames[] = {{"loop", Store::Loop},
                                                             {"thread", Store::Thread},
                                                             {"file", Store::File},
                                                             {"sqlite", Store::Sqlite}};

Store parseStore(std::string_view text)
{
    for (const auto &[name, store] : storeNames) {
        if (name == text)
            return store;
    }
    refuse("unknown store " + std::string(text));
}

using SetNumber = void (*)(Options &, double);
constexpr std::pair<std::string_view, SetNumber> numbers[] = {
    {"--messages", [](Options &o, double value) { o.messages = std::int64_t(value); }},
    {"--warmup", [](Options &o, double value) { o.warmup = std::int64_t(value); }},
    {"--size", [](Options &o, double value) { o.size = std::size_t(value); }},
    {"--seconds", [](Options &o, double value) { o.seconds = value; }},
    {"--settle", [](Options &o, double value) { o.settle = value; }},
    {"--rate", [](Options &o, double value) { o.rate = int(value); }},
    {"--window-messages", [](Options &o, double value) { o.windowMessages = std::int64_t(value); }},
    {"--window-bytes", [](Options &o, double value) { o.windowBytes = std::int64_t(value); }},
    {"--batch-bytes", [](Options &o, double value) { o.batchBytes = std::size_t(value); }},
    {"--flows", [](Options &o, double value) { o.flows = int(value); }},
    {"--active-percent", [](Options &o, double value) { o.activePercent = value; }},
    {"--timeout", [](Options &o, double value) { o.timeout = int(value); }},
};

bool applyNumber(Options &options, std::string_view name, std::string_view text)
{
    for (const auto &[known, set] : numbers) {
        if (known == name) {
            set(options, parseNumber(name, text));
            return true;
        }
    }
    return false;
}

bool applyFlag(Options &options, std::string_view name)
{
    if (name == "--hold")
        options.hold = true;
    else if (name == "--views")
        options.views = true;
    else if (name == "--tls")
        options.tls = true;
    else if (name == "--progress")
        options.progress = true;
    else if (name == "--cold")
        options.cold = true;
    else if (name == "--heartbeat")
        options.heartbeat = true;
    else if (name == "--monitor")
        options.watch = Watch::Server;
    else if (name == "--watched")
        options.watch = Watch::Watcher;
    else if (name == "--queued-confirm")
        options.confirm = Confirm::Queued;
    else if (name == "--collected-confirm")
        options.confirm = Confirm::Collected;
    else
        return false;
    return true;
}

// Messages of the measured part.
std::int64_t measuredMessages(const Options &options)
{
    switch (options.mode) {
    case Mode::Throughput:
    case Mode::RoundTrip:
        return options.messages;
    case Mode::Latency:
        return std::int64_t(options.seconds * options.rate);
    case Mode::Idle:
        break;
    }
    return 0;
}

std::int64_t warmupMessages(const Options &options)
{
    return options.mode == Mode::Idle ? 0 : options.warmup;
}

std::int64_t totalMessages(const Options &options)
{
    return options.flows + warmupMessages(options) + measuredMessages(options);
}

std::int64_t memoryKiB(std::string_view field)
{
    std::ifstream rollup("/proc/self/smaps_rollup");
    std::string line;
    while (std::getline(rollup, line)) {
        if (line.starts_with(field))
            return std::strtoll(line.c_str() + field.size(), nullptr, 10);
    }
    return -1;
}

void addMemory(Report &report)
{
    // Not ru_maxrss: Linux carries it across fork and exec, so it would show the driver's memory.
    report.add("rssKiB", memoryKiB("Rss:"));
    report.add("pssKiB", memoryKiB("Pss:"));
}

void addPercentiles(Report &report, std::vector<std::int64_t> &samples)
{
    if (samples.empty())
        return;
    report.add("p50us", percentileUs(samples, 0.50));
    report.add("p90us", percentileUs(samples, 0.90));
    report.add("p99us", percentileUs(samples, 0.99));
}

void addRun(Report &report, std::string_view program, std::string_view role, const Options &options)
{
    report.add("program", program);
    report.add("role", role);
    report.add("mode", nameOf(options.mode));
    report.add("flows", std::int64_t(options.flows));
    report.add("size", std::int64_t(options.size));
}

void addCounts(Report &report, std::int64_t messages, const Options &options)
{
    report.add("messages", messages);
    report.add("bytes", messages * std::int64_t(options.size));
}

// Of the flows that did more than attach: did they get equal turns?
void addShares(Report &report, const std::vector<std::int64_t> &perFlow)
{
    std::int64_t fewest = std::numeric_limits<std::int64_t>::max();
    std::int64_t most = 0;
    for (const std::int64_t messages : perFlow) {
        if (messages > 1) {
            fewest = std::min(fewest, messages);
            most = std::max(most, messages);
        }
    }
    if (most > 0) {
        report.add("fewestPerFlow", fewest);
        report.add("mostPerFlow", most);
    }
}

} // namespace

Options parseOptions(int argc, char **argv)
{
    Options options;
    bool hasRole = false;
    bool hasMode = false;
    for (int i = 1; i < argc; ++i) {
        const std::string_view name = argv[i];
        if (applyFlag(options, name))
            continue;
        if (++i == argc)
            refuse("unknown option, or no value for it: " + std::string(name));
        const std::string_view value = argv[i];
        if (name == "--role") {
            options.role = parseRole(value);
            hasRole = true;
        } else if (name == "--mode") {
            options.mode = parseMode(value);
            hasMode = true;
        } else if (name == "--port-file") {
            options.portFile = value;
        } else if (name == "--directory") {
            options.directory = value;
        } else if (name == "--store") {
            options.store = parseStore(value);
        } else if (!applyNumber(options, name, value)) {
            refuse("unknown option " + std::string(name));
        }
    }
    if (!hasRole || !hasMode || options.portFile.empty())
        refuse("--role, --mode and --port-file are needed");
    if (options.size < sizeof(PayloadHead) || options.flows < 1 || options.windowMessages < 1
        || options.windowBytes < 1 || options.batchBytes < 1 || options.rate < 1
        || options.activePercent <= 0 || options.activePercent > 100)
        refuse("a value is out of its range");
    if (options.store != Store::None || options.progress)
        requireDisk(options.directory);
    // A hang must not hang whoever started us, wherever we are blocked.
    alarm(unsigned(options.timeout));
    return options;
}

void fail(const std::string &why)
{
    std::fprintf(stderr, "%s\n", why.c_str());
    std::_Exit(1);
}

void requireDisk(const std::string &directory)
{
    constexpr auto ofMemory = 0x01021994; // TMPFS_MAGIC
    struct statfs status = {};
    if (directory.empty() || statfs(directory.c_str(), &status) != 0)
        fail("no directory to store in: " + directory);
    if (status.f_type == ofMemory)
        fail(directory + " is in memory, where syncing costs nothing");
}

void writePortFile(const std::string &path, std::uint16_t port)
{
    // Renamed into place, so that the producer never reads half a number.
    const std::string temporary = path + ".tmp";
    std::ofstream(temporary) << port << '\n';
    if (std::rename(temporary.c_str(), path.c_str()) != 0)
        fail("cannot write " + path);
}

std::uint16_t waitForPort(const std::string &path)
{
    for (int attempt = 0; attempt < 2000; ++attempt) {
        std::uint16_t port = 0;
        if (std::ifstream(path) >> port)
            return port;
        usleep(5000);
    }
    fail("no consumer announced itself in " + path);
}

std::int64_t nanosecondsNow()
{
    timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return std::int64_t(now.tv_sec) * 1'000'000'000 + now.tv_nsec;
}

double cpuSecondsNow()
{
    rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
        + double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6;
}

double percentileUs(std::vector<std::int64_t> &samplesNs, double share)
{
    if (samplesNs.empty())
        return 0;
    std::sort(samplesNs.begin(), samplesNs.end());
    const auto rank = std::size_t(std::ceil(share * double(samplesNs.size())));
    return double(samplesNs[std::max<std::size_t>(rank, 1) - 1]) * 1e-3;
}

void Report::addRaw(std::string_view name, std::string_view json)
{
    if (!m_members.empty())
        m_members += ',';
    m_members.append("\"").append(name).append("\":").append(json);
}

void Report::add(std::string_view name, double value)
{
    char text[40];
    std::snprintf(text, sizeof text, "%.9g", value);
    addRaw(name, text);
}

void Report::add(std::string_view name, std::int64_t value)
{
    addRaw(name, std::to_string(value));
}

void Report::add(std::string_view name, std::string_view value)
{
    // Only names of programs, roles and modes come here: nothing to escape.
    addRaw(name, '"' + std::string(value) + '"');
}

void Report::print() const
{
    std::printf("{%s}\n", m_members.c_str());
    std::fflush(stdout);
}

void Meter::begin()
{
    resetSyncCount();
    m_beginCpu = cpuSecondsNow();
    m_beginNs = nanosecondsNow();
}

void Meter::end()
{
    m_endNs = nanosecondsNow();
    m_endCpu = cpuSecondsNow();
    m_syncs = syncCount();
}

void Meter::report(Report &report) const
{
    report.add("seconds", seconds());
    report.add("cpuSeconds", m_endCpu - m_beginCpu);
    if (m_syncs.durationsNs.empty())
        return;
    report.add("syncs", std::int64_t(m_syncs.durationsNs.size()));
    report.add("syncsInFlight", m_syncs.mostInFlight);
    std::vector<std::int64_t> durations = m_syncs.durationsNs;
    report.add("syncP50us", percentileUs(durations, 0.50));
    report.add("syncP99us", percentileUs(durations, 0.99));
}

ProducerWork::ProducerWork(const Options &options)
    : m_options(options)
    , m_flows(options.flows)
    , m_activeStride(std::max<std::int64_t>(std::llround(100 / options.activePercent), 1))
    , m_total(totalMessages(options))
    , m_timed(options.mode == Mode::RoundTrip || options.mode == Mode::Latency)
    , m_nextStage(options.flows)
    , m_flowSent(std::size_t(options.flows))
    , m_flowConfirmed(std::size_t(options.flows))
{
    if (options.mode == Mode::RoundTrip)
        m_samplesNs.reserve(std::size_t(options.messages));
}

// Called when m_confirmed has reached m_nextStage: after setup, after warm-up, at the end; in round
// trips every time.
void ProducerWork::advanceStage()
{
    const std::int64_t beginAt = m_flows + warmupMessages(m_options);
    if (m_options.mode == Mode::RoundTrip && m_meter.hasBegun())
        m_samplesNs.push_back(nanosecondsNow() - m_lastSentNs);
    if (!m_meter.hasBegun() && m_confirmed >= beginAt && m_options.mode != Mode::Idle) {
        m_meter.begin();
        m_confirmedAtBegin = m_confirmed;
    }
    if (m_confirmed == m_total) {
        if (m_options.mode != Mode::Idle)
            m_meter.end();
        return;
    }
    openMeasuredStage();
    m_nextStage = m_meter.hasBegun() ? m_total : beginAt;
    if (m_options.mode == Mode::RoundTrip)
        m_nextStage = m_confirmed + 1;
}

void ProducerWork::openMeasuredStage()
{
    switch (m_options.mode) {
    case Mode::Throughput:
        m_sendLimit = m_total;
        break;
    case Mode::RoundTrip:
        m_sendLimit = m_sent + 1;
        break;
    case Mode::Latency:
        if (m_paceStartNs == 0)
            m_paceStartNs = nanosecondsNow();
        break;
    case Mode::Idle:
        break;
    }
}

std::optional<std::int64_t> ProducerWork::pace()
{
    const std::int64_t intervalNs = 1'000'000'000 / m_options.rate;
    if (m_paceStartNs == 0)
        return intervalNs;
    // From the clock, never by counting ticks: timers do not catch up.
    const std::int64_t elapsed = nanosecondsNow() - m_paceStartNs;
    const std::int64_t due = elapsed / intervalNs;
    m_sendLimit = std::min(m_total, m_flows + due);
    if (m_sendLimit == m_total)
        return std::nullopt;
    return (due + 1) * intervalNs - elapsed;
}

Report ProducerWork::report(std::string_view program)
{
    Report report;
    addRun(report, program, "producer", m_options);
    addCounts(report, m_confirmed - m_confirmedAtBegin, m_options);
    m_meter.report(report);
    addPercentiles(report, m_samplesNs);
    addShares(report, m_flowConfirmed);
    report.add("complete", isFinished());
    addMemory(report);
    return report;
}

ConsumerWork::ConsumerWork(const Options &options)
    : m_options(options)
    , m_beginAt(options.flows + warmupMessages(options))
    , m_total(totalMessages(options))
    , m_flowReceived(std::size_t(options.flows))
{
    if (options.mode == Mode::Latency)
        m_samplesNs.reserve(std::size_t(measuredMessages(options)));
}

void ConsumerWork::beginMeasuring()
{
    if (m_options.mode != Mode::Idle)
        m_meter.begin();
}

void ConsumerWork::endMeasuring()
{
    if (m_options.mode != Mode::Idle)
        m_meter.end();
}

Report ConsumerWork::report(std::string_view program)
{
    Report report;
    addRun(report, program, "consumer", m_options);
    addCounts(report, m_received - (m_options.mode == Mode::Idle ? 0 : m_beginAt), m_options);
    m_meter.report(report);
    addPercentiles(report, m_samplesNs);
    // take() ends the process at the first message out of place.
    report.add("ordered", true);
    report.add("complete", isFinished());
    addMemory(report);
    return report;
}

} // namespace Bench
