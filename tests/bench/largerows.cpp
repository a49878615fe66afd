// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "largerows.h"

#include "benchfigures.h"

using namespace Qt::Literals::StringLiterals;

namespace Bench {

namespace {

const QString library = u"library"_s;
const QString qtSocket = u"b"_s;
const QString libraryShort = u"library, 256 MiB"_s;

Run run(const QString &label, const QString &options)
{
    return {label, u"large_transfer"_s, options};
}

/*! The worse side of the run \a label, in MiB. */
Figure peakExtra(const Round &round, const QString &label)
{
    const RunResult result = round.value(label);
    return scaled(
        larger(field(result.producer, u"peakExtraKiB"), field(result.consumer, u"peakExtraKiB")),
        1.0 / 1024);
}

} // namespace

QList<Scenario> largeScenarios(bool quick)
{
    const qint64 mebibyte = 1024 * 1024;
    const QString stream64K =
        u"--mode throughput --size 65536 --messages %1 --warmup %2"_s.arg(quick ? 5'000 : 40'000)
            .arg(quick ? 500 : 4'000);
    const QString inMemory = u"--bytes %1"_s.arg((quick ? 64 : 256) * mebibyte);
    const QString brief = u"--from file --bytes %1"_s.arg((quick ? 64 : 256) * mebibyte);
    const QString lengthy = u"--from file --bytes %1"_s.arg((quick ? 256 : 4096) * mebibyte);
    return {
        {u"stream-64k"_s,
         {{qtSocket, u"ceiling_qtcpsocket"_s, stream64K},
          {library, u"library_delivery"_s, stream64K}}},
        {u"large-memory"_s, {run(qtSocket, inMemory + u" --via socket"_s), run(library, inMemory)}},
        {u"large-file"_s,
         {run(qtSocket, lengthy + u" --via socket"_s), run(library, lengthy),
          run(libraryShort, brief)}},
        {u"large-beside"_s, {run(library, lengthy + u" --side-flow"_s)}},
    };
}

QList<Row> largeRows()
{
    return {
        {u"throughput-64k"_s, u"64 KiB messages: throughput over b"_s, u"stream-64k"_s, Unit::Ratio,
         atLeast(0.80, 0.60),
         [](const Round &round) { return rateOver(round, library, qtSocket); }},
        {u"large-memory"_s, u"one 256 MiB message in memory: speed over b's one write"_s,
         u"large-memory"_s, Unit::Ratio, atLeast(1.5, 1.0),
         [](const Round &round) { return rateOver(round, library, qtSocket); }},
        {u"large-file"_s, u"4 GiB file to file: speed over a bare socket with the same digest"_s,
         u"large-file"_s, Unit::Ratio, atLeast(0.80, 0.50),
         [](const Round &round) { return rateOver(round, library, qtSocket); }},
        {u"large-peak"_s, u"4 GiB file to file: extra peak memory, worse side"_s, u"large-file"_s,
         Unit::Mebibytes, atMost(16, 32),
         [](const Round &round) { return peakExtra(round, library); }},
        {u"large-peak-short"_s, u"256 MiB file to file: extra peak memory, worse side"_s,
         u"large-file"_s, Unit::Mebibytes, atMost(16, 32),
         [](const Round &round) { return peakExtra(round, libraryShort); }},
        {u"large-beside"_s, u"100 bytes at 500/s beside a 4 GiB file on one link: p99"_s,
         u"large-beside"_s, Unit::Milliseconds, atMost(2, 5),
         [](const Round &round) {
             return scaled(field(round.value(library).consumer, u"p99us"), 1.0 / 1000);
         }},
    };
}

} // namespace Bench
