// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "synctimes.h"

#include "../model/text.h"
#include "../palette/statecolours.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace Monitor {

using QtDelivery::StorageSnapshot;

namespace {

/*! Fractions of a millisecond are too coarse for the shortest. */
QString timeText(qint64 microseconds)
{
    //: %1 is a number of microseconds
    return microseconds >= 1000 ? latencyText(microseconds)
                                : SyncTimes::tr("%1 µs").arg(countText(microseconds));
}

/*! What the step ends with; the last one has no end. */
QString stepText(int index)
{
    if (index == StorageSnapshot::MaxSteps - 1)
        //: %1 is a time such as 8 s: longer than that
        return SyncTimes::tr("> %1").arg(timeText(StorageSnapshot::stepEnd(index - 1)));
    //: %1 is a time such as 4 ms: at most that
    return SyncTimes::tr("≤ %1").arg(timeText(StorageSnapshot::stepEnd(index)));
}

} // namespace

QString storageText(const StorageSnapshot &storage)
{
    QStringList parts;
    if (storage.bytes >= 0)
        //: of a storage; %1 is a size such as 16 MB, %2 a number of files
        parts.append(SyncTimes::tr("Size: %1, files: %2.")
                         .arg(bytesText(storage.bytes), countText(storage.files)));
    if (const qint64 count = storage.syncCount(); count > 0)
        parts.append(
            //: %1 is a number; %2, %3 and %4 are times such as 4 ms
            SyncTimes::tr("Syncs: %1; half of them took at most %2, 99 of 100 at most %3, the "
                          "longest at most %4.")
                .arg(countText(count), timeText(storage.syncTimeOf(0.5)),
                     timeText(storage.syncTimeOf(0.99)), timeText(storage.syncTimeOf(1))));
    return parts.join(u' ');
}

SyncTimes::SyncTimes(QWidget *parent)
    : Picture(parent)
{
    setObjectName(QStringLiteral("syncs"));
    setAccessibleName(tr("How long syncs of the storage took"));
    setWhatsThis(tr("A sync is the moment in which a storage waits until the disk really has what "
                    "was written. Each bar is a length of time, twice that of the bar before; "
                    "above it is how many syncs took so long. Ten times as many make a bar higher "
                    "by always the same, so that few long ones are not overlooked."));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void SyncTimes::setStorage(const StorageSnapshot &storage)
{
    if (storage == m_storage)
        return;
    m_storage = storage;
    setAccessibleDescription(storageText(storage));
    update();
}

SyncTimes::Steps SyncTimes::steps() const
{
    const auto isUsed = [](qint64 count) { return count > 0; };
    const auto first = std::find_if(m_storage.syncs.begin(), m_storage.syncs.end(), isUsed);
    if (first == m_storage.syncs.end())
        return {};
    const auto last = std::find_if(m_storage.syncs.rbegin(), m_storage.syncs.rend(), isUsed);
    return {.first = qMax(0, int(first - m_storage.syncs.begin()) - 1),
            .last = qMin(StorageSnapshot::MaxSteps - 1, int(m_storage.syncs.rend() - last))};
}

QRectF SyncTimes::columnOf(int index, Steps shown) const
{
    const double unit = QFontMetricsF(font()).height();
    const QRectF area = QRectF(rect()).adjusted(unit / 2, unit / 2, -unit / 2, -unit / 2);
    const int count = shown.last - shown.first + 1;
    const double column = qMin(area.width() / count, unit * 7);
    const int place = index - shown.first;
    const double left = layoutDirection() == Qt::RightToLeft ? area.right() - (place + 1) * column
                                                             : area.left() + place * column;
    return {left, area.top(), column, area.height()};
}

QRectF SyncTimes::barOf(int index) const
{
    const Steps shown = steps();
    const qint64 count = m_storage.syncs.value(index);
    if (count <= 0)
        return {};
    const double unit = QFontMetricsF(font()).height();
    const QRectF column =
        columnOf(index, shown).adjusted(unit * 0.3, unit, -unit * 0.3, -unit * 1.3);
    const qint64 most = *std::max_element(m_storage.syncs.begin(), m_storage.syncs.end());
    const double share = std::log1p(double(count)) / std::log1p(double(most));
    return column.adjusted(0, column.height() * (1 - share), 0, 0);
}

QSize SyncTimes::sizeHint() const
{
    const int unit = QFontMetrics(font()).height();
    return {unit * 36, unit * 10};
}

QSize SyncTimes::minimumSizeHint() const
{
    const int unit = QFontMetrics(font()).height();
    return {unit * 16, unit * 6};
}

void SyncTimes::paint(QPainter &painter)
{
    const Steps shown = steps();
    if (shown.last < shown.first) {
        painter.setPen(palette().color(QPalette::PlaceholderText));
        painter.drawText(rect().adjusted(12, 12, -12, -12), Qt::AlignCenter | Qt::TextWordWrap,
                         summary());
        return;
    }
    const QFontMetricsF metrics(font());
    const double unit = metrics.height();
    double widest = 0; // label
    for (int index = shown.first; index <= shown.last; ++index)
        widest = qMax(widest, metrics.horizontalAdvance(stepText(index)) + unit / 2);
    const QRectF first = columnOf(shown.first, shown);
    const int every = qMax(1, int(std::ceil(widest / first.width())));
    painter.setPen(palette().color(QPalette::Mid));
    const QRectF all = first.united(columnOf(shown.last, shown));
    const double ground = all.bottom() - unit * 1.3;
    painter.drawLine(QLineF(all.left(), ground, all.right(), ground));
    for (int index = shown.first; index <= shown.last; ++index) {
        const QRectF column = columnOf(index, shown);
        const QRectF bar = barOf(index);
        if (!bar.isEmpty())
            paintState(painter, bar, styleOf(SeqState::InFlight, palette()));
        painter.setPen(palette().color(QPalette::Text));
        if (!bar.isEmpty())
            painter.drawText(QRectF(column.left(), bar.top() - unit * 1.1, column.width(), unit),
                             Qt::AlignCenter, countText(m_storage.syncs.value(index)));
        if ((index - shown.first) % every == 0)
            painter.drawText(QRectF(column.center().x() - widest / 2, ground, widest, unit * 1.3),
                             Qt::AlignCenter, stepText(index));
    }
}

QString SyncTimes::summary() const
{
    const QString text = storageText(m_storage);
    if (text.isEmpty())
        return tr("This storage does not tell its size and its syncs.");
    QStringList lines{text};
    const int count = qMin(int(m_storage.syncs.size()), StorageSnapshot::MaxSteps);
    for (int index = 0; index < count; ++index) {
        if (m_storage.syncs[index] > 0)
            //: %1 is a time such as "≤ 4 ms", %2 a number of syncs that took so long
            lines.append(tr("%1: %2").arg(stepText(index), countText(m_storage.syncs[index])));
    }
    return lines.join(u'\n');
}

} // namespace Monitor
