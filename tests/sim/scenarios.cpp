// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "scenario.h"

namespace QtDelivery::Simulation {

namespace {

constexpr Chances Some{0.1, 0.3};

/*! The reference's own random runs, with its parameters. */
void addReferenceRows(std::vector<Scenario> &rows)
{
    rows.push_back({.name = "RND-01 lossy",
                    .faults = {.dropToConsumer = Some, .dropToProducer = Some, .untilDone = true}});
    rows.push_back({.name = "RND-04 lossy, only flow control",
                    .onlyFlowControl = true,
                    .faults = {.dropToConsumer = {0.1, 0.5},
                               .dropToProducer = {0.1, 0.4},
                               .untilDone = true}});
}

/*! What a link can do to single frames. */
void addFrameRows(std::vector<Scenario> &rows)
{
    rows.push_back({.name = "no faults", .messages = 200});
    rows.push_back({.name = "delay", .faults = {.delayMax = 200ms}});
    rows.push_back({.name = "very slow link",
                    .retryMax = 30s,
                    .faults = {.delayMin = 1500ms, .delayMax = 1500ms, .lasts = 60s}});
    rows.push_back({.name = "duplicates",
                    .windows = {1, 2, 20},
                    .faults = {.duplicate = Some, .delayMax = 20ms}});
    rows.push_back(
        {.name = "reordered",
         .windows = {1, 2, 3, 20},
         .faults = {
             .duplicate = {0, 0.3}, .reorder = Some, .delayMax = 20ms, .notWritable = 200ms}});
    rows.push_back({.name = "only Requests are lost",
                    .faults = {.dropToProducer = {0.3, 0.8},
                               .droppable = {FrameType::Request},
                               .untilDone = true}});
    rows.push_back({.name = "only Messages are lost",
                    .faults = {.dropToConsumer = {0.3, 0.7},
                               .droppable = {FrameType::Message},
                               .delayMax = 20ms,
                               .untilDone = true}});
    rows.push_back({.name = "only attaching is lossy",
                    .faults = {.dropToConsumer = {0.3, 0.7},
                               .dropToProducer = {0.3, 0.7},
                               .droppable = {FrameType::Attach, FrameType::Attached},
                               .delayMax = 20ms,
                               .cut = 700ms}});
    rows.push_back({.name = "the tail is lost",
                    .faults = {.dropToConsumer = {0.4, 0.7},
                               .droppable = {FrameType::Message, FrameType::Sent},
                               .spareUpTo = 60,
                               .untilDone = true}});
    rows.push_back({.name = "lossy at every window",
                    .windows = {1, 2, 3, 4, 5, 7, 20, 50, 1024},
                    .producerDelay = 5ms,
                    .faults = {.dropToConsumer = Some,
                               .dropToProducer = Some,
                               .duplicate = {0, 0.1},
                               .reorder = {0, 0.2},
                               .delayMax = 20ms}});
    rows.push_back({.name = "lossy, large payloads in a small window",
                    .messages = 20,
                    .windows = {2, 5, 50},
                    .windowBytes = {1, 1000, 64 * 1024, 300 * 1024},
                    .maxPayload = 200 * 1024,
                    .producerDelay = 5ms,
                    .budgets = {1, 4096, 64 * 1024, 1 << 20},
                    .faults = {.dropToConsumer = {0, 0.2},
                               .dropToProducer = {0, 0.2},
                               .reorder = {0, 0.2},
                               .delayMax = 20ms}});
    // More holes than a producer keeps apart, and than a consumer asks for at once.
    rows.push_back({.name = "hundreds of holes",
                    .messages = 400,
                    .windows = {1024},
                    .producerDelay = {},
                    .consumerDelay = {},
                    .budgets = {100, 64 * 1024},
                    .faults = {.dropToConsumer = {0.2, 0.6},
                               .reorder = {0, 0.1},
                               .droppable = {FrameType::Message},
                               .delayMax = 20ms,
                               .notWritable = 100ms,
                               .untilDone = true}});
    rows.push_back({.name = "back-pressure of the link",
                    .messages = 100,
                    .windows = {5, 50},
                    .producerDelay = 2ms,
                    .consumerDelay = 2ms,
                    .budgets = {1, 100, 4096},
                    .faults = {.delayMax = 5ms, .notWritable = 100ms}});
}

/*! Connections that break and processes that live on. */
void addLinkRows(std::vector<Scenario> &rows)
{
    rows.push_back({.name = "cuts", .faults = {.delayMax = 50ms, .cut = 400ms}});
    rows.push_back({.name = "cuts, only flow control",
                    .windowBytes = {100, 1 << 20},
                    .onlyFlowControl = true,
                    .faults = {.delayMax = 50ms, .cut = 400ms}});
    rows.push_back({.name = "half-open links", .faults = {.delayMax = 50ms, .halfOpen = 2s}});
    rows.push_back(
        {.name = "cuts and loss at small windows",
         .windows = {1, 2, 3, 4},
         .windowBytes = {1, 50, 1 << 20},
         .faults = {.dropToConsumer = Some, .dropToProducer = Some, .delayMax = 20ms, .cut = 1s}});
    rows.push_back(
        {.name = "five flows on one link",
         .flows = 5,
         .messages = 30,
         .windows = {3, 20},
         .budgets = {100, 4096},
         .faults = {
             .dropToConsumer = {0, 0.2}, .dropToProducer = {0, 0.2}, .delayMax = 20ms, .cut = 1s}});
    rows.push_back({.name = "three producers, two consumers of each, two links",
                    .flows = 3,
                    .consumersPerFlow = 2,
                    .consumerNodes = 2,
                    .messages = 40,
                    .faults = {.delayMax = 20ms, .cut = 200ms, .takeOver = 100ms}});
    rows.push_back(
        {.name = "invited",
         .producerRegisters = true,
         .faults = {.dropToConsumer = Some, .dropToProducer = Some, .delayMax = 20ms, .cut = 1s}});
    rows.push_back({.name = "invited, and the consumer restarts",
                    .producerRegisters = true,
                    .faults = {.dropToConsumer = {0, 0.2},
                               .dropToProducer = {0, 0.2},
                               .delayMax = 20ms,
                               .producerRestart = 1s,
                               .consumerRestart = 700ms}});
}

/*! Controllers, processes and applications that come and go. */
void addLifeRows(std::vector<Scenario> &rows)
{
    rows.push_back(
        {.name = "the producer restarts", .faults = {.delayMax = 50ms, .producerRestart = 500ms}});
    rows.push_back({.name = "the consumer restarts",
                    .windows = {3, 20},
                    .faults = {.delayMax = 50ms, .consumerRestart = 400ms}});
    rows.push_back(
        {.name = "the consumer restarts, only flow control",
         .windows = {3, 20},
         .windowBytes = {100, 1 << 20},
         .onlyFlowControl = true,
         .faults = {
             .dropToConsumer = {0, 0.2}, .delayMax = 50ms, .cut = 1s, .consumerRestart = 400ms}});
    rows.push_back({.name = "both restart and the link is lossy",
                    .faults = {.dropToConsumer = Some,
                               .dropToProducer = Some,
                               .delayMax = 20ms,
                               .producerRestart = 1s,
                               .consumerRestart = 1s}});
    rows.push_back({.name = "take-over between processes",
                    .consumersPerFlow = 2,
                    .consumerNodes = 2,
                    .messages = 100,
                    .windows = {2, 5, 20},
                    .windowBytes = {50, 150, 1 << 20},
                    .faults = {.delayMax = 50ms, .takeOver = 100ms}});
    rows.push_back({.name = "take-over between processes, lossy",
                    .consumersPerFlow = 2,
                    .consumerNodes = 2,
                    .windows = {1, 2, 5, 20},
                    .windowBytes = {50, 150, 1 << 20},
                    .faults = {.dropToConsumer = {0, 0.2},
                               .dropToProducer = {0, 0.4},
                               .delayMax = 50ms,
                               .cut = 1s,
                               .takeOver = 200ms}});
    rows.push_back({.name = "take-over within a process, with cuts and reordering",
                    .consumersPerFlow = 2,
                    .windows = {2, 5, 20},
                    .windowBytes = {100, 1 << 20},
                    .faults = {.duplicate = {0, 0.1},
                               .reorder = {0, 0.2},
                               .delayMax = 50ms,
                               .cut = 500ms,
                               .takeOver = 300ms}});
    rows.push_back(
        {.name = "take-over while producers restart",
         .consumersPerFlow = 2,
         .consumerNodes = 2,
         .faults = {.delayMax = 50ms, .cut = 400ms, .producerRestart = 700ms, .takeOver = 300ms}});
    rows.push_back({.name = "application objects restart",
                    .faults = {.dropToConsumer = {0, 0.2},
                               .delayMax = 20ms,
                               .cut = 2s,
                               .producerObjectRestart = 200ms,
                               .consumerObjectRestart = 200ms}});
    rows.push_back({.name = "deliver, then stop",
                    .windows = {3, 20},
                    .faults = {.delayMax = 50ms, .deliverThenStop = 300ms}});
    rows.push_back({.name = "slow and stalled consumers",
                    .windows = {2, 20},
                    .consumerDelay = 200ms,
                    .faults = {.delayMax = 20ms, .stall = 2s, .lasts = 15s}});
}

/*! Messages and progress that outlive processes. */
void addDurableRows(std::vector<Scenario> &rows)
{
    Scenario durable{.name = "durable queue, no faults", .messages = 200, .durableQueue = true};
    rows.push_back(durable);
    durable.name = "durable queue, the producer restarts";
    durable.messages = 63;
    durable.windows = {1, 3, 20};
    durable.faults = {.delayMax = 50ms, .producerRestart = 300ms, .storeFails = {0, 0.3}};
    rows.push_back(durable);
    durable.name = "RND-02, RND-03 durable queue, lossy";
    durable.faults = {
        .dropToConsumer = Some, .dropToProducer = Some, .storeFails = {0, 0.3}, .untilDone = true};
    rows.push_back(durable);
    durable.name = "durable queue, everything restarts";
    durable.faults = {.dropToConsumer = {0, 0.2},
                      .dropToProducer = {0, 0.2},
                      .delayMax = 50ms,
                      .cut = 1s,
                      .producerRestart = 500ms,
                      .consumerRestart = 500ms,
                      .producerObjectRestart = 1s,
                      .consumerObjectRestart = 1s,
                      .storeFails = {0, 0.3}};
    rows.push_back(durable);
    durable.name = "durable queue, take-over";
    durable.consumersPerFlow = 2;
    durable.consumerNodes = 2;
    durable.faults.takeOver = 400ms;
    rows.push_back(durable);
    durable.name = "durable queue and progress, everything restarts";
    durable.consumersPerFlow = 1;
    durable.consumerNodes = 1;
    durable.faults.takeOver = {};
    durable.durableProgress = true;
    rows.push_back(durable);
    durable.name = "durable queue and progress, slow disks at small windows";
    durable.windows = {1, 2, 3};
    durable.storeDelay = 200ms;
    rows.push_back(durable);
    durable.name = "durable progress, everything restarts";
    durable.windows = {1, 3, 20};
    durable.storeDelay = 20ms;
    durable.durableQueue = false;
    rows.push_back(durable);
    durable.name = "durable queue and progress, invited";
    durable.durableQueue = true;
    durable.producerRegisters = true;
    rows.push_back(durable);
}

/*! Messages that travel in ranges. */
void addChunkedRows(std::vector<Scenario> &rows)
{
    Scenario chunked{.name = "CHK chunked, no faults",
                     .messages = 60,
                     .windows = {1, 3, 20},
                     .windowBytes = {20, 100, 1 << 20},
                     .maxPayload = 400,
                     .chunkSize = 10,
                     .producerDelay = 5ms,
                     .budgets = {1, 100, 64 * 1024}};
    rows.push_back(chunked);
    chunked.name = "CHK chunked, cuts";
    chunked.faults = {.delayMax = 20ms, .cut = 300ms, .notWritable = 200ms};
    rows.push_back(chunked);
    chunked.name = "CHK chunked, reordered and lossy";
    chunked.maxPayload = 120; // a lost range is sent again with all that follow: quadratic
    chunked.faults = {.dropToConsumer = {0, 0.2},
                      .dropToProducer = {0, 0.2},
                      .duplicate = {0, 0.1},
                      .reorder = {0, 0.1},
                      .delayMax = 20ms};
    rows.push_back(chunked);
    chunked.name = "CHK chunked, both restart";
    chunked.maxPayload = 400;
    chunked.faults = {.dropToConsumer = {0, 0.05},
                      .delayMax = 20ms,
                      .cut = 1s,
                      .producerRestart = 1s,
                      .consumerRestart = 700ms};
    rows.push_back(chunked);
    chunked.name = "CHK chunked, take-over";
    chunked.consumersPerFlow = 2;
    chunked.consumerNodes = 2;
    chunked.faults = {.delayMax = 20ms, .cut = 1s, .takeOver = 200ms};
    rows.push_back(chunked);
    chunked.name = "H44 chunked, only flow control";
    chunked.onlyFlowControl = true;
    chunked.faults = {
        .dropToConsumer = {0, 0.2}, .delayMax = 20ms, .cut = 1s, .consumerRestart = 700ms};
    rows.push_back(chunked);
    chunked.name = "CHK chunked, spooled";
    chunked.consumersPerFlow = 1;
    chunked.consumerNodes = 1;
    chunked.onlyFlowControl = false;
    chunked.spoolThreshold = 50;
    chunked.spoolFails = {0, 0.1};
    chunked.faults = {.dropToConsumer = {0, 0.1}, .delayMax = 20ms, .cut = 500ms};
    rows.push_back(chunked);
    chunked.name = "CHK chunked, spooled, everything durable restarts";
    chunked.durableQueue = true;
    chunked.durableProgress = true;
    chunked.faults = {.dropToConsumer = {0, 0.1},
                      .delayMax = 20ms,
                      .cut = 1s,
                      .producerRestart = 600ms,
                      .consumerRestart = 500ms,
                      .storeFails = {0, 0.2}};
    rows.push_back(chunked);
    chunked.name = "CHK chunked, spooled, the consumer restarts";
    chunked.durableProgress = false;
    rows.push_back(chunked);
}

FaultPlan everything()
{
    return {.dropToConsumer = {0, 0.2},
            .dropToProducer = {0, 0.2},
            .duplicate = {0, 0.1},
            .reorder = {0, 0.2},
            .delayMax = 50ms,
            .cut = 2s,
            .halfOpen = 8s,
            .notWritable = 500ms,
            .producerRestart = 4s,
            .consumerRestart = 2s,
            .producerObjectRestart = 1s,
            .consumerObjectRestart = 1s,
            .takeOver = 2s,
            .deliverThenStop = 2s,
            .stall = 4s,
            .lasts = 12s};
}

void addEverything(std::vector<Scenario> &rows)
{
    Scenario all{.name = "everything at once",
                 .flows = 2,
                 .consumersPerFlow = 2,
                 .consumerNodes = 2,
                 .windows = {1, 2, 3, 5, 20, 50},
                 .windowBytes = {1, 100, 5000, 1 << 20},
                 .maxPayload = 2000,
                 .budgets = {1, 1000, 64 * 1024},
                 .faults = everything()};
    rows.push_back(all);
    all.name = "everything at once, invited";
    all.flows = 1;
    all.consumersPerFlow = 1;
    all.consumerNodes = 1;
    all.producerRegisters = true;
    all.faults.takeOver = {};
    rows.push_back(all);
    all.name = "everything at once, only flow control";
    all.consumersPerFlow = 2;
    all.consumerNodes = 2;
    all.producerRegisters = false;
    all.onlyFlowControl = true;
    all.faults = everything();
    rows.push_back(all);
}

} // namespace

const std::vector<Scenario> &scenarios()
{
    static const std::vector<Scenario> all = [] {
        std::vector<Scenario> rows;
        addReferenceRows(rows);
        addFrameRows(rows);
        addLinkRows(rows);
        addLifeRows(rows);
        addDurableRows(rows);
        addChunkedRows(rows);
        addEverything(rows);
        return rows;
    }();
    return all;
}

} // namespace QtDelivery::Simulation
