// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "statecolours.h"

#include "../model/words.h"

#include <QPainter>
#include <QPalette>

#include <cmath>

namespace Monitor {

using QtDelivery::BlockedReason;

namespace {

QColor of(const QPalette &palette, QRgb light, QRgb dark)
{
    return QColor::fromRgb(isDark(palette) ? dark : light);
}

QColor inkOn(const QColor &fill, int alpha = 150)
{
    QColor ink = fill.lightnessF() > 0.55F ? QColor(0, 0, 0) : QColor(255, 255, 255);
    ink.setAlpha(alpha);
    return ink;
}

StateStyle style(const QColor &fill, Hatch hatch)
{
    return {fill, inkOn(fill), hatch};
}

constexpr double HatchStep = 6;
constexpr double CrossedStep = 9; // two lines, so that as much of the colour is left

void paintSlanted(QPainter &painter, const QRectF &rect, bool rises, double step)
{
    // Anchored at the origin of the widget, so that neighbours meet.
    const double height = rect.height();
    const double begin = rises ? rect.left() + rect.top() : rect.left() - rect.bottom();
    const double end = begin + rect.width() + height;
    for (double at = std::floor(begin / step) * step; at <= end; at += step) {
        if (rises)
            painter.drawLine(
                QLineF(at - rect.top(), rect.top(), at - rect.bottom(), rect.bottom()));
        else
            painter.drawLine(
                QLineF(at + rect.top(), rect.top(), at + rect.bottom(), rect.bottom()));
    }
}

} // namespace

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::Active, QPalette::Base).lightnessF() < 0.5F;
}

StateStyle styleOf(SeqState state, const QPalette &palette)
{
    switch (state) {
    case SeqState::Confirmed:
        return style(of(palette, 0xff2f9e73, 0xff2c8f69), Hatch::None);
    case SeqState::Delivered:
        return style(of(palette, 0xffe69f00, 0xffe0a021), Hatch::Rising);
    case SeqState::Received:
        return style(of(palette, 0xff56b4e9, 0xff5ab0e0), Hatch::Dotted);
    case SeqState::InFlight:
        return style(of(palette, 0xff0072b2, 0xff2f83c4), Hatch::Falling);
    case SeqState::Resend:
        return style(of(palette, 0xffd55e00, 0xffe2702b), Hatch::Crossed);
    case SeqState::Ready:
        return style(of(palette, 0xfff0e442, 0xffd9ce46), Hatch::Vertical);
    case SeqState::Granted:
        return {of(palette, 0xffe6ebf0, 0xff343c45), of(palette, 0xffb4c0cb, 0xff56626e),
                Hatch::Horizontal};
    case SeqState::Stored:
        return style(of(palette, 0xffcc79a7, 0xffc583ab), Hatch::Horizontal);
    }
    return {};
}

StateStyle styleOf(ChunkState state, const QPalette &palette)
{
    switch (state) {
    case ChunkState::Missing:
        return {of(palette, 0xffe6ebf0, 0xff343c45), of(palette, 0xffb4c0cb, 0xff56626e),
                Hatch::None};
    case ChunkState::InFlight:
        return styleOf(SeqState::InFlight, palette);
    case ChunkState::Received:
        return styleOf(SeqState::Received, palette);
    case ChunkState::Verified:
        return styleOf(SeqState::Confirmed, palette);
    case ChunkState::Resent:
        return styleOf(SeqState::Resend, palette);
    }
    return {};
}

void paintState(QPainter &painter, const QRectF &rect, const StateStyle &style)
{
    painter.save();
    painter.setClipRect(rect, Qt::IntersectClip);
    painter.fillRect(rect, style.fill);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(style.ink, 1));
    switch (style.hatch) {
    case Hatch::None:
        break;
    case Hatch::Rising:
        paintSlanted(painter, rect, true, HatchStep);
        break;
    case Hatch::Falling:
        paintSlanted(painter, rect, false, HatchStep);
        break;
    case Hatch::Crossed:
        paintSlanted(painter, rect, true, CrossedStep);
        paintSlanted(painter, rect, false, CrossedStep);
        break;
    case Hatch::Dotted:
        painter.setPen(Qt::NoPen);
        painter.setBrush(style.ink);
        for (double y = std::floor(rect.top() / HatchStep) * HatchStep; y < rect.bottom() + 2;
             y += HatchStep) {
            for (double x = std::floor(rect.left() / HatchStep) * HatchStep; x < rect.right() + 2;
                 x += HatchStep)
                painter.drawEllipse(QPointF(x + HatchStep / 2, y + HatchStep / 2), 1, 1);
        }
        break;
    case Hatch::Horizontal:
        for (double y = std::ceil(rect.top() / HatchStep) * HatchStep; y < rect.bottom();
             y += HatchStep)
            painter.drawLine(QLineF(rect.left(), y + 0.5, rect.right(), y + 0.5));
        break;
    case Hatch::Vertical:
        for (double x = std::ceil(rect.left() / HatchStep) * HatchStep; x < rect.right();
             x += HatchStep)
            painter.drawLine(QLineF(x + 0.5, rect.top(), x + 0.5, rect.bottom()));
        break;
    }
    painter.restore();
}

QString boundaryText(BoundaryLine line)
{
    switch (line) {
    case BoundaryLine::Stored:
        return Words::tr("Stored");
    case BoundaryLine::Granted:
        //: up to which number the producer may send
        return Words::tr("Window edge");
    case BoundaryLine::Sent:
        return Words::tr("Sent");
    case BoundaryLine::Received:
        return Words::tr("Received");
    case BoundaryLine::Delivered:
        return Words::tr("Delivered");
    case BoundaryLine::Confirmed:
        return Words::tr("Confirmed");
    }
    return {};
}

QColor colourOf(BoundaryLine line, const QPalette &palette)
{
    switch (line) {
    case BoundaryLine::Stored:
        return of(palette, 0xffa8467d, 0xffdb9cc1);
    case BoundaryLine::Granted:
        return of(palette, 0xff5f6b77, 0xffa9b4bf);
    case BoundaryLine::Sent:
        return of(palette, 0xff0072b2, 0xff4fa3e3);
    case BoundaryLine::Received:
        return of(palette, 0xff2f97d6, 0xff7fd0ff);
    case BoundaryLine::Delivered:
        return of(palette, 0xffc27c00, 0xfff0b43c);
    case BoundaryLine::Confirmed:
        return of(palette, 0xff1e8a62, 0xff46c795);
    }
    return {};
}

Qt::PenStyle penStyleOf(BoundaryLine line)
{
    switch (line) {
    case BoundaryLine::Stored:
        return Qt::DotLine;
    case BoundaryLine::Granted:
        return Qt::DashLine;
    case BoundaryLine::Received:
        return Qt::DashDotLine;
    default:
        return Qt::SolidLine;
    }
}

StateStyle styleOf(BlockedReason reason, const QPalette &palette)
{
    StateStyle style;
    switch (reason) {
    case BlockedReason::None:
        return style;
    case BlockedReason::HandlerBusy:
        style = {of(palette, 0xffe69f00, 0xffe0a021), {}, Hatch::Rising};
        break;
    case BlockedReason::WaitingForGrant:
        style = {of(palette, 0xff8090a0, 0xff8090a0), {}, Hatch::Horizontal};
        break;
    case BlockedReason::StoreSlow:
    case BlockedReason::LimitReached:
        style = {of(palette, 0xffcc79a7, 0xffc583ab), {}, Hatch::Vertical};
        break;
    case BlockedReason::LinkDown:
    case BlockedReason::Refused:
        style = {of(palette, 0xffd55e00, 0xffe2702b), {}, Hatch::Crossed};
        break;
    case BlockedReason::NoConsumer:
    case BlockedReason::NoProducer:
    case BlockedReason::Paused:
        style = {of(palette, 0xff8090a0, 0xff8090a0), {}, Hatch::Dotted};
        break;
    }
    style.ink = style.fill;
    style.fill.setAlpha(isDark(palette) ? 46 : 38);
    style.ink.setAlpha(isDark(palette) ? 110 : 90);
    return style;
}

QColor colourOf(Health health, const QPalette &palette)
{
    switch (health) {
    case Health::Idle:
        return of(palette, 0xff8a97a3, 0xff8a97a3);
    case Health::Moving:
        return of(palette, 0xff2f9e73, 0xff3cb586);
    case Health::Waiting:
        return of(palette, 0xffe69f00, 0xffe8aa2e);
    case Health::Stuck:
        return of(palette, 0xffd0420a, 0xfff0764a);
    }
    return {};
}

QColor colourOf(Disagreement::Kind kind, const QPalette &palette)
{
    return kind == Disagreement::Kind::Contradiction ? of(palette, 0xffc00040, 0xffff6088)
                                                     : of(palette, 0xff7a8692, 0xff9aa6b2);
}

} // namespace Monitor
