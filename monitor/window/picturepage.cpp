// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "picturepage.h"

#include "../widgets/picture.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace Monitor {

PicturePage::PicturePage(Picture *picture, QWidget *parent)
    : QWidget(parent)
    , m_picture(picture)
    , m_bar(new QHBoxLayout)
    , m_headline(new QLabel(this))
    , m_inWords(new QToolButton(this))
    , m_words(new QLabel(this))
{
    m_headline->setWordWrap(true);
    m_headline->setTextFormat(Qt::PlainText);
    m_headline->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_inWords->setText(tr("In &words"));
    m_inWords->setCheckable(true);
    m_inWords->setToolTip(tr("Tells below the picture what it shows"));
    m_words->setVisible(false);
    m_words->setWordWrap(true);
    m_words->setTextFormat(Qt::PlainText);
    m_words->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_words->setAccessibleName(tr("The picture in words"));
    connect(m_inWords, &QToolButton::toggled, this, [this](bool on) {
        m_words->setVisible(on);
        refresh();
    });
    m_bar->addWidget(m_headline, 1);
    m_bar->addWidget(m_inWords);
    auto *const layout = new QVBoxLayout(this);
    layout->addLayout(m_bar);
    layout->addWidget(picture, 1);
    layout->addWidget(m_words);
}

void PicturePage::setHeadline(const QString &text)
{
    m_headline->setText(text);
}

void PicturePage::refresh()
{
    if (m_inWords->isChecked())
        m_words->setText(m_picture->summary());
}

} // namespace Monitor
