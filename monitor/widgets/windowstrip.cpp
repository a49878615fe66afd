// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "windowstrip.h"

#include "../model/text.h"
#include "../palette/statecolours.h"
#include "axis.h"
#include "legend.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace Monitor {

using QtDelivery::ChunkProgress;
using QtDelivery::FlowSnapshot;
using Role = FlowSnapshot::Role;

namespace {

constexpr qint64 FewestNumbers = 20;
constexpr double SeparateCells = 5; // pixels of a message, from which it is a cell of its own
constexpr double Seen = 3; // pixels that a message has at least that somebody waits for

Legend stripLegend(const QPalette &palette)
{
    QList<Legend::Entry> entries;
    for (int state = 0; state < SeqStateCount; ++state)
        entries.append({seqStateText(SeqState(state)), styleOf(SeqState(state), palette)});
    return Legend(entries);
}

bool isWaitedFor(SeqState state)
{
    return state == SeqState::Delivered || state == SeqState::Resend;
}

} // namespace

WindowStrip::WindowStrip(QWidget *parent)
    : Picture(parent)
{
    setObjectName(QStringLiteral("window"));
    setAccessibleName(tr("Window of the flow"));
    setWhatsThis(tr("Each message is a cell, by its number from left to right. The colour and the "
                    "hatch say how far it is. Above is what the producer knows, below what the "
                    "consumer knows; a bar between them marks where they differ."));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setMouseTracking(true);
}

void WindowStrip::setFlow(const FlowPair &pair, const FlowHistory *history)
{
    if (!(pair.name() == m_pair.name())) {
        m_cursor = 0;
        m_to = 0; // another range need not be like the last one
    }
    m_pair = pair;
    m_epochs = history ? history->epochs() : std::deque<EpochMark>();
    m_resends = history ? history->resends() : std::deque<ResendMark>();
    m_disagreements = pair.isWhole() ? disagreements(pair.producer->flow, pair.consumer->flow)
                                     : QList<Disagreement>();
    updateRange();
    m_lanes.clear();
    if (pair.producer)
        m_lanes.append({Role::Producer, tr("Producer"), seqBands(pair.producer->flow, m_from), {}});
    if (pair.consumer)
        m_lanes.append({Role::Consumer, tr("Consumer"), seqBands(pair.consumer->flow, m_from), {}});
    placeLanes(layOut());
    setAccessibleDescription(summary());
    update();
}

void WindowStrip::clear()
{
    setFlow({}, nullptr);
}

/*! A part of what is confirmed, the window, and a part of what waits behind it. The range follows
   in steps, so that the eye can. */
void WindowStrip::updateRange()
{
    qint64 low = std::numeric_limits<qint64>::max();
    qint64 high = 1;
    qint64 last = 0;
    for (const auto *end : {&m_pair.producer, &m_pair.consumer}) {
        if (!*end)
            continue;
        const FlowSnapshot &flow = (*end)->flow;
        low = qMin(low, flow.confirmedSeqNr + 1);
        high = std::max({high, flow.grantedSeqNr, flow.sentSeqNr});
        last = std::max({last, flow.nextSeqNr - 1, high});
    }
    low = qMin(low, high);
    const qint64 window = qMax(high - low + 1, FewestNumbers * 2 / 3);
    const qint64 wanted = window + window / 2;
    const qint64 span = m_to - m_from + 1;
    const qint64 newSpan = span >= wanted && span <= 2 * wanted ? span : wanted;
    const qint64 step = qMax<qint64>(1, newSpan / 64);
    m_from = qMax<qint64>(1, (low - newSpan / 5) / step * step);
    m_to = m_from + newSpan - 1;
    m_beyond = qMax<qint64>(0, last - m_to);
}

double WindowStrip::titleWidth() const
{
    const QFontMetricsF metrics(font());
    return qMax(metrics.horizontalAdvance(tr("Producer")),
                metrics.horizontalAdvance(tr("Consumer")))
        + metrics.height();
}

WindowStrip::Layout WindowStrip::layOut() const
{
    const QFontMetricsF metrics(font());
    const double unit = metrics.height();
    const double margin = unit * 0.5;
    const double titles = titleWidth();
    const bool isMirrored = layoutDirection() == Qt::RightToLeft;
    const double left = margin + (isMirrored ? 0 : titles);
    const double right = width() - margin - (isMirrored ? titles : 0);
    Layout layout;
    double y = margin;
    layout.marks = QRectF(left, y, right - left, unit * 1.1);
    y += layout.marks.height() + unit * 0.15;
    const double lane = laneHeight();
    layout.between = QRectF(left, y + lane, right - left, unit * 0.5);
    const double lanes = lane * 2 + layout.between.height();
    layout.titles = QRectF(isMirrored ? right : margin, y, titles, lanes);
    y += lanes;
    layout.axis = QRectF(left, y, right - left, unit * 1.5);
    y += layout.axis.height() + unit * 0.5;
    layout.legend = QPointF(margin, y);
    return layout;
}

void WindowStrip::placeLanes(const Layout &layout)
{
    const double height = layout.titles.height() / 2 - layout.between.height() / 2;
    for (Lane &lane : m_lanes) {
        const double top =
            lane.role == Role::Producer ? layout.titles.top() : layout.between.bottom();
        lane.rect = QRectF(layout.axis.left(), top, layout.axis.width(), height);
    }
}

/*! As high as there is room for, within limits. */
double WindowStrip::laneHeight() const
{
    const QFontMetricsF metrics(font());
    const double unit = metrics.height();
    const double others = unit * 4.2 + stripLegend(palette()).height(width() - unit, metrics);
    return qBound(unit * 1.4, (height() - others) / 2, unit * 5);
}

QSize WindowStrip::sizeHint() const
{
    const int unit = QFontMetrics(font()).height();
    return {unit * 45, unit * 15};
}

QSize WindowStrip::minimumSizeHint() const
{
    const int unit = QFontMetrics(font()).height();
    return {unit * 20, unit * 10};
}

double WindowStrip::xOf(double seqNr) const
{
    const Layout layout = layOut();
    return layout.axis.left()
        + (seqNr - double(m_from)) / double(m_to - m_from + 1) * layout.axis.width();
}

QRectF WindowStrip::cellOf(qint64 seqNr, Role role) const
{
    for (const Lane &lane : m_lanes) {
        if (lane.role == role && seqNr >= m_from && seqNr <= m_to)
            return QRectF(QPointF(xOf(double(seqNr)), lane.rect.top()),
                          QPointF(xOf(double(seqNr) + 1), lane.rect.bottom()));
    }
    return {};
}

QRectF WindowStrip::disagreementOf(qint64 seqNr) const
{
    const QRectF between = layOut().between;
    return QRectF(QPointF(xOf(double(seqNr)), between.top()),
                  QPointF(xOf(double(seqNr) + 1), between.bottom()));
}

qint64 WindowStrip::seqNrAt(QPointF position) const
{
    const Layout layout = layOut();
    const bool isInside = position.x() >= layout.axis.left() && position.x() < layout.axis.right()
        && position.y() >= layout.marks.top() && position.y() <= layout.axis.bottom();
    if (!isInside || m_lanes.isEmpty())
        return 0;
    const double share = (position.x() - layout.axis.left()) / layout.axis.width();
    return qBound(m_from, m_from + qint64(share * double(m_to - m_from + 1)), m_to);
}

void WindowStrip::paint(QPainter &painter)
{
    const Layout layout = layOut();
    placeLanes(layout);
    if (m_lanes.isEmpty()) {
        painter.setPen(palette().color(QPalette::PlaceholderText));
        painter.drawText(rect(), Qt::AlignCenter, tr("Select a flow to see its window."));
        return;
    }
    for (const Role role : {Role::Producer, Role::Consumer}) {
        const auto found = std::find_if(m_lanes.begin(), m_lanes.end(),
                                        [&](const Lane &lane) { return lane.role == role; });
        if (found != m_lanes.end()) {
            paintLane(painter, *found, layout);
            continue;
        }
        const double height = layout.titles.height() / 2 - layout.between.height() / 2;
        const QRectF missing(layout.axis.left(),
                             role == Role::Producer ? layout.titles.top() : layout.between.bottom(),
                             layout.axis.width(), height);
        painter.setPen(QPen(palette().color(QPalette::Mid), 1, Qt::DotLine));
        painter.drawRect(missing);
        painter.setPen(palette().color(QPalette::PlaceholderText));
        painter.drawText(missing, Qt::AlignCenter,
                         role == Role::Producer ? tr("The producer's process is not watched.")
                                                : tr("No consumer's process is watched."));
    }
    paintDisagreements(painter, layout);
    paintMarks(painter, layout);
    paintAxis(painter, layout);
    stripLegend(palette()).paint(painter, layout.legend, width() - 2 * layout.legend.x(),
                                 palette());
}

void WindowStrip::paintLane(QPainter &painter, const Lane &lane, const Layout &layout) const
{
    painter.setPen(palette().color(QPalette::Text));
    const QRectF title(layout.titles.left(), lane.rect.top(), layout.titles.width(),
                       lane.rect.height());
    painter.drawText(title, int(Qt::AlignVCenter | Qt::AlignLeading), lane.title);
    paintCells(painter, lane);
    painter.setPen(QPen(palette().color(QPalette::Mid), 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(lane.rect);
    paintEdge(painter, lane);
    if (lane.role == Role::Producer)
        paintRest(painter);
    if (m_cursor >= m_from && m_cursor <= m_to) {
        painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
        painter.drawRect(cellOf(m_cursor, lane.role).adjusted(-1, -1, 1, 1));
    }
}

void WindowStrip::paintCells(QPainter &painter, const Lane &lane) const
{
    // What somebody waits for comes last and is never too narrow to be seen.
    for (const bool isLast : {false, true}) {
        for (const SeqBand &band : lane.bands) {
            if (isWaitedFor(band.state) != isLast || band.from > m_to)
                continue;
            const double left = xOf(double(band.from));
            const double right = qMin(xOf(double(band.to) + 1), lane.rect.right());
            const double width = isLast ? qMax(Seen, right - left) : right - left;
            paintState(painter, QRectF(left, lane.rect.top(), width, lane.rect.height()),
                       styleOf(band.state, palette()));
        }
    }
    const double cell = lane.rect.width() / double(m_to - m_from + 1);
    if (cell < SeparateCells || lane.bands.isEmpty())
        return;
    QColor line = palette().color(QPalette::Base);
    line.setAlpha(cell < 2 * SeparateCells ? 110 : 190);
    painter.setPen(QPen(line, 1));
    const qint64 last = qMin(m_to, lane.bands.last().to);
    for (qint64 seqNr = m_from; seqNr <= last; ++seqNr) {
        const double x = xOf(double(seqNr) + 1);
        painter.drawLine(QLineF(x, lane.rect.top(), x, lane.rect.bottom()));
    }
}

/*! The window's edge: up to here the producer may send. */
void WindowStrip::paintEdge(QPainter &painter, const Lane &lane) const
{
    const auto &end = lane.role == Role::Producer ? m_pair.producer : m_pair.consumer;
    const double x = xOf(double(end->flow.grantedSeqNr) + 1);
    if (end->flow.grantedSeqNr <= 0 || x < lane.rect.left() || x > lane.rect.right() + 0.5)
        return;
    const double unit = QFontMetricsF(font()).height();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(palette().color(QPalette::Text), 2));
    painter.drawLine(QLineF(x, lane.rect.top() - unit * 0.12, x, lane.rect.bottom() + unit * 0.12));
    painter.setBrush(palette().color(QPalette::Text));
    painter.setPen(Qt::NoPen);
    const double tip = unit * 0.3;
    const double y = lane.role == Role::Producer ? lane.rect.top() : lane.rect.bottom();
    const double up = lane.role == Role::Producer ? -1 : 1;
    painter.drawPolygon(
        QPolygonF({{x - tip, y + up * tip * 1.2}, {x + tip, y + up * tip * 1.2}, {x, y}}));
    painter.restore();
}

/*! How many wait right of the picture. */
void WindowStrip::paintRest(QPainter &painter) const
{
    if (m_beyond <= 0)
        return;
    const QRectF lane = m_lanes.front().rect;
    //: %1 is a number of messages that wait beyond the right end of the picture
    const QString text = tr("+ %1 more").arg(countText(m_beyond));
    const QFontMetricsF metrics(font());
    QRectF box(0, 0, metrics.horizontalAdvance(text) + metrics.height(), metrics.height() * 1.3);
    box.moveCenter({lane.right() - box.width() / 2 - metrics.height() * 0.3, lane.center().y()});
    painter.setPen(QPen(palette().color(QPalette::Mid), 1));
    painter.setBrush(palette().color(QPalette::Base));
    painter.drawRoundedRect(box, 3, 3);
    painter.setPen(palette().color(QPalette::Text));
    painter.drawText(box, Qt::AlignCenter, text);
}

void WindowStrip::paintMarks(QPainter &painter, const Layout &layout) const
{
    const double unit = QFontMetricsF(font()).height();
    painter.save();
    painter.setClipRect(layout.marks.adjusted(-unit, 0, unit, layout.titles.height() + unit));
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor resent = styleOf(SeqState::Resend, palette()).fill;
    for (const ResendMark &mark : m_resends) {
        if (mark.range.to < m_from || mark.range.from > m_to)
            continue;
        // The more often, the higher.
        const double height = qMin(layout.marks.height(), unit * (0.25 + 0.2 * mark.times));
        const double left = xOf(double(qMax(mark.range.from, m_from)));
        const double right = xOf(double(qMin(mark.range.to, m_to)) + 1);
        painter.fillRect(
            QRectF(left, layout.marks.bottom() - height, qMax(Seen, right - left), height), resent);
    }
    for (const EpochMark &mark : m_epochs) {
        if (mark.seqNr < m_from || mark.seqNr > m_to)
            continue;
        const double x = xOf(double(mark.seqNr));
        painter.setPen(QPen(palette().color(QPalette::Text), 1.5, Qt::DashLine));
        painter.drawLine(QLineF(x, layout.marks.top(), x, layout.titles.bottom()));
        //: a mark where the numbers go on under attachment %1; short
        const QString text = tr("epoch %1").arg(mark.epoch);
        const double width = QFontMetricsF(font()).horizontalAdvance(text) + 2;
        const bool fits = x + unit * 0.3 + width < layout.marks.right();
        painter.drawText(QRectF(fits ? x + unit * 0.3 : x - unit * 0.3 - width, layout.marks.top(),
                                width, layout.marks.height()),
                         Qt::AlignVCenter | Qt::AlignLeft, text);
    }
    painter.restore();
}

void WindowStrip::paintDisagreements(QPainter &painter, const Layout &layout) const
{
    for (const Disagreement &difference : m_disagreements) {
        const qint64 from = qMax(difference.from, m_from);
        const qint64 to = qMin(difference.to, m_to);
        if (from > to)
            continue;
        const QRectF bar(QPointF(xOf(double(from)), layout.between.top() + 2),
                         QPointF(qMax(xOf(double(to) + 1), xOf(double(from)) + Seen),
                                 layout.between.bottom() - 2));
        const QColor colour = colourOf(difference.kind, palette());
        const bool isWrong = difference.kind == Disagreement::Kind::Contradiction;
        paintState(
            painter, bar,
            {colour, palette().color(QPalette::Base), isWrong ? Hatch::Crossed : Hatch::Rising});
    }
}

void WindowStrip::paintAxis(QPainter &painter, const Layout &layout) const
{
    const QFontMetricsF metrics(font());
    const double widest = metrics.horizontalAdvance(countText(m_to)) + metrics.height() * 1.5;
    const int count = qMax(1, int(layout.axis.width() / widest));
    painter.setPen(palette().color(QPalette::Text));
    for (const double tick : roundTicks(double(m_from), double(m_to), count, 1)) {
        const double x = (xOf(tick) + xOf(tick + 1)) / 2;
        painter.drawLine(QLineF(x, layout.axis.top(), x, layout.axis.top() + metrics.height() / 4));
        const QRectF label(x - widest / 2, layout.axis.top() + metrics.height() * 0.3, widest,
                           metrics.height());
        painter.drawText(label, Qt::AlignCenter, countText(qint64(tick)));
    }
}

QString WindowStrip::describe(qint64 seqNr) const
{
    //: %1 is the number of a message
    QStringList lines{tr("Message %1").arg(countText(seqNr))};
    for (const Lane &lane : m_lanes) {
        const SeqBand *const band = bandAt(lane.bands, seqNr);
        //: %1 is "Producer" or "Consumer", %2 the state of a message
        lines.append(
            tr("%1: %2").arg(lane.title, band ? seqStateText(band->state) : tr("Not known")));
    }
    for (const auto *end : {&m_pair.producer, &m_pair.consumer}) {
        if (!*end)
            continue;
        const FlowSnapshot &flow = (*end)->flow;
        for (const ChunkProgress &part : flow.transfers) {
            if (part.seqNr == seqNr)
                //: %1 and %2 are sizes such as 4 MB
                lines.append(tr("A large message: %1 of %2")
                                 .arg(bytesText(part.doneBytes), bytesText(part.totalBytes)));
        }
        if (seqNr == flow.confirmedSeqNr + 1 && (*end)->age() >= 0)
            //: %1 is a time such as 12 s
            lines.append(
                tr("The oldest unconfirmed: it waits for %1").arg(durationText((*end)->age())));
        if (seqNr == flow.confirmedSeqNr + 1 && flow.attempts > 0)
            lines.append( //: %1 is a number
                tr("Asked for in vain, times: %1").arg(countText(flow.attempts)));
    }
    if (m_pair.producer) {
        const FlowSnapshot &flow = m_pair.producer->flow;
        const qint64 held = flow.nextSeqNr - 1 - flow.confirmedSeqNr;
        if (seqNr > flow.confirmedSeqNr && seqNr < flow.nextSeqNr && held > 0)
            //: %1 is a size such as 4 kB
            lines.append(tr("Size: about %1, the mean of those unconfirmed")
                             .arg(bytesText(flow.unconfirmedBytes / held)));
    }
    for (const ResendMark &mark : m_resends) {
        if (seqNr >= mark.range.from && seqNr <= mark.range.to)
            lines.append( //: %1 is a number
                tr("Asked for again, times: %1").arg(countText(mark.times)));
    }
    for (const Disagreement &difference : m_disagreements) {
        if (seqNr >= difference.from && seqNr <= difference.to)
            lines.append(difference.sentence);
    }
    return lines.join(u'\n');
}

QString WindowStrip::summary() const
{
    if (m_pair.isEmpty())
        return tr("No flow is selected.");
    //: %1 is the name of a flow
    QStringList lines{tr("Flow %1").arg(m_pair.title())};
    for (const Lane &lane : m_lanes) {
        QStringList parts;
        for (const SeqBand &band : lane.bands) {
            if (band.from <= m_to || parts.size() < 12)
                //: the messages %1 are in the state %2
                parts.append(tr("%1 %2").arg(
                    rangeText(band.state == SeqState::Confirmed ? 1 : band.from, band.to),
                    seqStateText(band.state)));
        }
        //: %1 is "Producer" or "Consumer", %2 a list of ranges with their states
        lines.append(tr("%1: %2").arg(lane.title,
                                      parts.isEmpty() ? tr("nothing yet") : parts.join(tr("; "))));
    }
    for (const Disagreement &difference : m_disagreements)
        lines.append(difference.sentence);
    if (const QString why = m_pair.sentence(); !why.isEmpty())
        lines.append(why);
    return lines.join(u'\n');
}

bool WindowStrip::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const qint64 seqNr = seqNrAt(help->pos());
        if (seqNr > 0)
            QToolTip::showText(help->globalPos(), describe(seqNr), this);
        else
            QToolTip::hideText();
        return true;
    }
    return Picture::event(event);
}

void WindowStrip::moveCursor(qint64 seqNr)
{
    m_cursor = qBound(m_from, seqNr, m_to);
    const QRectF cell = cellOf(m_cursor, m_lanes.front().role);
    QToolTip::showText(mapToGlobal(cell.bottomLeft().toPoint()), describe(m_cursor), this);
    setAccessibleDescription(describe(m_cursor));
    update();
}

void WindowStrip::keyPressEvent(QKeyEvent *event)
{
    const qint64 first = m_pair.isEmpty() ? 0 : m_pair.confirmed() + 1;
    const qint64 now = m_cursor > 0 ? m_cursor : first - 1;
    const qint64 page = qMax<qint64>(1, (m_to - m_from) / 10);
    switch (m_lanes.isEmpty() ? 0 : event->key()) {
    case Qt::Key_Left:
        moveCursor(now - 1);
        break;
    case Qt::Key_Right:
        moveCursor(now + 1);
        break;
    case Qt::Key_PageUp:
        moveCursor(now - page);
        break;
    case Qt::Key_PageDown:
        moveCursor(now + page);
        break;
    case Qt::Key_Home:
        moveCursor(first);
        break;
    case Qt::Key_End:
        moveCursor(m_to);
        break;
    case Qt::Key_Escape:
        m_cursor = 0;
        QToolTip::hideText();
        update();
        event->ignore();
        break;
    default:
        Picture::keyPressEvent(event);
    }
}

} // namespace Monitor
