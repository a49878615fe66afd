// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "playbackbar.h"

#include "../model/text.h"
#include "../recording/playback.h"

#include <QDateTime>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>

namespace Monitor {

namespace {

constexpr int Steps = 1000;

} // namespace

PlaybackBar::PlaybackBar(Playback *playback, QWidget *parent)
    : QWidget(parent)
    , m_playback(playback)
    , m_name(new QLabel)
    , m_slider(new QSlider(Qt::Horizontal))
    , m_time(new QLabel)
{
    m_slider->setRange(0, Steps);
    m_slider->setPageStep(Steps / 20);
    m_slider->setAccessibleName(tr("Position in the recording"));
    auto *const close = new QPushButton(tr("&Close the recording"));
    connect(close, &QPushButton::clicked, this, &PlaybackBar::closed);
    connect(m_slider, &QSlider::valueChanged, this, &PlaybackBar::goTo);
    connect(playback, &Playback::positionChanged, this, &PlaybackBar::update);
    auto *const layout = new QHBoxLayout(this);
    layout->addWidget(m_name);
    layout->addWidget(m_slider, 1);
    layout->addWidget(m_time);
    layout->addWidget(close);
}

void PlaybackBar::update()
{
    //: %1 is a file name
    m_name->setText(tr("Recording %1").arg(QFileInfo(m_playback->path()).fileName()));
    const qint64 length = m_playback->endTime() - m_playback->beginTime();
    const qint64 at = m_playback->position() - m_playback->beginTime();
    const QDateTime when = QDateTime::fromMSecsSinceEpoch(m_playback->position() / 1000);
    //: %1 is date and time, %2 and %3 are times such as 12 s
    m_time->setText(tr("%1 (%2 of %3)")
                        .arg(QLocale().toString(when, QStringLiteral("yyyy-MM-dd HH:mm:ss")),
                             durationText(at), durationText(length)));
    if (m_slider->isSliderDown() || length <= 0)
        return;
    const QSignalBlocker blocker(m_slider);
    m_slider->setValue(int(at * Steps / length));
}

void PlaybackBar::goTo(int value)
{
    const qint64 length = m_playback->endTime() - m_playback->beginTime();
    m_playback->goTo(m_playback->beginTime() + length * value / Steps);
}

} // namespace Monitor
