// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "../model/flowpair.h"
#include "../model/seqbands.h"
#include "../model/transfers.h"

#include <QColor>

QT_BEGIN_NAMESPACE
class QPainter;
class QPalette;
class QRectF;
QT_END_NAMESPACE

namespace Monitor {

/*! Lines across a colour, so that states can be told apart without it. */
enum class Hatch { None, Rising, Falling, Crossed, Dotted, Horizontal, Vertical };

/*! How a state is painted: the colours of Okabe and Ito, which people with any colour vision can
    tell apart, and a hatch. */
struct StateStyle
{
    QColor fill;
    QColor ink; //!< of the hatch
    Hatch hatch = Hatch::None;
};

/*! The palette of the system is dark. */
[[nodiscard]] bool isDark(const QPalette &palette);

[[nodiscard]] StateStyle styleOf(SeqState state, const QPalette &palette);
[[nodiscard]] StateStyle styleOf(ChunkState state, const QPalette &palette);

/*! Fills \a rect; hatches of neighbours meet. */
void paintState(QPainter &painter, const QRectF &rect, const StateStyle &style);

/*! The lines of the window over time. */
enum class BoundaryLine { Stored, Granted, Sent, Received, Delivered, Confirmed };
constexpr int BoundaryLineCount = int(BoundaryLine::Confirmed) + 1;
[[nodiscard]] QString boundaryText(BoundaryLine line);
[[nodiscard]] QColor colourOf(BoundaryLine line, const QPalette &palette);
[[nodiscard]] Qt::PenStyle penStyleOf(BoundaryLine line);

/*! Of a period in which the flow is held up for \a reason: fill, transparent, with a hatch. */
[[nodiscard]] StateStyle styleOf(QtDelivery::BlockedReason reason, const QPalette &palette);
[[nodiscard]] QColor colourOf(Health health, const QPalette &palette);
[[nodiscard]] QColor colourOf(Disagreement::Kind kind, const QPalette &palette);

} // namespace Monitor
