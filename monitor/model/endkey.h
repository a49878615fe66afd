// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QHashFunctions>
#include <QString>

namespace Monitor {

/*! Names one end of a flow among all that are watched: the socket of its node, and
    FlowSnapshot::key(). */
struct EndKey
{
    QString source;
    QString key;

    friend bool operator==(const EndKey &, const EndKey &) = default;
    friend size_t qHash(const EndKey &end, size_t seed = 0)
    {
        return qHashMulti(seed, end.source, end.key);
    }
};

/*! Names a flow, whichever end is seen: by its producer. */
struct FlowName
{
    QString node; //!< of the producer; empty = not known
    QString producer;

    friend bool operator==(const FlowName &, const FlowName &) = default;
    friend size_t qHash(const FlowName &flow, size_t seed = 0)
    {
        return qHashMulti(seed, flow.node, flow.producer);
    }
};

} // namespace Monitor
