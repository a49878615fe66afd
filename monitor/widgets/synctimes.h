// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "picture.h"

#include <QtDelivery/storagesnapshot.h>

namespace Monitor {

/*! \brief How long the syncs of one durable storage took: a bar for each step, from short to long.

    The few that took long are what matters, so heights are logarithmic: ten times as many syncs are
   as much higher wherever the bar ends. The counts are above the bars. */
class SyncTimes : public Picture
{
    Q_OBJECT

public:
    explicit SyncTimes(QWidget *parent = nullptr);

    void setStorage(const QtDelivery::StorageSnapshot &storage);

    [[nodiscard]] QString summary() const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    /*! Where the bar of step \a index is; empty if it has no syncs. */
    [[nodiscard]] QRectF barOf(int index) const;

protected:
    void paint(QPainter &painter) override;

private:
    /*! The steps that are shown: those with syncs, and one beside them at either end. */
    struct Steps
    {
        int first = 0;
        int last = -1;
    };
    [[nodiscard]] Steps steps() const;
    /*! The place of step \a index from top to bottom, its label included. */
    [[nodiscard]] QRectF columnOf(int index, Steps shown) const;

    QtDelivery::StorageSnapshot m_storage;
};

/*! Size and syncs of \a storage in one sentence; empty if nothing is known. */
[[nodiscard]] QString storageText(const QtDelivery::StorageSnapshot &storage);

} // namespace Monitor
