// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <core/frames.h>

#include <vector>

namespace QtDelivery::Simulation {

using namespace std::chrono_literals;

/*! A probability is drawn from here once per world. */
struct Chances
{
    double from = 0;
    double to = 0;
};

/*! \brief What goes wrong in a world. Everything is drawn from the world's seed. */
struct FaultPlan
{
    // Per frame. Hello, Offer and Withdraw are spared: their order is the link layer's business.
    // So is a producer's Detach: nothing repeats it, and no link loses single frames in earnest.
    Chances dropToConsumer{};
    Chances dropToProducer{};
    Chances duplicate{};
    Chances reorder{};
    std::vector<FrameType> droppable{}; //!< empty = all
    SeqNr spareUpTo = 0; //!< Messages up to here are never dropped: tail loss
    Duration delayMin{};
    Duration delayMax{};
    Duration reorderBy = 50ms; //!< a reordered frame is late by up to this

    // Mean virtual time between two of a kind; zero = never.
    Duration cut{};
    Duration halfOpen{};
    Duration notWritable{};
    Duration producerRestart{}; //!< controller or process, by chance
    Duration consumerRestart{}; //!< controller or process, by chance
    Duration producerObjectRestart{};
    Duration consumerObjectRestart{};
    Duration takeOver{}; //!< one of a flow's consumers registers (again)
    Duration deliverThenStop{}; //!< and a new consumer takes its place
    Duration stall{}; //!< a consumer's application does nothing for a while
    Chances storeFails{}; //!< per batch, of a durable queue and of durable progress

    Duration lasts = 8s; //!< then all faults are switched off …
    bool untilDone = false; //!< … or never before everything is confirmed
    bool unplanned = false; //!< anything may go wrong, somebody else decides what

    /*! Whatever happens, each message is delivered once: no producer or consumer is replaced by one
     * that has to start again. */
    [[nodiscard]] bool deliversOnce() const
    {
        return !unplanned && producerRestart == 0ns && consumerRestart == 0ns && takeOver == 0ns
            && (deliverThenStop == 0ns || (cut == 0ns && dropToProducer.to == 0));
    }
    /*! Something may get lost, come twice or start again. Otherwise nothing may be sent twice. */
    [[nodiscard]] bool loses() const
    {
        return unplanned || dropToConsumer.to > 0 || dropToProducer.to > 0 || duplicate.to > 0
            || reorder.to > 0 || cut != 0ns || halfOpen != 0ns || producerRestart != 0ns
            || consumerRestart != 0ns || takeOver != 0ns || deliverThenStop != 0ns;
    }
};

/*! \brief One kind of world. Where there is a list, each instance draws from it. */
struct Scenario
{
    const char *name = "";
    int flows = 1;
    int consumersPerFlow = 1;
    int consumerNodes = 1;
    SeqNr messages = 63; //!< per flow, in all
    std::vector<SeqNr> windows{20};
    std::vector<quint64> windowBytes{1 << 20};
    qsizetype maxPayload = 40;
    qsizetype chunkSize = 0; //!< longer messages travel in ranges; 0 = none does
    quint64 spoolThreshold = 0; //!< longer messages are spooled; 0 = none is
    Chances spoolFails{}; //!< per range
    Duration producerDelay = 39ms; //!< between permission and message, at most
    Duration consumerDelay = 39ms; //!< between delivery and confirmation, at most
    std::vector<qsizetype> budgets{64 * 1024}; //!< bytes asked from a machine at once
    Duration retryMin = 500ms; //!< of the consumer's retries and of the producer's probes
    Duration retryMax = 2s;
    bool onlyFlowControl = false;
    bool producerRegisters = false; //!< through Invite
    bool durableQueue = false; //!< what the producer has stored outlives it
    bool durableProgress =
        false; //!< what the consumer has recorded outlives it; one consumer a flow
    Duration storeDelay = 20ms; //!< of either, at most
    FaultPlan faults{};
};

/*! The rows of the random simulation. */
[[nodiscard]] const std::vector<Scenario> &scenarios();

} // namespace QtDelivery::Simulation
