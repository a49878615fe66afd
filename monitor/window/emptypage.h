// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QWidget>

namespace Monitor {

/*! \brief What is shown while nothing is watched: what to do about it. */
class EmptyPage : public QWidget
{
    Q_OBJECT

public:
    explicit EmptyPage(QWidget *parent = nullptr);

Q_SIGNALS:
    void demoWanted();
    void socketWanted();
    void networkWanted();
    void recordingWanted();
};

} // namespace Monitor
