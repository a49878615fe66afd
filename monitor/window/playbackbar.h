// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QWidget>

QT_BEGIN_NAMESPACE
class QLabel;
class QSlider;
QT_END_NAMESPACE

namespace Monitor {

class Playback;

/*! \brief Where in a recording one is; dragging the slider goes elsewhere. */
class PlaybackBar : public QWidget
{
    Q_OBJECT

public:
    explicit PlaybackBar(Playback *playback, QWidget *parent = nullptr);

Q_SIGNALS:
    /*! Back to running processes. */
    void closed();

private:
    void update();
    void goTo(int value);

    Playback *m_playback;
    QLabel *m_name;
    QSlider *m_slider;
    QLabel *m_time;
};

} // namespace Monitor
