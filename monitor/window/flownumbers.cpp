// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "flownumbers.h"

#include "../model/text.h"
#include "../model/words.h"

namespace Monitor {

using QtDelivery::FlowSnapshot;

namespace {

QString stateText(FlowSnapshot::State state)
{
    switch (state) {
    case FlowSnapshot::State::Loading:
        return Words::tr("Loading");
    case FlowSnapshot::State::Unattached:
        return Words::tr("Not attached");
    case FlowSnapshot::State::Attaching:
        return Words::tr("Attaching");
    case FlowSnapshot::State::Attached:
        return Words::tr("Attached");
    case FlowSnapshot::State::Stopped:
        return Words::tr("Stopped");
    }
    return {};
}

QString yesOrNo(bool yes)
{
    return yes ? Words::tr("yes") : Words::tr("no");
}

/*! A dash for what is not known. */
QString known(qint64 value, QString (*text)(qint64))
{
    return value < 0 ? QStringLiteral("–") : text(value);
}

QString compressionText(const FlowSnapshot &flow)
{
    if (flow.compressedFrom == 0)
        return QStringLiteral("–");
    //: sizes before and after: "10 MB to 2 MB"
    return Words::tr("%1 to %2").arg(bytesText(flow.compressedFrom), bytesText(flow.compressedTo));
}

} // namespace

QList<FlowNumber> flowNumbers(const FlowSnapshot &flow)
{
    return {
        {Words::tr("State"), stateText(flow.state)},
        //: the application has called start()
        {Words::tr("Started"), yesOrNo(flow.isStarted)},
        {Words::tr("Durable"), yesOrNo(flow.isDurable)},
        //: how many registrations the producer has counted
        {Words::tr("Epoch"), countText(flow.epoch)},
        {Words::tr("Attachments"), countText(flow.attachments)},
        {Words::tr("Next number"), countText(flow.nextSeqNr)},
        {Words::tr("Stored up to"), countText(flow.storedSeqNr)},
        {Words::tr("Granted up to"), countText(flow.grantedSeqNr)},
        {Words::tr("Sent up to"), countText(flow.sentSeqNr)},
        {Words::tr("Received up to"), countText(flow.receivedSeqNr)},
        {Words::tr("Delivered up to"), countText(flow.deliveredSeqNr)},
        {Words::tr("Confirmed up to"), countText(flow.confirmedSeqNr)},
        {Words::tr("Bytes unconfirmed"), bytesText(flow.unconfirmedBytes)},
        {Words::tr("Bytes in flight"), bytesText(flow.inFlightBytes)},
        {Words::tr("Bytes granted"), bytesText(flow.grantedBytes)},
        {Words::tr("Messages"), countText(flow.messages)},
        {Words::tr("Bytes of messages"), bytesText(flow.bytes)},
        {Words::tr("Sent again"), countText(flow.resent)},
        {Words::tr("Compressed"), compressionText(flow)},
        {Words::tr("Asked for again"), countText(flow.resendsAsked)},
        {Words::tr("Duplicates dropped"), countText(flow.duplicatesDropped)},
        {Words::tr("Refused calls"), countText(flow.rejected)},
        {Words::tr("Not stored"), countText(flow.queueDepth)},
        {Words::tr("Storage, last answer"), latencyText(flow.storeLatency)},
        {Words::tr("Storage, longest answer"), latencyText(flow.storeLatencyMax)},
        {Words::tr("Storage, size"), known(flow.storage.bytes, bytesText)},
        {Words::tr("Storage, files"), known(flow.storage.files, countText)},
        {Words::tr("Storage, longest sync"), latencyText(flow.storage.syncTimeOf(1))},
        {Words::tr("Round trip"), latencyText(flow.rtt)},
        {Words::tr("Attempts in vain"), countText(flow.attempts)},
    };
}

} // namespace Monitor
