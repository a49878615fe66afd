// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "picture.h"

#include "../export/picturefile.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QFileDialog>
#include <QMenu>
#include <QPainter>
#include <QStyleOptionFocusRect>

namespace Monitor {

Picture::Picture(QWidget *parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setAutoFillBackground(false);
}

void Picture::paintTo(QPainter &painter)
{
    painter.setFont(font());
    painter.setLayoutDirection(layoutDirection());
    painter.fillRect(rect(), palette().base());
    paint(painter);
}

void Picture::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintTo(painter);
    if (hasFocus())
        paintFocus(painter);
}

void Picture::paintFocus(QPainter &painter)
{
    QPen pen(palette().highlight(), 2);
    pen.setJoinStyle(Qt::MiterJoin);
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(QRectF(rect()).adjusted(1, 1, -1, -1));
}

QString Picture::save(const QString &path)
{
    return savePicture(path, size(), [this](QPainter &painter) { paintTo(painter); });
}

void Picture::saveAs(const QString &name)
{
    const QString path =
        QFileDialog::getSaveFileName(this, tr("Save the picture"), name, pictureFilter());
    if (path.isEmpty())
        return;
    const QString problem = save(path);
    //: %1 is a file name
    Q_EMIT message(problem.isEmpty() ? tr("The picture is saved as %1.").arg(path) : problem);
}

void Picture::copyPicture()
{
    QApplication::clipboard()->setPixmap(grab());
}

void Picture::copySummary()
{
    QApplication::clipboard()->setText(summary());
}

void Picture::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu menu(this);
    menu.addAction(tr("&Copy the picture"), this, &Picture::copyPicture);
    menu.addAction(tr("Copy as &text"), this, &Picture::copySummary);
    menu.addAction(tr("&Save the picture…"), this,
                   [this] { saveAs(objectName() + QStringLiteral(".png")); });
    menu.exec(event->globalPos());
}

} // namespace Monitor
