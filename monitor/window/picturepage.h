// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QWidget>

QT_BEGIN_NAMESPACE
class QHBoxLayout;
class QLabel;
class QToolButton;
QT_END_NAMESPACE

namespace Monitor {

class Picture;

/*! \brief A picture with what belongs around it: a line of text above, buttons, and the same in
   words for whoever wants that. */
class PicturePage : public QWidget
{
    Q_OBJECT

public:
    /*! Takes the picture over. */
    explicit PicturePage(Picture *picture, QWidget *parent = nullptr);

    [[nodiscard]] Picture *picture() const { return m_picture; }
    [[nodiscard]] QHBoxLayout *bar() const { return m_bar; }
    void setHeadline(const QString &text);
    /*! The picture has changed. */
    void refresh();

private:
    Picture *m_picture;
    QHBoxLayout *m_bar;
    QLabel *m_headline;
    QToolButton *m_inWords;
    QLabel *m_words;
};

} // namespace Monitor
