// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <QtDelivery/blocked.h>

#include "words.h"
#include "words/text.h"

#include <array>

namespace QtDelivery {

namespace {

constexpr std::array<QLatin1StringView, 10> Names{
    QLatin1StringView("none"),
    QLatin1StringView("no-consumer"),
    QLatin1StringView("waiting-for-grant"),
    QLatin1StringView("handler-busy"),
    QLatin1StringView("store-slow"),
    QLatin1StringView("link-down"),
    QLatin1StringView("limit-reached"),
    QLatin1StringView("paused"),
    QLatin1StringView("refused"),
    QLatin1StringView("no-producer"),
};

QString handlerSentence(const Blocked &blocked, qint64 now)
{
    if (blocked.at < 0)
        //: %1 is a message's number
        return Text::tr("The application is busy with message %1.").arg(blocked.seqNr);
    //: %1 is a message's number, %2 a time such as "12 s"
    return Text::tr("The application has been busy with message %1 for %2.")
        .arg(QString::number(blocked.seqNr), durationText(now - blocked.at));
}

QString storeSentence(const Blocked &blocked, qint64 now)
{
    const QString sentence = blocked.at < 0
        ? Text::tr("The storage is not ready.")
        //: %1 is a time such as "12 s"
        : Text::tr("The storage has not answered for %1.").arg(durationText(now - blocked.at));
    return blocked.detail.isEmpty() ? sentence : sentence + u' ' + blocked.detail;
}

QString linkSentence(const Blocked &blocked, qint64 now)
{
    if (blocked.at < 0)
        return Text::tr("The link is down; the other side has to connect.");
    if (blocked.at <= now)
        return Text::tr("The link is down; connecting.");
    //: %1 is a time such as "4 s"
    return Text::tr("The link is down; the next attempt is in %1.")
        .arg(durationText(blocked.at - now));
}

} // namespace

QString Blocked::sentence(qint64 now) const
{
    switch (reason) {
    case Reason::None:
        return Text::tr("Nothing blocks this flow.");
    case Reason::NoConsumer:
        return Text::tr("No consumer is attached.");
    case Reason::WaitingForGrant:
        return Text::tr("The window is used up until the consumer confirms.");
    case Reason::HandlerBusy:
        return handlerSentence(*this, now);
    case Reason::StoreSlow:
        return storeSentence(*this, now);
    case Reason::LinkDown:
        return linkSentence(*this, now);
    case Reason::LimitReached:
        //: %1 is the name of a setting
        return Text::tr("The limit %1 of this side is reached.").arg(detail);
    case Reason::Paused:
        return detail.isEmpty()
            ? Text::tr("The application has not called start(), or its object is gone.")
            : detail;
    case Reason::Refused:
        return detail.isEmpty() ? Text::tr("It was refused.") : detail;
    case Reason::NoProducer:
        return Text::tr("No producer is attached.");
    }
    return {};
}

QString Blocked::reasonName(Reason reason)
{
    const auto index = size_t(reason);
    return index < Names.size() ? QString(Names[index]) : QString();
}

Blocked::Reason Blocked::reasonNamed(const QString &name)
{
    for (size_t i = 0; i < Names.size(); ++i) {
        if (Names[i] == name)
            return Reason(i);
    }
    return Reason::None;
}

} // namespace QtDelivery
