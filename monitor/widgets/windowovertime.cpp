// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "windowovertime.h"

#include "../model/text.h"
#include "axis.h"
#include "legend.h"

#include <QDateTime>
#include <QHelpEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

#include <algorithm>
#include <array>
#include <cmath>

namespace Monitor {

using QtDelivery::BlockedReason;

namespace {

// A flow that does not change says nothing: what lies further apart did not change in between.
constexpr qint64 UpdateTime = 350'000;
constexpr double WheelZoom = 1.25;
constexpr qint64 FirstSpan = 10'000'000; // microseconds
constexpr qint64 UsualSpan = 60'000'000;

QString clockText(qint64 time, bool withFractions)
{
    const QTime clock = QDateTime::fromMSecsSinceEpoch(time / 1000).time();
    return QLocale().toString(
        clock, withFractions ? QStringLiteral("HH:mm:ss.zzz") : QStringLiteral("HH:mm:ss"));
}

QPen penOf(BoundaryLine line, const QPalette &palette)
{
    return QPen(colourOf(line, palette), line == BoundaryLine::Confirmed ? 2.4 : 1.8,
                penStyleOf(line), Qt::FlatCap, Qt::RoundJoin);
}

Legend lineLegend(const QPalette &palette)
{
    QList<Legend::Entry> entries;
    for (int line = 0; line < BoundaryLineCount; ++line)
        entries.append({boundaryText(BoundaryLine(line)), {}, penOf(BoundaryLine(line), palette)});
    return Legend(entries);
}

} // namespace

WindowOverTime::WindowOverTime(QWidget *parent)
    : Picture(parent)
{
    setObjectName(QStringLiteral("over-time"));
    setAccessibleName(tr("Window of the flow over time"));
    setWhatsThis(tr("Each line is a boundary: up to which number messages are stored, sent, "
                    "received, delivered, confirmed. The slope of a line is a rate; the distance "
                    "between two lines is what is under way. Shaded times are those in which the "
                    "flow was held up."));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setMouseTracking(true);
    setCursor(Qt::CrossCursor);
}

void WindowOverTime::setFlow(const QString &title, const FlowHistory *producer,
                             const FlowHistory *consumer, qint64 now)
{
    if (m_isPaused && title == m_title)
        return; // the histories go on without this picture
    if (title != m_title) {
        m_title = title;
        m_isPaused = false;
        m_isFollowing = true;
        m_isZoomed = false;
        Q_EMIT viewChanged();
    }
    m_lines.set(producer, consumer);
    m_now = now;
    if (m_isFollowing)
        m_end = now;
    if (!m_isZoomed) // what there is, up to a minute
        m_span = qBound(FirstSpan, now - m_lines.firstTime(now), UsualSpan);
    updateRange();
    update();
}

void WindowOverTime::clear()
{
    setFlow({}, nullptr, nullptr, 0);
}

void WindowOverTime::updateRange()
{
    const auto range = m_lines.range(begin(), m_end);
    if (!range) {
        m_low = 0;
        m_high = 10;
        return;
    }
    const qint64 margin = qMax<qint64>(2, (range->high - range->low) / 12);
    m_low = qMax<qint64>(0, range->low - margin);
    m_high = qMax(range->high + margin, m_low + 10);
}

QRectF WindowOverTime::plot() const
{
    const QFontMetricsF metrics(font());
    const double unit = metrics.height();
    const double left = metrics.horizontalAdvance(countText(qMax<qint64>(m_high, 99'999))) + unit;
    const double legend = lineLegend(palette()).height(width() - unit, metrics);
    return QRectF(left, unit * 0.7, qMax(1.0, width() - left - unit * 0.7),
                  qMax(1.0, height() - unit * 3 - legend));
}

double WindowOverTime::xOf(qint64 time) const
{
    const QRectF area = plot();
    return area.left() + double(time - begin()) / double(m_span) * area.width();
}

double WindowOverTime::yOf(double seqNr) const
{
    const QRectF area = plot();
    return area.bottom() - (seqNr - double(m_low)) / double(m_high - m_low) * area.height();
}

qint64 WindowOverTime::timeAt(double x) const
{
    const QRectF area = plot();
    return begin() + qint64((x - area.left()) / area.width() * double(m_span));
}

QPointF WindowOverTime::pointOf(qint64 time, qint64 seqNr) const
{
    return {xOf(time), yOf(double(seqNr))};
}

QSize WindowOverTime::sizeHint() const
{
    const int unit = QFontMetrics(font()).height();
    return {unit * 45, unit * 18};
}

QSize WindowOverTime::minimumSizeHint() const
{
    const int unit = QFontMetrics(font()).height();
    return {unit * 20, unit * 10};
}

void WindowOverTime::paint(QPainter &painter)
{
    if (m_lines.isEmpty()) {
        painter.setPen(palette().color(QPalette::PlaceholderText));
        painter.drawText(rect(), Qt::AlignCenter, tr("Select a flow to see its window over time."));
        return;
    }
    paintReasons(painter);
    paintGrid(painter);
    painter.save();
    painter.setClipRect(plot().adjusted(-1, -1, 1, 1));
    painter.setRenderHint(QPainter::Antialiasing);
    for (int line = 0; line < BoundaryLineCount; ++line)
        paintLine(painter, BoundaryLine(line));
    paintResends(painter);
    painter.restore();
    paintPointer(painter);
    const double unit = QFontMetricsF(font()).height();
    const QPointF corner(unit / 2, plot().bottom() + unit * 2);
    lineLegend(palette()).paint(painter, corner, width() - unit, palette());
    if (m_isPaused) {
        painter.setPen(palette().color(QPalette::Text));
        painter.drawText(plot().adjusted(unit / 2, unit * 1.2, 0, 0), Qt::AlignLeft | Qt::AlignTop,
                         tr("Paused; collecting goes on."));
    }
}

void WindowOverTime::paintReasons(QPainter &painter) const
{
    const QRectF area = plot();
    const QFontMetricsF metrics(font());
    const qint64 pixel = qint64(double(m_span) / area.width());
    const auto spans = m_lines.reasons(begin(), qMin(m_end, m_now), 3 * pixel);
    for (const ReasonSpan &span : spans) {
        if (span.end - span.begin < 2 * pixel)
            continue; // the usual come and go
        const QRectF shade(QPointF(xOf(span.begin), area.top()),
                           QPointF(qMax(xOf(span.end), xOf(span.begin) + 1), area.bottom()));
        paintState(painter, shade & area, styleOf(span.reason, palette()));
        const QString text = reasonTitle(span.reason);
        const double needed = metrics.horizontalAdvance(text) + metrics.height() * 0.6;
        if (shade.width() < needed)
            continue;
        const QRectF label(shade.left() + metrics.height() * 0.15, area.top() + 2, needed,
                           metrics.height() * 1.1);
        QColor back = palette().color(QPalette::Base);
        back.setAlpha(200);
        painter.fillRect(label, back);
        painter.setPen(palette().color(QPalette::Text));
        painter.drawText(label, Qt::AlignCenter, text);
    }
}

void WindowOverTime::paintLine(QPainter &painter, BoundaryLine line) const
{
    const FlowHistory *const history = m_lines.historyOf(line);
    if (!history)
        return;
    QPainterPath path;
    bool isBegun = false;
    qint64 lastTime = 0;
    double lastX = 0;
    qint64 lastValue = 0;
    const auto point = [&](qint64 time, qint64 value) {
        const double x = xOf(time);
        if (!isBegun)
            path.moveTo(x, yOf(double(value)));
        else
            path.lineTo(x, yOf(double(value)));
        isBegun = true;
        lastX = x;
    };
    for (const FlowSample &sample : history->samples()) {
        const qint64 value = valueOf(sample, line);
        const bool isLater = sample.time > m_end && lastTime > m_end;
        if (isLater)
            break;
        const bool isSoon = sample.time < begin() - 2 * UpdateTime;
        if (!isSoon) {
            if (lastTime > 0 && sample.time - lastTime > UpdateTime)
                point(qMax(lastTime, sample.time - UpdateTime / 3), lastValue);
            // What falls on one pixel is drawn once, except for the jumps.
            if (!isBegun || xOf(sample.time) - lastX >= 0.5 || value != lastValue)
                point(qMax(sample.time, begin() - 2 * UpdateTime), value);
        }
        lastTime = qMax(sample.time, begin() - UpdateTime);
        lastValue = value;
    }
    if (lastTime > 0 && lastTime < qMin(m_now, m_end)) {
        if (!isBegun)
            point(begin(), lastValue);
        point(qMin(m_now, m_end), lastValue);
    }
    painter.setPen(penOf(line, palette()));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(path);
}

void WindowOverTime::paintResends(QPainter &painter) const
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(styleOf(SeqState::Resend, palette()).fill);
    const FlowSample *last = nullptr;
    for (const FlowSample &sample : m_lines.producer().samples()) {
        if (last && sample.resent > last->resent && sample.time >= begin() && sample.time <= m_end)
            painter.drawEllipse(QPointF(xOf(sample.time), yOf(double(sample.confirmed))), 3.5, 3.5);
        last = &sample;
    }
}

void WindowOverTime::paintGrid(QPainter &painter) const
{
    const QRectF area = plot();
    const QFontMetricsF metrics(font());
    QColor grid = palette().color(QPalette::Text);
    grid.setAlpha(38);
    const QColor text = palette().color(QPalette::Text);
    const int rows = qMax(2, int(area.height() / (metrics.height() * 2.2)));
    for (const double tick : roundTicks(double(m_low), double(m_high), rows, 1)) {
        const double y = yOf(tick);
        painter.setPen(QPen(grid, 1));
        painter.drawLine(QLineF(area.left(), y, area.right(), y));
        painter.setPen(text);
        painter.drawText(QRectF(0, y - metrics.height() / 2, area.left() - metrics.height() * 0.4,
                                metrics.height()),
                         Qt::AlignRight | Qt::AlignVCenter, countText(qint64(tick)));
    }
    const bool isClose = m_span < 5'000'000;
    const double widest = metrics.horizontalAdvance(clockText(m_end, isClose)) + metrics.height();
    const int columns = qMax(1, int(area.width() / widest));
    // Of seconds that begin with a minute: round numbers of seconds are round times.
    const double origin = std::floor(double(begin()) / 3.6e9) * 3.6e9;
    const QList<double> steps{0.1, 0.2, 0.5, 1,   2,    5,    10,   15,   30,
                              60,  120, 300, 600, 1800, 3600, 7200, 14400};
    double step = steps.last() * 1e6;
    for (const double seconds : steps) {
        if (double(m_span) / (seconds * 1e6) <= columns) {
            step = seconds * 1e6;
            break;
        }
    }
    for (double at = std::ceil((double(begin()) - origin) / step) * step;
         at + origin <= double(m_end); at += step) {
        const double x = xOf(qint64(at + origin));
        painter.setPen(QPen(grid, 1));
        painter.drawLine(QLineF(x, area.top(), x, area.bottom()));
        painter.setPen(text);
        const QRectF label(x - widest / 2, area.bottom() + metrics.height() * 0.3, widest,
                           metrics.height());
        if (label.right() <= width())
            painter.drawText(label, Qt::AlignCenter,
                             clockText(qint64(std::llround(at + origin)), isClose));
    }
    painter.setPen(QPen(palette().color(QPalette::Mid), 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(area);
}

void WindowOverTime::paintPointer(QPainter &painter) const
{
    const QRectF area = plot();
    if (m_pointerX < area.left() || m_pointerX > area.right())
        return;
    painter.setPen(QPen(palette().color(QPalette::Text), 1, Qt::DotLine));
    painter.drawLine(QLineF(m_pointerX, area.top(), m_pointerX, area.bottom()));
}

void WindowOverTime::setPaused(bool paused)
{
    if (paused == m_isPaused)
        return;
    m_isPaused = paused;
    update();
    Q_EMIT viewChanged();
}

void WindowOverTime::follow()
{
    m_isPaused = false;
    m_isFollowing = true;
    moveTo(m_now);
}

void WindowOverTime::moveTo(qint64 end)
{
    m_end = m_isFollowing ? m_now : qMin(end, m_now + m_span / 2);
    updateRange();
    update();
    Q_EMIT viewChanged();
}

void WindowOverTime::zoom(double factor, qint64 around)
{
    const double share = double(m_end - around) / double(m_span);
    m_isZoomed = true;
    m_span = qBound(ShortestSpan, qint64(double(m_span) * factor), LongestSpan);
    moveTo(around + qint64(share * double(m_span)));
}

void WindowOverTime::pan(qint64 microseconds)
{
    m_isFollowing = m_end + microseconds >= m_now && microseconds > 0;
    moveTo(m_end + microseconds);
}

void WindowOverTime::wheelEvent(QWheelEvent *event)
{
    const double steps = event->angleDelta().y() / 120.0;
    if (steps != 0)
        zoom(std::pow(WheelZoom, -steps), m_isFollowing ? m_end : timeAt(event->position().x()));
    event->accept();
}

void WindowOverTime::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_dragX = event->position().x();
    setCursor(Qt::ClosedHandCursor);
}

void WindowOverTime::mouseMoveEvent(QMouseEvent *event)
{
    m_pointerX = event->position().x();
    if (m_dragX >= 0) {
        const double moved = std::exchange(m_dragX, m_pointerX) - m_pointerX;
        pan(qint64(moved / plot().width() * double(m_span)));
    }
    update();
}

void WindowOverTime::mouseReleaseEvent(QMouseEvent *)
{
    m_dragX = -1;
    setCursor(Qt::CrossCursor);
}

void WindowOverTime::mouseDoubleClickEvent(QMouseEvent *)
{
    follow();
}

void WindowOverTime::leaveEvent(QEvent *)
{
    m_pointerX = -1;
    update();
}

void WindowOverTime::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoom(1 / WheelZoom);
        break;
    case Qt::Key_Minus:
        zoom(WheelZoom);
        break;
    case Qt::Key_Left:
        pan(-m_span / 10);
        break;
    case Qt::Key_Right:
        pan(m_span / 10);
        break;
    case Qt::Key_Home:
        m_isFollowing = false;
        moveTo(m_lines.firstTime(m_now) + m_span);
        break;
    case Qt::Key_End:
        follow();
        break;
    case Qt::Key_Space:
        setPaused(!m_isPaused);
        break;
    default:
        Picture::keyPressEvent(event);
    }
}

bool WindowOverTime::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        if (plot().contains(help->pos()) && !m_title.isEmpty())
            QToolTip::showText(help->globalPos(), describe(timeAt(help->pos().x())), this);
        else
            QToolTip::hideText();
        return true;
    }
    return Picture::event(event);
}

QString WindowOverTime::describe(qint64 time) const
{
    QStringList lines{clockText(time, true)};
    for (int i = 0; i < BoundaryLineCount; ++i) {
        const auto line = BoundaryLine(i);
        if (const auto value = m_lines.valueAt(line, time))
            //: %1 is "Sent", "Received" and so on, %2 a number
            lines.append(tr("%1: %2").arg(boundaryText(line), countText(*value)));
    }
    const auto spans = m_lines.reasons(time, time + 1);
    if (!spans.isEmpty())
        lines.append(reasonTitle(spans.first().reason));
    return lines.join(u'\n');
}

QString WindowOverTime::summary() const
{
    if (m_lines.isEmpty())
        return tr("No flow is selected.");
    //: %1 is the name of a flow, %2 and %3 are times of the day
    QStringList lines{tr("Flow %1 from %2 to %3")
                          .arg(m_title, clockText(begin(), false), clockText(m_end, false))};
    const qint64 last = qMin(m_end, m_now);
    for (int i = 0; i < BoundaryLineCount; ++i) {
        const auto line = BoundaryLine(i);
        const auto change = m_lines.changeOf(line, begin(), last);
        if (!change)
            continue;
        //: %1 is "Sent", "Received" and so on, %2 and %3 are numbers, %4 a rate such as 20/s
        lines.append(tr("%1: from %2 to %3, %4")
                         .arg(boundaryText(line), countText(change->from), countText(change->to),
                              rateText(change->perSecond)));
    }
    std::array<qint64, int(BlockedReason::NoProducer) + 1> times{};
    for (const ReasonSpan &span : m_lines.reasons(begin(), last))
        times[size_t(span.reason)] += span.end - span.begin;
    for (size_t reason = 1; reason < times.size(); ++reason) {
        if (times[reason] > 0)
            //: %1 is why the flow was held up, %2 a time such as 12 s
            lines.append(tr("%1: for %2")
                             .arg(reasonTitle(BlockedReason(reason)), durationText(times[reason])));
    }
    return lines.join(u'\n');
}

} // namespace Monitor
