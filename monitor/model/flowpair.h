// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "endkey.h"

#include <QtDelivery/flowsnapshot.h>

#include <optional>

namespace Monitor {

/*! One end of a flow as it is watched. */
struct FlowEnd
{
    QString source = {}; //!< the socket of its node
    QString process = {}; //!< for people: program and pid
    QtDelivery::FlowSnapshot flow = {};
    qint64 now = 0; //!< the node's clock, as far as is known
    double rate = 0; //!< messages per second

    [[nodiscard]] EndKey key() const { return {source, flow.key()}; }
    /*! Of the oldest message that is not confirmed, in microseconds; -1 = there is none. */
    [[nodiscard]] qint64 age() const;
};

/*! How a flow is, at one look. Greater is worse. */
enum class Health {
    Idle, //!< there is nothing to do
    Moving, //!< messages are confirmed
    Waiting, //!< it is held up, not for long or not in vain
    Stuck, //!< it needs somebody
};

/*! Who has to do something so that a flow moves. */
enum class Culprit {
    Nobody,
    Producer, //!< the application that sends
    Consumer, //!< the application that confirms
    Storage, //!< of either side
    Link,
};

/*! \brief A flow with the ends that are seen of it: one, or both. */
class FlowPair
{
public:
    std::optional<FlowEnd> producer;
    std::optional<FlowEnd> consumer;

    [[nodiscard]] bool isEmpty() const { return !producer && !consumer; }
    [[nodiscard]] bool isWhole() const { return producer && consumer; }
    /*! The producer if it is seen, else the consumer. There must be one. */
    [[nodiscard]] const FlowEnd &anyEnd() const { return producer ? *producer : *consumer; }
    [[nodiscard]] FlowName name() const;
    /*! For people: the producer's id; for a consumer that knows none, its own. */
    [[nodiscard]] QString title() const;
    /*! For people: both ids with their nodes, one of which may not be known. */
    [[nodiscard]] QString producerText() const;
    [[nodiscard]] QString consumerText() const;

    /*! The end whose reason explains why the flow does not move; null if nothing does. A consumer
        that is busy explains a producer that waits for it, never the other way round. */
    [[nodiscard]] const FlowEnd *blockedEnd() const;
    [[nodiscard]] QtDelivery::BlockedReason reason() const;
    [[nodiscard]] Culprit culprit() const;
    /*! Why it does not move, whole; empty if it does. */
    [[nodiscard]] QString sentence() const;
    [[nodiscard]] Health health() const;

    // ---- numbers, of the end that knows best
    [[nodiscard]] qint64 backlog() const; //!< messages that are held and not confirmed
    [[nodiscard]] qint64 inFlight() const;
    [[nodiscard]] qint64 window() const;
    [[nodiscard]] double rate() const;
    [[nodiscard]] qint64 age() const; //!< microseconds, -1 = none
    [[nodiscard]] qint64 resent() const;
    [[nodiscard]] qint64 confirmed() const;
    [[nodiscard]] qint64 unconfirmedBytes() const;
    [[nodiscard]] qint64 roundTrip() const; //!< microseconds, -1 = none
};

/*! For people. */
[[nodiscard]] QString healthText(Health health);
[[nodiscard]] QString culpritText(Culprit culprit);

/*! Which of two reasons explains the other: the one with the greater weight. 0 = none. */
[[nodiscard]] int explanatoryWeight(QtDelivery::BlockedReason reason);

/*! The two belong to one flow: each, as far as it knows, names the other. */
[[nodiscard]] bool belongTogether(const QtDelivery::FlowSnapshot &producer,
                                  const QtDelivery::FlowSnapshot &consumer);

} // namespace Monitor
