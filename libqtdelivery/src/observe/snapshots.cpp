// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <QtDelivery/flowsnapshot.h>
#include <QtDelivery/linksnapshot.h>

namespace QtDelivery {

QString FlowSnapshot::key() const
{
    return (role == Role::Producer ? QStringLiteral("p/") : QStringLiteral("c/")) + id;
}

bool FlowSnapshot::isSameAs(const FlowSnapshot &other) const
{
    // The copy costs references only, and names every member that will ever be added.
    FlowSnapshot then = other;
    then.time = time;
    return *this == then;
}

QString LinkSnapshot::key() const
{
    return QString::number(number);
}

bool LinkSnapshot::isSameAs(const LinkSnapshot &other) const
{
    LinkSnapshot then = other;
    then.time = time;
    return *this == then;
}

} // namespace QtDelivery
