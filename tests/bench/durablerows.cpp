// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "durablerows.h"

#include "benchfigures.h"

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace Bench {

namespace {

const QString qtSocket = u"b"_s;
const QString loopStores = u"b, stores"_s;
const QString threadStores = u"b, thread stores"_s;
const QString plain = u"library"_s;
const QString fileQueue = u"library, file queue"_s;
const QString sqliteQueue = u"library, SQLite queue"_s;
const QString progress = u"library, progress"_s;
const QString disk = u"disk"_s;
const QString load = u"load"_s;
const QString loadCold = u"load, cold"_s;

Run runQtSocket(const QString &label, const QString &options)
{
    return {label, u"ceiling_qtcpsocket"_s, options};
}

Run runLibrary(const QString &label, const QString &options)
{
    return {label, u"library_delivery"_s, options};
}

Run runAlone(const QString &label, const QString &program, const QString &options)
{
    return {label, program, options, true};
}

Figure produced(const Round &round, const QString &label, QStringView name)
{
    return field(round.value(label).producer, name);
}

// Of the two ways to write the ceiling the one that is faster in this round.
Figure storingCeiling(const Round &round)
{
    return larger(messagesPerSecond(round.value(loopStores)),
                  messagesPerSecond(round.value(threadStores)));
}

Figure sum(Figure left, Figure right)
{
    return left && right ? Figure(*left + *right) : std::nullopt;
}

// What the round trip of one stored message cannot be shorter than.
Figure storedRoundTripLimit(const Round &round)
{
    return sum(produced(round, disk, u"syncP50us"), microseconds(round.value(qtSocket), u"p50us"));
}

// By how much the heartbeat was later than without a queue.
Figure extraLatenessMs(const Round &round, QStringView name)
{
    const Figure extra = difference(produced(round, fileQueue, name), produced(round, plain, name));
    return extra ? Figure(std::max(*extra, 0.0) * 1e-3) : std::nullopt;
}

Figure diskSegments(const Round &round, QStringView name)
{
    return over(produced(round, disk, name), produced(round, disk, u"segmentBytes"));
}

QList<Row> streamRows()
{
    return {
        {u"durable-100"_s,
         u"100-byte messages, each stored and synced: throughput over b that stores"_s,
         u"durable-stream"_s, Unit::Ratio, atLeast(0.75, 0.40),
         [](const Round &round) {
             return over(messagesPerSecond(round.value(fileQueue)), storingCeiling(round));
         }},
        {u"durable-sqlite"_s, u"the same: FileProducerQueue over SqlProducerQueue on SQLite"_s,
         u"durable-stream"_s, Unit::Ratio, atLeast(2, 1.5),
         [](const Round &round) { return rateOver(round, fileQueue, sqliteQueue); }},
        {u"durable-syncs-flight"_s, u"the same: most syncs at once"_s, u"durable-stream"_s,
         Unit::Number, atMost(1, 1),
         [](const Round &round) { return produced(round, fileQueue, u"syncsInFlight"); }},
        {u"durable-syncs-batch"_s, u"the same: syncs per batch handed over"_s, u"durable-stream"_s,
         Unit::Number, atMost(1, 1),
         [](const Round &round) {
             return over(produced(round, fileQueue, u"syncs"),
                         produced(round, fileQueue, u"batches"));
         }},
        {u"durable-syncs-messages"_s, u"for comparison: messages per sync"_s, u"durable-stream"_s,
         Unit::Number, std::nullopt,
         [](const Round &round) {
             return over(produced(round, fileQueue, u"messages"),
                         produced(round, fileQueue, u"syncs"));
         }},
        {u"durable-thread"_s,
         u"for comparison: b that stores in a thread over b that stores itself"_s,
         u"durable-stream"_s, Unit::Ratio, std::nullopt,
         [](const Round &round) { return rateOver(round, threadStores, loopStores); }},
    };
}

QList<Row> singleRows()
{
    return {
        {u"durable-rtt"_s, u"stored round trip p50 over (fdatasync p50 + round trip p50 of b)"_s,
         u"durable-round-trip"_s, Unit::Ratio, atMost(1.25, 1.6),
         [](const Round &round) {
             return over(microseconds(round.value(fileQueue), u"p50us"),
                         storedRoundTripLimit(round));
         }},
        {u"durable-syncs-single"_s, u"the same: syncs per message"_s, u"durable-round-trip"_s,
         Unit::Number, atMost(1, 1),
         [](const Round &round) {
             return over(produced(round, fileQueue, u"syncs"),
                         produced(round, fileQueue, u"messages"));
         }},
        {u"durable-rtt-ceiling"_s,
         u"for comparison: stored round trip p50 over b that stores itself"_s,
         u"durable-round-trip"_s, Unit::Ratio, std::nullopt,
         [](const Round &round) { return percentileOver(round, fileQueue, loopStores, u"p50us"); }},
    };
}

QList<Row> stallRows()
{
    return {
        {u"durable-stall"_s,
         u"storing at full speed: longest stall of the event loop beyond that without"_s,
         u"durable-stall"_s, Unit::Milliseconds, atMost(2, 10),
         [](const Round &round) { return extraLatenessMs(round, u"latenessMaxUs"); }},
        {u"durable-stall-p999"_s, u"for comparison: the same, 99.9th percentile"_s,
         u"durable-stall"_s, Unit::Milliseconds, std::nullopt,
         [](const Round &round) { return extraLatenessMs(round, u"latenessP999us"); }},
        {u"durable-stall-whole"_s,
         u"for comparison: longest stall with the queue, whatever the cause"_s, u"durable-stall"_s,
         Unit::Milliseconds, std::nullopt,
         [](const Round &round) {
             return scaled(produced(round, fileQueue, u"latenessMaxUs"), 1e-3);
         }},
        {u"durable-stall-without"_s, u"for comparison: longest stall without the queue"_s,
         u"durable-stall"_s, Unit::Milliseconds, std::nullopt,
         [](const Round &round) { return scaled(produced(round, plain, u"latenessMaxUs"), 1e-3); }},
    };
}

QList<Row> fileRows()
{
    return {
        {u"durable-load"_s, u"loading a journal with 1 M unconfirmed 100-byte messages"_s,
         u"durable-load"_s, Unit::Seconds, atMost(1, 3),
         [](const Round &round) { return produced(round, load, u"seconds"); }},
        {u"durable-load-cold"_s,
         u"for comparison: the same, nothing of it in the system's memory"_s, u"durable-load"_s,
         Unit::Seconds, std::nullopt,
         [](const Round &round) { return produced(round, loadCold, u"seconds"); }},
        {u"durable-disk"_s, u"10 M messages confirmed: disk used over live data, in segments"_s,
         u"durable-disk"_s, Unit::Number, atMost(2, 2),
         [](const Round &round) { return diskSegments(round, u"diskBytes"); }},
        {u"durable-disk-peak"_s, u"for comparison: the same at its most meanwhile"_s,
         u"durable-disk"_s, Unit::Number, std::nullopt,
         [](const Round &round) { return diskSegments(round, u"peakBytes"); }},
        {u"durable-progress"_s,
         u"100-byte messages, durable progress, windows of 4,096: throughput over none"_s,
         u"durable-progress-wide"_s, Unit::Ratio, atLeast(0.80, 0.50),
         [](const Round &round) { return rateOver(round, progress, plain); }},
        {u"durable-progress-default"_s, u"for comparison: the same with default windows"_s,
         u"durable-progress"_s, Unit::Ratio, std::nullopt,
         [](const Round &round) { return rateOver(round, progress, plain); }},
    };
}

} // namespace

QList<Scenario> durableScenarios(bool quick)
{
    // Whole numbers as arguments: in "%1000" it would be argument 10 that is wanted.
    const auto stream = [quick](int thousands, int quickThousands) {
        return u"--mode throughput --messages %1 --warmup %2 "_s
            .arg(1000 * (quick ? quickThousands : thousands))
            .arg(1000 * (quick ? 20 : 100));
    };
    const QString stream100 = stream(1500, 200);
    // SQLite takes as long for fewer.
    const QString sqliteStream = stream(300, 40);
    const QString roundTrip = quick ? u"--mode roundtrip --messages 1000 --warmup 100 "_s
                                    : u"--mode roundtrip --messages 4000 --warmup 500 "_s;
    const QString stall = stream(4000, 300) + u"--heartbeat "_s;
    const QString progressStream = stream(3000, 500);
    const QString wide = u"--window-messages 4096 "_s;
    const QString million = u"--mode throughput --messages 1000000"_s;
    const QString tenMillion =
        u"--mode throughput --messages %1"_s.arg(1'000'000 * (quick ? 1 : 10));
    return {
        {u"durable-stream"_s,
         {runQtSocket(loopStores, stream100 + u"--store loop"_s),
          runQtSocket(threadStores, stream100 + u"--store thread"_s),
          runLibrary(fileQueue, stream100 + u"--store file"_s),
          runLibrary(sqliteQueue, sqliteStream + u"--store sqlite"_s)}},
        {u"durable-round-trip"_s,
         {runAlone(disk, u"disk_sync"_s, roundTrip), runQtSocket(qtSocket, roundTrip),
          runQtSocket(loopStores, roundTrip + u"--store loop"_s),
          runLibrary(fileQueue, roundTrip + u"--store file"_s)}},
        {u"durable-stall"_s,
         {runLibrary(plain, stall), runLibrary(fileQueue, stall + u"--store file"_s)}},
        {u"durable-load"_s,
         {runAlone(load, u"durable_load"_s, million),
          runAlone(loadCold, u"durable_load"_s, million + u" --cold"_s)}},
        {u"durable-disk"_s, {runAlone(disk, u"durable_disk"_s, tenMillion)}},
        {u"durable-progress"_s,
         {runLibrary(plain, progressStream),
          runLibrary(progress, progressStream + u"--progress"_s)}},
        {u"durable-progress-wide"_s,
         {runLibrary(plain, progressStream + wide),
          runLibrary(progress, progressStream + wide + u"--progress"_s)}},
    };
}

QList<Row> durableRows()
{
    return streamRows() + singleRows() + fileRows() + stallRows();
}

} // namespace Bench
