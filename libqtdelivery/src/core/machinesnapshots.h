// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "types.h"

#include <QString>

#include <vector>

namespace QtDelivery {

/*! \file
    What the machines show of themselves: copies, of one instant, for whoever watches. Nothing in
    the protocol reads them. */

/*! Numbers, both included. */
struct NumberRange
{
    SeqNr from = 0;
    SeqNr to = 0;
};

/*! A message that travels in ranges: its first bytes are there. */
struct RangedMessage
{
    SeqNr seqNr = 0; //!< 0 = none does now
    quint64 bytes = 0;
    quint64 total = 0;
};

/*! Longer lists are cut: a picture needs no more, and a watcher costs little. */
constexpr size_t MaxShownRanges = 64;

/*! Why a producer may not accept the next message. */
enum class AcceptBlock {
    None,
    Grant, //!< the consumer's, in messages or bytes
    Store, //!< so much is accepted and not stored
    OwnMessages, //!< maxUnconfirmedMessages
    OwnBytes, //!< maxUnconfirmedBytes
};

struct ProducerMachineSnapshot
{
    bool started = false;
    bool attached = false;
    bool inviting = false;
    bool paused = false; //!< nothing is transmitted, as the application wishes
    AcceptBlock block = AcceptBlock::None;
    quint64 epoch = 0;
    SeqNr confirmed = 0;
    SeqNr received = 0; //!< by the consumer, as far as is known
    SeqNr sent = 0;
    SeqNr stored = 0;
    SeqNr next = 1;
    SeqNr granted = 0;
    quint64 grantedBytes = 0;
    quint64 unconfirmedBytes = 0;
    quint64 inFlightBytes = 0;
    std::vector<NumberRange> holes; //!< to be transmitted again
    RangedMessage ranged;
    quint64 messages = 0;
    quint64 bytes = 0;
    quint64 resent = 0;
    quint64 packedFrom = 0; //!< bytes of payloads that were transmitted packed …
    quint64 packedTo = 0; //!< … and how many they were then
    quint64 attachments = 0;
    int attempts = 0; //!< probes or invitations in a row
};

struct ConsumerMachineSnapshot
{
    enum class State { Unattached, Attaching, Attached };

    bool started = false;
    State state = State::Unattached;
    QString producerId;
    quint64 epoch = 0;
    SeqNr confirmed = 0;
    SeqNr reported = 0; //!< recorded, with durable progress
    SeqNr delivered = 0;
    SeqNr received = 0;
    SeqNr known = 0; //!< to have been transmitted
    SeqNr granted = 0;
    quint64 grantedBytes = 0;
    quint64 unconfirmedBytes = 0;
    SeqNr outstanding = 0; //!< delivered and not confirmed; 0 = none
    std::vector<NumberRange> buffered;
    qsizetype bufferedMessages = 0;
    RangedMessage ranged;
    quint64 messages = 0;
    quint64 bytes = 0;
    quint64 confirmedCount = 0;
    quint64 duplicatesDropped = 0;
    quint64 resendsAsked = 0;
    quint64 attachments = 0;
    int attempts = 0; //!< Attach or Resend in a row
};

} // namespace QtDelivery
