// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "emptypage.h"

#include <QtDelivery/monitorregistry.h>

#include <QDir>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace Monitor {

EmptyPage::EmptyPage(QWidget *parent)
    : QWidget(parent)
{
    auto *const title = new QLabel(tr("No process is watched yet"));
    QFont large = title->font();
    large.setPointSizeF(large.pointSizeF() * 1.6);
    title->setFont(large);
    title->setAlignment(Qt::AlignCenter);
    const QString directory = QDir::toNativeSeparators(QtDelivery::MonitorRegistry::directory());
    auto *const text = new QLabel(
        //: %1 is a command line, %2 a class, %3 a directory; the markup has to stay
        tr("<p>Start a program that uses QtDelivery like this:</p><p><code>%1</code></p>"
           "<p>or let it make a %2 for its node. It appears here by itself: "
           "the monitor looks into %3 every second.</p>")
            .arg(QStringLiteral("QTDELIVERY_MONITOR=1 ./my-program"),
                 QStringLiteral("<code>MonitorServer</code>"), directory.toHtmlEscaped()));
    text->setWordWrap(true);
    text->setAlignment(Qt::AlignCenter);
    text->setTextFormat(Qt::RichText);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    text->setFixedWidth(QFontMetrics(font()).averageCharWidth() * 80);
    auto *const demo = new QPushButton(tr("Show a &demonstration"));
    auto *const socket = new QPushButton(tr("Watch a &socket…"));
    auto *const network = new QPushButton(tr("&Connect over the network…"));
    auto *const recording = new QPushButton(tr("&Open a recording…"));
    demo->setDefault(true);
    connect(demo, &QPushButton::clicked, this, &EmptyPage::demoWanted);
    connect(socket, &QPushButton::clicked, this, &EmptyPage::socketWanted);
    connect(network, &QPushButton::clicked, this, &EmptyPage::networkWanted);
    connect(recording, &QPushButton::clicked, this, &EmptyPage::recordingWanted);
    auto *const buttons = new QHBoxLayout;
    buttons->addStretch();
    for (QPushButton *button : {demo, socket, network, recording})
        buttons->addWidget(button);
    buttons->addStretch();
    // Centred by a row of its own: an alignment would compute its height for the window's width.
    auto *const row = new QHBoxLayout;
    row->addStretch();
    row->addWidget(text);
    row->addStretch();
    auto *const layout = new QVBoxLayout(this);
    layout->addStretch(2);
    layout->addWidget(title);
    layout->addLayout(row);
    layout->addSpacing(QFontMetrics(font()).height());
    layout->addLayout(buttons);
    layout->addStretch(3);
}

} // namespace Monitor
