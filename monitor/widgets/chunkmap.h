// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "../model/transfers.h"
#include "picture.h"

namespace Monitor {

/*! \brief A large message as a map: each cell is a part of its bytes, from left to right and from
   top to bottom, in the colour and hatch of its state. */
class ChunkMap : public Picture
{
    Q_OBJECT

public:
    explicit ChunkMap(QWidget *parent = nullptr);

    void setTransfer(const Transfer &transfer);
    void clear();

    [[nodiscard]] QString summary() const override;
    /*! The progress in one line, with rate and time left. */
    [[nodiscard]] QString headline() const;
    /*! The cell that has byte \a offset. */
    [[nodiscard]] QRectF cellOf(qint64 offset) const;
    [[nodiscard]] int cellCount() const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paint(QPainter &painter) override;
    bool event(QEvent *event) override;

private:
    struct Grid
    {
        QRectF area;
        int columns = 1;
        int rows = 1;
        double cell = 1;
    };
    [[nodiscard]] Grid grid() const;
    [[nodiscard]] QtDelivery::SeqRange bytesOf(int cell, int count) const;
    [[nodiscard]] QRectF rectOf(int cell, const Grid &grid) const;

    Transfer m_transfer;
};

} // namespace Monitor
