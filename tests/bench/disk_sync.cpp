// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

// What one sync of this disk takes: messages are written to a file and synced, one at a time.

#include "syncedlog.h"

using namespace Bench;

int main(int argc, char **argv)
{
    const Options options = parseOptions(argc, argv);
    requireDisk(options.directory);
    SyncedLog log(options.directory);
    const std::string message(options.size, 'x');
    for (std::int64_t i = 0; i < options.warmup; ++i)
        log.append(message.data(), message.size());
    Meter meter;
    meter.begin();
    for (std::int64_t i = 0; i < options.messages; ++i)
        log.append(message.data(), message.size());
    meter.end();
    Report report;
    report.add("program", "disk_sync");
    report.add("messages", options.messages);
    meter.report(report);
    report.add("complete", true);
    report.print();
    return 0;
}
