// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <QtDelivery/flowevent.h>

#include "words/text.h"

#include <array>

namespace QtDelivery {

namespace {

constexpr std::array<QLatin1StringView, 15> Names{
    QLatin1StringView("recording-began"), QLatin1StringView("started"),
    QLatin1StringView("partner-found"),   QLatin1StringView("attached"),
    QLatin1StringView("detached"),        QLatin1StringView("link-lost"),
    QLatin1StringView("refused"),         QLatin1StringView("report"),
    QLatin1StringView("resend-asked"),    QLatin1StringView("probe"),
    QLatin1StringView("loaded"),          QLatin1StringView("store-failed"),
    QLatin1StringView("store-retried"),   QLatin1StringView("producer-restarted"),
    QLatin1StringView("stopped"),
};

} // namespace

QString FlowEvent::sentence() const
{
    switch (kind) {
    case Kind::RecordingBegan:
        return Text::tr("The recording began.");
    case Kind::Started:
        return Text::tr("The application called start().");
    case Kind::PartnerFound:
        return Text::tr("A peer offers the other end.");
    case Kind::Attached:
        //: %1 is a message's number, %2 counts registrations
        return Text::tr("The two ends are attached from message %1 on, epoch %2.")
            .arg(seqNr)
            .arg(detail);
    case Kind::Detached:
        //: %1 is a number of the protocol
        return Text::tr("The other end gave the flow up, reason %1.").arg(detail);
    case Kind::LinkLost:
        //: %1 is a message's number
        return Text::tr("The link was lost; message %1 is confirmed.").arg(seqNr);
    case Kind::Refused:
        //: %1 is a number of the protocol
        return Text::tr("The other end was refused, reason %1.").arg(detail);
    case Kind::Report:
        //: %1 and %2 are numbers of messages
        return Text::tr("Confirmed up to message %1; granted up to %2.").arg(seqNr).arg(detail);
    case Kind::ResendAsked:
        //: %1 and %2 are numbers of messages
        return Text::tr("Messages %1 to %2 are missing.").arg(seqNr).arg(detail);
    case Kind::Probe:
        //: %1 is a message's number
        return Text::tr("The producer told that it has transmitted up to message %1.").arg(seqNr);
    case Kind::Loaded:
        //: %1 is a message's number
        return Text::tr("The storage is loaded; message %1 is confirmed.").arg(seqNr);
    case Kind::StoreFailed:
        //: %1 is a message's number
        return Text::tr("Storing what follows message %1 has failed.").arg(seqNr);
    case Kind::StoreRetried:
        return Text::tr("The application called retry().");
    case Kind::ProducerRestarted:
        return Text::tr("The producer began anew; %n message(s) were dropped.", nullptr,
                        int(detail));
    case Kind::Stopped:
        return Text::tr("The controller has stopped.");
    }
    return {};
}

QString FlowEvent::kindName(Kind kind)
{
    const auto index = size_t(kind);
    return index < Names.size() ? QString(Names[index]) : QString();
}

} // namespace QtDelivery
