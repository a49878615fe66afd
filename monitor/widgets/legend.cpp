// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "legend.h"

#include <QPainter>
#include <QPalette>

namespace Monitor {

namespace {

double swatchWidth(const QFontMetricsF &metrics)
{
    return metrics.height() * 1.5;
}

double gap(const QFontMetricsF &metrics)
{
    return metrics.height() * 0.4;
}

double lineHeight(const QFontMetricsF &metrics)
{
    return metrics.height() * 1.35;
}

double entryWidth(const Legend::Entry &entry, const QFontMetricsF &metrics)
{
    return swatchWidth(metrics) + gap(metrics) + metrics.horizontalAdvance(entry.text)
        + 2.5 * gap(metrics);
}

} // namespace

QList<Legend::Place> Legend::places(double width, const QFontMetricsF &metrics) const
{
    QList<Place> result;
    Place at;
    for (const Entry &entry : m_entries) {
        const double needed = entryWidth(entry, metrics);
        if (at.x > 0 && at.x + needed > width) {
            at.x = 0;
            ++at.line;
        }
        result.append(at);
        at.x += needed;
    }
    return result;
}

double Legend::height(double width, const QFontMetricsF &metrics) const
{
    const QList<Place> all = places(width, metrics);
    return all.isEmpty() ? 0 : (all.last().line + 1) * lineHeight(metrics);
}

void Legend::paint(QPainter &painter, QPointF corner, double width, const QPalette &palette) const
{
    const QFontMetricsF metrics(painter.font());
    const bool isMirrored = painter.layoutDirection() == Qt::RightToLeft;
    const QList<Place> all = places(width, metrics);
    for (qsizetype i = 0; i < all.size(); ++i) {
        const Entry &entry = m_entries[i];
        const double textWidth = metrics.horizontalAdvance(entry.text) + 2;
        const double top = corner.y() + all[i].line * lineHeight(metrics);
        double left = corner.x() + all[i].x;
        double textLeft = left + swatchWidth(metrics) + gap(metrics);
        if (isMirrored) {
            left = corner.x() + width - all[i].x - swatchWidth(metrics);
            textLeft = left - gap(metrics) - textWidth;
        }
        const QRectF swatch(left, top + metrics.height() * 0.12, swatchWidth(metrics),
                            metrics.height() * 0.8);
        if (entry.pen.style() == Qt::NoPen) {
            paintState(painter, swatch, entry.style);
            painter.setPen(QPen(palette.color(QPalette::Mid), 1));
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(swatch);
        } else {
            painter.setPen(entry.pen);
            painter.drawLine(QPointF(swatch.left(), swatch.center().y()),
                             QPointF(swatch.right(), swatch.center().y()));
        }
        painter.setPen(palette.color(QPalette::Text));
        painter.drawText(QRectF(textLeft, top, textWidth, metrics.height()),
                         Qt::AlignVCenter | Qt::AlignLeft, entry.text);
    }
}

} // namespace Monitor
