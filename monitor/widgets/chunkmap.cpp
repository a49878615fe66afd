// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "chunkmap.h"

#include "../model/text.h"
#include "../palette/statecolours.h"
#include "legend.h"

#include <QFontMetricsF>
#include <QHelpEvent>
#include <QLocale>
#include <QPainter>
#include <QToolTip>

#include <array>
#include <cmath>

namespace Monitor {

using QtDelivery::SeqRange;

namespace {

constexpr qint64 SmallestPart = 16 * 1024; // bytes: nothing travels in smaller ones

Legend chunkLegend(const QPalette &palette)
{
    QList<Legend::Entry> entries;
    for (int state = 0; state < ChunkStateCount; ++state)
        entries.append({chunkStateText(ChunkState(state)), styleOf(ChunkState(state), palette)});
    return Legend(entries);
}

QString percentText(double share)
{
    //: %1 is a number
    return ChunkMap::tr("%1 %").arg(QLocale().toString(std::floor(share * 100), 'f', 0));
}

} // namespace

ChunkMap::ChunkMap(QWidget *parent)
    : Picture(parent)
{
    setObjectName(QStringLiteral("chunks"));
    setAccessibleName(tr("Parts of a large message"));
    setWhatsThis(tr("A large message travels in parts. Each cell is a part of its bytes, from its "
                    "beginning at the upper left to its end; the colour and the hatch say how far "
                    "it has come."));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void ChunkMap::setTransfer(const Transfer &transfer)
{
    m_transfer = transfer;
    setAccessibleDescription(headline());
    update();
}

void ChunkMap::clear()
{
    setTransfer({});
}

ChunkMap::Grid ChunkMap::grid() const
{
    const QFontMetricsF metrics(font());
    const double unit = metrics.height();
    const double legend = chunkLegend(palette()).height(width() - unit, metrics);
    Grid grid;
    grid.area = QRectF(unit / 2, unit * 2.2, qMax(unit, width() - unit),
                       qMax(unit, height() - unit * 3.2 - legend));
    // As large as they fit, and not more of them than there is to tell.
    const auto most = int(qBound(qint64(1), m_transfer.totalBytes / SmallestPart, qint64(4000)));
    double cell = std::sqrt(grid.area.width() * grid.area.height() / most);
    cell = qBound(unit * 0.5, cell, unit * 1.6);
    grid.columns = qMax(1, int(grid.area.width() / cell));
    grid.rows = qMax(1, int(grid.area.height() / cell));
    if (grid.columns * grid.rows > most)
        grid.rows = qMax(1, (most + grid.columns - 1) / grid.columns);
    grid.cell = cell;
    return grid;
}

int ChunkMap::cellCount() const
{
    const Grid layout = grid();
    const qint64 most = qMax<qint64>(1, m_transfer.totalBytes / SmallestPart);
    return int(qMin<qint64>(most, qint64(layout.columns) * layout.rows));
}

SeqRange ChunkMap::bytesOf(int cell, int count) const
{
    const double size = double(m_transfer.totalBytes) / count;
    return {qint64(std::floor(size * cell)), qint64(std::floor(size * (cell + 1))) - 1};
}

QRectF ChunkMap::rectOf(int cell, const Grid &layout) const
{
    int column = cell % layout.columns;
    if (layoutDirection() == Qt::RightToLeft)
        column = layout.columns - 1 - column;
    return QRectF(layout.area.left() + column * layout.cell,
                  layout.area.top() + double(cell / layout.columns) * layout.cell, layout.cell,
                  layout.cell)
        .adjusted(0.5, 0.5, -0.5, -0.5);
}

QRectF ChunkMap::cellOf(qint64 offset) const
{
    const int count = cellCount();
    const int cell = int(double(offset) / double(qMax<qint64>(1, m_transfer.totalBytes)) * count);
    return rectOf(qBound(0, cell, count - 1), grid());
}

QSize ChunkMap::sizeHint() const
{
    const int unit = QFontMetrics(font()).height();
    return {unit * 36, unit * 16};
}

QSize ChunkMap::minimumSizeHint() const
{
    const int unit = QFontMetrics(font()).height();
    return {unit * 16, unit * 9};
}

void ChunkMap::paint(QPainter &painter)
{
    if (m_transfer.totalBytes <= 0) {
        painter.setPen(palette().color(QPalette::PlaceholderText));
        painter.drawText(rect().adjusted(12, 12, -12, -12), Qt::AlignCenter | Qt::TextWordWrap,
                         tr("No large message is under way. Messages longer than the setting "
                            "chunkLargeMessages travel in parts and are shown here."));
        return;
    }
    const double unit = QFontMetricsF(font()).height();
    painter.setPen(palette().color(QPalette::Text));
    painter.drawText(QRectF(unit / 2, unit * 0.5, width() - unit, unit * 1.4),
                     int(Qt::AlignVCenter | Qt::AlignLeading), headline());
    const Grid layout = grid();
    const int count = cellCount();
    for (int cell = 0; cell < count; ++cell) {
        const SeqRange bytes = bytesOf(cell, count);
        paintState(painter, rectOf(cell, layout),
                   styleOf(m_transfer.stateOf(bytes.from, bytes.to), palette()));
    }
    const QPointF corner(
        unit / 2,
        height() - unit * 0.5
            - chunkLegend(palette()).height(width() - unit, QFontMetricsF(font())));
    chunkLegend(palette()).paint(painter, corner, width() - unit, palette());
}

QString ChunkMap::headline() const
{
    if (m_transfer.totalBytes <= 0)
        return tr("No large message is under way.");
    const QString size = bytesText(m_transfer.totalBytes);
    const QString number = countText(m_transfer.seqNr);
    if (m_transfer.isVerified)
        //: %1 is a number, %2 a size such as 16 MB, %3 a time such as 8 s, %4 a rate such as 2 MB/s
        return tr("Message %1: all of %2 has arrived and is verified, in %3 (%4)")
            .arg(number, size, durationText(m_transfer.end - m_transfer.begin),
                 byteRateText(m_transfer.rate));
    const double share = double(m_transfer.doneBytes()) / double(m_transfer.totalBytes);
    //: %1 is a number, %2 and %3 are sizes such as 16 MB, %4 is a percentage
    QString text = tr("Message %1: %2 of %3 (%4)")
                       .arg(number, bytesText(m_transfer.doneBytes()), size, percentText(share));
    if (m_transfer.rate > 0)
        //: %1 is the text before, %2 a rate such as 2 MB/s, %3 a time such as 8 s
        text = tr("%1, %2, %3 left")
                   .arg(text, byteRateText(m_transfer.rate), durationText(m_transfer.timeLeft()));
    return text;
}

QString ChunkMap::summary() const
{
    QStringList lines{headline()};
    if (m_transfer.totalBytes <= 0)
        return lines.first();
    std::array<qint64, ChunkStateCount> bytes{};
    const int count = cellCount();
    for (int cell = 0; cell < count; ++cell) {
        const SeqRange part = bytesOf(cell, count);
        bytes[size_t(m_transfer.stateOf(part.from, part.to))] += part.to - part.from + 1;
    }
    for (int state = 0; state < ChunkStateCount; ++state) {
        if (bytes[size_t(state)] > 0)
            //: %1 is a state such as "Received", %2 a size such as 4 MB
            lines.append(
                tr("%1: about %2")
                    .arg(chunkStateText(ChunkState(state)), bytesText(bytes[size_t(state)])));
    }
    return lines.join(u'\n');
}

bool ChunkMap::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return Picture::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const Grid layout = grid();
    const int count = cellCount();
    for (int cell = 0; m_transfer.totalBytes > 0 && cell < count; ++cell) {
        if (!rectOf(cell, layout).contains(help->pos()))
            continue;
        const SeqRange bytes = bytesOf(cell, count);
        //: %1 are numbers of bytes, %2 is a state such as "Received"
        QToolTip::showText(help->globalPos(),
                           tr("Bytes %1: %2")
                               .arg(rangeText(bytes.from, bytes.to),
                                    chunkStateText(m_transfer.stateOf(bytes.from, bytes.to))),
                           this);
        return true;
    }
    QToolTip::hideText();
    return true;
}

} // namespace Monitor
