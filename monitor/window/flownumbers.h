// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/flowsnapshot.h>

#include <QList>
#include <QString>

namespace Monitor {

/*! A member of a snapshot, for people. */
struct FlowNumber
{
    QString title;
    QString value;
};

/*! Everything that \a flow says of itself, always the same titles in the same order. */
[[nodiscard]] QList<FlowNumber> flowNumbers(const QtDelivery::FlowSnapshot &flow);

} // namespace Monitor
