// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "summary.h"

#include <QtDelivery/flowstatistics.h>

#include <QJsonDocument>
#include <QJsonObject>

namespace Cli {

void Summary::add(const QtDelivery::FlowStatistics &statistics)
{
    resent += statistics.resent;
    duplicatesDropped += statistics.duplicatesDropped;
}

QByteArray Summary::toJson() const
{
    const QJsonObject object{
        {QStringLiteral("messages"), qint64(messages)},
        {QStringLiteral("bytes"), qint64(bytes)},
        {QStringLiteral("seconds"), double(time.count()) / 1000},
        {QStringLiteral("resent"), qint64(resent)},
        {QStringLiteral("duplicatesDropped"), qint64(duplicatesDropped)},
        {QStringLiteral("reconnects"), qint64(reconnects)},
    };
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

} // namespace Cli
