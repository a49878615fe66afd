// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "memoryconnection.h"
#include "virtualenvironment.h"

#include <QtDelivery/deliverynode.h>

namespace TestSupport {

/*! \brief Time and network for the nodes of one test. Must outlive them. */
struct VirtualWorld
{
    VirtualTime time;
    MemoryNetwork network;
    quint64 seed = 1; //!< of the next node
    bool sockets = false; //!< nodes from now on use real sockets, in virtual time
};

/*! \brief A node of a VirtualWorld. */
class TestNode : public QtDelivery::DeliveryNode
{
    Q_OBJECT

public:
    explicit TestNode(VirtualWorld &world, const QtDelivery::NodeSettings &settings = {},
                      QObject *parent = nullptr)
        : DeliveryNode(settings,
                       std::make_unique<VirtualEnvironment>(
                           world.time, world.sockets ? nullptr : &world.network, world.seed++),
                       parent)
    { }
};

} // namespace TestSupport
