// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "../palette/statecolours.h"

#include <QFontMetricsF>
#include <QList>
#include <QPen>
#include <QPointF>

QT_BEGIN_NAMESPACE
class QPainter;
class QPalette;
QT_END_NAMESPACE

namespace Monitor {

/*! \brief What the colours of a picture mean: swatches with words, in as many lines as it takes. */
class Legend
{
public:
    struct Entry
    {
        QString text;
        StateStyle style; //!< a swatch, or
        QPen pen = QPen(Qt::NoPen); //!< a line
    };

    explicit Legend(QList<Entry> entries)
        : m_entries(std::move(entries))
    { }

    /*! What it takes of \a width. */
    [[nodiscard]] double height(double width, const QFontMetricsF &metrics) const;
    /*! Paints it into \a width from \a corner on, from the right for languages that begin there. */
    void paint(QPainter &painter, QPointF corner, double width, const QPalette &palette) const;

private:
    struct Place
    {
        double x = 0;
        int line = 0;
    };
    [[nodiscard]] QList<Place> places(double width, const QFontMetricsF &metrics) const;

    QList<Entry> m_entries;
};

} // namespace Monitor
