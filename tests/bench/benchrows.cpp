// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "benchrows.h"

#include "benchfigures.h"
#include "durablerows.h"
#include "largerows.h"

using namespace Qt::Literals::StringLiterals;

namespace Bench {

namespace {

const QString posix = u"a"_s;
const QString qtSocket = u"b"_s;
const QString qtSocketViews = u"b, views"_s;
const QString qtSocketQueued = u"b, queued"_s;
const QString library = u"library"_s;
const QString libraryTls = u"library, tls"_s;
const QString libraryShort = u"library, short"_s;
const QString libraryLong = u"library, long"_s;
const QString qtSocketShort = u"b, short"_s;
const QString qtSocketLong = u"b, long"_s;
const QString libraryMonitor = u"library, monitor"_s;
const QString libraryWatched = u"library, watched"_s;
const QString monitor = u"monitor"_s;
const QString libraryOneFlow = u"library, 1 flow"_s;
const QString libraryManyFlows = u"library, many flows"_s;
constexpr int manyFlows = 10'000;

Run runPosix(const QString &options)
{
    return {posix, u"ceiling_posix"_s, options};
}

Run runQtSocket(const QString &options, const QString &label = qtSocket)
{
    return {label, u"ceiling_qtcpsocket"_s, options};
}

Run runLibrary(const QString &options, const QString &label = library)
{
    return {label, u"library_delivery"_s, options};
}

Figure frameMilliseconds(const Round &round, QStringView percentile)
{
    return scaled(field(round.value(monitor).producer, percentile), 1.0 / 1000);
}

} // namespace

QList<Scenario> scenarios(bool quick)
{
    // Whole numbers as arguments: in "%2000" it would be argument 20 that is wanted.
    const auto stream = [quick](int size, int thousands, int quickThousands) {
        return u"--mode throughput --size %1 --messages %2 --warmup %3"_s.arg(size)
            .arg(1000 * (quick ? quickThousands : thousands))
            .arg(1000 * (quick ? 20 : 200));
    };
    const QString stream100 = stream(100, 4000, 500);
    const QString stream1K = stream(1024, 2000, 250);
    const QString stream64K =
        u"--mode throughput --size 65536 --messages %1 --warmup 1000 --tls"_s.arg(quick ? 4000
                                                                                        : 40'000);
    const QString stream64 = stream(100, 2000, 300);
    const QString flows64 = stream64 + u" --flows 64"_s;
    const QString roundTrip = quick ? u"--mode roundtrip --messages 3000 --warmup 300"_s
                                    : u"--mode roundtrip --messages 20000 --warmup 1000"_s;
    const QString latency = quick ? u"--mode latency --seconds 1 --warmup 100"_s
                                  : u"--mode latency --seconds 4 --warmup 250"_s;
    const QString idle = u"--mode idle --settle 0.5 --seconds 0.5"_s;
    const QString streamShort = stream(100, 1000, 500);
    const QString streamLong = stream(100, 10'000, 2000);
    const QString stream100Flows = stream(100, 4000, 500) + u" --flows 100"_s;
    const QString manyStream = stream(100, 2000, 300);
    const QString many = u" --flows %1"_s.arg(manyFlows);
    const QString manyIdle = (quick ? u"--mode idle --settle 2 --seconds 10"_s
                                    : u"--mode idle --settle 5 --seconds 30"_s)
        + many;

    QList<Scenario> all{
        {u"stream-100"_s,
         {runPosix(stream100), runQtSocket(stream100),
          runQtSocket(stream100 + u" --views"_s, qtSocketViews), runLibrary(stream100)}},
        {u"stream-1k"_s, {runPosix(stream1K), runQtSocket(stream1K), runLibrary(stream1K)}},
        {u"tls-64k"_s, {runQtSocket(stream64K), runLibrary(stream64K)}},
        {u"tls-100"_s, {runLibrary(stream100), runLibrary(stream100 + u" --tls"_s, libraryTls)}},
        {u"flows-64-queued"_s,
         {runQtSocket(stream64), runQtSocket(stream64 + u" --queued-confirm"_s, qtSocketQueued),
          runLibrary(flows64 + u" --queued-confirm"_s)}},
        {u"flows-64-collected"_s,
         {runQtSocket(stream64), runLibrary(flows64 + u" --collected-confirm"_s)}},
        {u"round-trip"_s, {runPosix(roundTrip), runQtSocket(roundTrip), runLibrary(roundTrip)}},
        {u"latency"_s, {runPosix(latency), runQtSocket(latency), runLibrary(latency)}},
        {u"idle"_s, {runPosix(idle), runQtSocket(idle), runLibrary(idle)}},
        {u"long"_s,
         {runQtSocket(streamShort, qtSocketShort), runQtSocket(streamLong, qtSocketLong),
          runLibrary(streamShort, libraryShort), runLibrary(streamLong, libraryLong)}},
        {u"watched"_s,
         {runLibrary(stream100Flows), runLibrary(stream100Flows + u" --monitor"_s, libraryMonitor),
          runLibrary(stream100Flows + u" --watched"_s, libraryWatched)}},
        {u"many-flows"_s,
         {runLibrary(manyStream, libraryOneFlow),
          runLibrary(manyStream + many + u" --active-percent 1"_s, libraryManyFlows)}},
        {u"many-flows-idle"_s,
         {runLibrary(idle, libraryOneFlow), runLibrary(manyIdle, libraryManyFlows)}},
        {u"monitor-frames"_s, {{monitor, u"monitor_frames"_s, u"--mode idle"_s + many, true}}},
    };
    return all + durableScenarios(quick) + largeScenarios(quick);
}

QList<Row> rows()
{
    QList<Row> all{
        {u"throughput-100"_s, u"100-byte messages: throughput over b"_s, u"stream-100"_s,
         Unit::Ratio, atLeast(0.80, 0.50),
         [](const Round &round) { return rateOver(round, library, qtSocket); }},
        {u"throughput-1k"_s, u"1 KiB messages: throughput over b"_s, u"stream-1k"_s, Unit::Ratio,
         atLeast(0.90, 0.65),
         [](const Round &round) { return rateOver(round, library, qtSocket); }},
        {u"tls-64k"_s, u"64 KiB messages over TLS: throughput over b with TLS"_s, u"tls-64k"_s,
         Unit::Ratio, atLeast(0.80, 0.50),
         [](const Round &round) { return rateOver(round, library, qtSocket); }},
        {u"tls-64k-cpu"_s, u"the same: CPU over b with TLS"_s, u"tls-64k"_s, Unit::Ratio,
         std::nullopt, [](const Round &round) { return cpuOver(round, library, qtSocket); }},
        {u"tls-100"_s, u"100-byte messages over TLS: throughput over plain TCP"_s, u"tls-100"_s,
         Unit::Ratio, atLeast(0.60, 0.40),
         [](const Round &round) { return rateOver(round, libraryTls, library); }},
        {u"collected-64"_s, u"100 bytes, 64 flows, confirmed in a queued slot: throughput over b"_s,
         u"flows-64-collected"_s, Unit::Ratio, atLeast(0.50, 0.25),
         [](const Round &round) { return rateOver(round, library, qtSocket); }},
        // A queued call for each message costs several times what b takes for the whole message, so
        // here the limit is b with just those calls.
        {u"queued-64"_s, u"the same, a queued slot for each message: throughput over b"_s,
         u"flows-64-queued"_s, Unit::Ratio, std::nullopt,
         [](const Round &round) { return rateOver(round, library, qtSocket); }},
        {u"queued-64-limit"_s, u"the same over b with a queued slot for each message"_s,
         u"flows-64-queued"_s, Unit::Ratio, std::nullopt,
         [](const Round &round) { return rateOver(round, library, qtSocketQueued); }},
        {u"round-trip-p50"_s, u"round trip p50 over b"_s, u"round-trip"_s, Unit::Ratio,
         atMost(1.25, 1.5),
         [](const Round &round) { return percentileOver(round, library, qtSocket, u"p50us"); }},
        {u"round-trip-p99"_s, u"round trip p99 over b"_s, u"round-trip"_s, Unit::Ratio,
         atMost(1.5, 2.5),
         [](const Round &round) { return percentileOver(round, library, qtSocket, u"p99us"); }},
        {u"latency-p50"_s, u"latency p50 at 500 messages/s over b"_s, u"latency"_s, Unit::Ratio,
         atMost(1.25, 1.6),
         [](const Round &round) { return percentileOver(round, library, qtSocket, u"p50us"); }},
        {u"cpu-100"_s, u"CPU per million 100-byte messages over b"_s, u"stream-100"_s, Unit::Ratio,
         atMost(1.6, 2.5), [](const Round &round) { return cpuOver(round, library, qtSocket); }},
        {u"base-rss"_s, u"base memory over b, worse side (RSS)"_s, u"idle"_s, Unit::Mebibytes,
         atMost(2, 6),
         [](const Round &round) {
             return scaled(extraKiB(round, library, qtSocket, u"rssKiB"), 1.0 / 1024);
         }},
        {u"base-pss"_s, u"base memory over b, worse side (PSS)"_s, u"idle"_s, Unit::Mebibytes,
         atMost(2, 6),
         [](const Round &round) {
             return scaled(extraKiB(round, library, qtSocket, u"pssKiB"), 1.0 / 1024);
         }},
        {u"long-slowdown"_s, u"10 M messages against 1 M: slowdown"_s, u"long"_s, Unit::Percent,
         atMost(5, 15),
         [](const Round &round) { return slowdownPercent(round, libraryShort, libraryLong); }},
        {u"long-memory"_s, u"10 M messages against 1 M: memory growth, worse side"_s, u"long"_s,
         Unit::Mebibytes, atMost(1, 4),
         [](const Round &round) {
             return scaled(extraKiB(round, libraryLong, libraryShort, u"rssKiB"), 1.0 / 1024);
         }},
        {u"flows-cost"_s, u"10,000 flows, 1 % active: cost per message over one flow"_s,
         u"many-flows"_s, Unit::Ratio, atMost(1.3, 2),
         [](const Round &round) { return costOver(round, libraryManyFlows, libraryOneFlow); }},
        {u"flows-memory"_s, u"10,000 flows: memory per idle flow, worse side"_s,
         u"many-flows-idle"_s, Unit::Kibibytes, atMost(4, 8),
         [](const Round &round) {
             return scaled(extraKiB(round, libraryManyFlows, libraryOneFlow, u"rssKiB"),
                           1.0 / manyFlows);
         }},
        {u"flows-idle-cpu"_s, u"10,000 flows: CPU when all are idle, worse side"_s,
         u"many-flows-idle"_s, Unit::Percent, atMost(0.1, 1),
         [](const Round &round) { return idleCpuPercent(round, libraryManyFlows); }},
        {u"monitor-idle"_s,
         u"100 flows, a monitor server that nobody watches: throughput over none"_s, u"watched"_s,
         Unit::Ratio, atLeast(0.99, 0.97),
         [](const Round &round) { return rateOver(round, libraryMonitor, library); }},
        {u"monitor-watched"_s, u"100 flows, watched at 10 Hz on both sides: throughput over none"_s,
         u"watched"_s, Unit::Ratio, atLeast(0.95, 0.90),
         [](const Round &round) { return rateOver(round, libraryWatched, library); }},
        {u"monitor-scroll"_s, u"the monitor with 10,000 flows, scrolled: frame p95"_s,
         u"monitor-frames"_s, Unit::Milliseconds, atMost(16, 33),
         [](const Round &round) { return frameMilliseconds(round, u"scrollP95us"); }},
        {u"monitor-filter"_s, u"the same, filtered letter by letter: frame p95"_s,
         u"monitor-frames"_s, Unit::Milliseconds, atMost(16, 33),
         [](const Round &round) { return frameMilliseconds(round, u"filterP95us"); }},
        {u"monitor-update"_s, u"for comparison: all 20,000 ends renewed, and a frame: p95"_s,
         u"monitor-frames"_s, Unit::Milliseconds, std::nullopt,
         [](const Round &round) { return frameMilliseconds(round, u"updateP95us"); }},
        {u"ceiling-slowdown"_s, u"for comparison: 10 M messages against 1 M, slowdown of b"_s,
         u"long"_s, Unit::Percent, std::nullopt,
         [](const Round &round) { return slowdownPercent(round, qtSocketShort, qtSocketLong); }},
        {u"views-100"_s, u"for comparison: throughput over b without message objects"_s,
         u"stream-100"_s, Unit::Ratio, std::nullopt,
         [](const Round &round) { return rateOver(round, library, qtSocketViews); }},
        {u"views-cpu"_s, u"for comparison: CPU over b without message objects"_s, u"stream-100"_s,
         Unit::Ratio, std::nullopt,
         [](const Round &round) { return cpuOver(round, library, qtSocketViews); }},
        {u"ceiling-100"_s, u"for comparison: b over a, 100-byte messages"_s, u"stream-100"_s,
         Unit::Ratio, std::nullopt,
         [](const Round &round) { return rateOver(round, qtSocket, posix); }},
        {u"ceiling-round-trip"_s, u"for comparison: round trip p50, b over a"_s, u"round-trip"_s,
         Unit::Ratio, std::nullopt,
         [](const Round &round) { return percentileOver(round, qtSocket, posix, u"p50us"); }},
    };
    return all + durableRows() + largeRows();
}

} // namespace Bench
