// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "healthdelegate.h"

#include "../model/pairmodel.h"
#include "../palette/statecolours.h"

#include <QIcon>
#include <QPainter>
#include <QPixmapCache>

namespace Monitor {

namespace {

QPixmap shapeOf(Health health, const QColor &colour, const QColor &outline, int size,
                double pixelRatio)
{
    const QString key = QStringLiteral("health/%1/%2/%3/%4/%5")
                            .arg(int(health))
                            .arg(colour.name())
                            .arg(size)
                            .arg(pixelRatio)
                            .arg(outline.name());
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    pixmap = QPixmap(QSize(size, size) * pixelRatio);
    pixmap.setDevicePixelRatio(pixelRatio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    const double unit = size / 16.0;
    painter.scale(unit, unit);
    painter.setPen(QPen(outline, 2));
    painter.setBrush(health == Health::Idle ? QBrush(Qt::NoBrush) : QBrush(colour));
    if (health == Health::Waiting)
        painter.drawPolygon(QPolygonF({{8, 2}, {14, 8}, {8, 14}, {2, 8}}));
    else if (health == Health::Stuck)
        painter.drawPolygon(QPolygonF({{8, 2}, {15, 14}, {1, 14}}));
    else
        painter.drawEllipse(QRectF(3, 3, 10, 10));
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

} // namespace

HealthDelegate::HealthDelegate(QObject *parent)
    : QStyledItemDelegate(parent)
{ }

void HealthDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const auto health = Health(index.data(PairModel::HealthRole).toInt());
    const int size = option->fontMetrics.height();
    const double pixelRatio = option->widget ? option->widget->devicePixelRatioF() : 1;
    option->features |= QStyleOptionViewItem::HasDecoration;
    option->decorationSize = QSize(size, size);
    const QColor colour = colourOf(health, option->palette);
    const QColor outline = option->palette.color(QPalette::HighlightedText);
    option->icon = QIcon(shapeOf(health, colour, colour, size, pixelRatio));
    // Its colour means something in a selected row as well.
    option->icon.addPixmap(shapeOf(health, colour, outline, size, pixelRatio), QIcon::Selected);
}

} // namespace Monitor
