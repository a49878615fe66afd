// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QWidget>

namespace Monitor {

/*! \brief A picture of a flow: painted by its own code, and told in words as well.

    What a subclass paints can be saved as a file or copied, from the context menu; summary() is
   what people read who do not see it. */
class Picture : public QWidget
{
    Q_OBJECT

public:
    explicit Picture(QWidget *parent = nullptr);

    /*! The whole picture in sentences. */
    [[nodiscard]] virtual QString summary() const = 0;
    /*! Paints it as it is shown, to anything: \a painter begins at the upper left corner. */
    void paintTo(QPainter &painter);
    /*! Writes it to \a path, as SVG if that ends so, otherwise as PNG. Why it cannot, as a whole
        sentence; empty if it is written. */
    [[nodiscard]] QString save(const QString &path);
    /*! Asks for a file name and does that. \a name is proposed. */
    void saveAs(const QString &name);
    void copyPicture();
    void copySummary();

Q_SIGNALS:
    /*! For the status line. */
    void message(const QString &text);

protected:
    virtual void paint(QPainter &painter) = 0;
    void paintEvent(QPaintEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    /*! Around the picture while it has the keyboard. */
    void paintFocus(QPainter &painter);
};

} // namespace Monitor
