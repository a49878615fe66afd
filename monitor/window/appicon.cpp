// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "appicon.h"

#include <QPainter>
#include <QPixmap>

namespace Monitor {

namespace {

// As in data/io.github.qtdelivery.Monitor.svg.
QPixmap painted(int size)
{
    QPixmap pixmap(size, size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(size / 128.0, size / 128.0);
    painter.setPen(Qt::NoPen);
    const auto box = [&](double x, double y, double width, double height, double radius,
                         QRgb colour) {
        painter.setBrush(QColor::fromRgb(colour));
        painter.drawRoundedRect(QRectF(x, y, width, height), radius, radius);
    };
    box(6, 14, 116, 100, 14, 0xff263442);
    box(18, 34, 30, 26, 3, 0xff2f9e73);
    box(51, 34, 13, 26, 3, 0xffe69f00);
    box(67, 34, 26, 26, 3, 0xff0072b2);
    box(96, 34, 14, 26, 3, 0xffe6ebf0);
    box(18, 70, 33, 26, 3, 0xff2f9e73);
    box(54, 70, 10, 26, 3, 0xffe69f00);
    box(67, 70, 14, 26, 3, 0xff56b4e9);
    box(84, 70, 26, 26, 3, 0xffe6ebf0);
    return pixmap;
}

} // namespace

QIcon applicationIcon()
{
    QIcon icon;
    for (const int size : {16, 32, 48, 128, 256})
        icon.addPixmap(painted(size));
    return QIcon::fromTheme(QStringLiteral("io.github.qtdelivery.Monitor"), icon);
}

} // namespace Monitor
