// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "picturefile.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QImage>
#include <QPainter>
#include <QSaveFile>

#ifdef QTDELIVERY_WITH_SVG
#include <QSvgGenerator>
#endif

namespace Monitor {

namespace {

constexpr int Sharpness = 2; // pixels of a PNG for one of the window

QByteArray png(const QSize &size, const std::function<void(QPainter &)> &paint)
{
    QImage image(size * Sharpness, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(Sharpness);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    paint(painter);
    painter.end();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

#ifdef QTDELIVERY_WITH_SVG
QByteArray svg(const QSize &size, const std::function<void(QPainter &)> &paint)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(size);
    generator.setViewBox(QRect(QPoint(), size));
    QPainter painter(&generator);
    paint(painter);
    painter.end();
    return bytes;
}
#endif

} // namespace

QString pictureFilter()
{
    QString filter = QCoreApplication::translate("Monitor", "PNG pictures (*.png)");
#ifdef QTDELIVERY_WITH_SVG
    filter += QStringLiteral(";;") + QCoreApplication::translate("Monitor", "SVG pictures (*.svg)");
#endif
    return filter;
}

QString savePicture(const QString &path, const QSize &size,
                    const std::function<void(QPainter &)> &paint)
{
    QByteArray bytes;
#ifdef QTDELIVERY_WITH_SVG
    if (path.endsWith(QLatin1StringView(".svg"), Qt::CaseInsensitive))
        bytes = svg(size, paint);
#endif
    if (bytes.isEmpty())
        bytes = png(size, paint);
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
        return {};
    //: %1 is a file name, %2 are the system's words
    return QCoreApplication::translate("Monitor", "%1 cannot be written: %2")
        .arg(path, file.errorString());
}

} // namespace Monitor
