// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "../model/flowhistory.h"
#include "../model/flowpair.h"
#include "../model/seqbands.h"
#include "picture.h"

namespace Monitor {

/*! \brief The window of a flow: its messages by number from left to right, each in the colour of
   its state; what the producer believes above what the consumer believes.

    The picture begins a little before the first unconfirmed message and ends behind the window's
   edge. Where the two disagree, a bar between them says so. Above are marks: what was asked for
   again, and where the numbers went on under another attachment.

    The left and right keys move from message to message; the message under the cursor, or the
   mouse, is told in words. */
class WindowStrip : public Picture
{
    Q_OBJECT

public:
    explicit WindowStrip(QWidget *parent = nullptr);

    /*! Shows \a pair, with the marks of its producer's \a history, or of its consumer's. */
    void setFlow(const FlowPair &pair, const FlowHistory *history);
    void clear();

    [[nodiscard]] QString summary() const override;
    /*! Everything that is known of message \a seqNr, a line for each thing. */
    [[nodiscard]] QString describe(qint64 seqNr) const;
    /*! The number at \a position, or 0. */
    [[nodiscard]] qint64 seqNrAt(QPointF position) const;
    /*! Where message \a seqNr is in the lane of the producer, or the consumer. Null if it is not
        shown. */
    [[nodiscard]] QRectF cellOf(qint64 seqNr, QtDelivery::FlowSnapshot::Role role) const;
    /*! Where a disagreement about message \a seqNr is shown. */
    [[nodiscard]] QRectF disagreementOf(qint64 seqNr) const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paint(QPainter &painter) override;
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    struct Lane
    {
        QtDelivery::FlowSnapshot::Role role;
        QString title;
        QList<SeqBand> bands;
        QRectF rect;
    };
    struct Layout
    {
        QRectF titles; // of the lanes
        QRectF marks;
        QRectF axis;
        QPointF legend;
        QRectF between; // the two lanes
    };

    void updateRange();
    [[nodiscard]] Layout layOut() const;
    [[nodiscard]] double xOf(double seqNr) const;
    [[nodiscard]] double titleWidth() const;
    [[nodiscard]] double laneHeight() const;
    void placeLanes(const Layout &layout);
    void paintLane(QPainter &painter, const Lane &lane, const Layout &layout) const;
    void paintCells(QPainter &painter, const Lane &lane) const;
    void paintEdge(QPainter &painter, const Lane &lane) const;
    void paintMarks(QPainter &painter, const Layout &layout) const;
    void paintDisagreements(QPainter &painter, const Layout &layout) const;
    void paintAxis(QPainter &painter, const Layout &layout) const;
    void paintRest(QPainter &painter) const;
    void moveCursor(qint64 seqNr);

    FlowPair m_pair;
    QList<Lane> m_lanes;
    QList<Disagreement> m_disagreements;
    std::deque<EpochMark> m_epochs;
    std::deque<ResendMark> m_resends;
    qint64 m_from = 1; // what is shown
    qint64 m_to = 20;
    qint64 m_beyond = 0; // messages right of that
    qint64 m_cursor = 0;
};

} // namespace Monitor
