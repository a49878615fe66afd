// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "screenshots.h"

#include "flowdetails.h"
#include "flowspage.h"
#include "mainwindow.h"

#include <QApplication>
#include <QDir>
#include <QPixmap>

namespace Monitor {

QString takeScreenshots(MainWindow &window, const QString &directory)
{
    struct Shot
    {
        const char *name;
        MainWindow::Page page;
        QString flow;
        int tab;
    };
    const Shot shots[]{
        {"window", MainWindow::FlowsPageNumber, QStringLiteral("invoices"), FlowDetails::WindowTab},
        {"over-time", MainWindow::FlowsPageNumber, QStringLiteral("telemetry"),
         FlowDetails::OverTimeTab},
        {"large-messages", MainWindow::FlowsPageNumber, QStringLiteral("backups"),
         FlowDetails::LargeMessagesTab},
        {"numbers", MainWindow::FlowsPageNumber, QStringLiteral("orders"), FlowDetails::NumbersTab},
        {"links", MainWindow::LinksPageNumber, {}, 0},
        {"storage", MainWindow::StoragePageNumber, {}, 0},
        {"events", MainWindow::EventsPageNumber, {}, 0},
        {"alerts", MainWindow::AlertsPageNumber, {}, 0},
    };
    if (!QDir().mkpath(directory))
        //: %1 is a directory
        return MainWindow::tr("%1 cannot be made.").arg(directory);
    for (const Shot &shot : shots) {
        window.showPage(shot.page);
        if (!shot.flow.isEmpty()) {
            window.flowsPage()->select(shot.flow);
            window.flowsPage()->details()->setCurrentIndex(shot.tab);
        }
        QCoreApplication::sendPostedEvents();
        window.flowsPage()->details()->refresh();
        const QString path =
            QDir(directory).filePath(QString::fromLatin1(shot.name) + QStringLiteral(".png"));
        if (!window.grab().save(path))
            //: %1 is a file name
            return MainWindow::tr("%1 cannot be written.").arg(path);
    }
    return {};
}

} // namespace Monitor
