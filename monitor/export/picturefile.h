// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QSize>
#include <QString>

#include <functional>

QT_BEGIN_NAMESPACE
class QPainter;
QT_END_NAMESPACE

namespace Monitor {

/*! The formats of pictures, for a file dialog. */
[[nodiscard]] QString pictureFilter();

/*! Lets \a paint paint to the file \a path, of \a size: SVG if the name ends so and this program
   was built with Qt Svg, otherwise PNG at twice the resolution. Why it cannot, as a whole sentence;
    empty if it is written. */
[[nodiscard]] QString savePicture(const QString &path, const QSize &size,
                                  const std::function<void(QPainter &)> &paint);

} // namespace Monitor
