// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "flownumbers.h"

#include "../model/text.h"

#include <QCoreApplication>

namespace Monitor {

using QtDelivery::FlowSnapshot;

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("Monitor", text);
}

QString stateText(FlowSnapshot::State state)
{
    switch (state) {
    case FlowSnapshot::State::Loading:
        return translated("Loading");
    case FlowSnapshot::State::Unattached:
        return translated("Not attached");
    case FlowSnapshot::State::Attaching:
        return translated("Attaching");
    case FlowSnapshot::State::Attached:
        return translated("Attached");
    case FlowSnapshot::State::Stopped:
        return translated("Stopped");
    }
    return {};
}

QString yesOrNo(bool yes)
{
    return yes ? translated("yes") : translated("no");
}

} // namespace

QList<FlowNumber> flowNumbers(const FlowSnapshot &flow)
{
    return {
        {translated("State"), stateText(flow.state)},
        //: the application has called start()
        {translated("Started"), yesOrNo(flow.isStarted)},
        {translated("Durable"), yesOrNo(flow.isDurable)},
        //: how many registrations the producer has counted
        {translated("Epoch"), countText(flow.epoch)},
        {translated("Attachments"), countText(flow.attachments)},
        {translated("Next number"), countText(flow.nextSeqNr)},
        {translated("Stored up to"), countText(flow.storedSeqNr)},
        {translated("Granted up to"), countText(flow.grantedSeqNr)},
        {translated("Sent up to"), countText(flow.sentSeqNr)},
        {translated("Received up to"), countText(flow.receivedSeqNr)},
        {translated("Delivered up to"), countText(flow.deliveredSeqNr)},
        {translated("Confirmed up to"), countText(flow.confirmedSeqNr)},
        {translated("Bytes unconfirmed"), bytesText(flow.unconfirmedBytes)},
        {translated("Bytes in flight"), bytesText(flow.inFlightBytes)},
        {translated("Bytes granted"), bytesText(flow.grantedBytes)},
        {translated("Messages"), countText(flow.messages)},
        {translated("Bytes of messages"), bytesText(flow.bytes)},
        {translated("Sent again"), countText(flow.resent)},
        {translated("Asked for again"), countText(flow.resendsAsked)},
        {translated("Duplicates dropped"), countText(flow.duplicatesDropped)},
        {translated("Refused calls"), countText(flow.rejected)},
        {translated("Not stored"), countText(flow.queueDepth)},
        {translated("Storage, last answer"), latencyText(flow.storeLatency)},
        {translated("Storage, longest answer"), latencyText(flow.storeLatencyMax)},
        {translated("Round trip"), latencyText(flow.rtt)},
        {translated("Attempts in vain"), countText(flow.attempts)},
    };
}

} // namespace Monitor
