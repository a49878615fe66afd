// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/machinesnapshots.h"
#include "flowobserver.h"

#include <QtDelivery/flowsnapshot.h>

#include <optional>

namespace QtDelivery {

/*! \brief What a machine's snapshot does not say: the world around it at the same instant. */
struct FlowSurroundings
{
    enum class Storage { None, Loading, Ready, Broken };

    QString id{};
    QString nodeId{};
    QString wantedPeerId{};
    QString wantedNodeId{};
    TimePoint now{};
    Error state{}; //!< why the controller cannot be used; no error if it can
    Storage storage = Storage::None;
    Error storageError{};
    StorageSnapshot measured{}; //!< what the storage shows of itself
    bool isLinked = false; //!< to the node of the other end; if that is unknown, to any
    bool expectsLink = false; //!< this node itself connects to others
    std::optional<TimePoint> nextAttempt{}; //!< of that
    std::optional<Duration> rtt{};
    bool isCongested = false; //!< the link takes no frames at present
};

/*! The two halves put together, with the reason why the flow does not move. */
[[nodiscard]] FlowSnapshot flowSnapshot(const ProducerMachineSnapshot &machine,
                                        const FlowObserver &observer,
                                        const FlowSurroundings &around);
[[nodiscard]] FlowSnapshot flowSnapshot(const ConsumerMachineSnapshot &machine,
                                        const FlowObserver &observer,
                                        const FlowSurroundings &around);

} // namespace QtDelivery
