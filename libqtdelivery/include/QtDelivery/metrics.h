// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/error.h>
#include <QtDelivery/flowsnapshot.h>
#include <QtDelivery/linksnapshot.h>
#include <QtDelivery/refusals.h>

QT_BEGIN_NAMESPACE
class QIODevice;
QT_END_NAMESPACE

namespace QtDelivery {

/*! \brief What writeMetrics() writes: the flows and links of one process. */
struct QTDELIVERY_EXPORT MetricsSource
{
    /*! The label "process" of every line; empty = no such label. */
    QString process = {};
    QList<FlowSnapshot> flows = {}; //!< of its nodes
    QList<LinkSnapshot> links = {}; //!< of its nodes
    QString nodeId = {}; //!< of the node that refused; empty = nothing is known of refusals
    Refusals refusals = {}; //!< by that node, to its peers
};

/*! Writes \a sources to \a device in the text format of Prometheus (version 0.0.4): for each metric
    its HELP and TYPE, then a line per flow or link. doc/monitor-protocol.md, "Metrics", lists the
    names, which stay as they are. Times are in seconds, what is not known is left out.

    Answers Error::Code::StorageFailed with the device's words if it does not take everything. May
   be called in any thread. */
QTDELIVERY_EXPORT Error writeMetrics(QIODevice *device, const QList<MetricsSource> &sources);

} // namespace QtDelivery
