// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "flowlines.h"
#include "picture.h"

namespace Monitor {

/*! \brief A flow over time: how far it was stored, granted, sent, received, delivered and
   confirmed.

    The slope of a line is a rate, the distance between two lines upwards is what is under way, and
   sideways how long a message takes. Times in which the flow was held up are shaded, with the
   reason.

    The wheel zooms, dragging pans, and so do the keys + - ← → Home and End. Pausing keeps the
   picture as it is; what happens meanwhile is collected and there afterwards. */
class WindowOverTime : public Picture
{
    Q_OBJECT

public:
    static constexpr qint64 ShortestSpan = 500'000; //!< microseconds
    static constexpr qint64 LongestSpan = 24LL * 3600 * 1'000'000;

    explicit WindowOverTime(QWidget *parent = nullptr);

    /*! Either history may be null. \a now is the right end while the picture follows. */
    void setFlow(const QString &title, const FlowHistory *producer, const FlowHistory *consumer,
                 qint64 now);
    void clear();

    [[nodiscard]] qint64 begin() const { return m_end - m_span; }
    [[nodiscard]] qint64 end() const { return m_end; }
    [[nodiscard]] qint64 span() const { return m_span; }
    [[nodiscard]] bool isPaused() const { return m_isPaused; }
    /*! Its right end is now. */
    [[nodiscard]] bool isFollowing() const { return m_isFollowing; }

    void setPaused(bool paused);
    void follow();
    /*! Shows \a factor times as much time; what is at the instant \a around stays where it is. */
    void zoom(double factor, qint64 around);
    void zoom(double factor) { zoom(factor, m_isFollowing ? m_end : m_end - m_span / 2); }
    void pan(qint64 microseconds);

    [[nodiscard]] QString summary() const override;
    /*! What was at the instant \a time, a line for each thing. */
    [[nodiscard]] QString describe(qint64 time) const;
    /*! Where the instant \a time and the number \a seqNr are. */
    [[nodiscard]] QPointF pointOf(qint64 time, qint64 seqNr) const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /*! Paused, following, or the range. */
    void viewChanged();

protected:
    void paint(QPainter &painter) override;
    bool event(QEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    [[nodiscard]] QRectF plot() const;
    [[nodiscard]] qint64 timeAt(double x) const;
    [[nodiscard]] double xOf(qint64 time) const;
    [[nodiscard]] double yOf(double seqNr) const;
    void updateRange();
    void moveTo(qint64 end);
    void paintReasons(QPainter &painter) const;
    void paintLine(QPainter &painter, BoundaryLine line) const;
    void paintResends(QPainter &painter) const;
    void paintGrid(QPainter &painter) const;
    void paintPointer(QPainter &painter) const;

    QString m_title;
    FlowLines m_lines;
    qint64 m_now = 0;
    qint64 m_end = 0;
    qint64 m_span = 60'000'000;
    qint64 m_low = 0; // numbers that are shown
    qint64 m_high = 1;
    bool m_isPaused = false;
    bool m_isFollowing = true;
    bool m_isZoomed = false; // by somebody
    double m_dragX = -1; // where the mouse was pressed
    double m_pointerX = -1;
};

} // namespace Monitor
