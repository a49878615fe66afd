// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "endkey.h"

#include <QtDelivery/flowsnapshot.h>

#include <QHash>
#include <QList>

namespace Monitor {

/*! How far a part of a large message is. */
enum class ChunkState {
    Missing, //!< not transmitted yet, or lost and not transmitted again
    InFlight, //!< transmitted, and not known to have arrived
    Received, //!< at the consumer
    Verified, //!< the whole is there and its digest is right
    Resent, //!< was transmitted more than once
};
constexpr int ChunkStateCount = int(ChunkState::Resent) + 1;

/*! For people. */
[[nodiscard]] QString chunkStateText(ChunkState state);

/*! One large message, as both ends tell of it. */
struct Transfer
{
    qint64 seqNr = 0;
    qint64 totalBytes = 0;
    QList<QtDelivery::SeqRange> transmitted = {}; //!< bytes, by the producer
    QList<QtDelivery::SeqRange> received = {}; //!< bytes, by the consumer
    QList<QtDelivery::SeqRange> resent = {}; //!< bytes that were transmitted, and then not any more
    qint64 transmittedBytes = 0;
    qint64 receivedBytes = 0;
    bool isVerified = false;
    qint64 begin = 0; //!< when it was first seen; microseconds since 1970
    qint64 end = 0; //!< when it was verified
    double rate = 0; //!< bytes per second; of a verified one over all its time

    /*! What has come as far as is known. */
    [[nodiscard]] qint64 doneBytes() const;
    /*! Microseconds until it is done, -1 = not known. */
    [[nodiscard]] qint64 timeLeft() const;
    /*! The state of most of the bytes from \a from to \a to. */
    [[nodiscard]] ChunkState stateOf(qint64 from, qint64 to) const;
};

/*! \brief The large messages of all flows, under way or just done: a bounded number. */
class Transfers
{
public:
    static constexpr qsizetype MaxOfFlow = 24;
    static constexpr qsizetype MaxFlows = 1000;

    /*! \a time in microseconds since 1970 is that of \a flow. */
    void add(const QtDelivery::FlowSnapshot &flow, qint64 time);
    void clear() { m_flows.clear(); }
    /*! The newest first. */
    [[nodiscard]] QList<Transfer> of(const FlowName &flow) const { return m_flows.value(flow); }

private:
    void learn(QList<Transfer> &transfers, const QtDelivery::FlowSnapshot &flow, qint64 time);

    QHash<FlowName, QList<Transfer>> m_flows;
};

// ---- sets of ranges: ascending, not overlapping

/*! How many numbers of \a from … \a to are in \a ranges. */
[[nodiscard]] qint64 overlap(const QList<QtDelivery::SeqRange> &ranges, qint64 from, qint64 to);
/*! What is in \a ranges and not in \a others. */
[[nodiscard]] QList<QtDelivery::SeqRange> without(const QList<QtDelivery::SeqRange> &ranges,
                                                  const QList<QtDelivery::SeqRange> &others);
/*! What is in either. */
[[nodiscard]] QList<QtDelivery::SeqRange> united(const QList<QtDelivery::SeqRange> &ranges,
                                                 const QList<QtDelivery::SeqRange> &others);

} // namespace Monitor
